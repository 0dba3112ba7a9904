"""Fails where matching has become slower by half than it was, as a share of a plain loop over 300 patterns.

    python benchmarks/guard.py [--write]

Measures on the samples, each a text of its own. Both kinds of work are done in turn and the best time of each document
counts, so that a busy machine changes little; a share that is too large is measured again before it is believed.
`--write` makes today's share the one to compare with, in guard.json.
"""

import argparse
import json
import math
import sys
from pathlib import Path

from matching import found
from yardstick import PATTERNS, builtin_rules, compiled, documents, interleaved, pattern_entries, plain_loop, some_of

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
KEPT = HERE / "guard.json"
WORSE = 1.5
RUNS = 15
ATTEMPTS = 3


class Guard:
    """Measures the time of the matching stage as a share of the plain loop's, over the English samples."""

    def __init__(self) -> None:
        self.rules = builtin_rules()
        self.texts = documents([SAMPLES], self.rules)
        self.patterns = compiled(some_of(pattern_entries(self.rules, "en"), PATTERNS))
        self.concepts = list(self.rules.ruleset.words_in("en"))

    def share(self) -> float:
        """The share as it is now."""
        kinds = {
            "loop": lambda text: plain_loop(self.patterns, text.document.shadow),
            "matching": lambda text: found(text.document, self.rules, self.concepts),
        }
        measured = interleaved(kinds, self.texts, RUNS)
        return measured["matching"].best / measured["loop"].best


def main() -> int:
    """Measures, and compares or writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    guard = Guard()
    if write:
        KEPT.write_text(json.dumps({"share": round(guard.share(), 3)}) + "\n", encoding="utf-8")
        return 0
    bound = WORSE * float(json.loads(KEPT.read_text(encoding="utf-8"))["share"])
    least = math.inf
    for _ in range(ATTEMPTS):
        least = min(least, guard.share())
        if least <= bound:
            break
    verdict = "within" if least <= bound else "over"
    print(f"matching takes {least:.3f} of the plain loop's time, {verdict} the bound of {bound:.3f}")  # noqa: T201
    return 0 if least <= bound else 1


if __name__ == "__main__":
    sys.exit(main())

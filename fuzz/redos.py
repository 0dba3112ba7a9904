"""Measures every built-in pattern on texts of n and 2n characters; exit code 1 where one takes three times as long."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from tests.faults.test_f01_rules import built_in, grows_when_measured


def main() -> int:
    """Prints each pattern that grows."""
    patterns = built_in()
    slow = [written for written, exact in patterns if grows_when_measured(written, exact)]
    for written in slow:
        sys.stdout.write(f"{written}\n")
    sys.stdout.write(f"{len(patterns)} patterns, {len(slow)} grow faster than the text\n")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

"""What the benchmarks measure by: distinct documents, a plain loop over patterns, and ratios of interleaved runs.

The yardstick is what one would write without much thought: 300 patterns, compiled once with `regex`, each run over the
whole text. They are taken evenly from all patterns of the built-in pack in one language, in the form in which they are
searched: gaps written out, anchored at words, without regard to case.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import regex

from privaudit import CompiledRules, annotate, load_rules, pack_folders, read_document
from privaudit.match.pattern import anchored, translate

if TYPE_CHECKING:
    from re import Pattern

    from privaudit import Document
    from privaudit.rulepack.schema import WordEntry

PATTERNS = 300


class Text(NamedTuple):
    """A document as a file and annotated."""

    name: str
    data: bytes
    document: Document


def options_for_documents(told: str | None) -> argparse.ArgumentParser:
    """The options of a benchmark that measures on documents of one language and of about one size."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--least", type=int, default=10_000)
    parser.add_argument("--most", type=int, default=22_000)
    parser.add_argument("--runs", type=int, default=5)
    return parser


def builtin_rules() -> CompiledRules:
    """The built-in pack, of which nothing is compiled yet."""
    return CompiledRules(load_rules(pack_folders([])))


def documents(
    paths: Iterable[Path], rules: CompiledRules, language: str = "en", least: int = 0, most: int = 1 << 40
) -> list[Text]:
    """The documents in a language with so many bytes, each once, in the order of their names; folders are walked."""
    every = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    found: dict[bytes, Text] = {}
    for path in every:
        if path.suffix not in {".md", ".txt", ".html"} or not least <= path.stat().st_size <= most:
            continue
        data = path.read_bytes()
        document = annotate(read_document(path.name, data), rules.ruleset.languages)
        if document.language.code == language:
            found.setdefault(data, Text(path.name, data, document))
    return list(found.values())


def pattern_entries(rules: CompiledRules, language: str) -> list[WordEntry]:
    """All entries of a language that are patterns of their own, in the order of their concepts."""
    words = rules.ruleset.words_in(language)
    return [entry for name in sorted(words) for entry in words[name] if entry.pattern and not entry.governs]


def some_of(entries: Sequence[WordEntry], count: int) -> list[WordEntry]:
    """So many of the entries, evenly taken."""
    return [entries[number * len(entries) // count] for number in range(count)]


def compiled(entries: Iterable[WordEntry]) -> list[Pattern[str]]:
    """Their patterns, as the plain loop runs them."""
    return [
        regex.compile(anchored(translate(entry.pattern or "")), 0 if entry.exact else regex.IGNORECASE)
        for entry in entries
    ]


def plain_loop(patterns: Iterable[Pattern[str]], text: str) -> int:
    """Runs each pattern over the text and counts the matches."""
    return sum(1 for pattern in patterns for _ in pattern.finditer(text))


def seconds(work: Callable[[], object]) -> float:
    """Seconds of computing that a piece of work takes; waiting for the processor does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


class Measured(NamedTuple):
    """What several runs over all texts came to: seconds for each text, by run."""

    runs: list[list[float]]

    @property
    def milliseconds(self) -> float:
        """The median over texts of the median over runs."""
        return 1000 * statistics.median(statistics.median(one) for one in zip(*self.runs, strict=True))

    @property
    def best(self) -> float:
        """Seconds for all texts, the best of the runs for each."""
        return sum(min(one) for one in zip(*self.runs, strict=True))

    def of(self, other: Measured) -> float:
        """How much of the other's time this took: the median over runs of the ratio of the sums."""
        return statistics.median(sum(own) / sum(its) for own, its in zip(self.runs, other.runs, strict=True))


def interleaved(kinds: Mapping[str, Callable[[Text], object]], texts: Sequence[Text], runs: int) -> dict[str, Measured]:
    """Measures kinds of work on each text in turn, so that all of them see the same machine.

    All texts are gone through before any is seen again. The first time is not counted: it compiles what is used. The
    collector of cycles rests, as it does in a run of the command.
    """
    gc.disable()
    taken: dict[str, list[list[float]]] = {name: [[] for _ in range(runs)] for name in kinds}
    for run in range(-1, runs):
        for text in texts:
            for name, work in kinds.items():
                spent = seconds(lambda work=work, text=text: work(text))  # type: ignore[misc]
                if run >= 0:
                    taken[name][run].append(spent)
    return {name: Measured(times) for name, times in taken.items()}

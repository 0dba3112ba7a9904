"""Word entries as `regex` patterns: gaps and `{it}` written out, anchored at word boundaries."""

from __future__ import annotations

import copyreg
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import regex

from privaudit.match.shape import Shape, shape_of

if TYPE_CHECKING:
    from re import Pattern

GAP_WORDS = 6
# Stands for the mechanism just found while stance cues are looked for; occurs in no text.
IT = "\ue000"

_GAP = regex.compile(r" \u2026(\d{0,2}) ")
# A match that begins (ends) with a letter or digit does not begin (end) inside a word.
_START = r"(?:\b|(?!\w))"
_END = r"(?:\b|(?<!\w))"


def translate(pattern: str) -> str:
    """The `regex` source of a word entry as written, without its anchors."""
    if "\u2026" in pattern:
        pattern = _GAP.sub(lambda found: _gap(int(found[1] or GAP_WORDS)), pattern)
    return pattern.replace("{it}", IT)


def _gap(words: int) -> str:
    return rf"[,:;)\"']{{0,2}} (?:\S{{1,40}} ){{0,{words}}}?[\"'(]?"


def compile_pattern(source: str, exact: bool) -> Pattern[str]:
    """The compiled pattern of a translated entry; raises `regex.error` when it is none."""
    flags = regex.VERSION0 if exact else regex.VERSION0 | regex.IGNORECASE
    compiled: Pattern[str] = regex.compile(f"{_START}(?:{source}){_END}", flags)
    return compiled


class Patterns:
    """Patterns compiled at their first use, and their shapes; what was worked out can be kept for the next run.

    Compiling a pattern takes half a millisecond, making it again from what `regex` says of it to `pickle` a few
    microseconds. The kept form is plain values (strings, numbers, bytes), valid for one version of `regex` only.
    """

    def __init__(self, kept: dict[tuple[str, bool], tuple[Any, ...]] | None = None) -> None:
        self._kept = kept if kept is not None else {}
        self._compiled: dict[tuple[str, bool], Pattern[str]] = {}
        self._new = False

    @property
    def grown(self) -> bool:
        """Whether there is more to keep than there was."""
        return self._new

    def shape(self, source: str, exact: bool) -> Shape:
        """What is known of the matches of a translated entry."""
        kept = self._kept.get((source, exact))
        if kept is None:
            shape = shape_of(source)
            self._kept[source, exact] = (shape.words, shape.required, shape.longest, shape.beyond, None)
            self._new = True
            return shape
        return Shape(*kept[:4])

    def compiled(self, source: str, exact: bool) -> Pattern[str]:
        """The compiled pattern; raises `regex.error` when it is none."""
        key = (source, exact)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = self._make(key)
        return found

    def _make(self, key: tuple[str, bool]) -> Pattern[str]:
        kept = self._kept.get(key)
        if kept is not None and kept[4] is not None:
            made: Pattern[str] = _rebuild()(*kept[4])
            return made
        compiled = compile_pattern(*key)
        if kept is not None:
            self._kept[key] = (*kept[:4], _reduced(compiled)[1])
            self._new = True
        return compiled

    def to_keep(self) -> dict[tuple[str, bool], tuple[Any, ...]]:
        """Everything worked out so far, as plain values."""
        return self._kept


def _reduced(pattern: Pattern[str]) -> tuple[Callable[..., Pattern[str]], tuple[Any, ...]]:
    """How `regex` makes a compiled pattern again: a function and its arguments (the `copyreg` protocol)."""
    reduced: tuple[Callable[..., Pattern[str]], tuple[Any, ...]] = copyreg.dispatch_table[type(pattern)](pattern)  # type: ignore[assignment]
    return reduced


@functools.cache
def _rebuild() -> Callable[..., Pattern[str]]:
    return _reduced(regex.compile("a"))[0]

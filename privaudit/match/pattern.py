"""Word entries as `regex` patterns: gaps and `{it}` written out, anchored at word boundaries."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import regex

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


@functools.lru_cache(maxsize=8192)
def compile_pattern(source: str, exact: bool) -> Pattern[str]:
    """The compiled pattern of a translated entry; raises `regex.error` when it is none."""
    flags = regex.VERSION0 if exact else regex.VERSION0 | regex.IGNORECASE
    compiled: Pattern[str] = regex.compile(f"{_START}(?:{source}){_END}", flags)
    return compiled

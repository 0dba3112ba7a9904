"""Quotes for display: in one line, cut around the matched words. The report itself keeps them whole."""

from __future__ import annotations

import re

from privaudit.model import Evidence
from privaudit.render.sanitise import visible

_SPACE = re.compile(r"\s+")
# How much of a sentence is kept on either side of a mark (characters).
_AROUND = 70
# Marks and modifiers belong to the letter before them.
_JOINED = frozenset({"Mn", "Me", "Mc", "Sk"})


def excerpt(evidence: Evidence, longest: int) -> list[tuple[str, bool]]:
    """The quote as pieces, each with whether it is marked; at most about `longest` characters, cuts shown as `…`."""
    quote = evidence.quote
    marks = [(start - evidence.start, end - evidence.start) for start, end in evidence.marks]
    keep = [(0, len(quote))]
    if len(quote) > longest:
        keep = _kept(quote, marks, longest)
    pieces: list[tuple[str, bool]] = []
    for position, (first, last) in enumerate(keep):
        if first > 0:
            pieces.append(("… " if position == 0 else " … ", False))
        at = first
        for start, end in marks:
            start, end = max(start, first), min(end, last)
            if start >= end or start < at:
                continue
            pieces.append((quote[at:start], False))
            pieces.append((quote[start:end], True))
            at = end
        pieces.append((quote[at:last], False))
    if keep[-1][1] < len(quote):
        pieces.append((" …", False))
    return [(visible(_SPACE.sub(" ", text)), marked) for text, marked in pieces if text]


def shortened(evidence: Evidence, longest: int) -> str:
    """The quote as it stands where it is no longer than so many characters, else as an excerpt in one line."""
    if len(evidence.quote) <= longest:
        return evidence.quote
    return "".join(text for text, _ in excerpt(evidence, longest))


def _kept(quote: str, marks: list[tuple[int, int]], longest: int) -> list[tuple[int, int]]:
    if not marks:
        return [(0, _word_end(quote, longest))]
    kept: list[tuple[int, int]] = []
    total = 0
    for start, end in marks:
        first, last = _word_start(quote, start - _AROUND), _word_end(quote, end + _AROUND)
        if kept and first <= kept[-1][1]:
            total += max(0, last - kept[-1][1])
            kept[-1] = (kept[-1][0], max(last, kept[-1][1]))
        else:
            total += last - first
            kept.append((first, last))
        if total >= longest:
            break
    if total > 2 * longest:
        # One mark that is endless by itself.
        first, last = kept[-1]
        kept[-1] = (first, max(first + 1, _whole(quote, last - (total - longest))))
    return kept


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at, at + 30)
    return space + 1 if space >= 0 else _whole(text, at)


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - 30), at)
    return space if space > 0 else _whole(text, at)


def _whole(text: str, at: int) -> int:
    """The next place from here on that parts no letter from its marks (a part of the rules of UAX 29)."""
    import unicodedata

    while 0 < at < len(text) and (unicodedata.category(text[at]) in _JOINED or "\u200d" in text[at - 1 : at + 1]):
        at += 1
    return at

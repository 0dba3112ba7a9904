"""The date of the last change of a notice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from privaudit.document import Span
from privaudit.facts.found import Named, Words, longest
from privaudit.facts.values import Fact, FactKind
from privaudit.record import NamedTuple

# Characters between "last updated" and its date, before and behind it.
_REACH = 40
_YEARS = range(1990, 2100)
_ISO = re.compile(r"(?<![\w/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\w/]|[.-]\w)")
_NUMERIC = re.compile(r"(?<![\w/.-])(\d{1,2})([-/.] ?)(\d{1,2})\2(\d{4}|\d{2})(?![\w/]|[.-]\w)")
# What stands around the name of a month: "1st of March 2026", "den 1 mars 2026", "March 1, 2026", "March 2026".
_DAY_BEFORE = re.compile(r"(?<![\w/])(\d{1,2})(?:[^\W\d]{1,3}|\.)? (?:[^\W\d]{1,2} )?\Z")
_YEAR_BEHIND = re.compile(r",? ?(?:[^\W\d]{1,2} )?(\d{4})(?![\w/])")
_DAY_BEHIND = re.compile(r" (\d{1,2})(?:[^\W\d]{1,3})?,? (\d{4})(?![\w/])")
_CONTEXT = 12


class Dated(NamedTuple):
    """A date: `value` in ISO 8601, without the day where none is given, empty where day and month may be swapped."""

    value: str
    span: Span
    sentence: int


def changes(words: Words) -> Iterator[Fact]:
    """The dates that stand beside words for the last change."""
    dating = longest(words.of("last-change"))
    if not dating:
        return
    starts = [one.span.start for one in dating]
    for dated in dates(words):
        # The words before it, else those behind.
        at = bisect_right(starts, dated.span.start)
        near = next((one for one in dating[max(0, at - 1) : at + 1] if _belong(one, dated)), None)
        if near is not None and dated.value:
            evidence = words.evidence([near.hit.sentence, dated.sentence], [near.span, dated.span])
            yield Fact(FactKind.LAST_CHANGE, dated.value, evidence)


def _belong(words: Named, dated: Dated) -> bool:
    """A date may follow in the next line or cell, and come first only in the same sentence."""
    if words.span.start <= dated.span.start:
        return dated.span.start - words.span.end <= _REACH
    return dated.sentence == words.hit.sentence and words.span.start - dated.span.end <= _REACH


def dates(words: Words) -> list[Dated]:
    """The dates of a document, in text order."""
    months = longest(words.of("month-"))
    named = [made for one in months if (made := _around(words.document.shadow, one))]
    numeric = [
        made
        for sentence in words.sentences
        for made in _numeric(words.document.shadow, sentence.span, sentence.number, words.language(sentence.number))
    ]
    return sorted({*named, *numeric}, key=lambda one: one.span)


def _around(text: str, month: Named) -> Dated | None:
    number, sentence = int(month.name.removeprefix("month-")), month.hit.sentence
    start, end = month.span
    if behind := _DAY_BEHIND.match(text, end):
        value = _day(int(behind[2]), number, int(behind[1]))
        return Dated(value, Span(start, behind.end()), sentence) if value else None
    year = _YEAR_BEHIND.match(text, end)
    if year is None or int(year[1]) not in _YEARS:
        return None
    offset = max(0, start - _CONTEXT)
    before = _DAY_BEFORE.search(text[offset:start])
    if before:
        value = _day(int(year[1]), number, int(before[1]))
        return Dated(value, Span(offset + before.start(), year.end()), sentence) if value else None
    return Dated(f"{year[1]}-{number:02}", Span(start, year.end()), sentence)


def _numeric(text: str, span: Span, sentence: int, language: str | None) -> Iterator[Dated]:
    for found in _ISO.finditer(text, *span):
        if value := _day(int(found[1]), int(found[3]), int(found[4])):
            yield Dated(value, Span(*found.span()), sentence)
    for found in _NUMERIC.finditer(text, *span):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        possible = {_day(year, second, first)}
        if language in ("en", None) and not found[2].startswith("."):
            # The month comes first in American English.
            possible.add(_day(year, first, second))
        possible.discard("")
        if possible:
            yield Dated(possible.pop() if len(possible) == 1 else "", Span(*found.span()), sentence)


def _day(year: int, month: int, day: int) -> str:
    """A day in ISO 8601; empty for one that no calendar has."""
    try:
        return date(year, month, day).isoformat() if year in _YEARS else ""
    except ValueError:
        return ""

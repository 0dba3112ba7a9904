"""Spans of time, ages, amounts of money and percentages: a number with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from privaudit.document import Span
from privaudit.engine import Searched
from privaudit.facts.found import Named, Spans, Words, longest
from privaudit.facts.numbers import NUMBER, number_in, written
from privaudit.facts.values import Fact, FactKind
from privaudit.record import NamedTuple

# Concepts of the rule pack: words that data is kept or deleted, and words of another matter beside them.
STORAGE, NOT_STORAGE = "retention-verb", "retention-false"
# Units that are a fixed number of another. A month is no fixed number of days.
_SAME = {"week": ("day", 7), "year": ("month", 12)}
_YEAR = 12
# "30 days", "30-day", "thirty (30) days".
_BEHIND = re.compile(r"\)?[ -]?")
_NEXT = re.compile(r" ?")
_AGES = range(5, 100)


class _Number(NamedTuple):
    span: Span
    sentence: int
    value: Decimal
    perhaps: bool = False


class _Quantity(NamedTuple):
    kind: FactKind
    unit: str
    number: Decimal
    span: Span
    perhaps: bool


def quantities(searched: Searched, words: Words) -> Iterator[Fact]:
    """The spans of time, ages, amounts and percentages of a document."""
    storage = {hit.sentence for hit in searched.hits.of(STORAGE)} - {
        hit.sentence for hit in searched.hits.of(NOT_STORAGE)
    }
    spans = [(one.hit.sentence, _spanned(one)) for one in longest(words.of("span-"))]
    taken = Spans()
    for sentence, one in (*spans, *_Reader(words).read()):
        if not taken.add(one.span):
            continue
        retention = one.kind is FactKind.PERIOD and sentence in storage
        yield Fact(one.kind, _value(one), words.evidence([sentence], [one.span]), one.perhaps, retention)


def period(number: Decimal, unit: str) -> str:
    """A span of time in a form that no choice of units changes: `14 days` for two weeks, `2 years` for 24 months."""
    base, factor = _SAME.get(unit, (unit, 1))
    counted = number * factor
    if base == "month" and counted and not counted % _YEAR:
        base, counted = "year", counted / _YEAR
    name = "working day" if base == "workday" else base
    return f"{written(counted)} {name}{'' if counted == 1 else 's'}"


def _spanned(one: Named) -> _Quantity:
    _, number, unit = one.name.split("-")
    return _Quantity(FactKind.PERIOD, unit, Decimal(number), one.span, one.perhaps)


def _value(quantity: _Quantity) -> str:
    if quantity.kind is FactKind.PERIOD:
        return period(quantity.number, quantity.unit)
    if quantity.kind is FactKind.AMOUNT:
        return f"{written(quantity.number)} {quantity.unit.upper()}"
    return f"{written(quantity.number)} {'%' if quantity.kind is FactKind.PERCENTAGE else 'years old'}"


class _Reader:
    """The numbers of a document with what stands around each."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._text = words.document.shadow
        self._behind = _by_start(longest(words.of("unit-", "currency-", "percent")))
        self._currency = {one.span.end: one for one in words.of("currency-")}
        self._ages = _by_start(words.of("age-after"))
        self._before_age = {one.span.end for one in words.of("age-before")}
        self._scales = _by_start(longest(words.of("scale-")))
        self._ranges = {(one.span.start, one.span.end) for one in words.of("range")}

    def read(self) -> list[tuple[int, _Quantity]]:
        """The quantities with their sentences, in text order."""
        found: list[tuple[int, _Quantity]] = []
        following: tuple[_Number, _Quantity] | None = None
        for number in reversed(self._numbers()):
            made = self._quantity(number)
            if made is None and following is not None and self._reaches(number, following[0]):
                after = following[1]
                perhaps = number.perhaps or after.perhaps
                made = _Quantity(after.kind, after.unit, number.value, number.span, perhaps)
            following = (number, made) if made else None
            if made:
                found.append((number.sentence, made))
        return found[::-1]

    def _numbers(self) -> list[_Number]:
        spelled = [
            _Number(one.span, one.hit.sentence, Decimal(one.name.removeprefix("number-")), one.perhaps)
            for one in longest(self._words.of("number-"))
        ]
        digits = [
            _Number(Span(*match.span()), sentence.number, value)
            for sentence in self._words.sentences
            for match in NUMBER.finditer(self._text, *sentence.span)
            if (value := number_in(match[0], self._words.language(sentence.number))) is not None
        ]
        return sorted(map(self._scaled, (*spelled, *digits)))

    def _scaled(self, number: _Number) -> _Number:
        """The number with the "million" behind it."""
        scale = self._at(self._scales, number.span.end, _NEXT)
        if scale is None:
            return number
        value = number.value * Decimal(scale.name.removeprefix("scale-"))
        return number._replace(value=value, span=Span(number.span.start, scale.span.end))

    def _quantity(self, number: _Number) -> _Quantity | None:
        start, end = number.span
        behind = self._at(self._behind, end, _BEHIND)
        age = self._at(self._ages, end, _BEHIND)
        counted = behind.name.partition("-")[2] if behind and behind.name.startswith("unit-") else ""
        if number.value in _AGES and (age or (self._leads(self._before_age, start) and counted in ("", "year"))):
            last = age or (behind if counted else None)
            return _Quantity(
                FactKind.AGE, "", number.value, Span(start, last.span.end if last else end), number.perhaps
            )
        if behind is None:
            before = self._currency.get(start) or self._currency.get(start - 1)
            if before is None or not _NEXT.fullmatch(self._text, before.span.end, start):
                return None
            span, unit = Span(before.span.start, end), before.name.partition("-")[2]
            return _Quantity(FactKind.AMOUNT, unit, number.value, span, number.perhaps or before.perhaps)
        kind = FactKind.PERIOD if counted else FactKind.AMOUNT
        if behind.name == "percent":
            kind = FactKind.PERCENTAGE
        unit = counted or behind.name.partition("-")[2]
        return _Quantity(kind, unit, number.value, Span(start, behind.span.end), number.perhaps or behind.perhaps)

    def _at(self, known: dict[int, Named], end: int, between: re.Pattern[str]) -> Named | None:
        """What begins where a number ends, or right behind."""
        return next(
            (known[at] for at in range(end, end + 3) if at in known and between.fullmatch(self._text, end, at)), None
        )

    def _leads(self, ends: set[int], start: int) -> bool:
        """Whether one of the words ends right before a number."""
        return start in ends or (start - 1 in ends and self._text[start - 1] == " ")

    def _reaches(self, number: _Number, following: _Number) -> bool:
        """Whether "to" and the like lead from a number to a higher one: "six to twelve months"."""
        start, end = number.span.end, following.span.start
        text = self._text[start:end]
        inner = (start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip()))
        return number.sentence == following.sentence and number.value < following.value and inner in self._ranges


def _by_start(found: list[Named]) -> dict[int, Named]:
    """The hits by where they begin, of several the longest."""
    return {one.span.start: one for one in sorted(found, key=lambda one: len(one.span))}

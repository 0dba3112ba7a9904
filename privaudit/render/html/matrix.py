"""Documents and rules at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from privaudit.model import Kind, Outcome, Report
from privaudit.record import NamedTuple
from privaudit.render import words
from privaudit.render.html.verdicts import Card

_QUIET = (Outcome.ABSENT, Outcome.NOT_APPLICABLE, Outcome.INCONCLUSIVE)
# So many documents stand side by side with the rules' titles in rows; of more, each is a row itself.
_MOST_COLUMNS = 4
_LEGEND = {outcome: said for outcome, said in words.OUTCOMES.items() if outcome is not Outcome.ABSENT}


class Mark(NamedTuple):
    """One cell: where it leads to, the class of its sign, how it counts, and what it says in words."""

    href: str
    outcome: str
    level: str
    said: str


class Heading(NamedTuple):
    """A rule as the head of a row or column; `place` is its number in the rows of marks."""

    place: int
    rule: int
    title: str


class Matrix(NamedTuple):
    """The rules that say something, and for each document a mark for each of them.

    `dense` where documents are rows; else the rules are, in so many tables `beside` each other. `legend` has the
    outcomes in use with their words.
    """

    rules: tuple[Heading, ...]
    marks: tuple[tuple[Mark | None, ...], ...]
    dense: bool
    beside: int
    legend: tuple[tuple[str, str], ...]


def matrix_of(report: Report, cards: Sequence[Sequence[Card]]) -> Matrix:
    """The matrix of a report; `cards` are those of each of its documents."""
    said = {card.rule for some in cards for card in some if card.verdict.outcome not in _QUIET}
    wanted = [
        (number, words.capital(rule.title))
        for number, rule in enumerate(report.rules)
        if rule.kind is Kind.DISCLOSURE or number in said
    ]
    rules = tuple(Heading(place, number, title) for place, (number, title) in enumerate(wanted))
    by_rule = [{card.rule: card for card in some} for some in cards]
    marks = tuple(tuple(_mark(known.get(rule.rule)) for rule in rules) for known in by_rule)
    used = {mark.outcome for row in marks for mark in row if mark}
    legend = tuple((outcome.value, said) for outcome, said in _LEGEND.items() if outcome.value in used)
    return Matrix(rules, marks, len(cards) > _MOST_COLUMNS, 2 if len(cards) == 1 else 1, legend)


def _mark(card: Card | None) -> Mark | None:
    if card is None:
        return None
    weight = {"none": "", "accepted": ", accepted"}.get(card.level, f", {card.level}")
    return Mark(f"#{card.id}", card.verdict.outcome.value, card.level, f"{card.outcome}{weight}")

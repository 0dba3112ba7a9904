"""How often each rule has a new finding, over all documents; then how specific its disclosures are."""

from __future__ import annotations

from collections import Counter

from privaudit.model import Outcome, Report, State
from privaudit.record import NamedTuple
from privaudit.render.sanitise import one_line

_DISCLOSED = (Outcome.PRESENT, Outcome.PARTIAL)


class Tally(NamedTuple):
    """The documents in which a rule has a new finding, in all and by outcome."""

    rule: str
    title: str
    documents: int
    outcomes: tuple[tuple[Outcome, int], ...]

    @property
    def told(self) -> str:
        """The outcomes in words: `missing`, or `2 missing, 1 partial`."""
        if len(self.outcomes) == 1:
            return self.outcomes[0][0].value
        return ", ".join(f"{count} {outcome.value}" for outcome, count in self.outcomes)


class Scale(NamedTuple):
    """The documents that make the disclosure of a rule with grades, in all and by grade; `""` for none that fits."""

    rule: str
    title: str
    documents: int
    grades: tuple[tuple[str, int], ...]

    @property
    def told(self) -> str:
        """The grades in words, the most specific first: `2 period, 1 vague, 1 without a grade`."""
        return ", ".join(f"{count} {grade or 'without a grade'}" for grade, count in self.grades)


def scales(report: Report) -> tuple[Scale, ...]:
    """A scale for each rule that has grades and whose disclosure some document makes, in the order of the rules."""
    counts: dict[str, Counter[str]] = {rule.id: Counter() for rule in report.rules if rule.grades}
    for document in report.documents:
        for verdict in document.verdicts:
            if verdict.rule in counts and verdict.outcome in _DISCLOSED:
                counts[verdict.rule][verdict.grade.id if verdict.grade else ""] += 1
    found = []
    for rule in report.rules:
        if by_grade := counts.get(rule.id):
            order = [*(grade.id for grade in rule.grades), ""]
            grades = tuple((name, by_grade[name]) for name in order if by_grade[name])
            found.append(Scale(rule.id, one_line(rule.title), by_grade.total(), grades))
    return tuple(found)


def tallies(report: Report) -> tuple[Tally, ...]:
    """A tally for each rule with a new finding, by number of documents and then by rule."""
    counts: dict[str, Counter[Outcome]] = {}
    for document in report.places:
        for verdict in document.verdicts:
            if verdict.is_finding and verdict.state is State.NEW:
                counts.setdefault(verdict.rule, Counter())[verdict.outcome] += 1
    titles = {rule.id: rule.title for rule in report.rules}
    found = [
        Tally(
            rule,
            one_line(titles.get(rule, "")),
            by_outcome.total(),
            tuple(sorted(by_outcome.items(), key=lambda one: (-one[1], one[0]))),
        )
        for rule, by_outcome in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.documents, one.rule)))


def lines(report: Report) -> list[str]:
    """The tallies in aligned columns: documents, rule, outcomes, title; then the scales with their grades alike."""
    found: list[Tally | Scale] = [*tallies(report), *scales(report)]
    number = max((len(str(one.documents)) for one in found), default=0)
    rule = max((len(one.rule) for one in found), default=0)
    told = max((len(one.told) for one in found), default=0)
    return [f"{one.documents:>{number}}  {one.rule:<{rule}}  {one.told:<{told}}  {one.title}".rstrip() for one in found]

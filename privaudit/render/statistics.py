"""How often each rule has a new finding, over all documents; the most frequent first."""

from __future__ import annotations

from collections import Counter

from privaudit.model import Outcome, Report, State
from privaudit.record import NamedTuple
from privaudit.render.sanitise import one_line


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
    """The tallies in aligned columns: documents, rule, outcomes, title."""
    found = tallies(report)
    number = max((len(str(one.documents)) for one in found), default=0)
    rule = max((len(one.rule) for one in found), default=0)
    told = max((len(one.told) for one in found), default=0)
    return [f"{one.documents:>{number}}  {one.rule:<{rule}}  {one.told:<{told}}  {one.title}".rstrip() for one in found]

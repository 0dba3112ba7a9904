"""The figures of an evaluation: by element and language, with intervals, beside trivial answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence

from privaudit.evaluate.labels import Labelled
from privaudit.evaluate.tally import MISSING, Counts, Stances, judged, mean, stances, total
from privaudit.record import NamedTuple

_RESAMPLES = 1000
_LEVEL = 0.95


class Answers(NamedTuple):
    """What rules said of one document: outcomes by rule id, and stances of the mechanisms found by group."""

    outcomes: Mapping[str, str]
    mechanisms: Mapping[str, str]


class Interval(NamedTuple):
    """A figure with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


class Miss(NamedTuple):
    """A label that was answered wrongly: `wanted` is what readers said, `got` what the rule said."""

    document: str
    wanted: str
    got: str


class Row(NamedTuple):
    """One element, with the documents where it was answered wrongly."""

    element: str
    counts: Counts
    misses: tuple[Miss, ...]


class Table(NamedTuple):
    """The figures for some documents; `rows` have the worst elements first."""

    name: str
    documents: int
    clusters: int
    rows: tuple[Row, ...]
    disclosed_f1: Interval
    missing_f1: Interval
    mechanisms: Stances | None
    mechanism_misses: tuple[Miss, ...]

    @property
    def counts(self) -> Counts:
        """All elements together (micro average)."""
        return total(row.counts for row in self.rows)

    @property
    def macro_disclosed(self) -> float:
        """The mean F1 over elements of finding what is disclosed."""
        return mean(row.counts.disclosed.f1 for row in self.rows if row.counts.tp + row.counts.fn)

    @property
    def macro_missing(self) -> float:
        """The mean F1 over elements of reporting what is missing."""
        return mean(row.counts.missing.f1 for row in self.rows if row.counts.missing_tp + row.counts.missing_fn)


def table(
    name: str, documents: Sequence[Labelled], answers: Mapping[str, Answers], groups: Sequence[Sequence[int]]
) -> Table:
    """The figures for documents; `groups` are the positions of near copies, which are drawn together for intervals."""
    elements = sorted({element for one in documents for element in one.labels})
    with_na = {element for one in documents for element, status in one.labels.items() if status == "na"}
    by_document: list[dict[str, Counts]] = []
    misses: dict[str, list[Miss]] = {element: [] for element in elements}
    for one in documents:
        outcomes = answers[one.id].outcomes
        counted: dict[str, Counts] = {}
        for element, status in one.labels.items():
            got = outcomes.get(element)
            counted[element] = counts = judged(status, got, element in with_na)
            if counts.fp or counts.fn or counts.missing_fp or counts.missing_fn:
                misses[element].append(Miss(one.id, status, got or "nothing"))
        by_document.append(counted)
    rows = [
        Row(element, total(counted[element] for counted in by_document if element in counted), tuple(misses[element]))
        for element in elements
    ]
    rows.sort(key=lambda row: (-len(row.misses), row.element))
    whole = [total(counted.values()) for counted in by_document]
    labelled = [one for one in documents if one.outdated is not None]
    mechanisms, mechanism_misses = _mechanisms(labelled, answers) if labelled else (None, ())
    return Table(
        name,
        len(documents),
        len(groups),
        tuple(rows),
        interval(whole, groups, lambda counts: counts.disclosed.f1),
        interval(whole, groups, lambda counts: counts.missing.f1),
        mechanisms,
        mechanism_misses,
    )


def _mechanisms(documents: Iterable[Labelled], answers: Mapping[str, Answers]) -> tuple[Stances, tuple[Miss, ...]]:
    whole = Stances()
    misses: list[Miss] = []
    for one in documents:
        wanted, said = one.outdated or {}, answers[one.id].mechanisms
        whole += stances(wanted, said, one.alternatives, one.stance_open)
        for group in sorted({*wanted, *(said.keys() - one.alternatives)}):
            want, got = wanted.get(group, "nothing"), said.get(group, "nothing")
            if want != got and not (one.stance_open and group in wanted and group in said):
                misses.append(Miss(one.id, f"{group} {want}", got))
    return whole, tuple(misses)


def interval(
    by_document: Sequence[Counts], groups: Sequence[Sequence[int]], figure: Callable[[Counts], float]
) -> Interval:
    """A figure with its bootstrap interval; near copies are drawn together. The same input gives the same bounds."""
    value = figure(total(by_document))
    sums = [total(by_document[position] for position in group) for group in groups]
    drawn = random.Random(0)  # noqa: S311 - chance, no secret
    values = sorted(figure(total(drawn.choices(sums, k=len(sums)))) for _ in range(_RESAMPLES if len(sums) > 1 else 0))
    known = [one for one in values if one == one]
    if not known:
        return Interval(value, value, value)
    cut = int(len(known) * (1 - _LEVEL) / 2)
    return Interval(value, known[cut], known[-1 - cut])


def trivial(documents: Sequence[Labelled], outcome: str) -> dict[str, Answers]:
    """The answers of one who says the same of every element."""
    return {one.id: Answers(dict.fromkeys(one.labels, outcome), {}) for one in documents}


EVERYTHING_PRESENT, EVERYTHING_MISSING = "present", MISSING

"""Language versions of one notice side by side: what one of them says and another does not. No file, no clock.

Disclosures, outdated mechanisms and practices are compared by the verdicts of the same rules, everything that has a
value of its own – addresses, dates, spans of time, amounts, authorities – by that value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from privaudit.facts.values import Fact, FactKind
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, PackInfo, State, Status, Verdict
from privaudit.record import NamedTuple

_STRENGTH = {
    Outcome.MISSING: 0,
    Outcome.NOT_APPLICABLE: 0,
    Outcome.PARTIAL: 1,
    Outcome.PRESENT: 2,
    Outcome.ABSENT: 0,
    Outcome.MENTIONED: 1,
    Outcome.RELIED_ON: 2,
    Outcome.FOUND: 2,
}
_IN_PART = (Outcome.PARTIAL, Outcome.MENTIONED)
_KINDS = {kind: number for number, kind in enumerate(FactKind)}
# So many digits of a telephone number are the same, with or without its country.
_END = 5
_YEARS_OLD, _YEARS = " years old", " years"


class Difference(StrEnum):
    """How versions differ in what a rule looks for, the gravest first."""

    # A disclosure that one makes and another does not make at all, or makes only in part.
    LACKS = "lacks"
    WEAKER = "weaker"
    # An outdated mechanism in one and not in another; relied on in one and only mentioned in another.
    OUTDATED = "outdated"
    STANCE = "stance"
    # A wrong practice in one and not in another.
    PRACTICE = "practice"


_ORDER = {kind: number for number, kind in enumerate(Difference)}


class Version(NamedTuple):
    """One of the versions: its report, and what it states.

    `kinds` are the kinds of facts that the words of its language can tell, and `unjudged` the ids of rules that do not
    hold for it, such as those for the readers of another country, or cannot judge it. A version of several files has a
    report on each in `files`, and in `starts` where they begin in the whole, in which its passages lie.
    """

    report: DocumentReport
    facts: tuple[Fact, ...] = ()
    kinds: frozenset[FactKind] = frozenset()
    unjudged: frozenset[str] = frozenset()
    files: tuple[DocumentReport, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[DocumentReport, ...]:
        """The reports on its files."""
        return self.files or (self.report,)

    def path_of(self, passage: Evidence) -> str:
        """The file in which a passage stands; empty where the version has only one."""
        return self.files[bisect_right(self.starts, passage.start) - 1].path if self.files else ""

    def start_of(self, passage: Evidence) -> int:
        """Where the file in which a passage stands begins in the whole."""
        return self.starts[bisect_right(self.starts, passage.start) - 1] if self.files else 0

    @property
    def is_complete(self) -> bool:
        """Whether it was read in full, so that it lacks what was not found in it."""
        return self.report.status is Status.AUDITED


class Element(NamedTuple):
    """What one rule says of each version, in their order; None where it does not hold for one, or could not be judged.

    `difference` is None where they agree. `behind` are the numbers of the versions that say least. A difference that
    rests on an accepted finding is `accepted`, and counts for nothing.
    """

    rule: str
    title: str
    kind: Kind
    reference: str
    verdicts: tuple[Verdict | None, ...]
    difference: Difference | None = None
    behind: tuple[int, ...] = ()
    accepted: bool = False

    @property
    def compares(self) -> bool:
        """Whether at least two versions could be judged."""
        return sum(one is not None for one in self.verdicts) > 1

    @property
    def counts(self) -> bool:
        """Whether it is a difference that nobody has accepted."""
        return self.difference is not None and not self.accepted


class Row(NamedTuple):
    """One fact with the passages of each version that state it, in their order.

    `missing` are the numbers of the versions that were read in full and do not state it; empty where nothing differs.
    `retention` tells a span of time for which data is kept from another one.
    """

    kind: FactKind
    value: str
    passages: tuple[tuple[Evidence, ...], ...]
    missing: tuple[int, ...] = ()
    retention: bool = False

    @property
    def compares(self) -> bool:
        """Whether at least two versions state it."""
        return sum(map(bool, self.passages)) > 1

    @property
    def counts(self) -> bool:
        """Whether the versions differ in it."""
        return bool(self.missing)


class Group(NamedTuple):
    """The versions of one notice; `name` is empty for files that the command line names."""

    name: str
    versions: tuple[Version, ...]
    elements: tuple[Element, ...] = ()
    facts: tuple[Row, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all versions were read and judged in full, so that silence means that they agree."""
        return all(version.is_complete for version in self.versions)

    @property
    def differs(self) -> bool:
        """Whether there is a difference that nobody has accepted."""
        return any(one.counts for one in self.elements) or any(one.counts for one in self.facts)


class Parity(NamedTuple):
    """The comparison of all groups; `as_of` is an ISO 8601 date."""

    version: str
    packs: tuple[PackInfo, ...]
    as_of: str
    groups: tuple[Group, ...]
    exit_code: int = 0


def compare(
    name: str, versions: Sequence[Version], titles: Mapping[str, str], leave_out: Collection[FactKind] = ()
) -> Group:
    """The versions of a notice side by side; `titles` are those of the rules.

    All must have been judged by the same rules and as of the same day. Kinds of facts that are to `leave_out` may
    differ, such as the authority where each version names that of its country.
    """
    elements = sorted(_elements(versions, titles), key=_gravity)
    kinds = [kind for kind in FactKind if kind not in leave_out]
    rows = [row for kind in kinds for row in _rows(kind, versions)]
    return Group(name, tuple(versions), tuple(elements), tuple(_without_doubt(rows)))


def _gravity(element: Element) -> int:
    """Differences first, in their order; the rest in the order of the rules."""
    return _ORDER[element.difference] if element.difference else len(_ORDER)


# -- rules


def _elements(versions: Sequence[Version], titles: Mapping[str, str]) -> Iterable[Element]:
    judged = [
        {one.rule: one for one in version.report.verdicts if one.rule in titles and one.rule not in version.unjudged}
        for version in versions
    ]
    whole = [version.is_complete for version in versions]
    for rule in dict.fromkeys(rule for verdicts in judged for rule in verdicts):
        yield _element(rule, titles[rule], [verdicts.get(rule) for verdicts in judged], whole)


def _element(rule: str, title: str, verdicts: Sequence[Verdict | None], whole: Sequence[bool]) -> Element:
    told = [one if one and one.outcome is not Outcome.INCONCLUSIVE else None for one in verdicts]
    some = next(one for one in verdicts if one)
    # What a version says in part may be said in full where it was not read.
    strengths = {
        number: _STRENGTH[one.outcome]
        for number, one in enumerate(told)
        if one and (whole[number] or one.outcome not in _IN_PART)
    }
    element = Element(rule, title, some.kind, some.reference, tuple(told))
    if len(set(strengths.values())) < 2:
        return element
    counted = {
        number for number, one in enumerate(told) if one and (one.severity is None or one.state is State.NEW)
    } & strengths.keys()
    least = min(strengths.values())
    return element._replace(
        difference=_difference(some.kind, set(strengths.values())),
        behind=tuple(number for number, strength in strengths.items() if strength == least),
        accepted=len({strengths[number] for number in counted}) < 2,
    )


def _difference(kind: Kind, strengths: Collection[int]) -> Difference:
    if kind is Kind.DISCLOSURE:
        return Difference.WEAKER if min(strengths) else Difference.LACKS
    if kind is Kind.OUTDATED:
        return Difference.STANCE if min(strengths) else Difference.OUTDATED
    return Difference.PRACTICE


# -- facts


def _rows(kind: FactKind, versions: Sequence[Version]) -> list[Row]:
    """A row for each value of a kind that a version surely states."""
    keys = _keys(kind, (one for version in versions for one in version.facts))
    stating: dict[str, list[list[Fact]]] = {}
    for number, version in enumerate(versions):
        for one in version.facts:
            if one.kind is kind and (key := keys.get(one.value)):
                stating.setdefault(key, [[] for _ in versions])[number].append(one)
    rows = []
    for key, facts in stating.items():
        missing = tuple(
            number
            for number, (version, stated) in enumerate(zip(versions, facts, strict=True))
            if not stated and kind in version.kinds and version.is_complete
        )
        passages = tuple(tuple(one.evidence for one in stated) for stated in facts)
        retention = any(one.retention for stated in facts for one in stated)
        rows.append(Row(kind, key, passages, missing, retention))
    return sorted(rows, key=lambda row: (_first(row.passages), row.value))


def _keys(kind: FactKind, facts: Iterable[Fact]) -> dict[str, str]:
    """For each value that a version may state the one that stands for it, among those that are surely stated."""
    sure: dict[str, bool] = {}
    for one in facts:
        if one.kind is kind:
            sure[one.value] = sure.get(one.value, False) or not one.perhaps
    keys: dict[str, str] = {}
    alike: dict[str, list[str]] = {}
    # What is sure comes first, and of that the fuller way of writing it: with its country, with its day.
    for value in sorted(sure, key=lambda value: (not sure[value], -len(value), value)):
        known = alike.setdefault(_likeness(kind, value), [])
        key = next((one for one in known if agree(kind, one, value)), None)
        if key is None and sure[value]:
            known.append(key := value)
        if key is not None:
            keys[value] = key
    return keys


def _likeness(kind: FactKind, value: str) -> str:
    """What values that may be the same have in common: the month of a date, the end of a telephone number."""
    if kind is FactKind.LAST_CHANGE:
        return value[: len("2026-03")]
    return value[-_END:] if kind is FactKind.PHONE else value


def agree(kind: FactKind, one: str, other: str) -> bool:
    """Whether two values may be the same: one may be written without its country, or without its day."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if kind is FactKind.LAST_CHANGE:
        return long.startswith(f"{short}-")
    if kind is FactKind.PHONE and long.startswith("+") and short.startswith("0"):
        return long.endswith(short.lstrip("0"))
    return False


def _first(passages: Sequence[Sequence[Evidence]]) -> tuple[int, int]:
    """The first version with a passage, and where it stands."""
    return next((number, pieces[0].start) for number, pieces in enumerate(passages) if pieces)


def _without_doubt(rows: Sequence[Row]) -> list[Row]:
    """The rows in their order, where an age in one version is no span of years in another: "under 16", "16 Jahre"."""
    stated = {(row.kind, row.value): row for row in rows}
    found = []
    for row in rows:
        twin = None
        if row.kind is FactKind.AGE:
            twin = stated.get((FactKind.PERIOD, row.value.replace(_YEARS_OLD, _YEARS)))
        elif row.kind is FactKind.PERIOD and row.value.endswith(_YEARS):
            twin = stated.get((FactKind.AGE, row.value.replace(_YEARS, _YEARS_OLD)))
        if twin:
            row = row._replace(missing=tuple(number for number in row.missing if not twin.passages[number]))
        found.append(row)
    return sorted(found, key=lambda row: (not row.missing, _KINDS[row.kind]))

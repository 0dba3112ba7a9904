"""A text through its versions and the law through its dates: what came, what went, and what stayed after its end.

Values in, values out: versions with their days, and somebody who judges one of them by the law of a day. No git, no
file, no clock.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from privaudit.compare import Change, Side, compare
from privaudit.model import DocumentReport, Kind, Outcome, PackInfo, Severity, Status
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import Condition, Detector, Period, Rule

# Reports and comparisons kept for texts that come back, such as by a revert.
_MOST_KEPT = 64

# A text, its name and the stretch of days in which no date of the law falls.
_Key = tuple[str, str, int]


class Version(NamedTuple):
    """A text from a day on; `text` tells texts apart and is empty where there was none.

    `name` is what the version is called, such as a commit, `subject` what it says of itself, `path` where it stood.
    """

    name: str
    day: date
    subject: str
    path: str
    text: str


class Turn(NamedTuple):
    """A day on which the verdict on the text changed: by a version, or by the law while the text stood.

    `version` is the text that stands from then on. `by_law` are the rules whose dates fall on the day; empty where a
    version brought the change. `first` is the report on the first text, or on the first after there was none, which is
    there `again`.
    """

    day: date
    version: Version
    by_law: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    first: DocumentReport | None = None
    again: bool = False


class Told(NamedTuple):
    """A version with how it was judged on its day; `status` is None where there was no text.

    `findings` counts errors, warnings and notes. `problems` say what could not be judged.
    """

    version: Version
    status: Status | None = None
    language: str | None = None
    problems: tuple[str, ...] = ()
    findings: tuple[int, int, int] = (0, 0, 0)


class Phase(NamedTuple):
    """A stretch of days with the same verdict; `until` is the first day no longer, None where it stands at the end."""

    start: date
    until: date | None
    outcome: Outcome
    severity: Severity | None = None


class Course(NamedTuple):
    """What became of one rule over the years.

    `overdue` counts the days on which the text relied on a mechanism after its end; `is_standing` is whether it does so
    on the last day.
    """

    rule: str
    title: str
    kind: Kind
    group: str | None
    valid: Period
    phases: tuple[Phase, ...]
    overdue: int = 0
    is_standing: bool = False


class History(NamedTuple):
    """A file through the days from `since`, or the first of all, to `as_of`.

    `cut` says what is not known, empty where all is. `exit_code` is 3 where not all could be judged.
    """

    version: str
    packs: tuple[PackInfo, ...]
    file: str
    since: date | None
    as_of: date
    versions: tuple[Told, ...]
    turns: tuple[Turn, ...]
    courses: tuple[Course, ...]
    cut: str = ""
    exit_code: int = 0

    def until(self, phase: Phase) -> date:
        """The day on which a phase ends, for one that stands the last day."""
        return phase.until or self.as_of


def law_days(rules: Iterable[Rule], first: date, last: date) -> dict[date, tuple[str, ...]]:
    """The days after `first`, up to `last`, on which the law of the rules changes, with the rules concerned."""
    found: dict[date, list[str]] = {}
    for rule in rules:
        # Conditions may hang on the dates of a mechanism whose rule is not asked.
        periods = [rule.valid, rule.in_force, *(one for condition in rule.conditions() for one in _periods(condition))]
        days = {day for period in periods for day in (period.start, period.until)}
        days |= {rule.closing.day} if rule.closing else set()
        if rule.detect is Detector.STALE_DATE:
            # It counts years.
            days |= {date(year, 1, 1) for year in range(first.year, last.year + 1)}
        for day in days:
            if day is not None and first < day <= last:
                found.setdefault(day, []).append(rule.id)
    return {day: tuple(sorted(found[day])) for day in sorted(found)}


def _periods(condition: Condition) -> Iterator[Period]:
    if condition.period:
        yield condition.period
    for part in condition.parts:
        yield from _periods(part)


def tell(
    versions: Sequence[Version],
    judge: Callable[[int, date], Side],
    rules: Sequence[Rule],
    *,
    version: str,
    packs: tuple[PackInfo, ...],
    file: str,
    as_of: date,
    since: date | None = None,
    cut: str = "",
) -> History:
    """The history of versions, oldest first, none after `as_of`; those before `since` are judged and not listed.

    `judge` gives version number n by the law of a day. It is asked once for each text and each stretch of days in which
    no date of the rules falls, however many versions have that text.
    """
    law = law_days(rules, versions[0].day, as_of) if versions else {}
    teller = _Teller(versions, judge, law, {rule.id: rule.title for rule in rules}, as_of)
    teller.tell()
    listed = [one for one in teller.told if since is None or one.version.day >= since]
    whole = not cut and all(one.status in (None, Status.AUDITED) for one in teller.told)
    return History(
        version=version,
        packs=packs,
        file=file,
        since=since,
        as_of=as_of,
        versions=tuple(listed),
        turns=tuple(turn for turn in teller.turns if since is None or turn.day >= since),
        courses=tuple(_courses(rules, teller.phases, as_of)),
        cut=cut,
        exit_code=0 if whole else 3,
    )


class _Teller:
    """Goes through the days, and keeps what was said on the last one."""

    def __init__(
        self,
        versions: Sequence[Version],
        judge: Callable[[int, date], Side],
        law: dict[date, tuple[str, ...]],
        titles: dict[str, str],
        as_of: date,
    ) -> None:
        self.versions = versions
        self.told: list[Told] = []
        self.turns: list[Turn] = []
        self.phases: dict[str, list[Phase]] = {}
        self._judge = judge
        self._law = law
        self._law_days = list(law)
        self._titles = titles
        self._as_of = as_of
        self._kept: OrderedDict[_Key, Side] = OrderedDict()
        self._compared: dict[tuple[_Key, _Key], tuple[Change, ...]] = {}
        self._last: tuple[_Key, Side] | None = None

    def tell(self) -> None:
        """Goes through all days."""
        for number, version in enumerate(self.versions):
            self._version(number)
            following = self.versions[number + 1].day if number + 1 < len(self.versions) else self._as_of
            for day in self._days_between(version.day, following):
                self._law_changes(number, day)

    def _days_between(self, first: date, last: date) -> Iterator[date]:
        """Days of the law on which a text stands; on one on which the next comes, the law is there before it."""
        start = bisect_right(self._law_days, first)
        yield from self._law_days[start : bisect_right(self._law_days, last)]

    def _version(self, number: int) -> None:
        version = self.versions[number]
        if not version.text:
            self.told.append(Told(version))
            self._close(version.day)
            if self._last:
                self.turns.append(Turn(version.day, version))
            self._last = None
            return
        key, side = self._side(number, version.day)
        self.told.append(_told(version, side.report))
        if side.report.status is Status.NOT_AUDITED:
            # Nothing is known of it; what comes next is compared with what was read last.
            self._close(version.day)
            return
        first = side.report if self._last is None else None
        changes = self._changes(key, side, version.day)
        again = first is not None and bool(self.phases)
        self._enter(side.report, version.day)
        if changes or first:
            self.turns.append(Turn(version.day, version, (), changes, first, again))

    def _law_changes(self, number: int, day: date) -> None:
        if not self.versions[number].text:
            return
        key, side = self._side(number, day)
        if side.report.status is Status.NOT_AUDITED:
            return
        changes = self._changes(key, side, day)
        self._enter(side.report, day)
        if changes:
            self.turns.append(Turn(day, self.versions[number], self._law[day], changes))

    def _side(self, number: int, day: date) -> tuple[_Key, Side]:
        version = self.versions[number]
        key = (version.text, version.path, bisect_right(self._law_days, day))
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = self._judge(number, day)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return key, self._kept[key]

    def _changes(self, key: _Key, side: Side, day: date) -> tuple[Change, ...]:
        last, self._last = self._last, (key, side)
        if last is None or last[0] == key:
            return ()
        pair = (last[0], key)
        if pair not in self._compared:
            if len(self._compared) >= _MOST_KEPT:
                self._compared.clear()
            told = compare(last[1], side, self._titles, version="", packs=(), as_of=day.isoformat())
            self._compared[pair] = told.changes
        return self._compared[pair]

    def _enter(self, report: DocumentReport, day: date) -> None:
        for verdict in report.verdicts:
            phases = self.phases.setdefault(verdict.rule, [])
            now = (verdict.outcome, verdict.severity)
            last = phases[-1] if phases else None
            if last and last.until is None:
                if (last.outcome, last.severity) == now:
                    continue
                self._end(phases, day)
            phases.append(Phase(day, None, *now))

    def _close(self, day: date) -> None:
        for phases in self.phases.values():
            if phases and phases[-1].until is None:
                self._end(phases, day)

    @staticmethod
    def _end(phases: list[Phase], day: date) -> None:
        """Ends the last phase; one that began on the same day was none."""
        last = phases.pop()
        if last.start < day:
            phases.append(last._replace(until=day))


def _told(version: Version, report: DocumentReport) -> Told:
    weights = Counter(one.severity for one in report.verdicts)
    counts = (weights[Severity.ERROR], weights[Severity.WARNING], weights[Severity.NOTE])
    problems = tuple(problem.message for problem in report.problems)
    return Told(version, report.status, report.language.code, problems, counts)


def _courses(rules: Sequence[Rule], phases: dict[str, list[Phase]], as_of: date) -> Iterator[Course]:
    for rule in rules:
        found = tuple(phases.get(rule.id, ()))
        overdue, standing = 0, False
        if rule.kind is Kind.OUTDATED and (end := rule.valid.until):
            late = [one for one in found if one.outcome is Outcome.RELIED_ON and (one.until or as_of) > end]
            overdue = sum(((one.until or as_of) - max(one.start, end)).days for one in late)
            standing = end <= as_of and any(one.until is None and one.outcome is Outcome.RELIED_ON for one in found)
        yield Course(rule.id, rule.title, rule.kind, rule.group, rule.valid, found, overdue, standing)

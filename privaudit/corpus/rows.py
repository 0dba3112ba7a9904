"""Rows: what the output says of a record, one for each verdict that is wanted, and what a tally counts of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from privaudit.corpus.record import Record
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, PackInfo, State, Status, Verdict
from privaudit.record import NamedTuple
from privaudit.render.rows import unread

# A mechanism that was good on the day of the record; the verdict is no finding.
IN_FORCE = "relied-on-in-force"


class Row(NamedTuple):
    """A verdict on a record, or without a `rule` a record that has none to show, with the `problem` where there is one.

    `date` is the day by whose law was judged (ISO 8601). `line` counts from 1; `start` and `end` are offsets in
    characters, `quote` is exactly what lies between them; of several passages it is the first that counts. `grade`
    names how specific a disclosure is, where its rule has grades. `pack_version` names every pack. `state` tells
    whether the text itself accepts the finding. `shard` and `record` say which record it is, whatever its id.
    """

    document_id: str
    url: str | None
    date: str | None
    language: str | None
    status: str
    rule: str | None
    group: str | None
    kind: str | None
    outcome: str | None
    severity: str | None
    grade: str | None
    quote: str | None
    line: int | None
    start: int | None
    end: int | None
    pack_version: str
    problem: str | None
    state: str | None
    shard: str
    record: int


class Result(NamedTuple):
    """What came of a record: its rows, and what is counted of it.

    `status` is None for what is no document. `outcomes` have a kind, a rule or group, and its outcome. `skipped`: a
    file that does not look like a notice. `damage` is what is wrong with a shard.
    """

    rows: tuple[Row, ...] = ()
    status: Status | None = None
    language: str | None = None
    outcomes: tuple[tuple[str, str, str], ...] = ()
    repeated: bool = False
    skipped: bool = False
    damage: str = ""


class Showing(NamedTuple):
    """Which verdicts become rows: all of them or the findings alone; with `redact`, without the words of documents."""

    every: bool = False
    redact: bool = False


def packs_told(packs: Iterable[PackInfo]) -> str:
    """The packs with their versions, as `pack_version` has them."""
    return ", ".join(f"{pack.id} {pack.version}".strip() for pack in packs)


def result_of(record: Record, report: DocumentReport, day: date, packs: Iterable[PackInfo], showing: Showing) -> Result:
    """The rows of a record that was audited, or that could not be, with what is counted of it."""
    problem = _problem(record, report)
    common = Row(
        document_id=record.document_id,
        url=record.url,
        date=None if record.damage else day.isoformat(),
        language=report.language.code,
        status=report.status.value,
        rule=None,
        group=None,
        kind=None,
        outcome=None,
        severity=None,
        grade=None,
        quote=None,
        line=None,
        start=None,
        end=None,
        pack_version=packs_told(packs),
        problem=problem,
        state=None,
        shard=record.shard,
        record=record.number,
    )
    wanted = [verdict for verdict in report.verdicts if verdict.is_finding or showing.every]
    rows = tuple(_row(common, verdict, showing.redact) for verdict in wanted) or (common,)
    if record.damage:
        return Result(rows, damage=f"{record.shard}: {problem}")
    return Result(rows, report.status, report.language.code, _outcomes(report.verdicts), record.repeated)


def _problem(record: Record, report: DocumentReport) -> str | None:
    told = [problem.message for problem in unread(report)]
    if record.repeated:
        told.append("an earlier record has the same id")
    return "; ".join(told) or None


def _row(common: Row, verdict: Verdict, redact: bool) -> Row:
    one = _first(verdict)
    return common._replace(
        rule=verdict.rule,
        group=verdict.group,
        kind=verdict.kind.value,
        outcome=verdict.outcome.value,
        severity=verdict.severity.value if verdict.severity else None,
        grade=verdict.grade.id if verdict.grade else None,
        quote=one.quote if one and not redact else None,
        line=one.line if one else verdict.line if verdict.is_finding else None,
        start=one.start if one else None,
        end=one.end if one else None,
        state=verdict.state.value,
    )


def _first(verdict: Verdict) -> Evidence | None:
    return next((one for one in verdict.evidence if one.state is State.NEW), next(iter(verdict.evidence), None))


def _outcomes(verdicts: Iterable[Verdict]) -> tuple[tuple[str, str, str], ...]:
    """An outcome for each disclosure and practice, and for each group of mechanisms that of the rule that says most."""
    found: dict[tuple[str, str], str] = {}
    for verdict in verdicts:
        outcome = verdict.outcome.value
        name = verdict.rule
        if verdict.kind is Kind.OUTDATED:
            name = verdict.group or verdict.rule
            if verdict.outcome is Outcome.RELIED_ON and not verdict.is_finding:
                outcome = IN_FORCE
        key = (verdict.kind.value, name)
        if key not in found or _WEIGHT.get(outcome, 0) > _WEIGHT.get(found[key], 0):
            found[key] = outcome
    return tuple((*key, outcome) for key, outcome in found.items())


# Of several rules of a group; what could not be told keeps the group from being called absent.
_WEIGHT = {"relied-on": 4, IN_FORCE: 3, "mentioned": 2, "inconclusive": 1}

"""Findings as rows, one for each passage in the order in which a reader meets them, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.document import Problem
from privaudit.model import DocumentReport, Evidence, Outcome, Severity, State, Status, Verdict
from privaudit.record import NamedTuple
from privaudit.render.quote import shortened

# Characters of a passage in formats that programs read, but for JSON, which has it whole.
LONGEST = 2000


class Row(NamedTuple):
    """A passage of a finding, or a finding that has none; lines and columns count from 1, `end_column` is exclusive.

    `justification` says why it is accepted where its state is not new.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    verdict: Verdict
    severity: Severity
    state: State
    fingerprint: str
    evidence: Evidence | None = None
    justification: str = ""

    @property
    def told(self) -> str:
        """The message with the passage in quotation marks, in as many lines as it has, cut where it is long."""
        quoted = f' "{shortened(self.evidence, LONGEST)}"' if self.evidence and self.evidence.quote else ""
        return f"{self.verdict.message}{quoted}"


def message(verdict: Verdict) -> str:
    """The message, with the grade of a disclosure that has one."""
    return f"{verdict.message} (grade: {verdict.grade.id})" if verdict.grade else verdict.message


def unread(document: DocumentReport) -> tuple[Problem, ...]:
    """What kept a document from being audited in full; problems of one that was are harmless."""
    return () if document.status is Status.AUDITED else document.problems


def passing(document: DocumentReport) -> list[Verdict]:
    """What is in order and stands in the text: disclosures that are made, mechanisms that are only mentioned."""
    said = (Outcome.PRESENT, Outcome.MENTIONED)
    return [one for one in document.verdicts if one.outcome in said and not one.is_finding]


def rows_of(document: DocumentReport) -> list[Row]:
    """The rows of a document in text order, whatever their state."""
    found = [row for verdict in document.verdicts for row in _rows(verdict)]
    return sorted(found, key=lambda row: (row.line, row.column, row.verdict.rule, row.end_line, row.end_column))


def _rows(verdict: Verdict) -> Iterator[Row]:
    severity = verdict.severity
    if severity is None:
        return
    for one in verdict.evidence:
        place = (one.line, one.column, one.end_line, one.end_column)
        yield Row(*place, verdict, severity, one.state, one.fingerprint or verdict.fingerprint, one, one.justification)
    if not verdict.evidence:
        line, column = verdict.line, verdict.column
        place = (line, column, line, column)
        yield Row(*place, verdict, severity, verdict.state, verdict.fingerprint, None, verdict.justification)

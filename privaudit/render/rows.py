"""Findings as rows: one for each passage, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from privaudit.model import DocumentReport, Evidence, Severity, State, Verdict


class Row(NamedTuple):
    """A passage of a finding, or a finding that has none; lines and columns count from 1, `end_column` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    verdict: Verdict
    severity: Severity
    state: State
    fingerprint: str
    evidence: Evidence | None = None


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
        yield Row(*place, verdict, severity, one.state, one.fingerprint or verdict.fingerprint, one)
    if not verdict.evidence:
        line, column = verdict.line, verdict.column
        yield Row(line, column, line, column, verdict, severity, verdict.state, verdict.fingerprint)

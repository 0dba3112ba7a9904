"""CSV (RFC 4180): a row for each passage of a finding, one for a missing disclosure, one for what was not read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from privaudit.model import Report
from privaudit.render.commands import harmless
from privaudit.render.quote import shortened
from privaudit.render.rows import LONGEST, rows_of, unread
from privaudit.render.sanitise import one_line

COLUMNS = (
    "path", "line", "column", "rule", "severity", "outcome", "state", "message", "quote", "reference", "fingerprint"
)  # fmt: skip
# With these a spreadsheet begins a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: Report) -> str:
    """The report as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return harmless(out.getvalue())


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    for document in report.places:
        path = cell(document.path)
        for problem in unread(document):
            told = (problem.code, "", document.status.value, "", cell(problem.message), "", "", "")
            yield path, 1, 1, *told
        for row in rows_of(document):
            verdict = row.verdict
            quote = shortened(row.evidence, LONGEST) if row.evidence else ""
            yield (
                path,
                row.line,
                row.column,
                verdict.rule,
                row.severity.value,
                verdict.outcome.value,
                row.state.value,
                cell(verdict.message),
                cell(quote),
                cell(verdict.reference),
                row.fingerprint,
            )


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula, in one line and without control characters."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text

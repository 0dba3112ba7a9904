"""CSV (RFC 4180): a row for each passage of a finding, one for a missing disclosure, one for what was not read.

Every cell stands in quotation marks, and what a spreadsheet would run has an apostrophe before it. Where the comma is
for decimals, spreadsheets part cells at semicolons, and so a formula may begin behind one, too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from privaudit.model import Report
from privaudit.render.quote import shortened
from privaudit.render.rows import LONGEST, rows_of, unread
from privaudit.render.sanitise import one_line

COLUMNS = (
    "path", "line", "column", "rule", "severity", "outcome", "state", "message", "quote", "reference", "fingerprint",
    "grade",
)  # fmt: skip
# With these a spreadsheet begins a formula (OWASP, "CSV Injection"); those of full width count, too. Behind a semicolon
# white space and quotation marks may come before them.
_FORMULA = re.compile('(^|;[ "]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])')


def render(report: Report) -> str:
    """The report as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return out.getvalue()


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    for document in report.places:
        path = cell(document.path)
        for problem in unread(document):
            told = (problem.code, "", document.status.value, "", cell(problem.message), "", "", "", "")
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
                verdict.grade.id if verdict.grade else "",
            )


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula, in one line and without control characters."""
    return _FORMULA.sub(r"\1'", one_line(text))

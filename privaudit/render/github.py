"""Workflow commands of GitHub Actions, which become annotations: the worst first, as many as GitHub shows.

The runner reads every line of a step's output, so text of a document stands nowhere but in an escaped message.
"""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.model import Report, Severity, State
from privaudit.render.commands import data, value
from privaudit.render.paths import in_repository
from privaudit.render.rows import rows_of, unread
from privaudit.render.sanitise import one_line
from privaudit.render.view import View, accepted, counted, law_told, plural

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# GitHub keeps ten annotations of each level from a step (actions/runner, docs/adrs and problem matchers).
_MOST = 10


def render(report: Report, view: View) -> str:
    """The commands in lines, and how many findings they leave out."""
    by_level: dict[Severity, list[str]] = {level: [] for level in _COMMANDS}
    by_level[Severity.ERROR] += _unread(report, view)
    for document in report.places:
        path = in_repository(document.path, view)
        for row in rows_of(document):
            if row.state is State.NEW:
                place: dict[str, str | int] = {"file": path, "line": row.line, "endLine": row.end_line}
                # Columns mean something to GitHub within one line only.
                if row.end_line == row.line and row.end_column > row.column:
                    place |= {"col": row.column, "endColumn": row.end_column}
                by_level[row.severity].append(_command(row.severity, place, row.verdict.rule, row.told))
    lines: list[str] = []
    for level in sorted(by_level, key=lambda one: -one.rank):
        found = by_level[level]
        lines += found[:_MOST]
        if len(found) > _MOST:
            lines.append(f"{plural(len(found) - _MOST, level.value)} more not shown as annotations")
    summary = report.summary
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    lines.append(
        f"privaudit: {counted(summary)}{accepted(summary)} in {plural(summary.documents, 'document')}; "
        f"{law_told(report)}, {one_line(packs)}; no legal advice"
    )
    return "".join(f"{line}\n" for line in lines)


def _unread(report: Report, view: View) -> Iterator[str]:
    for document in report.places:
        path = in_repository(document.path, view)
        for problem in unread(document):
            yield _command(Severity.ERROR, {"file": path, "line": 1}, problem.code, problem.message)
    for error in report.errors:
        yield _command(Severity.ERROR, {}, "privaudit", error)


def _command(severity: Severity, place: dict[str, str | int], title: str, message: str) -> str:
    properties = ",".join(f"{name}={value(one_line(str(told)))}" for name, told in {**place, "title": title}.items())
    return f"::{_COMMANDS[severity]} {properties}::{data(one_line(message))}"

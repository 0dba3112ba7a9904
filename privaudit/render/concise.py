"""One line a finding: `path:line:column: severity rule message`."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.model import Report, Severity, State, Status
from privaudit.render.commands import harmless
from privaudit.render.rows import message, passing, rows_of, unread
from privaudit.render.sanitise import one_line
from privaudit.render.view import View, accepted, counted, law_told, plural, stale_told

_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render(report: Report, view: View) -> str:
    """The report in lines, with a line feed at its end."""
    return harmless("".join(f"{line}\n" for line in _lines(report, view)))


def _lines(report: Report, view: View) -> Iterator[str]:
    for document in report.places:
        path = one_line(document.path)
        for problem in unread(document):
            said = "not audited" if document.status is Status.NOT_AUDITED else "incomplete"
            yield f"{path}:1:1: {said} {problem.code} {one_line(problem.message)}"
        for row in rows_of(document):
            if row.state is State.NEW:
                level = _colored(row.severity, view.color)
                verdict = row.verdict
                yield f"{path}:{row.line}:{row.column}: {level} {verdict.rule} {one_line(message(verdict))}"
        if view.show_passing and not view.quiet:
            for verdict in passing(document):
                said = f"{verdict.outcome.value} {verdict.rule} {one_line(message(verdict))}"
                yield from (f"{path}:{one.line}:{one.column}: {said}" for one in verdict.evidence)
    if not view.quiet:
        for skipped in report.skipped:
            yield f"skipped {one_line(skipped.path)}: {one_line(skipped.reason)}"
        for entry in report.stale:
            yield f"stale in the baseline {one_line(stale_told(entry))}"
        yield _closing(report)
    if view.statistics:
        from privaudit.render import statistics

        yield from statistics.lines(report)


def _colored(severity: Severity, color: bool) -> str:
    return f"\x1b[{_COLORS[severity]}m{severity.value}\x1b[0m" if color else severity.value


def _closing(report: Report) -> str:
    summary = report.summary
    documents = plural(summary.documents, "document")
    incomplete = f", {summary.incomplete} of them not audited in full" if summary.incomplete else ""
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in report.packs)
    told = f"{counted(summary)}{accepted(summary)} in {documents}{incomplete}"
    return f"{told}; {law_told(report)}, {one_line(packs)}; no legal advice"

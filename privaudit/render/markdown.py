"""Markdown (CommonMark with tables), for a comment on a change or the summary of a job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privaudit.model import DocumentReport, Evidence, Report, Severity, State, Status
from privaudit.render.quote import excerpt
from privaudit.render.rows import Row, rows_of, unread
from privaudit.render.sanitise import one_line
from privaudit.render.view import View, accepted, plural, stale_told

# What Markdown could read as markup, an address or a mention. Entities hold in every dialect.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@:$]|(?<=www)\.")
_LEVELS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
_LONGEST = 300


def render(report: Report, view: View) -> str:
    """The report as Markdown, with a line feed at its end."""
    return "".join(f"{line}\n" for line in _lines(report, view))


def _lines(report: Report, view: View) -> Iterator[str]:
    summary = report.summary
    yield "# Audit of privacy notices"
    yield ""
    counts = (
        f"{plural(summary.errors, 'error')}, {plural(summary.warnings, 'warning')}, {plural(summary.notes, 'note')}"
    )
    yield f"**{counts}{accepted(summary)}** in {plural(summary.documents, 'document')}."
    for error in report.errors:
        yield f"\n**Not audited:** {escaped(error)}"
    if report.documents:
        yield from ["", "| Document | Language | Status | Errors | Warnings | Notes |", "|---|---|---|--:|--:|--:|"]
        yield from (_row(document) for document in report.documents)
    for document in report.places:
        yield from _document(document)
    if report.skipped and not view.quiet:
        yield from ["", "## Skipped", ""]
        yield from (f"- {escaped(one.path)}: {escaped(one.reason)}" for one in report.skipped)
    if report.stale and not view.quiet:
        yield from ["", "## No longer needed in the baseline", ""]
        yield from (f"- {escaped(stale_told(entry))}" for entry in report.stale)
    yield ""
    packs = ", ".join(
        f"{pack.id} {pack.version}" + (f" (reviewed {pack.reviewed})" if pack.reviewed else "") for pack in report.packs
    )
    tool = f"privaudit {escaped(report.version)}, rules {escaped(packs)}"
    yield f"{tool}, law as of {report.as_of}. This is no legal advice."


def _row(document: DocumentReport) -> str:
    counts = [sum(one.severity is level and one.state is State.NEW for one in document.verdicts) for level in _LEVELS]
    language = document.language.code or "unknown"
    cells = [escaped(document.path), escaped(language), document.status.value, *map(str, counts)]
    return f"| {' | '.join(cells)} |"


def _document(document: DocumentReport) -> Iterator[str]:
    rows = [row for row in rows_of(document) if row.state is State.NEW]
    if not rows and document.status is Status.AUDITED:
        return
    yield from ["", f"## {escaped(document.path)}", ""]
    for problem in unread(document):
        yield f"- **Not read in full** ({escaped(problem.code)}): {escaped(problem.message)}"
    for row in sorted(rows, key=lambda row: -row.severity.rank):
        yield from _finding(row)


def _finding(row: Row) -> Iterator[str]:
    verdict = row.verdict
    yield (
        f"- **{_LEVELS[row.severity]}**, line {row.line}: {escaped(verdict.message)} "
        f"({escaped(verdict.reference)}; {escaped(verdict.rule)})"
    )
    if row.evidence:
        # The mark in front keeps "1." and "-" from beginning a list.
        yield f"  > \u201c{quoted(row.evidence)}\u201d"
    elif verdict.remedy:
        yield f"  {escaped(verdict.remedy)}"


def quoted(evidence: Evidence) -> str:
    """The passage in one line, cut around its marks, with the matched words in bold."""
    return "".join(
        f"**{escaped(text)}**" if marked and text == text.strip() else escaped(text)
        for text, marked in excerpt(evidence, _LONGEST)
    )


def escaped(text: str) -> str:
    """Text in one line that Markdown shows as it stands."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", one_line_kept(text))


def one_line_kept(text: str) -> str:
    """As `one_line`, with the space at both ends left as one."""
    plain = one_line(text)
    return f"{' ' if text[:1].isspace() else ''}{plain}{' ' if plain and text[-1:].isspace() else ''}"

"""Markdown (CommonMark with tables), for a comment on a change; `summary` is made of the same parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from privaudit.model import DocumentReport, Evidence, Report, State, Verdict
from privaudit.record import NamedTuple
from privaudit.render.mark import MARK
from privaudit.render.quote import excerpt
from privaudit.render.rows import passing, rows_of, unread
from privaudit.render.sanitise import one_line
from privaudit.render.view import View, accepted, counted, law_told, packs_told, plural, stale_told
from privaudit.render.words import SEVERITIES, place

TABLE = ("", "| Document | Language | Status | Errors | Warnings | Notes |", "|---|---|---|--:|--:|--:|")
SKIPPED = ("", "## Skipped", "")
STALE = ("", "## No longer needed in the baseline", "")
# What Markdown could read as markup, an address or a mention. Entities hold in every dialect.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@:$]|(?<=www)\.")
# What begins a list, a heading or a rule where it begins a line.
_BEGINNING = re.compile(r"^(\s*)([-=])|^(\s*\d+)(\.)(?=\s|$)")
_LONGEST = 300


class Entry(NamedTuple):
    """One thing to say of a document, in lines. `weight`: 4 for what was not read, a finding's rank, 0 for the rest."""

    weight: int
    text: str


def render(report: Report, view: View) -> str:
    """The report as Markdown, with a line feed at its end."""
    return as_text(_lines(report, view))


def as_text(lines: Iterable[str]) -> str:
    """The lines as text, with a line feed at the end of each."""
    return "".join(f"{line}\n" for line in lines)


def _lines(report: Report, view: View) -> Iterator[str]:
    yield from opening(report)
    yield from errors(report)
    if report.documents:
        yield from TABLE
        yield from map(row, report.documents)
    for document in report.places:
        found = entries(document, view)
        if found:
            yield from heading(document)
            yield from (entry.text for entry in found)
    if report.skipped and not view.quiet:
        yield from SKIPPED
        yield from skipped(report)
    if report.stale and not view.quiet:
        yield from STALE
        yield from stale(report)
    yield from closing(report)


def opening(report: Report) -> Iterator[str]:
    """The title, and how much was found."""
    summary = report.summary
    yield MARK
    yield "# Audit of privacy notices"
    yield ""
    yield f"**{counted(summary)}{accepted(summary)}** in {plural(summary.documents, 'document')}."


def errors(report: Report) -> Iterator[str]:
    """What was named and is not there."""
    for error in report.errors:
        yield f"\n**Not audited:** {escaped(error)}"


def row(document: DocumentReport) -> str:
    """The row of a document in the table of all."""
    counts = [
        sum(one.severity is level and one.state is State.NEW for one in document.verdicts) for level in SEVERITIES
    ]
    language = document.language.code or "unknown"
    cells = [escaped(document.path), escaped(language), document.status.value, *map(str, counts)]
    return f"| {' | '.join(cells)} |"


def heading(document: DocumentReport) -> tuple[str, ...]:
    """What stands before the entries of a document."""
    return "", f"## {escaped(document.path)}", ""


def entries(document: DocumentReport, view: View) -> list[Entry]:
    """What there is to say of a document: what was not read, its new findings by weight, what is present if asked."""
    found = [
        Entry(4, f"- **Not read in full** ({escaped(problem.code)}): {escaped(problem.message)}")
        for problem in unread(document)
    ]
    findings = [
        Entry(one.severity.rank, _told(SEVERITIES[one.severity], one.line, one.verdict, one.evidence))
        for one in rows_of(document)
        if one.state is State.NEW
    ]
    found += sorted(findings, key=lambda entry: -entry.weight)
    if view.show_passing and not view.quiet:
        for verdict in passing(document):
            name = verdict.outcome.value.capitalize()
            found += [Entry(0, _told(name, one.line, verdict, one)) for one in verdict.evidence[:1]]
    return found


def _told(name: str, line: int, verdict: Verdict, evidence: Evidence | None) -> str:
    where = place(evidence) if evidence else f"line {line}"
    about = "; ".join((verdict.reference, verdict.rule, *([f"grade {verdict.grade.id}"] if verdict.grade else ())))
    said = f"- **{name}**, {where}: {escaped(verdict.message)} ({escaped(about)})"
    if evidence:
        # The mark in front keeps "1." and "-" from beginning a list.
        return f"{said}\n  > \u201c{quoted(evidence)}\u201d"
    return f"{said}\n  {escaped(verdict.remedy)}" if verdict.remedy else said


def quoted(evidence: Evidence, longest: int = _LONGEST) -> str:
    """The passage in one line, cut around its marks to some `longest` characters, with the matched words in bold."""
    return "".join(
        f"**{escaped(text)}**" if marked and text == text.strip() else escaped(text)
        for text, marked in excerpt(evidence, longest)
    )


def skipped(report: Report) -> Iterator[str]:
    """The files that were left out, with the reason."""
    for one in report.skipped:
        yield f"- {escaped(one.path)}: {escaped(one.reason)}"


def stale(report: Report) -> Iterator[str]:
    """What can be struck from the baseline."""
    for entry in report.stale:
        yield f"- {escaped(stale_told(entry))}"


def closing(report: Report) -> Iterator[str]:
    """By which rules and law the report was made."""
    yield ""
    tool = f"privaudit {escaped(report.version)}, rules {escaped(packs_told(report.packs))}"
    yield f"{tool}, {law_told(report)}. This is no legal advice."


def escaped(text: str) -> str:
    """Text in one line that Markdown shows as it stands."""
    made = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", one_line_kept(text))
    return _BEGINNING.sub(lambda found: f"{found[1] or found[3] or ''}&#{ord(found[2] or found[4])};", made)


def one_line_kept(text: str) -> str:
    """As `one_line`, with the space at both ends left as one."""
    plain = one_line(text)
    return f"{' ' if text[:1].isspace() else ''}{plain}{' ' if plain and text[-1:].isspace() else ''}"

"""The report for people at a terminal: findings with evidence, then what is present, then all documents at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from privaudit.model import (
    DocumentReport,
    Evidence,
    Kind,
    Outcome,
    Report,
    Severity,
    State,
    Status,
    Verdict,
)
from privaudit.render.commands import harmless
from privaudit.render.matrix import matrix
from privaudit.render.quote import excerpt
from privaudit.render.rows import passing
from privaudit.render.sanitise import one_line
from privaudit.render.statistics import Scale, Tally, scales, tallies
from privaudit.render.view import View, accepted, law_told, packs_told, plural, stale_told
from privaudit.render.words import STATUSES, graded

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
# Pieces of evidence shown for a finding; the rest is counted.
_MOST = 3
_PRESENT_LINES = 6
# Rules without a finding that share a reason are named up to this many, else counted.
_MOST_RULES = 12


def render(report: Report, view: View) -> str:
    """The report as text, with ANSI colours where the view has them."""
    return printed(lambda console: _print(console, report, view), view)


def printed(show: Callable[[Console], None], view: View) -> str:
    """What `show` prints as text, with ANSI colours where the view has them, and no space at the end of a line."""
    console = Console(
        file=io.StringIO(),
        width=view.width,
        # Without a height, and without a word on colours, rich would ask TERM and NO_COLOR, which the view has settled.
        height=25,
        no_color=not view.color,
        force_terminal=view.color,
        color_system="truecolor" if view.color else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    show(console)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return harmless("".join(f"{line.rstrip()}\n" for line in str(text).splitlines()))


def render_svg(report: Report, title: str, width: int = 100) -> str:
    """The report as a picture of a terminal, for documentation."""
    console = Console(
        record=True, file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor", highlight=False
    )
    _print(console, report, View(color=True, width=width))
    return console.export_svg(title=title, unique_id="privaudit")


def _print(console: Console, report: Report, view: View) -> None:
    for document in report.documents:
        for part in _document(document, view):
            console.print(part)
        console.print()
    if len(report.documents) > 1 and not view.quiet:
        console.print(matrix(report, view.width))
        console.print()
    for place in report.configuration:
        console.print(Line(Text(one_line(place.path), style="bold"), align="left", style="dim", characters="─"))
        for verdict in place.verdicts:
            console.print(_finding(verdict, view))
        console.print()
    if report.stale and not view.quiet:
        console.print(Text("No longer needed in the baseline", style="bold"))
        for entry in report.stale:
            console.print(Text(f"  {one_line(stale_told(entry))}", style="dim"))
        console.print()
    if report.skipped and not view.quiet:
        console.print(Text(f"Skipped {plural(len(report.skipped), 'file')}", style="bold"))
        for one in report.skipped:
            console.print(Text(f"  {one_line(one.path)}: {one_line(one.reason)}", style="dim"))
        console.print()
    console.print(_closing(report))
    if view.statistics and tallies(report):
        console.print(_counted("Documents with a finding, by rule", tallies(report)))
    if view.statistics and scales(report):
        console.print(_counted("Documents with a disclosure, by its grade", scales(report)))


def _document(document: DocumentReport, view: View) -> Iterator[RenderableType]:
    yield Line(Text(one_line(document.path), style="bold"), align="left", style="dim", characters="─")
    yield Padding(header(document), (0, 0, 0, 2))
    for problem in document.problems:
        mark = Text("  ! ", style="yellow")
        yield mark.append(one_line(f"{problem.code}: {problem.message}"))
    findings = [verdict for verdict in document.verdicts if verdict.is_finding and verdict.state is State.NEW]
    for verdict in sorted(findings, key=lambda one: -one.severity.rank if one.severity else 0):
        yield Text()
        yield _finding(verdict, view)
    if not view.quiet and document.verdicts:
        yield Text()
        yield Padding(_others(document, view), (0, 0, 0, 2))


def header(document: DocumentReport) -> Text:
    """How much of a document was audited, in which language, and with what findings."""
    if document.status is Status.NOT_AUDITED:
        return Text("not audited", style="bold yellow")
    language = document.language
    named = one_line(f"{language.code} ({language.source})") if language.code else "language unknown"
    status = Text(STATUSES[document.status], style="green" if document.status is Status.AUDITED else "bold yellow")
    parts = [status, Text(named), Text(f"{document.characters:,} characters")]
    for severity in Severity:
        count = sum(one.severity is severity and one.state is State.NEW for one in document.verdicts)
        if count:
            parts.append(Text(plural(count, severity.value), style=STYLES[severity]))
    counted = [one for one in document.verdicts if one.kind is Kind.DISCLOSURE]
    due = [one for one in counted if one.outcome is not Outcome.NOT_APPLICABLE]
    present = sum(one.outcome is Outcome.PRESENT for one in counted)
    if due:
        parts.append(Text(f"{present} of {len(due)} disclosures present"))
    return Text("  ·  ", style="dim").join(parts)


def _finding(verdict: Verdict, view: View) -> RenderableType:
    assert verdict.severity is not None
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=9, no_wrap=True)
    grid.add_column(ratio=1)
    head = Text(verdict.rule, style="bold")
    head.append(f"  {one_line(verdict.reference)}", style="dim")
    grid.add_row(Text(f"  {verdict.severity.value}", style=STYLES[verdict.severity]), head)
    grid.add_row("", Text(one_line(verdict.message)))
    if verdict.because:
        grid.add_row("", Text(one_line(verdict.because), style="dim"))
    if verdict.grade:
        grid.add_row(Text("    grade", style="dim"), Text(one_line(graded(verdict)), style="dim"))
    new = [one for one in verdict.evidence if one.state is State.NEW]
    for one in new[:_MOST]:
        grid.add_row(_at(one), _quoted(one, view))
    if len(new) > _MOST:
        rest = ", ".join(str(one.line) for one in new[_MOST : _MOST + 12])
        more = "…" if len(new) > _MOST + 12 else ""
        where = "line" if len(new) == _MOST + 1 else "lines"
        grid.add_row("", Text(f"and {plural(len(new) - _MOST, 'passage')} more, {where} {rest}{more}", style="dim"))
    for miss in verdict.near_misses:
        text = Text("nearest ", style="dim")
        text.append_text(_quoted(miss.evidence, view))
        grid.add_row(_at(miss.evidence), text)
        if miss.lacks:
            grid.add_row("", Text(f"        lacks {', '.join(one_line(lack) for lack in miss.lacks)}", style="dim"))
    if verdict.remedy and not view.quiet:
        grid.add_row(Text("      fix", style="dim"), Text(one_line(verdict.remedy), style="italic"))
    return grid


def _at(evidence: Evidence) -> Text:
    """The line; in a document with pages the page, since nobody sees the lines of the text that was taken out of it."""
    place = str(evidence.line) if evidence.page is None else f"p. {evidence.page}"
    return Text(f"{place:>9}", style="blue")


def _quoted(evidence: Evidence, view: View) -> Text:
    """The passage in one line, cut around its marks, with the matched words marked."""
    text = Text('"')
    for piece, marked in excerpt(evidence, max(60, 3 * view.width)):
        text.append(piece, style="bold underline" if marked else "")
    return text.append('"')


def _others(document: DocumentReport, view: View) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for verdict in passing(document):
        mark, style = ("✓", "green") if verdict.outcome is Outcome.PRESENT else ("·", "cyan")
        label = Text(f"{mark} ", style=style).append(verdict.rule, style="default")
        grid.add_row(label, _where(verdict))
        if view.show_passing and verdict.evidence:
            grid.add_row("", _quoted(verdict.evidence[0], view))
    lines: list[RenderableType] = [grid]
    for outcome, said in (
        (Outcome.RELIED_ON, "relied on, which is no finding on this date"),
        (Outcome.NOT_APPLICABLE, "does not apply"),
        (Outcome.INCONCLUSIVE, "inconclusive"),
        (Outcome.MISSING, "missing, which is no defect here"),
    ):
        some = [one for one in document.verdicts if one.outcome is outcome and one.severity is None]
        if some:
            reasons: dict[str, list[str]] = {}
            for one in some:
                reasons.setdefault(one.because, []).append(one.rule)
            for because, rules in reasons.items():
                named = ", ".join(rules) if len(rules) <= _MOST_RULES else f"{len(rules)} rules"
                line = Text(f"– {said}: ", style="dim").append(named)
                lines.append(line.append(f" ({one_line(because)})" if because else "", style="dim"))
    return Group(*lines)


def _where(verdict: Verdict) -> Text:
    lines = list(dict.fromkeys(one.line for one in verdict.evidence))
    shown = ", ".join(str(line) for line in lines[:_PRESENT_LINES])
    if len(lines) > _PRESENT_LINES:
        shown += ", …"
    what = "line" if len(lines) == 1 else "lines"
    text = Text(f"{what} {shown}" if shown else "", style="blue")
    if verdict.outcome is Outcome.MENTIONED:
        text.append("  mentioned only", style="dim")
    if verdict.grade:
        text.append(f"  {verdict.grade.id}", style="dim")
    return text


def _counted(title: str, found: Sequence[Tally | Scale]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column()
    grid.add_column(ratio=1)
    for one in found:
        grid.add_row(Text(str(one.documents), style="bold"), Text(one.rule), Text(one.told), Text(one.title))
    return Group(Text(f"\n{title}", style="bold"), grid)


def _closing(report: Report) -> Text:
    summary = report.summary
    parts = []
    for severity, count in (
        (Severity.ERROR, summary.errors),
        (Severity.WARNING, summary.warnings),
        (Severity.NOTE, summary.notes),
    ):
        parts.append(Text(plural(count, severity.value), style=STYLES[severity] if count else "dim"))
    text = Text(", ").join(parts)
    text.append(f"{accepted(summary)} in {plural(summary.documents, 'document')}", style="default")
    if summary.incomplete:
        text.append(f", {summary.incomplete} not audited in full", style="bold yellow")
    return text.append(
        f"\nL{law_told(report)[1:]}; rules: {one_line(packs_told(report.packs))}. This is no legal advice.",
        style="dim",
    )

"""All documents at once: a row for each rule that says something, a column for each document."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from privaudit.model import DocumentReport, Kind, Outcome, Report, Verdict
from privaudit.render.sanitise import one_line

_SIGNS = {
    Outcome.PRESENT: ("●", "green"),
    Outcome.PARTIAL: ("◐", "yellow"),
    Outcome.MISSING: ("○", "red"),
    Outcome.NOT_APPLICABLE: ("–", "dim"),
    Outcome.INCONCLUSIVE: ("?", "magenta"),
    Outcome.RELIED_ON: ("✗", "red"),
    Outcome.MENTIONED: ("·", "cyan"),
    Outcome.FOUND: ("✗", "yellow"),
    Outcome.ABSENT: (" ", ""),
}
_QUIET = (Outcome.ABSENT, Outcome.NOT_APPLICABLE, Outcome.INCONCLUSIVE)


def matrix(report: Report, width: int) -> RenderableType:
    """The table of all documents and rules."""
    return table_of(report.documents, [(rule.id, rule.kind) for rule in report.rules], width, "All documents")


def table_of(
    documents: Iterable[DocumentReport], known: Iterable[tuple[str, Kind]], width: int, title: str
) -> RenderableType:
    """The table of documents and rules, each with its kind, in parts where the documents are too many for the width."""
    documents = [document for document in documents if document.verdicts]
    rules = [
        rule
        for rule, kind in known
        if kind is Kind.DISCLOSURE or any(_said(document.verdicts, rule) for document in documents)
    ]
    if not documents or not rules:
        return Text("")
    label = max(len(rule) for rule in rules)
    a_part = max(1, (width - label - 2) // 4)
    parts: list[RenderableType] = [Text(title, style="bold")]
    for first in range(0, len(documents), a_part):
        part = documents[first : first + a_part]
        numbers = range(first + 1, first + 1 + len(part))
        for number, document in zip(numbers, part, strict=True):
            parts.append(Text(f"{number:>4}  ", style="blue").append(one_line(document.path), style="default"))
        table = Table.grid(padding=(0, 0))
        table.add_column(width=label + 2, no_wrap=True)
        for _ in part:
            table.add_column(width=4, justify="right", no_wrap=True)
        table.add_row("", *(Text(str(number), style="blue") for number in numbers))
        for rule in rules:
            cells = []
            for document in part:
                verdict = next((one for one in document.verdicts if one.rule == rule), None)
                sign, style = _SIGNS[verdict.outcome] if verdict else (" ", "")
                cells.append(Text(sign, style=style))
            table.add_row(Text(rule), *cells)
        parts.append(table)
    legend = Text(
        "● present  ◐ partial  ○ missing  – does not apply  ? inconclusive  ✗ relied on or found  · mentioned"
    )
    legend.stylize("dim")
    parts.append(legend)
    return Group(*parts)


def _said(verdicts: tuple[Verdict, ...], rule: str) -> bool:
    return any(one.rule == rule and one.outcome not in _QUIET for one in verdicts)

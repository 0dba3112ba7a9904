"""Two versions of a document for people at a terminal: what was lost first, with the passages before and after."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from privaudit.compare import Change, ChangeKind, Comparison, Side
from privaudit.model import Evidence
from privaudit.render.compare_words import (
    LABELS,
    before_and_after,
    counts,
    nothing,
    reason,
    remarks,
    said_by,
    sentence,
    side_name,
)
from privaudit.render.quote import excerpt
from privaudit.render.sanitise import one_line
from privaudit.render.terminal import STYLES, header, printed
from privaudit.render.view import View

_GOOD = frozenset({ChangeKind.WON, ChangeKind.STRENGTHENED, ChangeKind.GONE, ChangeKind.MENTIONED, ChangeKind.MILDER})
# Passages of either side shown for a change.
_MOST = 3


def render(comparison: Comparison, view: View) -> str:
    """The comparison as text, with ANSI colours where the view has them."""
    return printed(lambda console: _print(console, comparison, view), view)


def _print(console: Console, comparison: Comparison, view: View) -> None:
    if not view.quiet or not comparison.is_complete:
        for sign, side in (("-", comparison.old), ("+", comparison.new)):
            console.print(_side(sign, side))
        console.print()
    for change in comparison.changes:
        if change.is_worse or not view.quiet:
            console.print(_change(change, view))
            console.print()
    for line in (nothing(comparison), *remarks(comparison), counts(comparison)):
        if line:
            console.print(Text(line))
    console.print(Text(one_line(said_by(comparison)), style="dim"))


def _side(sign: str, side: Side) -> RenderableType:
    name = Text(f"{sign} ", style="bold").append(one_line(side_name(side)))
    problems = (one_line(f"{problem.code}: {problem.message}") for problem in side.report.problems)
    marked = (Text("  ! ", style="yellow").append(problem, style="default") for problem in problems)
    return Group(name, Padding(header(side.report), (0, 0, 0, 2)), *marked)


def _change(change: Change, view: View) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(ratio=1)
    head = Text(change.rule, style="bold").append(f"  {one_line(change.new.reference)}", style="dim")
    if (change.is_loss or change.is_new_finding) and change.new.severity:
        head.append("  ").append(change.new.severity.value, style=STYLES[change.new.severity])
    grid.add_row(Text(LABELS[change.kind], style=_style(change)), head)
    before, after = before_and_after(change)
    stop = ":" if before or after else "."
    grid.add_row("", Text(f"{one_line(sentence(change))}{stop}"))
    for sign, evidence in (("-", before), ("+", after)):
        for row in _passages(sign, evidence, view):
            grid.add_row(*row)
    if said := reason(change):
        grid.add_row("", Text(one_line(said), style="dim"))
    return grid


def _style(change: Change) -> str:
    if change.is_loss or change.is_new_finding:
        return "bold red"
    return "green" if change.kind in _GOOD else "bold yellow" if change.is_worse else "cyan"


def _passages(sign: str, evidence: tuple[Evidence, ...], view: View) -> Iterator[tuple[Text, Text]]:
    for one in evidence[:_MOST]:
        text = Text('"')
        for piece, marked in excerpt(one, max(60, 3 * view.width)):
            text.append(piece, style="bold underline" if marked else "")
        where = str(one.line) if one.page is None else f"p. {one.page}"
        yield Text(f"{sign}{where:>6}", style="red" if sign == "-" else "green", justify="right"), text.append('"')
    if len(evidence) > _MOST:
        yield Text(), Text(f"and {len(evidence) - _MOST} more", style="dim")

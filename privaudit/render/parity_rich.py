"""Language versions for people at a terminal: what differs first, with the passages of all versions side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.console import Group as Lines
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from privaudit.model import Evidence
from privaudit.parity import Difference, Element, Group, Parity, Row, Version
from privaudit.render.matrix import table_of
from privaudit.render.parity_words import (
    LABELS,
    by_kind,
    counts,
    differing,
    fact_sentence,
    labels,
    nearest,
    place_of,
    remarks,
    said_by,
    sentence,
    told_elements,
)
from privaudit.render.quote import excerpt
from privaudit.render.sanitise import one_line
from privaudit.render.terminal import header, printed
from privaudit.render.view import View
from privaudit.render.words import OUTCOMES

# Passages of one version shown for an element or a fact.
_MOST = 2
_GRAVE = (Difference.LACKS, Difference.OUTDATED, Difference.STANCE)


def render(parity: Parity, view: View) -> str:
    """The comparison as text, with ANSI colours where the view has them."""
    return printed(lambda console: _print(console, parity, view), view)


def _print(console: Console, parity: Parity, view: View) -> None:
    for group in parity.groups:
        if group.name:
            console.print(Text(one_line(group.name), style="bold underline"))
            console.print()
        for part in _group(group, view):
            console.print(part)
            console.print()
    console.print(Text(one_line(said_by(parity)), style="dim"))


def _group(group: Group, view: View) -> Iterator[RenderableType]:
    names = labels(group)
    if not view.quiet or not group.is_complete:
        yield Lines(*(_version(name, version) for name, version in zip(names, group.versions, strict=True)))
    elements, kinds = differing(group)
    for element in elements:
        if element.counts or not view.quiet:
            yield _element(element, names, group.versions, view)
    for rows in kinds:
        yield _facts("differs", "bold yellow", rows, names, group.versions, view)
    if view.show_passing:
        for element in told_elements(group):
            yield _element(element, names, group.versions, view)
        for rows in by_kind(row for row in group.facts if not row.counts):
            yield _facts("same", "green", rows, names, group.versions, view)
    if not view.quiet:
        rules = [(one.rule, one.kind) for one in sorted(group.elements, key=lambda one: one.rule)]
        reports = (one.report._replace(path=" + ".join(part.path for part in one.parts)) for one in group.versions)
        yield table_of(reports, rules, view.width, "All rules")
    yield Text("\n".join(one_line(line) for line in (*remarks(group), counts(group))))


def _version(name: str, version: Version) -> RenderableType:
    title = Text(f"{name:>6}  ", style="bold blue")
    title.append(" + ".join(one_line(one.path) for one in version.parts), style="bold default")
    problems = (one_line(f"{problem.code}: {problem.message}") for problem in version.report.problems)
    marked = (Text("        ! ", style="yellow").append(problem, style="default") for problem in problems)
    return Lines(title, Padding(header(version.report), (0, 0, 0, 8)), *marked)


def _element(element: Element, names: Sequence[str], versions: Sequence[Version], view: View) -> RenderableType:
    label, style = "same", "green"
    if element.difference:
        label, style = LABELS[element.difference], "bold red" if element.difference in _GRAVE else "bold yellow"
    head = Text(element.rule, style="bold").append(f"  {one_line(element.reference)}", style="dim")
    if element.accepted:
        head.append("  accepted", style="dim")
    grid = _grid(label, "dim" if element.accepted else style, head)
    grid.add_row("", Text(f"{one_line(sentence(element, names))}."))
    for name, version, verdict in zip(names, versions, element.verdicts, strict=True):
        if verdict and verdict.evidence:
            _passages(grid, name, version, verdict.evidence, view)
        else:
            grid.add_row(_at(name, "–"), Text(OUTCOMES[verdict.outcome] if verdict else "not judged", style="dim"))
        for miss in nearest(verdict) if element.difference else ():
            said = "".join(text for text, _ in excerpt(miss, view.width))
            grid.add_row("", Text(f'nearest, {one_line(place_of(miss, version))}: "{said}"', style="dim"))
    return grid


def _facts(
    label: str, style: str, rows: Sequence[Row], names: Sequence[str], versions: Sequence[Version], view: View
) -> RenderableType:
    grid = _grid(label, style, Text(f"{one_line(fact_sentence(rows, names))}."))
    for number, (name, version) in enumerate(zip(names, versions, strict=True)):
        pieces = sorted({one for row in rows for one in row.passages[number]}, key=lambda one: one.start)
        if pieces:
            _passages(grid, name, version, pieces, view)
        else:
            grid.add_row(_at(name, "–"), Text("not stated", style="dim"))
    return grid


def _grid(label: str, style: str, head: Text) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=12, no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(Text(label, style=style), head)
    return grid


def _passages(grid: Table, name: str, version: Version, evidence: Sequence[Evidence], view: View) -> None:
    for one in evidence[:_MOST]:
        path = version.path_of(one)
        text = Text(f"{one_line(path)}: " if path else "", style="dim").append('"', style="not dim")
        for piece, marked in excerpt(one, max(60, 2 * view.width)):
            text.append(piece, style="bold underline" if marked else "")
        grid.add_row(_at(name, str(one.line) if one.page is None else f"p. {one.page}"), text.append('"'))
    if len(evidence) > _MOST:
        grid.add_row("", Text(f"and {len(evidence) - _MOST} more", style="dim"))


def _at(name: str, place: str) -> Text:
    return Text(f"{name:>6}", style="bold blue").append(f"{place:>6}", style="blue")

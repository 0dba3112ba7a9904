"""The summary of a corpus for people at a terminal: tables, the greatest shares first."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from privaudit.corpus.summary import Line, Summary
from privaudit.corpus.words import BASES, DISCLAIMER, TITLES, headline, number, remarks, said_by, share
from privaudit.model import Kind
from privaudit.render import words
from privaudit.render.sanitise import one_line
from privaudit.render.terminal import printed
from privaudit.render.view import View


def render(summary: Summary, view: View) -> str:
    """The summary as text, with ANSI colours where the view has them."""
    return printed(lambda console: _print(console, summary), view)


def _print(console: Console, summary: Summary) -> None:
    console.print(Text(headline(summary), style="bold"))
    console.print(Text(f"{number(summary.rows)} rows in {one_line(summary.output)}"))
    for remark in remarks(summary):
        console.print(Text(one_line(remark), style="yellow"))
    console.print()
    console.print(_languages(summary))
    for kind in Kind:
        console.print()
        console.print(Text(TITLES[kind], style="bold"))
        console.print(Text(BASES[kind], style="dim"))
        console.print(_shares(summary.of(kind)))
    console.print()
    console.print(Text(one_line(said_by(summary)), style="dim"))
    console.print(Text(DISCLAIMER, style="dim"))


def _languages(summary: Summary) -> RenderableType:
    grid = _grid("Language", "documents", "in full", "in part", "not audited")
    for one in summary.languages:
        counts = (one.documents, one.audited, one.partly, one.not_audited)
        grid.add_row(Text(one_line(words.language(one.code))), *(number(count) for count in counts))
    return grid


def _shares(lines: tuple[Line, ...]) -> RenderableType:
    grid = _grid("", "share", "documents", "of", "beside them, in part")
    for line in _told(lines):
        partly = line.partly[_hit(line)]
        grid.add_row(
            Text(one_line(words.capital(line.title))),
            share(line),
            number(line.hits),
            number(line.base),
            number(partly) if partly else "",
        )
    left = len(lines) - len(list(_told(lines)))
    if left:
        grid.add_row(Text(f"none of {left} others", style="dim"), "", "", "", "")
    return grid


def _told(lines: tuple[Line, ...]) -> Iterator[Line]:
    """All disclosures; of the rest, what occurs."""
    return (line for line in lines if line.kind is Kind.DISCLOSURE or line.hits or line.partly[_hit(line)])


def _hit(line: Line) -> int:
    """Which of the outcomes the share is of."""
    return 2 if line.kind is Kind.DISCLOSURE else 0


def _grid(first: str, *others: str) -> Table:
    grid = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    grid.add_column(first)
    for name in others:
        grid.add_column(name, justify="right", no_wrap=True)
    return grid

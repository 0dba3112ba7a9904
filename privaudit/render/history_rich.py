"""The history of a file for people at a terminal: turn by turn, then what became of each mechanism and disclosure."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from privaudit.history import Course, History, Turn
from privaudit.render import history_words as words
from privaudit.render.sanitise import one_line
from privaudit.render.terminal import printed
from privaudit.render.view import View


def render(history: History, view: View) -> str:
    """The history as text, with ANSI colours where the view has them."""
    return printed(lambda console: _print(console, history), view)


def _print(console: Console, history: History) -> None:
    console.print(Text(one_line(words.opening(history)), style="bold"))
    if called := words.called(history):
        console.print(Text(one_line(called)))
    for remark in words.remarks(history):
        console.print(Text("! ", style="yellow").append(one_line(remark), style="default"))
    console.print()
    for turn in history.turns:
        for row in _turn(turn, history):
            console.print(row)
    courses = words.mechanisms(history)
    if courses:
        console.print()
        console.print(_mechanisms(courses))
    for heading, others in (("practice", words.practices(history)), ("disclosure", words.disclosures(history))):
        if others:
            console.print()
            console.print(_courses(heading, others))
    console.print()
    console.print(Text(one_line(words.said_by(history)), style="dim"))


def _turn(turn: Turn, history: History) -> Iterator[Text | Table]:
    who, what = words.cause(turn, history)
    head = Text(turn.day.isoformat(), style="bold").append(f"  {who}  ", style="cyan" if turn.by_law else "default")
    yield head.append(one_line(what), style="dim")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=10)
    grid.add_column(width=26)
    grid.add_column(ratio=1)
    if turn.first:
        grid.add_row("", Text(words.beginning(turn)), Text(words.begins(turn.first)))
    elif not turn.version.text:
        grid.add_row("", Text("gone", style="bold yellow"), Text("the file is taken away"))
    for line in words.lines(turn):
        grid.add_row("", Text(line.label, style="bold red" if line.is_worse else "green"), Text(", ".join(line.rules)))
    yield grid


def _mechanisms(courses: list[Course]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("mechanism", "valid", "in the text", "after its end"):
        table.add_column(heading)
    for one in courses:
        late = words.overdue(one)
        cells = (one_line(one.title), words.validity(one), words.phases(one))
        table.add_row(*map(Text, cells), Text(late, style="bold red" if one.is_standing else "default"))
    return table


def _courses(heading: str, courses: list[Course]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(heading, no_wrap=True)
    table.add_column("over the years")
    for one in courses:
        table.add_row(Text(one.rule), Text(words.phases(one)))
    return table

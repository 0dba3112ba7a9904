"""The history of a file as Markdown, for wikis, tickets and the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.history import Course, History, Turn
from privaudit.render import history_words as words
from privaudit.render.mark import MARK
from privaudit.render.markdown import escaped
from privaudit.render.view import View


def render(history: History, view: View) -> str:  # noqa: ARG001 - always whole
    """The history as Markdown, with a line feed at its end."""
    return "".join(f"{line}\n" for line in _lines(history))


def _lines(history: History) -> Iterator[str]:
    yield from [MARK, "### The privacy notice over the years", "", f"{escaped(words.opening(history))}.", ""]
    if called := words.called(history):
        yield from [f"{escaped(called)}.", ""]
    for remark in words.remarks(history):
        yield from [f"**Not known**: {escaped(remark)}.", ""]
    courses = words.mechanisms(history)
    if courses:
        yield from ["| mechanism | valid | in the text | after its end |", "|---|---|---|---|"]
        for one in courses:
            cells = (one.title, words.validity(one), words.phases(one), words.overdue(one))
            yield _row(cells)
        yield ""
    for heading, others in (("practice", words.practices(history)), ("disclosure", words.disclosures(history))):
        yield from _courses(heading, others)
    for turn in history.turns:
        yield from _turn(turn, history)
    yield from ["", f"privaudit {escaped(history.version)}. {escaped(words.said_by(history))}"]


def _courses(heading: str, courses: list[Course]) -> Iterator[str]:
    if not courses:
        return
    yield from [f"| {heading} | over the years |", "|---|---|"]
    yield from (_row((one.rule, words.phases(one))) for one in courses)
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def _turn(turn: Turn, history: History) -> Iterator[str]:
    who, what = words.cause(turn, history)
    yield f"- **{turn.day.isoformat()}**, {escaped(who)}: {escaped(what)}"
    if turn.first:
        yield f"  - {words.beginning(turn)}: {escaped(words.begins(turn.first))}"
    elif not turn.version.text:
        yield "  - the file is taken away"
    for line in words.lines(turn):
        label = f"**{escaped(line.label)}**" if line.is_worse else escaped(line.label)
        yield f"  - {label}: {', '.join(map(escaped, line.rules))}"

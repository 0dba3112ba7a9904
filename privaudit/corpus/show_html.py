"""The summary of a corpus as one HTML page with charts, which loads nothing and has no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from privaudit.corpus import words
from privaudit.corpus.rows import IN_FORCE
from privaudit.corpus.summary import COUNTED, Line, Summary
from privaudit.model import Kind
from privaudit.record import NamedTuple
from privaudit.render import words as told
from privaudit.render.html.frame import environment, policy, template
from privaudit.render.view import View

# The outcomes that a bar is made of, worst first, with what they are called; what is left of it is the rest.
_PIECES: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.DISCLOSURE: (("missing", "missing"), ("partial", "partial"), ("present", "present")),
    Kind.OUTDATED: (
        ("relied-on", "relied on"),
        (IN_FORCE, "relied on while it was good"),
        ("mentioned", "only mentioned"),
    ),
    Kind.PRACTICE: (("found", "found"),),
}


class Piece(NamedTuple):
    """A piece of a bar: its look and where it lies, in per cent."""

    look: str
    start: str
    width: str


class Bar(NamedTuple):
    """A row with a bar: what it is about, what stands beside the bar, and its pieces."""

    title: str
    name: str
    cells: tuple[str, ...]
    pieces: tuple[Piece, ...]


class Chart(NamedTuple):
    """Rows with bars under a title; `base` says what they are shares of, `others` how many rows are left out."""

    id: str
    title: str
    base: str
    heads: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    others: int = 0


def render(summary: Summary, view: View) -> str:  # noqa: ARG001 - a page has its own colours and width
    """The summary as HTML, with a line feed at its end."""
    style = template("report.css") + template("corpus.css")
    return (
        environment()
        .get_template("corpus.html.jinja")
        .render(
            summary=summary,
            headline=words.headline(summary),
            remarks=words.remarks(summary),
            said_by=words.said_by(summary),
            disclaimer=words.DISCLAIMER,
            rows=words.number(summary.rows),
            charts=(_languages(summary), *(_shares(summary, kind) for kind in Kind)),
            counts=tuple(_counts(summary)),
            # A file of this package, and the only one that the page may use.
            style=Markup(style),  # noqa: S704
            policy=policy(style),
        )
    )


def _counts(summary: Summary) -> Iterator[tuple[str, str, str]]:
    yield "nil", words.number(summary.documents), "document" if summary.documents == 1 else "documents"
    yield "present" if summary.audited else "nil", words.number(summary.audited), "audited in full"
    yield "unread" if summary.partly else "nil", words.number(summary.partly), "in part"
    yield "unread" if summary.not_audited else "nil", words.number(summary.not_audited), "not audited"


def _languages(summary: Summary) -> Chart:
    most = max((one.documents for one in summary.languages), default=0)
    looks = ("present", "partial", "missing")
    bars = tuple(
        Bar(
            told.language(one.code),
            "",
            tuple(words.number(count) for count in (one.documents, one.audited, one.partly, one.not_audited)),
            _pieces(zip(looks, (one.audited, one.partly, one.not_audited), strict=True), most),
        )
        for one in summary.languages
    )
    legend = tuple(zip(looks, ("audited in full", "in part", "not audited"), strict=True))
    heads = ("Documents", "In full", "In part", "Not audited")
    return Chart("languages", "Languages", "", heads, legend, bars)


def _shares(summary: Summary, kind: Kind) -> Chart:
    lines = summary.of(kind)
    shown = [line for line in lines if kind is Kind.DISCLOSURE or any(_hits(line))]
    return Chart(
        kind.value,
        words.TITLES[kind],
        words.BASES[kind],
        ("Share", "Documents", "Of", "Beside them, in part"),
        _PIECES[kind],
        tuple(_bar(line) for line in shown),
        len(lines) - len(shown),
    )


def _hits(line: Line) -> Iterator[int]:
    """How many documents, in full and in part, have each outcome that a bar shows."""
    for outcome, _ in _PIECES[line.kind]:
        at = COUNTED[line.kind].index(outcome)
        yield line.audited[at] + line.partly[at]


def _bar(line: Line) -> Bar:
    names = COUNTED[line.kind]
    first = names.index(_PIECES[line.kind][0][0])
    counts = [(outcome, line.audited[names.index(outcome)]) for outcome, _ in _PIECES[line.kind]]
    cells = (words.share(line), *(words.number(count) for count in (line.hits, line.base, line.partly[first])))
    return Bar(told.capital(line.title), line.name, cells, _pieces(counts, line.base))


def _pieces(counts: Iterable[tuple[str, int]], whole: int) -> tuple[Piece, ...]:
    found, at = [], 0.0
    for look, count in counts:
        width = 100 * count / whole if whole else 0.0
        if count:
            found.append(Piece(look, f"{at:.2f}", f"{width:.2f}"))
        at += width
    return tuple(found)

"""The summary of a job of GitHub Actions: the Markdown report, cut at whole entries where it would be too long.

GitHub takes 1 MiB from a step and shows nothing of a summary that is longer (GitHub Docs, "Workflow commands for GitHub
Actions", adding a job summary). The worst stays; how much is left out is said.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from privaudit.model import Report
from privaudit.record import NamedTuple
from privaudit.render import markdown
from privaudit.render.view import View, plural

# The bytes, in UTF-8, that a summary must stay below.
LIMIT = 1024 * 1024
# Kept for the heads of the table and the lists at the end, and for the line that counts what is left out.
_SPARE = 600


class _Part(StrEnum):
    """What is left out, as the summary calls it; documents are rows of the table."""

    ERROR = "path"
    DOCUMENT = "document"
    PROBLEM = "problem"
    FINDING = "finding"
    PASSING = "quote"
    SKIPPED = "skipped file"
    STALE = "baseline line"


class _Item(NamedTuple):
    """A text with its weight and the number of its document."""

    weight: int
    part: _Part
    text: str
    document: int = -1


def render(report: Report, view: View) -> str:
    """The report as Markdown, with what is taken of less than `LIMIT` bytes; empty where not even its head has room."""
    whole = markdown.render(report, view)
    room = LIMIT - view.taken
    return whole if _size(whole) < room else _cut(report, view, room)


def _size(text: str) -> int:
    return len(text.encode())


def _cut(report: Report, view: View, room: int) -> str:
    opening, closing = markdown.as_text(markdown.opening(report)), markdown.as_text(markdown.closing(report))
    room -= _size(opening) + _size(closing) + _SPARE
    if room < 0:
        return ""
    items = _items(report, view)
    headings = [markdown.as_text(markdown.heading(document)) for document in report.places]
    shown: dict[_Part | int, list[str]] = {}
    kept = 0
    for item in items:
        of_document = item.part in (_Part.PROBLEM, _Part.FINDING, _Part.PASSING)
        texts = shown.setdefault(item.document if of_document else item.part, [])
        room -= _size(item.text) + 1 + (_size(headings[item.document]) if of_document and not texts else 0)
        if room < 0:
            break
        texts.append(item.text)
        kept += 1
    lines = [*shown.get(_Part.ERROR, ()), "", _left_out(items[kept:])]
    lines += [*markdown.TABLE, *shown.get(_Part.DOCUMENT, ())]
    for number, document in enumerate(report.places):
        if shown.get(number):
            lines += [*markdown.heading(document), *shown[number]]
    if shown.get(_Part.SKIPPED):
        lines += [*markdown.SKIPPED, *shown[_Part.SKIPPED]]
    if shown.get(_Part.STALE):
        lines += [*markdown.STALE, *shown[_Part.STALE]]
    return opening + markdown.as_text(lines) + closing


def _items(report: Report, view: View) -> list[_Item]:
    """All that the report says, the worst first; a document's row comes with its worst entry."""
    items = [_Item(5, _Part.ERROR, text) for text in markdown.errors(report)]
    for number, document in enumerate(report.places):
        entries = markdown.entries(document, view)
        if number < len(report.documents):
            weight = max((entry.weight for entry in entries), default=0)
            items.append(_Item(weight, _Part.DOCUMENT, markdown.row(document), number))
        items += [_Item(entry.weight, _part(entry.weight), entry.text, number) for entry in entries]
    if not view.quiet:
        items += [_Item(-1, _Part.SKIPPED, text) for text in markdown.skipped(report)]
        items += [_Item(-1, _Part.STALE, text) for text in markdown.stale(report)]
    return sorted(items, key=lambda item: -item.weight)


def _part(weight: int) -> _Part:
    if weight > 3:
        return _Part.PROBLEM
    return _Part.FINDING if weight else _Part.PASSING


def _left_out(items: list[_Item]) -> str:
    counts = Counter(item.part for item in items)
    told = ", ".join(plural(counts[part], part.value) for part in _Part if counts[part])
    return f"**{told} more not shown**: the summary of a step holds 1 MiB, and the worst comes first."

"""The lines of pages as one text in reading order: which go on with the one before, which are headings, which repeat.

Pure: lines with their places in, text with what each line is out. Lengths are points; heights count from the foot of
the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from privaudit.read.columns import in_columns
from privaudit.read.page import Page, PageLine
from privaudit.read.text import Laid
from privaudit.record import NamedTuple

# So many lines at the head or foot of a page may be those that stand on every page, if they are as far from its edge.
_MARGIN_LINES = 4
_MARGIN = 0.12
_SAME_HEIGHT = 4.0
_NUMBER = re.compile(r"\d+|\b[ivxl]{1,6}\b")
# A line that is farther from the one before than so many times the usual begins a paragraph.
_PARAGRAPH_GAP = 1.25
_USUAL_PITCH = 1.2
# Letters of sizes that differ by no more are of one size; a heading's are larger than those of the text by so much.
_SAME_SIZE = 0.06
_LARGER = 1.12
_SMALLER = 0.87
_HEADING_LENGTH = 200
_FOOTNOTE = re.compile(r"[*\u2020\u2021]{1,3}\s?\S|[\d\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}[.)]?\s?[^\W\d]")
# A line that stops earlier than at this share of the way to the margin was meant to.
_NEARLY = 0.6
# Lines that begin within so many points, counted in steps of a column's, may be of one column.
_COLUMN = 100
_NEAR = 1.0
_ENDED = (".", "!", "?", ":", ";", ".\u201d", '."', ".)")
_BETWEEN_PAGES = "\n\f\n"


class Arranged(NamedTuple):
    """The text, the offset at which each page begins, and by the offset of each line what it is."""

    text: str
    pages: tuple[tuple[int, int], ...]
    lines: dict[int, Laid]


class _Placed(NamedTuple):
    page: int
    line: PageLine


def arranged(pages: Sequence[Page]) -> Arranged:
    """The pages as one text.

    Lines that repeat on every page, and notes at the foot, would break sentences that go on on the next one. They come
    after the rest, the repeated ones once.
    """
    pages = [page._replace(lines=tuple(in_columns(page.lines))) for page in pages]
    body_size = _body_size(line for page in pages for line in page.lines)
    body, tail = _parted(pages, body_size)
    return _written(body, tail, body_size)


def _body_size(lines: Iterable[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=1.0)


def _parted(pages: Sequence[Page], body_size: float) -> tuple[list[_Placed], list[_Placed]]:
    """The lines of the text, and those that belong to no place of it: repeated ones, notes, slanted ones."""
    repeated = _repeated(pages)
    body: list[_Placed] = []
    tail: list[_Placed] = []
    seen: set[str] = set()
    for page in pages:
        upright = Counter(line.turned for line in page.lines).most_common(1)
        notes = _notes(page, body_size)
        for place, line in enumerate(page.lines):
            one = _Placed(page.number, line)
            if (page.number, place) in repeated:
                key = _key(line.text)
                if key in seen:
                    continue
                seen.add(key)
                # On the first page it may be the title.
                (body if page is pages[0] and line.base > page.height / 2 else tail).append(one)
            elif line.turned != upright[0][0]:
                if line.text not in seen:
                    seen.add(line.text)
                    tail.append(one)
            else:
                (tail if place in notes else body).append(one)
    return body, tail


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """The lines at the head or foot of pages that stand at the same height on others, whatever number they hold."""
    places: dict[str, list[tuple[int, int, float]]] = {}
    for page in pages:
        ranked = sorted(range(len(page.lines)), key=lambda place: page.lines[place].base)
        outer = {*ranked[:_MARGIN_LINES], *ranked[-_MARGIN_LINES:]}
        for place in sorted(outer):
            line = page.lines[place]
            if not _MARGIN * page.height < line.base < (1 - _MARGIN) * page.height:
                places.setdefault(_key(line.text), []).append((page.number, place, line.base))
    found = set()
    for same in places.values():
        for number, place, base in same:
            if any(other != number and abs(height - base) <= _SAME_HEIGHT for other, _, height in same):
                found.add((number, place))
    return found


def _key(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.casefold().split()))


def _notes(page: Page, body_size: float) -> set[int]:
    """The lines of the notes at the foot of a page: small, the first of them with a mark or number."""
    ranked = sorted(range(len(page.lines)), key=lambda place: page.lines[place].base)
    small = []
    for place in ranked:
        if page.lines[place].size > _SMALLER * body_size:
            break
        small.append(place)
    # From the top of the small lines down to the first that begins as a note does.
    while small and not _FOOTNOTE.match(page.lines[small[-1]].text):
        small.pop()
    return set(small) if len(small) < len(page.lines) else set()


def _written(body: Sequence[_Placed], tail: Sequence[_Placed], body_size: float) -> Arranged:
    lines = [*body, *tail]
    joins = [False, *(index < len(body) and goes_on for index, goes_on in enumerate(_joins(lines), 1))]
    levels = _levels(lines[: len(body)], joins, body_size)
    parts: list[str] = []
    pages: list[tuple[int, int]] = []
    laid: dict[int, Laid] = {}
    at = 0
    previous: _Placed | None = None
    for index, one in enumerate(lines):
        if previous is not None:
            apart = index >= len(body) or _is_apart(previous.line, one.line)
            between = _BETWEEN_PAGES if one.page != previous.page else "\n\n" if apart else "\n"
            parts.append(between)
            at += len(between)
        if previous is None or one.page != previous.page:
            pages.append((at, one.page))
        links = tuple((at + start, at + end, target) for start, end, target in one.line.links)
        laid[at] = Laid(joins[index], levels.get(index, 0), links)
        parts.append(one.line.text)
        at += len(one.line.text)
        previous = one
    has_headings = len(set(levels)) > 1
    if not has_headings:
        laid = {at: line._replace(level=line.level or None) for at, line in laid.items()}
    return Arranged("".join(parts), tuple(pages), laid)


def _is_apart(before: PageLine, line: PageLine) -> bool:
    """Whether more space than between lines of a paragraph is between two lines of a column."""
    pitch = before.base - line.base
    return pitch > _PARAGRAPH_GAP * _USUAL_PITCH * max(before.size, line.size) or not _same_size(before, line)


def _same_size(before: PageLine, line: PageLine) -> bool:
    return abs(before.size - line.size) <= _SAME_SIZE * before.size


def _joins(lines: Sequence[_Placed]) -> Iterator[bool]:
    """For each line but the first whether it goes on with the one before."""
    pitches = [
        pitch / after.line.size
        for before, after in pairwise(lines)
        if before.page == after.page
        and _same_size(before.line, after.line)
        and 0 < (pitch := before.line.base - after.line.base) < 2 * after.line.size
    ]
    usual = median(pitches) if pitches else _USUAL_PITCH
    # How far lines of any page reach that begin at about the same place.
    margins: dict[int, float] = {}
    for _, line in lines:
        column = round(line.left / _COLUMN)
        margins[column] = max(margins.get(column, 0.0), line.right)
    for before, after in pairwise(lines):
        yield _goes_on(before, after, usual, margins)


def _goes_on(one: _Placed, other: _Placed, usual: float, margins: dict[int, float]) -> bool:
    before, line = one.line, other.line
    if not _same_size(before, line) or before.bold is not line.bold:
        return False
    small = line.text[:1].islower()
    ended = before.text.endswith(_ENDED)
    word = line.text.split(None, 1)[0]
    room = len(word) * (line.right - line.left) / len(line.text) + 0.25 * line.size
    near = [right for place, right in margins.items() if abs(place - before.left / _COLUMN) < _NEAR]
    margin = max(near, default=before.right)
    full = before.right + room > margin - 0.5 * line.size or before.text.endswith("-")
    long = before.right - before.left > _NEARLY * (margin - before.left)
    pitch = before.base - line.base
    if one.page == other.page and pitch > 0:
        return pitch <= _PARAGRAPH_GAP * usual * line.size and (full or (long and small and not ended))
    # The next page or column: a sentence goes on there, a paragraph may have ended.
    return not ended and (small or (full and before.text[-1:].isalnum()))


def _levels(lines: Sequence[_Placed], joins: Sequence[bool], body_size: float) -> dict[int, int]:
    """The level of each line that is a heading, by the size of its letters; bold ones of the text's size come last."""
    sizes: dict[int, float] = {}
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and joins[index]:
            continue
        group = [one.line for one in lines[first:index]]
        length = sum(len(line.text) for line in group)
        larger = group[0].size >= _LARGER * body_size
        bold = all(line.bold for line in group) and group[0].size >= (1 - _SAME_SIZE) * body_size
        text = group[-1].text
        titled = any(char.isalpha() for char in group[0].text) and not text.endswith((".", ";", ","))
        if length <= _HEADING_LENGTH and titled and (larger or bold):
            sizes[first] = round(group[0].size if larger else body_size, 1)
        first = index
    if len(sizes) > len(lines) / 2:
        # Nothing would be left to stand under them.
        return {}
    ranks = {size: level for level, size in enumerate(sorted(set(sizes.values()), reverse=True), 1)}
    return {index: min(6, ranks[size]) for index, size in sizes.items()}

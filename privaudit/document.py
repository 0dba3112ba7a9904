"""A document as the rest of privaudit sees it: blocks of normalised text with an exact way back.

Two texts belong to a document. The *source* is the decoded file, untouched. The *shadow* is what words are
looked for in: markup gone, entities decoded, white space folded to single spaces, quotes and dashes made plain.
Offsets count code points; `start` is inclusive and `end` exclusive, as in slices. Standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum

from privaudit.record import NamedTuple


class BlockKind(StrEnum):
    """What a block is in the document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"


class Span(NamedTuple):
    """A stretch of text by its offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Link(NamedTuple):
    """A link or e-mail address: its target, the shadow span of its text, and where the target stands in the source."""

    target: str
    text: Span
    source: Span


class Block(NamedTuple):
    """A heading, paragraph, list item or table cell.

    `span` lies in the shadow. `headings` and `lead_ins` are indexes of blocks, outermost first: the headings above,
    and the paragraphs or items that introduce the list this item stands in. Blocks with the same `group` are read
    together: all items of one list, all cells of one row. `header` is the index of the cell that heads the column.
    `level` is a heading's level from 1, or a list item's depth from 1.
    """

    index: int  # type: ignore[assignment] # hides the method of tuples, which has no use here
    kind: BlockKind
    span: Span
    group: int
    level: int = 0
    headings: tuple[int, ...] = ()
    lead_ins: tuple[int, ...] = ()
    header: int | None = None
    hidden: bool = False
    links: tuple[Link, ...] = ()


class OffsetMap:
    """For every shadow offset its place in the source.

    Made of runs in shadow order. In a *plain* run each shadow character is one source character; in any other run the
    whole shadow stretch stands for the whole source stretch (an entity, a fold of white space, a ligature).
    """

    __slots__ = ("_length", "_plain", "_shadow", "_source")

    def __init__(self, runs: list[tuple[int, int, int, bool]]) -> None:
        """Takes runs as (shadow start, source start, source length, plain), sorted by shadow start."""
        self._shadow = [run[0] for run in runs]
        self._source = [run[1] for run in runs]
        self._length = [run[2] for run in runs]
        self._plain = [run[3] for run in runs]

    def runs(self) -> list[tuple[int, int, int, bool]]:
        """The runs that it is made of."""
        return list(zip(self._shadow, self._source, self._length, self._plain, strict=True))

    def source_span(self, span: Span) -> Span:
        """The source stretch that the shadow stretch `span` stands for."""
        if not self._shadow:
            return Span(0, 0)
        first = max(0, bisect_right(self._shadow, span.start) - 1)
        start = self._source[first]
        if self._plain[first]:
            start += min(span.start - self._shadow[first], self._length[first])
        if span.end <= span.start:
            return Span(start, start)
        last = max(0, bisect_right(self._shadow, span.end - 1) - 1)
        if self._plain[last]:
            end = self._source[last] + min(span.end - self._shadow[last], self._length[last])
        else:
            end = self._source[last] + self._length[last]
        return Span(start, max(start, end))

    def stretches(self, span: Span) -> Iterator[tuple[Span, Span, bool]]:
        """The runs that a shadow stretch is made of: shadow and source stretch of each, and whether it is plain."""
        number = max(0, bisect_right(self._shadow, span.start) - 1)
        at = span.start
        while at < span.end and number < len(self._shadow):
            following = self._shadow[number + 1] if number + 1 < len(self._shadow) else span.end
            here = Span(at, min(span.end, following))
            yield here, self.source_span(here), self._plain[number]
            at = here.end
            number += 1


class LineTable:
    """Lines of a text, ended by LF, CR LF or CR alone; lines and columns count from 1, columns in code points.

    `pages` says from which offset on the text is that of which page, where a format has pages; in text order.
    """

    __slots__ = ("_pages", "_starts")

    def __init__(self, text: str, pages: tuple[tuple[int, int], ...] = ()) -> None:
        self._pages = pages
        starts = [0]
        at = text.find("\r")
        if at < 0:
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
        else:
            position, length = 0, len(text)
            while position < length:
                char = text[position]
                if char == "\r" and position + 1 < length and text[position + 1] == "\n":
                    position += 1
                position += 1
                if char in "\r\n":
                    starts.append(position)
        self._starts = starts

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def page(self, offset: int) -> int | None:
        """The page of an offset, from 1; None where a format has no pages."""
        if not self._pages:
            return None
        return self._pages[max(0, bisect_right(self._pages, offset, key=lambda page: page[0]) - 1)][1]

    def pages(self) -> tuple[tuple[int, int], ...]:
        """The pages that it was made with."""
        return self._pages


class LanguageGuess(NamedTuple):
    """The language of a document: a code such as `sv` or None, how sure (0 to 1), and where it is known from.

    `source` is `option`, `front-matter`, `html`, `file-name`, `detected` or `unknown`.
    """

    code: str | None
    confidence: float
    source: str


UNKNOWN_LANGUAGE = LanguageGuess(None, 0.0, "unknown")


class Problem(NamedTuple):
    """What kept a document, a part of it or a rule from being read; `code` is stable, `message` is for people."""

    code: str
    message: str


# Problems that stand for text of a document that nobody read; what is not found there may still be said.
UNREAD_TEXT = frozenset({
    "cut-short", "html-broken", "html-depth", "markdown-marks", "pages-left-out", "pages-without-text", "part-not-read",
    "text-garbled",
})  # fmt: skip


class Document(NamedTuple):
    """A document that was read. `languages` and `sentences` run parallel to `blocks` once it is annotated.

    `asides` are blocks too short to speak for themselves whose words are another language's all the same, such as the
    menu or cookie banner of a page, with that language.
    """

    path: str
    media_type: str
    sha256: str
    source: str
    shadow: str
    map: OffsetMap
    blocks: tuple[Block, ...]
    declared: LanguageGuess = UNKNOWN_LANGUAGE
    problems: tuple[Problem, ...] = ()
    language: LanguageGuess = UNKNOWN_LANGUAGE
    languages: tuple[str | None, ...] = ()
    sentences: tuple[tuple[Span, ...], ...] = ()
    asides: tuple[tuple[int, str], ...] = ()
    lines: LineTable = LineTable("")

    def text(self, span: Span) -> str:
        """The shadow text of a span."""
        return self.shadow[span.start : span.end]

    def quote(self, span: Span) -> tuple[str, Span]:
        """The source slice that a shadow span stands for, and its place in the source."""
        place = self.map.source_span(span)
        return self.source[place.start : place.end], place

"""The text of a document with its evidence highlighted: lists and tables of blocks, their runs cut at passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from privaudit.document import BlockKind
from privaudit.pane import Pane, PaneBlock, Run
from privaudit.record import NamedTuple
from privaudit.render import words
from privaudit.render.html.verdicts import Passage

# Where passages overlap, the first of these gives the colour.
_LOOKS = ("error", "warning", "note", "accepted", "plain", "present", "nearest")
# The text stands under a heading of level 3.
_ABOVE, _DEEPEST = 3, 6


class Segment(NamedTuple):
    """Text under the same passages: `begun` are those that begin here, `ids` all of them."""

    text: str
    begun: tuple[Passage, ...] = ()
    ids: str = ""
    look: str = ""
    target: bool = False


class Piece(NamedTuple):
    """A block: its text, its language where that is not the document's, and the depth of a heading or list item."""

    segments: tuple[Segment, ...]
    depth: int
    language: str | None
    hidden: bool


class Cell(NamedTuple):
    """A table cell."""

    pieces: tuple[Piece, ...]
    heading: bool


class Shape(NamedTuple):
    """What stands in the text one after another.

    `tag` is `h` or `p` with one piece, `ul` with one for each item, or `table` with rows.
    """

    tag: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def shapes_of(pane: Pane, passages: Iterable[Passage], language: str | None) -> tuple[Shape, ...]:
    """The text as it is shown, of a document in a language."""
    segments = _Highlighter(pane, passages).blocks
    pieces = [
        Piece(
            tuple(own),
            min(_ABOVE + block.level, _DEEPEST) if block.kind is BlockKind.HEADING else min(block.level, _DEEPEST),
            words.tag(block.language) if block.language not in (None, language) else None,
            block.hidden,
        )
        for block, own in zip(pane, segments, strict=True)
    ]
    rows = {block.group for block in pane if block.kind is BlockKind.TABLE_CELL}
    shapes: list[Shape] = []
    for (tag, _), numbers in groupby(range(len(pane)), key=lambda number: _tag(pane[number], number, rows)):
        if tag == "table":
            shapes += _tables(pane, pieces, list(numbers))
        else:
            shapes.append(Shape(tag, tuple(pieces[number] for number in numbers)))
    return tuple(shapes)


def _tag(block: PaneBlock, number: int, rows: set[int]) -> tuple[str, int]:
    """The tag of a block, with what tells it from a neighbour that it shares no element with."""
    if block.group in rows:
        return "table", 0
    if block.kind is BlockKind.LIST_ITEM:
        return "ul", block.group
    return "h" if block.kind is BlockKind.HEADING else "p", number


def _tables(pane: Pane, pieces: Sequence[Piece], numbers: list[int]) -> list[Shape]:
    """Rows one under the other, in tables that each begin where a row of headings does."""
    heads = {block.header for block in pane if block.header is not None}
    tables: list[list[tuple[Cell, ...]]] = []
    columns: dict[int, int] = {}
    for _, members in groupby(numbers, key=lambda number: pane[number].group):
        row = list(members)
        heading = any(number in heads for number in row)
        if heading or not tables:
            tables.append([])
            columns = {number: column for column, number in enumerate(row)} if heading else {}
        tables[-1].append(_row(pane, pieces, row, columns, heading))
    return [Shape("table", rows=tuple(rows)) for rows in tables]


def _row(
    pane: Pane, pieces: Sequence[Piece], row: list[int], columns: dict[int, int], heading: bool
) -> tuple[Cell, ...]:
    cells: list[list[Piece]] = []
    for number in row:
        # An empty cell left no block; the head of its column tells where the next one stands.
        head = pane[number].header
        column = len(cells) if head is None else columns.get(head, len(cells))
        while len(cells) <= column:
            cells.append([])
        cells[column].append(pieces[number])
    cells += [[] for _ in range(len(columns) - len(cells))]
    return tuple(Cell(tuple(one), heading) for one in cells)


class _Highlighter:
    """Cuts the runs of a pane at the ends of passages."""

    def __init__(self, pane: Pane, passages: Iterable[Passage]) -> None:
        self.passages = sorted(passages, key=lambda one: (one.start, -one.end, one.number, one.id))
        self.begun: set[str] = set()
        self.blocks = [self._block(block) for block in pane]
        self._place_the_rest(pane)

    def _block(self, block: PaneBlock) -> list[Segment]:
        first = min((run.start for run in block.runs), default=0)
        last = max((run.end for run in block.runs), default=0)
        near = [one for one in self.passages if one.start < last and one.end > first]
        if not near:
            return [Segment("".join(run.text for run in block.runs if not run.target))]
        segments: list[Segment] = []
        for run in block.runs:
            inside = [one for one in near if one.start < run.end and one.end > run.start]
            # The target of a link is shown only where a passage lies in it.
            if run.target and not any(run.start <= one.start and one.end <= run.end for one in inside):
                continue
            segments += self._cut(run, inside)
        return segments

    def _cut(self, run: Run, inside: list[Passage]) -> list[Segment]:
        if not inside:
            return [Segment(run.text, target=run.target)]
        cuts = [run.start, run.end]
        if run.plain:
            edges = {run.start, run.end, *(edge for one in inside for edge in (one.start, one.end))}
            cuts = sorted(edge for edge in edges if run.start <= edge <= run.end)
        segments = []
        for start, end in pairwise(cuts):
            text = run.text[start - run.start : end - run.start] if run.plain else run.text
            over = [one for one in inside if one.start < end and one.end > start]
            segments.append(self._segment(text, over, run.target))
        return segments

    def _segment(self, text: str, over: list[Passage], target: bool) -> Segment:
        begun = tuple(one for one in over if one.id not in self.begun)
        self.begun.update(one.id for one in begun)
        look = min((one.look for one in over), key=_LOOKS.index, default="")
        return Segment(text, begun, " ".join(one.id for one in over), look, target)

    def _place_the_rest(self, pane: Pane) -> None:
        """Gives passages outside of all text, such as an attribute, a place at the end of the block before them."""
        for one in self.passages:
            if one.id not in self.begun and pane:
                before = [n for n, block in enumerate(pane) if block.runs and block.runs[0].start <= one.start]
                self.blocks[before[-1] if before else 0].append(Segment("", (one,)))

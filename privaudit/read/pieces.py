"""Pieces of an office file, in reading order, become text and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privaudit.document import BlockKind
from privaudit.read.structure import Assembler
from privaudit.read.text import bullet
from privaudit.record import NamedTuple

# Two line breaks in a row part paragraphs that the file has as one.
_PARAGRAPHS = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


class Cell(NamedTuple):
    """Where in a table a piece stands: numbers of the table and the row, the column from 0."""

    table: int
    row: int
    column: int
    width: int = 1
    heading: bool = False


class Piece(NamedTuple):
    """A heading, paragraph or list item with its links, each as start and end in `text` and target.

    `level` is that of a heading, or how deep a list item stands, from 1. What stands in a table has a `cell`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    links: tuple[tuple[int, int, str], ...] = ()
    cell: Cell | None = None


def assembled(pieces: Sequence[Piece]) -> Assembler:
    """The assembler with the text of the pieces and a block for each."""
    pieces = [part for piece in pieces for part in _parted(piece)]
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number:
            between = _between(pieces[number - 1], piece)
            parts.append(between)
            at += len(between)
        starts.append(at)
        parts.append(piece.text)
        at += len(piece.text)
    writer = _Writer(Assembler("".join(parts)))
    for start, piece in zip(starts, pieces, strict=True):
        writer.write(start, piece)
    writer.out.close()
    return writer.out


def _parted(piece: Piece) -> Iterator[Piece]:
    """The paragraphs of a piece without the space around them; one that begins with a bullet is a list item."""
    for found in _PARAGRAPHS.finditer(piece.text):
        start, end = found.span()
        start += len(found[0]) - len(found[0].lstrip())
        kind, level = piece.kind, piece.level
        if kind is BlockKind.PARAGRAPH and (mark := bullet(piece.text[start:end])):
            start, kind, level = start + mark, BlockKind.LIST_ITEM, 1
        text = piece.text[start:end].rstrip()
        end = start + len(text)
        links = [(max(first, start) - start, min(last, end) - start, target) for first, last, target in piece.links]
        yield Piece(kind, text, level, tuple(link for link in links if link[0] < link[1]), piece.cell)


def _between(before: Piece, piece: Piece) -> str:
    if before.cell and piece.cell and before.cell.table == piece.cell.table:
        if before.cell.row != piece.cell.row:
            return "\n"
        return "\t" if before.cell.column != piece.cell.column else "\n"
    items = before.kind is piece.kind is BlockKind.LIST_ITEM
    return "\n" if items and before.cell is piece.cell else "\n\n"


class _Writer:
    """Opens a block for each piece: lists with what introduces them, cells with the head of their column."""

    def __init__(self, out: Assembler) -> None:
        self.out = out
        # The open list: its group, what introduces it, and the last item of each level.
        self.list: tuple[int, tuple[int, ...], dict[int, int]] | None = None
        self.row: tuple[tuple[int, int], int] | None = None
        self.heads: dict[tuple[int, int], int] = {}

    def write(self, start: int, piece: Piece) -> None:
        """Writes a piece whose text begins at a source offset."""
        if piece.kind is BlockKind.LIST_ITEM:
            self._open_item(piece)
        else:
            self.list = None
            if piece.cell:
                self.out.open(BlockKind.TABLE_CELL, 0, self._group(piece.cell), header=self._head(piece.cell))
            else:
                self.out.open(piece.kind, piece.level)
        links = [(start + first, start + last, target) for first, last, target in piece.links]
        self.out.linked(start, start + len(piece.text), links)
        index = self.out.close()
        if index is None:
            return
        if piece.kind is BlockKind.LIST_ITEM and self.list:
            self.list[2][piece.level] = index
        if piece.cell and piece.cell.heading:
            for column in range(piece.cell.column, piece.cell.column + piece.cell.width):
                self.heads[piece.cell.table, column] = index

    def _open_item(self, piece: Piece) -> None:
        if self.list is None:
            lead_ins = self.out.introduction()
            group = self._group(piece.cell) if piece.cell else self.out.new_group()
            self.list = (group, lead_ins, {})
        group, lead_ins, items = self.list
        for deeper in [level for level in items if level >= piece.level]:
            del items[deeper]
        above = (*lead_ins, *(items[level] for level in sorted(items)))
        head = self._head(piece.cell) if piece.cell else None
        self.out.open(BlockKind.LIST_ITEM, piece.level, group, above, header=head)

    def _group(self, cell: Cell) -> int:
        key = (cell.table, cell.row)
        if self.row is None or self.row[0] != key:
            self.row = (key, self.out.new_group())
        return self.row[1]

    def _head(self, cell: Cell) -> int | None:
        return None if cell.heading else self.heads.get((cell.table, cell.column))

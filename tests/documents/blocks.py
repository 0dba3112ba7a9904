"""A notice as blocks, to be written as a PDF, a Word file or an OpenDocument text."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from privaudit.document import BlockKind
from privaudit.read import read_document

SAMPLES = sorted((Path(__file__).parents[2] / "samples").iterdir())


class Block(NamedTuple):
    """All cells of a row are one block, parted by tabs; links are start and end in the text, and target."""

    kind: BlockKind
    level: int
    text: str
    links: tuple[tuple[int, int, str], ...] = ()

    def parts(self) -> Iterator[tuple[str, str]]:
        """The text in parts, escaped for XML, each with the target that it is a link to, or nothing."""
        at = 0
        for start, end, target in sorted(self.links):
            if at <= start < end:
                yield escape(self.text[at:start]), ""
                yield escape(self.text[start:end]), escape(target, {'"': "&quot;"})
                at = end
        yield escape(self.text[at:]), ""


def blocks_of(path: Path) -> list[Block]:
    return list(_blocks(path))


def _blocks(path: Path) -> Iterator[Block]:
    document = read_document(path.name, path.read_bytes())
    row: list[str] = []
    group = 0
    for block in document.blocks:
        text = document.text(block.span)
        if row and (block.kind is not BlockKind.TABLE_CELL or block.group != group):
            yield Block(BlockKind.TABLE_CELL, 0, "\t".join(row))
            row = []
        if block.kind is BlockKind.TABLE_CELL:
            row.append(text)
            group = block.group
        else:
            places = ((link.text.start - block.span.start, link.text.end - block.span.start) for link in block.links)
            links = tuple((*place, link.target) for place, link in zip(places, block.links, strict=True))
            yield Block(block.kind, block.level, text, links)
    if row:
        yield Block(BlockKind.TABLE_CELL, 0, "\t".join(row))

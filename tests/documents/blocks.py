"""A notice as blocks, to be written as a PDF, a Word file or an OpenDocument text."""

from collections.abc import Iterator
from pathlib import Path

from privaudit.document import BlockKind
from privaudit.read import read_document

SAMPLES = sorted((Path(__file__).parents[2] / "samples").iterdir())

# Kind, level, text; all cells of a row are one block, parted by tabs.
Block = tuple[BlockKind, int, str]


def blocks_of(path: Path) -> list[Block]:
    return list(_blocks(path))


def _blocks(path: Path) -> Iterator[Block]:
    document = read_document(path.name, path.read_bytes())
    row: list[str] = []
    group = 0
    for block in document.blocks:
        # The source's own words, with its own quotes and dashes, in one line.
        text = " ".join(document.text(block.span).split())
        if row and (block.kind is not BlockKind.TABLE_CELL or block.group != group):
            yield BlockKind.TABLE_CELL, 0, "\t".join(row)
            row = []
        if block.kind is BlockKind.TABLE_CELL:
            row.append(text)
            group = block.group
        else:
            yield block.kind, block.level, text
    if row:
        yield BlockKind.TABLE_CELL, 0, "\t".join(row)

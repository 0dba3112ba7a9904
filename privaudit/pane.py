"""A document as it is shown in full: its blocks in reading order, each character with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.document import Block, BlockKind, Document, Span
from privaudit.record import NamedTuple


class Run(NamedTuple):
    """Text that stands for `source[start:end]`: character by character where it is `plain`, else as a whole.

    A plain run shows the source's own characters, white space as spaces; any other run, such as an entity, what it
    stands for. A `target` is the address behind the link whose text ends there, which a reader does not see.
    """

    text: str
    start: int
    end: int
    plain: bool = True
    target: bool = False


class PaneBlock(NamedTuple):
    """A heading, paragraph, list item or table cell.

    `level` is a list item's depth, or one more than the headings that a heading stands under, from 1. Blocks with the
    same `group` are items of one list or cells of one row; `header` is the index of the cell that heads the column.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    level: int = 1
    hidden: bool = False
    language: str | None = None
    group: int = 0
    header: int | None = None


Pane = tuple[PaneBlock, ...]


def pane_of(document: Document) -> Pane:
    """The pane of an annotated document, one block for each of its own."""
    languages = document.languages or (None,) * len(document.blocks)
    return tuple(_block(document, block, code) for block, code in zip(document.blocks, languages, strict=True))


def _block(document: Document, block: Block, language: str | None) -> PaneBlock:
    level = len(block.headings) + 1 if block.kind is BlockKind.HEADING else max(1, block.level)
    return PaneBlock(
        block.kind, _joined(_runs(document, block)), level, block.hidden, language, block.group, block.header
    )


def _runs(document: Document, block: Block) -> Iterator[Run]:
    """The runs of a block, cut where the text of a link ends so that its target can stand there."""
    targets: dict[int, list[Run]] = {}
    for link in block.links:
        if link.target and not link.source.meets(document.map.source_span(link.text)):
            target = document.source[link.source.start : link.source.end]
            targets.setdefault(link.text.end, []).append(Run(target, *link.source, target=True))
    at = block.span.start
    for cut in sorted({*targets, block.span.end}):
        for shadow, source, plain in document.map.stretches(Span(at, cut)):
            yield Run(_shown(document, shadow, source) if plain else document.text(shadow), *source, plain)
        yield from targets.get(cut, ())
        at = max(at, cut)


def _shown(document: Document, shadow: Span, source: Span) -> str:
    """The source's own characters of a plain run, with a space wherever the shadow has one."""
    folded, own = document.text(shadow), document.source[source.start : source.end]
    if folded == own:
        return own
    return "".join(" " if one == " " else char for one, char in zip(folded, own, strict=True))


def _joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    """The runs with plain ones that go on where the one before ends made one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.plain and run.plain and not last.target and not run.target and last.end == run.start:
            joined[-1] = last._replace(text=last.text + run.text, end=run.end)
        else:
            joined.append(run)
    return tuple(joined)

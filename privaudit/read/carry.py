"""A document as plain values and back, to carry it from the process that read it."""

from __future__ import annotations

import json

from privaudit.document import Block, BlockKind, Document, LineTable, Link, OffsetMap, Problem, Span
from privaudit.record import Any


def packed(document: Document) -> bytes:
    """A document that was read, but not annotated, as JSON."""
    blocks = [
        [
            block.kind.value,
            block.span,
            block.group,
            block.level,
            block.headings,
            block.lead_ins,
            block.header,
            block.hidden,
            block.links,
        ]
        for block in document.blocks
    ]
    return json.dumps(
        {
            "source": document.source,
            "shadow": document.shadow,
            "runs": document.map.runs(),
            "blocks": blocks,
            "problems": document.problems,
            "pages": document.lines.pages(),
        }
    ).encode()


def unpacked(told: dict[str, Any], path: str, media_type: str, sha256: str) -> Document:
    """The document again; raises `ValueError`, `TypeError` or `KeyError` where there is none."""
    source = told["source"]
    blocks = []
    for index, (kind, span, group, level, headings, lead_ins, header, hidden, links) in enumerate(told["blocks"]):
        back = tuple(Link(target, Span(*text), Span(*place)) for target, text, place in links)
        blocks.append(
            Block(
                index,
                BlockKind(kind),
                Span(*span),
                group,
                level,
                tuple(headings),
                tuple(lead_ins),
                header,
                hidden,
                back,
            )
        )
    return Document(
        path=path,
        media_type=media_type,
        sha256=sha256,
        source=source,
        shadow=told["shadow"],
        map=OffsetMap([(shadow, place, size, plain) for shadow, place, size, plain in told["runs"]]),
        blocks=tuple(blocks),
        problems=tuple(Problem(code, message) for code, message in told["problems"]),
        lines=LineTable(source, tuple((offset, number) for offset, number in told["pages"])),
    )

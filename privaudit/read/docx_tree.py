"""How the elements of a Word file nest: what only wraps others, what is there in several forms, what is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.read.docx_styles import flag, local
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DELETED = frozenset({"del", "moveFrom"})
# Elements that only wrap others.
WRAPPERS = frozenset(
    {"ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent", "rubyBase"}
)
# A table without a heading row whose cells are longer on average only arranges text.
_LONG_CELL = 200


def unwrapped(parent: Element) -> Iterator[Element]:
    """The children of an element, those of wrappers in place of the wrappers, without deleted ones."""
    for child in parent:
        name = local(child)
        if name in WRAPPERS:
            yield from unwrapped(child)
        elif name == "AlternateContent":
            for taken in chosen(child):
                yield from unwrapped(taken)
        elif name not in DELETED:
            yield child


def child_of(parent: Element | None, name: str) -> Element | None:
    """The first child of that name, None where there is none."""
    return next((one for one in parent if local(one) == name), None) if parent is not None else None


def chosen(alternatives: Element) -> list[Element]:
    """Of the ways in which a file says the same thing, the first that has text."""
    with_text = (one for one in alternatives if any(local(part) == "t" for part in one.iter()))
    return [first] if (first := next(with_text, None)) is not None else []


def boxes(picture: Element) -> Iterator[Element]:
    """The contents of the text boxes in a drawing, none of them twice."""
    for child in picture:
        name = local(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            for taken in chosen(child):
                yield from boxes(taken)
        else:
            yield from boxes(child)


def is_gone(part: Element) -> bool:
    """Whether a row or cell is deleted, or a row hidden."""
    properties = child_of(part, "trPr") if local(part) == "tr" else child_of(part, "tcPr")
    return any(child_of(properties, name) is not None for name in ("del", "cellDel")) or flag(
        child_of(properties, "hidden")
    )


def only_arranges(cells: list[list[Element]]) -> bool:
    """Whether a table without column heads, by its rows of cells, only arranges text: one column, or long cells."""
    count = sum(map(len, cells))
    if count <= len(cells):
        return True
    length = sum(len(one.text or "") for row in cells for cell in row for one in cell.iter() if local(one) == "t")
    return length > _LONG_CELL * count

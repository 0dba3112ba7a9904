"""OpenDocument texts (ODF 1.3): what a reader of the document sees, in its order.

As with Word files: notes after the paragraph that refers to them, headers and footers once at the end; tracked
deletions, hidden text and comments left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.document import BlockKind, Problem
from privaudit.errors import InputError
from privaudit.read.docx_styles import local, value
from privaudit.read.package import Package
from privaudit.read.pieces import Cell, Piece, assembled
from privaudit.read.structure import Assembler
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Not part of the text, or not seen.
_LEFT_OUT = frozenset({
    "tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls", "user-field-decls", "forms",
    "bookmark", "table-column", "table-columns", "hidden-paragraph", "hidden-text", "script", "event-listeners", "desc",
    "title", "alphabetical-index-source", "table-of-content-source", "shapes", "note-citation", "ruby-text",
})  # fmt: skip
_FRAMES = frozenset({"frame", "text-box", "custom-shape", "rect", "g", "object", "ellipse"})
_HEADS = frozenset({"header", "footer", "header-first", "footer-first", "header-left", "footer-left"})
_MOST_SPACES = 1000
_DEEPEST_HEADING = 9
_LONG_CELL = 200


def read_odt(data: bytes) -> Assembler:
    """The text of an OpenDocument text as blocks; raises `InputError` where there is none."""
    package = Package(data)
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(local(one) == "encryption-data" for one in manifest.iter()):
        raise InputError("the file is encrypted with a password; save it without one")
    content = package.part("content.xml")
    text = (
        next((one for one in content.iter() if local(one) == "text" and len(one)), None)
        if content is not None
        else None
    )
    if content is None or text is None:
        raise InputError("the file holds no OpenDocument text")
    styles = package.part("styles.xml")
    reader = _Reader([content, *([styles] if styles is not None else [])])
    pieces = [*reader.blocks(text, None), *(reader.heads(styles) if styles is not None else ())]
    assembler = assembled(pieces)
    assembler.problems += reader.problems
    return assembler


class _Paragraph:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.links: list[tuple[int, int, str]] = []
        self.after: list[Element] = []

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


class _Reader:
    def __init__(self, roots: list[Element]) -> None:
        self.problems: list[Problem] = []
        self.hidden: set[str] = set()
        self.parents: dict[str, str] = {}
        self.tables = 0
        for one in (style for root in roots for style in root.iter() if local(style) == "style"):
            name = value(one, "name")
            self.parents[name] = value(one, "parent-style-name")
            if any(value(part, "display") == "none" for part in one if local(part) == "text-properties"):
                self.hidden.add(name)

    def _is_hidden(self, element: Element) -> bool:
        name = value(element, "style-name")
        for _ in range(20):
            if name in self.hidden:
                return True
            name = self.parents.get(name, "")
        return False

    def blocks(self, parent: Element, cell: Cell | None, depth: int = 0) -> Iterator[Piece]:
        """The pieces of an element; `depth` counts the lists around it."""
        for child in parent:
            name = local(child)
            if name in _LEFT_OUT or (name == "section" and value(child, "display") == "none"):
                continue
            if name in {"p", "h"}:
                yield from self._paragraph(child, cell, depth)
            elif name == "list":
                yield from self.blocks(child, cell, depth + 1)
            elif name == "table":
                yield from self._table(child, cell)
            else:
                if name == "section-source":
                    problem = Problem("part-not-read", "a document that is linked into the file was not read")
                    self.problems += [problem] if problem not in self.problems else []
                yield from self.blocks(child, cell, depth)

    def heads(self, styles: Element) -> Iterator[Piece]:
        """Headers and footers, each text once."""
        seen = set()
        for one in styles.iter():
            if local(one) in _HEADS:
                for piece in self.blocks(one, None):
                    # The number of a page is no text.
                    if piece.text not in seen and any(map(str.isalpha, piece.text)):
                        seen.add(piece.text)
                        yield piece

    def _paragraph(self, element: Element, cell: Cell | None, depth: int) -> Iterator[Piece]:
        paragraph = _Paragraph()
        if not self._is_hidden(element):
            self._inline(element, paragraph)
        text = "".join(paragraph.parts)
        links = tuple(sorted(paragraph.links))
        if text.strip():
            if local(element) == "h" and cell is None:
                told = value(element, "outline-level")
                level = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 1
                yield Piece(BlockKind.HEADING, text, max(1, min(level, _DEEPEST_HEADING)), links)
            elif depth:
                yield Piece(BlockKind.LIST_ITEM, text, depth, links, cell)
            else:
                yield Piece(BlockKind.PARAGRAPH, text, 0, links, cell)
        for more in paragraph.after:
            yield from self.blocks(more, cell)

    def _inline(self, parent: Element, paragraph: _Paragraph) -> None:
        paragraph.add(_folded(parent.text))
        for child in parent:
            name = local(child)
            if name == "s":
                count = value(child, "c")
                paragraph.add(" " * (min(int(count), _MOST_SPACES) if count.isascii() and count.isdigit() else 1))
            elif name == "tab":
                paragraph.add("\t")
            elif name == "line-break":
                paragraph.add("\n")
            elif name == "note":
                paragraph.after.extend(one for one in child if local(one) == "note-body")
            elif name in _FRAMES:
                paragraph.after.append(child)
            elif name not in _LEFT_OUT and not self._is_hidden(child):
                start = paragraph.length
                self._inline(child, paragraph)
                target = value(child, "href") if name == "a" else ""
                if target and paragraph.length > start:
                    paragraph.links.append((start, paragraph.length, target))
            paragraph.add(_folded(child.tail))

    def _table(self, table: Element, outer: Cell | None) -> Iterator[Piece]:
        rows = list(_rows(table, False))
        cells = [[one for one in row if local(one) in {"table-cell", "covered-table-cell"}] for row, _ in rows]
        count = sum(map(len, cells))
        length = sum(len("".join(cell.itertext())) for row in cells for cell in row)
        if not any(heading for _, heading in rows) and (count <= len(rows) or length > _LONG_CELL * count):
            # It only arranges the text.
            for cell in (cell for row in cells for cell in row):
                yield from self.blocks(cell, outer)
            return
        self.tables += 1
        this = self.tables
        for number, ((_, heading), row) in enumerate(zip(rows, cells, strict=True)):
            for column, cell in enumerate(row):
                yield from self.blocks(cell, Cell(this, number, column, 1, heading))


def _rows(table: Element, heading: bool) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, each with whether it is one of column heads."""
    for child in table:
        name = local(child)
        if name == "table-row":
            yield child, heading
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(child, heading or name == "table-header-rows")


def _folded(text: str | None) -> str:
    """Text as ODF means it: white space of the file is one space (ODF 1.3 part 3, 6.1.2)."""
    return " ".join(f"x{text}x".split())[1:-1] if text else ""

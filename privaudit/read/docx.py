"""Word files (ECMA-376, WordprocessingML): what a reader of the document sees, in its order.

Read: paragraphs, headings, lists, tables, text boxes, footnotes and endnotes (after the paragraph that refers to them),
headers and footers (once, at the end). Left out, as no reader sees them: deletions that are tracked, hidden text,
comments, the codes of fields. Walked with the standard library's XML: python-docx knows no notes and text boxes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from privaudit.document import BlockKind, Problem
from privaudit.errors import InputError
from privaudit.read.docx_styles import Look, Styles, flag, local, number, value
from privaudit.read.docx_tree import DELETED, WRAPPERS, boxes, child_of, chosen, is_gone, only_arranges, unwrapped
from privaudit.read.package import Package
from privaudit.read.pieces import Cell, Piece, assembled
from privaudit.read.structure import Assembler
from privaudit.read.text import title_like
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_PICTURES = frozenset({"drawing", "pict", "object"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_DEEPEST_HEADING = 9


def read_docx(data: bytes) -> Assembler:
    """The text of a Word file as blocks; raises `InputError` where there is none."""
    package = Package(data)
    reader = _Reader(package)
    assembler = assembled(list(reader.pieces()))
    assembler.problems += reader.problems
    return assembler


class _Relations:
    """What a part refers to: name of part or address by id, and names by the last word of their type."""

    def __init__(self, package: Package, part: str) -> None:
        folder, name = posixpath.split(part)
        root = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        self.targets: dict[str, str] = {}
        self.parts: dict[str, list[str]] = {}
        for one in root if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                self.parts.setdefault(one.get("Type", "").rsplit("/", 1)[-1], []).append(target)
            else:
                self.targets[one.get("Id", "")] = target


class _Paragraph:
    """The text of a paragraph while it is put together, with its links and what hangs on it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.links: list[tuple[int, int, str]] = []
        # Notes and text boxes, each with the relations of the part that it stands in.
        self.after: list[tuple[Element, _Relations]] = []
        self.letters = self.bold = 0
        # Fields that are open: number of parts, length where their code began, and the address that it names.
        self.fields: list[tuple[int, int, list[str]]] = []

    def add(self, text: str, *, bold: bool = False) -> None:
        self.parts.append(text)
        self.length += len(text)
        letters = sum(map(str.isalnum, text))
        self.letters += letters
        self.bold += letters if bold else 0

    def back_to(self, parts: int, length: int) -> None:
        """Takes back what was added since, the results of fields within the code of another."""
        del self.parts[parts:]
        self.length = length
        self.links = [link for link in self.links if link[1] <= length]


class _Reader:
    def __init__(self, package: Package) -> None:
        self.problems: list[Problem] = []
        main = (_Relations(package, "").parts.get("officeDocument") or ["word/document.xml"])[0]
        root = package.part(main)
        body = next((one for one in root if local(one) == "body"), None) if root is not None else None
        if body is None:
            raise InputError("the file holds no Word document")
        self.body = body
        self.package = package
        self.relations = self.own = _Relations(package, main)
        self.styles = Styles(self._first("styles"), self._first("numbering"))
        self.notes: dict[tuple[str, str], tuple[Element, _Relations]] = {}
        for kind in ("footnotes", "endnotes"):
            part = self._first(kind)
            if part is None:
                continue
            relations = _Relations(package, self.own.parts[kind][0])
            for note in part:
                if value(note, "type") not in _SEPARATORS:
                    self.notes[kind[:-1], value(note, "id")] = (note, relations)
        # A paragraph whose end is deleted, with how it looks.
        self.waiting: tuple[_Paragraph, Look] | None = None
        self.heading = 0
        self.tables = 0

    def _first(self, kind: str) -> Element | None:
        names = self.own.parts.get(kind)
        return self.package.part(names[0]) if names else None

    def pieces(self) -> Iterator[Piece]:
        """All pieces of the document."""
        yield from self._blocks(self.body, None)
        seen = set()
        for name in (*sorted(self.own.parts.get("header", ())), *sorted(self.own.parts.get("footer", ()))):
            root = self.package.part(name)
            if root is None:
                continue
            self.relations = _Relations(self.package, name)
            for piece in self._blocks(root, None):
                # The number of a page is no text.
                if piece.text not in seen and any(map(str.isalpha, piece.text)):
                    seen.add(piece.text)
                    yield piece
        for name in sorted(self.own.parts.get("diagramData", ())):
            root = self.package.part(name)
            for one in root.iter() if root is not None else ():
                text = (
                    "".join(part.text or "" for part in one.iter() if local(part) == "t") if local(one) == "p" else ""
                )
                if text.strip():
                    yield Piece(BlockKind.PARAGRAPH, text)

    # -- blocks

    def _blocks(self, parent: Element, cell: Cell | None) -> Iterator[Piece]:
        for child in unwrapped(parent):
            name = local(child)
            if name == "p":
                yield from self._paragraph(child, cell)
                continue
            yield from self._rest(cell)
            if name == "tbl":
                yield from self._table(child, cell)
            elif name in {"altChunk", "subDoc"}:
                self._unread("a document that is embedded in the file")
        yield from self._rest(cell)

    def _rest(self, cell: Cell | None) -> Iterator[Piece]:
        """A paragraph that waits for another to go on with it where none follows."""
        if self.waiting:
            paragraph, look = self.waiting
            self.waiting = None
            yield from self._finished(paragraph, look, cell)

    def _unread(self, what: str) -> None:
        problem = Problem("part-not-read", f"{what} was not read")
        if problem not in self.problems:
            self.problems.append(problem)

    def _paragraph(self, element: Element, cell: Cell | None) -> Iterator[Piece]:
        properties = child_of(element, "pPr")
        look = self.styles.look(properties)
        paragraph = self.waiting[0] if self.waiting else _Paragraph()
        self.waiting = None
        self._inline(element, paragraph, look)
        paragraph.fields.clear()
        mark = child_of(properties, "rPr")
        if child_of(mark, "del") is not None:
            # The end of the paragraph is deleted: the next one goes on with it.
            self.waiting = (paragraph, look)
            return
        yield from self._finished(paragraph, look, cell)

    def _finished(self, paragraph: _Paragraph, look: Look, cell: Cell | None) -> Iterator[Piece]:
        text = "".join(paragraph.parts)
        if text.strip():
            yield self._piece(text, paragraph, look, cell)
        here = self.relations
        for more, self.relations in paragraph.after:
            yield from self._blocks(more, cell)
        self.relations = here

    def _piece(self, text: str, paragraph: _Paragraph, look: Look, cell: Cell | None) -> Piece:
        links = tuple(sorted(paragraph.links))
        all_bold = 0 < paragraph.letters == paragraph.bold
        if cell is None and look.heading:
            self.heading = look.heading
            return Piece(BlockKind.HEADING, text, look.heading, links)
        if cell is None and all_bold and not look.bullet and "\n" not in text.strip() and title_like(text.strip()):
            return Piece(BlockKind.HEADING, text, min(self.heading + 1, _DEEPEST_HEADING), links)
        if look.depth:
            return Piece(BlockKind.LIST_ITEM, text, look.depth, links, cell)
        return Piece(BlockKind.PARAGRAPH, text, 0, links, cell)

    # -- text

    def _inline(self, parent: Element, paragraph: _Paragraph, look: Look) -> None:
        for child in parent:
            name = local(child)
            if name in DELETED:
                continue
            if name == "r":
                self._run(child, paragraph, look)
            elif name == "hyperlink":
                start = paragraph.length
                self._inline(child, paragraph, look)
                target = self.relations.targets.get(value(child, "id"))
                if target and paragraph.length > start:
                    paragraph.links.append((start, paragraph.length, target))
            elif name == "AlternateContent":
                for taken in chosen(child):
                    self._inline(taken, paragraph, look)
            elif name in {"oMath", "oMathPara"}:
                paragraph.add("".join(one.text or "" for one in child.iter() if local(one) == "t"))
            elif name == "subDoc":
                self._unread("a document that is embedded in the file")
            elif name in WRAPPERS:
                self._inline(child, paragraph, look)

    def _run(self, run: Element, paragraph: _Paragraph, look: Look) -> None:
        properties = child_of(run, "rPr")
        hidden, bold = self.styles.run(properties, look)
        for child in run:
            name = local(child)
            if name == "fldChar":
                _field(value(child, "fldCharType"), paragraph)
            elif name == "instrText":
                if paragraph.fields:
                    paragraph.fields[-1][2].append(child.text or "")
            elif hidden:
                continue
            elif name == "t":
                paragraph.add(child.text or "", bold=bold)
            elif name in _TEXT:
                paragraph.add(_TEXT[name])
            elif name == "sym":
                paragraph.add(_symbol(value(child, "char")))
            elif name in _NOTES:
                note = self.notes.pop((_NOTES[name], value(child, "id")), None)
                if note is not None:
                    paragraph.after.append(note)
            elif name in _PICTURES:
                paragraph.after += [(box, self.relations) for box in boxes(child)]
            elif name == "AlternateContent":
                for taken in chosen(child):
                    paragraph.after += [(box, self.relations) for box in boxes(taken)]
            elif name == "ruby":
                self._inline(child, paragraph, look)

    # -- tables

    def _table(self, table: Element, outer: Cell | None) -> Iterator[Piece]:
        rows = [row for row in unwrapped(table) if local(row) == "tr" and not is_gone(row)]
        cells = [[cell for cell in unwrapped(row) if local(cell) == "tc" and not is_gone(cell)] for row in rows]
        headings = [flag(child_of(child_of(row, "trPr"), "tblHeader")) for row in rows]
        if not any(headings) and len(rows) > 1:
            headings[0] = self.styles.heads(child_of(table, "tblPr")) or (
                self._is_bold(cells[0]) and not self._is_bold(cells[1])
            )
        if not any(headings) and only_arranges(cells):
            for cell in (cell for row in cells for cell in row):
                yield from self._blocks(cell, outer)
            return
        self.tables += 1
        this = self.tables
        for row_number, row in enumerate(cells):
            column = number(child_of(child_of(rows[row_number], "trPr"), "gridBefore"), 0)
            for cell in row:
                width = min(number(child_of(child_of(cell, "tcPr"), "gridSpan"), 1), 100)
                yield from self._blocks(cell, Cell(this, row_number, column, width, headings[row_number]))
                column += width

    def _is_bold(self, cells: list[Element]) -> bool:
        """Whether all text of a row is bold."""
        paragraph = _Paragraph()
        for cell in cells:
            for one in cell:
                if local(one) == "p":
                    for run in (part for part in one if local(part) == "r"):
                        _, bold = self.styles.run(child_of(run, "rPr"), self.styles.look(child_of(one, "pPr")))
                        paragraph.add("".join(text.text or "" for text in run if local(text) == "t"), bold=bold)
        return 0 < paragraph.letters == paragraph.bold


def _field(kind: str, paragraph: _Paragraph) -> None:
    if kind == "begin":
        paragraph.fields.append((len(paragraph.parts), paragraph.length, []))
    elif kind in {"separate", "end"} and paragraph.fields:
        parts, length, code = paragraph.fields[-1]
        told = "".join(code)
        if kind == "separate":
            paragraph.back_to(parts, length)
            # From now on this is the result of the field.
            paragraph.fields[-1] = (-1, length, code)
            return
        paragraph.fields.pop()
        if parts >= 0:
            paragraph.back_to(parts, length)
        elif (found := _HYPERLINK.match(told)) and paragraph.length > length:
            paragraph.links.append((length, paragraph.length, found[1]))


def _symbol(code: str) -> str:
    """The character of a symbol font; no half of one, and no control character."""
    char = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "\0"
    return char if char.isprintable() or "\ue000" <= char <= "\uf8ff" else "\ufffd"

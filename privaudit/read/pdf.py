"""PDF: the text of each page with its place on it, as PDFium extracts it, and what has no text.

Runs in a process of its own (`privaudit.read.apart`): PDFium is fuzzed, but no parser of PDF is safe for sure.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from privaudit.document import Problem
from privaudit.errors import InputError
from privaudit.read.layout import arranged
from privaudit.read.limits import MOST_CHARACTERS, Limits
from privaudit.read.page import Page, PageLine
from privaudit.read.structure import Assembler
from privaudit.read.text import read_laid_out

# Something of the library's, or what it fills in.
_Handle: TypeAlias = Any
# A page with fewer letters whose pictures cover most of it is scanned, with a stamp or a page number on it.
_STAMP = 100
_SCANNED = 0.8
_MOST_OBJECTS = 2_000
_LONGEST_ADDRESS = 4_096
# Text in which more than this share of the characters is none is garbled.
_GARBLED = 0.1
_LEAST_TO_TELL = 20
_EVERY = 4
# What PDFium gives for a hyphen at which a word breaks over two lines.
_BROKEN_AT = "\x02"
# Bold from this weight on (CSS, OpenType).
_BOLD = 600
# Gaps between words so many times the size of the letters may part columns.
_GAP = 1.2
# The mark at the end of a PDF, behind which only white space is left out of account.
_END = b"%%EOF"
_END_REACH = 1024


def read_pdf(data: bytes, limits: Limits) -> Assembler:
    """The text of a PDF as blocks; raises `InputError` where there is none."""
    file = _File(data)
    pages = list(file.pages(limits))
    problems = list(file.problems(data, limits))
    if not any(page.lines for page in pages):
        if len(file.unread) == file.count:
            raise InputError("no page has a text layer; run text recognition (OCR) over the file first")
        raise InputError("; ".join(problem.message for problem in problems) or "the file holds no readable text")
    layout = arranged(pages)
    assembler = Assembler(layout.text)
    assembler.pages = layout.pages
    assembler.problems += problems
    read_laid_out(assembler, layout.lines)
    return assembler


class _Link(NamedTuple):
    left: float
    right: float
    bottom: float
    top: float
    target: str


class _File:
    """An open PDF, and what came up while its pages were read. Never closed: its process ends with it."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2.raw as pdfium

        self.api: Any = pdfium
        self._data = data
        self.file = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        self.count = pdfium.FPDF_GetPageCount(self.file) if self.file else 0
        self.unread: list[int] = []
        self.broken: list[int] = []
        self.garbled: list[int] = []
        self.left_out = 0
        if self.count > 0:
            return
        error = pdfium.FPDF_GetLastError()
        if not self.file and error == pdfium.FPDF_ERR_PASSWORD:
            raise InputError("the PDF is encrypted with a password; save it without one")
        if not self.file and error == pdfium.FPDF_ERR_SECURITY:
            raise InputError("the PDF is encrypted in a way that is not known; save it without encryption")
        raise InputError("the PDF has no pages" if self.file else "the PDF is damaged or cut short")

    def pages(self, limits: Limits) -> Iterator[Page]:
        """The pages in order, those that cannot be read left out."""
        left = MOST_CHARACTERS
        for index in range(self.count):
            if index >= limits.pages or left <= 0:
                self.left_out = self.count - index
                return
            page = self.api.FPDF_LoadPage(self.file, index)
            if not page:
                self.broken.append(index + 1)
                continue
            found = self._page(page, index + 1)
            self.api.FPDF_ClosePage(page)
            left -= sum(len(line.text) for line in found.lines)
            yield found

    def _page(self, page: _Handle, number: int) -> Page:
        height = self.api.FPDF_GetPageHeightF(page)
        text = self.api.FPDFText_LoadPage(page)
        lines = list(self._lines(text, list(self._links(page)))) if text else []
        if text:
            self.api.FPDFText_ClosePage(text)
        letters = sum(char.isalnum() for line in lines for char in line.text)
        if letters < _STAMP and self._is_picture(page, height, empty=not letters):
            self.unread.append(number)
        marks = sum(len("".join(line.text.split())) for line in lines)
        wrong = sum(line.wrong for line in lines)
        if marks >= _LEAST_TO_TELL and wrong > _GARBLED * marks:
            self.garbled.append(number)
        return Page(number, height, tuple(lines))

    def _is_picture(self, page: _Handle, height: float, *, empty: bool) -> bool:
        """Whether a page shows what is no text: anything at all if it is `empty`, else pictures over most of it."""
        api = self.api
        objects = min(api.FPDFPage_CountObjects(page), _MOST_OBJECTS)
        if empty:
            return bool(objects)
        covered = 0.0
        for index in range(objects):
            one = api.FPDFPage_GetObject(page, index)
            if not self._shows_picture(one):
                continue
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            if api.FPDFPageObj_GetBounds(one, left, bottom, right, top):
                covered += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
        width: float = api.FPDF_GetPageWidthF(page)
        return covered > _SCANNED * height * width

    def _shows_picture(self, one: _Handle) -> bool:
        """Whether an object of a page is a picture, or a form with one in it."""
        api = self.api
        kind = api.FPDFPageObj_GetType(one)
        if kind != api.FPDF_PAGEOBJ_FORM:
            return bool(kind == api.FPDF_PAGEOBJ_IMAGE)
        inside = range(min(api.FPDFFormObj_CountObjects(one), _MOST_OBJECTS))
        return any(
            api.FPDFPageObj_GetType(api.FPDFFormObj_GetObject(one, index)) == api.FPDF_PAGEOBJ_IMAGE for index in inside
        )

    def _links(self, page: _Handle) -> Iterator[_Link]:
        """The links of a page that lead to an address."""
        api = self.api
        position, link = ctypes.c_int(0), api.FPDF_LINK()
        for _ in range(_MOST_OBJECTS):
            if not api.FPDFLink_Enumerate(page, position, link):
                return
            action = api.FPDFLink_GetAction(link)
            box = api.FS_RECTF()
            if not action or api.FPDFAction_GetType(action) != api.PDFACTION_URI:
                continue
            if not api.FPDFLink_GetAnnotRect(link, box):
                continue
            length = min(api.FPDFAction_GetURIPath(self.file, action, None, 0), _LONGEST_ADDRESS)
            address = ctypes.create_string_buffer(max(1, length))
            api.FPDFAction_GetURIPath(self.file, action, address, length)
            target = address.value.decode("utf-8", "replace")
            yield _Link(box.left, box.right, min(box.bottom, box.top), max(box.bottom, box.top), target)

    def _linked(
        self, text: _Handle, chars: Sequence[tuple[int, str]], base: float, links: Sequence[_Link]
    ) -> Iterator[tuple[int, int, str]]:
        """The links in a line: start, end and target of each."""
        here = [link for link in links if link.bottom - 1 <= base < link.top]
        if not here:
            return
        middles = [(box.left + box.right) / 2 for box in (self._box(text, index) for index, _ in chars)]
        found = []
        for link in here:
            inside = [place for place, middle in enumerate(middles) if link.left <= middle <= link.right]
            if inside:
                found.append((inside[0], inside[-1] + 1, link.target))
        yield from sorted(found)

    def _lines(self, text: _Handle, links: Sequence[_Link]) -> Iterator[PageLine]:
        """The lines of a page in the order in which the file draws them."""
        collected: list[tuple[int, str]] = []
        code_of = self.api.FPDFText_GetUnicode
        for index in range(max(0, self.api.FPDFText_CountChars(text))):
            char = _char(code_of(text, index))
            if char in "\r\n":
                yield from self._line(text, collected, links)
                collected = []
            elif char == _BROKEN_AT:
                yield from self._line(text, [*collected, (index, "-")], links)
                collected = []
            else:
                collected.append((index, char))
        yield from self._line(text, collected, links)

    def _line(self, text: _Handle, chars: Sequence[tuple[int, str]], links: Sequence[_Link]) -> Iterator[PageLine]:
        first, last = 0, len(chars)
        while first < last and chars[first][1].isspace():
            first += 1
        while first < last and chars[last - 1][1].isspace():
            last -= 1
        if first == last:
            return
        chars = chars[first:last]
        begin = chars[0][0]
        size, base = self._size(text, begin), self._base(text, begin)
        angle = self.api.FPDFText_GetCharAngle(text, begin)
        whole = "".join(char for _, char in chars)
        yield PageLine(
            # Characters beyond the first 65,536 come in two halves where the system has them so.
            text=whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
            left=self._box(text, begin).left,
            right=self._box(text, chars[-1][0]).right,
            base=base,
            size=size,
            bold=all(self._is_bold(text, index) for index, _ in (chars[0], chars[len(chars) // 2], chars[-1])),
            turned=round(angle * 4) if angle > 0 else 0,
            gaps=tuple(self._gaps(text, chars, _GAP * size)),
            links=tuple(self._linked(text, chars, base, links)),
            wrong=self._wrong(text, chars),
        )

    def _size(self, text: _Handle, index: int) -> float:
        """The size of a letter in points, however the file has come to it."""
        matrix = self.api.FS_MATRIX()
        self.api.FPDFText_GetMatrix(text, index, matrix)
        size: float = self.api.FPDFText_GetFontSize(text, index)
        return max(1.0, size * math.hypot(matrix.b, matrix.d))

    def _base(self, text: _Handle, index: int) -> float:
        """The height of the line that a letter stands on, in points from the foot of the page."""
        right, up = ctypes.c_double(), ctypes.c_double()
        self.api.FPDFText_GetCharOrigin(text, index, right, up)
        return up.value

    def _box(self, text: _Handle, index: int) -> _Handle:
        """The place of a character, as high as its font; all zero where the library does not know."""
        box = self.api.FS_RECTF()
        self.api.FPDFText_GetLooseCharBox(text, index, box)
        return box

    def _gaps(
        self, text: _Handle, chars: Sequence[tuple[int, str]], least: float
    ) -> Iterator[tuple[int, float, float]]:
        """The wide gaps of a line: the number of characters before each, its left and its right."""
        for place in range(1, len(chars) - 1):
            if chars[place][1] != " ":
                continue
            left = self._box(text, chars[place - 1][0]).right
            right = self._box(text, chars[place + 1][0]).left
            if right - left > least:
                yield place, left, right

    def _is_bold(self, text: _Handle, index: int) -> bool:
        if self.api.FPDFText_GetFontWeight(text, index) >= _BOLD:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        self.api.FPDFText_GetFontInfo(text, index, name, len(name), flags)
        return any(sign in name.value.lower() for sign in (b"bold", b"black", b"heavy"))

    def _wrong(self, text: _Handle, chars: Sequence[tuple[int, str]]) -> int:
        """How many characters stand for no letter that is known; a picture of a bullet may begin a line."""
        marked = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for _, char in chars[1:])
        # Fonts are right or wrong for whole words, so that every few characters tell enough.
        asked = chars[1::_EVERY]
        unknown: int = sum(self.api.FPDFText_HasUnicodeMapError(text, index) == 1 for index, _ in asked)
        return max(marked, min(unknown * _EVERY, len(chars) - 1))

    def problems(self, data: bytes, limits: Limits) -> Iterator[Problem]:
        """What of the file was not read."""
        if self.unread:
            yield Problem("pages-without-text", f"{_told(self.unread, self.count, 'has', 'have')} no text layer")
        if self.broken:
            yield Problem("part-not-read", f"{_told(self.broken, self.count, 'is', 'are')} damaged")
        if self.left_out:
            read = self.count - self.left_out
            bound = "--max-pages" if read >= limits.pages else f"more than {MOST_CHARACTERS:,} characters"
            yield Problem("pages-left-out", f"only the first {read:,} of {self.count:,} pages were read ({bound})")
        if self.garbled:
            told = _told(self.garbled, self.count, "is", "are")
            yield Problem("text-garbled", f"{told} garbled: the fonts do not tell which letters they show")
        if _END not in data.rstrip(b"\0\t\n\f\r ")[-_END_REACH:]:
            yield Problem("cut-short", "the file seems cut short: the mark at its end is missing")
        if self.api.FPDF_GetFormType(self.file) == self.api.FORMTYPE_XFA_FULL:
            yield Problem("part-not-read", "the file holds an XFA form, whose text is not read")


def _char(code: int) -> str:
    """A character as it can stand in a text; controls and what is no character become U+FFFD."""
    if 0x20 <= code < 0x7F or code in {0x0A, 0x0D, 0x02}:
        return chr(code)
    if code in {0x09, 0x0B, 0x0C, 0x85, 0x2028, 0x2029}:
        return " "
    if code < 0x20 or 0x7F <= code < 0xA0 or code in {0xFFFE, 0xFFFF} or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _told(pages: Sequence[int], count: int, one: str, several: str) -> str:
    """`pages 3, 7-9 of 12 have`."""
    parts: list[str] = []
    first = last = pages[0]
    for page in (*pages[1:], 0):
        if page == last + 1:
            last = page
            continue
        parts.append(f"{first}-{last}" if last > first else str(first))
        first = last = page
    noun, verb = ("pages", several) if len(pages) > 1 else ("page", one)
    return f"{noun} {', '.join(parts)} of {count:,} {verb}"

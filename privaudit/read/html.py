"""HTML: the blocks of a page, walked along its tags without recursion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privaudit.document import BlockKind, Problem, Span
from privaudit.errors import InputError
from privaudit.read.attributes import attributes_of, hides, stands_alone
from privaudit.read.bytemap import ByteMap
from privaudit.read.element_names import APART, BREAKING_OUT, FOREIGN, HEADINGS, PHRASING, SILENT, VOID
from privaudit.read.elements import Element, OpenList, OpenTable
from privaudit.read.structure import Assembler
from privaudit.read.tags import Event, scan

_CONTAINERS = frozenset(
    {"article", "aside", "center", "details", "div", "footer", "header", "main", "nav", "section", "template"}
)
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
_CODE = r"\s*([A-Za-z]{2})(?![A-Za-z])"
_CELL = rb"(?i)<t([dh])\b"
_ROW_END = rb"(?i)</?(?:tr|tbody|tfoot|table)\b"
_LONG_CELL = 200
# Words that may be lost before a page that did not parse is called broken.
_TOLERANCE = 0.01
_MOST_LEAD_INS = 20
_MOST_TABLES = 20
# What may stand in a head; anything else begins the body.
_IN_HEAD = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template", "head"})


def read_html(assembler: Assembler) -> str | None:
    """Reads a page into blocks and gives its declared language; raises `InputError` where it shows no text."""
    data = assembler.source.encode("utf-8", "surrogatepass")
    walker = HtmlWalker(assembler, data)
    walker.run()
    assembler.close()
    from privaudit.read.shell import empty_page

    told = empty_page(data, assembler.blocks, assembler.shadow.since(0))
    if told:
        raise InputError(told)
    return walker.language


class HtmlWalker:
    """Walks HTML that begins at code point `base` of the source, also as a part of a Markdown file."""

    def __init__(self, assembler: Assembler, data: bytes, base: int = 0, inside: Sequence[Element] = ()) -> None:
        """Takes the bytes to read, the code point at which they begin, and the elements that are open around them."""
        self.out = assembler
        self.data = data
        self.places = ByteMap(data, base)
        self.language: str | None = None
        self.stack: list[Element] = list(inside)
        self.lists: list[OpenList] = []
        self.tables: list[OpenTable] = []
        self.link: Element | None = None
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.term: int | None = None
        self.breaks = 0
        # Whether the last text was passed over, in an element that is open still.
        self.unseen = False

    def run(self) -> None:
        """Reads everything; notes a problem where the page is broken or nested too deeply."""
        markup = scan(self.data, self.out.deepest)
        if markup.deep:
            self.out.problems.append(
                Problem("html-depth", f"tags are nested deeper than {self.out.deepest} (--max-depth)")
            )
        before = self.out.shadow.mark()
        for event in markup.events:
            if event.kind == "text":
                self._text(event.start, event.end)
            elif event.kind == "open" or (event.name == "br" and event.end > event.start):
                # By the standard, </br> is <br>; the end of <br> itself is written nowhere.
                self._open(event)
            else:
                self._close(event.name, event)
        self._end_block()
        left_open = self.stack[-1].name if self.unseen and self.stack and self.stack[-1].silent else _raw(self.data)
        if left_open:
            told = f"<{left_open}> is never closed, and the text in it was not read"
            self.out.problems.append(Problem("html-broken", f"the HTML is broken: {told}"))
        if markup.broken:
            self._compare(before)

    def left_open(self) -> list[Element]:
        """The containers that are still open where the data ends."""
        return [element for element in self.stack if element.name in _CONTAINERS]

    # -- text

    def _text(self, start: int, end: int) -> None:
        if self.stack and self.stack[-1].silent:
            self.unseen = self.unseen or not self.data[start:end].isspace()
            return
        self.unseen = False
        first, last = self.places.at(start), self.places.at(end)
        if not self.out.source[first:last].strip():
            if self.out.is_open:
                self.out.shadow.space(first, last)
            return
        self.breaks = 0
        hidden = bool(self.stack) and self.stack[-1].hidden
        if not self.out.is_open:
            self._begin(hidden)
        elif self.out.is_hidden is not hidden:
            group = self.out.open_group()
            self._end_block()
            self._begin(hidden, group)
        self.out.shadow.text(first, last, entities=True)

    def _begin(self, hidden: bool, group: int | None = None) -> None:
        table = self.tables[-1] if self.tables else None
        if self.kind is BlockKind.LIST_ITEM and self.lists:
            current = self.lists[-1]
            header = table.headers.get(table.column) if table and not table.heading_row else None
            self.out.open(BlockKind.LIST_ITEM, current.depth, current.group, current.lead_ins, hidden, header)
        elif self.kind is BlockKind.LIST_ITEM:
            lead_ins = (self.term,) if self.term is not None else ()
            self.out.open(BlockKind.LIST_ITEM, 1, group, lead_ins, hidden)
        elif self.kind is BlockKind.TABLE_CELL and table and not table.flow:
            header = None if table.heading_row else table.headers.get(table.column)
            self.out.open(BlockKind.TABLE_CELL, 0, table.group, (), hidden, header)
        elif self.kind is BlockKind.HEADING:
            self.out.open(BlockKind.HEADING, self.level, group, hidden=hidden)
        else:
            self.out.open(BlockKind.PARAGRAPH, group=group, hidden=hidden)

    def _end_block(self) -> None:
        self._end_link()
        index = self.out.close()
        if index is None:
            return
        if self.kind is BlockKind.LIST_ITEM and self.lists and self.lists[-1].item is None:
            self.lists[-1].item = index
        if self.kind is BlockKind.TABLE_CELL and self.tables and not self.tables[-1].flow:
            table = self.tables[-1]
            if table.heading_row:
                table.headers.update(dict.fromkeys(range(table.column, table.column + table.width), index))

    def _end_link(self) -> None:
        """Gives the open block its share of the link that is open around it, if the link has text in it."""
        element = self.link
        if element and element.href and self.out.is_open and element.link_start < self.out.shadow.length:
            self.out.link(element.href, max(element.link_start, 0), element.href_span)

    # -- tags

    def _open(self, event: Event) -> None:
        name = event.name
        plain = name in _PLAIN_TAGS and event.end - event.start <= len(name) + 2
        attributes = {} if plain else attributes_of(self.data[event.start + 1 + len(name) : event.end])
        if self.stack and self.stack[-1].silent:
            self._break_out(event)
        parent = self.stack[-1] if self.stack else None
        if parent and parent.silent:
            # Nothing of it is shown, so that it neither parts nor arranges what stands around.
            if name not in VOID and not event.alone:
                self.stack.append(Element(name, True, parent.hidden, self.kind, self.level, inner=True))
            return
        if name == "html" and "lang" in attributes and self.language is None:
            declared = re.match(_CODE, attributes["lang"])
            self.language = declared[1].lower() if declared else None
        if name == "br":
            self._break(event)
            return
        apart = False
        if name not in PHRASING:
            self._end_block()
        elif apart := name in APART or stands_alone(attributes):
            self._part(event)
        if name in VOID or event.alone:
            return
        hidden = bool(parent and parent.hidden) or hides(name, attributes)
        element = Element(name, name in SILENT, hidden, self.kind, self.level)
        element.apart = apart
        if name == "a":
            # Links do not nest; the next one ends one that was left open.
            self._end_link()
            if self.link:
                self.link.href = ""
            self.link = element
        self.stack.append(element)
        if name == "a" and attributes.get("href"):
            import html

            element.href = html.unescape(attributes["href"]).strip()
            element.href_span = self._value_span(event, attributes["href"])
            element.link_start = self.out.shadow.position if self.out.is_open else -1
        self._enter(name, attributes, event)

    def _break_out(self, event: Event) -> None:
        """Ends what shows no text where a tag stands in it that ends it in a browser."""
        name = event.name
        top = next(element for element in self.stack if element.silent)
        ended = name in BREAKING_OUT if top.name in FOREIGN else top.name == "head" and name not in _IN_HEAD
        if ended and not any(element.name == "foreignobject" for element in self.stack):
            if top.name == "head" and self.stack[-1] is not top:
                return
            # There may be others of its name within.
            while any(element is top for element in self.stack):
                self._close(top.name, event)

    def _enter(self, name: str, attributes: dict[str, str], event: Event) -> None:
        if name in _LISTS:
            outer = self.lists[-1] if self.lists else None
            if outer is None:
                # A list in a table cell is read together with its row.
                group = self.tables[-1].group if self.kind is BlockKind.TABLE_CELL else self.out.new_group()
                self.lists.append(OpenList(group, self.out.introduction(), 1))
            else:
                inside = (*outer.lead_ins, outer.item) if outer.item is not None else outer.lead_ins
                # Each item keeps them all, so that they must not grow with the depth.
                inside = inside[-_MOST_LEAD_INS:]
                self.lists.append(OpenList(outer.group, inside, outer.depth + 1))
        elif name == "li":
            if self.lists:
                self.lists[-1].item = None
            self.kind = BlockKind.LIST_ITEM if self.lists else BlockKind.PARAGRAPH
        elif name == "dl":
            self.term = None
        elif name == "dt":
            self.kind = BlockKind.PARAGRAPH
        elif name == "dd":
            introduced = self.out.introduction()
            self.term = introduced[0] if introduced else self.term
            self.kind = BlockKind.LIST_ITEM
        elif name == "table":
            # Looking ahead from each of many tables within each other would take quadratic time.
            nested = len(self.tables) >= _MOST_TABLES
            self.tables.append(OpenTable(nested or _is_layout(self.data, event.end)))
        elif name == "tr" and self.tables:
            self.tables[-1].next_row(self.out.new_group(), _is_heading_row(self.data, event.end))
        elif name in _CELLS and self.tables:
            table = self.tables[-1]
            table.next_cell(_count(attributes.get("colspan")), _count(attributes.get("rowspan")))
            self.kind = BlockKind.PARAGRAPH if table.flow else BlockKind.TABLE_CELL
        elif name in HEADINGS or attributes.get("role") == "heading":
            self.kind = BlockKind.HEADING
            named = attributes.get("aria-level", "")
            self.level = HEADINGS.get(name) or (int(named) if named.isdigit() else 2)

    def _close(self, name: str, event: Event) -> None:
        at = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].name == name), None)
        if at is None:
            if name == "p":
                # By the standard, an end tag without its beginning stands for an empty paragraph.
                self._end_block()
            return
        for element in reversed(self.stack[at:]):
            self._leave(element)
            if element.apart:
                self._part(event)
        del self.stack[at:]

    def _leave(self, element: Element) -> None:
        name = element.name
        if element.href and self.out.is_open:
            self.out.link(element.href, max(element.link_start, 0), element.href_span)
            element.href = ""
        if element is self.link:
            self.link = None
        if name in PHRASING or element.inner:
            return
        self._end_block()
        if name in _LISTS and self.lists:
            self.lists.pop()
        elif name == "table" and self.tables:
            self.tables.pop()
        self.kind, self.level = element.kind, element.level

    def _break(self, event: Event) -> None:
        if not self.out.is_open:
            return
        self.breaks += 1
        if self.breaks >= 2 and self.kind is BlockKind.PARAGRAPH:
            self._end_block()
            self.breaks = 0
        else:
            self._part(event)

    def _part(self, event: Event) -> None:
        """Parts the words on both sides of a tag."""
        if self.out.is_open:
            self.out.shadow.space(self.places.at(event.start), self.places.at(event.end))

    def _value_span(self, event: Event, value: str) -> Span:
        at = self.data.find(value.encode("utf-8", "surrogatepass"), event.start, event.end)
        if at < 0:
            return Span(self.places.at(event.start), self.places.at(event.end))
        return Span(self.places.at(at), self.places.at(at + len(value.encode("utf-8", "surrogatepass"))))

    def _compare(self, before: int) -> None:
        """Holds what was read against the words that the standard library finds on the page."""
        from privaudit.read.wordcount import count_words, words_of

        wanted = count_words(self.data)
        if wanted is None:
            self.out.problems.append(Problem("html-broken", "the HTML is broken: most of its tags are never closed"))
            return
        got = words_of(self.out.shadow.since(before))
        if wanted and abs(wanted - got) > max(3, _TOLERANCE * wanted):
            self.out.problems.append(
                Problem("html-broken", f"the HTML is broken: {got} of about {wanted} words could be read for sure")
            )


_PLAIN_TAGS = frozenset({"p", "li", "ul", "ol", "div", "span", "td", "tr", "b", "i", "strong", "em", "br"})


def _raw(data: bytes) -> str:
    """The script or style sheet that is never closed, with whatever follows in it; empty where there is none."""
    low = data.lower()
    raw = ("script", "style")
    return next((one for one in raw if low.rfind(f"<{one}".encode()) > low.rfind(f"</{one}".encode())), "")


def _is_layout(data: bytes, start: int) -> bool:
    """Whether a table only arranges text: no header cells, and one column or long cells."""
    end = data.find(b"</table", start)
    inside = data[start : end if end >= 0 else len(data)].lower()
    if b"<th" in inside.replace(b"<thead", b""):
        return False
    rows, cells = inside.count(b"<tr"), inside.count(b"<td")
    if not rows or cells <= rows:
        return True
    text = re.sub(rb"<[^<>]*>", b"", inside)
    return len(text) > _LONG_CELL * cells


def _is_heading_row(data: bytes, start: int) -> bool:
    """Whether all cells of the row that begins here are header cells."""
    end = re.compile(_ROW_END).search(data, start)
    cells = re.compile(_CELL).findall(data, start, end.start() if end else len(data))
    return bool(cells) and all(cell in b"hH" for cell in cells)


def _count(value: str | None) -> int:
    return min(int(value), 100) if value and value.isascii() and value.isdigit() and len(value) < 5 else 1

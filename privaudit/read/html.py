"""HTML: a real parser says what is markup; everything else is text, so nothing gets lost.

The tree gives start tags, end tags and comments with their places. Whatever lies between them is text of the innermost
element, also where the parser met an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from privaudit.document import BlockKind, Problem, Span
from privaudit.read.bytemap import ByteMap
from privaudit.read.structure import Assembler

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "meter", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "button", "select", "svg", "math",
})  # fmt: skip
_SILENT = frozenset({
    "script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "noembed",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CELLS = frozenset({"td", "th"})
# A `<` that begins no markup; the parser would swallow what follows as attributes.
_STRAY = re.compile(rb"<(?![A-Za-z/!?])")
_TAG = re.compile(rb"<!--.*?(?:-->|$)|<!\[CDATA\[|<[A-Za-z!/?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>?", re.DOTALL)
_NAME = re.compile(rb"</?\s*([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE = re.compile(rb"([A-Za-z_:@][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
# Nesting costs the parser quadratic time; real pages stay far below.
_DEEPEST = 500
_LONG_CELL = 200
# Words that may be lost before a page that did not parse is called broken.
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class _Event:
    """A start tag, an end tag or text, by byte offsets."""

    kind: str
    start: int
    end: int
    name: str = ""
    alone: bool = False


@dataclass(slots=True)
class _Element:
    name: str
    silent: bool
    hidden: bool
    href: str = ""
    href_span: Span = field(default_factory=lambda: Span(0, 0))
    link_start: int = 0


@dataclass(slots=True)
class _List:
    group: int
    lead_ins: tuple[int, ...]
    depth: int
    item: int | None = None


@dataclass(slots=True)
class _Table:
    flow: bool
    headers: dict[int, int] = field(default_factory=dict)
    group: int = 0
    column: int = 0
    body: bool = False


def read_html(assembler: Assembler) -> str | None:
    """Reads a page into blocks and gives the language that it declares."""
    data = assembler.source.encode("utf-8", "surrogatepass")
    walker = HtmlWalker(assembler, data)
    walker.run()
    assembler.close()
    return walker.language


class HtmlWalker:
    """Walks HTML that begins at code point `base` of the source, also as a part of a Markdown file."""

    def __init__(self, assembler: Assembler, data: bytes, base: int = 0) -> None:
        self.out = assembler
        self.data = data
        self.places = ByteMap(data, base)
        self.language: str | None = None
        self.stack: list[_Element] = []
        self.lists: list[_List] = []
        self.tables: list[_Table] = []
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.term: int | None = None
        self.breaks = 0

    def run(self) -> None:
        """Reads everything; notes a problem where the page is broken or nested too deeply."""
        masked = _STRAY.sub(b" ", self.data)
        events: Iterator[_Event]
        if _depth(masked) > _DEEPEST:
            self.out.problems.append(Problem("html-depth", f"tags are nested deeper than {_DEEPEST}"))
            events = _tokens(masked)
            broken = False
        else:
            tree = _parse(masked)
            broken = tree.root_node.has_error
            events = _walk(tree, masked)
        before = len(self.out.blocks)
        for event in events:
            if event.kind == "text":
                self._text(event.start, event.end)
            elif event.kind == "open":
                self._open(event)
            else:
                self._close(event.name)
        self.out.close()
        if broken:
            self._compare(before)

    # -- text

    def _text(self, start: int, end: int) -> None:
        if self.stack and self.stack[-1].silent:
            return
        first, last = self.places.at(start), self.places.at(end)
        if not self.out.source[first:last].strip():
            if self.out.is_open:
                self.out.shadow.space(first, last)
            return
        self.breaks = 0
        if not self.out.is_open:
            self._begin()
        self.out.shadow.text(first, last, entities=True)

    def _begin(self) -> None:
        hidden = bool(self.stack) and self.stack[-1].hidden
        table = self.tables[-1] if self.tables else None
        if self.kind is BlockKind.LIST_ITEM and self.lists:
            current = self.lists[-1]
            self.out.open(BlockKind.LIST_ITEM, current.depth, current.group, current.lead_ins, hidden)
        elif self.kind is BlockKind.LIST_ITEM:
            lead_ins = (self.term,) if self.term is not None else ()
            self.out.open(BlockKind.LIST_ITEM, 1, None, lead_ins, hidden)
        elif self.kind is BlockKind.TABLE_CELL and table and not table.flow:
            header = table.headers.get(table.column)
            self.out.open(BlockKind.TABLE_CELL, 0, table.group, (), hidden, header)
        elif self.kind is BlockKind.HEADING:
            self.out.open(BlockKind.HEADING, self.level, hidden=hidden)
        else:
            self.out.open(BlockKind.PARAGRAPH, hidden=hidden)

    def _end_block(self) -> None:
        index = self.out.close()
        if index is None:
            return
        if self.kind is BlockKind.LIST_ITEM and self.lists and self.lists[-1].item is None:
            self.lists[-1].item = index
        if self.kind is BlockKind.TABLE_CELL and self.tables and not self.tables[-1].flow:
            table = self.tables[-1]
            if not table.body:
                table.headers.setdefault(table.column, index)

    # -- tags

    def _open(self, event: _Event) -> None:
        name = event.name
        attributes = (
            self._attributes(event) if name not in _PLAIN_TAGS or event.end - event.start > len(name) + 2 else {}
        )
        parent = self.stack[-1] if self.stack else None
        if name == "html" and "lang" in attributes:
            self.language = attributes["lang"].split("-")[0].strip().lower()[:2] or None
        if name == "br":
            self._break(event)
            return
        if name not in _INLINE:
            self._end_block()
        elif self.out.is_open and name in {"input", "img", "button", "select"}:
            self.out.shadow.space(self.places.at(event.start), self.places.at(event.end))
        if name in _VOID or event.alone:
            return
        hidden = bool(parent and parent.hidden) or _hides(attributes)
        element = _Element(name, bool(parent and parent.silent) or name in _SILENT, hidden)
        self.stack.append(element)
        if name == "a" and attributes.get("href"):
            element.href = attributes["href"]
            element.href_span = self._value_span(event, attributes["href"])
            element.link_start = self.out.shadow.position if self.out.is_open else -1
        self._enter(name, attributes, event)

    def _enter(self, name: str, attributes: dict[str, str], event: _Event) -> None:
        if name in _LISTS:
            outer = self.lists[-1] if self.lists else None
            if outer is None:
                self.lists.append(_List(self.out.new_group(), self.out.introduction(), 1))
            else:
                inside = (*outer.lead_ins, outer.item) if outer.item is not None else outer.lead_ins
                self.lists.append(_List(outer.group, inside, outer.depth + 1))
        elif name == "li":
            if self.lists:
                self.lists[-1].item = None
            self.kind = BlockKind.LIST_ITEM if self.lists else BlockKind.PARAGRAPH
        elif name == "dt":
            self.kind = BlockKind.PARAGRAPH
        elif name == "dd":
            introduced = self.out.introduction()
            self.term = introduced[0] if introduced else self.term
            self.kind = BlockKind.LIST_ITEM
        elif name == "table":
            self.tables.append(_Table(_is_layout(self.data, event.end)))
        elif name == "tr" and self.tables:
            table = self.tables[-1]
            table.group, table.column = self.out.new_group(), -1
            if table.headers:
                table.body = True
        elif name in _CELLS and self.tables:
            table = self.tables[-1]
            table.column += 1
            if name == "td":
                table.body = True
            self.kind = BlockKind.PARAGRAPH if table.flow else BlockKind.TABLE_CELL
        elif name in _HEADINGS or attributes.get("role") == "heading":
            self.kind = BlockKind.HEADING
            named = attributes.get("aria-level", "")
            self.level = _HEADINGS.get(name) or (int(named) if named.isdigit() else 2)

    def _close(self, name: str) -> None:
        at = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].name == name), None)
        if at is None:
            return
        for element in reversed(self.stack[at:]):
            self._leave(element)
        del self.stack[at:]

    def _leave(self, element: _Element) -> None:
        name = element.name
        if element.href and self.out.is_open:
            self.out.link(element.href, max(element.link_start, 0), element.href_span)
        if name in _INLINE:
            return
        self._end_block()
        if name in _LISTS and self.lists:
            self.lists.pop()
            self.kind = BlockKind.LIST_ITEM if self.lists else BlockKind.PARAGRAPH
        elif name == "table" and self.tables:
            self.tables.pop()
            self.kind = BlockKind.PARAGRAPH
        elif name in _CELLS or name in {"li", "dd", "dt"} or name in _HEADINGS or self.kind is BlockKind.HEADING:
            self.kind = BlockKind.PARAGRAPH
            if name in _HEADINGS and self.lists:
                self.kind = BlockKind.LIST_ITEM

    def _break(self, event: _Event) -> None:
        if not self.out.is_open:
            return
        self.breaks += 1
        if self.breaks >= 2 and self.kind is BlockKind.PARAGRAPH:
            self._end_block()
            self.breaks = 0
        else:
            self.out.shadow.space(self.places.at(event.start), self.places.at(event.end))

    def _attributes(self, event: _Event) -> dict[str, str]:
        raw = self.data[event.start + 1 + len(event.name) : event.end]
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(raw):
            value = next((one for one in match.group(2, 3, 4) if one is not None), b"")
            found.setdefault(match[1].decode("utf-8", "replace").lower(), value.decode("utf-8", "replace"))
        return found

    def _value_span(self, event: _Event, value: str) -> Span:
        at = self.data.find(value.encode("utf-8", "surrogatepass"), event.start, event.end)
        if at < 0:
            return Span(self.places.at(event.start), self.places.at(event.end))
        return Span(self.places.at(at), self.places.at(at + len(value.encode("utf-8", "surrogatepass"))))

    def _compare(self, before: int) -> None:
        """Holds what was read against the words that the standard library finds on the page."""
        wanted = _plain_words(self.data.decode("utf-8", "replace"))
        text, _ = self.out.shadow.finish()
        start = self.out.blocks[before].span.start if before < len(self.out.blocks) else len(text)
        got = len(_WORDS.findall(text[start:]))
        if wanted and abs(wanted - got) > max(3, _TOLERANCE * wanted):
            self.out.problems.append(
                Problem("html-broken", f"the HTML is broken: {got} of about {wanted} words could be read for sure")
            )


_PLAIN_TAGS = frozenset({"p", "li", "ul", "ol", "div", "span", "td", "tr", "b", "i", "strong", "em", "br"})


def _hides(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDING.search(attributes.get("style", "")))


def _is_layout(data: bytes, start: int) -> bool:
    """Whether a table only arranges text: no header cells, and one column or long cells."""
    end = data.find(b"</table", start)
    inside = data[start : end if end >= 0 else len(data)].lower()
    if b"<th" in inside.replace(b"<thead", b""):
        return False
    rows, cells = inside.count(b"<tr"), inside.count(b"<td")
    if not rows or cells <= rows:
        return True
    text = re.sub(rb"<[^>]*>", b"", inside)
    return len(text) > _LONG_CELL * cells


def _depth(data: bytes) -> int:
    depth = deepest = 0
    for match in re.finditer(rb"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>", data):
        name = match[2].lower().decode()
        if name in _VOID or match[3] or name in {"p", "li"}:
            continue
        depth += -1 if match[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _parse(data: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202
    import tree_sitter
    import tree_sitter_html

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_html.language())).parse(data)


def _walk(tree, data: bytes) -> Iterator[_Event]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Tags in document order, and as text whatever lies between them; ends that were left out are put in."""
    at = 0
    stack = [(tree.root_node, False)]
    while stack:
        node, done = stack.pop()
        kind = node.type
        if done:
            if node.end_byte > at:
                yield _Event("text", at, node.end_byte)
                at = node.end_byte
            yield _Event("close", node.end_byte, node.end_byte, _name(data, node.start_byte))
            continue
        if kind in {"start_tag", "self_closing_tag", "end_tag", "erroneous_end_tag", "comment", "doctype", "raw_text"}:
            if node.start_byte > at:
                yield _Event("text", at, node.start_byte)
            at = max(at, node.end_byte)
            if kind in {"start_tag", "self_closing_tag"}:
                name = _name(data, node.start_byte)
                yield _Event("open", node.start_byte, node.end_byte, name, kind == "self_closing_tag")
            elif kind == "erroneous_end_tag":
                yield _Event("close", node.start_byte, node.end_byte, _name(data, node.start_byte))
            continue
        if kind in {"text", "entity"}:
            continue
        children = node.children
        if kind in {"element", "script_element", "style_element"}:
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(children))
    if at < len(data):
        yield _Event("text", at, len(data))


def _tokens(data: bytes) -> Iterator[_Event]:
    """The same events by tags alone, for pages that are nested too deeply to parse."""
    at = 0
    raw: bytes | None = None
    for match in _TAG.finditer(data):
        if match.start() < at:
            continue
        named = _NAME.match(match[0])
        if raw and not (named and match[0].startswith(b"</") and named[1].lower() == raw):
            continue
        if match.start() > at and not raw:
            yield _Event("text", at, match.start())
        at = match.end()
        raw = None
        if not named:
            continue
        name = named[1].decode().lower()
        if match[0].startswith(b"</"):
            yield _Event("close", match.start(), match.end(), name)
        else:
            yield _Event("open", match.start(), match.end(), name, match[0].endswith(b"/>") or name in _VOID)
            raw = named[1].lower() if name in {"script", "style"} else None
    if at < len(data) and not raw:
        yield _Event("text", at, len(data))


def _name(data: bytes, start: int) -> str:
    found = _NAME.match(data, start)
    return found[1].decode("ascii").lower() if found else ""


def _plain_words(source: str) -> int:
    from html.parser import HTMLParser

    class Counter(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.words = 0
            self.silent: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            if tag in _SILENT:
                self.silent.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag in self.silent:
                del self.silent[self.silent.index(tag) :]

        def handle_data(self, data: str) -> None:
            if not self.silent:
                self.words += len(_WORDS.findall(data))

    counter = Counter()
    counter.feed(source)
    counter.close()
    return counter.words

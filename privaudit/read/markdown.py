"""Markdown: blocks from one grammar, what is markup inside them from a second; HTML inside goes to the HTML reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privaudit.document import BlockKind, Span
from privaudit.read.bytemap import ByteMap
from privaudit.read.html import Element, HtmlWalker
from privaudit.read.structure import Assembler

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_DECLARED = re.compile(r"^(?:lang|language|locale)\s*[:=]\s*[\"']?([A-Za-z]{2})(?![A-Za-z])", re.MULTILINE)
# Front matter is settings, line by line; anything else between two rules is text.
_SETTING = re.compile(r"[\w\"'][\w\"' .-]*[:=](?:\s|$)")
_SETTINGS = re.compile(r"(?:[\w\"'][\w\"' .-]*[:=](?:\s.*)?|[ \t]+.*|[-#\]})].*|)\r?")
_MARKUP = re.compile(rb"[\\`*_\[\]<~]")
_BOLD_ONLY = re.compile(rb"\s*(?:\*\*[^*\n]{2,100}\*\*|__[^_\n]{2,100}__):?\s*")
_DROPPED = frozenset({"emphasis_delimiter", "code_span_delimiter", "html_tag", "hard_line_break", "block_continuation"})
_LINKS = frozenset({"inline_link", "full_reference_link", "collapsed_reference_link", "shortcut_link", "image"})
_SEPARATE = re.compile(rb"<(?:br|/?p|/?div|/?li|/?td|/?tr|img|hr)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# The parser takes quadratic time for a run of marks; no one writes as many.
_ENDLESS = re.compile(rb"([*_~`\[\]<])\1{99,}")
_ADDRESS_LIKE = re.compile(rb"[/#:.?@]")
_PARAGRAPHS = re.compile(rb"[^\r\n]*\S[^\r\n]*(?:\r?\n[^\r\n]*\S[^\r\n]*)*")
_CAPITALS = re.compile(r"[^\W\d_]{3,}")
_HEADING_LENGTH = 90
_HEADING_WORDS = 13


@dataclass(slots=True)
class _Context:
    """What a node inherits: the list it stands in, what introduces that, and how deep."""

    group: int | None = None
    lead_ins: tuple[int, ...] = ()
    depth: int = 0
    items: list[int] = field(default_factory=list)
    # Whether the list has one item and a number: "3. Recipients", parted by text from "4. Your rights".
    numbered_alone: bool = False


def read_markdown(assembler: Assembler) -> str | None:
    """Reads Markdown into blocks and gives the language that its front matter declares."""
    return _Reader(assembler).run()


class _Reader:
    def __init__(self, assembler: Assembler) -> None:
        import tree_sitter
        import tree_sitter_markdown

        self.out = assembler
        self.data = assembler.source.encode("utf-8", "surrogatepass")
        self.places = ByteMap(self.data)
        self.blocks: Parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_markdown.language()))
        self.inline: Parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_markdown.inline_language()))
        self.range = tree_sitter.Range
        self.language: str | None = None
        # The level of the heading above that is written as one; bold lines under it are all one deeper.
        self.real_level = 0
        # Elements of HTML blocks that are still open, since a blank line ends the block but not the element.
        self.elements: list[Element] = []
        self.targets: dict[str, tuple[str, Span]] = {}

    def run(self) -> str | None:
        root = self.blocks.parse(_without_rule(self.data)).root_node
        self._collect_targets(root)
        stack: list[tuple[Node, _Context]] = [(root, _Context())]
        while stack:
            node, context = stack.pop()
            kind = node.type
            if kind in {"document", "section", "block_quote"}:
                stack.extend((child, context) for child in reversed(node.named_children))
            elif kind == "list":
                stack.extend(self._list(node, context))
            elif kind == "list_item":
                inner = _Context(context.group, context.lead_ins, context.depth, [], context.numbered_alone)
                stack.extend((child, inner) for child in reversed(node.named_children))
            else:
                self._leaf(node, context)
        self.out.close()
        return self.language

    def _list(self, node: Node, context: _Context) -> list[tuple[Node, _Context]]:
        if context.group is None:
            inner = _Context(self.out.new_group(), self.out.introduction(), 1)
            inner.numbered_alone = _is_numbered_alone(node)
        else:
            self.out.close()
            inner = _Context(context.group, (*context.lead_ins, *context.items[:1]), context.depth + 1)
        return [(child, inner) for child in reversed(node.named_children)]

    def _leaf(self, node: Node, context: _Context) -> None:
        kind = node.type
        if kind == "atx_heading":
            self._heading(node, int(node.named_children[0].type[5]))
        elif kind == "setext_heading":
            self._heading(node, 1 if node.named_children[-1].type == "setext_h1_underline" else 2)
        elif kind == "paragraph":
            self._paragraph(node, context)
        elif kind == "pipe_table":
            self._table(node)
        elif kind == "html_block":
            self._html(node)
        elif kind in {"minus_metadata", "plus_metadata"}:
            self._metadata(node)
        elif kind in {"fenced_code_block", "indented_code_block"}:
            self._code(node, context)
        elif kind == "ERROR" or (kind == "link_reference_definition" and not self._is_target(node)):
            self._open(context)
            self._plain(node.start_byte, node.end_byte)

    def _html(self, node: Node) -> None:
        start, end = node.start_byte, node.end_byte
        self.out.close()
        walker = HtmlWalker(self.out, self.data[start:end], self.places.at(start), self.elements)
        known = len(self.out.blocks)
        walker.run()
        self.elements = walker.left_open()
        for block in self.out.blocks[known:]:
            if block.kind is BlockKind.HEADING:
                self.real_level = block.level

    def _metadata(self, node: Node) -> None:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if declared := _DECLARED.search(text):
            self.language = declared[1].lower()

    def _heading(self, node: Node, level: int) -> None:
        self.real_level = level
        self.out.open(BlockKind.HEADING, level, hidden=self._hidden)
        for child in node.named_children:
            if child.type == "inline":
                self._inline(child)
            elif child.type == "paragraph":
                for inner in child.named_children:
                    self._inline(inner)
        self.out.close()

    @property
    def _hidden(self) -> bool:
        return any(element.hidden or element.silent for element in self.elements)

    def _open(self, context: _Context) -> None:
        if context.group is None:
            self.out.open(BlockKind.PARAGRAPH, hidden=self._hidden)
        else:
            self.out.open(BlockKind.LIST_ITEM, context.depth, context.group, context.lead_ins, self._hidden)

    def _paragraph(self, node: Node, context: _Context) -> None:
        inlines = [child for child in node.named_children if child.type == "inline"]
        if not inlines:
            return
        raw = self.data[inlines[0].start_byte : inlines[0].end_byte]
        if self._is_heading(node, raw, context):
            level = self.real_level + 1 if self.real_level else 2
            self.out.open(BlockKind.HEADING, min(level, 6), hidden=self._hidden)
        else:
            self._open(context)
        for inline in inlines:
            self._inline(inline)
        index = self.out.close()
        if index is not None and context.group is not None:
            context.items.append(index)

    def _is_heading(self, node: Node, raw: bytes, context: _Context) -> bool:
        """Whether a paragraph is written as a heading: all bold, all capitals, or the one item of a numbered list."""
        if context.group is not None and not context.numbered_alone:
            return False
        text = raw.decode("utf-8", "replace").strip()
        plain = text.strip("*_ ")
        if not plain or plain[-1] in ".,;!" or "\n" in text or len(plain) > _HEADING_LENGTH:
            return False
        following = node.next_named_sibling
        if context.numbered_alone:
            return len(plain.split()) <= _HEADING_WORDS and plain[-1] != ":" and "@" not in plain
        if following is not None and following.type == "list" and plain[-1] == ":":
            return False
        if _BOLD_ONLY.fullmatch(raw):
            return True
        return plain.isupper() and bool(_CAPITALS.search(plain)) and _carries(following)

    def _code(self, node: Node, context: _Context) -> None:
        for child in [node] if node.type == "indented_code_block" else node.named_children:
            if child.type in {"code_fence_content", "indented_code_block"}:
                for found in _PARAGRAPHS.finditer(self.data, child.start_byte, child.end_byte):
                    self._open(context)
                    self._plain(found.start(), found.end())
                    self.out.close()

    def _table(self, node: Node) -> None:
        headers: list[int | None] = []
        for row in node.named_children:
            if row.type not in {"pipe_table_header", "pipe_table_row"}:
                continue
            group = self.out.new_group()
            cells = [cell for cell in row.named_children if cell.type == "pipe_table_cell"]
            for column, cell in enumerate(cells):
                header = headers[column] if row.type == "pipe_table_row" and column < len(headers) else None
                self.out.open(BlockKind.TABLE_CELL, 0, group, (), self._hidden, header)
                self._inline(cell)
                index = self.out.close()
                if row.type == "pipe_table_header":
                    headers.append(index)

    # -- inside a block

    def _plain(self, start: int, end: int) -> None:
        if end > start:
            self.out.shadow.text(self.places.at(start), self.places.at(end), entities=True)

    def _inline(self, node: Node) -> None:
        """Text of a node without its markup, which is found by a parse of its own where there may be any."""
        skipped = [
            (child.start_byte, child.end_byte, False)
            for child in node.named_children
            if child.type == "block_continuation"
        ]
        links: list[tuple[int, int, str, Span]] = []
        start, end = node.start_byte, node.end_byte
        if _MARKUP.search(self.data, start, end) and not _ENDLESS.search(self.data, start, end):
            self._markup(node, skipped, links)
        # At one place a link ends first, then text is left out, then the next link begins.
        marks = [(link[1], 0, number) for number, link in enumerate(links)]
        marks += [(skip[0], 1, number) for number, skip in enumerate(skipped)]
        marks += [(link[0], 2, number) for number, link in enumerate(links)]
        begun: dict[int, int] = {}
        at = start
        for place, what, number in sorted(marks):
            if place > at:
                self._plain(at, place)
                at = place
            if what == 0 and number in begun:
                self.out.link(links[number][2], begun[number], links[number][3])
            elif what == 1:
                _, last, separates = skipped[number]
                if separates:
                    self.out.shadow.space(self.places.at(place), self.places.at(last))
                at = max(at, last)
            elif what == 2:
                begun[number] = self.out.shadow.position
        self._plain(at, end)

    def _markup(
        self, node: Node, skipped: list[tuple[int, int, bool]], links: list[tuple[int, int, str, Span]]
    ) -> None:
        self.inline.included_ranges = self._ranges(node)
        stack = [self.inline.parse(self.data).root_node]
        while stack:
            found = stack.pop()
            kind = found.type
            if kind in _DROPPED:
                separates = kind == "hard_line_break" or (
                    kind == "html_tag" and bool(_SEPARATE.match(self.data, found.start_byte))
                )
                skipped.append((found.start_byte, found.end_byte, separates))
                continue
            if kind == "backslash_escape":
                skipped.append((found.start_byte, found.start_byte + 1, False))
                continue
            if kind in {"uri_autolink", "email_autolink"}:
                skipped.append((found.start_byte, found.start_byte + 1, False))
                skipped.append((found.end_byte - 1, found.end_byte, False))
                continue
            if kind in _LINKS:
                kept = self._link(found, skipped, links)
                stack.extend(kept)
                continue
            stack.extend(found.named_children)

    def _ranges(self, node: Node) -> list:  # type: ignore[type-arg]
        """The node without the marks that only continue a quote or list on its next line."""
        ranges = []
        at, point = node.start_byte, node.start_point
        for child in node.named_children:
            if child.type == "block_continuation":
                if child.start_byte > at:
                    ranges.append(self.range(point, child.start_point, at, child.start_byte))
                at, point = child.end_byte, child.end_point
        if node.end_byte > at:
            ranges.append(self.range(point, node.end_point, at, node.end_byte))
        return ranges

    def _link(
        self, node: Node, skipped: list[tuple[int, int, bool]], links: list[tuple[int, int, str, Span]]
    ) -> list[Node]:
        """Leaves out all of a link but its text, and gives the nodes inside that text."""
        text = next((one for one in node.named_children if one.type in {"link_text", "image_description"}), None)
        if text is None:
            return []
        target = next((one for one in node.named_children if one.type == "link_destination"), None)
        if target is not None:
            span = Span(self.places.at(target.start_byte), self.places.at(target.end_byte))
            url = self.out.source[span.start : span.end].strip("<>")
        else:
            label = next((one for one in node.named_children if one.type == "link_label"), text)
            known = self.targets.get(self._key(label))
            if known is None:
                # Square brackets that lead nowhere are text: "[your company]".
                return list(text.named_children)
            url, span = known
        skipped.append((node.start_byte, text.start_byte, False))
        skipped.append((text.end_byte, node.end_byte, False))
        if node.type != "image":
            links.append((text.start_byte, text.end_byte, url, span))
        return list(text.named_children)

    def _collect_targets(self, root: Node) -> None:
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "link_reference_definition":
                label, target = _parts_of(node)
                if label is not None and target is not None and self._is_target(node):
                    span = Span(self.places.at(target.start_byte), self.places.at(target.end_byte))
                    self.targets.setdefault(
                        self._key(label), (self.out.source[span.start : span.end].strip("<>"), span)
                    )
            elif node.type in {"document", "section", "block_quote", "list", "list_item"}:
                stack.extend(node.named_children)

    def _is_target(self, node: Node) -> bool:
        """Whether `[label]: target` defines a link; a footnote, or a word of text, does not."""
        label, target = _parts_of(node)
        if label is None or target is None:
            return False
        if self.data.startswith(b"[^", label.start_byte):
            return False
        return bool(_ADDRESS_LIKE.search(self.data, target.start_byte, target.end_byte))

    def _key(self, node: Node) -> str:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        return _SPACE.sub(" ", text.strip("[] \n\t")).casefold()


def _parts_of(definition: Node) -> tuple[Node | None, Node | None]:
    """Label and target of a link reference definition."""
    label = next((one for one in definition.named_children if one.type == "link_label"), None)
    target = next((one for one in definition.named_children if one.type == "link_destination"), None)
    return label, target


def _is_numbered_alone(node: Node) -> bool:
    items = [item for item in node.named_children if item.type == "list_item"]
    if len(items) != 1:
        return False
    inside = items[0].named_children
    numbered = bool(inside) and inside[0].type in {"list_marker_dot", "list_marker_parenthesis"}
    alone = [one.type for one in inside[1:] if one.type != "block_continuation"] == ["paragraph"]
    return numbered and alone and _carries(node.next_named_sibling)


def _carries(following: Node | None) -> bool:
    """Whether what follows is text that a heading can stand over."""
    return following is not None and following.type in {"paragraph", "list", "pipe_table", "html_block", "block_quote"}


def _without_rule(data: bytes) -> bytes:
    """The data with a rule at its top masked, byte for byte, unless it opens front matter."""
    if not data.startswith((b"---", b"+++")):
        return data
    first, *lines = data.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == first.rstrip():
            if number and any(map(_SETTING.match, lines[:number])):
                return data
            break
        if not _SETTINGS.fullmatch(line) or (number == 0 and not line.strip()):
            break
    return b" " * 3 + data[3:] if first.rstrip() in {"---", "+++"} else data

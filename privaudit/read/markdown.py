"""Markdown: blocks from one grammar, what is markup inside them from a second; HTML inside goes to the HTML reader."""

from __future__ import annotations

import re

from privaudit.document import BlockKind
from privaudit.extension import extension
from privaudit.read.bytemap import ByteMap
from privaudit.read.inline import InlineReader
from privaudit.read.structure import Assembler
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

    from privaudit.read.elements import Element

_DECLARED = r"^(?:lang|language|locale)\s*[:=]\s*[\"']?([A-Za-z]{2})(?![A-Za-z])"
# Front matter is settings, line by line; anything else between two rules is text.
_SETTING = r"[\w\"'][\w\"' .-]*[:=](?:\s|$)"
_SETTINGS = r"(?:[\w\"'][\w\"' .-]*[:=](?:\s.*)?|[ \t]+.*|[-#\]})].*|)\r?"
_BOLD_ONLY = rb"\s*(?:\*\*[^*\n]{2,100}\*\*|__[^_\n]{2,100}__):?\s*"
_PARAGRAPHS = rb"[^\r\n]*\S[^\r\n]*(?:\r?\n[^\r\n]*\S[^\r\n]*)*"
_CAPITALS = r"[^\W\d_]{3,}"
_HEADING_LENGTH = 90
_HEADING_WORDS = 13


class _Context(NamedTuple):
    """What a node inherits: the list it stands in, what introduces that, and how deep."""

    group: int | None
    lead_ins: tuple[int, ...]
    depth: int
    items: list[int]
    # Whether the list has one item and a number: "3. Recipients", parted by text from "4. Your rights".
    numbered_alone: bool = False


def read_markdown(assembler: Assembler) -> str | None:
    """Reads Markdown into blocks and gives the language that its front matter declares."""
    return _Reader(assembler).run()


class _Reader:
    def __init__(self, assembler: Assembler) -> None:
        self.out = assembler
        self.data = assembler.source.encode("utf-8", "surrogatepass")
        self.places = ByteMap(self.data)
        parser = extension("tree_sitter", "_binding")
        grammar = extension("tree_sitter_markdown", "_binding")
        self.blocks: Parser = parser.Parser(parser.Language(grammar.language()))
        self.inline = InlineReader(assembler, self.data, self.places)
        self.language: str | None = None
        # The level of the heading above that is written as one; bold lines under it are all one deeper.
        self.real_level = 0
        # Elements of HTML blocks that are still open, since a blank line ends the block but not the element.
        self.elements: list[Element] = []

    def run(self) -> str | None:
        root = self.blocks.parse(_without_rule(self.data)).root_node
        self.inline.collect_targets(root)
        stack: list[tuple[Node, _Context]] = [(root, _Context(None, (), 0, []))]
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
            inner = _Context(self.out.new_group(), self.out.introduction(), 1, [], _is_numbered_alone(node))
        else:
            self.out.close()
            inner = _Context(context.group, (*context.lead_ins, *context.items[:1]), context.depth + 1, [])
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
        elif kind == "ERROR" or (kind == "link_reference_definition" and not self.inline.is_target(node)):
            self._open(context)
            self.inline.plain(node.start_byte, node.end_byte)

    def _html(self, node: Node) -> None:
        start, end = node.start_byte, node.end_byte
        self.out.close()
        if (
            self.data.startswith(b"<!--", start)
            and self.data.find(b"-->", start, end) == len(self.data[start:end].rstrip()) + start - 3
        ):
            # A comment is no text.
            return
        from privaudit.read.html import HtmlWalker

        walker = HtmlWalker(self.out, self.data[start:end], self.places.at(start), self.elements)
        known = len(self.out.blocks)
        walker.run()
        self.elements = walker.left_open()
        for block in self.out.blocks[known:]:
            if block.kind is BlockKind.HEADING:
                self.real_level = block.level

    def _metadata(self, node: Node) -> None:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        if declared := re.search(_DECLARED, text, re.MULTILINE):
            self.language = declared[1].lower()

    def _heading(self, node: Node, level: int) -> None:
        self.real_level = level
        self.out.open(BlockKind.HEADING, level, hidden=self._hidden)
        for child in node.named_children:
            if child.type == "inline":
                self.inline.read(child)
            elif child.type == "paragraph":
                for inner in child.named_children:
                    self.inline.read(inner)
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
            self.inline.read(inline)
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
        if text.startswith(("**", "__")) and re.fullmatch(_BOLD_ONLY, raw):
            return True
        return plain.isupper() and bool(re.search(_CAPITALS, plain)) and _carries(following)

    def _code(self, node: Node, context: _Context) -> None:
        for child in [node] if node.type == "indented_code_block" else node.named_children:
            if child.type in {"code_fence_content", "indented_code_block"}:
                for found in re.compile(_PARAGRAPHS).finditer(self.data, child.start_byte, child.end_byte):
                    self._open(context)
                    self.inline.plain(found.start(), found.end())
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
                self.inline.read(cell)
                index = self.out.close()
                if row.type == "pipe_table_header":
                    headers.append(index)


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
            if number and any(re.match(_SETTING, one) for one in lines[:number]):
                return data
            break
        if not re.fullmatch(_SETTINGS, line) or (number == 0 and not line.strip()):
            break
    return b" " * 3 + data[3:] if first.rstrip() in {"---", "+++"} else data

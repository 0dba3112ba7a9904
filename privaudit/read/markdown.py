"""Markdown: blocks from one grammar, what is markup inside them from a second; HTML inside goes to the HTML reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from privaudit.document import BlockKind, Span
from privaudit.read.bytemap import ByteMap
from privaudit.read.html import HtmlWalker
from privaudit.read.structure import Assembler

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

_DECLARED = re.compile(r"^(?:lang|language|locale)\s*:\s*[\"']?([A-Za-z]{2})\b", re.MULTILINE)
_MARKUP = re.compile(rb"[\\`*_\[\]<~]")
_BOLD_ONLY = re.compile(rb"\s*(?:\*\*[^*\n]{2,100}\*\*|__[^_\n]{2,100}__):?\s*")
_DROPPED = frozenset({"emphasis_delimiter", "code_span_delimiter", "html_tag", "hard_line_break", "block_continuation"})
_LINKS = frozenset({"inline_link", "full_reference_link", "collapsed_reference_link", "shortcut_link", "image"})
_SEPARATE = re.compile(rb"<(?:br|/?p|/?div|/?li|/?td|/?tr|img|hr)\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class _Context:
    """What a node inherits: the list it stands in, what introduces that, and how deep."""

    group: int | None = None
    lead_ins: tuple[int, ...] = ()
    depth: int = 0
    items: list[int] = field(default_factory=list)


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
        self.targets: dict[str, tuple[str, Span]] = {}

    def run(self) -> str | None:
        root = self.blocks.parse(self.data).root_node
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
                inner = _Context(context.group, context.lead_ins, context.depth, [])
                stack.extend((child, inner) for child in reversed(node.named_children))
            else:
                self._leaf(node, context)
        self.out.close()
        return self.language

    def _list(self, node: Node, context: _Context) -> list[tuple[Node, _Context]]:
        if context.group is None:
            inner = _Context(self.out.new_group(), self.out.introduction(), 1)
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
            start, end = node.start_byte, node.end_byte
            self.out.close()
            HtmlWalker(self.out, self.data[start:end], self.places.at(start)).run()
        elif kind == "minus_metadata":
            text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
            if declared := _DECLARED.search(text):
                self.language = declared[1].lower()
        elif kind in {"fenced_code_block", "indented_code_block"}:
            self._code(node, context)
        elif kind in {"ERROR", "plus_metadata"}:
            self._open(context)
            self._plain(node.start_byte, node.end_byte)

    def _heading(self, node: Node, level: int) -> None:
        self.out.open(BlockKind.HEADING, level)
        for child in node.named_children:
            if child.type == "inline":
                self._inline(child)
            elif child.type == "paragraph":
                for inner in child.named_children:
                    self._inline(inner)
        self.out.close()

    def _open(self, context: _Context) -> None:
        if context.group is None:
            self.out.open(BlockKind.PARAGRAPH)
        else:
            self.out.open(BlockKind.LIST_ITEM, context.depth, context.group, context.lead_ins)

    def _paragraph(self, node: Node, context: _Context) -> None:
        inlines = [child for child in node.named_children if child.type == "inline"]
        if not inlines:
            return
        raw = self.data[inlines[0].start_byte : inlines[0].end_byte]
        text = raw.strip(b" *_")
        if context.group is None and _BOLD_ONLY.fullmatch(raw) and text[-1:] not in b".,;!":
            level = self.real_level + 1 if self.real_level else 2
            self.out.open(BlockKind.HEADING, min(level, 6))
        else:
            self._open(context)
        for inline in inlines:
            self._inline(inline)
        index = self.out.close()
        if index is not None and context.group is not None:
            context.items.append(index)

    @property
    def real_level(self) -> int:
        """The level of the heading above that is written as one; bold lines under it are all one deeper."""
        for block in reversed(self.out.blocks):
            if block.kind is BlockKind.HEADING and self.out.source[self._source_start(block.span)] not in "*_":
                return block.level
        return 0

    def _source_start(self, span: Span) -> int:
        start = self.out.shadow.source_start(span.start)
        while start > 0 and self.out.source[start - 1] in "*_":
            start -= 1
        return start

    def _code(self, node: Node, context: _Context) -> None:
        for child in [node] if node.type == "indented_code_block" else node.named_children:
            if child.type in {"code_fence_content", "indented_code_block"}:
                self._open(context)
                self._plain(child.start_byte, child.end_byte)
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
                self.out.open(BlockKind.TABLE_CELL, 0, group, (), False, header)
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
        start, end = node.start_byte, node.end_byte
        links: list[tuple[int, int, str, Span]] = []
        if _MARKUP.search(self.data, start, end):
            self._markup(node, skipped, links)
        skipped.sort()
        opened = {link[0]: link for link in links}
        at = start
        begun: list[tuple[int, tuple[int, int, str, Span]]] = []
        # Where text is left out, and where links begin and end, in order.
        cuts = sorted({*opened, *(link[1] for link in links)})
        for first, last, separates in [*skipped, (end, end, False)]:
            while at < first:
                stop = min((cut for cut in cuts if at < cut < first), default=first)
                if at in opened:
                    begun.append((self.out.shadow.position, opened.pop(at)))
                self._plain(at, stop)
                at = stop
                for position, link in [one for one in begun if one[1][1] <= at]:
                    self.out.link(link[2], position, link[3])
                    begun.remove((position, link))
            if separates:
                self.out.shadow.space(self.places.at(first), self.places.at(last))
            at = max(at, last)

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
                label = next((one for one in node.named_children if one.type == "link_label"), None)
                target = next((one for one in node.named_children if one.type == "link_destination"), None)
                if label is not None and target is not None:
                    span = Span(self.places.at(target.start_byte), self.places.at(target.end_byte))
                    self.targets.setdefault(
                        self._key(label), (self.out.source[span.start : span.end].strip("<>"), span)
                    )
            elif node.type in {"document", "section", "block_quote", "list", "list_item"}:
                stack.extend(node.named_children)

    def _key(self, node: Node) -> str:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        return _SPACE.sub(" ", text.strip("[] \n\t")).casefold()

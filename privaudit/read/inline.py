"""What stands inside a block of Markdown: its text without markup, and its links."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter

from privaudit.document import Problem, Span
from privaudit.extension import extension
from privaudit.read.bytemap import ByteMap
from privaudit.read.element_names import BREAKING_OUT, FOREIGN, SILENT, VOID, parts_words
from privaudit.read.structure import Assembler
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Range

_MARKUP = re.compile(rb"[\\`*_\[\]<~]")
_DROPPED = frozenset({"emphasis_delimiter", "code_span_delimiter", "hard_line_break", "block_continuation"})
# Markup that holds no tags but what looks like some.
_CLOSED = frozenset({"code_span", "html_tag", "uri_autolink", "email_autolink", "backslash_escape"})
_LINKS = frozenset({"inline_link", "full_reference_link", "collapsed_reference_link", "shortcut_link", "image"})
# A tag with an attribute that needs no value, which the parser takes for text; "<your name>" is text.
_BARE = (
    rb"(?i)<[a-z][a-z0-9-]*(?:\s+(?:(?:hidden|open|disabled|checked|selected|readonly|required|multiple|download|itemscope"
    rb"|nowrap|controls|loop|muted|async|defer|allowfullscreen|data-[\w-]+)(?![\w:.-])"
    rb"|[a-z_:][\w:.-]*\s*=\s*(?:[^\s\"'=<>`]+|'[^']{0,999}'|\"[^\"]{0,999}\")))+\s*/?>"
)
_TAG = rb"</?([A-Za-z][\w:-]*)"
_PERHAPS_HIDING = rb"(?i)hidden|display|noscript"
_ANCHOR = rb"(?i)<a\s[^>]*?\bhref\s*=\s*[\"']?(?P<target>[^\"'>\s]+)"
# The parser takes quadratic time for a run of marks; no one writes as many.
_ENDLESS = re.compile(rb"([*_~`\[\]<])\1{99,}")
# And for so many marks in one paragraph, which is then read as it stands.
_MOST_MARKS = 3000
_ADDRESS_LIKE = rb"[/#:.?@]"


class InlineReader:
    """Reads the text of blocks into the open block of an assembler."""

    def __init__(self, assembler: Assembler, data: bytes, places: ByteMap) -> None:
        self.out = assembler
        self.data = data
        self.places = places
        parser = extension("tree_sitter", "_binding")
        grammar = extension("tree_sitter_markdown", "_binding")
        self.parser = parser.Parser(parser.Language(grammar.inline_language()))
        self.make_range = parser.Range
        self.targets: dict[str, tuple[str, Span]] = {}

    def plain(self, start: int, end: int) -> None:
        """Text as it stands."""
        if end > start:
            self.out.shadow.text(self.places.at(start), self.places.at(end), entities=True)

    def read(self, node: Node) -> None:
        """Text of a node without its markup, which is found by a parse of its own where there may be any."""
        skipped = [
            (child.start_byte, child.end_byte, False)
            for child in node.named_children
            if child.type == "block_continuation"
        ]
        links: list[tuple[int, int, str, Span]] = []
        unseen: list[tuple[int, int]] = []
        start, end = node.start_byte, node.end_byte
        if _MARKUP.search(self.data, start, end) and not _ENDLESS.search(self.data, start, end):
            if self.data.count(b"*", start, end) + self.data.count(b"_", start, end) <= _MOST_MARKS:
                unseen = self._markup(node, skipped, links)
            else:
                told = f"a paragraph has more than {_MOST_MARKS:,} marks such as *, and was read without its links"
                self.out.problems.append(Problem("markdown-marks", told))
        # At one place a link ends first, then text is left out, then the next link or hidden text begins.
        marks = [(link[1], 0, number) for number, link in enumerate(links)]
        marks += [(skip[0], 1, number) for number, skip in enumerate(skipped)]
        marks += [(link[0], 2, number) for number, link in enumerate(links)]
        marks += [(place, 3, number) for number, span in enumerate(unseen) for place in span]
        begun: dict[int, int] = {}
        hidden = self.out.is_hidden
        at = start
        for place, what, number in sorted(marks):
            if place > at:
                self.plain(at, place)
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
            elif what == 3:
                self.out.turn(hidden or place == unseen[number][0])
        self.plain(at, end)

    def _markup(
        self, node: Node, skipped: list[tuple[int, int, bool]], links: list[tuple[int, int, str, Span]]
    ) -> list[tuple[int, int]]:
        """Finds what to leave out, and links; gives the stretches that are hidden."""
        self.parser.included_ranges = self._ranges(node)
        stack = [self.parser.parse(self.data).root_node]
        tags: list[tuple[int, int]] = []
        closed: list[tuple[int, int]] = []
        while stack:
            found = stack.pop()
            kind = found.type
            if kind in _CLOSED:
                closed.append((found.start_byte, found.end_byte))
            if kind in _DROPPED:
                skipped.append((found.start_byte, found.end_byte, kind == "hard_line_break"))
            elif kind == "html_tag":
                tags.append((found.start_byte, found.end_byte))
            elif kind == "backslash_escape":
                skipped.append((found.start_byte, found.start_byte + 1, False))
            elif kind in {"uri_autolink", "email_autolink"}:
                skipped.append((found.start_byte, found.start_byte + 1, False))
                skipped.append((found.end_byte - 1, found.end_byte, False))
            elif kind in _LINKS:
                stack.extend(self._link(found, skipped, links))
            else:
                stack.extend(found.named_children)
        closed.sort()
        if self.data.find(b"<", node.start_byte, node.end_byte) >= 0:
            for bare in re.compile(_BARE).finditer(self.data, node.start_byte, node.end_byte):
                before = bisect(closed, (bare.start(), node.end_byte))
                if not before or closed[before - 1][1] <= bare.start():
                    tags.append(bare.span())
        tags.sort()
        self._tags(tags, skipped, links)
        return self._unseen(tags, node.end_byte, skipped)

    def _tags(
        self,
        tags: list[tuple[int, int]],
        skipped: list[tuple[int, int, bool]],
        links: list[tuple[int, int, str, Span]],
    ) -> None:
        """Leaves out HTML tags, and takes links from them."""
        opened: tuple[int, str, Span] | None = None
        for start, end in tags:
            named = re.match(_TAG, self.data[start:end])
            skipped.append((start, end, named is not None and parts_words(named[1].decode().lower())))
            anchor = re.compile(_ANCHOR).match(self.data, start, end)
            if anchor:
                import html

                span = Span(self.places.at(anchor.start("target")), self.places.at(anchor.end("target")))
                opened = (end, html.unescape(self.out.source[span.start : span.end]), span)
            elif opened and self.data[start:end].lower().startswith(b"</a"):
                links.append((opened[0], start, opened[1], opened[2]))
                opened = None

    def _unseen(
        self, tags: list[tuple[int, int]], last: int, skipped: list[tuple[int, int, bool]]
    ) -> list[tuple[int, int]]:
        """Leaves out what is between the tags of a script or the like, and gives what is hidden between others."""
        found: list[tuple[int, int]] = []
        # The elements that are open, and the number of the outermost one that is unseen, which begins there.
        names: list[str] = []
        open_ = Counter[str]()
        outer, begin = -1, 0

        def cut(number: int) -> None:
            open_.subtract(names[number:])
            del names[number:]

        def end_at(place: int) -> None:
            nonlocal outer
            if names[outer] in SILENT:
                skipped.append((begin, place, parts_words(names[outer])))
            else:
                found.append((begin, place))
            cut(outer)
            outer = -1

        for start, end in tags:
            named = re.match(_TAG, self.data[start:end])
            if named is None:
                continue
            name, closing = named[1].decode().lower(), self.data.startswith(b"</", start)
            if outer >= 0 and names[outer] in {"script", "style"} and not (closing and name == names[outer]):
                continue
            if not closing:
                if outer >= 0 and names[outer] in FOREIGN and name in BREAKING_OUT:
                    end_at(start)
                if outer < 0 and self._is_unseen(name, start, end):
                    outer, begin = len(names), start
                if name not in VOID and not self.data.startswith(b"/>", end - 2):
                    names.append(name)
                    open_[name] += 1
            elif open_[name]:
                at = next(number for number in range(len(names) - 1, -1, -1) if names[number] == name)
                if 0 <= at <= outer:
                    # Its own end, or that of an element around it.
                    end_at(end if at == outer else start)
                cut(at)
        if outer >= 0 and names[outer] not in SILENT:
            # Such an element ends with the paragraph at the latest; of a script, nobody knows where.
            found.append((begin, last))
        return found

    def _is_unseen(self, name: str, start: int, end: int) -> bool:
        if name in SILENT:
            return True
        if name in VOID or not re.search(_PERHAPS_HIDING, self.data[start:end]):
            return False
        from privaudit.read.attributes import attributes_of, hides

        return hides(name, attributes_of(self.data[start + 1 + len(name) : end]))

    def _ranges(self, node: Node) -> list[Range]:
        """The node without the marks that only continue a quote or list on its next line."""
        ranges: list[Range] = []
        at, point = node.start_byte, node.start_point
        for child in node.named_children:
            if child.type == "block_continuation":
                if child.start_byte > at:
                    ranges.append(self.make_range(point, child.start_point, at, child.start_byte))
                at, point = child.end_byte, child.end_point
        if node.end_byte > at:
            ranges.append(self.make_range(point, node.end_point, at, node.end_byte))
        return ranges

    def _link(
        self, node: Node, skipped: list[tuple[int, int, bool]], links: list[tuple[int, int, str, Span]]
    ) -> list[Node]:
        """Leaves out all of a link but its text, and gives the nodes inside that text."""
        text = next((one for one in node.named_children if one.type in {"link_text", "image_description"}), None)
        target = next((one for one in node.named_children if one.type == "link_destination"), None)
        if text is None:
            if target is not None:
                skipped.append((node.start_byte, node.end_byte, False))
            return []
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

    def collect_targets(self, root: Node) -> None:
        """Notes what the reference links of a document lead to."""
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "link_reference_definition":
                label, target = _parts_of(node)
                if label is not None and target is not None and self.is_target(node):
                    span = Span(self.places.at(target.start_byte), self.places.at(target.end_byte))
                    self.targets.setdefault(
                        self._key(label), (self.out.source[span.start : span.end].strip("<>"), span)
                    )
            elif node.type in {"document", "section", "block_quote", "list", "list_item"}:
                stack.extend(node.named_children)

    def is_target(self, node: Node) -> bool:
        """Whether `[label]: target` defines a link; a footnote, or a word of text, does not."""
        label, target = _parts_of(node)
        if label is None or target is None:
            return False
        if self.data.startswith(b"[^", label.start_byte):
            return False
        return re.search(_ADDRESS_LIKE, self.data[target.start_byte : target.end_byte]) is not None

    def _key(self, node: Node) -> str:
        text = self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")
        return re.sub(r"\s+", " ", text.strip("[] \n\t")).casefold()


def _parts_of(definition: Node) -> tuple[Node | None, Node | None]:
    """Label and target of a link reference definition."""
    label = next((one for one in definition.named_children if one.type == "link_label"), None)
    target = next((one for one in definition.named_children if one.type == "link_destination"), None)
    return label, target

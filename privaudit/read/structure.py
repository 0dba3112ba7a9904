"""Puts blocks together while a reader walks its format: headings above, lists with what introduces them, tables."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from privaudit.digest import sha256
from privaudit.document import (
    Block,
    BlockKind,
    Document,
    LanguageGuess,
    LineTable,
    Link,
    OffsetMap,
    Problem,
    Span,
)
from privaudit.errors import InputError
from privaudit.read.limits import DEEPEST
from privaudit.read.shadow import ShadowBuilder
from privaudit.record import NamedTuple

_ADDRESS = r"""(?P<url>\b(?:https?://|www\.)[^\s<>"']+[^\s<>"'.,;:!?)\]])
      | (?P<mail>\b[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)
      | (?P<hidden>\b(?P<user>[\w.+-]{1,64})\ ?[(\[{]\ ?(?:at|@|a|ät|snabel-a|arroba)\ ?[)\]}]\ ?
          (?P<host>[\w-]+(?:\ ?(?:\.|[(\[{]\ ?(?:dot|punkt|punt|point|\.)\ ?[)\]}])\ ?[\w-]+)+))"""
# One of these stands in each text with an address.
_ADDRESS_SIGNS = ("@", "://", "www.", "(a", "[a", "{a", "( a", "[ a", "{ a", "ät", "snabel-a")
_DOT = r" ?(?:\.|[(\[{] ?(?:dot|punkt|punt|point|\.) ?[)\]}]) ?"

# How an item of a list without bullets begins or ends: small, or as a part of one sentence.
_UNFINISHED = r"[;,](?: [^\W\d_]{1,5})?$| (?:and|or|and/or|och|eller|en|of|und|oder|et|ou)$"


class _Open(NamedTuple):
    kind: BlockKind
    level: int
    group: int
    lead_ins: tuple[int, ...]
    hidden: bool
    start: int
    header: int | None
    links: list[Link]


class Assembler:
    """Takes text and structure in document order and gives the finished `Document`."""

    def __init__(self, source: str, deepest: int = DEEPEST) -> None:
        """Takes the source, and up to which depth tags in it may nest."""
        self.deepest = deepest
        self.shadow = ShadowBuilder(source)
        self.source = source
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        # From which offset on the source is that of which page, in formats that have pages.
        self.pages: tuple[tuple[int, int], ...] = ()
        self._headings: list[tuple[int, int]] = []
        self._open: _Open | None = None
        self._groups = 0

    def new_group(self) -> int:
        """A number for blocks that are read together."""
        self._groups += 1
        return self._groups

    def open_group(self) -> int | None:
        """The group of the open block, for another block that is read together with it."""
        return self._open.group if self._open else None

    @property
    def is_open(self) -> bool:
        """Whether a block is being collected."""
        return self._open is not None

    @property
    def is_hidden(self) -> bool:
        """Whether the open block is hidden."""
        return self._open is not None and self._open.hidden

    def open(
        self,
        kind: BlockKind,
        level: int = 0,
        group: int | None = None,
        lead_ins: tuple[int, ...] = (),
        hidden: bool = False,
        header: int | None = None,
    ) -> None:
        """Opens a block, closing the one before."""
        self.close()
        start = self.shadow.begin()
        self._open = _Open(kind, level, group or self.new_group(), lead_ins, hidden, start, header, [])

    def turn(self, hidden: bool) -> None:
        """Goes on in a block like the open one, whose text is hidden or not, and which is read together with it."""
        block = self._open
        if block is not None and block.hidden is not hidden:
            self.open(block.kind, block.level, block.group, block.lead_ins, hidden, block.header)

    def link(self, target: str, text_start: int, source: Span) -> None:
        """A link whose text began at a shadow offset and ends here."""
        if self._open is not None:
            end = max(self._open.start, self.shadow.length)
            # A link without text behind white space begins where no word followed.
            start = min(max(text_start, self._open.start), end)
            self._open.links.append(Link(target, Span(start, end), source))

    def linked(self, start: int, end: int, links: Iterable[tuple[int, int, str]]) -> None:
        """Source text with the links in it, each as its start and end in the source and its target, in text order."""
        for first, last, target in links:
            if not start <= first < last <= end:
                continue
            self.shadow.text(start, first)
            begun = self.shadow.position
            self.shadow.text(first, last)
            self.link(target, begun, Span(first, last))
            start = last
        self.shadow.text(start, end)

    def close(self) -> int | None:
        """Closes the open block and gives its index; None where there was no text."""
        block = self._open
        if block is None:
            return None
        self._open = None
        end = self.shadow.end()
        if end <= block.start:
            return None
        index = len(self.blocks)
        if block.kind is BlockKind.HEADING:
            while self._headings and self._headings[-1][1] >= block.level:
                self._headings.pop()
        above = tuple(heading for heading, _ in self._headings)
        self.blocks.append(
            Block(
                index,
                block.kind,
                Span(block.start, end),
                block.group,
                block.level,
                above,
                block.lead_ins,
                block.header,
                block.hidden,
                tuple(block.links),
            )
        )
        if block.kind is BlockKind.HEADING and not block.hidden:
            self._headings.append((index, block.level))
        return index

    def introduction(self) -> tuple[int, ...]:
        """The paragraph that stands directly before, as what introduces a list that begins here."""
        self.close()
        last = self.blocks[-1] if self.blocks else None
        return (last.index,) if last and last.kind is BlockKind.PARAGRAPH and not last.hidden else ()

    def finish(
        self,
        path: str,
        media_type: str,
        data: bytes,
        declared: LanguageGuess,
        problems: tuple[Problem, ...],
    ) -> Document:
        """The document; raises `InputError` where it has no text, or only headings."""
        self.close()
        if not self.blocks:
            raise InputError("the file holds no readable text")
        if all(block.kind is BlockKind.HEADING for block in self.blocks):
            raise InputError("the file holds only headings")
        shadow, places = self.shadow.finish()
        self._gather_loose_items(shadow)
        blocks = tuple(_with_addresses(block, shadow, places) for block in self.blocks)
        return Document(
            path=path,
            media_type=media_type,
            sha256=sha256(data).hexdigest(),
            source=self.source,
            shadow=shadow,
            map=places,
            blocks=blocks,
            declared=declared,
            problems=(*problems, *self.problems),
            lines=LineTable(self.source, self.pages),
        )

    def _gather_loose_items(self, shadow: str) -> None:
        """Makes a list of paragraphs that go on with the sentence of one ending in a colon, as copying leaves them."""
        lead: Block | None = None
        group = 0
        unfinished = False
        for block in self.blocks:
            text = shadow[block.span.start : block.span.end]
            fits = lead is not None and block.kind is BlockKind.PARAGRAPH and block.headings == lead.headings
            if lead is not None and fits and not block.hidden:
                ended = re.search(_UNFINISHED, text[-10:]) is not None
                if ended or unfinished or _begins_small(text):
                    group = group or self.new_group()
                    self.blocks[block.index] = block._replace(
                        kind=BlockKind.LIST_ITEM, level=1, group=group, lead_ins=(lead.index,)
                    )
                    unfinished = ended
                    continue
            opens = block.kind is BlockKind.PARAGRAPH and not block.hidden and text.endswith(":")
            lead, group, unfinished = (block if opens else None), 0, False


def _begins_small(text: str) -> bool:
    return text.lstrip("\"'(")[:1].islower()


@functools.cache
def _address() -> re.Pattern[str]:
    return re.compile(_ADDRESS, re.VERBOSE | re.IGNORECASE)


def _with_addresses(block: Block, shadow: str, places: OffsetMap) -> Block:
    """The block with links for the addresses that stand in its text by themselves."""
    text = shadow[block.span.start : block.span.end].lower()
    if not any(sign in text for sign in _ADDRESS_SIGNS):
        return block
    links = list(block.links)
    for found in _address().finditer(shadow, block.span.start, block.span.end):
        span = Span(found.start(), found.end())
        if any(link.text.meets(span) for link in block.links):
            continue
        if found["url"]:
            target = found["url"] if "://" in found["url"] else f"https://{found['url']}"
        elif found["mail"]:
            target = f"mailto:{found['mail']}"
        else:
            target = f"mailto:{found['user']}@{re.sub(_DOT, '.', found['host'], flags=re.IGNORECASE)}"
        links.append(Link(target, span, places.source_span(span)))
    if len(links) == len(block.links):
        return block
    return block._replace(links=tuple(sorted(links, key=lambda link: (link.text, link.target))))

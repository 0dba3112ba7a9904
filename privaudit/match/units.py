"""Units: the stretches of a document in which the parts of a condition may meet.

Sentences are numbered through the document. A unit has sentences of its own and, as context, sentences that are read
with it: the sentence that introduces a list, the cell that heads a column, the headings above a block.
"""

from __future__ import annotations

from collections.abc import Iterable

from privaudit.document import Block, BlockKind, Document
from privaudit.match.search import Sentence
from privaudit.rulepack.schema import Scope

# A heading above at least this share of the blocks is the title of the document, not of a section.
_TITLE_SHARE = 0.8
_NO_SECTION = -1
_DOCUMENT = 0


class _Home:
    """The units of one sentence in a scope: those it belongs to, and those it is context of."""

    __slots__ = ("context", "own")

    def __init__(self) -> None:
        self.own: tuple[int, ...] = ()
        self.context: tuple[int, ...] = ()


class Units:
    """All units of a document, by scope and number.

    Numbers are: a sentence's own number, a block's group, the index of a section's heading (-1 before the first one),
    and 0 for the document.
    """

    def __init__(
        self,
        sentences: tuple[Sentence, ...],
        block_of: tuple[int, ...],
        heading: frozenset[int],
        homes: dict[Scope, tuple[_Home, ...]],
        members: dict[Scope, dict[int, list[int]]],
        context: dict[Scope, dict[int, list[int]]],
    ) -> None:
        self.sentences = sentences
        self.block_of = block_of
        self.heading = heading
        self._homes = homes
        self._members = members
        self._context = context

    def of(self, sentence: int, scope: Scope) -> tuple[int, ...]:
        """The units that the sentence belongs to or is read with."""
        home = self._homes[scope][sentence]
        return home.own + home.context

    def own(self, sentence: int, scope: Scope) -> tuple[int, ...]:
        """The units that the sentence itself belongs to."""
        return self._homes[scope][sentence].own

    def members(self, scope: Scope, unit: int) -> list[int]:
        """The unit's own sentences."""
        return self._members[scope].get(unit, [])

    def context(self, scope: Scope, unit: int) -> list[int]:
        """The sentences that are read with the unit."""
        return self._context[scope].get(unit, [])

    def everything(self, scope: Scope, unit: int) -> list[int]:
        """Own sentences and context, in order."""
        return sorted({*self.members(scope, unit), *self.context(scope, unit)})

    def introduced_by(self, sentence: int) -> tuple[int, ...]:
        """The sentences of the list that a sentence introduces, or of the column that it heads."""
        return self._homes[Scope.SENTENCE][sentence].context

    def numbers(self, scope: Scope) -> Iterable[int]:
        """The numbers of all units of a scope."""
        return self._members[scope]


def units_of(document: Document) -> Units:
    """Cuts an annotated document into units."""
    sentences: list[Sentence] = []
    block_of: list[int] = []
    of_block: list[list[int]] = []
    for block, spans in zip(document.blocks, document.sentences, strict=True):
        of_block.append(list(range(len(sentences), len(sentences) + len(spans))))
        for span in spans:
            sentences.append(Sentence(len(sentences), span))
            block_of.append(block.index)
    homes = {scope: [_Home() for _ in sentences] for scope in Scope}
    # The context of a heading is everything below it.
    around: dict[tuple[Scope, int], dict[int, None]] = {}
    members: dict[Scope, dict[int, list[int]]] = {scope: {} for scope in Scope}
    context: dict[Scope, dict[int, list[int]]] = {scope: {} for scope in Scope}
    titles = _titles(document.blocks)

    def belongs(scope: Scope, unit: int, number: int) -> None:
        home = homes[scope][number]
        home.own = (*home.own, unit)
        members[scope].setdefault(unit, []).append(number)

    def read_with(scope: Scope, unit: int, number: int) -> None:
        known = around.setdefault((scope, number), {})
        if unit not in known and unit not in homes[scope][number].own:
            known[unit] = None
            context[scope].setdefault(unit, []).append(number)

    for number, index in enumerate(block_of):
        block = document.blocks[index]
        belongs(Scope.SENTENCE, number, number)
        belongs(Scope.BLOCK, block.group, number)
        for section in _sections(block, titles):
            belongs(Scope.SECTION, section, number)
        belongs(Scope.DOCUMENT, _DOCUMENT, number)
    for block in document.blocks:
        introducing = _introducing(block, of_block)
        above = [number for heading in block.headings for number in of_block[heading]]
        for number in introducing:
            for own in of_block[block.index]:
                read_with(Scope.SENTENCE, own, number)
        for number in (*above, *introducing):
            read_with(Scope.BLOCK, block.group, number)
    for (scope, number), units in around.items():
        homes[scope][number].context = tuple(units)
    headings = frozenset(
        number for number, index in enumerate(block_of) if document.blocks[index].kind is BlockKind.HEADING
    )
    return Units(
        tuple(sentences),
        tuple(block_of),
        headings,
        {scope: tuple(found) for scope, found in homes.items()},
        members,
        context,
    )


def _introducing(block: Block, of_block: list[list[int]]) -> list[int]:
    """The sentences that introduce a list item (the last of each lead-in) or head a table cell."""
    found = [of_block[index][-1] for index in block.lead_ins if of_block[index]]
    if block.header is not None and block.header != block.index:
        found += of_block[block.header]
    return found


def _titles(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Headings that stand above nearly everything, and headings without any body that open the document."""
    counts: dict[int, int] = {}
    for block in blocks:
        for heading in block.headings:
            counts[heading] = counts.get(heading, 0) + 1
    return frozenset(heading for heading, count in counts.items() if count >= _TITLE_SHARE * (len(blocks) - 1))


def _sections(block: Block, titles: frozenset[int]) -> tuple[int, ...]:
    """The sections that a block stands in, outermost first; a heading opens its own."""
    found = [heading for heading in block.headings if heading not in titles]
    if block.kind is BlockKind.HEADING and block.index not in titles:
        found.append(block.index)
    return tuple(found) or (_NO_SECTION,)

"""Units: the stretches of a document in which the parts of a condition may meet.

Sentences are numbered through the document. A unit has sentences of its own and, as context, sentences that are read
with it: the sentence that introduces a list, the cell that heads a column, the headings above a block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from privaudit.document import Block, BlockKind, Document
from privaudit.match.search import Sentence
from privaudit.rulepack.schema import Scope

# A heading above at least this share of the blocks is the title of the document, not of a section.
_TITLE_SHARE = 0.8
_NO_SECTION = -1
_DOCUMENT = 0


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
        groups: list[int],
        sections: list[tuple[int, ...]],
        context: dict[Scope, dict[int, list[int]]],
        around: dict[tuple[Scope, int], tuple[int, ...]],
    ) -> None:
        """Takes the group and the sections of each sentence, the sentences that are read with a unit, and the reverse.

        What can be told from a number is not kept: a document may have a million sentences.
        """
        self.sentences = sentences
        self.block_of = block_of
        self.heading = heading
        self._groups = groups
        self._sections = sections
        self._context = context
        self._around = around
        self._read_with: dict[Scope, set[int]] = {scope: set() for scope in Scope}
        for scope, number in around:
            self._read_with[scope].add(number)
        self._members: dict[Scope, dict[int, list[int]]] = {Scope.BLOCK: {}, Scope.SECTION: {}}
        for number, group in enumerate(groups):
            self._members[Scope.BLOCK].setdefault(group, []).append(number)
        for number, standing in enumerate(sections):
            for section in standing:
                self._members[Scope.SECTION].setdefault(section, []).append(number)

    def of(self, sentence: int, scope: Scope) -> tuple[int, ...]:
        """The units that the sentence belongs to or is read with."""
        return self.own(sentence, scope) + self._around.get((scope, sentence), ())

    def holding(self, sentences: Set[int], scope: Scope) -> frozenset[int]:
        """The units that one of the sentences belongs to or is read with."""
        if scope is Scope.DOCUMENT:
            return frozenset((_DOCUMENT,) if sentences else ())
        found: set[int] = set()
        if scope is Scope.SENTENCE:
            found.update(sentences)
        elif scope is Scope.BLOCK:
            found.update([self._groups[sentence] for sentence in sentences])
        else:
            found.update(*[self._sections[sentence] for sentence in sentences])
        for sentence in sentences & self._read_with[scope]:
            found.update(self._around[scope, sentence])
        return frozenset(found)

    def own(self, sentence: int, scope: Scope) -> tuple[int, ...]:
        """The units that the sentence itself belongs to."""
        if scope is Scope.SECTION:
            return self._sections[sentence]
        if scope is Scope.BLOCK:
            return (self._groups[sentence],)
        return (sentence,) if scope is Scope.SENTENCE else (_DOCUMENT,)

    def members(self, scope: Scope, unit: int) -> Sequence[int]:
        """The unit's own sentences."""
        if scope is Scope.SENTENCE:
            return (unit,)
        return range(len(self.sentences)) if scope is Scope.DOCUMENT else self._members[scope].get(unit, [])

    def context(self, scope: Scope, unit: int) -> list[int]:
        """The sentences that are read with the unit."""
        return self._context[scope].get(unit, [])

    def everything(self, scope: Scope, unit: int) -> list[int]:
        """Own sentences and context, in order."""
        own, context = self.members(scope, unit), self.context(scope, unit)
        return sorted({*own, *context}) if context else list(own)

    def introduced_by(self, sentence: int) -> tuple[int, ...]:
        """The sentences of the list that a sentence introduces, or of the column that it heads."""
        return self._around.get((Scope.SENTENCE, sentence), ())

    def numbers(self, scope: Scope) -> Iterable[int]:
        """The numbers of all units of a scope."""
        if scope is Scope.SENTENCE:
            return range(len(self.sentences))
        if scope is Scope.DOCUMENT:
            return (_DOCUMENT,) if self.sentences else ()
        return self._members[scope]


def units_of(document: Document) -> Units:
    """Cuts an annotated document into units."""
    sentences: list[Sentence] = []
    block_of: list[int] = []
    of_block: list[range] = []
    for block, spans in zip(document.blocks, document.sentences, strict=True):
        of_block.append(range(len(sentences), len(sentences) + len(spans)))
        for span in spans:
            sentences.append(Sentence(len(sentences), span))
            block_of.append(block.index)
    titles = _titles(document.blocks)
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    sections: list[tuple[int, ...]] = []
    for block in document.blocks:
        standing = _sections(block, titles)
        sections += [known.setdefault(standing, standing)] * len(of_block[block.index])
    context: dict[Scope, dict[int, list[int]]] = {scope: {} for scope in Scope}
    # The context of a heading is everything below it.
    around: dict[tuple[Scope, int], dict[int, None]] = {}

    def read_with(scope: Scope, unit: int, number: int, own: int) -> None:
        units = around.setdefault((scope, number), {})
        if unit not in units and unit != own:
            units[unit] = None
            context[scope].setdefault(unit, []).append(number)

    for block in document.blocks:
        introducing = _introducing(block, of_block)
        above = [number for heading in block.headings for number in of_block[heading]]
        for number in introducing:
            for item in of_block[block.index]:
                read_with(Scope.SENTENCE, item, number, number)
        for number in (*above, *introducing):
            read_with(Scope.BLOCK, block.group, number, document.blocks[block_of[number]].group)
    headings = frozenset(
        number for number, index in enumerate(block_of) if document.blocks[index].kind is BlockKind.HEADING
    )
    return Units(
        tuple(sentences),
        tuple(block_of),
        headings,
        [document.blocks[index].group for index in block_of],
        sections,
        context,
        {key: tuple(units) for key, units in around.items()},
    )


def _introducing(block: Block, of_block: list[range]) -> list[int]:
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

"""Regions: stretches of a document whose hits do not count for conditions that are outside of them."""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable
from itertools import groupby

from privaudit.document import BlockKind, Document, Span
from privaudit.match.hits import Hit, Hits
from privaudit.match.units import Units
from privaudit.rulepack.schema import Region, Scope, Takes

# A heading of a menu (so many headings in a row) over most of the text parts nothing off.
_MENU = 3
_MOST = 0.6


class SpanSet:
    """Spans that were merged where they meet or touch, quick to ask; false if there are none."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def meets(self, span: Span) -> bool:
        """Whether one of them shares at least one character with a span that is not empty."""
        last = bisect_left(self._starts, span.end) - 1
        return last >= 0 and self._ends[last] > span.start


def find_regions(
    regions: Iterable[Region], document: Document, units: Units, hits: Hits
) -> dict[str, tuple[Span, ...]]:
    """The shadow spans of every region, by its name; a region whose words could not be searched counts as failed."""
    found: dict[str, list[Span]] = {}
    taking = _Taking(document, units)
    for region in regions:
        spans = found.setdefault(region.name, [])
        barred = {hit.sentence for concept in region.unless for hit in hits.of(concept)}
        # What several hits take as a whole, such as their section, is taken once.
        taken: set[tuple[bool, int]] = set()
        for concepts, in_heading in ((region.opened_by, False), (region.heading, True)):
            for concept in concepts:
                for hit in hits.of(concept):
                    if (hit.sentence in units.heading) is in_heading and hit.sentence not in barred:
                        if region.takes in _OF_THE_HIT:
                            spans.append(taking.of_the_hit(region.takes, hit))
                        whole = taking.whole(region.takes, hit, in_heading)
                        if whole is not None and (in_heading, whole) not in taken:
                            taken.add((in_heading, whole))
                            spans.extend(taking.spans(region.takes, whole, in_heading))
        if hits.failed & {*region.unless, *region.opened_by, *region.heading}:
            hits.failed.add(region.name)
    return {name: tuple(sorted(set(spans))) for name, spans in found.items()}


_OF_THE_HIT = frozenset({Takes.MATCH, Takes.SENTENCE, Takes.REST})


class _Taking:
    """What the regions of a document take, and what they need to know of its blocks, found out once."""

    def __init__(self, document: Document, units: Units) -> None:
        self._document = document
        self._units = units

    def of_the_hit(self, takes: Takes, hit: Hit) -> Span:
        """What is taken of the sentence of a hit."""
        sentence = self._units.sentences[hit.sentence].span
        if takes is Takes.REST:
            return Span(hit.span.start, sentence.end)
        return hit.span if takes is Takes.MATCH else sentence

    def whole(self, takes: Takes, hit: Hit, in_heading: bool) -> int | None:
        """The number of what is taken as a whole: a sentence with all that it introduces, a section, a group."""
        index = self._units.block_of[hit.sentence]
        block = self._document.blocks[index]
        if takes is Takes.REST:
            return hit.sentence
        if takes is Takes.SECTION:
            if in_heading:
                return index
            # Before the first heading a section is no more than the block.
            return block.headings[-1] if block.headings else -1 - block.group
        return block.group if takes is Takes.BLOCK else None

    def spans(self, takes: Takes, whole: int, in_heading: bool) -> list[Span]:
        """The spans of what `whole` tells."""
        units = self._units
        if takes is Takes.REST:
            return [units.sentences[number].span for number in units.introduced_by(whole)]
        if takes is Takes.SECTION and whole >= 0:
            below = self._sections.get(whole, [])
            menu = in_heading and self._headings_in_a_row[whole] >= _MENU
            return [] if menu and sum(map(len, below)) > _MOST * len(self._document.shadow) else below
        group = whole if takes is Takes.BLOCK else -1 - whole
        return [units.sentences[number].span for number in units.members(Scope.BLOCK, group)]

    @functools.cached_property
    def _sections(self) -> dict[int, list[Span]]:
        """By heading: its own span, and those of the blocks below it."""
        found: dict[int, list[Span]] = {}
        for block in self._document.blocks:
            for heading in {*block.headings, block.index}:
                found.setdefault(heading, []).append(block.span)
        return found

    @functools.cached_property
    def _headings_in_a_row(self) -> dict[int, int]:
        """By heading: how many stand there without any text between them, as the menu of a page leaves them behind."""
        found: dict[int, int] = {}
        for is_heading, run in groupby(self._document.blocks, lambda block: block.kind is BlockKind.HEADING):
            if is_heading:
                indexes = [block.index for block in run]
                found.update(dict.fromkeys(indexes, len(indexes)))
        return found

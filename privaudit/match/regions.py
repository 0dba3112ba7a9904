"""Regions: stretches of a document whose hits do not count for conditions that are outside of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

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
    for region in regions:
        spans = found.setdefault(region.name, [])
        barred = {hit.sentence for concept in region.unless for hit in hits.of(concept)}
        for concepts, in_heading in ((region.opened_by, False), (region.heading, True)):
            for concept in concepts:
                for hit in hits.of(concept):
                    if (hit.sentence in units.heading) is in_heading and hit.sentence not in barred:
                        spans.extend(_taken(region.takes, hit, in_heading, document, units))
        if hits.failed & {*region.unless, *region.opened_by, *region.heading}:
            hits.failed.add(region.name)
    return {name: tuple(sorted(set(spans))) for name, spans in found.items()}


def _taken(takes: Takes, hit: Hit, in_heading: bool, document: Document, units: Units) -> list[Span]:
    sentence = units.sentences[hit.sentence]
    index = units.block_of[hit.sentence]
    block = document.blocks[index]
    if takes is Takes.MATCH:
        return [hit.span]
    if takes is Takes.SENTENCE:
        return [sentence.span]
    if takes is Takes.REST:
        introduced = (units.sentences[number].span for number in units.introduced_by(hit.sentence))
        return [Span(hit.span.start, sentence.span.end), *introduced]
    if takes is Takes.SECTION:
        heading = index if in_heading else (block.headings[-1] if block.headings else None)
        if heading is not None:
            below = [other.span for other in document.blocks if other.index == heading or heading in other.headings]
            menu = in_heading and _in_menu(document, heading)
            return [] if menu and sum(map(len, below)) > _MOST * len(document.shadow) else below
    return [units.sentences[number].span for number in units.members(Scope.BLOCK, block.group)]


def _in_menu(document: Document, index: int) -> bool:
    """Whether a heading is one of several without any text between them, as the menu of a page leaves them behind."""
    first = last = index
    while first and document.blocks[first - 1].kind is BlockKind.HEADING:
        first -= 1
    while last + 1 < len(document.blocks) and document.blocks[last + 1].kind is BlockKind.HEADING:
        last += 1
    return last - first + 1 >= _MENU

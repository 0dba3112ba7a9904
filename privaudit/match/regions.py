"""Regions: stretches of a document whose hits do not count for conditions that are outside of them."""

from __future__ import annotations

from collections.abc import Iterable

from privaudit.document import Document, Span
from privaudit.match.hits import Hit, Hits
from privaudit.match.units import Units
from privaudit.rulepack.schema import Region, Scope, Takes

_PART = 0.6


def find_regions(
    regions: Iterable[Region], document: Document, units: Units, hits: Hits
) -> dict[str, tuple[Span, ...]]:
    """The shadow spans of every region, by its name."""
    found: dict[str, list[Span]] = {}
    for region in regions:
        spans = found.setdefault(region.name, [])
        barred = {hit.sentence for concept in region.unless for hit in hits.of(concept)}
        for concepts, in_heading in ((region.opened_by, False), (region.heading, True)):
            for concept in concepts:
                for hit in hits.of(concept):
                    if (hit.sentence in units.heading) is in_heading and hit.sentence not in barred:
                        spans.extend(_taken(region.takes, hit, in_heading, document, units))
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
            # A heading over most of the text is a menu's or the title's and parts nothing off.
            return below if not in_heading or sum(map(len, below)) <= _PART * len(document.shadow) else []
    return [units.sentences[number].span for number in units.members(Scope.BLOCK, block.group)]

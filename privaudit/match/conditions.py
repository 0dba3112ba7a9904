"""Conditions over hits: in which units does `all`, `any` or `not` hold, and through which hits.

Works on sets of unit numbers: a concept holds in the units of its hits, `any` unites, `all` intersects, `not` takes
away. A part with a narrower scope holds in each unit around it, one with a wider scope in each unit inside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from privaudit.document import Document, Span
from privaudit.match.hits import Hit, Hits
from privaudit.match.pattern import Patterns
from privaudit.match.regions import SpanSet
from privaudit.match.units import Units
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import Condition, Near, Scope


class Filter(NamedTuple):
    """Which hits exist for a condition: outside of regions, near others, in hidden blocks or not."""

    outside: frozenset[str] = frozenset()
    near: tuple[Near, ...] = ()
    hidden: bool = False


class Ground(NamedTuple):
    """A hit through which a condition holds; `headings_count` where it counts even in a heading."""

    concept: str
    hit: Hit
    headings_count: bool = False


class Evaluator:
    """Answers conditions on one document. Keeps what it has worked out, so ask one evaluator for all rules."""

    def __init__(
        self,
        document: Document,
        units: Units,
        hits: Hits,
        regions: Mapping[str, tuple[Span, ...]],
        patterns: Patterns | None = None,
    ) -> None:
        self.document = document
        self.units = units
        self.hits = hits
        self.regions = regions
        self.patterns = patterns or Patterns()
        self._hidden = frozenset(number for number, index in enumerate(units.block_of) if document.blocks[index].hidden)
        self._outside: dict[frozenset[str], SpanSet] = {}
        self._filtered: dict[tuple[str, Filter], list[Hit]] = {}
        self._in_sentence: dict[tuple[str, Filter], dict[int, list[int]]] = {}
        self._in_block: dict[tuple[str, Filter], dict[int, tuple[list[int], list[int]]]] = {}
        # By identity of the condition, which is kept beside the answer so that it stays the same object.
        self._held: dict[tuple[int, Scope, Filter], tuple[Condition, frozenset[int]]] = {}
        self._bare: dict[int, tuple[Condition, Condition]] = {}
        self._related: dict[tuple[Scope, int, Scope], frozenset[int]] = {}
        self._gathered: dict[tuple[int, Scope, int, Filter, bool], tuple[Ground, ...]] = {}
        self._leaves: dict[tuple[str, Filter, Scope], frozenset[int]] = {}

    def hits_of(self, concept: str, which: Filter) -> list[Hit]:
        """The hits of a concept that exist under a filter."""
        key = (concept, which)
        found = self._filtered.get(key)
        if found is None:
            found = self.hits.of(concept)
            if self._hidden and not which.hidden:
                found = [hit for hit in found if hit.sentence not in self._hidden]
            if barred := self.barred(which.outside):
                found = [hit for hit in found if not barred.meets(hit.span)]
            for near in which.near:
                found = [hit for hit in found if self._is_near(hit, near, which)]
            self._filtered[key] = found
        return found

    def barred(self, outside: frozenset[str]) -> SpanSet | None:
        """What hits must not meet to be outside of the regions; None for nothing."""
        known = self._outside.get(outside)
        if known is None:
            known = self._outside[outside] = SpanSet(span for name in outside for span in self.regions.get(name, ()))
        return known or None

    def _is_near(self, hit: Hit, near: Near, which: Filter) -> bool:
        block = self.units.block_of[hit.sentence]
        starts, ends = self._neighbours(near.of, Filter(which.outside, (), which.hidden)).get(block, ([], []))
        start, end = hit.span
        behind = bisect_left(starts, start)
        gaps = [(end, starts[behind])] if behind < len(starts) else []
        gaps += [(ends[behind - 1], start)] if behind else []
        # Between neighbours stands one space and no word.
        return any(self.document.shadow.count(" ", *gap) <= near.words + 1 for gap in gaps)

    def _neighbours(self, concept: str, which: Filter) -> dict[int, tuple[list[int], list[int]]]:
        """By block: where the hits of a concept start, in order, and how far those up to each of them reach."""
        key = (concept, which)
        known = self._in_block.get(key)
        if known is None:
            spans: dict[int, list[Span]] = {}
            for hit in self.hits_of(concept, which):
                spans.setdefault(self.units.block_of[hit.sentence], []).append(hit.span)
            known = self._in_block[key] = {
                block: ([span.start for span in found], list(accumulate((span.end for span in found), max)))
                for block, found in spans.items()
            }
        return known

    def holds_in(self, condition: Condition, scope: Scope, which: Filter) -> frozenset[int]:
        """The units of `scope` in which the condition holds, through hits that exist."""
        key = (id(condition), scope, which)
        known = self._held.get(key)
        if known is None:
            known = self._held[key] = (condition, self._holds_in(condition, scope, which))
        return known[1]

    def _holds_in(self, condition: Condition, scope: Scope, which: Filter) -> frozenset[int]:
        which = narrowed(which, condition)
        inner = condition.within or scope
        if inner is not scope:
            return self._carried(self.holds_in(self.bare(condition), inner, which), inner, scope)
        if condition.op == "concept":
            return self._leaf(condition.name, which, scope)
        if condition.op == "not":
            excluded = frozenset().union(*(self.holds_in(part, scope, which) for part in condition.parts))
            return frozenset(self.units.numbers(scope)) - excluded
        if condition.op == "any":
            return frozenset().union(*(self.holds_in(part, scope, which) for part in condition.parts))
        # Negative parts only take away, which needs no list of everything else.
        found: frozenset[int] | None = None
        for part in sorted(condition.parts, key=lambda part: part.op == "not"):
            if found is not None and not found:
                break
            if part.op == "not" and part.within is None and found is not None:
                inside = narrowed(which, part)
                for unwanted in part.parts:
                    found -= self.holds_in(unwanted, scope, inside)
                continue
            holding = self.holds_in(part, scope, which)
            found = holding if found is None else found & holding
        return found or frozenset()

    def _leaf(self, concept: str, which: Filter, scope: Scope) -> frozenset[int]:
        key = (concept, which, scope)
        found = self._leaves.get(key)
        if found is None:
            sentences = {hit.sentence for hit in self.hits_of(concept, which)}
            found = self._leaves[key] = self.units.holding(sentences, scope)
        return found

    def _carried(self, found: frozenset[int], inner: Scope, scope: Scope) -> frozenset[int]:
        """Units of `scope` that hold, or stand inside, a unit of `inner` in which a condition holds."""
        homes = self.units.of if inner.width < scope.width else self.units.own
        return frozenset(
            other for unit in found for number in self.units.members(inner, unit) for other in homes(number, scope)
        )

    def gather(
        self, condition: Condition, scope: Scope, unit: int, which: Filter, headings_count: bool = False
    ) -> list[Ground]:
        """The hits through which a condition holds in a unit; empty where it is only negative."""
        which = narrowed(which, condition)
        headings_count = headings_count or condition.headings_count
        inner = condition.within or scope
        if inner is not scope:
            plain = self.bare(condition)
            holding = self.holds_in(plain, inner, which)
            found: list[Ground] = []
            for other in sorted(holding & self.related(scope, unit, inner)):
                # All blocks of a section come to the same section.
                key = (id(plain), inner, other, which, headings_count)
                if key not in self._gathered:
                    self._gathered[key] = tuple(self.gather(plain, inner, other, which, headings_count))
                found += self._gathered[key]
            return found
        if condition.op == "concept":
            hits = self.hits_of(condition.name, which)
            return [
                Ground(condition.name, hits[at], headings_count)
                for at in self._within(scope, unit, condition.name, which)
            ]
        if condition.op == "not":
            return []
        found = []
        for part in condition.parts:
            if unit in self.holds_in(part, scope, which):
                found += self.gather(part, scope, unit, which, headings_count)
        return found

    def _within(self, scope: Scope, unit: int, concept: str, which: Filter) -> Sequence[int]:
        """Which of the hits of a concept stand in a unit, or are read with it, as places in their list."""
        hits = self.hits_of(concept, which)
        if scope is Scope.DOCUMENT:
            return range(len(hits))
        key = (concept, which)
        places = self._in_sentence.get(key)
        if places is None:
            places = self._in_sentence[key] = {}
            for at, hit in enumerate(hits):
                places.setdefault(hit.sentence, []).append(at)
        found = [place for sentence in self.units.everything(scope, unit) for place in places.get(sentence, ())]
        return sorted(found)

    def grounds(self, condition: Condition, scope: Scope, which: Filter) -> list[tuple[int, list[Ground]]]:
        """The units in which a rule's condition holds through a hit in the unit's own body, with all hits that bear it.

        A heading is body only where the condition says that headings count.
        """
        scope = condition.within or scope
        found = []
        for unit in sorted(self.holds_in(condition, scope, which)):
            grounds = self.gather(condition, scope, unit, which)
            own = set(self.units.members(scope, unit))
            if any(
                ground.hit.sentence in own and (ground.headings_count or ground.hit.sentence not in self.units.heading)
                for ground in grounds
            ):
                found.append((unit, grounds))
        return found

    def surest(
        self, condition: Condition, scope: Scope, which: Filter, apart: frozenset[int] = frozenset()
    ) -> list[tuple[int, list[Ground]]]:
        """The grounds of the first part of an `any` that has some: a rule lists first what proves most.

        Units that hold through a hit in a sentence of `apart` are left out. Else empty exactly where `grounds` is.
        """
        if condition.op != "any" or condition.headings_count:
            found = self.grounds(condition, scope, which)
            return [one for one in found if apart.isdisjoint(ground.hit.sentence for ground in one[1])]
        scope, which = condition.within or scope, narrowed(which, condition)
        for part in condition.parts:
            if found := self.surest(part, scope, which, apart):
                return found
        return []

    def bare(self, condition: Condition) -> Condition:
        """The condition without its scope and its own filter, where both have been taken into account."""
        known = self._bare.get(id(condition))
        if known is None:
            known = self._bare[id(condition)] = (condition, Condition(condition.op, condition.name, condition.parts))
        return known[1]

    def related(self, scope: Scope, unit: int, inner: Scope) -> frozenset[int]:
        """The units of scope `inner` that stand inside, or around, a unit."""
        key = (scope, unit, inner)
        known = self._related.get(key)
        if known is None:
            sentences = self.units.everything if inner.width < scope.width else self.units.members
            every = [self.units.own(number, inner) for number in sentences(scope, unit)]
            known = self._related[key] = frozenset().union(*every)
        return known


def narrowed(which: Filter, condition: Condition) -> Filter:
    """The filter with what the condition adds to it."""
    if not condition.outside and condition.near is None:
        return which
    near = (*which.near, condition.near) if condition.near else which.near
    return Filter(which.outside | frozenset(condition.outside), near, which.hidden)

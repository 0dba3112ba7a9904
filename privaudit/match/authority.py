"""A supervisory authority of another country than the one where the author of a notice sits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from privaudit.document import BlockKind, Document, Span
from privaudit.match.conditions import Evaluator, Filter
from privaudit.match.evidence import evidence_of
from privaudit.match.hits import Hit
from privaudit.match.units import Units
from privaudit.model import Evidence
from privaudit.record import NamedTuple
from privaudit.rulepack.fact_words import AUTHORITY, PERHAPS, authorities_in
from privaudit.rulepack.schema import Rule, Scope

SEAT = "seat-in-"
# The address of an authority stands in at most so many blocks behind its name, and before the next heading.
_ADDRESS_BLOCKS = 4
# Countries whose people a text in a language may be written for (ISO 3166-1); English is written for everybody.
_READ_IN = {
    "de": frozenset({"at", "be", "ch", "de", "lu"}),
    "fr": frozenset({"be", "ch", "fr", "lu"}),
    "nl": frozenset({"be", "nl"}),
    "sv": frozenset({"fi", "se"}),
}


class _Name(NamedTuple):
    """Where an authority is named, of one of these countries; `perhaps` tells that it may be of none of them."""

    hit: Hit
    countries: frozenset[str]
    perhaps: bool


def foreign_authority(rule: Rule, evaluator: Evaluator) -> tuple[bool, tuple[Evidence, ...]]:
    """Complaints go to the authority of one country alone, and the author's address is in another one.

    The rule's topic says how: the first concept finds complaints, the second words that leave the choice of the
    authority open, `authority-of-xx` names of authorities and `seat-in-xx` places by country, and the others who the
    author is. A name that the authorities of several countries share is right in each of them, and words that may be
    a name accuse nobody. A country that is named anywhere else but with its authority may be that of a branch, so says
    nothing.
    """
    document, units = evaluator.document, evaluator.units
    complaint, choice, *others = rule.topic
    which = Filter(frozenset(rule.outside))
    complaining = _groups(units, evaluator.hits_of(complaint, which))
    names = _names(evaluator, others, which) if complaining else []
    sure = [one for one in names if not one.perhaps]
    meant = frozenset.intersection(*(one.countries for one in sure)) if sure else frozenset()
    if not meant:
        return False, ()
    told = [one.hit for one in sure if complaining & _groups(units, [one.hit])]
    if not told or (complaining | _groups(units, told)) & _groups(units, evaluator.hits_of(choice, which)):
        return False, ()
    theirs = _beside(document, units, [one.hit for one in sure])
    places = {
        name.removeprefix(SEAT): own
        for name in others
        if name.startswith(SEAT)
        and (own := [hit for hit in evaluator.hits_of(name, which) if units.block_of[hit.sentence] not in theirs])
    }
    author = (name for name in others if not name.startswith((AUTHORITY, SEAT)))
    speaking = _groups(units, [hit for name in author for hit in evaluator.hits_of(name, which)])
    seats = {code: own for code, hits in places.items() if (own := [hit for hit in hits if _own(units, hit, speaking)])}
    if not meant.isdisjoint(places) or len(seats) != 1:
        return False, ()
    [(seat, found)] = seats.items()
    readers = _READ_IN.get(document.language.code or "", frozenset())
    if any(one.perhaps and seat in one.countries for one in names) or (
        not meant.isdisjoint(readers) and seat not in readers
    ):
        return False, ()
    return True, evidence_of(document, units, {told[0], found[0]})


def whole_names(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits that are no part of a longer one: "Danish DPA" names no other authority than "Danish DPA, Datatilsynet".

    What stands in a link is not compared with the words of its text.
    """
    reach = -1
    written = []
    for one in hits:
        if one.source is not None:
            yield one
        else:
            written.append(one)
    for span, same in groupby(sorted(written, key=lambda one: (one.span.start, -one.span.end)), key=_span):
        if span.end > reach:
            yield from same
            reach = span.end


def _span(hit: Hit) -> Span:
    return hit.span


def _names(evaluator: Evaluator, concepts: Sequence[str], which: Filter) -> list[_Name]:
    """Where authorities are named, in text order."""
    found = [
        _Name(hit, frozenset(one.partition("-")[0] for one in authorities_in(name)), name.endswith(PERHAPS))
        for name in concepts
        if name.startswith(AUTHORITY)
        for hit in evaluator.hits_of(name, which)
    ]
    whole = set(whole_names(one.hit for one in found))
    return sorted((one for one in found if one.hit in whole), key=lambda one: (one.hit.span, one.hit.sentence))


def _groups(units: Units, hits: Iterable[Hit]) -> set[int]:
    """The blocks that hits stand in or are read with."""
    return {group for hit in hits for group in units.of(hit.sentence, Scope.BLOCK)}


def _own(units: Units, hit: Hit, groups: set[int]) -> bool:
    return not groups.isdisjoint(units.own(hit.sentence, Scope.BLOCK))


def _beside(document: Document, units: Units, authorities: Iterable[Hit]) -> set[int]:
    """The numbers of the blocks that name an authority or may hold its address."""
    found: set[int] = set()
    for first in {units.block_of[hit.sentence] for hit in authorities}:
        found.add(first)
        for block in document.blocks[first + 1 : first + 1 + _ADDRESS_BLOCKS]:
            if block.kind is BlockKind.HEADING:
                break
            found.add(block.index)
    return found

"""A supervisory authority of another country than the one where the author of a notice sits."""

from __future__ import annotations

from collections.abc import Iterable

from privaudit.document import BlockKind, Document
from privaudit.match.conditions import Evaluator, Filter
from privaudit.match.evidence import evidence_of
from privaudit.match.hits import Hit
from privaudit.match.units import Units
from privaudit.model import Evidence
from privaudit.rulepack.schema import Rule, Scope

AUTHORITY = "authority-of-"
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


def foreign_authority(rule: Rule, evaluator: Evaluator) -> tuple[bool, tuple[Evidence, ...]]:
    """Complaints go to the authority of one country alone, and the author's address is in another one.

    The rule's topic says how: the first concept finds complaints, the second words that leave the choice of the
    authority open, `authority-of-xx` names of authorities and `seat-in-xx` places by country, and the others who the
    author is. A country that is named anywhere else but with its authority may be that of a branch, so says nothing.
    """
    document, units = evaluator.document, evaluator.units
    complaint, choice, *others = rule.topic
    which = Filter(frozenset(rule.outside))
    named = _by_country(evaluator, (name for name in others if name.startswith(AUTHORITY)), which)
    if len(named) != 1:
        return False, ()
    [(country, authorities)] = named.items()
    complaining = _groups(units, evaluator.hits_of(complaint, which))
    told = [hit for hit in authorities if complaining & _groups(units, [hit])]
    if not told or (complaining | _groups(units, told)) & _groups(units, evaluator.hits_of(choice, which)):
        return False, ()
    theirs = _beside(document, units, authorities)
    places = {
        code: own
        for code, hits in _by_country(evaluator, (name for name in others if name.startswith(SEAT)), which).items()
        if (own := [hit for hit in hits if units.block_of[hit.sentence] not in theirs])
    }
    author = (name for name in others if not name.startswith((AUTHORITY, SEAT)))
    speaking = _groups(units, [hit for name in author for hit in evaluator.hits_of(name, which)])
    seats = {code: own for code, hits in places.items() if (own := [hit for hit in hits if _own(units, hit, speaking)])}
    if country in places or len(seats) != 1:
        return False, ()
    [(seat, found)] = seats.items()
    readers = _READ_IN.get(document.language.code or "", frozenset())
    if country in readers and seat not in readers:
        return False, ()
    return True, evidence_of(document, units, {told[0], found[0]})


def _by_country(evaluator: Evaluator, names: Iterable[str], which: Filter) -> dict[str, list[Hit]]:
    """The hits of concepts by the country code that their names end in; countries without any are left out."""
    return {name.rpartition("-")[2]: hits for name in names if (hits := evaluator.hits_of(name, which))}


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

"""Near misses: what came close to a missing disclosure, and what it lacked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from privaudit.match.conditions import Evaluator, Filter, Ground
from privaudit.match.evidence import piece
from privaudit.model import NearMiss
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import Condition, Rule, Scope

_MOST = 2
# A part that holds in more units than this says nothing about how close a passage came.
_COMMON = 12


class _Candidate(NamedTuple):
    lacking: int
    common: int
    place: int
    lacks: tuple[str, ...]
    sentences: tuple[int, ...]


class Speaker(NamedTuple):
    """Says conditions in words for readers."""

    phrases: Mapping[str, str]

    def name(self, name: str) -> str:
        """A concept or region."""
        return self.phrases.get(name) or name.replace("-", " ")

    def condition(self, condition: Condition) -> str:
        """What would have to be said for the condition to hold."""
        if condition.op == "concept":
            return self.name(condition.name)
        joint = " or " if condition.op == "any" else " and "
        names = list(dict.fromkeys(self.condition(part) for part in condition.parts if part.op != "not"))
        if len(names) > 3:
            names = [*names[:3], "the like"]
        return joint.join(names)

    def unwanted(self, condition: Condition) -> tuple[str, ...]:
        """What stood in the way where every positive part held."""
        found = [name for part in condition.parts if part.op == "not" for name in sorted(part.concepts())]
        return tuple(f"to be said without {self.name(name)}" for name in found[:2])


def near_misses(
    rule: Rule, evaluator: Evaluator, which: Filter, shared: frozenset[str], phrases: Mapping[str, str]
) -> tuple[NearMiss, ...]:
    """The closest passages for a rule whose `present` holds nowhere, the closest first.

    A passage with nothing but hits of `shared` concepts is not close. `phrases` say concepts and regions in words.
    """
    if rule.present is None:
        return ()
    speak = Speaker(phrases)
    candidates = [*_excluded(rule, rule.present, evaluator, speak)]
    candidates += _partly(rule.present, evaluator, which, shared, speak)
    candidates += _topics(rule, evaluator, which, speak)
    chosen: list[NearMiss] = []
    taken: set[int] = set()
    for candidate in sorted(candidates):
        if taken.isdisjoint(candidate.sentences) and len(chosen) < _MOST:
            taken.update(candidate.sentences)
            spans = [evaluator.units.sentences[number].span for number in candidate.sentences]
            chosen.append(NearMiss(piece(evaluator.document, spans[0]), candidate.lacks))
    return tuple(chosen)


def _excluded(rule: Rule, present: Condition, evaluator: Evaluator, speak: Speaker) -> Iterator[_Candidate]:
    """Passages that would count, did they not stand in a region."""
    if not rule.outside and not present.outside:
        return
    bare = Condition(present.op, present.name, present.parts, present.within, present.near)
    for _, grounds in evaluator.grounds(bare, Scope.BLOCK, Filter()):
        names = [name for name in (*rule.outside, *present.outside) if _inside(name, grounds, evaluator)]
        if names:
            where = f"to stand outside of {speak.name(names[0])}"
            yield _Candidate(0, 0, grounds[0].hit.sentence, (where,), _sentences(grounds))


def _inside(region: str, grounds: list[Ground], evaluator: Evaluator) -> bool:
    barred = evaluator.barred(frozenset({region}))
    return barred is not None and any(barred.meets(ground.hit.span) for ground in grounds)


def _partly(
    present: Condition, evaluator: Evaluator, which: Filter, shared: frozenset[str], speak: Speaker
) -> Iterator[_Candidate]:
    """Units in which some parts of an `all` hold."""
    for condition, scope in _alternatives(present, present.within or Scope.BLOCK):
        parts = [part for part in condition.parts if part.op != "not"]
        if scope is Scope.DOCUMENT or len(parts) < 2:
            continue
        holding = [evaluator.holds_in(part, scope, which) for part in parts]
        rare = [units for units in holding if 0 < len(units) <= _COMMON]
        for unit in sorted(frozenset().union(*rare)):
            missing = [part for part, units in zip(parts, holding, strict=True) if unit not in units]
            grounds = [
                ground
                for part, units in zip(parts, holding, strict=True)
                if unit in units and len(units) <= _COMMON
                for ground in evaluator.gather(part, scope, unit, which)
                if ground.hit.sentence not in evaluator.units.heading
            ]
            if any(ground.concept not in shared for ground in grounds):
                common = min(len(units) for units in rare if unit in units)
                lacks = tuple(map(speak.condition, missing)) or speak.unwanted(condition)
                yield _Candidate(len(missing), common, grounds[0].hit.sentence, lacks, _sentences(grounds)[:1])


def _topics(rule: Rule, evaluator: Evaluator, which: Filter, speak: Speaker) -> Iterator[_Candidate]:
    """Sentences that touch the subject without disclosing anything."""
    lacks = tuple(speak.condition(part) for part in _first(rule.present) if part.op != "not")
    for concept in rule.topic:
        hits = [hit for hit in evaluator.hits_of(concept, which) if hit.sentence not in evaluator.units.heading]
        if len(hits) <= _COMMON:
            for hit in hits:
                yield _Candidate(len(lacks) + 1, len(hits), hit.sentence, lacks, (hit.sentence,))


def _alternatives(condition: Condition, scope: Scope) -> Iterator[tuple[Condition, Scope]]:
    """Each `all` by which a condition could have held, with the scope in which its parts must meet."""
    scope = condition.within or scope
    if condition.op == "all":
        yield condition, scope
    elif condition.op == "any":
        for part in condition.parts:
            yield from _alternatives(part, scope)


def _first(condition: Condition | None) -> tuple[Condition, ...]:
    if condition is None:
        return ()
    found = next((every for every, _ in _alternatives(condition, Scope.BLOCK)), None)
    return found.parts if found else (condition,)


def _sentences(grounds: list[Ground]) -> tuple[int, ...]:
    return tuple(sorted({ground.hit.sentence for ground in grounds}))

"""Tells whether a repeat can match one text in so many ways that their number multiplies with its length.

The ways of a pattern are the paths through its places, each of which takes one character. A part that can come back to
one of its places over two different paths of the same text has twice as many paths with each round, and a search that
fails tries all of them. Paths that may not exist are left out, so that none is told of falsely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import product

# So many rounds of a bounded repeat are followed, so many steps of a part, and so many through pairs of places.
_ROUNDS = 8
_STEPS = 50_000


class _Place:
    """A place of a pattern that one of these characters passes; two places are never the same."""

    def __init__(self, chars: frozenset[str]) -> None:
        self.chars = chars


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths through a part: where they begin and end, the steps between places, whether one has no place."""

    heads: frozenset[_Place] = frozenset()
    tails: frozenset[_Place] = frozenset()
    steps: frozenset[tuple[_Place, _Place]] = frozenset()
    empty: bool = False


NO_PATH = Paths()
EMPTY_PATH = Paths(empty=True)


def character(chars: frozenset[str]) -> Paths:
    """The path over one of these characters."""
    here = frozenset({_Place(chars)})
    return Paths(here, here)


def sequence(parts: Iterable[Paths]) -> Paths:
    """The paths through parts that follow each other."""
    heads: set[_Place] = set()
    tails: set[_Place] = set()
    steps: set[tuple[_Place, _Place]] = set()
    empty = True
    for part in parts:
        if len(steps) + len(tails) * len(part.heads) > _STEPS:
            return NO_PATH
        steps.update(part.steps, product(tails, part.heads))
        if empty:
            heads |= part.heads
        if not part.empty:
            tails.clear()
        tails |= part.tails
        empty = empty and part.empty
    return Paths(frozenset(heads), frozenset(tails), frozenset(steps), empty)


def either(branches: Collection[Paths]) -> Paths:
    """The paths through alternatives."""
    return Paths(
        frozenset().union(*(branch.heads for branch in branches)),
        frozenset().union(*(branch.tails for branch in branches)),
        frozenset().union(*(branch.steps for branch in branches)),
        any(branch.empty for branch in branches),
    )


def repeated(part: Paths, least: int, most: int | None) -> Paths:
    """The paths through a part some times over, without a bound if `most` is None."""
    if least > _ROUNDS or len(part.steps) + len(part.tails) * len(part.heads) > _STEPS:
        return NO_PATH
    if most is None:
        steps = part.steps | frozenset(product(part.tails, part.heads))
        last = Paths(part.heads, part.tails, steps, part.empty or least == 0)
        return sequence([*(_copied(part) for _ in range(1, least)), last])
    rest = EMPTY_PATH
    for _ in range(least, min(most, _ROUNDS)):
        rest = either([sequence([_copied(part), rest]), EMPTY_PATH])
    return sequence([*(_copied(part) for _ in range(least)), rest])


def _copied(part: Paths) -> Paths:
    places = part.heads.union(part.tails, *part.steps)
    fresh = {place: _Place(place.chars) for place in places}
    return Paths(
        frozenset(fresh[place] for place in part.heads),
        frozenset(fresh[place] for place in part.tails),
        frozenset((fresh[one], fresh[other]) for one, other in part.steps),
        part.empty,
    )


def multiplies(part: Paths) -> bool:
    """Whether two different paths of the same text lead from a place back to it; False where that is too long to tell.

    See Weber and Seidl, "On the degree of ambiguity of finite automata" (1991): exactly then the number of ways is
    exponential.
    """
    behind: dict[_Place, list[_Place]] = {}
    before: dict[_Place, list[_Place]] = {}
    for one, other in part.steps:
        behind.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    left = _STEPS

    def reached(start: _Place, following: Callable[[_Place], list[_Place]]) -> set[tuple[_Place, _Place]]:
        nonlocal left
        found, waiting = {(start, start)}, [(start, start)]
        while waiting and left > 0:
            one, other = waiting.pop()
            for pair in product(following(one), following(other)):
                left -= 1
                if pair not in found and pair[0].chars & pair[1].chars:
                    found.add(pair)
                    waiting.append(pair)
        return found

    for place in behind:
        there = reached(place, lambda one: behind.get(one, []))
        if all(one is other for one, other in there):
            continue
        back = reached(place, lambda one: before.get(one, []))
        if any(one is not other for one, other in there & back):
            return True
    return False

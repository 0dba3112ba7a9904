"""What the text of a pattern promises of its matches: all of them outright, or letters that each must hold, and where.

This reads the part of the `regex` syntax that word entries use. Of whatever it does not know nothing is promised, which
costs speed and never a match. Letters are given as they stand in a text without signs (`without_signs`), with a space
at an end that is the end of a word in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as Several
from itertools import product

from privaudit.match.edges import ends_apart, is_rest, is_solid, least_of, starts_apart
from privaudit.match.fold import DIGIT, folded_char, is_wordy, without_signs
from privaudit.match.tree import (
    Char,
    Digit,
    Either,
    Node,
    Nothing,
    Repeat,
    Sequence,
    UnknownSyntaxError,
    tree_of,
)
from privaudit.record import NamedTuple

# Lists of words longer than this are not written out, and lists of distances.
_MOST_WORDS = 64
_MOST_LISTED = 400
_MOST_DISTANCES = 6


class Before(NamedTuple):
    """Where a match begins that holds letters: one of these numbers of characters before them, or (`word`) before the
    word in which they begin.
    """

    distances: tuple[int, ...]
    word: bool = False


# Letters with the places where a match begins; None where that is not known.
Letters = dict[str, Before | None]
# How much work it is to look at each place of letters, as a number to compare choices by.
Cost = Callable[[Letters], float]

_HERE = Before((0,))


class Open(NamedTuple):
    """A match that is letters and all of the word around them: on the left, on the right, on both sides or neither.

    `more`: on the right there is at least so much of a word.
    """

    letters: str
    left: bool = False
    right: bool = False
    more: int = 0


class Shape(NamedTuple):
    """What is known of a pattern's matches.

    `words`: every possible match, in the order in which the engine tries them; None when there are too many.
    `lengths`: how long they can be; None when there are many lengths. `anchors`: choices of letters of which each match
    holds at least one.
    """

    words: tuple[str, ...] | None = None
    lengths: frozenset[int] | None = None
    anchors: tuple[Letters, ...] = ()


NOTHING = Shape()


def shape_of(pattern: str, cost: Cost | None = None) -> Shape:
    """The shape of a `regex` pattern; `NOTHING` where the syntax is beyond this reader.

    Of several letters that can stand for an alternative, those are taken that have the least `cost`.
    """
    try:
        return _Analysis(folded=True, signs=False, cost=cost).of(tree_of(pattern), True, True)
    except UnknownSyntaxError:
        return NOTHING


def list_of(pattern: str, exact: bool) -> tuple[Open, ...]:
    """Every possible match of a pattern, folded or (`exact`) as it is written, in the order in which the engine tries
    them; empty where that is not known.
    """
    try:
        found = _Analysis(folded=not exact, signs=True).every(tree_of(pattern))
    except UnknownSyntaxError:
        return ()
    return found if len(found) <= _MOST_LISTED else ()


def needs_of(pattern: str, exact: bool) -> tuple[str, ...]:
    """Strings with their signs, folded or (`exact`) as they stand, one of which each match holds; empty for none."""
    try:
        anchors = _Analysis(folded=not exact, signs=True).of(tree_of(pattern), False, False).anchors
    except UnknownSyntaxError:
        return ()
    cheapest: Letters = min(anchors, key=_by_length, default={})
    # What holds another of them need not be looked for itself.
    return tuple([one for one in sorted(cheapest) if not any(other in one and other != one for other in cheapest)])


def _by_length(letters: Mapping[str, Before | None]) -> float:
    """The cost of letters of which no more is known than how long they are."""
    return sum(_frequency(one) * (1 if before else 5) for one, before in letters.items())


def _frequency(letters: str) -> float:
    """How often letters may occur, roughly: each counts, in long words less and less, and so do the ends of words."""
    known = sum(min(len(word), 6) + 0.25 * max(0, len(word) - 6) for word in letters.split())
    if not known:
        # A sign alone is as good as nothing.
        return 1.0
    ends = letters.startswith(" ") + letters.endswith(" ")
    return float(10 ** (-0.4 * (known + 0.5 * ends)))


class _Analysis:
    """Works out shapes, with letters `folded` or as they stand, in anchors with their `signs` or without."""

    def __init__(self, folded: bool, signs: bool, cost: Cost | None = None) -> None:
        self._folded = folded
        self._signs = signs
        self._cost = cost or _by_length

    def of(self, node: Node, left: bool, right: bool) -> Shape:
        """The shape of a part; `left` and `right`: a letter at its ends has the end of a word beside it in any case."""
        if isinstance(node, Char):
            if not node.listed:
                return Shape(lengths=frozenset({1}))
            words = tuple(dict.fromkeys(map(self._read, node.listed)))
            return Shape(words, frozenset({1}), (self._letters(words, left, right, _HERE),))
        if isinstance(node, Digit):
            return self.of(Char((DIGIT,)), left, right) if self._folded else Shape(lengths=frozenset({1}))
        if isinstance(node, Nothing):
            # Where a match may stand is more than the words say.
            return Shape(lengths=frozenset({0}))
        if isinstance(node, Either):
            return self._either([self.of(branch, left, right) for branch in node.branches])
        if isinstance(node, Repeat):
            return self._repeat(node, left, right)
        parts = _flat(node)
        return self.of(parts[0], left, right) if len(parts) == 1 else self._sequence(parts, left, right)

    def every(self, node: Node) -> tuple[Open, ...]:
        """Every match of a whole pattern, in order; empty where there is no list of them."""
        if isinstance(node, Either):
            found = [self.every(branch) for branch in node.branches]
            return tuple(dict.fromkeys(one for own in found for one in own)) if all(found) else ()
        parts = _flat(node)
        if len(parts) == 1 and isinstance(parts[0], Either):
            return self.every(parts[0])
        first = bool(parts) and is_rest(parts[0]) and least_of(parts[0]) == 0
        last = len(parts) > 1 and is_rest(parts[-1])
        inside = self.of(Sequence(tuple(parts[first : len(parts) - last])), False, False).words
        if not inside or "" in inside:
            return ()
        # Beside a sign there is no rest of a word.
        if first and not all(is_wordy(word[0]) for word in inside):
            return ()
        if last and not all(is_wordy(word[-1]) for word in inside):
            return ()
        return tuple(Open(word, first, last, least_of(parts[-1]) if last else 0) for word in inside)

    def _read(self, char: str) -> str:
        return folded_char(char) if self._folded else char

    def _letters(self, words: Iterable[str], left: bool, right: bool, where: Before | None) -> Letters:
        """Words as letters to look for, with spaces where words end."""
        found: Letters = {}
        for word in words:
            if self._signs:
                found[word] = where
                continue
            before = " " if left and is_wordy(word[0]) else ""
            after = " " if right and is_wordy(word[-1]) else ""
            own = where
            if before and where and not where.word:
                own = Before(tuple(distance - 1 for distance in where.distances))
            found[before + without_signs(word) + after] = own
        return found

    def _sequence(self, parts: list[Node], left: bool, right: bool) -> Shape:
        anchors: list[Letters] = []
        lengths: frozenset[int] | None = frozenset({0})
        run: tuple[str, ...] = ("",)
        # Where a match begins, as seen from the start of the run and from here.
        at: Before | None = _HERE
        here: Before | None = _HERE
        begun = left
        whole = True
        number = 0
        while number < len(parts):
            part, behind = parts[number], _behind_letters(parts, number)
            apart = ends_apart(parts[:number], left)
            if behind > number:
                # Plain letters, by far the most frequent parts, are taken together.
                letters = "".join([self._read(one.listed[0]) for one in parts[number:behind] if isinstance(one, Char)])
                shape, solid = Shape((letters,), frozenset({len(letters)})), all(map(is_solid, parts[number:behind]))
            else:
                behind = number + 1
                shape, solid = self.of(part, apart, starts_apart(parts[behind:], right)), is_solid(part)
            lengths = _sums(lengths, shape.lengths)
            if run == ("",):
                at, begun = here, apart
            if shape.words is not None and len(run) * len(shape.words) <= _MOST_WORDS:
                run = tuple(dict.fromkeys([one + other for one in run for other in shape.words]))
                here = _moved(here, solid, shape.lengths, apart)
                number = behind
                continue
            if "" not in run:
                anchors.append(self._letters(run, begun, starts_apart(parts[number:], right), at))
            whole = False
            if shape.words is not None:
                # Too many to go on with; a run of their own.
                run, at, begun = shape.words, here, apart
            else:
                anchors += [{one: _shifted(here, before) for one, before in every.items()} for every in shape.anchors]
                run = ("",)
            here = _moved(here, solid, shape.lengths, apart)
            number = behind
        if run != ("",) and "" not in run:
            anchors.append(self._letters(run, begun, right, at))
        if whole:
            return Shape(run, lengths, tuple(anchors))
        return Shape(None, lengths, tuple(anchors))

    def _either(self, branches: list[Shape]) -> Shape:
        words = _joined([one.words for one in branches])
        lengths: frozenset[int] | None = frozenset()
        for one in branches:
            lengths = None if lengths is None or one.lengths is None else lengths | one.lengths
        cheapest = _merged([one.anchors for one in branches], self._cost)
        # Letters that tell where a match begins may be others.
        telling = _merged([list(filter(_tells, one.anchors)) for one in branches], self._cost)
        anchors = tuple([one for one in (cheapest, telling) if one])
        return Shape(words, _few(lengths), anchors[:1] if cheapest == telling else anchors)

    def _repeat(self, node: Repeat, left: bool, right: bool) -> Shape:
        once = node.most == 1
        shape = self.of(node.part, left, right and once)
        lengths: frozenset[int] | None = None
        if shape.lengths is not None and node.most is not None and node.most <= _MOST_DISTANCES:
            counts = range(node.least, node.most + 1)
            lengths = _few(frozenset(sum(sizes) for n in counts for sizes in product(shape.lengths, repeat=n)))
        # Only a single repetition is tried in a plain order; further ones would interleave with their tails.
        plainly = node.least == node.most or (node.least, node.most) == (0, 1)
        if shape.words is not None and node.most is not None and node.most <= 3 and plainly:
            counts = range(node.least, node.most + 1)
            orders = counts if node.lazy else reversed(counts)
            if len(shape.words) ** node.most <= _MOST_WORDS:
                words = tuple(
                    dict.fromkeys("".join(chosen) for n in orders for chosen in product(shape.words, repeat=n))
                )
                letters = () if "" in words else (self._letters(words, left, right, _HERE),)
                return Shape(words, lengths, letters)
        return Shape(None, lengths, shape.anchors if node.least else ())


def _flat(node: Node) -> list[Node]:
    if not isinstance(node, Sequence):
        return [node]
    return [inner for part in node.parts for inner in _flat(part)]


def _joined(lists: list[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    joined: dict[str, None] = {}
    for one in lists:
        if one is None:
            return None
        joined.update(dict.fromkeys(one))
    return tuple(joined) if len(joined) <= _MOST_WORDS else None


def _tells(letters: Letters) -> bool:
    """Whether letters, and not just signs, say where a match begins."""
    return all(letters.values()) and all(map(str.strip, letters))


def _merged(anchors: Iterable[Several[Letters]], cost: Cost) -> Letters:
    """The cheapest letters of each alternative; empty if one has none."""
    merged: Letters = {}
    for every in anchors:
        if not every:
            return {}
        for letters, before in min(every, key=cost).items():
            merged[letters] = _both(merged[letters], before) if letters in merged else before
    return merged


def _few(lengths: frozenset[int] | None) -> frozenset[int] | None:
    return lengths if lengths is not None and len(lengths) <= _MOST_DISTANCES else None


def _sums(one: Iterable[int] | None, other: Iterable[int] | None) -> frozenset[int] | None:
    if one is None or other is None:
        return None
    return _few(frozenset(first + second for first, second in product(one, other)))


def _behind_letters(parts: list[Node], number: int) -> int:
    """The number of the first part from there on that is more than one letter."""
    while number < len(parts) and isinstance(one := parts[number], Char) and len(one.listed) == 1:
        number += 1
    return number


def _moved(here: Before | None, solid: bool, lengths: frozenset[int] | None, apart: bool) -> Before | None:
    """Where a match begins, seen from behind a part: `solid` if it is all of words, `apart` if none goes on into it."""
    if here is None:
        return None
    if here.word:
        return here if solid else None
    sums = _sums(here.distances, lengths)
    if sums is not None:
        return Before(tuple(sorted(sums)))
    return Before(here.distances, True) if apart and solid else None


def _shifted(here: Before | None, before: Before | None) -> Before | None:
    """Where a match begins, as seen from letters in a part that begins `here`."""
    if here is None or before is None:
        return None
    if here.word:
        return here if before == _HERE else None
    sums = _sums(here.distances, before.distances)
    return None if sums is None else Before(tuple(sorted(sums)), before.word)


def _both(one: Before | None, other: Before | None) -> Before | None:
    if one is None or other is None or one.word != other.word:
        return None
    both = _few(frozenset(one.distances + other.distances))
    return None if both is None else Before(tuple(sorted(both)), one.word)

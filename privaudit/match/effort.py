"""How much a pattern can cost at one place of a text, told from its tree.

`regex` can be told a time limit, which takes longer than most matches do. A pattern that can go on in few ways needs
none where sentences are short.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from itertools import takewhile

from privaudit.match.edges import is_rest, least_of, starts_apart
from privaudit.match.fold import is_wordy
from privaudit.match.tree import Char, Digit, Either, Node, Nothing, Repeat, Sequence, UnknownSyntaxError, tree_of
from privaudit.match.vocabulary import LONGEST

# A pattern is quick if it can go on in at most so many ways.
_MOST_WAYS = 50_000
_MOST_TIMES = 60

_One = Char | Digit
# For each of the characters that a part begins with all that it can be, as far as that is known.
_Opening = list[list[_One]]


def is_quick(pattern: str, exact: bool) -> bool:
    """Whether a pattern, in any case or (`exact`) as it is written, needs no time limit in sentences of up to `LONGEST`
    characters.
    """
    try:
        return _Effort(exact).ways(tree_of(pattern), (), True) <= _MOST_WAYS
    except UnknownSyntaxError:
        return False


class _Effort:
    """Counts the ways in which parts can match, at most."""

    def __init__(self, exact: bool) -> None:
        self._exact = exact

    def ways(self, node: Node, following: Several[Node], end: bool) -> int:
        """In how many ways a part can match before what follows it, which rules some out at the first sign.

        `end`: behind what follows, the word must be over.
        """
        if isinstance(node, Nothing):
            return self.ways(node.part, (), False) if node.part else 1
        if isinstance(node, Char | Digit):
            return 1
        if isinstance(node, Either):
            return self._either(node.branches, following, end)
        if isinstance(node, Sequence):
            ways = 1
            for number, part in enumerate(node.parts):
                ways = min(ways * self.ways(part, (*node.parts[number + 1 :], *following), end), _MOST_WAYS + 1)
            return ways
        return self._repeat(node, following, end)

    def _either(self, branches: Several[Node], following: Several[Node], end: bool) -> int:
        known = [(_opening(branch, following), self.ways(branch, following, end)) for branch in branches]
        # All branches that match at one place meet the one of them of which most is known.
        return max(sum(ways for other, ways in known if self._meet(other, own)) for own, _ in known)

    def _meet(self, other: _Opening, own: _Opening) -> bool:
        """Whether what opens in another way, of which no more is known, can match where a part with its own does."""
        return len(other) <= len(own) and all(map(self._share, other, own))

    def _share(self, some: Several[_One], others: Several[_One]) -> bool:
        return any(self._is_same(one, other) for one in some for other in others)

    def _repeat(self, node: Repeat, following: Several[Node], end: bool) -> int:
        most = LONGEST if node.most is None else node.most
        if isinstance(node.part, Char | Digit):
            places = (min(most, LONGEST) - node.least) // _period(following) + 1
            return 1 if self._is_parted(node.part, following, end) else places
        if (node.least, node.most) == (0, 1):
            return self._either((node.part, Sequence(())), following, end)
        if most > _MOST_TIMES:
            return _MOST_WAYS + 1
        # Behind a part comes the next one, or what follows them all.
        once = self.ways(node.part, (Either((node.part, Sequence(tuple(following)))),), end)
        ways = 0
        for count in range(node.least, most + 1):
            ways = min(ways + int(min(once, _MOST_WAYS) ** count), _MOST_WAYS + 1)
        return ways

    def _is_parted(self, part: _One, following: Several[Node], end: bool) -> bool:
        """Whether a repeated part must take all that it can or, before some characters and one that is neither of them
        nor of its own, all but these. That the pattern may be over before costs nothing: either it is, or it is not.
        """
        passed: list[_One] = [part]
        while True:
            if end and all(is_rest(one) and not least_of(one) for one in following):
                # Nothing is left to fail.
                return True
            if all(map(_is_wordy, passed)) and starts_apart(following, end):
                return True
            firsts, passing = _firsts(following)
            if (end or not passing) and not self._share(passed, firsts):
                return True
            if not following or not isinstance(following[0], Char | Digit | Nothing):
                return False
            if not isinstance(following[0], Nothing):
                passed.append(following[0])
            following = following[1:]

    def _is_same(self, one: _One, other: _One) -> bool:
        """Whether two parts can match the same character."""
        if isinstance(other, Char) and other.listed:
            return not all(self._never(one, char) for char in other.listed)
        if isinstance(one, Char) and one.listed:
            return not all(self._never(other, char) for char in one.listed)
        return not (_is_wordy(one) and _is_apart(other)) and not (_is_apart(one) and _is_wordy(other))

    def _never(self, part: _One, char: str) -> bool:
        """Whether a part never is this character."""
        if isinstance(part, Digit):
            return not char.isdecimal()
        if part.listed:
            listed = part.listed if self._exact else map(str.casefold, part.listed)
            return (char if self._exact else char.casefold()) not in listed
        if part.spaceless and char == " ":
            return True
        if is_wordy(char):
            return part.apart or (self._exact and part.large and char.islower())
        return part.wordy or char in part.but or (part.signs is not None and char not in part.signs)


def _is_wordy(part: _One) -> bool:
    return isinstance(part, Digit) or part.wordy


def _is_apart(part: _One) -> bool:
    return isinstance(part, Char) and part.apart


def _period(parts: Several[Node]) -> int:
    """How far apart the letters are at least that parts begin with, wherever they stand; 1 for none."""
    spelt = takewhile(lambda part: isinstance(part, Char) and len(part.listed) == 1, parts)
    letters = [part.listed[0].casefold() for part in spelt if isinstance(part, Char)]
    return next((shift for shift in range(1, len(letters)) if letters[shift:] == letters[:-shift]), len(letters) or 1)


def _opening(node: Node, following: Several[Node]) -> _Opening:
    """How a part opens; where all of it is told, with the first character of what follows."""
    found: _Opening = []
    parts = node.parts if isinstance(node, Sequence) else (node,)
    for number, part in enumerate(parts):
        if isinstance(part, Char | Digit):
            found.append([part])
        elif not isinstance(part, Nothing):
            following = (*parts[number:], *following)
            break
    firsts, passing = _firsts(following)
    return found if passing else [*found, firsts]


def _firsts(parts: Several[Node]) -> tuple[list[_One], bool]:
    """The characters with which parts can begin, and whether they can be empty."""
    found: list[_One] = []
    for part in parts:
        if isinstance(part, Nothing):
            continue
        if isinstance(part, Char | Digit):
            return [*found, part], False
        if isinstance(part, Either):
            every = [_firsts((branch,)) for branch in part.branches]
            own, passing = [one for firsts, _ in every for one in firsts], any(empty for _, empty in every)
        elif isinstance(part, Repeat):
            own, passing = _firsts((part.part,))
            passing = passing or not part.least
        else:
            own, passing = _firsts(part.parts)
        found += own
        if not passing:
            return found, False
    return found, True

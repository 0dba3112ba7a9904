"""How much a pattern can cost at one place of a text, told from its tree.

`regex` can be told a time limit, which takes longer than most matches do. A pattern that can go on in few ways needs
none where sentences are short.
"""

from __future__ import annotations

from collections.abc import Sequence as Several

from privaudit.match.edges import starts_apart
from privaudit.match.fold import is_wordy
from privaudit.match.tree import Char, Digit, Either, Node, Nothing, Repeat, Sequence, UnknownSyntaxError, tree_of
from privaudit.match.vocabulary import LONGEST

# A pattern is quick if it can go on in at most so many ways.
_MOST_WAYS = 50_000
_MOST_TIMES = 60


def is_quick(pattern: str) -> bool:
    """Whether a pattern needs no time limit in sentences of up to `LONGEST` characters."""
    try:
        return _ways(tree_of(pattern), (), True) <= _MOST_WAYS
    except UnknownSyntaxError:
        return False


def _ways(node: Node, following: Several[Node], end: bool) -> int:
    """In how many ways a part can match, at most, before what follows it, which rules some out at the first sign.

    `end`: behind what follows, the word must be over.
    """
    if isinstance(node, Nothing):
        return _ways(node.part, (), False) if node.part else 1
    if isinstance(node, Char | Digit):
        return 1
    if isinstance(node, Either):
        spelt = [_spelt(branch) for branch in node.branches]
        words = [word for word in spelt if word]
        # Of words only those can be at one place that others begin with.
        ways = max((sum(word.startswith(other) for other in words) for word in words), default=0)
        rest = [branch for branch, word in zip(node.branches, spelt, strict=True) if not word]
        return ways + sum(_ways(branch, following, end) for branch in rest)
    if isinstance(node, Sequence):
        ways = 1
        for number, part in enumerate(node.parts):
            ways = min(ways * _ways(part, (*node.parts[number + 1 :], *following), end), _MOST_WAYS + 1)
        return ways
    return _repeated(node, following, end)


def _spelt(node: Node) -> str:
    """The letters of a part that is one word and no more; empty for any other."""
    parts = node.parts if isinstance(node, Sequence) else (node,)
    letters = [part.listed[0].casefold() for part in parts if isinstance(part, Char) and len(part.listed) == 1]
    return "".join(letters) if len(letters) == len(parts) else ""


def _repeated(node: Repeat, following: Several[Node], end: bool) -> int:
    most = LONGEST if node.most is None else node.most
    if isinstance(node.part, Char | Digit):
        return 1 if _is_parted(node.part, following, end) else min(most, LONGEST) - node.least + 1
    if node.least == 0 and node.most == 1:
        return 1 + _ways(node.part, following, end)
    if most > _MOST_TIMES:
        return _MOST_WAYS + 1
    # Behind a part comes the next one, or what follows them all; where both make it stop, it is at the same place.
    again, behind = _ways(node.part, (node.part,), False), _ways(node.part, following, end)
    once = 1 if again == behind == 1 else min(again + behind, _ways(node.part, (), False))
    ways = 0
    for count in range(node.least, most + 1):
        ways = min(ways + int(min(once, _MOST_WAYS) ** count), _MOST_WAYS + 1)
    return ways


def _is_parted(part: Char | Digit, following: Several[Node], end: bool) -> bool:
    """Whether no character of a repeated part can be the first of what follows, so that all or nothing is taken."""
    if (isinstance(part, Digit) or part.wordy) and starts_apart(following, end):
        return True
    firsts = _firsts(following)
    return bool(firsts) and all(_never(part, one) for first in firsts for one in first.listed or ("",))


def _never(part: Char | Digit, char: str) -> bool:
    """Whether a part never is this character (in either case); of none nothing is known."""
    if not char:
        return False
    if isinstance(part, Digit):
        return not is_wordy(char)
    if part.listed:
        return char.casefold() not in map(str.casefold, part.listed)
    if part.spaceless and char == " ":
        return True
    return part.signs is not None and not is_wordy(char) and char not in part.signs


def _firsts(parts: Several[Node]) -> list[Char]:
    """The characters with which parts can begin; empty if that is not known, or if they may be empty."""
    found: list[Char] = []
    for part in parts:
        if isinstance(part, Nothing):
            continue
        if isinstance(part, Char):
            return [*found, part]
        if isinstance(part, Digit):
            return []
        inner = part.part if isinstance(part, Repeat) else part
        branches = inner.branches if isinstance(inner, Either) else (inner,)
        for branch in branches:
            own = _firsts(branch.parts if isinstance(branch, Sequence) else (branch,))
            if not own:
                return []
            found += own
        if not isinstance(part, Repeat) or part.least:
            return found
    return []

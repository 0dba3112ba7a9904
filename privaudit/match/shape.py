"""What the text of a pattern promises of its matches: fixed letters, a longest length, or all matches outright.

This reads the part of the `regex` syntax that word entries use. Whatever it does not know, it answers with "nothing is
promised", which costs speed and never a match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

from privaudit.record import NamedTuple

# Lists of words longer than this are not written out.
_MOST_WORDS = 12
_ZERO_WIDTH = frozenset("bBAZzG")
_ONE_OF_MANY = frozenset("wWdDsShXpPN")
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


# Stands for every digit, so that a pattern may need one; what holds a digit must be confirmed by its pattern.
DIGIT = "0"


def fold(text: str) -> str:
    """The text in one case and with one digit for all, character for character, so that offsets stay."""
    low = text.casefold()
    if len(low) != len(text):
        low = text.translate(_Folded())
    low = re.sub(r"\d", DIGIT, low)
    return low.replace("\u0131", "i") if "\u0131" in low else low


class _Folded(dict[int, str]):
    """For each character its lower case, also where case folding would make two of it, as of a sharp s."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        ways = (char.casefold(), char.lower(), "i" if char == "\u0130" else char)
        found = self[code] = next(low for low in ways if len(low) == 1)
        return found


class Shape(NamedTuple):
    """What is known of a pattern's matches.

    `words`: every possible match, in the order in which the engine tries them; None when there are too many.
    `required`: strings of which each match contains at least one; None when nothing is fixed.
    `longest`: the length of the longest match in characters; None when unbounded. `beyond`: how far look-arounds see.
    `also`: further strings of which each match contains at least one, elsewhere than the first. `prefix`: strings with
    one of which each match begins.
    """

    words: tuple[str, ...] | None
    required: frozenset[str] | None
    longest: int | None
    beyond: int = 0
    also: frozenset[str] | None = None
    prefix: frozenset[str] | None = None


NOTHING = Shape(None, None, None, 0)
_EMPTY = Shape(("",), None, 0)


class _UnknownSyntaxError(Exception):
    pass


def shape_of(pattern: str, folded: bool = True) -> Shape:
    """The shape of a `regex` pattern, its letters folded or as they stand; `NOTHING` where the syntax is beyond this
    reader.
    """
    try:
        reader = _Reader(pattern, fold if folded else str)
        shape = reader.alternatives()
        if not reader.done:
            return NOTHING
    except (_UnknownSyntaxError, IndexError):
        return NOTHING
    return shape


def _score(strings: frozenset[str]) -> tuple[int, int]:
    return min(map(len, strings)), -len(strings)


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    candidates = [strings for strings in (one, other) if strings and "" not in strings]
    return max(candidates, key=_score) if candidates else None


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _required(shape: Shape) -> frozenset[str] | None:
    words = frozenset(shape.words) if shape.words is not None else None
    return _better(words, shape.required)


def _prefix(shape: Shape) -> frozenset[str] | None:
    if shape.words is not None:
        return frozenset(shape.words) if "" not in shape.words else None
    return shape.prefix


def _concatenate(parts: list[Shape]) -> Shape:
    words: tuple[str, ...] | None = ("",)
    run: tuple[str, ...] = ("",)
    needs: list[frozenset[str]] = []
    prefix: frozenset[str] | None = None
    longest: int | None = 0
    beyond = 0
    for part in parts:
        longest = _sum(longest, part.longest)
        beyond = max(beyond, part.beyond)
        joined: tuple[str, ...] | None = None
        if part.words is not None and len(run) * len(part.words) <= _MOST_WORDS:
            joined = tuple(dict.fromkeys(left + right for left, right in product(run, part.words)))
        if joined is not None:
            run = joined
            words = run if words is not None else None
            continue
        if words is not None:
            # The first part that is no list of words ends the prefix.
            prefix = frozenset(run) if run != ("",) else part.prefix
        words = None
        needs += [need for need in (frozenset(run), part.required, part.also) if need]
        run = part.words if part.words is not None else ("",)
    needs.append(frozenset(run))
    ranked = sorted((need for need in needs if "" not in need), key=_score, reverse=True)
    required = ranked[0] if ranked else None
    also = ranked[1] if len(ranked) > 1 else None
    if words is not None:
        prefix = frozenset(run)
    return Shape(words, required, longest, beyond, also, prefix if prefix and "" not in prefix else None)


def _alternate(branches: list[Shape]) -> Shape:
    if len(branches) == 1:
        return branches[0]
    words: tuple[str, ...] | None = None
    if all(branch.words is not None for branch in branches):
        words = tuple(dict.fromkeys(word for branch in branches for word in branch.words or ()))
        if len(words) > _MOST_WORDS:
            words = None
    needs = [_required(branch) for branch in branches]
    required = None if None in needs else frozenset().union(*(need for need in needs if need))
    lengths = [branch.longest for branch in branches]
    longest = None if None in lengths else max(length for length in lengths if length is not None)
    starts = [_prefix(branch) for branch in branches]
    prefix = None if None in starts else frozenset().union(*(start for start in starts if start))
    beyond = max(branch.beyond for branch in branches)
    return Shape(words, required, longest, beyond, None, prefix)


def _repeat(shape: Shape, least: int, most: int | None, lazy: bool) -> Shape:
    longest = None if shape.longest is None or most is None else shape.longest * most
    if shape.words is not None and most is not None and most <= 3:
        counts = range(least, most + 1) if lazy else range(most, least - 1, -1)
        # Only a single repetition is tried in a plain order; further ones would interleave with their tails.
        if least == most or (least, most) == (0, 1):
            words = tuple(dict.fromkeys("".join(chosen) for n in counts for chosen in product(shape.words, repeat=n)))
            if len(words) <= _MOST_WORDS:
                return Shape(words, None, longest, shape.beyond)
    required, also = (_required(shape), shape.also) if least else (None, None)
    return Shape(None, required, longest, shape.beyond, also, _prefix(shape) if least else None)


class _Reader:
    def __init__(self, pattern: str, read: Callable[[str], str]) -> None:
        self.pattern = pattern
        self.read = read
        self.at = 0

    @property
    def done(self) -> bool:
        return self.at >= len(self.pattern)

    def peek(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if self.peek(text):
            self.at += len(text)
            return True
        return False

    def alternatives(self) -> Shape:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return _alternate(branches)

    def sequence(self) -> Shape:
        parts = []
        while not self.done and not self.peek("|") and not self.peek(")"):
            parts.append(self.quantified(self.atom()))
        return _concatenate(parts)

    def quantified(self, shape: Shape) -> Shape:
        least: int
        most: int | None
        if self.take("?"):
            least, most = 0, 1
        elif self.take("*"):
            least, most = 0, None
        elif self.take("+"):
            least, most = 1, None
        elif self.peek("{"):
            least, most = self.braces()
        else:
            return shape
        lazy = self.take("?")
        if self.peek("+") or self.peek("*") or self.peek("?"):
            raise _UnknownSyntaxError
        return _repeat(shape, least, most, lazy)

    def braces(self) -> tuple[int, int | None]:
        end = self.pattern.index("}", self.at) if "}" in self.pattern[self.at :] else -1
        inside = self.pattern[self.at + 1 : end]
        low, comma, high = inside.partition(",")
        if end < 0 or not (low or high) or not (low + high).isdigit():
            raise _UnknownSyntaxError
        self.at = end + 1
        least = int(low or 0)
        return least, int(high) if high else (None if comma else least)

    def atom(self) -> Shape:
        if self.take("("):
            return self.group()
        if self.take("["):
            return self.char_class()
        if self.take("\\"):
            return self.escape()
        if self.take("."):
            return Shape(None, None, 1)
        if self.take("^") or self.take("$"):
            # Where a match may stand is more than the words say.
            return Shape(None, None, 0, 1)
        char = self.pattern[self.at]
        if char in _SPECIAL:
            raise _UnknownSyntaxError
        self.at += 1
        return Shape((self.read(char),), None, 1)

    def group(self) -> Shape:
        looks = False
        if self.take("?"):
            if any(self.take(opening) for opening in ("=", "!", "<=", "<!")):
                looks = True
            elif not self.take(":"):
                raise _UnknownSyntaxError
        shape = self.alternatives()
        if not self.take(")"):
            raise _UnknownSyntaxError
        if looks:
            if shape.longest is None:
                raise _UnknownSyntaxError
            # What a look-around sees decides whether there is a match, so the words alone no longer say it.
            return Shape(None, None, 0, shape.longest + shape.beyond + 1)
        return shape

    def escape(self) -> Shape:
        char = self.pattern[self.at]
        self.at += 1
        if char in _ZERO_WIDTH:
            return Shape(None, None, 0, 1)
        if char == "d":
            return Shape((self.read("1"),), None, 1) if self.read is fold else Shape(None, None, 1)
        if char in _ONE_OF_MANY:
            if char in "pPN" and self.take("{"):
                self.at = self.pattern.index("}", self.at) + 1 if "}" in self.pattern[self.at :] else -1
                if self.at < 0:
                    raise _UnknownSyntaxError
            return Shape(None, None, 1)
        if char.isalnum():
            raise _UnknownSyntaxError
        return Shape((self.read(char),), None, 1)

    def char_class(self) -> Shape:
        negated = self.take("^")
        chars: list[str] | None = []
        first = True
        while first or not self.peek("]"):
            first = False
            char = self.pattern[self.at]
            self.at += 1
            if char == "[":
                raise _UnknownSyntaxError
            if char == "\\":
                char = self.pattern[self.at]
                self.at += 1
                if char.isalnum():
                    chars = None
                    continue
            if self.peek("-") and not self.pattern.startswith("-]", self.at):
                self.at += 2
                chars = None
            if chars is not None:
                chars.append(self.read(char))
        self.at += 1
        if negated or chars is None or len(chars) > 8:
            return Shape(None, None, 1)
        return Shape(tuple(dict.fromkeys(chars)), None, 1)

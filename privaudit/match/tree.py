"""The text of a pattern as a tree: the part of the `regex` syntax that word entries use.

Whatever the reader does not know, it refuses to read, so that nothing is ever promised of it.
"""

from __future__ import annotations

import functools
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

from privaudit.match.fold import is_wordy

_ZERO_WIDTH = frozenset("bBAZzG")
_WORDY = frozenset("wd")
_ONE_OF_MANY = frozenset("wWdDsShXpPN")
_SPECIAL = frozenset("\\^$.|?*+()[]{}")
_KINDS = (ascii_lowercase, ascii_uppercase, digits)
# More characters than this in a class are not listed one by one.
_LISTED = 8


class UnknownSyntaxError(Exception):
    """The pattern uses something of which nothing is known."""


class Char(NamedTuple):
    """One character: one of `listed`, else any of a class, of which all word characters (`all_wordy`) or others.

    `wordy`: it is part of a word in any case, and `apart`: it is none in any case. `spaceless`: it is no space.
    `capital`: it is a capital where case matters, and `large`: it is no small letter. `signs`: all that it may be
    beside parts of words, None if that is not known; `but`: what it never is.
    """

    listed: tuple[str, ...] = ()
    wordy: bool = False
    apart: bool = False
    spaceless: bool = False
    all_wordy: bool = False
    capital: bool = False
    large: bool = False
    signs: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()


class Digit(NamedTuple):
    """A digit, of which there are many."""


class Nothing(NamedTuple):
    """An assertion of no width, such as a look-around at `part`: it only takes matches away. `line`: it holds only
    where a line begins.
    """

    part: Node | None = None
    line: bool = False


class Sequence(NamedTuple):
    """Parts one after the other."""

    parts: tuple[Node, ...]


class Either(NamedTuple):
    """Alternatives in the order in which they are tried."""

    branches: tuple[Node, ...]


class Repeat(NamedTuple):
    """A part some times over, `most` None for without a bound."""

    part: Node
    least: int
    most: int | None
    lazy: bool = False


Node = Char | Digit | Nothing | Sequence | Either | Repeat


# Several questions are asked of one pattern after the other.
@functools.lru_cache(maxsize=4)
def tree_of(pattern: str) -> Node:
    """The tree of a pattern; raises `UnknownSyntaxError`."""
    reader = _Reader(pattern)
    try:
        found = reader.alternatives()
    except (IndexError, ValueError):
        raise UnknownSyntaxError from None
    if not reader.done:
        raise UnknownSyntaxError
    return found


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
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

    def alternatives(self) -> Node:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while not self.done and not self.peek("|") and not self.peek(")"):
            parts.append(self.quantified(self.atom()))
        return Sequence(tuple(parts))

    def quantified(self, part: Node) -> Node:
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
            return part
        lazy = self.take("?")
        if self.peek("+") or self.peek("*") or self.peek("?"):
            raise UnknownSyntaxError
        return Repeat(part, least, most, lazy)

    def braces(self) -> tuple[int, int | None]:
        end = self.pattern.find("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : max(end, 0)].partition(",")
        if end < 0 or not (low or high) or not (low + high).isdigit():
            raise UnknownSyntaxError
        self.at = end + 1
        least = int(low or 0)
        return least, int(high) if high else (None if comma else least)

    def atom(self) -> Node:
        if self.take("("):
            return self.group()
        if self.take("["):
            return self.char_class()
        if self.take("\\"):
            return self.escape()
        if self.take("."):
            return Char()
        if self.take("^") or self.take("$"):
            return Nothing()
        char = self.pattern[self.at]
        if char in _SPECIAL:
            raise UnknownSyntaxError
        self.at += 1
        return _listed((char,))

    def group(self) -> Node:
        if self.take("?<![^\\n])"):
            return Nothing(line=True)
        looks = False
        if self.take("?"):
            if any(self.take(opening) for opening in ("=", "!", "<=", "<!")):
                looks = True
            elif not self.take(":"):
                raise UnknownSyntaxError
        part = self.alternatives()
        if not self.take(")"):
            raise UnknownSyntaxError
        return Nothing(part) if looks else part

    def escape(self) -> Node:
        char = self.pattern[self.at]
        self.at += 1
        if char in _ZERO_WIDTH:
            return Nothing()
        if char == "d":
            return Digit()
        if char in _ONE_OF_MANY:
            if char in "pPN" and self.take("{"):
                end = self.pattern.find("}", self.at)
                if end < 0:
                    raise UnknownSyntaxError
                name = self.pattern[self.at : end]
                self.at = end + 1
                letter, capital = char == "p" and name.startswith("L"), (char, name) == ("p", "Lu")
                return Char((), letter, False, letter, capital=capital, large=capital)
            # White space beyond the plain one is none in a text that is searched.
            word = char == "w"
            return Char((), word, char == "s", char in "wS", word, signs=() if word else None)
        if char.isalnum():
            raise UnknownSyntaxError
        return _listed((char,))

    def char_class(self) -> Node:
        negated = self.take("^")
        chars: list[str] = []
        classes: list[str] = []
        ranges = False
        while not (chars or classes) or not self.peek("]"):
            char = self.pattern[self.at]
            self.at += 1
            if char == "[":
                raise UnknownSyntaxError
            if char == "\\":
                char = self.pattern[self.at]
                self.at += 1
                if char == "p" and self.peek("{L"):
                    # Letters of some kind, which all are parts of words.
                    end = self.pattern.index("}", self.at) + 1
                    classes.append(self.pattern[self.at - 1 : end])
                    self.at = end
                    continue
                if char.isalnum():
                    classes.append(char)
                    continue
            chars.append(char)
            if self.peek("-") and not self.pattern.startswith("-]", self.at):
                last = self.pattern[self.at + 1]
                self.at += 2
                # Of other ranges the ends say little of what lies between.
                ranges = ranges or not any(char in kind and last in kind for kind in _KINDS)
                chars += map(chr, range(ord(char) + 1, ord(last) + 1))
        self.at += 1
        if negated:
            return Char(but=() if classes or ranges else tuple(chars))
        if not ranges and not classes and len(chars) <= _LISTED:
            return _listed(tuple(dict.fromkeys(chars)))
        known = not ranges and all(one in _WORDY or len(one) > 1 for one in classes)
        large = known and all(one == "d" or one == "p{Lu}" for one in classes) and not any(map(str.islower, chars))
        return Char(
            wordy=known and all(map(is_wordy, chars)),
            spaceless=known and " " not in chars,
            large=large,
            signs=tuple(dict.fromkeys(chars)) if known else None,
        )


def _listed(chars: tuple[str, ...]) -> Char:
    wordy = [is_wordy(char) for char in chars]
    return Char(chars, all(wordy), not any(wordy), " " not in chars)

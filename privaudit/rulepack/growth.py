"""Tells from the text of a pattern whether its search may take more than time in proportion to the text.

Four makings are looked for: a repeat without a bound over text with spaces, a repeat within such a repeat, two repeats
side by side that can share the same characters, and a repeat that can match one text in ever more ways. Bounded repeats
and repeats inside of a word are fine.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from privaudit.rulepack.ambiguity import EMPTY_PATH, NO_PATH, Paths, character, either, multiplies, repeated, sequence

# A repeat of more than this many counts as one without a bound.
_BOUND = 100
# So many rounds may each double the ways of a match: a million at most.
_FEW = 20
# Characters that stand for all others when two sets are compared.
_SAMPLES = "abcdefghijklmnopqrstuvwxyz0123456789 éßñœλж.,;:!?-_'\"()/%&@#€+*=<>[]{}|~^$\\"
_LOOKS = ("?=", "?!", "?<=", "?<!")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: the sample characters it may match, and what is known of its repeats.

    `starts` and `ends` are the characters that a match may start or end with. `optional`: it may match nothing.
    `first` and `last` are those of an unbounded repeat that the part may begin or end with. `grows` names the worst
    making inside. `unbounded`: an unbounded repeat is inside. `paths` are its ways to match.
    """

    chars: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    optional: bool = True
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    grows: str = ""
    unbounded: bool = False
    paths: Paths = EMPTY_PATH


class _UnknownSyntaxError(Exception):
    pass


def growth_of(pattern: str, exact: bool = False) -> str:
    """What makes a pattern grow faster than the text, in words for people; empty if nothing was found.

    `exact`: case matters.
    """
    try:
        reader = _Reader(pattern, exact)
        part = reader.alternatives()
        return part.grows if reader.done else ""
    except (_UnknownSyntaxError, IndexError):
        return ""


@functools.cache
def _matching(atom: str, exact: bool) -> frozenset[str]:
    try:
        compiled = regex.compile(atom, 0 if exact else regex.IGNORECASE)
    except regex.error:
        raise _UnknownSyntaxError from None
    # Letters of other scripts stand for themselves.
    return frozenset(char for char in {*_SAMPLES, *atom, *atom.lower()} if compiled.fullmatch(char))


def _sequence(parts: list[_Part]) -> _Part:
    whole = _Part()
    for part in parts:
        shared = whole.last & part.first
        grows = whole.grows or part.grows
        if shared and not grows:
            grows = "two repeats side by side can match the same characters"
        whole = _Part(
            whole.chars | part.chars,
            whole.starts | part.starts if whole.optional else whole.starts,
            whole.ends | part.ends if part.optional else part.ends,
            whole.optional and part.optional,
            whole.first | part.first if whole.optional else whole.first,
            whole.last | part.last if part.optional else part.last,
            grows,
            whole.unbounded or part.unbounded,
        )
    return replace(whole, paths=sequence(part.paths for part in parts))


def _either(branches: list[_Part]) -> _Part:
    return _Part(
        frozenset().union(*(part.chars for part in branches)),
        frozenset().union(*(part.starts for part in branches)),
        frozenset().union(*(part.ends for part in branches)),
        any(part.optional for part in branches),
        frozenset().union(*(part.first for part in branches)),
        frozenset().union(*(part.last for part in branches)),
        next((part.grows for part in branches if part.grows), ""),
        any(part.unbounded for part in branches),
        either([part.paths for part in branches]),
    )


def _repeated(part: _Part, least: int, most: int | None) -> _Part:
    paths = repeated(part.paths, least, most)
    if not part.grows and (most is None or most > _FEW) and multiplies(repeated(part.paths, 1, None)):
        part = replace(part, grows="the same text fits into a repeat in more than one way; leave all but one out")
    if most is not None and most <= _BOUND:
        grows = part.grows
        if most > 1 and not grows and part.last & part.first:
            grows = "a repeat holds another repeat of the same characters"
        return replace(part, optional=part.optional or least == 0, grows=grows, paths=paths)
    grows = part.grows
    if part.unbounded and (part.optional or part.first & part.last):
        grows = grows or "an unbounded repeat stands inside of another"
    elif " " in part.chars and part.chars != {" "}:
        # One and the same set of characters all through: no group of words, but a run of anything.
        run = part.chars == part.starts == part.ends
        mend = (
            "runs over whole sentences; write ' \u2026 ' for a gap"
            if run
            else "of whole words; write {0,3} or the like"
        )
        grows = grows or f"an unbounded repeat {mend}"
    return replace(
        part,
        optional=part.optional or least == 0,
        first=part.starts,
        last=part.ends,
        grows=grows,
        unbounded=True,
        paths=paths,
    )


class _Reader:
    def __init__(self, pattern: str, exact: bool) -> None:
        self._pattern = pattern
        self._exact = exact
        self._at = 0

    @property
    def done(self) -> bool:
        return self._at >= len(self._pattern)

    def _peek(self, text: str) -> bool:
        return self._pattern.startswith(text, self._at)

    def _take(self, text: str) -> bool:
        if self._peek(text):
            self._at += len(text)
            return True
        return False

    def alternatives(self) -> _Part:
        branches = [_sequence(list(self._parts()))]
        while self._take("|"):
            branches.append(_sequence(list(self._parts())))
        return _either(branches)

    def _parts(self) -> Iterator[_Part]:
        while not (self.done or self._peek("|") or self._peek(")")):
            yield self._quantified(self._atom())

    def _quantified(self, part: _Part) -> _Part:
        most: int | None
        if self._take("?"):
            least, most = 0, 1
        elif self._take("*"):
            least, most = 0, None
        elif self._take("+"):
            least, most = 1, None
        elif self._peek("{") and (braces := regex.match(r"\{(\d*)(,?)(\d*)\}", self._pattern, pos=self._at)):
            self._at = braces.end()
            least = int(braces[1] or 0)
            most = int(braces[3]) if braces[3] else (None if braces[2] else least)
        else:
            return part
        if self._take("+"):
            # Possessive: what it has taken is never given back.
            optional = part.optional or least == 0
            return replace(part, optional=optional, first=frozenset(), last=frozenset(), paths=NO_PATH)
        self._take("?")
        return _repeated(part, least, most)

    def _atom(self) -> _Part:
        start = self._at
        if self._take("("):
            return self._group()
        if self._take("["):
            self._class()
        elif self._take("\\"):
            char = self._pattern[self._at]
            self._at += 1
            if char in "bBAZzGmM":
                return _Part(paths=NO_PATH)
            if char in "pPN" and self._take("{"):
                self._at = (
                    self._pattern.index("}", self._at) + 1 if "}" in self._pattern[self._at :] else len(self._pattern)
                )
            elif char.isdigit() or char in "gkKRX":
                raise _UnknownSyntaxError
        elif self._take("^") or self._take("$"):
            return _Part(paths=NO_PATH)
        else:
            self._at += 1
        chars = _matching(self._pattern[start : self._at], self._exact)
        return _Part(chars, chars, chars, optional=False, paths=character(chars))

    def _group(self) -> _Part:
        looks = next((look for look in _LOOKS if self._take(look)), None)
        told = True
        if looks is None and self._peek("?"):
            opening = regex.match(r"\?(?:[a-zA-Z-]*:|>|\||P?<\w+>)", self._pattern, pos=self._at)
            if opening is None:
                raise _UnknownSyntaxError
            self._at = opening.end()
            # Of what is taken in one way alone, or with other flags, the ways are not known.
            told = opening[0] in {"?:", "?|"} or "<" in opening[0]
        part = self.alternatives()
        if not self._take(")"):
            raise _UnknownSyntaxError
        if looks:
            return _Part(grows=part.grows, paths=NO_PATH)
        return part if told else replace(part, paths=NO_PATH)

    def _class(self) -> None:
        self._take("^")
        first = True
        while first or not self._peek("]"):
            first = False
            char = self._pattern[self._at]
            self._at += 1
            if char == "[":
                raise _UnknownSyntaxError
            if char == "\\":
                self._at += 1
        self._at += 1

"""The entries of a language prepared for the search: the letters of all patterns, and what each concept needs.

A vocabulary is plain values through and through, so that it can be kept for the next run and read back at no cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from privaudit.match.edges import begins_of
from privaudit.match.effort import is_quick
from privaudit.match.fold import DIGIT, fold, without_signs
from privaudit.match.pattern import translate
from privaudit.match.shape import Letters, Open, cost, list_of, needs_of, shape_of
from privaudit.rulepack.schema import Citation, WordEntry

# Characters of a piece by which letters are ruled out for a whole text.
_PIECE = 4
# Letters that cost more than this, and so many times as much as the cheapest ones, are not looked at to rule out a
# sentence; nor are more choices of letters than this.
_TELLING = 0.05
_AS_TELLING = 4
_MOST_ANCHORS = 4


class Alternative(NamedTuple):
    """A word with the number of its letters, and how far into them it begins (0 or 1).

    `unsure`: the letters do not say it all, for signs and spaces are one to them, and so are cases; the word itself is
    folded or, where case matters, as it is written. `left`, `right`: a match is all of the word around it, on the right
    at least `more` of it.
    """

    number: int
    text: str
    lead: int
    unsure: bool
    left: bool
    right: bool
    more: int


class Anchor(NamedTuple):
    """Letters by number, one of which each match holds. `begins` says for each where the match begins: at which
    distances before them or (`word`) before the word in which they begin; None where that is not known for all.
    """

    numbers: tuple[int, ...]
    begins: tuple[tuple[tuple[int, ...], bool], ...] | None = None


class WordPattern(NamedTuple):
    """A pattern with its anchors, the most telling first; it cannot match where one of them is not.

    `begin`: a match begins where a line does (`line`) or with a capital (`capital`); empty if that is not known.
    `needs`: where there are no anchors, strings of which each match holds one, folded or (`exact`) as they stand.
    `quick`: it needs no time limit in sentences that are not very long.
    """

    source: str
    exact: bool
    quick: bool = False
    begin: str = ""
    anchors: tuple[Anchor, ...] = ()
    needs: tuple[str, ...] = ()


class ConceptWords(NamedTuple):
    """The entries of one concept, sorted by how they are searched.

    `plain`: entries that are no more than a list of words, in the order in which they are tried, each with whether case
    matters.
    `always`: the numbers of the patterns that no letters call for.
    `governing`: patterns around a mechanism just found (`{it}`), each with whether its case matters.
    """

    plain: tuple[tuple[bool, tuple[Alternative, ...]], ...] = ()
    patterns: tuple[WordPattern, ...] = ()
    always: tuple[int, ...] = ()
    links: tuple[tuple[str, bool], ...] = ()
    articles: tuple[Citation, ...] = ()
    governing: tuple[tuple[str, bool], ...] = ()


# For letters the concepts that they call for: the entry among the plain ones with the alternative, or the pattern (-1).
Owner = tuple[str, int, int]


class Vocabulary:
    """The words of one language by concept, and all letters that the search looks for.

    `letters` are folded and without signs; `owners`, parallel to them, say which entries they call for.
    """

    def __init__(
        self,
        letters: list[str],
        owners: list[tuple[Owner, ...]],
        pieces: dict[str, tuple[int, ...]],
        kept: dict[str, tuple[Any, ...]],
    ) -> None:
        """Takes what `to_keep` gave."""
        self.letters = letters
        self.owners = owners
        self._pieces = pieces
        self._kept = kept
        self._made: dict[str, ConceptWords] = {}

    def to_keep(
        self,
    ) -> tuple[list[str], list[tuple[Owner, ...]], dict[str, tuple[int, ...]], dict[str, tuple[Any, ...]]]:
        """Everything as plain values."""
        return self.letters, self.owners, self._pieces, self._kept

    def possible(self, plain: str) -> list[int]:
        """The numbers of the letters that a folded text without signs may hold; all others it does not hold."""
        # Each word once; pieces that run from one into the next only let more through.
        words = " ".join(set(plain.split()))
        there = {words[at : at + _PIECE] for at in range(len(words) - _PIECE + 1)}
        there.add("")
        return sorted(number for piece in self._pieces.keys() & there for number in self._pieces[piece])

    def __contains__(self, concept: object) -> bool:
        return concept in self._kept

    @property
    def cites(self) -> bool:
        """Whether any concept has citations of articles among its words."""
        return any(kept[4] for kept in self._kept.values())

    def of(self, concept: str) -> ConceptWords | None:
        """The words of a concept; None where the language has none for it."""
        made = self._made.get(concept)
        if made is None and (kept := self._kept.get(concept)):
            plain, patterns, always, links, articles, governing = kept
            made = self._made[concept] = ConceptWords(
                tuple([(exact, tuple([Alternative(*one) for one in entry])) for exact, entry in plain]),
                tuple([_pattern(*one) for one in patterns]),
                always,
                links,
                tuple([Citation(*one) for one in articles]),
                governing,
            )
        return made


def _pattern(
    source: str, exact: bool, quick: bool, begin: str, anchors: tuple[tuple[Any, ...], ...], needs: tuple[str, ...]
) -> WordPattern:
    return WordPattern(source, exact, quick, begin, tuple([Anchor(*one) for one in anchors]), needs)


def vocabulary_of(concepts: Mapping[str, Iterable[WordEntry]], needed: Iterable[str]) -> Vocabulary:
    """Prepares the entries of the concepts that are needed."""
    return _Builder().build(concepts, needed)


class _Builder:
    """Numbers the letters of all entries and notes what they call for."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._owners: list[dict[Owner, None]] = []

    def build(self, concepts: Mapping[str, Iterable[WordEntry]], needed: Iterable[str]) -> Vocabulary:
        kept: dict[str, tuple[Any, ...]] = {}
        for name in sorted(needed):
            entries = tuple(concepts.get(name, ()))
            if not entries:
                continue
            written = [(translate(entry.pattern), entry.exact, entry.governs) for entry in entries if entry.pattern]
            plain: list[tuple[bool, tuple[tuple[Any, ...], ...]]] = []
            patterns: list[tuple[Any, ...]] = []
            for source, exact, governs in written:
                if governs:
                    continue
                listed = list_of(source, exact)
                if listed and all(_is_plain(one, exact) for one in listed):
                    plain.append((exact, self._plain(name, len(plain), listed, exact)))
                else:
                    patterns.append(self._patterned(name, len(patterns), source, exact))
            kept[name] = (
                tuple(plain),
                tuple(patterns),
                tuple([number for number, one in enumerate(patterns) if not one[4]]),
                tuple([(translate(entry.link), entry.exact) for entry in entries if entry.link is not None]),
                tuple([tuple(entry.article) for entry in entries if entry.article is not None]),
                tuple([(source, exact) for source, exact, governs in written if governs]),
            )
        owners = [tuple(one) for one in self._owners]
        return Vocabulary(list(self._numbers), owners, _pieces_of(self._numbers), kept)

    def _numbered(self, letters: str, owner: Owner | None = None) -> int:
        number = self._numbers.setdefault(letters, len(self._numbers))
        if number == len(self._owners):
            self._owners.append({})
        if owner:
            self._owners[number][owner] = None
        return number

    def _plain(self, name: str, entry: int, every: Iterable[Open], exact: bool) -> tuple[tuple[Any, ...], ...]:
        found = []
        for rank, one in enumerate(every):
            bare = without_signs(fold(one.letters))
            # A sign at an end has no end of a word beside it.
            before = " " if not one.left and bare[0] != " " else ""
            after = " " if not one.right and bare[-1] != " " else ""
            number = self._numbered(before + bare + after, (name, entry, rank))
            found.append((number, one.letters, len(before), exact or " " in bare, *one[1:]))
        return tuple(found)

    def _patterned(self, name: str, entry: int, source: str, exact: bool) -> tuple[Any, ...]:
        ranked = sorted((one for one in shape_of(source).anchors if all(map(str.strip, one))), key=cost)
        known = (source, exact, is_quick(source), begins_of(source, exact))
        if not ranked:
            return *known, (), needs_of(source, exact)
        most = max(_TELLING, _AS_TELLING * cost(ranked[0]))
        chosen = [ranked[0], *(one for one in ranked[1:_MOST_ANCHORS] if cost(one) <= most)]
        if not any(map(_begins, chosen)):
            chosen += [one for one in ranked if _begins(one)][:1]
        for letters in ranked[0]:
            self._numbered(letters, (name, entry, -1))
        return *known, tuple([self._anchor(one) for one in chosen]), ()

    def _anchor(self, letters: Letters) -> tuple[Any, ...]:
        numbers = tuple([self._numbered(one) for one in letters])
        return numbers, tuple([tuple(one) for one in letters.values() if one]) if _begins(letters) else None


def _begins(letters: Letters) -> bool:
    """Whether letters say where a match begins."""
    return all(letters.values())


def _is_plain(one: Open, exact: bool) -> bool:
    """Whether letters alone can settle a word: it has some, and no digit that stands for all."""
    return (exact or DIGIT not in one.letters) and bool(without_signs(one.letters).strip())


def _pieces_of(numbers: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The letters by a piece of each, the one that the fewest share; those too short to have one by the empty piece."""
    pieces: dict[str, list[str]] = {}
    for letters in numbers:
        every = (letters[at : at + _PIECE] for at in range(len(letters) - _PIECE + 1))
        pieces[letters] = [piece for piece in every if not any(map(str.isspace, piece))]
    shared = Counter(piece for own in pieces.values() for piece in own)
    found: dict[str, list[int]] = {}
    for letters, number in numbers.items():
        found.setdefault(min(pieces[letters], key=shared.__getitem__, default=""), []).append(number)
    return {piece: tuple(own) for piece, own in found.items()}

"""Makes a vocabulary of the words of a language, from what the text of each pattern promises.

What is made is kept; a run that finds it needs nothing of this.
"""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterable, Mapping

from privaudit.match.edges import begins_of
from privaudit.match.effort import is_quick
from privaudit.match.fold import DIGIT, fold, without_signs
from privaudit.match.pattern import translate
from privaudit.match.rarity import Rarity
from privaudit.match.shape import Letters, Open, list_of, needs_of, shape_of
from privaudit.match.vocabulary import PIECE, Owner, Vocabulary, kept_form
from privaudit.record import Any
from privaudit.rulepack.schema import WordEntry

# Letters that occur more often than this in a thousand words, and so many times as often as the rarest ones, are not
# looked at to rule out a sentence; nor are more choices of letters than this.
_TELLING = 8.0
_AS_TELLING = 4
_MOST_ANCHORS = 3


def vocabulary_of(concepts: Mapping[str, Iterable[WordEntry]], needed: Iterable[str]) -> Vocabulary:
    """Prepares the entries of the concepts that are needed."""
    every = [entry.pattern for entries in concepts.values() for entry in entries if entry.pattern]
    return _Builder(Rarity(every)).build(concepts, needed)


class _Builder:
    """Numbers the letters of all entries and notes what they call for."""

    def __init__(self, rarity: Rarity) -> None:
        self._often = rarity.of
        self._numbers: dict[str, int] = {}
        self._owners: list[dict[Owner, None]] = []

    def build(self, concepts: Mapping[str, Iterable[WordEntry]], needed: Iterable[str]) -> Vocabulary:
        kept: dict[str, tuple[Any, ...]] = {}
        pointed: dict[str, tuple[str, ...]] = {}
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
            links = tuple([(translate(entry.link), entry.exact) for entry in entries if entry.link is not None])
            if links:
                pointed[name] = tuple([need for source, _ in links for need in needs_of(source, exact=False) or ("",)])
            kept[name] = (
                tuple(plain),
                tuple([marshal.dumps(one) for one in patterns]),
                tuple([number for number, one in enumerate(patterns) if not one[4]]),
                links,
                tuple([tuple(entry.article) for entry in entries if entry.article is not None]),
                tuple([(source, exact) for source, exact, governs in written if governs]),
            )
        return Vocabulary(*kept_form(self._numbers, self._owners, _parts_of(self._numbers), pointed, kept))

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
        often = self._often
        ranked = sorted((one for one in shape_of(source, often).anchors if all(map(str.strip, one))), key=often)
        known = (source, exact, is_quick(source, exact), begins_of(source, exact))
        if not ranked:
            return *known, (), needs_of(source, exact)
        most = max(_TELLING, _AS_TELLING * often(ranked[0]))
        chosen = [ranked[0], *(one for one in ranked[1:_MOST_ANCHORS] if often(one) <= most)]
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


def _parts_of(numbers: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The letters by the part of each that the fewest share; those that have none by the empty one."""
    parts = {letters: _words_in(letters) or _pieces_in(letters) for letters in numbers}
    shared = Counter(part for own in parts.values() for part in own)
    found: dict[str, list[int]] = {}
    for letters, number in numbers.items():
        found.setdefault(min(parts[letters], key=shared.__getitem__, default=""), []).append(number)
    return {part: tuple(own) for part, own in found.items()}


def _words_in(letters: str) -> list[str]:
    """The words that letters hold whole."""
    return [word for word in letters.split(" ")[1:-1] if word and not any(map(str.isspace, word))]


def _pieces_in(letters: str) -> list[str]:
    """The pieces of words that letters hold."""
    every = (letters[at : at + PIECE] for at in range(len(letters) - PIECE + 1))
    return [piece for piece in every if not any(map(str.isspace, piece))]

"""The entries of a language prepared for the search: the fixed letters of all patterns, and what each concept needs.

A vocabulary is plain values through and through, so that it can be kept for the next run and read back at no cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from privaudit.match.pattern import translate
from privaudit.match.shape import DIGIT, NOTHING, Shape, shape_of
from privaudit.record import Any, NamedTuple
from privaudit.rulepack.schema import Citation, WordEntry

# Letters that are in nearly every sentence rule none out.
_TELLING = 3
# Characters of a piece by which letters are ruled out for a whole text.
_PIECE = 4


class WordPattern(NamedTuple):
    """A pattern with the letters that it needs: one of `first` (None: none) and one of `second`, and, where known, one
    of `prefix` at its very start. Letters are named by their number in the vocabulary. `begins` are the characters, in
    their case, with one of which a match begins where case matters, and `needs` strings, in their case, of which each
    match then holds one; empty if that is not known.
    """

    source: str
    exact: bool
    first: tuple[int, ...] | None = None
    second: tuple[int, ...] | None = None
    prefix: tuple[int, ...] | None = None
    begins: str = ""
    needs: tuple[str, ...] = ()


class ConceptWords(NamedTuple):
    """The entries of one concept, sorted by how they are searched.

    `plain`: entries that are no more than a list of words, as letters with their rank among the alternatives.
    `governing`: patterns around a mechanism just found (`{it}`), each with whether its case matters.
    """

    plain: tuple[dict[int, int], ...] = ()
    patterns: tuple[WordPattern, ...] = ()
    links: tuple[tuple[str, bool], ...] = ()
    articles: tuple[Citation, ...] = ()
    governing: tuple[tuple[str, bool], ...] = ()


class Vocabulary:
    """The words of one language by concept, and all letters that the search looks for."""

    def __init__(
        self, letters: list[str], pieces: dict[str, tuple[int, ...]], kept: dict[str, tuple[Any, ...]]
    ) -> None:
        """Takes what `to_keep` gave."""
        self.letters = letters
        self._pieces = pieces
        self._kept = kept
        self._made: dict[str, ConceptWords] = {}

    def to_keep(self) -> tuple[list[str], dict[str, tuple[int, ...]], dict[str, tuple[Any, ...]]]:
        """Everything as plain values."""
        return self.letters, self._pieces, self._kept

    def possible(self, folded: str) -> list[int]:
        """The numbers of the letters that a folded text may hold; all others it does not hold."""
        # Each word once; pieces that run from one into the next only let more through.
        words = " ".join(set(folded.split()))
        there = {words[at : at + _PIECE] for at in range(len(words) - _PIECE + 1)}
        there.add("")
        return sorted(number for piece in self._pieces.keys() & there for number in self._pieces[piece])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __contains__(self, concept: object) -> bool:
        return concept in self._kept

    @property
    def cites(self) -> bool:
        """Whether any concept has citations of articles among its words."""
        return any(kept[3] for kept in self._kept.values())

    def of(self, concept: str) -> ConceptWords | None:
        """The words of a concept; None where the language has none for it."""
        made = self._made.get(concept)
        if made is None and (kept := self._kept.get(concept)):
            plain, patterns, links, articles, governing = kept
            made = self._made[concept] = ConceptWords(
                plain,
                tuple(WordPattern(*one) for one in patterns),
                links,
                tuple(Citation(*one) for one in articles),
                governing,
            )
        return made


def vocabulary_of(concepts: Mapping[str, Iterable[WordEntry]], needed: Iterable[str]) -> Vocabulary:
    """Prepares the entries of the concepts that are needed."""
    numbers: dict[str, int] = {}

    def numbered(letters: Iterable[str]) -> tuple[int, ...]:
        return tuple([numbers.setdefault(one, len(numbers)) for one in letters])

    def prepared(source: str, exact: bool) -> dict[int, int] | WordPattern:
        shape = shape_of(source)
        as_written = shape_of(source, folded=False) if exact else NOTHING
        if shape.words and "" not in shape.words:
            letters = numbered(shape.words)
            if exact or any(DIGIT in one for one in shape.words):
                return WordPattern(source, exact, prefix=letters, begins=_begins(as_written))
            return {number: rank for rank, number in enumerate(letters)}
        needs = tuple(sorted(as_written.required or ()))
        if not shape.required or "" in shape.required:
            return WordPattern(source, exact, needs=needs)
        also = shape.also if shape.also and min(map(len, shape.also)) >= _TELLING else None
        # What a match begins with need not be looked for a second time.
        sought = [need for need in (shape.required, also) if need and need != shape.prefix]
        first, second = [*(numbered(sorted(need)) for need in sought), None, None][:2]
        if not shape.prefix:
            return WordPattern(source, exact, first, second, needs=needs)
        return WordPattern(source, exact, first, second, numbered(sorted(shape.prefix)), _begins(as_written))

    kept: dict[str, tuple[Any, ...]] = {}
    for name in sorted(needed):
        entries = tuple(concepts.get(name, ()))
        if not entries:
            continue
        written = [(translate(entry.pattern), entry.exact, entry.governs) for entry in entries if entry.pattern]
        found = [prepared(source, exact) for source, exact, governs in written if not governs]
        kept[name] = (
            tuple(one for one in found if isinstance(one, dict)),
            tuple(tuple(one) for one in found if isinstance(one, WordPattern)),
            tuple((translate(entry.link), entry.exact) for entry in entries if entry.link is not None),
            tuple(tuple(entry.article) for entry in entries if entry.article is not None),
            tuple((source, exact) for source, exact, governs in written if governs),
        )
    return Vocabulary(list(numbers), _pieces_of(numbers), kept)


def _begins(shape: Shape) -> str:
    """The characters with one of which each match of a pattern begins; empty if that is not known."""
    starts = shape.words or shape.prefix or ()
    return "" if "" in starts else "".join(sorted({start[0] for start in starts}))


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

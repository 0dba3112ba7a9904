"""The entries of a language prepared for the search: the letters of all patterns, and what each concept needs.

A vocabulary is plain values through and through, so that it can be kept for the next run and read back at no cost.
"""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.record import Any, NamedTuple
from privaudit.rulepack.schema import Citation

# Characters of a piece by which letters are ruled out for a whole text.
PIECE = 4
# Sentences of up to so many characters are searched for quick patterns without a limit of time.
LONGEST = 2000


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
        there = {words[at : at + PIECE] for at in range(len(words) - PIECE + 1)}
        there.add("")
        return sorted(number for piece in self._pieces.keys() & there for number in self._pieces[piece])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

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

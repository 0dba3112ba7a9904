"""The entries of a language prepared for the search: the letters of all patterns, and what each concept needs.

A vocabulary is plain values through and through, so that it can be kept for the next run and read back at no cost.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from privaudit.record import Any, NamedTuple
from privaudit.rulepack.schema import Citation

# Characters of a piece of a word, by which letters that hold no word whole are ruled out for a text.
PIECE = 4
# Sentences of up to so many characters are searched for quick patterns without a limit of time.
LONGEST = 2000
# Bytes of a place in a text that is kept.
_OFFSET = 4


# A word: the number of its letters, the word, how far into the letters it begins (0 or 1); whether the letters do not
# say it all, for signs and spaces are one to them, and so are cases (the word itself is folded or, where case matters,
# as it is written); whether a match is all of the word around it on the left, and on the right, there at least so much
# more of it.
Alternative = tuple[int, str, int, bool, bool, bool, int]


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


class ConceptWords:
    """The entries of one concept, sorted by how they are searched.

    `plain`: entries that are no more than a list of words, in the order in which they are tried, each with whether case
    matters. `written`: all others but those below, each as bytes of which `pattern` makes one when it is asked for.
    `always`: the numbers of the patterns that no letters call for.
    `governing`: patterns around a mechanism just found (`{it}`), each with whether its case matters.
    """

    def __init__(
        self,
        plain: tuple[tuple[bool, tuple[Alternative, ...]], ...],
        written: tuple[bytes, ...],
        always: tuple[int, ...],
        links: tuple[tuple[str, bool], ...],
        articles: tuple[tuple[Any, ...], ...],
        governing: tuple[tuple[str, bool], ...],
    ) -> None:
        """Takes what was kept of a concept."""
        self.plain = plain
        self.written = written
        self.always = always
        self.links = links
        self.articles = tuple([Citation(*one) for one in articles])
        self.governing = governing
        self._made: dict[int, WordPattern] = {}

    def pattern(self, number: int) -> WordPattern:
        """One of the patterns."""
        made = self._made.get(number)
        if made is None:
            source, exact, quick, begin, anchors, needs = marshal.loads(self.written[number])  # noqa: S302 - as below
            anchored = tuple([Anchor(*one) for one in anchors])
            made = self._made[number] = WordPattern(source, exact, quick, begin, anchored, needs)
        return made


# For letters the concepts that they call for: the entry among the plain ones with the alternative, or the pattern (-1).
Owner = tuple[str, int, int]
# What a vocabulary is made of, as it is kept.
Form = tuple[str, str, bytes, str, str, tuple[str, ...], dict[str, tuple[str, ...]], bool, dict[str, bytes]]


class Vocabulary:
    """The words of one language by concept, and all letters that the search looks for.

    `letters` are folded and without signs. `loose` are the concepts for which there is more to find in the text than
    letters call for. `links`: for concepts whose words mean links, the folded strings of which the target of each such
    link holds one. `cites`: whether any concept has citations of articles among its words.
    """

    def __init__(
        self,
        letters: str,
        owners: str,
        starts: bytes,
        parts: str,
        numbers: str,
        loose: tuple[str, ...],
        links: dict[str, tuple[str, ...]],
        cites: bool,
        kept: dict[str, bytes],
    ) -> None:
        """Takes what `kept_form` gave; of it a run needs little, and most is made when it is asked for."""
        self.letters = letters.split("\n") if letters else []
        self.cites = cites
        self.loose = frozenset(loose)
        self.links = links
        self._form = (letters, owners, starts, parts, numbers, loose, links, cites, kept)
        self._called = owners
        self._starts = starts
        self._owners: dict[int, tuple[Owner, ...]] = {}
        self._parts = dict(zip(parts.split("\n"), numbers.split("\n"), strict=True))
        self._kept = kept
        self._names = list(kept)
        self._made: dict[str, ConceptWords] = {}

    def to_keep(self) -> Form:
        """Everything as plain values."""
        return self._form

    def possible(self, plain: str) -> list[int]:
        """The numbers of the letters that a folded text without signs may hold; all others it does not hold."""
        there = {"", *plain.split()}
        # Each word once; pieces that run from one into the next only let more through.
        words = " ".join(there)
        there.update([words[at : at + PIECE] for at in range(len(words) - PIECE + 1)])
        parts = self._parts
        return sorted(map(int, " ".join([parts[part] for part in parts.keys() & there]).split()))

    def owners(self, number: int) -> tuple[Owner, ...]:
        """The entries that letters call for."""
        made = self._owners.get(number)
        if made is None:
            start, end = self._start(number), self._start(number + 1)
            names = self._names
            every = [map(int, one.split(",")) for one in self._called[start:end].split()]
            made = self._owners[number] = tuple([(names[name], entry, rank) for name, entry, rank in every])
        return made

    def _start(self, number: int) -> int:
        """Where what letters call for begins, which is not cut up, since a text holds few of them."""
        return int.from_bytes(self._starts[number * _OFFSET : (number + 1) * _OFFSET], "big")

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __contains__(self, concept: object) -> bool:
        return concept in self._kept

    def of(self, concept: str) -> ConceptWords | None:
        """The words of a concept; None where the language has none for it."""
        made = self._made.get(concept)
        if made is None and (kept := self._kept.get(concept)):
            made = self._made[concept] = ConceptWords(*marshal.loads(kept))  # noqa: S302 - made by this package
        return made


def kept_form(
    letters: Iterable[str],
    owners: Iterable[Iterable[Owner]],
    parts: Mapping[str, Iterable[int]],
    links: dict[str, tuple[str, ...]],
    concepts: Mapping[str, tuple[Any, ...]],
) -> Form:
    """A vocabulary as values that are read back at little cost.

    `owners` are parallel to the letters; `parts` are words and pieces of words, each with the numbers of letters that
    no text holds which does not hold it; `links` are as in the vocabulary; `concepts` are what `ConceptWords` takes.
    """
    named = {name: number for number, name in enumerate(concepts)}
    called = ["".join(f"{named[name]},{entry},{rank} " for name, entry, rank in own) for own in owners]
    starts = accumulate(map(len, called), initial=0)
    return (
        "\n".join(letters),
        "".join(called),
        b"".join([start.to_bytes(_OFFSET, "big") for start in starts]),
        "\n".join(parts),
        "\n".join(" ".join(map(str, numbers)) for numbers in parts.values()),
        tuple([name for name, words in concepts.items() if words[2] or words[4]]),
        links,
        any(words[4] for words in concepts.values()),
        {name: marshal.dumps(words) for name, words in concepts.items()},
    )

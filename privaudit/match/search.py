"""One stretch of a document, searched: where fixed letters occur, and from there the hits of each concept."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from privaudit.document import Document, Link, Span
from privaudit.match.citation import CitationReader, Cited
from privaudit.match.hits import Hit
from privaudit.match.pattern import Patterns
from privaudit.rulepack.schema import Citation

# Seconds that one pattern may spend on one sentence.
TIME_LIMIT = 1.0
_WORD_CHAR = regex.compile(r"\w")


class Sentence(NamedTuple):
    """A sentence of a document: its number and its shadow span."""

    number: int
    span: Span


class Occurrence(NamedTuple):
    """Where fixed letters occur: offsets from the start of the stretch, and the position of the sentence in it."""

    start: int
    end: int
    position: int


class WordPattern(NamedTuple):
    """A pattern with the letters that it needs: one of `first` (None: none) and one of `second`, and, where known, one
    of `prefix` at its very start.
    """

    source: str
    exact: bool
    first: frozenset[int] | None = None
    second: frozenset[int] | None = None
    prefix: frozenset[int] | None = None


class ConceptWords:
    """The entries of one concept; letters are named by their number in the automaton."""

    __slots__ = ("articles", "links", "patterns", "plain")

    def __init__(self) -> None:
        # Letters with their rank among the alternatives.
        self.plain: list[dict[int, int]] = []
        self.patterns: list[WordPattern] = []
        self.links: list[tuple[str, bool]] = []
        self.articles: list[Citation] = []


class Stretch(NamedTuple):
    """Neighbouring sentences in one language, with their folded text and the places of its letters."""

    document: Document
    sentences: Sequence[Sentence]
    folded: str
    places: dict[int, list[Occurrence]]


def confirm(patterns: Patterns, source: str, exact: bool, text: str, sentence: Sentence) -> list[Hit]:
    """The hits of one pattern in one sentence; raises `TimeoutError`."""
    first, last = sentence.span.start, sentence.span.end
    return [
        Hit(Span(match.start(), match.end()), sentence.number)
        for match in patterns.compiled(source, exact).finditer(text, first, last, timeout=TIME_LIMIT)  # type: ignore[call-overload]
        if match.end() > match.start()
    ]


class StretchSearch:
    """The sentences of a document that are written in one language, with the places of that language's letters."""

    def __init__(
        self,
        stretch: Stretch,
        concepts: Mapping[str, ConceptWords],
        patterns: Patterns,
        citations: CitationReader | None,
    ) -> None:
        self._document, self._sentences, self._folded, self._places = stretch
        self._concepts = concepts
        self._patterns = patterns
        self._reader = citations
        self._by_sentence: dict[int, dict[int, list[int]]] = {}
        self._cited: list[tuple[Cited, int]] | None = None

    def find(self, concept: str) -> list[Hit]:
        """The hits of a concept, in any order; raises `TimeoutError`."""
        words = self._concepts.get(concept)
        if words is None:
            return []
        return [*self._plain(words), *self._confirmed(words), *self._linked(words), *self._citations(words)]

    def _plain(self, words: ConceptWords) -> list[Hit]:
        """Hits of entries that are no more than a list of words."""
        hits: list[Hit] = []
        offset = self._sentences[0].span.start
        for literals in words.plain:
            found = [
                (place.start, order, place.end, place.position)
                for number in literals.keys() & self._places.keys()
                for order in (literals[number],)
                for place in self._places[number]
                if _bounded(self._folded, place.start, place.end)
            ]
            free = 0
            # As the engine does: leftmost first, there the alternative written first, and never overlapping.
            for start, _, end, position in sorted(found):
                if start >= free:
                    hits.append(Hit(Span(start + offset, end + offset), self._sentences[position].number))
                    free = end
        return hits

    def _confirmed(self, words: ConceptWords) -> list[Hit]:
        """Hits of patterns, run over the sentences in which their letters occur."""
        hits: list[Hit] = []
        for word in words.patterns:
            if word.first is None:
                where: set[int] = set(range(len(self._sentences)))
            else:
                where = self._positions(word.first)
                if word.second is not None and where:
                    where &= self._positions(word.second)
            if word.prefix is not None:
                hits += self._begun(word, word.prefix, where)
                continue
            for position in sorted(where):
                sentence = self._sentences[position]
                hits += confirm(self._patterns, word.source, word.exact, self._document.shadow, sentence)
        return hits

    def _begun(self, word: WordPattern, prefix: frozenset[int], where: set[int]) -> list[Hit]:
        """Hits of a pattern that can only begin where certain letters do."""
        hits: list[Hit] = []
        begins = [
            (start, position)
            for number in prefix & self._places.keys()
            for position, starts in self._starts(number).items()
            if position in where
            for start in starts
        ]
        if not begins:
            return hits
        pattern = self._patterns.compiled(word.source, word.exact)
        text, offset, free = self._document.shadow, self._sentences[0].span.start, 0
        for start, position in sorted(set(begins)):
            if start < free:
                continue
            sentence = self._sentences[position]
            found = pattern.match(text, start + offset, sentence.span.end, timeout=TIME_LIMIT)  # type: ignore[call-overload]
            if found:
                hits.append(Hit(Span(found.start(), found.end()), sentence.number))
                free = found.end() - offset
        return hits

    def _positions(self, literals: frozenset[int]) -> set[int]:
        """The sentences in which one of the letters occurs."""
        return set().union(*(self._starts(number) for number in literals & self._places.keys()))

    def _starts(self, number: int) -> dict[int, list[int]]:
        """For each sentence in which the letters occur, where they begin."""
        found = self._by_sentence.get(number)
        if found is None:
            found = self._by_sentence[number] = {}
            for place in self._places[number]:
                found.setdefault(place.position, []).append(place.start)
        return found

    def _linked(self, words: ConceptWords) -> list[Hit]:
        """Hits of link entries in the targets of links."""
        return [
            Hit(link.text, number, link.source)
            for source, exact in words.links
            for link, number in self._links
            if self._patterns.compiled(source, exact).search(link.target)
        ]

    @functools.cached_property
    def _links(self) -> list[tuple[Link, int]]:
        """The links of the stretch, each with the number of the sentence in which its text begins."""
        stretch = Span(self._sentences[0].span.start, self._sentences[-1].span.end)
        starts = [sentence.span.start for sentence in self._sentences]
        return [
            (link, self._sentences[max(0, bisect_right(starts, link.text.start) - 1)].number)
            for block in self._document.blocks
            if stretch.holds(block.span)
            for link in block.links
        ]

    def _citations(self, words: ConceptWords) -> list[Hit]:
        """Hits of article entries."""
        reader = self._reader
        if not words.articles or reader is None:
            return []
        if self._cited is None:
            self._cited = [
                (cited, sentence.number)
                for sentence in self._sentences
                for cited in reader.find(self._document.shadow, sentence.span.start, sentence.span.end)
            ]
        return [
            Hit(cited.span, number)
            for cited, number in self._cited
            if any(cited.names(wanted) for wanted in words.articles)
        ]


def _is_word(char: str) -> bool:
    if char < "\x80":
        return char.isalnum() or char == "_"
    return _WORD_CHAR.match(char) is not None


def _bounded(text: str, start: int, end: int) -> bool:
    """Whether the stretch does not begin or end inside a word."""
    if start and _is_word(text[start]) and _is_word(text[start - 1]):
        return False
    return not (end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]))

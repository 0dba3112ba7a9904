"""One stretch of a document, searched: where fixed letters occur, and from there the hits of each concept."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Sequence

from privaudit.document import Document, Link, Span
from privaudit.match.citation import CitationReader, Cited
from privaudit.match.hits import Hit
from privaudit.match.pattern import ASCII, Patterns
from privaudit.match.vocabulary import ConceptWords, Vocabulary, WordPattern
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from re import Pattern

# Seconds that one pattern may spend on one sentence.
TIME_LIMIT = 1.0
WORD = r"\w+"


class Sentence(NamedTuple):
    """A sentence of a document: its number and its shadow span."""

    number: int
    span: Span


class Stretch(NamedTuple):
    """Neighbouring sentences in one language, with their folded text and where its letters occur.

    A place is start and end, as offsets in the folded text, and the position of the sentence that holds it.
    """

    document: Document
    sentences: Sequence[Sentence]
    folded: str
    places: dict[int, list[tuple[int, int, int]]]


def found_in(pattern: Pattern[str], text: str, sentence: Sentence) -> list[Hit]:
    """The hits of a compiled pattern in one sentence; raises `TimeoutError`."""
    first, last = sentence.span.start, sentence.span.end
    return [
        Hit(Span(match.start(), match.end()), sentence.number)
        for match in pattern.finditer(text, first, last, timeout=TIME_LIMIT)  # type: ignore[call-overload]
        if match.end() > match.start()
    ]


class StretchSearch:
    """The sentences of a document that are written in one language, with the places of that language's letters."""

    def __init__(
        self, stretch: Stretch, vocabulary: Vocabulary, patterns: Patterns, citations: CitationReader | None
    ) -> None:
        self._document, self._sentences, self._folded, self._places = stretch
        self._vocabulary = vocabulary
        self._patterns = patterns
        self._reader = citations
        self._positions: dict[int, frozenset[int]] = {}
        self._cited: list[tuple[Cited, int]] | None = None

    def find(self, concept: str) -> list[Hit]:
        """The hits of a concept, in any order; raises `TimeoutError`."""
        words = self._vocabulary.of(concept)
        if words is None:
            return []
        return [*self._plain(words), *self._confirmed(words), *self._linked(words), *self._citations(words)]

    def _plain(self, words: ConceptWords) -> list[Hit]:
        """Hits of entries that are no more than a list of words."""
        hits: list[Hit] = []
        places, inside, offset = self._places, self._inside_word, self._sentences[0].span.start
        for letters in words.plain:
            found = [
                (start, letters[number], end, position)
                for number in letters
                if number in places
                for start, end, position in places[number]
                if not inside[start] and not inside[end]
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
            if word.prefix is not None:
                hits += self._begun(word, word.prefix)
                continue
            where = self._where(word)
            positions = range(len(self._sentences)) if where is None else sorted(where)
            if positions:
                pattern = self._patterns.compiled(word.source, word.exact)
                text, needs = self._document.shadow, word.needs
                for position in positions:
                    start, end = self._sentences[position].span
                    if not needs or any(text.find(need, start, end) >= 0 for need in needs):
                        hits += found_in(pattern, text, self._sentences[position])
        return hits

    def _begun(self, word: WordPattern, prefix: tuple[int, ...]) -> list[Hit]:
        """Hits of a pattern that can only begin where certain letters do."""
        places, inside, begin = self._places, self._inside_word, word.begins
        text, offset = self._document.shadow, self._sentences[0].span.start
        begins = {
            (start, position)
            for number in prefix
            if number in places
            for start, _, position in places[number]
            if not inside[start] and (not begin or text[start + offset] in begin)
        }
        where = self._where(word) if begins else None
        if where is not None:
            begins = {place for place in begins if place[1] in where}
        if not begins:
            return []
        hits: list[Hit] = []
        pattern = self._patterns.compiled(word.source, word.exact)
        free = 0
        for start, position in sorted(begins):
            if start < free:
                continue
            sentence = self._sentences[position]
            found = pattern.match(text, start + offset, sentence.span.end, timeout=TIME_LIMIT)  # type: ignore[call-overload]
            if found:
                hits.append(Hit(Span(found.start(), found.end()), sentence.number))
                free = found.end() - offset
        return hits

    def _where(self, word: WordPattern) -> set[int] | None:
        """The positions of the sentences that hold the letters which a pattern needs; None if it needs none."""
        if word.first is None:
            return None
        where = self._holding(word.first)
        return where & self._holding(word.second) if word.second is not None and where else where

    def _holding(self, letters: tuple[int, ...]) -> set[int]:
        """The positions of the sentences in which one of the letters occurs."""
        found: set[int] = set()
        for number in letters:
            if number in self._places:
                known = self._positions.get(number)
                if known is None:
                    known = self._positions[number] = frozenset([place[2] for place in self._places[number]])
                found |= known
        return found

    @functools.cached_property
    def _inside_word(self) -> bytearray:
        """For each place of the folded text whether it has a letter or digit on either side."""
        inside = bytearray(len(self._folded) + 1)
        # Plain letters need no look into Unicode.
        words = self._patterns.plain(WORD, ASCII if self._folded.isascii() else 0)
        for word in words.finditer(self._folded):
            start, end = word.span()
            inside[start + 1 : end] = b"\1" * (end - start - 1)
        return inside

    def _linked(self, words: ConceptWords) -> list[Hit]:
        """Hits of link entries in the targets of links."""
        return [
            Hit(link.text, number, link.source)
            for source, exact in words.links
            for link, number in self._links
            if self._patterns.compiled(source, exact).search(link.target, timeout=TIME_LIMIT)  # type: ignore[call-overload]
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

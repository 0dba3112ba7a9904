"""One stretch of a document, searched: where fixed letters occur, and from there the hits of each concept."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set

from privaudit.document import Document, Link, Span
from privaudit.match.citation import CitationReader, Cited
from privaudit.match.fold import fold, without_signs
from privaudit.match.hits import Hit
from privaudit.match.pattern import Patterns
from privaudit.match.vocabulary import LONGEST, Alternative, ConceptWords, Vocabulary, WordPattern
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from re import Pattern

# Seconds that one pattern may spend on one sentence.
TIME_LIMIT = 1.0


class Sentence(NamedTuple):
    """A sentence of a document: its number and its shadow span."""

    number: int
    span: Span


class StretchText:
    """Neighbouring sentences in one language, with their folded text, and the same without signs.

    Both texts have a space at their ends. `offset` leads from them to the shadow. `sentence_at` has for each character
    the position of the sentence that it belongs to, -1 between sentences; `ends` has where each sentence ends.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self.document = document
        self.sentences = sentences
        first, last = sentences[0].span.start, sentences[-1].span.end
        self.offset = offset = first - 1
        self.folded = f" {fold(document.shadow[first:last])} "
        self.plain = without_signs(self.folded)
        self.sentence_at: list[int] = []
        self.ends: list[int] = []
        at = self.sentence_at
        for position, (_, (start, end)) in enumerate(sentences):
            at.extend([-1] * (start - offset - len(at)))
            at.extend([position] * (end - start))
            self.ends.append(end - offset)
        at.append(-1)

    @functools.cached_property
    def lines(self) -> list[int]:
        """Where lines begin."""
        shadow, offset = self.document.shadow, self.offset
        first, last = self.sentences[0].span.start, self.sentences[-1].span.end
        starts = [first] if first == 0 else []
        at = shadow.find("\n", max(0, first - 1), last)
        while at >= 0:
            starts.append(at + 1)
            at = shadow.find("\n", at + 1, last)
        return [start - offset for start in starts]

    @functools.cached_property
    def capitals(self) -> list[int]:
        """Where words begin with a capital."""
        first, last = self.sentences[0].span.start, self.sentences[-1].span.end
        letters = re.compile(r"[^\W\d_a-z]").finditer(self.document.shadow, first, last)
        starts = [(found.start() - self.offset, found[0]) for found in letters]
        return [at for at, char in starts if self.plain[at - 1] == " " and unicodedata.category(char) == "Lu"]

    @functools.cached_property
    def is_common(self) -> bool:
        """Whether its characters are the same to `re` as to `regex`."""
        from privaudit.match.common import is_common

        return is_common(self.document.shadow[self.sentences[0].span.start : self.sentences[-1].span.end])

    def word_start(self, at: int) -> int:
        """Where the word begins that goes on at a place."""
        return self.plain.rfind(" ", 0, at) + 1


def found_in(pattern: Pattern[str], text: str, sentence: Sentence, limit: float | None = TIME_LIMIT) -> list[Hit]:
    """The hits of a compiled pattern in one sentence; raises `TimeoutError`."""
    first, last = sentence.span
    limited = {} if limit is None else {"timeout": limit}
    return [
        Hit(Span(*match.span()), sentence.number)
        for match in pattern.finditer(text, first, last, **limited)
        if match.end() > match.start()
    ]


class StretchSearch:
    """The sentences of a document that are written in one language, with the places of that language's letters."""

    def __init__(
        self,
        text: StretchText,
        found: Mapping[int, list[int]],
        vocabulary: Vocabulary,
        patterns: Patterns,
        citations: CitationReader | None,
    ) -> None:
        """`found` has where the letters of the vocabulary begin, by their number."""
        self._text = text
        self._found = found
        self._document, self._sentences = text.document, text.sentences
        self._vocabulary = vocabulary
        self._patterns = patterns
        self._reader = citations
        self._positions: dict[tuple[int, ...], frozenset[int]] = {}
        self._places: dict[int, frozenset[int]] = {}
        self._cited: list[tuple[Cited, int]] | None = None
        # By concept the patterns that letters call for, and the plain entries with the alternatives that may be there.
        self._called: dict[str, set[int]] = {}
        self._there: dict[str, dict[int, list[int]]] = {}
        owners = vocabulary.owners
        for number in found:
            for concept, entry, rank in owners(number):
                if rank < 0:
                    self._called.setdefault(concept, set()).add(entry)
                else:
                    self._there.setdefault(concept, {}).setdefault(entry, []).append(rank)

    def find(self, concept: str) -> list[Hit]:
        """The hits of a concept, in any order; raises `TimeoutError`."""
        if concept not in self._there and concept not in self._called and concept not in self._vocabulary.loose:
            return []
        words = self._vocabulary.of(concept)
        if words is None:
            return []
        hits: list[Hit] = []
        for entry, ranks in self._there.get(concept, {}).items():
            self._plain(*words.plain[entry], ranks, hits)
        for number in (*self._called.get(concept, ()), *words.always):
            self._confirmed(words.pattern(number), hits)
        if words.links:
            hits += self._linked(words)
        if words.articles:
            hits += self._citations(words)
        return hits

    def _plain(self, exact: bool, entry: tuple[Alternative, ...], ranks: list[int], hits: list[Hit]) -> None:
        """Adds the hits of an entry that is no more than a list of words."""
        text = self._text
        plain, sentence_at, ends = text.plain, text.sentence_at, text.ends
        written, shift = (self._document.shadow, text.offset) if exact else (text.folded, 0)
        found: list[tuple[int, int, int, int]] = []
        for rank in ranks:
            number, letters, lead, unsure, left, right, more = entry[rank]
            size = len(letters)
            for start in self._found[number]:
                start += lead
                position = sentence_at[start]
                if position < 0 or (unsure and not written.startswith(letters, start + shift)):
                    continue
                end = start + size
                if right:
                    end = plain.find(" ", end)
                    if end - start < size + more:
                        continue
                if left:
                    start = text.word_start(start)
                if end <= ends[position]:
                    found.append((start, rank, end, position))
        if len(found) > 1:
            found.sort()
        free = 0
        sentences, offset = self._sentences, text.offset
        # As the engine does: leftmost first, there the alternative written first, and never overlapping.
        for start, _, end, position in found:
            if start >= free:
                hits.append(Hit(Span(start + offset, end + offset), sentences[position].number))
                free = end

    def _confirmed(self, word: WordPattern, hits: list[Hit]) -> None:
        """Adds the hits of a pattern, tried where its letters occur."""
        if not word.anchors:
            self._searched(word, self._needed(word), hits)
            return
        where: Set[int] | None = None
        if len(word.anchors) > 1:
            where = self._holding(word.anchors[0].numbers)
            for anchor in word.anchors[1:]:
                if not where:
                    return
                where = where & self._holding(anchor.numbers)
            if not where:
                return
        if word.begin == "line":
            self._tried(word, self._within(self._text.lines, where, word), hits)
            return
        for anchor in word.anchors:
            if anchor.begins is not None:
                self._tried(word, self._begins(anchor.numbers, anchor.begins, where), hits)
                return
        if word.begin == "capital":
            self._tried(word, self._within(self._text.capitals, where, word), hits)
        else:
            self._searched(word, self._holding(word.anchors[0].numbers) if where is None else where, hits)

    def _within(self, starts: Iterable[int], where: Set[int] | None, word: WordPattern) -> list[int]:
        """Those of the places that are in sentences at these positions, or in those that hold the letters of a word."""
        positions = self._holding(word.anchors[0].numbers) if where is None else where
        return [start for start in starts if self._text.sentence_at[start] in positions]

    def _begins(
        self, numbers: tuple[int, ...], begins: tuple[tuple[tuple[int, ...], bool], ...], where: Set[int] | None
    ) -> list[int]:
        """Where matches can begin by an anchor, in the sentences at these positions."""
        found, letters = self._found, self._vocabulary.letters
        sentence_at, word_start = self._text.sentence_at, self._text.word_start
        starts: set[int] = set()
        for number, (distances, word) in zip(numbers, begins, strict=True):
            if number in found:
                lead = letters[number][0] == " "
                for place in found[number]:
                    position = sentence_at[place + lead]
                    if position < 0 or (where is not None and position not in where):
                        continue
                    at = word_start(place) if word else place
                    for distance in distances:
                        start = at - distance
                        if start > 0 and sentence_at[start] == position:
                            starts.add(start)
        return sorted(starts)

    def _tried(self, word: WordPattern, starts: list[int], hits: list[Hit]) -> None:
        """Adds the hits of a pattern that begin at these places."""
        if not starts:
            return
        text, offset = self._document.shadow, self._text.offset
        sentence_at, sentences = self._text.sentence_at, self._sentences
        pattern = swift = self._patterns.compiled(word.source, word.exact)
        if word.quick:
            swift = self._patterns.common(word.source, word.exact, len(starts))
            if swift is not pattern and not self._text.is_common:
                swift = pattern
        match, quick_match = pattern.match, swift.match
        free = 0
        for start in starts:
            if start < free:
                continue
            number, (first, last) = sentences[sentence_at[start]]
            if word.quick and last - first <= LONGEST:
                found = quick_match(text, start + offset, last)
            else:
                found = match(text, start + offset, last, timeout=TIME_LIMIT)  # type: ignore[call-overload]
            if found:
                span = found.span()
                hits.append(Hit(Span(*span), number))
                free = span[1] - offset

    def _searched(self, word: WordPattern, where: Iterable[int], hits: list[Hit]) -> None:
        """Adds the hits of a pattern in the sentences at these positions."""
        pattern = None
        for position in sorted(where):
            pattern = pattern or self._patterns.compiled(word.source, word.exact)
            sentence = self._sentences[position]
            limit = None if word.quick and len(sentence.span) <= LONGEST else TIME_LIMIT
            hits += found_in(pattern, self._document.shadow, sentence, limit)

    def _holding(self, letters: tuple[int, ...]) -> frozenset[int]:
        """The positions of the sentences in which one of the letters occurs."""
        known = self._positions.get(letters)
        if known is None:
            found = self._found
            every = [self._sentences_of(number) for number in letters if number in found]
            known = self._positions[letters] = every[0] if len(every) == 1 else frozenset().union(*every)
        return known

    def _sentences_of(self, number: int) -> frozenset[int]:
        """The positions of the sentences in which letters occur."""
        known = self._places.get(number)
        if known is None:
            sentence_at = self._text.sentence_at
            lead = self._vocabulary.letters[number][0] == " "
            where = {sentence_at[place + lead] for place in self._found[number]}
            where.discard(-1)
            known = self._places[number] = frozenset(where)
        return known

    def _needed(self, word: WordPattern) -> Iterable[int]:
        """The positions of the sentences that hold one of the strings that a pattern needs."""
        if not word.needs:
            return range(len(self._sentences))
        text, shift = (self._document.shadow, self._text.offset) if word.exact else (self._text.folded, 0)
        first, last = self._sentences[0].span.start, self._sentences[-1].span.end
        where: set[int] = set()
        for need in word.needs:
            at = text.find(need, first - self._text.offset + shift, last - self._text.offset + shift)
            while at >= 0:
                where.add(self._text.sentence_at[at - shift])
                at = text.find(need, at + 1, last - self._text.offset + shift)
        return where - {-1}

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

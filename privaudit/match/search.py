"""One stretch of a document, searched: where fixed letters occur, and from there the hits of each concept."""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import repeat

from privaudit.document import Document, Link, Span
from privaudit.match.citation import CitationReader, Cited
from privaudit.match.fold import fold, without_signs
from privaudit.match.hits import Hit, hit_at
from privaudit.match.pattern import Patterns
from privaudit.match.vocabulary import LONGEST, Alternative, ConceptWords, Vocabulary, WordPattern
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from re import Match, Pattern

# Seconds that one pattern may spend on one sentence.
TIME_LIMIT = 1.0
# Where a match begins with the first of its letters: the distances for letters without a space before them, and with.
_AT_ONCE = ((0,), (-1,))


class Sentence(NamedTuple):
    """A sentence of a document: its number and its shadow span."""

    number: int
    span: Span


def ends_of(sentences: Iterable[Sentence]) -> list[int]:
    """For each character up to the last sentence, and one more, where its sentence ends; 0 between sentences."""
    ends: list[int] = []
    for _, (start, end) in sentences:
        ends += [0] * (start - len(ends))
        ends += [end] * (end - start)
    ends.append(0)
    return ends


class StretchText:
    """Neighbouring sentences in one language, with their folded text, and the same without signs.

    Both texts have a space at their ends; `offset` leads from them to the shadow, in which all other places are.
    `ends` is what `ends_of` says of the document, and `ending` has the sentences by their ends.
    """

    def __init__(self, document: Document, sentences: Sequence[Sentence], ends: Sequence[int]) -> None:
        self.document = document
        self.sentences = sentences
        self.ends = ends
        self.first, self.last = sentences[0].span.start, sentences[-1].span.end
        self.offset = self.first - 1
        self.folded = f" {fold(document.shadow[self.first : self.last])} "
        self.plain = without_signs(self.folded)
        self.ending = {sentence.span.end: sentence for sentence in sentences}

    @functools.cached_property
    def lines(self) -> list[int]:
        """Where lines begin."""
        shadow = self.document.shadow
        starts = [self.first] if self.first == 0 else []
        at = shadow.find("\n", max(0, self.first - 1), self.last)
        while at >= 0:
            starts.append(at + 1)
            at = shadow.find("\n", at + 1, self.last)
        return starts

    @functools.cached_property
    def capitals(self) -> list[int]:
        """Where words begin with a capital."""
        letters = re.compile(r"[^\W\d_a-z]").finditer(self.document.shadow, self.first, self.last)
        plain, before = self.plain, self.offset + 1
        starts = [found.start() for found in letters if plain[found.start() - before] == " "]
        shadow = self.document.shadow
        return [at for at in starts if shadow[at].isascii() or unicodedata.category(shadow[at]) == "Lu"]

    @functools.cached_property
    def is_common(self) -> bool:
        """Whether its characters are the same to `re` as to `regex`."""
        from privaudit.match.common import is_common

        return is_common(self.document.shadow[self.first : self.last])

    @functools.cached_property
    def long(self) -> frozenset[int]:
        """The ends of the sentences that are too long for quick patterns to be tried without a limit of time."""
        return frozenset([sentence.span.end for sentence in self.sentences if len(sentence.span) > LONGEST])

    def word_start(self, at: int) -> int:
        """Where the word begins that goes on at a place."""
        return self.plain.rfind(" ", 0, at - self.offset) + 1 + self.offset


def found_in(pattern: Pattern[str], text: str, sentence: Sentence, limit: float | None = TIME_LIMIT) -> list[Hit]:
    """The hits of a compiled pattern in one sentence; raises `TimeoutError`."""
    first, last = sentence.span
    limited = {} if limit is None else {"timeout": limit}
    return [
        hit_at(match.span(), sentence.number)
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
        """`found` has where the letters of the vocabulary begin in the shadow, by their number."""
        self._text = text
        self._found = found
        self._document, self._sentences = text.document, text.sentences
        self._ends, self._ending = text.ends, text.ending
        self._vocabulary = vocabulary
        self._patterns = patterns
        self._reader = citations
        self._holders: dict[tuple[int, ...], frozenset[int]] = {}
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
        self._sought = {*self._called, *self._there, *vocabulary.loose, *self._linked_to()}

    def find(self, concept: str) -> list[Hit]:
        """The hits of a concept, in any order; raises `TimeoutError`."""
        words = self._vocabulary.of(concept) if concept in self._sought else None
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
        text, ends = self._text, self._ends
        plain, offset = text.plain, text.offset
        written, shift = (self._document.shadow, 0) if exact else (text.folded, offset)
        found: list[tuple[int, int, int, int]] = []
        for rank in ranks:
            number, letters, lead, unsure, left, right, more = entry[rank]
            size = len(letters)
            for start in self._found[number]:
                start += lead
                last = ends[start]
                if not last or (unsure and not written.startswith(letters, start - shift)):
                    continue
                end = start + size
                if right:
                    end = plain.find(" ", end - offset) + offset
                    if end - start < size + more:
                        continue
                if left:
                    start = text.word_start(start)
                if end <= last:
                    found.append((start, rank, end, last))
        if len(found) > 1:
            found.sort()
        free = 0
        # As the engine does: leftmost first, there the alternative written first, and never overlapping.
        for start, _, end, last in found:
            if start >= free:
                hits.append(hit_at((start, end), self._ending[last].number))
                free = end

    def _confirmed(self, word: WordPattern, hits: list[Hit]) -> None:
        """Adds the hits of a pattern, tried where its letters occur."""
        if not word.anchors:
            self._searched(word, self._needed(word), hits)
            return
        where: Set[int] | None = None
        if len(word.anchors) > 1:
            there = self._found.keys()
            if any(there.isdisjoint(anchor.numbers) for anchor in word.anchors):
                return
            where = self._holding(word.anchors[0].numbers)
            for anchor in word.anchors[1:]:
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
        """Those of the places that are in sentences with these ends, or in those that hold the letters of a word."""
        ends = self._ends
        within = self._holding(word.anchors[0].numbers) if where is None else where
        return [start for start in starts if ends[start] in within]

    def _begins(
        self, numbers: tuple[int, ...], begins: tuple[tuple[tuple[int, ...], bool], ...], where: Set[int] | None
    ) -> list[int]:
        """Where matches can begin by an anchor, in the sentences with these ends; a place too many does no harm."""
        found, letters, ends = self._found, self._vocabulary.letters, self._ends
        starts: list[int] = []
        for number, (distances, word) in zip(numbers, begins, strict=True):
            places = found.get(number)
            if places is None:
                continue
            lead = letters[number][0] == " "
            if distances == _AT_ONCE[lead] and not word:
                starts += [place + 1 for place in places] if lead else places
                continue
            for place in places:
                last = ends[place + lead]
                at = self._text.word_start(place) if word else place
                # Not in another sentence, which may be in another language.
                starts += [at - distance for distance in distances if distance <= at and ends[at - distance] == last]
        if where is not None:
            starts = [start for start in starts if ends[start] in where]
        starts.sort()
        return starts

    def _tried(self, word: WordPattern, starts: Sequence[int], hits: list[Hit]) -> None:
        """Adds the hits of a pattern that begin at these places, which are in text order."""
        text, ends = self._text, self._ends
        quick, limited = (starts, ()) if word.quick else ((), starts)
        if word.quick and text.long:
            quick = [start for start in starts if ends[start] not in text.long]
            limited = [start for start in starts if ends[start] in text.long]
        if quick and text.is_common:
            self._matched(self._patterns.common(word.source, word.exact, len(quick)).match, quick, hits)
        elif quick:
            self._matched(self._patterns.compiled(word.source, word.exact).match, quick, hits)
        if limited:
            # Told of a limit, the engine takes four times as long for a short try.
            match = self._patterns.compiled(word.source, word.exact).match
            self._matched(functools.partial(match, timeout=TIME_LIMIT), limited, hits)

    def _matched(self, match: Callable[..., Match[str] | None], starts: Sequence[int], hits: list[Hit]) -> None:
        """Adds what matches at these places, up to the ends of their sentences."""
        ends, ending = self._ends, self._ending
        free = 0
        for found in filter(None, map(match, repeat(self._document.shadow), starts, map(ends.__getitem__, starts))):
            span = found.span()
            if span[0] >= free and span[1] > span[0]:
                hits.append(hit_at(span, ending[ends[span[0]]].number))
                free = span[1]

    def _searched(self, word: WordPattern, where: Iterable[int], hits: list[Hit]) -> None:
        """Adds the hits of a pattern in the sentences with these ends."""
        pattern = None
        for last in sorted(where):
            pattern = pattern or self._patterns.compiled(word.source, word.exact)
            sentence = self._ending[last]
            limit = None if word.quick and len(sentence.span) <= LONGEST else TIME_LIMIT
            hits += found_in(pattern, self._document.shadow, sentence, limit)

    def _holding(self, letters: tuple[int, ...]) -> frozenset[int]:
        """The ends of the sentences in which one of the letters occurs."""
        known = self._holders.get(letters)
        if known is None:
            found = self._found
            every = [self._sentences_of(number) for number in letters if number in found]
            known = self._holders[letters] = every[0] if len(every) == 1 else frozenset().union(*every)
        return known

    def _sentences_of(self, number: int) -> frozenset[int]:
        """The ends of the sentences in which letters occur."""
        known = self._places.get(number)
        if known is None:
            ends = self._ends
            lead = self._vocabulary.letters[number][0] == " "
            where = {ends[place + lead] for place in self._found[number]}
            where.discard(0)
            known = self._places[number] = frozenset(where)
        return known

    def _needed(self, word: WordPattern) -> Iterable[int]:
        """The ends of the sentences that hold one of the strings that a pattern needs."""
        if not word.needs:
            return self._ending
        text = self._text
        written, shift = (self._document.shadow, 0) if word.exact else (text.folded, text.offset)
        where: set[int] = set()
        for need in word.needs:
            at = written.find(need, text.first - shift, text.last - shift)
            while at >= 0:
                where.add(self._ends[at + shift])
                at = written.find(need, at + 1, text.last - shift)
        return where - {0}

    def _linked(self, words: ConceptWords) -> list[Hit]:
        """Hits of link entries in the targets of links."""
        return [
            Hit(link.text, number, link.source)
            for source, exact in words.links
            for link, number in self._links
            if self._patterns.compiled(source, exact).search(link.target, timeout=TIME_LIMIT)  # type: ignore[call-overload]
        ]

    def _linked_to(self) -> list[str]:
        """The concepts that links may mean, by what their targets hold."""
        if not self._links:
            return []
        targets = fold("\n".join([link.target for link, _ in self._links]))
        links = self._vocabulary.links
        return [concept for concept, needs in links.items() if any(need in targets for need in needs)]

    @functools.cached_property
    def _links(self) -> list[tuple[Link, int]]:
        """The links of the stretch, each with the number of the sentence in which its text begins."""
        stretch = Span(self._text.first, self._text.last)
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

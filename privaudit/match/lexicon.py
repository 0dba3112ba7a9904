"""The words of all rules found in one pass over a text.

The fixed letters that each pattern needs are looked for together (Aho-Corasick, on folded text). A pattern that is no
more than a list of words is settled by that; any other is run by `regex` over the sentences in which its letters occur.
`reference` says what must come out: the same hits as running every pattern over every sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from privaudit.document import Document, Span
from privaudit.match.citation import CitationReader
from privaudit.match.hits import Hit, Hits
from privaudit.match.pattern import Patterns, translate
from privaudit.match.shape import Shape, fold
from privaudit.rulepack.schema import Citation, CitationWords, WordEntry

if TYPE_CHECKING:
    from re import Pattern

# Letters of a word's first and second set, as negative orders; both seen, as their bits.
_FIRST, _SECOND, _BOTH = -1, -2, 3
_WORD_CHAR = regex.compile(r"\w")
# Seconds that one pattern may spend on one sentence.
TIME_LIMIT = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: its number and its shadow span."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A pattern entry of a concept, read but not yet compiled."""

    concept: str
    source: str
    exact: bool
    shape: Shape
    patterns: Patterns

    def compiled(self) -> Pattern[str]:
        """The pattern, compiled at its first use."""
        return self.patterns.compiled(self.source, self.exact)


def words_of(concepts: dict[str, tuple[WordEntry, ...]], needed: Iterable[str], patterns: Patterns) -> list[Word]:
    """The pattern entries of the needed concepts, without those that speak of a mechanism just found (`{it}`)."""
    found = []
    for concept in sorted(needed):
        for entry in concepts.get(concept, ()):
            if entry.pattern is not None and not entry.governs:
                source = translate(entry.pattern)
                found.append(Word(concept, source, entry.exact, patterns.shape(source), patterns))
    return found


def search(word: Word, text: str, sentence: Sentence) -> list[Hit]:
    """The hits of one word in one sentence; raises `TimeoutError`."""
    span = sentence.span
    return [
        Hit(Span(match.start(), match.end()), sentence.number)
        for match in word.compiled().finditer(text, span.start, span.end, timeout=TIME_LIMIT)  # type: ignore[call-overload]
        if match.end() > match.start()
    ]


class Lexicon:
    """The words of one language, ready to be found together."""

    def __init__(
        self,
        concepts: dict[str, tuple[WordEntry, ...]],
        needed: Iterable[str],
        citation: CitationWords,
        patterns: Patterns | None = None,
    ) -> None:
        """Takes the entries of the language and of `any` by concept, and the concepts that matter."""
        needed = sorted(needed)
        patterns = patterns or Patterns()
        self.words = words_of(concepts, needed, patterns)
        self._patterns = patterns
        self._links = [
            (name, translate(entry.link), entry.exact)
            for name in needed
            for entry in concepts.get(name, ())
            if entry.link is not None
        ]
        self._articles: list[tuple[str, Citation]] = [
            (name, entry.article) for name in needed for entry in concepts.get(name, ()) if entry.article is not None
        ]
        self._citations = CitationReader(citation, patterns) if self._articles and citation.article else None
        self._always: list[Word] = []
        literals: dict[str, list[tuple[Word, int]]] = {}
        for word in self.words:
            plain = word.shape.words if not word.exact else None
            if plain and "" not in plain:
                for order, literal in enumerate(plain):
                    literals.setdefault(literal, []).append((word, order))
                continue
            required = frozenset(word.shape.words) if word.shape.words else word.shape.required
            if not required or "" in required:
                self._always.append(word)
                continue
            for literal in sorted(required):
                literals.setdefault(literal, []).append((word, _FIRST))
            for literal in sorted(word.shape.also or ()):
                literals.setdefault(literal, []).append((word, _SECOND))
        self._owners = list(literals.values())
        self._automaton = (
            AhoCorasick(list(literals), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
            if literals
            else None
        )

    def find(self, document: Document, sentences: Sequence[Sentence], hits: Hits) -> None:
        """Adds the hits of pattern entries in `sentences`, which are in text order."""
        if not sentences:
            return
        if self._automaton is not None:
            self._find_literal(document.shadow, sentences, hits)
        for word in self._always:
            for sentence in sentences:
                _confirm(word, document.shadow, sentence, hits)

    def _find_literal(self, shadow: str, sentences: Sequence[Sentence], hits: Hits) -> None:
        assert self._automaton is not None
        offset = sentences[0].span.start
        folded = fold(shadow[offset : sentences[-1].span.end])
        starts = [sentence.span.start - offset for sentence in sentences]
        ends = [sentence.span.end - offset for sentence in sentences]
        # For each sentence the words whose letters occur there, with which of their two sets did.
        to_confirm: dict[int, dict[int, tuple[Word, int]]] = {}
        plain: dict[int, tuple[Word, list[tuple[int, int, int, int]]]] = {}
        length = len(folded)
        at, last = 0, len(starts) - 1
        owners = self._owners
        # Matches come ordered by their end; so does the sentence that can hold them.
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            while at < last and end > ends[at]:
                at += 1
            if start < starts[at] or end > ends[at]:
                continue
            bounded = None
            for word, order in owners[number]:
                if order < 0:
                    here = to_confirm.setdefault(at, {})
                    known = here.get(id(word))
                    here[id(word)] = (word, known[1] | -order if known else -order)
                    continue
                if bounded is None:
                    bounded = _bounded(folded, start, end, length)
                if bounded:
                    plain.setdefault(id(word), (word, []))[1].append((start, order, end, at))
        for position in sorted(to_confirm):
            for word, seen in to_confirm[position].values():
                if seen != _BOTH and (seen != -_FIRST or word.shape.also is not None):
                    continue
                _confirm(word, shadow, sentences[position], hits)
        for word, found in plain.values():
            into = hits.by_concept.setdefault(word.concept, [])
            free = 0
            # As the engine does: leftmost first, there the alternative written first, and never overlapping.
            for start, _, end, position in sorted(found):
                if start >= free:
                    into.append(Hit(Span(start + offset, end + offset), sentences[position].number))
                    free = end

    def find_links(self, document: Document, block: int, sentence_of: Sequence[Sentence], hits: Hits) -> None:
        """Adds the hits of link entries in the targets of a block's links."""
        for link in document.blocks[block].links:
            for concept, source, exact in self._links:
                if self._patterns.compiled(source, exact).search(link.target):
                    home = next(
                        (one for one in sentence_of if one.span.start <= link.text.start < one.span.end),
                        sentence_of[-1],
                    )
                    hits.by_concept.setdefault(concept, []).append(Hit(link.text, home.number, link.source))

    def find_citations(self, document: Document, sentences: Iterable[Sentence], hits: Hits) -> None:
        """Adds the hits of article entries."""
        if self._citations is None:
            return
        for sentence in sentences:
            for cited in self._citations.find(document.shadow, sentence.span.start, sentence.span.end):
                for concept, wanted in self._articles:
                    if cited.names(wanted):
                        hits.by_concept.setdefault(concept, []).append(Hit(cited.span, sentence.number))


def reference(words: Sequence[Word], document: Document, sentences: Sequence[Sentence], hits: Hits) -> None:
    """What `Lexicon.find` must come to, found the plain way: each pattern over each sentence."""
    for word in words:
        for sentence in sentences:
            _confirm(word, document.shadow, sentence, hits)


def _confirm(word: Word, shadow: str, sentence: Sentence, hits: Hits) -> None:
    try:
        found = search(word, shadow, sentence)
    except TimeoutError:
        hits.failed.add(word.concept)
        return
    if found:
        hits.by_concept.setdefault(word.concept, []).extend(found)


def _is_word(char: str) -> bool:
    if char < "\x80":
        return char.isalnum() or char == "_"
    return _WORD_CHAR.match(char) is not None


def _bounded(text: str, start: int, end: int, length: int) -> bool:
    """Whether the stretch does not begin or end inside a word."""
    if start and _is_word(text[start]) and _is_word(text[start - 1]):
        return False
    return not (end < length and _is_word(text[end - 1]) and _is_word(text[end]))

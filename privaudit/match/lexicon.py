"""The words of all rules found in one pass over a text.

The fixed letters that each pattern needs are looked for together (Aho-Corasick, on folded text). A pattern that is no
more than a list of words is settled by that; any other is run by `regex` over the sentences in which its letters occur,
once a rule asks for its concept. `reference` says what must come out: the same hits as running every pattern over every
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from privaudit.document import Document
from privaudit.match.citation import CitationReader
from privaudit.match.hits import Hit
from privaudit.match.pattern import Patterns, translate
from privaudit.match.search import ConceptWords, Occurrence, Sentence, Stretch, StretchSearch, WordPattern, confirm
from privaudit.match.shape import fold
from privaudit.rulepack.schema import CitationWords, WordEntry

# Letters that are in nearly every sentence rule none out.
_TELLING = 3


class Lexicon:
    """The words of one language, ready to be found together."""

    def __init__(
        self,
        concepts: Mapping[str, tuple[WordEntry, ...]],
        needed: Iterable[str],
        citation: CitationWords,
        patterns: Patterns | None = None,
    ) -> None:
        """Takes the entries of the language and of `any` by concept, and the concepts that matter."""
        self.patterns = patterns or Patterns()
        self._numbers: dict[str, int] = {}
        self._concepts = {name: self._read(concepts[name]) for name in sorted(needed) if name in concepts}
        cites = any(words.articles for words in self._concepts.values())
        self.citations = CitationReader(citation, self.patterns) if cites and citation.article else None
        self._automaton = (
            AhoCorasick(
                list(self._numbers), matchkind=MatchKind.Standard, implementation=Implementation.NoncontiguousNFA
            )
            if self._numbers
            else None
        )

    def _read(self, entries: Iterable[WordEntry]) -> ConceptWords:
        """Sorts the entries of a concept, without those that speak of a mechanism just found (`{it}`)."""
        words = ConceptWords()
        for entry in entries:
            if entry.link is not None:
                words.links.append((translate(entry.link), entry.exact))
            elif entry.article is not None:
                words.articles.append(entry.article)
            elif entry.pattern is not None and not entry.governs:
                self._read_pattern(translate(entry.pattern), entry.exact, words)
        return words

    def _read_pattern(self, source: str, exact: bool, words: ConceptWords) -> None:
        shape = self.patterns.shape(source)
        if shape.words and "" not in shape.words:
            letters = self._numbered(shape.words)
            if exact:
                words.patterns.append(WordPattern(source, exact, frozenset(letters), None, frozenset(letters)))
            else:
                words.plain.append({number: order for order, number in enumerate(letters)})
            return
        if not shape.required or "" in shape.required:
            words.patterns.append(WordPattern(source, exact))
            return
        also = shape.also if shape.also and min(map(len, shape.also)) >= _TELLING else None
        words.patterns.append(
            WordPattern(
                source,
                exact,
                frozenset(self._numbered(sorted(shape.required))),
                frozenset(self._numbered(sorted(also))) if also else None,
                frozenset(self._numbered(sorted(shape.prefix))) if shape.prefix else None,
            )
        )

    def _numbered(self, literals: Iterable[str]) -> list[int]:
        numbers = self._numbers
        return [numbers.setdefault(literal, len(numbers)) for literal in literals]

    def search(self, document: Document, sentences: Sequence[Sentence]) -> StretchSearch:
        """Looks through whole blocks of neighbouring sentences, given in text order, and through their links."""
        offset = sentences[0].span.start
        folded = fold(document.shadow[offset : sentences[-1].span.end])
        starts = [sentence.span.start - offset for sentence in sentences]
        ends = [sentence.span.end - offset for sentence in sentences]
        places: dict[int, list[Occurrence]] = {}
        at, last = 0, len(starts) - 1
        if self._automaton is not None:
            # Matches come ordered by their end; so does the sentence that can hold them.
            for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
                while at < last and end > ends[at]:
                    at += 1
                if start >= starts[at] and end <= ends[at]:
                    known = places.get(number)
                    if known is None:
                        places[number] = [Occurrence(start, end, at)]
                    else:
                        known.append(Occurrence(start, end, at))
        stretch = Stretch(document, sentences, folded, places)
        return StretchSearch(stretch, self._concepts, self.patterns, self.citations)


def reference(
    entries: Iterable[WordEntry], patterns: Patterns, document: Document, sentences: Sequence[Sentence]
) -> list[Hit]:
    """What a lexicon must come to for the patterns of a concept: each run over each sentence."""
    hits: list[Hit] = []
    for entry in entries:
        if entry.pattern is not None and not entry.governs:
            for sentence in sentences:
                hits += confirm(patterns, translate(entry.pattern), entry.exact, document.shadow, sentence)
    return hits

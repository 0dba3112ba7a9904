"""The words of all rules found in one pass over a text.

Letters that each pattern needs are looked for together (Aho-Corasick, on folded text without signs). A pattern that is
no more than a list of words is settled by that; any other is tried by `regex` where its letters say that a match can
begin, once a rule asks for its concept. `reference` says what must come out: the same hits as running every pattern
over every sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from privaudit.document import Document
from privaudit.match.citation import CitationReader
from privaudit.match.hits import Hit, Hits
from privaudit.match.pattern import Patterns, translate
from privaudit.match.search import Sentence, StretchSearch, StretchText, ends_of, found_in
from privaudit.match.vocabulary import Vocabulary
from privaudit.rulepack.schema import CitationWords, WordEntry

# From so many characters on the automaton of all letters is worth building; before, one of those that a text may hold.
_MUCH = 60_000


class Lexicon:
    """The words of one language, ready to be found together."""

    def __init__(self, vocabulary: Vocabulary, citation: CitationWords, patterns: Patterns) -> None:
        """Takes the prepared words of the language and of `any`, and how the language cites."""
        self.vocabulary = vocabulary
        self.patterns = patterns
        self.citations = CitationReader(citation, patterns) if citation.article and vocabulary.cites else None
        self._searched = 0
        self._whole: AhoCorasick | None = None

    def search(self, document: Document, sentences: Sequence[Sentence], ends: Sequence[int]) -> StretchSearch:
        """Looks through whole blocks of neighbouring sentences, given in text order, and through their links.

        `ends` is what `ends_of` says of all sentences of the document.
        """
        text = StretchText(document, sentences, ends)
        offset = text.offset
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, start, _ in self._find(text.plain):
            found[number].append(start + offset)
        return StretchSearch(text, found, self.vocabulary, self.patterns, self.citations)

    def _find(self, plain: str) -> list[tuple[int, int, int]]:
        """Where letters stand in a folded text without signs: number, start and end."""
        letters = self.vocabulary.letters
        self._searched += len(plain)
        if self._searched > _MUCH and self._whole is None:
            self._whole = _automaton(letters, Implementation.ContiguousNFA)
        if self._whole is not None:
            return self._whole.find_matches_as_indexes(plain, overlapping=True)
        numbers = self.vocabulary.possible(plain)
        some = _automaton([letters[number] for number in numbers], Implementation.NoncontiguousNFA)
        found = some.find_matches_as_indexes(plain, overlapping=True)
        return [(numbers[number], start, end) for number, start, end in found]


def hits_in(
    document: Document,
    sentences: Sequence[Sentence],
    block_of: Sequence[int],
    lexicon: Callable[[str | None], Lexicon],
) -> Hits:
    """The words in the sentences of an annotated document, each looked for by the lexicon of its block's language."""
    ends = ends_of(sentences)
    stretches = groupby(sentences, key=lambda sentence: document.languages[block_of[sentence.number]])
    return Hits(*(lexicon(code).search(document, list(own), ends) for code, own in stretches))


def _automaton(letters: list[str], made_as: Implementation) -> AhoCorasick:
    return AhoCorasick(letters, matchkind=MatchKind.Standard, implementation=made_as)


def reference(
    entries: Iterable[WordEntry], patterns: Patterns, document: Document, sentences: Sequence[Sentence]
) -> list[Hit]:
    """What a lexicon must come to for the patterns of a concept: each run over each sentence."""
    hits: list[Hit] = []
    for entry in entries:
        if entry.pattern is not None and not entry.governs:
            pattern = patterns.compiled(translate(entry.pattern), entry.exact)
            for sentence in sentences:
                hits += found_in(pattern, document.shadow, sentence)
    return hits

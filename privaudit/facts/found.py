"""Where the words of facts stand in a document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from privaudit.document import Document, Span
from privaudit.engine import Searched
from privaudit.match.evidence import piece
from privaudit.match.hits import Hit
from privaudit.match.lexicon import Lexicon, hits_in
from privaudit.match.pattern import Patterns
from privaudit.match.vocabulary import Vocabulary
from privaudit.model import Evidence
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.rulepack.fact_words import PERHAPS, FactWords
from privaudit.rulepack.schema import CitationWords

if TYPE_CHECKING:
    from privaudit.engine import Store


class Named(NamedTuple):
    """A hit of the words of a fact: which fact, what its name says beside, and whether they only may mean it."""

    hit: Hit
    name: str
    perhaps: bool

    @property
    def span(self) -> Span:
        """The shadow span of the words."""
        return self.hit.span


class Lexicons:
    """The words of facts ready to be found, by language; made when first needed."""

    def __init__(self, words: FactWords, store: Store | None = None) -> None:
        """`store` keeps what is worked out of the words for the next run with the same packs."""
        self.words = words
        self._store = store
        self._patterns = Patterns()
        self._made: dict[str, Lexicon] = {}

    def knows(self, code: str | None) -> bool:
        """Whether a language has words of its own for facts."""
        return bool(self.words.words.get(code or ""))

    def of(self, code: str | None) -> Lexicon:
        """The words of a language, with those that hold everywhere."""
        key = code if code is not None and self.knows(code) else ""
        if key not in self._made:
            self._made[key] = Lexicon(self._vocabulary(key), CitationWords(), self._patterns)
        return self._made[key]

    def _vocabulary(self, key: str) -> Vocabulary:
        name = f"facts-{key}"
        kept = self._store.recall(name) if self._store else None
        if kept is not None:
            return Vocabulary(*kept)
        words = self.words.words_in(key)
        from privaudit.match.prepare import vocabulary_of

        made = vocabulary_of(words, words)
        if self._store:
            self._store.keep(name, made.to_keep())
        return made


class Words:
    """A searched document with the words of facts in it, each sentence by the words of its language."""

    def __init__(self, searched: Searched, lexicons: Lexicons) -> None:
        self.document: Document = searched.document
        self.sentences = searched.units.sentences
        self._block_of = block_of = searched.units.block_of
        self._hits = hits_in(self.document, self.sentences, block_of, lexicons.of)
        languages = {*self.document.languages, None}
        names = {name for code in languages for name in lexicons.words.words_in(code or "")}
        self._names = sorted(names)

    @property
    def failed(self) -> frozenset[str]:
        """The names of the facts whose search ran out of time."""
        return frozenset(self._hits.failed)

    def language(self, sentence: int) -> str | None:
        """The language that a sentence is written in."""
        return self.document.languages[self._block_of[sentence]]

    def seen(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits that a reader sees."""
        return (hit for hit in hits if not self.document.blocks[self._block_of[hit.sentence]].hidden)

    def of(self, *prefixes: str) -> list[Named]:
        """The hits of all facts whose names begin with one of these; some may overlap."""
        return [
            Named(hit, name.removesuffix(PERHAPS), name.endswith(PERHAPS))
            for name in self._names
            if name.startswith(prefixes)
            for hit in self.seen(self._hits.of(name))
        ]

    def evidence(self, sentences: Iterable[int], spans: Iterable[Span], marked: Iterable[Span] = ()) -> Evidence:
        """The passage from the first to the last of the sentences, with shadow and source spans marked."""
        whole = [self.sentences[number].span for number in sentences]
        passage = Span(min(span.start for span in whole), max(span.end for span in whole))
        source = self.document.map.source_span
        return piece(self.document, passage, marked=[*map(source, spans), *marked])


class Spans:
    """Stretches that do not overlap, each looked up in little time however many they are."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def add(self, span: Span) -> bool:
        """Whether a stretch met none of those before, and is now one of them."""
        at = bisect_left(self._spans, span)
        if any(span.meets(other) for other in self._spans[max(0, at - 1) : at + 1]):
            return False
        self._spans.insert(at, span)
        return True


def longest(found: Iterable[Named]) -> list[Named]:
    """The hits in text order; of those that overlap the longest, of two alike the one that is sure."""
    taken = Spans()
    ranked = sorted(found, key=lambda one: (-len(one.span), one.perhaps, one.span.start, one.name))
    return sorted((one for one in ranked if taken.add(one.span)), key=lambda one: one.span.start)

"""Stance: does a text rely on an outdated mechanism, or only mention it? Decided mention by mention."""

from __future__ import annotations

from privaudit.document import Document, Span
from privaudit.match.conditions import Evaluator, Filter, narrowed
from privaudit.match.hits import Hit
from privaudit.match.pattern import IT
from privaudit.match.search import TIME_LIMIT
from privaudit.match.units import Units
from privaudit.match.vocabulary import Vocabulary
from privaudit.rulepack.schema import Condition, Scope, StanceLine


class Mention:
    """One mention of a mechanism, and what the words around it say of it.

    `words` are those of the mention's language; only those with `{it}` are asked here.
    """

    def __init__(self, evaluator: Evaluator, hit: Hit, words: Vocabulary) -> None:
        self.evaluator = evaluator
        self.hit = hit
        self.words = words
        self._governed: dict[str, bool] = {}

    def line(self, lines: tuple[StanceLine, ...]) -> StanceLine | None:
        """The first line of a stance that holds for the mention."""
        return next((line for line in lines if line.when is None or self.holds(line.when)), None)

    def holds(self, condition: Condition) -> bool:
        """Whether the condition holds in the sentence of the mention, or in the wider unit that it names."""
        return self._holds(condition, Scope.SENTENCE, self.hit.sentence, Filter(hidden=True))

    def _holds(self, condition: Condition, scope: Scope, unit: int, which: Filter) -> bool:
        which = narrowed(which, condition)
        inner = condition.within or scope
        if inner is not scope:
            plain = self.evaluator.bare(condition)
            related = self.evaluator.related(scope, unit, inner)
            return any(self._holds(plain, inner, other, which) for other in sorted(related))
        if condition.op == "concept":
            if unit in self.evaluator.holds_in(condition, scope, which):
                return True
            return unit in self.evaluator.units.of(self.hit.sentence, scope) and self._governs(condition.name)
        if condition.op == "all":
            return all(self._holds(part, scope, unit, which) for part in condition.parts)
        holds = any(self._holds(part, scope, unit, which) for part in condition.parts)
        return holds if condition.op == "any" else not holds

    def _governs(self, concept: str) -> bool:
        found = self._governed.get(concept)
        if found is None:
            words = self.words.of(concept)
            text = with_it(self.evaluator.document, self.evaluator.units, self.hit)
            try:
                found = words is not None and any(self._found(governing, text) for governing in words.governing)
            except TimeoutError:
                self.evaluator.hits.failed.add(concept)
                found = False
            self._governed[concept] = found
        return found

    def _found(self, governing: tuple[str, bool], text: str) -> bool:
        pattern = self.evaluator.patterns.compiled(*governing)
        return pattern.search(text, timeout=TIME_LIMIT) is not None  # type: ignore[call-overload]


def with_it(document: Document, units: Units, hit: Hit) -> str:
    """The sentence of a mention, with the sign that `{it}` stands for in place of the mechanism."""
    sentence = units.sentences[hit.sentence].span
    return document.shadow[sentence.start : hit.span.start] + IT + document.shadow[hit.span.end : sentence.end]


def mentions(hits: list[Hit]) -> list[Hit]:
    """Hits of a mechanism as mentions: those that overlap are one."""
    merged: list[Hit] = []
    known: set[Hit] = set()
    for hit in sorted(hits, key=lambda hit: (hit.sentence, hit.span)):
        last = merged[-1] if merged else None
        if last and last.sentence == hit.sentence and last.span.meets(hit.span):
            span = Span(last.span.start, max(last.span.end, hit.span.end))
            merged[-1] = Hit(span, last.sentence, last.source or hit.source)
        elif hit not in known:
            merged.append(hit)
            known.add(hit)
    return merged

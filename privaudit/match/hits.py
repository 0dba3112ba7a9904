"""Hits: where the words of each concept stand. Found out for a concept when it is first asked for."""

from __future__ import annotations

from privaudit.document import Span
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Protocol

    class Search(Protocol):
        """A stretch of a document that was searched for the words of a language."""

        def find(self, concept: str) -> list[Hit]:
            """The hits of a concept, in any order; raises `TimeoutError`."""


_new = tuple.__new__


class Hit(NamedTuple):
    """A word of a concept found: its shadow span, and the number of its sentence in the document.

    `source` is set for a hit in the target of a link: where that target stands in the source.
    """

    span: Span
    sentence: int
    source: Span | None = None


def hit_at(span: tuple[int, int], sentence: int) -> Hit:
    """A hit in text, made as its class would and in half the time: there are thousands in a document."""
    return _new(Hit, (_new(Span, span), sentence, None))


class Hits:
    """All hits of a document by concept; `failed` are the concepts whose search ran out of time."""

    def __init__(self, *searches: Search) -> None:
        self._searches = list(searches)
        self._found: dict[str, list[Hit]] = {}
        self.failed: set[str] = set()

    def of(self, concept: str) -> list[Hit]:
        """The hits of a concept, in text order and each once."""
        found = self._found.get(concept)
        if found is None:
            every: set[Hit] = set()
            for search in self._searches:
                try:
                    every.update(search.find(concept))
                except TimeoutError:
                    self.failed.add(concept)
            try:
                found = sorted(every)
            except TypeError:
                # One in a link's text and one in its target, which have the same span.
                found = sorted(every, key=lambda hit: (hit.span, hit.source is not None))
            self._found[concept] = found
        return found

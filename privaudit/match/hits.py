"""Hits: where the words of each concept stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from privaudit.document import Span


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A word of a concept found: its shadow span, and the number of its sentence in the document.

    `source` is set for a hit in the target of a link: where that target stands in the source.
    """

    span: Span
    sentence: int
    source: Span | None = None


@dataclass(slots=True)
class Hits:
    """All hits of a document by concept, in text order; `failed` are concepts whose search ran out of time."""

    by_concept: dict[str, list[Hit]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def of(self, concept: str) -> list[Hit]:
        """The hits of a concept."""
        return self.by_concept.get(concept, [])

    def settle(self) -> None:
        """Sorts the hits of each concept and drops doubles."""
        for concept, hits in self.by_concept.items():
            self.by_concept[concept] = sorted(
                set(hits), key=lambda hit: (hit.span.start, hit.span.end, hit.source is not None)
            )

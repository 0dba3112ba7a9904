"""Near copies: documents that share most of their wording count as one when chance is judged."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = 5
# Documents of which this share of all runs of words is common to both are near copies.
_ALIKE = 0.5


def clusters(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The positions of the texts, near copies together, in order."""
    runs = [_runs(text) for text in texts]
    leader = list(range(len(texts)))

    def first(position: int) -> int:
        while leader[position] != position:
            position = leader[position]
        return position

    for later in range(len(texts)):
        for earlier in range(later):
            if first(earlier) != first(later) and _alike(runs[earlier], runs[later]):
                leader[first(later)] = first(earlier)
    found: dict[int, list[int]] = {}
    for position in range(len(texts)):
        found.setdefault(first(position), []).append(position)
    return tuple(tuple(group) for group in found.values())


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(tuple(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1)))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    fewer, more = sorted((len(one), len(other)))
    if fewer < _ALIKE * more:
        return False
    common = len(one & other)
    return common >= _ALIKE * (len(one) + len(other) - common)

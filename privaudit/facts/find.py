"""All facts of a searched document."""

from __future__ import annotations

from privaudit.engine import Searched
from privaudit.facts.contacts import authorities, contacts
from privaudit.facts.dates import changes
from privaudit.facts.found import Lexicons, Words
from privaudit.facts.quantities import quantities
from privaudit.facts.values import Fact, FactKind

_ORDER = {kind: number for number, kind in enumerate(FactKind)}


def find_facts(searched: Searched, lexicons: Lexicons) -> tuple[Fact, ...]:
    """The facts that a document states, by kind and place; what one passage says twice is one fact.

    Raises `TimeoutError` where the search for a word of a pack takes too long.
    """
    words = Words(searched, lexicons)
    every = [
        *authorities(words, lexicons.words),
        *contacts(searched, words),
        *changes(words),
        *quantities(searched, words),
    ]
    if words.failed:
        raise TimeoutError(f"the search for {', '.join(sorted(words.failed))} ran out of time")
    found: dict[tuple[FactKind, str, int], Fact] = {}
    for one in every:
        key = (one.kind, one.value, one.evidence.start)
        if key not in found or (found[key].perhaps and not one.perhaps):
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: (_ORDER[one.kind], one.evidence.start, one.value)))

"""Words for facts, and the names of authorities, as values: what language versions of a notice are compared by."""

from __future__ import annotations

from collections.abc import Mapping

from privaudit.record import NamedTuple
from privaudit.rulepack.schema import WordEntry, words_in

# Behind the name of a fact: words that may mean it. They spare a version the reproach of lacking it, and accuse none.
PERHAPS = "-perhaps"
# Before the country of an authority, with a part for one of several: `authority-of-de-by`. A name that several share
# tells of all of them: `authority-of-dk-or-no`.
AUTHORITY = "authority-of-"
_OR = "-or-"


class FactWords(NamedTuple):
    """Language → name of a fact → entries, with those that hold everywhere under `any`; and how reports call facts."""

    words: Mapping[str, Mapping[str, tuple[WordEntry, ...]]]
    called: Mapping[str, str]

    def words_in(self, code: str) -> dict[str, tuple[WordEntry, ...]]:
        """As `RuleSet.words_in`."""
        return words_in(self.words, code)


def authorities_in(name: str) -> tuple[str, ...]:
    """The authorities, one of which the words of a concept name: `dk` and `no` for `authority-of-dk-or-no`."""
    return tuple(name.removeprefix(AUTHORITY).removesuffix(PERHAPS).split(_OR))

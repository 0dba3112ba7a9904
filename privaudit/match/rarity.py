"""How often letters occur in notices, told from how many patterns of a language name their words.

What a language has many patterns for is what its notices are full of: counted on real ones, a word that twice as many
patterns name is a little more than twice as frequent, and short words are more frequent than that tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from privaudit.match.fold import DIGIT, fold

# Times in a thousand words, as counted on notices in five languages: a word that one pattern names, and a number.
_NAMED_ONCE = 0.02
_NUMBER = 5.0
# Letters without any word are everywhere.
_SIGNS = 50.0
# A word follows a certain other one about so often.
_FOLLOWS = 0.3


class Rarity:
    """Guesses how often letters occur."""

    def __init__(self, sources: Iterable[str]) -> None:
        """Takes the patterns of a language as they are written."""
        self._named = Counter(word for source in sources for word in set(re.findall(r"\w+", fold(source))))
        self._words = sorted(self._named)
        self._known: dict[tuple[str, bool], float] = {}

    def of(self, letters: Iterable[str]) -> float:
        """How often one of these letters, folded and without signs, may occur in a thousand words."""
        return sum(map(self._one, letters))

    def _one(self, letters: str) -> float:
        words = letters.split()
        if not words:
            return _SIGNS
        last = len(words) - 1
        every = [self._word(word, number < last or letters[-1] == " ") for number, word in enumerate(words)]
        return min(every) * _FOLLOWS**last

    def _word(self, word: str, whole: bool) -> float:
        """How often a word may occur or, if it is not `whole`, words that begin with it."""
        known = self._known.get((word, whole))
        if known is None:
            named = self._named[word] if whole else sum(self._named[one] for one in self._beginning(word))
            guess = _NAMED_ONCE * max(named, 1) ** 1.2 * (1 + 20 * 10 ** (-0.4 * len(word)))
            known = _NUMBER if set(word) == {DIGIT} else guess
            self._known[word, whole] = known
        return known

    def _beginning(self, start: str) -> list[str]:
        """The words that begin with these letters."""
        first = bisect_left(self._words, start)
        return self._words[first : bisect_left(self._words, f"{start}\U0010ffff", first)]

"""Citations of the Regulation: "Art. 6(1)(b)", "Articles 15 to 22", "Art. 15 ff.", "Art. 6 Abs. 1 lit. f".

One small reader for all languages; the words for article, paragraph, letter, "to", "and" come from the language's data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privaudit.document import Span
from privaudit.match.pattern import IGNORECASE, VERBOSE, Patterns
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import Citation, CitationWords

# "Articles 15 ff." speaks of the rights, which end with Article 22.
_LAST_RIGHT = 22
_LAST_ARTICLE = 99
_REACH = 40


class Cited(NamedTuple):
    """A citation found: the articles from `first` to `last`, with paragraph and letter where given."""

    span: Span
    first: int
    last: int
    paragraph: int | None = None
    letter: str | None = None

    def names(self, wanted: Citation) -> bool:
        """Whether it cites the article, and the paragraph and letter where the entry asks for them."""
        if not self.first <= wanted.article <= self.last:
            return False
        if wanted.paragraph is not None and self.paragraph != wanted.paragraph:
            return False
        return wanted.letter is None or self.letter == wanted.letter


def _either(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or r"(?!)"


class CitationReader:
    """Finds citations in the way one language writes them."""

    def __init__(self, words: CitationWords, patterns: Patterns | None = None) -> None:
        compiled = (patterns or Patterns()).plain
        article, paragraph, letter = _either(words.article), _either(words.paragraph), _either(words.letter)
        to, and_, following = _either(words.to), _either(words.and_), _either(words.following)
        lettered = rf"(?:\(([a-k])\)|(?:{letter})\ ?\(?([a-k])\b\)?"
        # After a paragraph a letter may stand by itself where a bracket or the name of the Regulation follows.
        alone = r"\ ?,?\ ?([a-k])(?:\)|(?=\ (?:EU-)?(?:GDPR|DSGVO|DS-GVO|RGPD|AVG)\b))"
        self._head = compiled(rf"\b(?:{article}) ?(?=\d)", IGNORECASE)
        self._item = compiled(
            rf"""(\d{{1,2}})(?!\d)
                 (?:\ ?(?:\((\d)\)|(?:,\ ?)?(?:{paragraph})\ ?(\d)|\.(\d)(?!\d)|,\ ?(\d)(?=,\ ?[a-k]\)))
                    (?:{alone})?)?
                 (?:(?:\ (?:sentence|S\.|Satz|zin|zinsnede)\ ?\d)?,?\ ?{lettered}|\.([a-k])\b))?""",
            IGNORECASE | VERBOSE,
        )
        # Further letters come later in the alphabet, so that "a" after a comma is a word.
        self._letters = compiled(rf"(?:,|\ (?:{and_}))\ ?(?:{lettered})|([b-k])(?![\w-]))", IGNORECASE)
        self._to = compiled(rf" ?(?:{to}) ?", IGNORECASE)
        self._and = compiled(rf"(?:, ?(?:{and_}) | (?:{and_}) |, ?| ?/ ?| ?; ?)", IGNORECASE)
        self._following = compiled(rf" ?(?:{following})", IGNORECASE)
        self._more = compiled(rf"(?:{article}) ?", IGNORECASE)
        self._other = compiled(rf"[^.;]{{0,{_REACH}}}?\b(?:{_either(words.other_acts)})(?!\w)", IGNORECASE)
        self._own = compiled(
            rf"[^;]{{0,{_REACH}}}?\b(?:GDPR|DSGVO|DS-GVO|EU-DSGVO|Datenschutz-?[Gg]rundverordnung|RGPD|AVG|2016/679)\b"
        )
        self._has_others = bool(words.other_acts)

    def find(self, text: str, start: int, end: int) -> Iterator[Cited]:
        """The citations of the Regulation in `text[start:end]`, in order; never past `end`."""
        at = start
        while head := self._head.search(text, at, end):
            cited, at = self._series(text, head.start(), head.end(), end)
            if self._foreign(text, at, end):
                continue
            yield from cited

    def _foreign(self, text: str, at: int, end: int) -> bool:
        if not self._has_others:
            return False
        other = self._other.match(text, at, end)
        if not other:
            return False
        own = self._own.match(text, at, end)
        return not own or own.end() > other.end()

    def _series(self, text: str, start: int, at: int, end: int) -> tuple[list[Cited], int]:
        found: list[Cited] = []
        while item := self._item.match(text, at, end):
            number = int(item[1])
            if not 1 <= number <= _LAST_ARTICLE:
                break
            paragraph = next((int(value) for value in item.group(2, 3, 4, 5) if value), None)
            letter = next((value.casefold() for value in item.group(6, 7, 8, 9) if value), None)
            last, at = self._range(text, number, item.end(), end, single=paragraph is None and letter is None)
            found.append(Cited(Span(start, at), number, last, paragraph, letter))
            while letter and (more := self._letters.match(text, at, end)):
                at = more.end()
                found.append(
                    Cited(Span(start, at), number, last, paragraph, (more[1] or more[2] or more[3]).casefold())
                )
            link = self._and.match(text, at, end)
            if not link:
                break
            follow = link.end()
            if again := self._more.match(text, follow, end):
                follow = again.end()
            if not text[follow : follow + 1].isdigit():
                break
            start = at = follow
        return found, max(at, start + 1)

    def _range(self, text: str, number: int, at: int, end: int, single: bool) -> tuple[int, int]:
        if not single:
            return number, at
        if (to := self._to.match(text, at, end)) and to.end() > at:
            follow = to.end()
            if again := self._more.match(text, follow, end):
                follow = again.end()
            item = self._item.match(text, follow, end)
            if item and number < int(item[1]) <= _LAST_ARTICLE:
                return int(item[1]), item.end()
        following = self._following.match(text, at, end)
        if following:
            return max(number, _LAST_RIGHT), following.end()
        return number, at

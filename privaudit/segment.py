"""Sentences of a block: where one ends, and where a full stop only ends an abbreviation."""

from __future__ import annotations

import re

from privaudit.document import Span

_CANDIDATE = re.compile(r"""([.!?]+)["')\]]* +(?=["'(\[]*(\w+))""")
_MONTH_AND_YEAR = r"\w+\.? \d{4}\b"
_DOTTED = re.compile(r"(?:.*[-/(])?\w(?:\.\w)*")
# Written with a capital inside a sentence, so they do not show that a new one begins.
_POLITE = frozenset({"sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "ihnen", "u", "uw"})


class Segmenter:
    """Splits text of one language. `abbreviations` are folded and carry their last full stop."""

    __slots__ = ("abbreviations", "stop_words")

    def __init__(self, abbreviations: frozenset[str], stop_words: frozenset[str]) -> None:
        self.abbreviations = abbreviations
        self.stop_words = stop_words

    def split(self, shadow: str, span: Span) -> tuple[Span, ...]:
        """The sentences of a block, in order, without the spaces between them."""
        found: list[Span] = []
        start = span.start
        for candidate in _CANDIDATE.finditer(shadow, span.start, span.end):
            follower = candidate[2]
            if not (follower[0].isupper() or follower[0].isdigit()):
                continue
            if candidate[1] == "." and not self._full_stop(shadow, start, span, candidate.start(), follower):
                continue
            found.append(Span(start, candidate.start() + len(candidate[0].rstrip())))
            start = candidate.end()
        if start < span.end:
            found.append(Span(start, span.end))
        return tuple(found)

    def _full_stop(self, shadow: str, start: int, span: Span, at: int, follower: str) -> bool:
        """Whether the full stop at `at` ends a sentence that began at `start`; `follower` is the next word."""
        token_start = max(shadow.rfind(" ", start, at) + 1, start)
        token = shadow[token_start:at].lstrip("\"'([").casefold()
        opens = follower.casefold() in self.stop_words and follower.casefold() not in _POLITE
        if token.isdigit():
            if token_start == start:
                return False
            if shadow[start : token_start - 1].rpartition(" ")[2][-1:].isdigit():
                # The last group of a telephone or account number; an ordinal stands behind a word.
                return True
            after = shadow.find(follower, at)
            return len(token) > 2 or (opens and not re.compile(_MONTH_AND_YEAR).match(shadow, after, span.end))
        if _DOTTED.fullmatch(token) and token not in {"i"}:
            # "e.g." and "z. B." go on; "U.S." and "plan B." may end a sentence, which the next word shows.
            return opens and shadow[at - 1].isupper()
        if token + "." in self.abbreviations:
            return opens and "." not in token
        return True

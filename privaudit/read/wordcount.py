"""The words of a page as the standard library sees them: what a broken page is held against."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from privaudit.read.element_names import SILENT

_WORDS = re.compile(r"\w+")
# From here on the standard library's parser takes quadratic time.
_MOST_UNCLOSED = 500


def words_of(text: str) -> int:
    """The number of words in plain text."""
    return len(_WORDS.findall(text))


def count_words(data: bytes) -> int | None:
    """The words of visible text that the standard library finds; None where it would take too long."""
    if data.count(b"<") > data.count(b">") + _MOST_UNCLOSED:
        return None
    counter = _WordCounter()
    # Some releases of the library break down at sections of SGML that they do not know; the standard has none, and
    # takes each for a comment.
    counter.feed(data.replace(b"<![", b"<!-[").decode("utf-8", "replace"))
    counter.close()
    return counter.words


class _WordCounter(HTMLParser):
    """Counts the words outside of elements that show none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = 0
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in SILENT:
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += words_of(data)

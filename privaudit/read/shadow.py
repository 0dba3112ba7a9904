"""The shadow text: what words are looked for in, built piece by piece with its way back to the source."""

from __future__ import annotations

import functools
import re
import unicodedata

from privaudit.document import OffsetMap

_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\u00b4`", "'")
_DOUBLE = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_GONE = dict.fromkeys(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_PLAIN = str.maketrans({**_QUOTES, **_DOUBLE, **_DASHES, **_GONE, "\u2026": "..."})

# Latin letters that NFKC leaves as they are; they may stay in plain runs. Two that damage begins with are left out.
_STEADY = frozenset(
    chr(code)
    for first, last in ((0xC0, 0xC1), (0xC4, 0x131), (0x134, 0x13E), (0x141, 0x148), (0x14A, 0x17E), (0x180, 0x1C3))
    for code in range(first, last + 1)
)
_COMBINING = ("\u0300", "\u036f")
# Marks that would grow into the word they stand at: "Shield\u2122" is no "ShieldTM", a note's number no part of a name.
_COMPATIBLE = "[^\u2122\u2120\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+"
_ENTITY = r"&(?:\#[0-9]{1,20}|\#[xX][0-9a-fA-F]{1,20}|[A-Za-z][A-Za-z0-9]{1,31});?"
# White space but a plain space on its own, quotes, and letters beyond ASCII with one that they may combine with. A
# no-break space after two of them is what is left of an accented letter.
_REST = r"[\u00c2\u00c3][\u0085\u00a0]| *[^\S ]\s*| {2,}|['`]|\w?[^\x00-\x7f\s]+"


@functools.cache
def _special(entities: bool) -> re.Pattern[str]:
    """What cannot stay in a plain run without a closer look, entities of HTML included or not."""
    return re.compile(f"{_ENTITY}|{_REST}" if entities else _REST)


def normalise(text: str) -> str:
    """A stretch of text as the shadow has it, white space still unfolded."""
    plain = text.translate(_PLAIN)
    return plain if plain.isascii() else re.sub(_COMPATIBLE, _compose, plain).translate(_PLAIN)


def _compose(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _damaged(text: str, at: int) -> int:
    """How many characters may be one that was read in the wrong encoding: what UTF-8 looks like as Windows-1252, and
    its General Punctuation as Mac Roman. `_repair` tells whether they are.
    """
    pair = text[at : at + 2]
    if pair[0] in "\u00c2\u00c3" and pair[1:] > "\x7f":
        return 2
    if (pair == "\u201a\u00c4" or (pair[0] == "\u00e2" and pair[1:] in {"\u20ac", "\u201a", "\u201e"})) and text[
        at + 2 : at + 3
    ] > "\x7f":
        return 3
    return 0


def _repair(text: str) -> str | None:
    """UTF-8 that was read as Windows-1252 or Mac Roman, read right; None where it is none."""
    try:
        if text[0] == "\u201a":
            return text.encode("mac-roman").decode("utf-8")
        # Bytes that Windows-1252 does not define come through as the control characters of the same number.
        return b"".join(char.encode("latin-1" if char < "\u0100" else "cp1252") for char in text).decode("utf-8")
    except UnicodeError:
        return None


class ShadowBuilder:
    """Collects the shadow of a document block by block.

    Offsets given are code points of the source. Blocks are separated by one line feed; inside a block white space is
    single spaces, and none stands at its ends.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._holds_entities = "&" in source
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int, bool]] = []
        self._length = 0
        self._start = 0
        # The source place of white space that waits for a word to follow.
        self._space: tuple[int, int] | None = None

    @property
    def position(self) -> int:
        """The shadow offset that the next word will take."""
        waiting = self._space is not None and self._length > self._start
        return self._length + (1 if waiting else 0)

    @property
    def length(self) -> int:
        """The length of the shadow so far, without white space that waits."""
        return self._length

    def mark(self) -> int:
        """A mark for `since`."""
        return len(self._parts)

    def since(self, mark: int) -> str:
        """The shadow text that was added after a mark."""
        return "".join(self._parts[mark:])

    def begin(self) -> int:
        """Begins a block and gives its shadow start."""
        if self._length:
            self._parts.append("\n")
            self._length += 1
        self._start = self._length
        self._space = None
        return self._start

    def end(self) -> int:
        """Ends the block and gives its shadow end; an empty block leaves nothing behind."""
        if self._length == self._start and self._start:
            self._parts.pop()
            self._length -= 1
        self._space = None
        return self._length

    def space(self, start: int, end: int) -> None:
        """White space, or markup that separates words, at a source place."""
        if self._space is None:
            self._space = (start, max(0, end - start))

    def text(self, start: int, end: int, entities: bool = False) -> None:
        """Source text to normalise."""
        at = start
        for found in _special(entities and self._holds_entities).finditer(self.source, start, end):
            if found.start() > at:
                self._plain(at, found.start())
            self._special(found.start(), found.end())
            at = found.end()
        if at < end:
            self._plain(at, end)

    def _special(self, start: int, end: int) -> None:
        text = self.source[start:end]
        if text.isspace():
            self.space(start, end)
            return
        if text[0] == "&":
            import html

            decoded = html.unescape(text)
            self.replaced(decoded, start, end, same=decoded == text)
            return
        if text in "'`":
            self.replaced(text, start, end, same=True)
        elif all(char in _STEADY or char < "\x80" for char in text):
            self._plain(start, end)
        else:
            self._foreign(start, end)

    def _foreign(self, start: int, end: int) -> None:
        """Letters and signs beyond ASCII: damage repaired, marks joined to their letters, the rest one by one."""
        at = start
        while at < end:
            last = at + _damaged(self.source, at)
            if last > at and (repaired := _repair(self.source[at:last])):
                self.replaced(repaired, at, last)
                at = last
                continue
            last = at + 1
            while last < end and _COMBINING[0] <= self.source[last] <= _COMBINING[1]:
                last += 1
            self.replaced(self.source[at:last], at, last, same=True)
            at = last

    def replaced(self, text: str, start: int, end: int, same: bool = False) -> None:
        """Text that stands for a source stretch as a whole; `same` where it may turn out to be just that stretch."""
        wanted = normalise(text)
        folded = " ".join(wanted.split())
        if not folded:
            if wanted:
                self.space(start, end)
            return
        if wanted[0].isspace():
            self.space(start, start)
        self._emit(folded, start, end - start, same and len(folded) == end - start)
        if wanted[-1].isspace():
            self.space(end, end)

    def _plain(self, start: int, end: int) -> None:
        text = self.source[start:end]
        if text[0] == " ":
            self.space(start, start + 1)
            start += 1
            text = text[1:]
        if not text:
            return
        trailing = text[-1] == " "
        if trailing:
            text = text[:-1]
        if text:
            self._emit(text, start, len(text), True)
        if trailing:
            self.space(end - 1, end)

    def _emit(self, text: str, start: int, length: int, plain: bool) -> None:
        if self._space is not None:
            if self._length > self._start:
                place, size = self._space
                self._parts.append(" ")
                self._runs.append((self._length, place, size, size == 1))
                self._length += 1
            self._space = None
        self._parts.append(text)
        last = self._runs[-1] if self._runs else None
        if plain and last and last[3] and last[0] + last[2] == self._length and last[1] + last[2] == start:
            self._runs[-1] = (last[0], last[1], last[2] + length, True)
        else:
            self._runs.append((self._length, start, length, plain))
        self._length += len(text)

    def drop_last(self, char: str) -> None:
        """Takes back the last character, a hyphen that only broke a line."""
        if self._length > self._start and self._parts[-1].endswith(char):
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
            begun, place, size, plain = self._runs.pop()
            if plain and size > 1:
                self._runs.append((begun, place, size - 1, True))
            elif begun < self._length:
                self._runs.append((begun, place, size, plain))

    def finish(self) -> tuple[str, OffsetMap]:
        """The shadow and its map."""
        return "".join(self._parts), OffsetMap(self._runs)

"""Byte offsets of UTF-8, which the parsers count in, as code points, which everything else counts in."""

from __future__ import annotations


class ByteMap:
    """Turns byte offsets into code points; quick when asked for places near the last one."""

    __slots__ = ("_base", "_byte", "_char", "_data", "_plain")

    def __init__(self, data: bytes, base: int = 0) -> None:
        """Takes the bytes that were parsed, and the code point at which they begin in the source."""
        self._data = data
        self._base = base
        self._plain = data.isascii()
        self._byte = 0
        self._char = 0

    def at(self, byte: int) -> int:
        """The code point at a byte offset."""
        if self._plain:
            return self._base + byte
        if byte >= self._byte:
            self._char += len(self._data[self._byte : byte].decode("utf-8", "ignore"))
        else:
            self._char -= len(self._data[byte : self._byte].decode("utf-8", "ignore"))
        self._byte = byte
        return self._base + self._char

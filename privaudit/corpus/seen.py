"""Which ids a corpus has had, in 16 bytes or so for each."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator

_FIRST_SLOTS = 1 << 12
# Eight bytes of a hash: among a million ids, one of thirty million runs takes two for one.
_BYTES = 8


def mark_of(name: str) -> int:
    """What stands for an id; never 0."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big") or 1


class Seen:
    """A set of marks, in one table with open addressing."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(_BYTES * _FIRST_SLOTS))
        self._count = 0

    def add(self, mark: int) -> bool:
        """Adds a mark and tells whether it is new."""
        if 3 * self._count > 2 * len(self._table):
            self._grow()
        slot = self._slot(mark)
        if self._table[slot] == mark:
            return False
        self._table[slot] = mark
        self._count += 1
        return True

    def update(self, marks: Iterable[int]) -> None:
        """Adds marks."""
        for mark in marks:
            self.add(mark)

    def _slot(self, mark: int) -> int:
        """Where a mark is, or else goes; the table is never full."""
        table, last = self._table, len(self._table) - 1
        slot = mark & last
        while table[slot] not in (0, mark):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        old = self._table
        self._table = array("Q", bytes(2 * _BYTES * len(old)))
        for mark in _marks(old):
            self._table[self._slot(mark)] = mark


def _marks(table: array[int]) -> Iterator[int]:
    return (mark for mark in table if mark)

"""How far a run has come: on a terminal, a line on standard error with its pace and the time left."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

# Seconds between two looks of the line.
_EVERY = 0.2


class Progress:
    """A line that is written over and over; nothing where it is not wanted."""

    def __init__(
        self, stream: TextIO, total: int, begun: int, *, wanted: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`total` are the bytes of the input, of which `begun` had been read before."""
        self._stream, self._total, self._begun, self._wanted, self._clock = stream, total, begun, wanted, clock
        self._start = self._last = clock()

    def __call__(self, documents: int, read: int) -> None:
        """So many documents are done, and so many bytes of the input read for them."""
        if not self._wanted:
            return
        now = self._clock()
        if now - self._last < _EVERY:
            return
        self._last = now
        self._stream.write(f"\r{self._told(documents, read, now - self._start)}\x1b[K")
        self._stream.flush()

    def _told(self, documents: int, read: int, seconds: float) -> str:
        told = f"{documents:,} documents, {documents / max(seconds, 0.001):,.0f} a second"
        share = min(1.0, (read - self._begun) / (self._total - self._begun)) if self._total > self._begun else 0.0
        if share <= 0.0:
            return told
        whole = min(1.0, read / self._total)
        return f"{told}, {100 * whole:.0f} %, {_span(seconds / share - seconds)} left"

    def close(self) -> None:
        """Clears the line."""
        if self._wanted:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""Limits in seconds and in memory on what the process itself does."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from privaudit.record import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

# How often is looked (seconds), and when an error comes again that got lost in a place that passes none on.
_OFTEN = 0.1
_AGAIN = 0.5
# Linux: the pages of memory that a process holds are the second number (proc(5)).
_PAGES = "/proc/self/statm"


class OutOfTimeError(BaseException):
    """The time is up. No `Exception`, so that nothing that mends errors on the way takes it for one of its own."""


class OutOfMemoryError(BaseException):
    """More memory is held than may be. No `Exception`, for the same reason."""


def limited(seconds: float, megabytes: float, work: Callable[[], T]) -> T:
    """What comes of work; raises `OutOfTimeError` where it runs longer, and `OutOfMemoryError` where it holds so much
    more memory (2^20 bytes) than at its beginning, in it at its next step in Python.

    A library that does not come back is not stopped by this, nor is anything where the system has no such alarm or
    outside of the main thread; only a process of its own can be (`privaudit.processes`). Memory is watched where the
    system tells of it.
    """
    armed = [True]
    until, most = time.monotonic() + seconds, _held() + megabytes * (1 << 20)
    raised = -_AGAIN

    def ring(*_: object) -> None:
        nonlocal raised
        now = time.monotonic()
        if not armed or now < raised + _AGAIN:
            return
        late = now >= until
        if late or _held() > most:
            raised = now
            raise OutOfTimeError if late else OutOfMemoryError

    try:
        before: Any = signal.signal(signal.SIGALRM, ring)
    except (AttributeError, ValueError):
        return work()
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, min(seconds, _OFTEN), _OFTEN)
            return work()
        finally:
            armed.clear()
    finally:
        # Reached in peace: the alarm is off, or it has just gone off and waits.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _held() -> int:
    """Bytes of memory that the process holds; 0 where nobody tells."""
    try:
        with open(_PAGES, "rb") as file:  # noqa: PTH123 - looked at while a document is audited
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0

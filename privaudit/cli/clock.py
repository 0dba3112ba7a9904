"""A limit in seconds on what the process itself does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from privaudit.record import Any

# The alarm goes off again, should the first error of it have got lost in a place that passes no error on.
_AGAIN = 0.5


class OutOfTimeError(BaseException):
    """The time is up. No `Exception`, so that nothing that mends errors on the way takes it for one of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises `OutOfTimeError` in what runs longer than that, at its next step in Python.

    A library that does not come back is not stopped by this, nor is anything where the system has no such alarm or
    outside of the main thread; only a process of its own can be (`privaudit.processes`).
    """
    armed = [True]

    def ring(*_: object) -> None:
        if armed:
            raise OutOfTimeError

    try:
        before: Any = signal.signal(signal.SIGALRM, ring)
    except (AttributeError, ValueError):
        yield
        return
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            armed.clear()
    finally:
        # Reached in peace: the alarm is off, or it has just gone off and waits.
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

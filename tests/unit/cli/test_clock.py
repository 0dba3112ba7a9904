import contextlib
import signal
import sys
import threading
import time

import pytest

from privaudit.cli.clock import OutOfMemoryError, OutOfTimeError, limited


def sleep_on(mended: type[BaseException]) -> int:
    """Sleeps for longer than the limit of a second lets it, and mends errors of a kind on the way."""
    until = time.monotonic() + 5

    def work() -> int:
        count = 0
        while time.monotonic() < until and count < 2:
            try:
                time.sleep(5)
            except mended:
                count += 1
        return count

    return limited(1, 1000, work)


def test_what_takes_too_long_is_broken_off_even_where_errors_are_mended() -> None:
    with pytest.raises(OutOfTimeError):
        sleep_on(Exception)


def test_an_alarm_that_gets_lost_comes_again() -> None:
    assert sleep_on(OutOfTimeError) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell of the memory that is held now")
def test_what_holds_too_much_is_broken_off_even_where_errors_are_mended() -> None:
    held: list[bytes] = []
    with pytest.raises(OutOfMemoryError):
        limited(60, 100, lambda: fill(held))
    assert 50 < len(held) < 5000


def fill(held: list[bytes]) -> None:
    """Takes a megabyte at a time for half a minute, and mends errors on the way."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(Exception):
            held.append(b"x" * (1 << 20))
            time.sleep(0.001)


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell of the memory that is held now")
def test_what_was_held_before_does_not_count() -> None:
    held = b"x" * (300 << 20)
    limited(60, 100, lambda: time.sleep(0.5))
    assert held


def test_nothing_is_left_behind() -> None:
    def other(*_: object) -> None:
        pass

    before = signal.signal(signal.SIGALRM, other)
    try:
        assert limited(50, 1000, lambda: signal.getitimer(signal.ITIMER_REAL)[0]) > 0
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) is other
    finally:
        signal.signal(signal.SIGALRM, before)


def test_outside_of_the_main_thread_there_is_no_limit() -> None:
    done: list[float] = []
    thread = threading.Thread(
        target=limited, args=(1, 1000, lambda: done.append(signal.getitimer(signal.ITIMER_REAL)[0]))
    )
    thread.start()
    thread.join()
    assert done == [0]

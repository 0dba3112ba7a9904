import signal
import threading
import time

import pytest

from privaudit.cli.clock import OutOfTimeError, time_limit


def sleep_on(mended: type[BaseException]) -> int:
    """Sleeps for longer than the limit of a second lets it, and mends errors of a kind on the way."""
    count = 0
    until = time.monotonic() + 5
    with time_limit(1):
        while time.monotonic() < until and count < 2:
            try:
                time.sleep(5)
            except mended:
                count += 1
    return count


def test_what_takes_too_long_is_broken_off_even_where_errors_are_mended() -> None:
    with pytest.raises(OutOfTimeError):
        sleep_on(Exception)


def test_an_alarm_that_gets_lost_comes_again() -> None:
    assert sleep_on(OutOfTimeError) == 2


def test_nothing_is_left_behind() -> None:
    def other(*_: object) -> None:
        pass

    before = signal.signal(signal.SIGALRM, other)
    try:
        with time_limit(50):
            assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        assert signal.getsignal(signal.SIGALRM) is other
    finally:
        signal.signal(signal.SIGALRM, before)


def test_outside_of_the_main_thread_there_is_no_limit() -> None:
    done = []

    def work() -> None:
        with time_limit(1):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]

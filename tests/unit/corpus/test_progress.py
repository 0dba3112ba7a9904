import io

from privaudit.corpus.progress import Progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_pace_share_and_time_left_are_told_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, 1000, 0, wanted=True, clock=clock)
    clock.now = 0.1
    progress(1, 10)
    assert stream.getvalue() == ""
    clock.now = 30
    progress(1500, 250)
    assert stream.getvalue() == "\r1,500 documents, 50 a second, 25 %, 1:30 left\x1b[K"
    clock.now = 3630
    progress(3630, 260)
    assert stream.getvalue().endswith("\r3,630 documents, 1 a second, 26 %, 2:52:12 left\x1b[K")
    progress.close()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_a_run_that_goes_on_counts_its_own_pace() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, 1000, 800, wanted=True, clock=clock)
    clock.now = 10
    progress(100, 850)
    assert stream.getvalue() == "\r100 documents, 10 a second, 85 %, 0:30 left\x1b[K"


def test_without_a_size_there_is_no_time_left() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, 0, 0, wanted=True, clock=clock)
    clock.now = 10
    progress(100, 0)
    assert stream.getvalue() == "\r100 documents, 10 a second\x1b[K"


def test_nothing_is_told_where_it_is_not_wanted() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, 10, 0, wanted=False, clock=clock)
    clock.now = 10
    progress(100, 5)
    progress.close()
    assert stream.getvalue() == ""

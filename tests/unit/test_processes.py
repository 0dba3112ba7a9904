"""Work in processes: by fork, as on Linux, and by starting anew, as elsewhere."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from privaudit import processes
from privaudit.errors import Fault, RuleError
from privaudit.processes import Lost, performed

STARTS = [one for one in ("fork", "spawn") if one in multiprocessing.get_all_start_methods()]


class Doubler:
    """Doubles numbers; texts are orders."""

    def __init__(self, path: str = "") -> None:
        self.path = path
        self.opened = 0

    def open(self) -> None:
        self.opened += 1

    def perform(self, piece: object) -> object:
        if piece == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if piece == "sleep":
            time.sleep(60)
        if piece == "who":
            return os.getpid(), self.opened
        if piece == "fault":
            raise RuleError((Fault("own.yaml", 3, 1, "is wrong"),))
        if isinstance(piece, str) and piece.startswith("once "):
            mark = Path(piece.removeprefix("once "))
            if mark.exists():
                return "done"
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if piece == "many":
            return "x" * 5_000_000
        return piece * 2 if isinstance(piece, int) else len(str(piece))

    def close(self) -> None:
        if self.path:
            with open(self.path, "a", encoding="utf-8") as file:  # noqa: PTH123
                file.write("closed\n")


@pytest.fixture(params=STARTS)
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_START", request.param)


@pytest.mark.usefixtures("start")
def test_each_piece_is_done_once_and_a_lost_one_is_told(tmp_path: object) -> None:
    path = f"{tmp_path}/closed"
    found = dict(performed([1, "die", 3, "many", "y" * 3_000_000, 6], Doubler(path), 2, lambda _: 30))
    assert found == {0: 2, 1: Lost(False, "SIGKILL"), 2: 6, 3: "x" * 5_000_000, 4: 3_000_000, 5: 12}
    # Each that is there at the end; one that is lost is replaced only where there is work for it.
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        assert file.read() in ("closed\n", "closed\n" * 2)
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("start")
def test_an_exception_comes_through_whole_and_ends_the_others() -> None:
    begin = time.monotonic()
    with pytest.raises(RuleError, match=r"^own\.yaml:3:1: is wrong$") as caught:
        list(performed(["sleep", "fault"], Doubler(), 2, lambda _: 30))
    assert caught.value.faults == (Fault("own.yaml", 3, 1, "is wrong"),)
    assert time.monotonic() - begin < 25
    assert multiprocessing.active_children() == []


def test_what_takes_too_long_is_killed() -> None:
    assert dict(performed(["sleep", 1], Doubler(), 2, lambda _: 0.5)) == {0: Lost(True, "SIGKILL"), 1: 2}


def test_a_process_does_one_piece_after_the_other() -> None:
    found: list[Any] = [answer for _, answer in performed(["who"] * 20, Doubler(), 3, lambda _: 30)]
    assert len(found) == 20
    assert 1 <= len(set(found)) <= 3
    assert {opened for _, opened in found} == {1}
    assert os.getpid() not in {process for process, _ in found}


def test_whoever_stops_asking_ends_the_processes() -> None:
    with closing(performed([1, "sleep", "sleep"], Doubler(), 3, lambda _: 30)) as results:  # type: ignore[type-var]
        assert next(results) == (0, 2)
        assert len(multiprocessing.active_children()) == 3
    assert multiprocessing.active_children() == []


def test_nothing_to_do_starts_nothing() -> None:
    assert list(performed([], Doubler(), 3, lambda _: 30)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="how a process is seen to have ended is told in /proc")
def test_no_more_are_started_than_there_is_work() -> None:
    with closing(performed(["who"], Doubler(), 8, lambda _: 30)) as results:  # type: ignore[type-var]
        assert [len(multiprocessing.active_children()) for _ in results] == [1]


def test_pieces_are_asked_for_when_there_is_a_process_for_them() -> None:
    asked: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(20):
            asked.append(number)
            yield number

    with closing(performed(pieces(), Doubler(), 2, lambda _: 30)) as results:  # type: ignore[type-var]
        next(results)
        # Two for the processes, and one that waits.
        assert len(asked) <= 3
        assert len(dict(results)) == 19


def test_nothing_is_begun_too_far_ahead_of_what_takes_long() -> None:
    before: list[int] = []
    for number, _ in performed(["sleep", *range(9)], Doubler(), 2, lambda piece: 2 if piece == "sleep" else 30, 4):
        before.append(number)
    assert before.index(0) == 3
    assert sorted(before) == list(range(10))


def test_a_piece_whose_process_ended_is_done_once_more_where_that_is_wanted(tmp_path: Path) -> None:
    pieces = [1, f"once {tmp_path / 'mark'}", "die", 4]
    found = dict(performed(pieces, Doubler(), 2, lambda _: 30, again=True))
    assert found == {0: 2, 1: "done", 2: Lost(False, "SIGKILL"), 3: 8}
    # What hangs does so again.
    begin = time.monotonic()
    assert dict(performed(["sleep"], Doubler(), 2, lambda _: 0.5, again=True)) == {0: Lost(True, "SIGKILL")}
    assert time.monotonic() - begin < 20

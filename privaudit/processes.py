"""Work shared out to processes of its own, each of which may crash, hang or be killed at the cost of its piece alone.

A process does one piece after the other and is replaced where it is lost. Each has a connection of its own, so that
none can stop another, and gets a piece only when it is idle, so that no more are under way than there are processes.
This process stays free of threads, which makes it safe to fork.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import pickle
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

_HEAD = 8
_PIECE = 1 << 20
# More than an answer has; who says so is out of its mind.
_LONGEST = 1 << 32
# Objects made and not freed before the collector looks for cycles.
_UNCOLLECTED = 50_000
# Seconds that a process has to end by itself: at the end of a run, and when a run is broken off.
_TO_FINISH, _TO_BREAK_OFF = 10.0, 0.5
# Where it is safe, a process begins with everything that is loaded here.
_START = "fork" if sys.platform.startswith("linux") else "spawn"


class Worker(Protocol[T_contra, R_co]):
    """What a process does. It is made here, reaches the process by fork or pickle, and is opened there."""

    def open(self) -> None:
        """Called once, before anything else."""

    def perform(self, piece: T_contra) -> R_co:
        """Does a piece of work."""

    def close(self) -> None:
        """Called when there is no more to do."""


class Lost(NamedTuple):
    """A piece of work whose process did not answer in time (`late`), or ended: how, in words."""

    late: bool
    how: str = ""


def performed(
    pieces: Iterable[T],
    worker: Worker[T, R],
    processes: int,
    seconds: Callable[[T], float],
    ahead: int | None = None,
    *,
    again: bool = False,
) -> Iterator[tuple[int, R | Lost]]:
    """The number of each piece with what came of it, in the order in which they are done.

    At most so many `processes` work at once; one that takes more than its `seconds` for a piece is killed. Pieces are
    asked for when there is a process for them, and with `ahead` none is begun so many numbers after one that is under
    way, so that who puts the answers in order holds no more than that. With `again`, a piece whose process ended is
    done once more, by another, before it is lost. An exception that `perform` raises is raised here and ends the
    others. Close the iterator where it is not used up.
    """
    crew = _Crew[T, R](pieces, worker, processes, seconds, ahead, again)
    try:
        yield from crew.work()
    except BaseException:
        # A second ^C need not wait.
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        crew.break_off()
        raise
    crew.finish()


class _Crew(Generic[T, R]):
    def __init__(
        self,
        pieces: Iterable[T],
        worker: Worker[T, R],
        processes: int,
        seconds: Callable[[T], float],
        ahead: int | None,
        again: bool,
    ) -> None:
        self._pieces = enumerate(pieces)
        self._again = again
        # Pieces to be done once more, and the numbers of all that ever were.
        self._repeated: deque[tuple[int, T]] = deque()
        self._tried: set[int] = set()
        # The next piece with its number.
        self._waiting: tuple[int, T] | None = None
        self._worker = worker
        self._most = max(1, processes)
        self._seconds = seconds
        self._ahead = sys.maxsize if ahead is None else max(1, ahead)
        self._members: list[_Member] = []
        self._selector = selectors.DefaultSelector()

    def work(self) -> Iterator[tuple[int, R | Lost]]:
        while self._may_begin() or any(member.number is not None for member in self._members):
            yield from self._hand_out()
            yield from self._hear(self._selector.select(self._patience()))
            now = time.monotonic()
            for member in [one for one in self._members if one.number is not None and now > one.deadline]:
                yield from self._dismiss(member, late=True)

    def _may_begin(self) -> bool:
        """Whether there is a piece that is not too far ahead of the others."""
        if self._repeated:
            return True
        if self._waiting is None:
            self._waiting = next(self._pieces, None)
        if self._waiting is None:
            return False
        number = self._waiting[0]
        oldest = min((member.number for member in self._members if member.number is not None), default=number)
        return number < oldest + self._ahead

    def _take(self) -> tuple[int, T]:
        if self._repeated:
            return self._repeated.popleft()
        assert self._waiting is not None
        taken, self._waiting = self._waiting, None
        return taken

    def _hand_out(self) -> Iterator[tuple[int, Lost]]:
        """Gives each idle process a piece, and starts more where that is not enough."""
        idle = [member for member in self._members if member.number is None]
        while (idle or len(self._members) < self._most) and self._may_begin():
            if not idle:
                try:
                    idle.append(self._start())
                except OSError as error:
                    if self._members:
                        # Fewer have to do.
                        return
                    yield self._take()[0], Lost(False, f"no process could be started: {error.strerror}")
                    continue
            member = idle.pop()
            number, piece = self._take()
            member.give(number, piece, time.monotonic() + self._seconds(piece))
            self._watch(member)

    def _start(self) -> _Member:
        others = [member.channel for member in self._members] if _START == "fork" else []
        member = _Member(self._worker, others)
        self._members.append(member)
        self._selector.register(member.channel, selectors.EVENT_READ, member)
        return member

    def _watch(self, member: _Member) -> None:
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if member.outgoing else 0)
        self._selector.modify(member.channel, wanted, member)

    def _patience(self) -> float:
        """Seconds until the first process is late."""
        deadlines = [member.deadline for member in self._members if member.number is not None]
        return max(0.0, min(deadlines) - time.monotonic()) + 0.01 if deadlines else 0.0

    def _hear(self, events: list[tuple[selectors.SelectorKey, int]]) -> Iterator[tuple[int, R | Lost]]:
        for key, _ in events:
            member: _Member = key.data
            try:
                member.send()
                answer = member.answer()
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                if member.number is None:
                    self._remove(member)
                else:
                    yield from self._dismiss(member)
                continue
            self._watch(member)
            if answer is not None:
                number, member.number, member.piece = member.number, None, None
                if isinstance(answer, _Raised):
                    raise answer.error
                assert number is not None
                yield number, answer[0]

    def _dismiss(self, member: _Member, *, late: bool = False) -> Iterator[tuple[int, Lost]]:
        number, piece = member.number, member.piece
        assert number is not None
        how = self._remove(member)
        if self._again and not late and number not in self._tried:
            self._tried.add(number)
            self._repeated.append((number, piece))
        else:
            yield number, Lost(late, how)

    def _remove(self, member: _Member) -> str:
        self._selector.unregister(member.channel)
        self._members.remove(member)
        return member.end()

    def finish(self) -> None:
        """Lets idle processes come to their end."""
        until = time.monotonic() + _TO_FINISH
        for member in self._members:
            member.channel.close()
        for member in self._members:
            member.process.join(max(0.0, until - time.monotonic()))
        self._end_all()

    def break_off(self) -> None:
        """Ends processes in the middle of their work; what they have begun, they may clear away."""
        try:
            for member in self._members:
                member.process.terminate()
            until = time.monotonic() + _TO_BREAK_OFF
            for member in self._members:
                member.process.join(max(0.0, until - time.monotonic()))
        finally:
            self._end_all()

    def _end_all(self) -> None:
        for member in self._members:
            member.end()
        self._members.clear()
        self._selector.close()


class _Raised(NamedTuple):
    """An exception that came out of a piece of work."""

    error: Exception


class _Member:
    """A process, with the piece that it works on and its number and until when, and what is on its way to and fro."""

    def __init__(self, worker: Worker[Any, Any], others: list[socket.socket]) -> None:
        """Raises `OSError`."""
        self.channel, theirs = socket.socketpair()
        try:
            context: Any = multiprocessing.get_context(_START)
            inherited = [self.channel, *others] if _START == "fork" else []
            self.process = context.Process(target=_serve, args=(theirs, worker, inherited), daemon=True)
            self.process.start()
        except BaseException:
            self.channel.close()
            raise
        finally:
            theirs.close()
        self.channel.setblocking(False)
        self.number: int | None = None
        self.piece: Any = None
        self.deadline = 0.0
        self.outgoing = b""
        self._incoming = bytearray()

    def give(self, number: int, piece: object, deadline: float) -> None:
        self.number, self.piece, self.deadline = number, piece, deadline
        self.outgoing = _framed(piece)

    def send(self) -> None:
        """Sends what can be sent without waiting; raises `OSError`."""
        with contextlib.suppress(BlockingIOError):
            while self.outgoing:
                sent = self.channel.send(self.outgoing[:_PIECE])
                self.outgoing = self.outgoing[sent:]

    def answer(self) -> Any:  # noqa: ANN401 - what the process has to say
        """What has come, None until it is whole; raises `EOFError` where the process is gone or says nonsense."""
        with contextlib.suppress(BlockingIOError):
            while data := self.channel.recv(_PIECE):
                self._incoming += data
            raise EOFError
        if len(self._incoming) < _HEAD:
            return None
        size = int.from_bytes(self._incoming[:_HEAD], "big")
        if size > _LONGEST or len(self._incoming) > _HEAD + size:
            raise EOFError
        if len(self._incoming) < _HEAD + size:
            return None
        data = bytes(self._incoming[_HEAD:])
        self._incoming.clear()
        return pickle.loads(data)  # noqa: S301 - from our own process

    def end(self) -> str:
        """Kills the process where it still runs, and says how it ended."""
        self.channel.close()
        self.process.join(0.1 if self.process.is_alive() else 0)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode
        self.process.close()
        return _how(code)


def _how(code: int | None) -> str:
    try:
        return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-(code or 0)}"


def _framed(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(_HEAD, "big") + data


def _serve(channel: socket.socket, worker: Worker[Any, Any], inherited: list[socket.socket]) -> None:
    """What runs in the process: pieces in, answers out, until nobody is at the other end."""
    for other in inherited:
        other.close()
    # ^C is for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Many pieces, unlike one run, leave cycles enough to be worth collecting, but few in each: with the interpreter's
    # own threshold of 700 objects, looking for them takes a fifteenth of the time.
    gc.set_threshold(_UNCOLLECTED)
    gc.enable()
    gc.freeze()
    try:
        worker.open()
        while (piece := _received(channel)) is not None:
            try:
                answer: Any = (worker.perform(piece),)
            except Exception as error:
                answer = _Raised(error)
            channel.sendall(_framed(answer))
        worker.close()
    except (BrokenPipeError, ConnectionResetError):
        return


def _received(channel: socket.socket) -> Any:  # noqa: ANN401
    head = _exactly(channel, _HEAD)
    data = _exactly(channel, int.from_bytes(head, "big")) if head else b""
    return pickle.loads(data) if data else None  # noqa: S301


def _exactly(channel: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        data = channel.recv(min(_PIECE, size - len(found)))
        if not data:
            return b""
        found += data
    return bytes(found)

"""What a run has finished, written down part by part, so that another run can go on from there.

A file of JSON Lines: what the run is made of, then a line for each part. A part counts once its line is whole; the rows
of one whose line is not are written again.
"""

from __future__ import annotations

import base64
import json
import os
import stat
from array import array
from collections.abc import Iterable
from pathlib import Path

from privaudit.corpus.shards import Shard
from privaudit.corpus.tally import Tally
from privaudit.errors import UsageError
from privaudit.record import Any, NamedTuple

FORMAT = "privaudit-corpus-checkpoint/1"
# What parts are made of, in the words of a message.
_TOLD = {
    "version": "privaudit is another version",
    "packs": "the rule packs have changed",
    "options": "the options or the configuration are others",
}


class Made(NamedTuple):
    """What an output is made of: the version, a hash of the rule packs, options by name, the day, and the shards."""

    version: str
    packs: str
    options: dict[str, Any]
    as_of: str
    shards: tuple[tuple[str, int, str], ...]

    @classmethod
    def of(cls, version: str, packs: str, options: dict[str, Any], as_of: str, shards: Iterable[Shard]) -> Made:
        """With each shard by what tells that it is unchanged."""
        return cls(version, packs, options, as_of, tuple((one.name, one.size, one.stamp) for one in shards))


class Part(NamedTuple):
    """A finished part: the records of a shard (an index) up to a `position`, the last one if the shard `ends` there.

    `size` are the bytes of the output after it; `ids` stand for those of its records.
    """

    shard: int
    position: int
    ends: bool
    size: int
    tally: Tally
    ids: tuple[int, ...]


class State(NamedTuple):
    """What is finished: the last part, how many there are, and what all of them count."""

    made: Made
    last: Part | None
    parts: int
    tally: Tally


class Checkpoint:
    """The file, held by this process alone until it ends."""

    def __init__(self, path: Path) -> None:
        """Raises `OSError`, and `UsageError` where another run has the file, or where it is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("a+b")
        try:
            # A device may give bytes without an end, and no end of a line.
            if not stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):
                raise UsageError(f"{path}: is not a regular file")
            _hold(self._file.fileno(), path)
        except BaseException:
            self._file.close()
            raise

    def begin(self, made: Made) -> None:
        """Starts the file anew; raises `OSError`."""
        self._cut(0)
        self._append({"format": FORMAT, **made._asdict()})

    def is_blank(self) -> bool:
        """Whether nothing was written yet, or what was being written is not whole."""
        self._file.seek(0)
        return not self._file.readline().endswith(b"\n")

    def state(self, seen: Any) -> State:
        """What the file says; a last line that is not whole is removed. Raises `UsageError` where it says nothing."""
        self._file.seek(0)
        head = self._file.readline()
        whole = self._file.tell()
        made = _made(head, self.path)
        last, parts, tally = None, 0, Tally()
        for line in self._file:
            part = _part(line)
            if part is None:
                break
            whole += len(line)
            last, parts = part, parts + 1
            tally.include(part.tally)
            seen.update(part.ids)
        self._cut(whole)
        return State(made, last, parts, tally)

    def add(self, part: Part) -> None:
        """Adds a finished part; raises `OSError`, with nothing of it left in the file."""
        before = self._file.seek(0, os.SEEK_END)
        try:
            self._append({
                "shard": part.shard,
                "position": part.position,
                "ends": part.ends,
                "size": part.size,
                "tally": part.tally.to_keep(),
                "ids": base64.b64encode(array("Q", part.ids).tobytes()).decode(),
            })  # fmt: skip
        except OSError:
            self._cut(before)
            raise

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()

    def _append(self, value: dict[str, Any]) -> None:
        # Past the buffer, which would try again at the end what a full disk has refused.
        data = json.dumps(value, separators=(",", ":")).encode() + b"\n"
        while data:
            data = data[os.write(self._file.fileno(), data) :]
        os.fsync(self._file.fileno())

    def _cut(self, size: int) -> None:
        os.ftruncate(self._file.fileno(), size)
        os.fsync(self._file.fileno())


def _hold(descriptor: int, path: Path) -> None:
    """Keeps other runs out. The lock is this process's own: no process that it starts inherits it."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(f"{path}: another run writes this output") from None
    except OSError:
        # Not every file system knows locks.
        return


def _made(line: bytes, path: Path) -> Made:
    try:
        head = json.loads(line)
        if head.pop("format") != FORMAT or not line.endswith(b"\n"):
            raise ValueError
        shards = tuple((str(name), int(size), str(stamp)) for name, size, stamp in head.pop("shards"))
        return Made(shards=shards, **head)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path}: is no checkpoint to go on from; start anew, with another output") from None


def _part(line: bytes) -> Part | None:
    """None for a line that is not whole."""
    if not line.endswith(b"\n"):
        return None
    try:
        one = json.loads(line)
        marks = array("Q", base64.b64decode(one["ids"]))
        return Part(
            int(one["shard"]),
            int(one["position"]),
            bool(one["ends"]),
            int(one["size"]),
            Tally.kept(one["tally"]),
            tuple(marks),
        )
    except (ValueError, KeyError, TypeError):
        return None


def check_same(before: Made, now: Made, path: Path) -> None:
    """Raises `UsageError` where a run would not come to what the finished parts came to."""
    told = [words for name, words in _TOLD.items() if getattr(before, name) != getattr(now, name)]
    if "options" in {name for name in _TOLD if getattr(before, name) != getattr(now, name)}:
        names = sorted(
            name
            for name in {*before.options, *now.options}
            if before.options.get(name) != now.options.get(name)
        )  # fmt: skip
        told[-1] += f" ({', '.join(names)})"
    if before.as_of != now.as_of:
        told.append(f"the day is another (--as-of {before.as_of})")
    if before.shards != now.shards:
        told.append(f"the input has changed: {_changed(before.shards, now.shards)}")
    if told:
        raise UsageError(f"{path}: cannot go on: {'; '.join(told)}; start anew, with another output")


def _changed(before: tuple[tuple[str, int, str], ...], now: tuple[tuple[str, int, str], ...]) -> str:
    old, new = {one[0]: one for one in before}, {one[0]: one for one in now}
    for name in [*old, *new]:
        if name not in new:
            return f"{name} is gone"
        if name not in old:
            return f"{name} is new"
        if old[name] != new[name]:
            return f"{name} is another"
    return "the order of its files"

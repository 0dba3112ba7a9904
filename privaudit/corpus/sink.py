"""Where rows go: a folder of Parquet files, or one file of JSON Lines. What was written is on the disk when told so."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from privaudit.corpus.columns import as_line, as_table
from privaudit.corpus.rows import Row
from privaudit.corpus.streams import needed
from privaudit.errors import UsageError

_PART = "part-{:06}.parquet"
_OURS = re.compile(r"part-(\d{6,})\.parquet(\.new)?")


class Sink(Protocol):
    """Rows of one part after the other; every method raises `OSError` where the system refuses."""

    path: Path
    checkpoint: Path

    def is_there(self) -> bool:
        """Whether there is anything of an output."""

    def begin(self, parts: int, size: int) -> None:
        """Makes ready behind so many parts, which have `size` bytes; what an unfinished part left is removed.

        Raises `UsageError` where the finished ones are not there.
        """

    def write(self, part: int, rows: Sequence[Row]) -> int:
        """Writes a part; gives the bytes of the output after it."""


def sink_of(output: str) -> Sink:
    """Where an output goes, told by its name."""
    path = Path(output)
    return JsonLines(path) if path.suffix.lower() in (".jsonl", ".ndjson") else ParquetFolder(path)


class JsonLines:
    """One file, to which each part is added."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checkpoint = path.with_name(f"{path.name}.checkpoint")

    def is_there(self) -> bool:
        """As `Sink`."""
        return os.path.lexists(self.path) or os.path.lexists(self.checkpoint)

    def begin(self, parts: int, size: int) -> None:  # noqa: ARG002
        """As `Sink`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if os.fstat(descriptor).st_size < size:
                raise UsageError(f"{self.path}: has lost rows that were written; start anew, with another output")
            os.ftruncate(descriptor, size)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def write(self, part: int, rows: Sequence[Row]) -> int:  # noqa: ARG002
        """As `Sink`."""
        with self.path.open("ab") as file:
            for row in rows:
                file.write(as_line(row))
            file.flush()
            os.fsync(file.fileno())
            return file.tell()


class ParquetFolder:
    """A folder with a file for each part that has rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.checkpoint = path / "_checkpoint.jsonl"
        self._parquet = needed("pyarrow.parquet")

    def is_there(self) -> bool:
        """As `Sink`; an empty folder is nothing."""
        return os.path.lexists(self.path) and not (self.path.is_dir() and not any(self.path.iterdir()))

    def begin(self, parts: int, size: int) -> None:
        """As `Sink`."""
        self.path.mkdir(parents=True, exist_ok=True)
        there = 0
        for path in self.path.iterdir():
            found = _OURS.fullmatch(path.name)
            if found and (found[2] or int(found[1]) > parts):
                path.unlink()
            elif found:
                there += path.stat().st_size
        if there != size:
            raise UsageError(
                f"{self.path}: has lost or changed files that were written; start anew, with another output"
            )
        self._size = size

    def write(self, part: int, rows: Sequence[Row]) -> int:
        """As `Sink`."""
        if rows:
            target = self.path / _PART.format(part)
            beside = target.with_name(f"{target.name}.new")
            with beside.open("wb") as file:
                self._parquet.write_table(as_table(rows), file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())
                self._size += file.tell()
            beside.replace(target)
            _sync(self.path)
        return self._size


def _sync(folder: Path) -> None:
    """Puts the names in a folder on the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)

"""Files of a corpus, opened without waiting and unpacked as they are read."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple, cast

from privaudit.errors import InputError, UsageError

# Without O_NONBLOCK opening a pipe would wait for a writer.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
# Bytes that are unpacked at a time; what fewer than these come before a cut may be lost with it.
_PIECE = 1 << 13


class Opened(NamedTuple):
    """What a file holds, unpacked, and the file itself, whose place tells how much of it was read."""

    content: IO[bytes]
    file: IO[bytes]


class DamagedError(InputError):
    """A shard that cannot be read, or not to its end."""


@contextmanager
def opened(path: str) -> Iterator[Opened]:
    """A regular file, unpacked as its name says (.gz, .zst); raises `DamagedError` while it is open, too."""
    with damage_told(), _regular(path) as file:
        if path.endswith(".gz"):
            with gzip.GzipFile(fileobj=file) as content:
                yield Opened(cast("IO[bytes]", content), file)
        elif path.endswith(".zst"):
            arrow = needed("pyarrow")
            with arrow.CompressedInputStream(arrow.PythonFile(file, "r"), "zstd") as unpacked:
                yield Opened(io.BufferedReader(unpacked, _PIECE), file)
        else:
            yield Opened(file, file)


@contextmanager
def damage_told() -> Iterator[None]:
    """Turns what the system and the libraries raise into one line."""
    try:
        yield
    except EOFError:
        raise DamagedError("is cut short: the compressed data ends in the middle") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise DamagedError(f"is damaged: {error}") from None
    except OSError as error:
        # pyarrow has no strerror for what it finds.
        if error.strerror:
            raise DamagedError(f"cannot be read: {error.strerror}") from None
        if "Truncated" in str(error):
            raise DamagedError("is cut short: the compressed data ends in the middle") from None
        raise DamagedError(f"is damaged: {error}") from None


def _regular(path: str) -> IO[bytes]:
    """Raises `DamagedError` for what is no regular file, and `OSError`."""
    descriptor = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise DamagedError("is not a regular file")
    return open(descriptor, "rb")  # noqa: PTH123 - an open descriptor


def needed(name: str) -> Any:  # noqa: ANN401 - a module
    """A library of the extra; raises `UsageError` that tells how to get it."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise UsageError(
            f"{name.partition('.')[0]} is needed for this; install it with: pip install 'privaudit[corpus]'"
        ) from None

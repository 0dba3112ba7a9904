"""Reads a regular file within a bound: nothing that could block, never end or do something when it is opened."""

from __future__ import annotations

import os
import stat

from privaudit.errors import InputError

# Without O_NONBLOCK opening a pipe would wait for a writer; without O_NOCTTY a terminal could become ours.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_PIECE = 1 << 20


def read_regular(path: str, max_bytes: int, *, follow: bool = True) -> bytes:
    """The bytes of a file, read once.

    Raises `InputError` for what is no regular file or has more than `max_bytes`, which a file may come to while it is
    read; and `OSError` where the system cannot give it. A symbolic link is read through only with `follow`.
    """
    # Looked at before, since opening a device may do something, and once it is open, since it may be another by then.
    _check(os.stat(path, follow_symlinks=follow), max_bytes)
    descriptor = os.open(path, _FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    try:
        _check(os.fstat(descriptor), max_bytes)
        pieces: list[bytes] = []
        size = 0
        while piece := os.read(descriptor, _PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > max_bytes:
                raise too_large(max_bytes)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def too_large(max_bytes: int) -> InputError:
    """What to say of a file over the bound."""
    return InputError(f"larger than {max_bytes:,} bytes (--max-bytes)")


def _check(status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError("not a regular file")
    if status.st_size > max_bytes:
        raise too_large(max_bytes)

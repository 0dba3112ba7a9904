"""Reads a regular file within a bound: nothing that could block, never end or do something when it is opened."""

from __future__ import annotations

import errno
import os
import stat

from privaudit.errors import InputError

# Without O_NONBLOCK opening a pipe would wait for a writer; without O_NOCTTY a terminal could become ours.
_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_PIECE = 1 << 16
# What the system says of a name where nothing is: also of a link that leads to itself.
NOTHING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
# Bytes; more than people write into a file of rules or settings.
_BY_HAND = 5_000_000


def is_regular(path: str) -> bool:
    """Whether there is a regular file of this name; raises `OSError` where the system does not let us see."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        if error.errno in NOTHING:
            return False
        raise


def read_by_hand(path: str) -> bytes:
    """The bytes of a file that people write, such as a rule pack's; raises as `read_regular`."""
    return read_regular(path, _BY_HAND, option="")


def read_regular(path: str, max_bytes: int, *, follow: bool = True, option: str = "--max-bytes") -> bytes:
    """The bytes of a file, read once.

    Raises `InputError` for what is no regular file or has more than `max_bytes`, which a file may come to while it is
    read; and `OSError` where the system cannot give it. A symbolic link is read through only with `follow`. `option` is
    the one that sets the bound.
    """
    # Looked at before, since opening a device may do something, and once it is open, since it may be another by then.
    _check(os.stat(path, follow_symlinks=follow), max_bytes, option)
    descriptor = os.open(path, _FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    try:
        status = os.fstat(descriptor)
        _check(status, max_bytes, option)
        pieces: list[bytes] = []
        size = 0
        # All at once, which need not be put together; what comes after that was written meanwhile.
        wanted = status.st_size or _PIECE
        while piece := os.read(descriptor, wanted):
            pieces.append(piece)
            size += len(piece)
            if size > max_bytes:
                raise too_large(max_bytes, option)
            wanted = _PIECE
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def too_large(max_bytes: int, option: str = "--max-bytes") -> InputError:
    """What to say of a file over the bound."""
    return InputError(f"larger than {max_bytes:,} bytes" + (f" ({option})" if option else ""))


def _check(status: os.stat_result, max_bytes: int, option: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputError("not a regular file")
    if status.st_size > max_bytes:
        raise too_large(max_bytes, option)

"""Files that a command reads besides documents."""

import sys
from pathlib import Path
from typing import IO

from privaudit.errors import UsageError

# Bytes; more than the report on a hundred thousand notices has. A device may have no end.
_LONGEST = 500_000_000
_PIECE = 1 << 20


def read_text(name: str) -> str:
    """The text of a file in UTF-8, or of standard input for `-`; raises `UsageError`."""
    try:
        if name == "-" and sys.stdin is None:
            raise UsageError("standard input is closed")
        if name == "-":
            data = _bounded(sys.stdin.buffer)
        else:
            # Not only regular files: a shell gives the output of a command as a pipe.
            with Path(name).open("rb") as file:
                data = _bounded(file)
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > _LONGEST:
        raise UsageError(f"{name}: cannot be read: larger than {_LONGEST:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8, from byte {error.start} on") from None


def _bounded(file: IO[bytes]) -> bytes:
    """What a file holds, and no more of it than shows that it is too long."""
    data = bytearray()
    while len(data) <= _LONGEST and (piece := file.read(_PIECE)):
        data += piece
    return bytes(data)

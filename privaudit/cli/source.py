"""Files that a command reads besides documents."""

import sys
from pathlib import Path

from privaudit.errors import UsageError


def read_text(name: str) -> str:
    """The text of a file in UTF-8, or of standard input for `-`; raises `UsageError`."""
    try:
        if name == "-" and sys.stdin is None:
            raise UsageError("standard input is closed")
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8, from byte {error.start} on") from None

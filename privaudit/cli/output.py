"""Reports on their way out: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from privaudit.errors import OutputClosedError, UsageError


def write(text: str, file: Path | None) -> None:
    """Writes a report; raises `UsageError` where that is not possible, `OutputClosedError` where nobody reads it."""
    if file is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise OutputClosedError from None
        return
    import tempfile

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place: a reader never sees half a report.
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8", newline="") as beside:
            beside.write(text)
        Path(beside.name).chmod(0o666 & ~_umask())
        Path(beside.name).replace(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

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
        handle, name = tempfile.mkstemp(dir=file.parent)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as beside:  # noqa: PTH123 - an open descriptor
                beside.write(text)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

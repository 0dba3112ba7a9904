"""A folder for what is quick to read and slow to work out again. Losing it costs time and nothing else.

Only plain values are kept (`marshal`), in a folder that belongs to the user and that nobody else can write. What is
damaged, from another version or not to be trusted is ignored.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import time
import zlib

from privaudit.errors import InputError
from privaudit.record import TYPE_CHECKING, Any
from privaudit.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

# Bytes of the checksum (CRC-32), which tells what is damaged from what is whole.
_CHECKSUM = 4
# What every Python from 3.4 on reads.
_FORMAT = 4
_BESIDE = "new-"
# What `rulepack.kept` names things by, and what was left half written.
_OWN_NAME = r"(?:key-)?[0-9a-f]{32}(?:-|$)|new-"
# Bytes; what is kept has a few millions at most.
_LARGEST = 1_000_000_000
_KEPT_SECONDS = 60 * 24 * 60 * 60


def cache_folder() -> str | None:
    """`PRIVAUDIT_CACHE_DIR`, else the user's cache folder as the system has it; None when switched off (`off`)."""
    told = os.environ.get("PRIVAUDIT_CACHE_DIR")
    if told == "off":
        return None
    if told:
        return told
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return os.path.join(base, "privaudit", "cache") if base else None
    home = os.path.expanduser("~")
    if home.startswith("~"):
        return None
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "privaudit")
    told = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG base directory specification has relative paths passed over.
    return os.path.join(told if os.path.isabs(told) else os.path.join(home, ".cache"), "privaudit")


def load(folder: Path | str | None, name: str) -> Any:
    """What was kept under a name; None where there is nothing that can be trusted."""
    return read(os.path.join(folder, name)) if folder is not None and _is_own(folder) else None


def read(path: str) -> Any:
    """What was written to a file in a folder that is trusted; None where it is not there or damaged."""
    try:
        data = memoryview(read_regular(path, _LARGEST))
    except (OSError, InputError):
        return None
    content = data[_CHECKSUM:]
    if _checksum(os.path.basename(path), content) != data[:_CHECKSUM]:
        return None
    try:
        return marshal.loads(content)  # noqa: S302 - from a folder that is trusted
    except (EOFError, ValueError, TypeError):
        return None


def written(name: str, value: Any) -> bytes:
    """Plain values as the bytes of a file of that name, as `read` reads it; raises `ValueError` for any others."""
    return signed(name, marshal.dumps(value, _FORMAT))


def save(folder: Path | str | None, name: str, value: Any) -> None:
    """Keeps plain values under a name; does nothing where that is not possible."""
    if folder is None:
        return
    import tempfile
    from pathlib import Path

    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(folder):
            return
        data = written(name, value)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_BESIDE, delete=False) as beside:
            try:
                beside.write(data)
                beside.close()
                Path(beside.name).replace(folder / name)
            except BaseException:
                Path(beside.name).unlink(missing_ok=True)
                raise
        _forget(folder)
    except (OSError, ValueError):
        return


def signed(name: str, data: bytes) -> bytes:
    """What is kept under a name, behind a checksum of both: a file that was renamed or copied is none of ours."""
    return _checksum(name, data) + data


def _checksum(name: str, data: bytes | memoryview) -> bytes:
    return zlib.crc32(data, zlib.crc32(f"{name}\0".encode())).to_bytes(_CHECKSUM, "big")


def _forget(folder: Path) -> None:
    """Removes what was kept long ago: most of it belongs to rule packs and versions that are gone.

    The folder may be one that somebody chose, and that holds other things, too.
    """
    oldest = time.time() - _KEPT_SECONDS
    for path in folder.iterdir():
        if re.match(_OWN_NAME, path.name) and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _is_own(folder: Path | str) -> bool:
    try:
        status = os.stat(folder)
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022

"""A folder for what is quick to read and slow to work out again. Losing it costs time and nothing else.

Only plain values are kept (`marshal`), in a folder that belongs to the user and that nobody else can write. What is
damaged, from another version or not to be trusted is ignored.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from privaudit.errors import InputError
from privaudit.regular import read_regular

_DIGEST = 32
_BESIDE = "new-"
# What `rulepack.kept` names things by, and what was left half written.
_OWN_NAME = re.compile(r"(?:key-)?[0-9a-f]{32}(?:-|$)|new-")
# Bytes; what is kept has a few millions at most.
_LARGEST = 1_000_000_000
_KEPT_SECONDS = 60 * 24 * 60 * 60


def cache_folder() -> Path | None:
    """`PRIVAUDIT_CACHE_DIR`, else the user's cache folder as the system has it; None when switched off (`off`)."""
    told = os.environ.get("PRIVAUDIT_CACHE_DIR")
    if told == "off":
        return None
    if told:
        return Path(told)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "privaudit" / "cache" if base else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "privaudit"
    told = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG base directory specification has relative paths passed over.
    return (Path(told) if os.path.isabs(told) else home / ".cache") / "privaudit"  # noqa: PTH117


def load(folder: Path | None, name: str) -> Any:  # noqa: ANN401 - whatever was kept
    """What was kept under a name; None where there is nothing that can be trusted."""
    if folder is None or not _is_own(folder):
        return None
    try:
        data = read_regular(str(folder / name), _LARGEST)
    except (OSError, InputError):
        return None
    content = data[_DIGEST:]
    if _checksum(name, content) != data[:_DIGEST]:
        return None
    try:
        return marshal.loads(content)  # noqa: S302 - own folder, checked above
    except (EOFError, ValueError, TypeError):
        return None


def save(folder: Path | None, name: str, value: Any) -> None:  # noqa: ANN401
    """Keeps plain values under a name; does nothing where that is not possible."""
    if folder is None:
        return
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(folder):
            return
        data = marshal.dumps(value)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_BESIDE, delete=False) as beside:
            try:
                beside.write(signed(name, data))
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


def _checksum(name: str, data: bytes) -> bytes:
    digest = hashlib.sha256(f"{name}\0".encode())
    digest.update(data)
    return digest.digest()


def _forget(folder: Path) -> None:
    """Removes what was kept long ago: most of it belongs to rule packs and versions that are gone.

    The folder may be one that somebody chose, and that holds other things, too.
    """
    oldest = time.time() - _KEPT_SECONDS
    for path in folder.iterdir():
        if _OWN_NAME.match(path.name) and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _is_own(folder: Path) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022

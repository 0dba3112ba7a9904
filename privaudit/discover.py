"""What is to be audited: files, folders, globs and standard input become sources, sorted and each only once."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from privaudit.read.formats import SUFFIXES, UNREADABLE
from privaudit.repository import root_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# File names and titles that say of themselves that they are those of a notice, as parts of words.
_NOTICE_NAME = (
    r"privac|datenschutz|dataskydd|integritet|personvern|personuppgift|persoonsgegeven|confidentialit|rgpd|gdpr|dsgvo"
    r"|(?<![a-z])avg(?![a-z])|cookie|notice|policy|policies"
)
_NEVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_STDIN = "stdin"
# Larger than any notice; guards against reading a disk image.
MAX_BYTES = 20_000_000


class Source(NamedTuple):
    """A document to read. `path` is how reports name it; `named` tells a file that the user named from one of a folder.

    `data` is None where the file could not be read, for the reason in `problem`.
    """

    path: str
    named: bool
    data: bytes | None = None
    problem: str = ""


class Discovery(NamedTuple):
    """The sources found, sorted by path, a line for each argument that names nothing, and named files left out.

    `unreadable` are files of folders that by their names are notices, in formats that are not read.
    """

    sources: tuple[Source, ...]
    errors: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    unreadable: tuple[Source, ...] = ()


def says_notice(name: str) -> bool:
    """Whether a file name or title says that this is a privacy notice."""
    return re.search(_NOTICE_NAME, name, re.IGNORECASE) is not None


def shown(path: Path, base: Path | None = None) -> str:
    """A path as reports show it: relative to the current folder where below it, else absolute; always with `/`."""
    base = base or Path.cwd()
    whole = Path(os.path.normpath(base / path))
    return (whole.relative_to(base) if whole.is_relative_to(base) else whole).as_posix()


class Filters(NamedTuple):
    """Which files of walked folders are taken, told by the paths that reports show.

    With `include`, exactly those for which it holds, as if they had been named; never those for which `exclude` holds,
    which with `force` are left out where they are named, too.
    """

    include: Callable[[str], bool] | None = None
    exclude: Callable[[str], bool] | None = None
    force: bool = False

    def leave_out(self, name: str, named: bool) -> bool:
        """Whether a file is not to be read."""
        if self.exclude and (self.force or not named) and self.exclude(name):
            return True
        return self.include is not None and not named and not self.include(name)


_EVERYTHING = Filters()


def discover(
    arguments: Iterable[str],
    *,
    stdin_name: str = _STDIN,
    max_bytes: int = MAX_BYTES,
    filters: Filters = _EVERYTHING,
) -> Discovery:
    """Finds and loads what the arguments name: files, folders (walked), globs, and `-` for standard input."""
    found: dict[str, Source] = {}
    errors: list[str] = []
    excluded: list[str] = []
    unreadable: dict[str, Source] = {}
    for argument in arguments:
        if argument == "-":
            name = shown(Path(stdin_name or _STDIN))
            if filters.leave_out(name, True):
                excluded.append(name)
            else:
                found[name] = _standard_input(name)
            continue
        paths = [Path(argument)]
        if not paths[0].exists() and any(sign in argument for sign in "*?["):
            import glob

            paths = [Path(one) for one in sorted(glob.glob(argument, recursive=True))]  # noqa: PTH207
            if not paths:
                errors.append(f"{argument}: no file matches")
                continue
        for path in paths:
            if path.is_dir():
                for file in _walk(path):
                    name = shown(file)
                    if name in found or filters.leave_out(name, False):
                        continue
                    if file.suffix.lower() in UNREADABLE and filters.include is None:
                        unreadable[name] = Source(name, False, None, UNREADABLE[file.suffix.lower()][1])
                    else:
                        found[name] = _load(file, name, filters.include is not None, max_bytes)
            elif not os.path.lexists(path):
                errors.append(f"{argument}: no such file or folder")
            else:
                name = shown(path)
                if filters.leave_out(name, True):
                    excluded.append(name)
                else:
                    found[name] = _load(path, name, True, max_bytes)
    return Discovery(
        tuple(found[name] for name in sorted(found)),
        tuple(errors),
        tuple(sorted(set(excluded))),
        tuple(unreadable[name] for name in sorted(unreadable) if name not in found),
    )


def _standard_input(name: str) -> Source:
    try:
        return Source(name, True, sys.stdin.buffer.read())
    except OSError as error:
        return Source(name, True, None, f"cannot be read: {error.strerror or error}")


def _load(path: Path, name: str, named: bool, max_bytes: int) -> Source:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Source(name, named, None, "not a regular file")
        if status.st_size > max_bytes:
            return Source(name, named, None, f"larger than {max_bytes:,} bytes (--max-bytes)")
        return Source(name, named, path.read_bytes())
    except OSError as error:
        return Source(name, named, None, f"cannot be read: {error.strerror or error}")


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be notices, without hidden and ignored ones; symbolic links are not followed."""
    waiting: list[tuple[Path, tuple[tuple[Path, GitIgnoreSpec], ...]]] = [(folder, _ignored_above(folder))]
    while waiting:
        here, ignored = waiting.pop()
        ignored = _with_ignored(here, ignored)
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            path = here / entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and entry.name in _NEVER:
                continue
            if not is_folder and not _may_be_notice(path):
                continue
            if _is_ignored(path, is_folder, ignored):
                continue
            if is_folder:
                folders.append((path, ignored))
            else:
                yield path
        waiting.extend(reversed(folders))


def _may_be_notice(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in SUFFIXES or (suffix in UNREADABLE and says_notice(path.stem))


def _ignored_above(folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    """The ignore files from the root of the repository down to the folder above."""
    here = folder.resolve()
    root = root_of(here)
    found: tuple[tuple[Path, GitIgnoreSpec], ...] = ()
    if root is not None:
        for above in reversed(here.parents):
            if above.is_relative_to(root):
                found = _with_ignored(above, found)
    return found


def _with_ignored(
    folder: Path, ignored: tuple[tuple[Path, GitIgnoreSpec], ...]
) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
    file = folder / ".gitignore"
    if not file.is_file():
        return ignored
    from pathspec import GitIgnoreSpec

    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return (*ignored, (folder.resolve(), GitIgnoreSpec.from_lines(lines)))


def _is_ignored(path: Path, is_folder: bool, ignored: tuple[tuple[Path, GitIgnoreSpec], ...]) -> bool:
    if not ignored:
        return False
    whole = path.parent.resolve() / path.name
    for base, spec in reversed(ignored):
        if whole.is_relative_to(base):
            name = whole.relative_to(base).as_posix() + ("/" if is_folder else "")
            verdict = spec.check_file(name).include
            if verdict is not None:
                return verdict
    return False

"""Walks a folder for files that may be notices: what ignore files name is left out, and what cannot be seen is told."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from privaudit.read.formats import SUFFIXES, UNREADABLE
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.repository import root_of

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# File names and titles that say of themselves that they are those of a notice, as parts of words.
NOTICE_NAME = (
    r"privac|datenschutz|dataskydd|integritet|personvern|personuppgift|persoonsgegeven|confidentialit|rgpd|gdpr|dsgvo"
    r"|(?<![a-z])avg(?![a-z])|cookie|notice|policy|policies"
)
_NEVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_IGNORE_FILE = ".gitignore"


class Met(NamedTuple):
    """A file that was met, or with a `problem` a folder or an ignore file that could not be looked into."""

    path: str
    problem: str = ""


class _Ignored(NamedTuple):
    """An ignore file's patterns, and how paths below the walked folder are written relative to its own."""

    spec: GitIgnoreSpec
    folder: str


class _Folder(NamedTuple):
    """A folder to be looked into, by its path and by the one with links resolved, and the ignore files that hold."""

    path: str
    whole: str
    ignored: tuple[_Ignored, ...]


def says_notice(name: str) -> bool:
    """Whether a file name or title says that this is a privacy notice."""
    return re.search(NOTICE_NAME, name, re.IGNORECASE) is not None


def walk(folder: str, follow: bool = False) -> Iterator[Met]:
    """The files below a folder that may be notices, without hidden and ignored ones, those of each folder by name.

    Symbolic links are passed over unless `follow`; then a folder is looked into once, however many links lead there.
    """
    problems: list[Met] = []
    whole = os.path.realpath(folder)
    waiting = [_Folder(folder, whole, _ignored_above(Path(whole), problems))]
    seen: set[tuple[int, int]] = set()
    while waiting:
        here = waiting.pop()
        try:
            if follow and _seen_before(here.path, seen):
                continue
            names = _names(here.path, follow)
        except OSError as error:
            yield Met(here.path, f"cannot be listed: {error.strerror or error}")
            continue
        ignored = _with_ignored(here.path, here.whole, here.ignored, problems)
        folders = []
        for name, is_folder in names:
            whole = os.path.join(here.whole, name)
            if _is_ignored(whole, is_folder, ignored):
                continue
            path = os.path.join(here.path, name)
            if is_folder:
                folders.append(_Folder(path, whole, ignored))
            else:
                yield Met(path)
        waiting.extend(reversed(folders))
        yield from problems
        problems.clear()


def _names(folder: str, follow: bool) -> list[tuple[str, bool]]:
    """The names in a folder that matter, sorted, and whether each is a folder; raises `OSError`."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            stem, suffix = os.path.splitext(name)
            may_be_notice = suffix.lower() in SUFFIXES or (suffix.lower() in UNREADABLE and says_notice(stem))
            is_link = entry.is_symlink()
            if is_link and not follow:
                continue
            is_folder = stat.S_ISDIR(_mode(entry)) if is_link else entry.is_dir(follow_symlinks=False)
            if (is_folder and name not in _NEVER) or (not is_folder and may_be_notice):
                found.append((name, is_folder))
    return sorted(found)


def _mode(entry: os.DirEntry[str]) -> int:
    """What a link leads to; 0 where that is nothing, or the link itself."""
    try:
        return entry.stat().st_mode
    except OSError:
        return 0


def _seen_before(folder: str, seen: set[tuple[int, int]]) -> bool:
    status = os.stat(folder)
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return True
    seen.add(key)
    return False


def _ignored_above(folder: Path, problems: list[Met]) -> tuple[_Ignored, ...]:
    """The ignore files from the root of the repository down to the folder above a resolved one."""
    root = root_of(str(folder))
    found: tuple[_Ignored, ...] = ()
    if root:
        for above in reversed(folder.parents):
            if above.is_relative_to(root):
                found = _with_ignored(str(above), str(above), found, problems)
    return found


def _with_ignored(folder: str, whole: str, ignored: tuple[_Ignored, ...], problems: list[Met]) -> tuple[_Ignored, ...]:
    from privaudit.errors import InputError
    from privaudit.regular import read_regular

    file = os.path.join(folder, _IGNORE_FILE)
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return ignored
        data = read_regular(file, _LONGEST_IGNORE_FILE)
    except FileNotFoundError:
        return ignored
    except OSError as error:
        problems.append(Met(file, f"cannot be read, and what it ignores is not known: {error.strerror or error}"))
        return ignored
    except InputError as error:
        problems.append(Met(file, f"cannot be read, and what it ignores is not known: {error}"))
        return ignored
    return (*ignored, _Ignored(_spec(data.decode("utf-8-sig", "replace").splitlines()), os.path.join(whole, "")))


_LONGEST_IGNORE_FILE = 20_000_000


def _spec(lines: list[str]) -> GitIgnoreSpec:
    """The patterns of an ignore file; like git it passes over what is none."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _is_ignored(whole: str, is_folder: bool, ignored: tuple[_Ignored, ...]) -> bool:
    for spec, folder in reversed(ignored):
        if whole.startswith(folder):
            name = whole[len(folder) :].replace(os.sep, "/") + ("/" if is_folder else "")
            verdict = spec.check_file(name).include
            if verdict is not None:
                return verdict
    return False

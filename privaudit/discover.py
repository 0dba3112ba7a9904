"""What is to be audited: files, folders, globs and standard input become sources, sorted and each only once."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable

from privaudit.errors import InputError
from privaudit.read.formats import UNREADABLE
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.regular import read_regular, too_large

if TYPE_CHECKING:
    from pathlib import Path

_STDIN = "stdin"
# Larger than any notice; guards against reading a disk image.
MAX_BYTES = 20_000_000


class Source(NamedTuple):
    """A document to read. `path` is how reports name it; `named` tells a file that the user named from one of a folder.

    `data` is None where the file was not read yet (`loaded` does), or could not be, for the reason in `problem`; `lost`
    tells that the system could not give it, so that nobody knows whether it is a notice. `file` is where it lies, empty
    where it came from elsewhere, and `follow` whether that may be a symbolic link.
    """

    path: str
    named: bool
    data: bytes | None = None
    problem: str = ""
    file: str = ""
    follow: bool = True
    lost: bool = False


class Discovery(NamedTuple):
    """The sources found, sorted by path, a line for each argument that names nothing, and named files left out.

    `unreadable` are files of folders that by their names are notices, in formats that are not read.
    """

    sources: tuple[Source, ...]
    errors: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    unreadable: tuple[Source, ...] = ()


def shown(path: Path | str, base: str = "") -> str:
    """A path as reports show it: relative to the current folder where below it, else absolute; always with `/`."""
    base = base or os.getcwd()
    whole = os.path.normpath(os.path.join(base, path))
    if whole == base:
        return "."
    within = base.rstrip(os.sep) + os.sep
    if os.path.normcase(whole).startswith(os.path.normcase(within)):
        whole = whole[len(within) :]
    return whole.replace(os.sep, "/")


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

    def skips_below(self, folder: str) -> bool:
        """Whether nothing in a folder would be read."""
        return self.exclude is not None and self.exclude(f"{folder}/any")


_EVERYTHING = Filters()


def discover(
    arguments: Iterable[str],
    *,
    stdin_name: str = _STDIN,
    max_bytes: int = MAX_BYTES,
    filters: Filters = _EVERYTHING,
    follow: bool = False,
) -> Discovery:
    """Finds what the arguments name: files, folders (walked), globs, and `-` for standard input, which is read.

    With `follow`, symbolic links in folders are followed; a link that is named always is.
    """
    here = os.getcwd()
    found: dict[str, Source] = {}
    errors: list[str] = []
    excluded: list[str] = []
    unreadable: dict[str, Source] = {}
    for argument in arguments:
        if argument == "-":
            name = shown(stdin_name or _STDIN)
            if filters.leave_out(name, True):
                excluded.append(name)
            else:
                found[name] = _standard_input(name, max_bytes)
            continue
        paths = [argument]
        if not _is_there(argument) and any(sign in argument for sign in "*?["):
            import glob

            paths = sorted(glob.glob(argument, recursive=True))
            if not paths:
                errors.append(f"{argument}: no file matches")
                continue
        for path in paths:
            if os.path.isdir(path):
                from privaudit.walk import walk

                for met in walk(path, follow):
                    name = shown(met.path, here)
                    suffix = os.path.splitext(name)[1].lower()
                    if name in found:
                        continue
                    if met.problem:
                        if not filters.skips_below(name):
                            found[name] = Source(name, True, None, met.problem, lost=True)
                    elif filters.leave_out(name, False):
                        continue
                    elif suffix in UNREADABLE and filters.include is None:
                        unreadable[name] = Source(name, False, None, UNREADABLE[suffix][1])
                    else:
                        found[name] = Source(name, filters.include is not None, file=met.path, follow=follow)
            elif not _is_there(path):
                errors.append(f"{argument}: no such file or folder")
            else:
                name = shown(path)
                if filters.leave_out(name, True):
                    excluded.append(name)
                else:
                    found[name] = Source(name, True, file=path)
    return Discovery(
        tuple(found[name] for name in sorted(found)),
        tuple(errors),
        tuple(sorted(set(excluded))),
        tuple(unreadable[name] for name in sorted(unreadable) if name not in found),
    )


def loaded(source: Source, max_bytes: int) -> Source:
    """The source with its bytes, or with the reason why they cannot be had; one that was read stays as it is."""
    if source.data is not None or source.problem or not source.file:
        return source
    try:
        return source._replace(data=read_regular(source.file, max_bytes, follow=source.follow))
    except InputError as error:
        return source._replace(problem=str(error))
    except (OSError, ValueError) as error:
        return source._replace(problem=f"cannot be read: {getattr(error, 'strerror', None) or error}", lost=True)


def _is_there(path: str) -> bool:
    """Whether a path names something, be it that the system does not let us see what."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return True


def _standard_input(name: str, max_bytes: int) -> Source:
    if sys.stdin is None:
        return Source(name, True, None, "cannot be read: standard input is closed")
    try:
        data = sys.stdin.buffer.read(max_bytes + 1)
    except OSError as error:
        return Source(name, True, None, f"cannot be read: {error.strerror or error}")
    return Source(name, True, data) if len(data) <= max_bytes else Source(name, True, None, str(too_large(max_bytes)))

"""The history of one file of a git repository: each commit of the branch that touched it, with its text then.

The branch is followed along the first parent of each merge: what was written beside it counts from the day on which it
was merged, since only then did it stand there. A day is that of the committer in UTC; an author's date may lie long
before the text came into the branch.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from privaudit.errors import UsageError
from privaudit.git import Entry, Repository
from privaudit.record import NamedTuple

_HEADER = "\x01"
_FORMAT = "--format=tformat:%x01%H %ct %s"
_REGULAR = "100"


class Commit(NamedTuple):
    """A commit that touched a file; `path` is the file's name then.

    `object` names its text, empty where the commit took it away; `problem` says why a name stands for no text. `day` is
    never before that of an earlier commit, whatever the clocks said.
    """

    id: str
    day: date
    subject: str
    path: str
    object: str = ""
    problem: str = ""


class FileHistory(NamedTuple):
    """The commits that touched a file, the oldest first; `is_cut` where a shallow clone hides what was before."""

    commits: tuple[Commit, ...]
    is_cut: bool = False


def file_history(repository: Repository, path: str) -> FileHistory:
    """The history of a file up to HEAD, renames followed; `path` counts from the root of the repository.

    A file that began as a copy of another has no part in what that one was before. Raises `UsageError` where no commit
    touched it.
    """
    asked = ("log", "--first-parent", "-m", "--follow", "--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff")
    last, name, is_copy = repository.commit("HEAD"), path, True
    commits: list[Commit] = []
    while is_copy:
        output = repository.ask(*asked, "--no-textconv", "--no-show-signature", _FORMAT, last, "--", name)
        found, is_copy = _parsed([os.fsdecode(field) for field in output.split(b"\0")])
        commits += found
        if is_copy:
            # The name may have had another text before, which was taken away.
            last, name = f"{found[-1].id}^1", found[-1].path
    if not commits:
        raise UsageError(f"{path}: no commit of this branch touched it; name a file that git knows")
    commits.reverse()
    days = [commits[0].day]
    for commit in commits[1:]:
        days.append(max(days[-1], commit.day))
    ordered = tuple(commit._replace(day=day) for commit, day in zip(commits, days, strict=True))
    return FileHistory(ordered, commits[0].id in _edges(repository))


def text_of(repository: Repository, commit: Commit, max_bytes: int) -> tuple[bytes | None, str]:
    """The bytes of the file at a commit, or why there are none."""
    if commit.problem:
        return None, commit.problem
    size = int(repository.ask("cat-file", "-s", commit.object))
    if size > max_bytes:
        return None, f"larger than {max_bytes:,} bytes (--max-bytes)"
    try:
        return repository.read(Entry(commit.path, commit.path, commit.object, size)), ""
    except UsageError as error:
        return None, str(error)


def _edges(repository: Repository) -> frozenset[str]:
    """The commits of a shallow clone whose parents it does not have."""
    if repository.ask("rev-parse", "--is-shallow-repository").strip() != b"true":
        return frozenset()
    name = os.fsdecode(repository.ask("rev-parse", "--git-path", "shallow").removesuffix(b"\n"))
    try:
        return frozenset((repository.root / name).read_text(encoding="ascii").split())
    except OSError:
        return frozenset()


def _parsed(fields: list[str]) -> tuple[list[Commit], bool]:
    """The records of `git log --raw -z`, the newest first, up to one that made a copy, and whether there was one.

    A record is a header, the facts of the change, then a name, or two of a renamed file.
    """
    found: list[Commit] = []
    rest = iter(fields)
    header = ("", "0", "")
    for field in rest:
        if field.startswith(_HEADER):
            identity, seconds, subject = (*field[1:].split(" ", 2), "", "")[:3]
            header = (identity, seconds, subject)
        elif field.lstrip("\n").startswith(":"):
            _, mode, _, digits, letter = field.lstrip("\n")[1:].split()
            path = next(rest)
            if letter[0] in "RC":
                path = next(rest)
            problem = "" if mode.startswith(_REGULAR) else "is no regular file there"
            commit = Commit(header[0], _day(header[1]), header[2], path, digits, problem)
            found.append(commit._replace(object="", problem="") if letter[0] == "D" else commit)
            if letter[0] == "C":
                return found, True
    return found, False


def _day(seconds: str) -> date:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        return date(1970, 1, 1)

"""Documents of a git repository: a revision, a file as it was then, and what has changed since. Asks the command `git`.

Names of files are those of the repository, with `/` and relative to its root; bytes that are no text are kept as
surrogates (PEP 383). Nothing is written, no hook, pager, difference driver or file monitor is run, and whatever git
refuses ends in a `UsageError` of one line that says what to do. Needs git 2.30 or newer.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path, PurePosixPath

from privaudit.errors import UsageError
from privaudit.record import NamedTuple

# What the configuration of a repository could have git run or leave out without being asked is switched off. Filters of
# attributes (`filter.*.clean`) stay: without them git takes files for changed that are not.
_COMMAND = (
    "git", "--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}", "-c", "diff.relative=false", "-c", "color.ui=false",
)  # fmt: skip
# Set by git for its hooks, or by hand for another repository than the one around the documents.
_OTHER_REPOSITORY = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE",
    "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
)  # fmt: skip
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LINK, _SUBMODULE = "120000", "160000"
# https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"
_LONGEST_POINTER = 1024


class Entry(NamedTuple):
    """A file of a revision: how it was asked for, its name in the repository, its object and its size in bytes."""

    asked: str
    path: str
    object: str
    size: int


class ChangeKind(StrEnum):
    """How a file of the working tree differs from a revision."""

    ADDED = "added"
    MODIFIED = "modified"
    RENAMED = "renamed"
    DELETED = "deleted"
    # Not known to git: new, or ignored.
    UNTRACKED = "untracked"
    # A submodule or a repository within: its files are none of this repository's.
    REPOSITORY = "repository"


class ChangedFile(NamedTuple):
    """A file that differs; `old` is its name in the revision, None where it was not there."""

    kind: ChangeKind
    path: str
    old: str | None = None


class Difference(NamedTuple):
    """What the working tree has changed since a revision, sorted by path, and all files that the revision has."""

    changes: tuple[ChangedFile, ...]
    files: frozenset[str]

    def of(self, path: str) -> ChangedFile | None:
        """How a file differs, None if it is as it was; a file that neither git nor the revision knows is untracked."""
        if change := self._at(path):
            return change
        for folder in map(str, PurePosixPath(path).parents):
            around = self._at(folder)
            if around and around.kind is ChangeKind.REPOSITORY:
                return ChangedFile(ChangeKind.REPOSITORY, path)
        return None if path in self.files else ChangedFile(ChangeKind.UNTRACKED, path)

    def _at(self, path: str) -> ChangedFile | None:
        place = bisect_left(self.changes, path, key=lambda change: change.path)
        found = self.changes[place] if place < len(self.changes) else None
        return found if found and found.path == path else None


class Repository(NamedTuple):
    """A repository with a working tree, by its root with symbolic links resolved."""

    root: Path

    def inside(self, path: Path) -> str | None:
        """The name of a file within the repository, None where it lies outside; the file itself may be a link."""
        whole = Path(os.path.realpath(path.parent), path.name)
        return whole.relative_to(self.root).as_posix() if whole.is_relative_to(self.root) else None

    def commit(self, revision: str) -> str:
        """The commit that a revision stands for, as hexadecimal digits; raises `UsageError` where there is none."""
        if not revision or revision.startswith("-") or "\0" in revision:
            raise UsageError(f"{revision!r} is no revision; write a branch, a tag or a commit, such as HEAD")
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        answer = _run(self.root, *asked)
        commit = answer.stdout.decode("ascii", "replace").strip()
        if answer.returncode == 0 and _OBJECT.fullmatch(commit):
            return commit
        if _run(self.root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise UsageError(
                f"no revision {revision!r} here: this clone is shallow; fetch its history, "
                "e.g. fetch-depth: 0 or git fetch --unshallow"
            )
        raise UsageError(f"no revision {revision!r} in this repository{self._other_revision(revision)}")

    def entry(self, revision: str, path: str, folder: Path) -> Entry:
        """The file that `REV:path` names; `path` counts from the root, from `folder` where it begins with a dot.

        Raises `UsageError` where the revision or the file is not there, or the path names no file.
        """
        commit = self.commit(revision)
        here = posixpath.dirname(self.inside(folder / "any") or "")
        name = path
        if path.split("/")[0] in (".", ".."):
            name = posixpath.normpath(posixpath.join(here, path))
            if name.split("/")[0] == "..":
                raise UsageError(f"{revision}:{path}: leads out of the repository")
        found = self._look_up(commit, name)
        if found is None:
            raise UsageError(f"{revision}:{path}: {self._not_there(commit, revision, name, here)}")
        mode, digits, size = found
        if mode == _LINK:
            target = os.fsdecode(self.ask("cat-file", "blob", digits))
            raise UsageError(f"{revision}:{path}: is a symbolic link to {target!r} there; name that file")
        if mode == _SUBMODULE:
            raise UsageError(f"{revision}:{path}: is a submodule there; run privaudit in its own folder")
        if not mode.startswith("100"):
            raise UsageError(f"{revision}:{path}: is a folder there; name a file in it")
        return Entry(f"{revision}:{path}", name, digits, int(size))

    def read(self, entry: Entry) -> bytes:
        """The bytes of a file; raises `UsageError` where the repository holds them elsewhere."""
        data = self.ask("cat-file", "blob", entry.object)
        if entry.size <= _LONGEST_POINTER and data.startswith(_LFS_POINTER):
            raise UsageError(
                f"{entry.asked}: there is only a pointer to Git LFS; "
                "write the text to a file with git cat-file --filters, and name that"
            )
        return data

    def difference(self, commit: str) -> Difference:
        """What differs between a commit and the working tree, with files that git does not know and does not ignore."""
        asked = ("diff", "--raw", "-z", "-M", "--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
        tracked = _parsed(_fields(self.ask(*asked, commit, "--")))
        others = _fields(self.ask("ls-files", "--others", "--exclude-standard", "-z"))
        kinds = {True: ChangeKind.REPOSITORY, False: ChangeKind.UNTRACKED}
        untracked = [ChangedFile(kinds[name.endswith("/")], name.rstrip("/")) for name in others]
        return Difference(_merged(tracked, untracked), self._files(commit))

    # -- questions to git

    def _look_up(self, commit: str, name: str) -> tuple[str, str, str] | None:
        """Mode, object and size of what a name stands for."""
        if name == ".":
            return "040000", "", ""
        if not name.strip("/") or name.startswith("/") or "\0" in name:
            return None
        for line in _fields(self.ask("ls-tree", "-l", "-z", "--full-tree", commit, "--", name.rstrip("/"))):
            mode, _, digits, size = line.partition("\t")[0].split()
            return mode, digits, size
        return None

    def _files(self, commit: str) -> frozenset[str]:
        return frozenset(_fields(self.ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)))

    def ask(self, *arguments: str) -> bytes:
        """What a git command writes; raises `UsageError` where it fails."""
        answer = _run(self.root, *arguments)
        if answer.returncode:
            raise UsageError(_refusal(self.root, answer))
        return answer.stdout

    def _not_there(self, commit: str, revision: str, name: str, here: str) -> str:
        """Why a path names nothing, with what may have been meant."""
        if here and self._look_up(commit, f"{here}/{name}"):
            return f"paths count from the root of the repository; from this folder write {revision}:./{name}"
        files = self._files(commit)
        base = posixpath.basename(name)
        close = _nearest(name, [one for one in files if posixpath.dirname(one) == posixpath.dirname(name)])
        moved = min((one for one in files if posixpath.basename(one) == base), default=close)
        return "no such file in that revision" + (f"; did you mean {revision}:{moved}?" if moved else "")

    def _other_revision(self, revision: str) -> str:
        if ".." in revision:
            return "; a range names two, write one of them"
        listed = self.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
        names = os.fsdecode(listed).splitlines()
        if not names:
            return ", which has no commit yet"
        remote = min((one for one in names if one.partition("/")[2] == revision), default="")
        meant = remote or _nearest(revision, names)
        return f"; did you mean {meant}?" if meant else "; write a branch, a tag or a commit, such as HEAD"


def find_repository(folder: Path) -> Repository:
    """The repository around a folder; raises `UsageError` where there is none, or git does not say."""
    answer = _run(folder, "rev-parse", "--show-toplevel")
    if answer.returncode:
        raise UsageError(_refusal(folder, answer))
    return Repository(Path(os.path.realpath(os.fsdecode(answer.stdout.removesuffix(b"\n")))))


def split_revision(argument: str) -> tuple[str, str] | None:
    """`REV:path` as its two parts, None where it is none; as in git, a colon within braces belongs to the revision."""
    depth = 0
    for at, sign in enumerate(argument):
        depth += (sign == "{") - (sign == "}")
        if sign == ":" and depth <= 0:
            return argument[:at], argument[at + 1 :]
    return None


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OTHER_REPOSITORY}
    # In a clone without blobs git would fetch a missing file over the network (git 2.45 and newer heed this).
    environment.update(LC_ALL="C", GIT_TERMINAL_PROMPT="0", GIT_NO_LAZY_FETCH="1")
    try:
        return subprocess.run(  # noqa: S603 - no shell, and no argument that git could take for an option
            [*_COMMAND, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder") from None
        raise UsageError("git is not installed, or not where PATH looks; install it") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"git cannot be run: {getattr(error, 'strerror', None) or error}") from None


def _refusal(folder: Path, answer: subprocess.CompletedProcess[bytes]) -> str:
    """What git says when it refuses, in words that say what to do."""
    lines = answer.stderr.decode("utf-8", "replace").splitlines()
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "no reason")
    if "dubious ownership" in said:
        return (
            f"git does not open {folder}, which belongs to somebody else; "
            "if you trust it: git config --global --add safe.directory FOLDER"
        )
    if "not a git repository" in said and "(or any" in said:
        return f"{folder}: no git repository here or above; go to one"
    if "must be run in a work tree" in said:
        return f"{folder}: a git repository without a working tree; go to a checkout of it"
    return f"git {_verb(answer.args)} failed with {answer.returncode}: {said}"


def _verb(arguments: Iterable[str]) -> str:
    return tuple(arguments)[len(_COMMAND)]


def _fields(output: bytes) -> list[str]:
    return [os.fsdecode(field) for field in output.split(b"\0")[:-1]]


def _parsed(fields: list[str]) -> list[ChangedFile]:
    """The records of `git diff --raw -z`: modes, objects and letter, then a name, or two of a renamed file."""
    found = []
    rest = iter(fields)
    for facts in rest:
        before, after, _, _, letter = facts.removeprefix(":").split()
        path = next(rest)
        if letter[0] in "RC":
            old, path = path, next(rest)
            renamed = letter[0] == "R"
            found.append(
                ChangedFile(ChangeKind.RENAMED if renamed else ChangeKind.ADDED, path, old if renamed else None)
            )
        elif _SUBMODULE in (before, after):
            found.append(ChangedFile(ChangeKind.REPOSITORY, path))
        elif letter[0] == "A":
            found.append(ChangedFile(ChangeKind.ADDED, path))
        elif letter[0] == "D":
            found.append(ChangedFile(ChangeKind.DELETED, path, path))
        else:
            found.append(ChangedFile(ChangeKind.MODIFIED, path, path))
    return found


def _merged(tracked: list[ChangedFile], untracked: list[ChangedFile]) -> tuple[ChangedFile, ...]:
    """All changes by path; a file that only the index has given up is still there, and modified."""
    loose = {one.path for one in untracked if one.kind is ChangeKind.UNTRACKED}
    both = {one.path for one in tracked if one.kind is ChangeKind.DELETED} & loose
    kept = [one for one in (*tracked, *untracked) if one.path not in both]
    kept += [ChangedFile(ChangeKind.MODIFIED, path, path) for path in both]
    return tuple(sorted(kept, key=lambda one: one.path))


def _nearest(wrong: str, known: Iterable[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(wrong, sorted(known), n=1)), "")

"""Where the repository around a folder begins."""

from __future__ import annotations

from pathlib import Path, PurePath


def root_of(folder: Path) -> Path | None:
    """The nearest folder at or above an absolute one that holds `.git`, a folder or (worktree, submodule) a file."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def from_root(path: str, root: str, below: str) -> str:
    """A path from the root of the repository on; as it stands where it lies outside, or there is no repository.

    `below` is the current folder below the root; both are empty where there is none.
    """
    if PurePath(path).is_absolute():
        return path.removeprefix(root.rstrip("/") + "/") if root else path
    return f"{below}/{path}" if below else path

"""Where the repository around a folder begins."""

from __future__ import annotations

import os

from privaudit.regular import NOTHING


def root_of(folder: str) -> str:
    """The nearest folder at or above an absolute one that holds `.git`, a folder or (worktree, submodule) a file.

    Empty where there is none.
    """
    while not _holds_git(folder):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return ""
    return folder


def _holds_git(folder: str) -> bool:
    try:
        os.stat(os.path.join(folder, ".git"))
    except OSError as error:
        if error.errno in NOTHING:
            return False
        raise
    return True


def from_root(path: str, root: str, below: str) -> str:
    """A path from the root of the repository on; as it stands where it lies outside, or there is no repository.

    `below` is the current folder below the root; both are empty where there is none.
    """
    if os.path.isabs(path):
        return path.removeprefix(root.rstrip("/") + "/") if root else path
    return f"{below}/{path}" if below else path

"""Where the repository around a folder begins."""

from __future__ import annotations

from pathlib import Path


def root_of(folder: Path) -> Path | None:
    """The nearest folder at or above an absolute one that holds `.git`, a folder or (worktree, submodule) a file."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)

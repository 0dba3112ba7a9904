"""Paths as services know them: relative to the root of the repository."""

from __future__ import annotations

from pathlib import PurePath

from privaudit.render.view import View


def in_repository(path: str, view: View) -> str:
    """The path from the root of the repository on; as it stands where it lies outside, or there is none."""
    if not view.root:
        return path
    if PurePath(path).is_absolute():
        root = view.root.rstrip("/") + "/"
        return path.removeprefix(root)
    return f"{view.below}/{path}" if view.below else path

"""Paths as services know them: relative to the root of the repository."""

from __future__ import annotations

from privaudit.render.view import View
from privaudit.repository import from_root


def in_repository(path: str, view: View) -> str:
    """The path from the root of the repository on; as it stands where it lies outside, or there is none."""
    return from_root(path, view.root, view.below)

"""How a report is to be shown."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """Colours or none, the width in columns, what is left out or added."""

    color: bool = False
    width: int = 100
    quiet: bool = False
    show_passing: bool = False


def plural(count: int, name: str) -> str:
    """A number with its noun."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"

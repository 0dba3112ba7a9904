"""How a report is to be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """Colours or none, the width in columns, what is left out or added."""

    color: bool = False
    width: int = 100
    quiet: bool = False
    show_passing: bool = False


def plural(count: int, name: str) -> str:
    """A number with its noun."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"

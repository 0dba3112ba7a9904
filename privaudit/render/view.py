"""How a report is to be shown."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """Colours or none, the width in columns, what is left out or added, and for services that want paths from the root
    of the repository: that root, and the current folder below it, both with `/` and empty where there is none.

    `statistics`: counts for each rule after the report. `taken`: bytes of a job's summary that others have filled.
    """

    color: bool = False
    width: int = 100
    quiet: bool = False
    show_passing: bool = False
    root: str = ""
    below: str = ""
    statistics: bool = False
    taken: int = 0


def plural(count: int, name: str) -> str:
    """A number with its noun."""
    return f"{count} {name}" if count == 1 else f"{count} {name}s"

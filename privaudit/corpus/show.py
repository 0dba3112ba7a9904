"""The summary of a corpus in the format that is asked for, whose module is loaded then."""

from __future__ import annotations

from importlib import import_module

from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.corpus.summary import Summary
    from privaudit.render.view import View

FORMATS = ("rich", "json", "html")


def rendered(name: str, summary: Summary, view: View) -> str:
    """A summary in one of `FORMATS`."""
    made: str = import_module(f"privaudit.corpus.show_{name}").render(summary, view)
    return made

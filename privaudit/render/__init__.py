"""Rendering: a report becomes the text of a format. Nothing here knows rules or files."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from privaudit.model import Report
from privaudit.record import TYPE_CHECKING
from privaudit.render.view import View

if TYPE_CHECKING:
    from privaudit.compare import Comparison
    from privaudit.history import History
    from privaudit.parity import Parity

Renderer = Callable[[Report, View], str]


def _shown(name: str) -> Renderer:
    """The renderer of a module, loaded when it is used, to which the view makes a difference."""

    def render(report: Report, view: View) -> str:
        made: str = import_module(f"privaudit.render.{name}").render(report, view)
        return made

    return render


def _plain(name: str) -> Renderer:
    """As `_shown`, for a format that is always the same."""

    def render(report: Report, view: View) -> str:  # noqa: ARG001
        made: str = import_module(f"privaudit.render.{name}").render(report)
        return made

    return render


RENDERERS: dict[str, Renderer] = {
    "rich": _shown("terminal"),
    "concise": _shown("concise"),
    "json": _plain("json"),
    "jsonl": _plain("jsonl"),
    "sarif": _shown("sarif"),
    "junit": _plain("junit"),
    "github": _shown("github"),
    "gitlab": _shown("gitlab"),
    "html": _shown("html.report"),
    "markdown": _shown("markdown"),
    "summary": _shown("summary"),
    "workpaper": _shown("workpaper"),
    "csv": _plain("csv"),
}


# The formats of a comparison of versions.
COMPARISON_FORMATS = ("rich", "json", "markdown")


def render_comparison(name: str, comparison: Comparison, view: View) -> str:
    """A comparison of two versions in one of `COMPARISON_FORMATS`."""
    made: str = import_module(f"privaudit.render.compare_{name}").render(comparison, view)
    return made


def render_parity(name: str, parity: Parity, view: View) -> str:
    """A comparison of language versions in one of `COMPARISON_FORMATS`."""
    made: str = import_module(f"privaudit.render.parity_{name}").render(parity, view)
    return made


# The formats of the history of a file.
HISTORY_FORMATS = ("rich", "json", "markdown", "svg", "html")


def render_history(name: str, history: History, view: View) -> str:
    """The history of a file in one of `HISTORY_FORMATS`."""
    made: str = import_module(f"privaudit.render.history_{name}").render(history, view)
    return made

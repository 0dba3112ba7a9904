"""Rendering: a report becomes the text of a format. Nothing here knows rules or files."""

from __future__ import annotations

from collections.abc import Callable

from privaudit.model import Report
from privaudit.render.view import View


def _rich(report: Report, view: View) -> str:
    from privaudit.render.terminal import render

    return render(report, view)


def _concise(report: Report, view: View) -> str:
    from privaudit.render.concise import render

    return render(report, view)


def _json(report: Report, view: View) -> str:  # noqa: ARG001
    from privaudit.render.json import render

    return render(report)


RENDERERS: dict[str, Callable[[Report, View], str]] = {"rich": _rich, "concise": _concise, "json": _json}

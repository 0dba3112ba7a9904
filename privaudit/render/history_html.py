"""The history of a file as one HTML page with its timeline; it loads nothing and holds no script."""

from __future__ import annotations

from markupsafe import Markup

from privaudit.history import History
from privaudit.render import history_words as words
from privaudit.render.history_svg import STYLE, drawn
from privaudit.render.html.frame import environment, policy, template
from privaudit.render.view import View


def render(history: History, view: View) -> str:  # noqa: ARG001 - always whole
    """The history as HTML, with a line feed at its end."""
    style = template("history.css") + STYLE
    return (
        environment()
        .get_template("history.html.jinja")
        .render(
            history=history,
            words=words,
            # Of this package, and the drawing has everything else in it escaped.
            style=Markup(style),  # noqa: S704
            timeline=Markup(drawn(history)),  # noqa: S704
            policy=policy(style),
        )
    )

"""HTML: one page that loads nothing from elsewhere and works without a server and without scripts."""

from __future__ import annotations

from markupsafe import Markup

from privaudit.model import Report
from privaudit.render.html.frame import environment, policy, template
from privaudit.render.html.page import page_of
from privaudit.render.view import View


def render(report: Report, view: View) -> str:
    """The report as HTML, with a line feed at its end."""
    style, script = template("report.css"), template("report.js")
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            page=page_of(report, view),
            # Both are files of this package, and the only ones that the page may use.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
            policy=policy(style, script),
        )
    )

"""The working paper as a page to be printed and signed: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from markupsafe import Markup

from privaudit.model import Report
from privaudit.render import paper, words
from privaudit.render.html.frame import environment, policy, template
from privaudit.render.quote import excerpt


def page(report: Report) -> str:
    """The paper as HTML, with a line feed at its end."""
    style = template("workpaper.css")
    return (
        environment()
        .get_template("workpaper.html.jinja")
        .render(
            report=report,
            sheets=list(paper.sheets(report)),
            basis=paper.basis,
            identity=paper.identity,
            entry=paper.entry,
            pieces=lambda evidence: excerpt(evidence, paper.LONGEST),
            tag=words.tag,
            readers=paper.READERS,
            judgement=paper.JUDGEMENT,
            # A file of this package, and the only one that the page may use.
            style=Markup(style),  # noqa: S704
            policy=policy(style),
        )
    )

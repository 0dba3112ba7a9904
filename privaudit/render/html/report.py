"""HTML: one page that loads nothing from elsewhere and works without a server and without scripts."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from privaudit.model import Report
from privaudit.render import words
from privaudit.render.html.page import page_of
from privaudit.render.sanitise import visible
from privaudit.render.view import View, plural

_SPACE = re.compile(r"[ \t\r\n\f\v]+")


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
            policy=f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; base-uri 'none'; "
            "form-action 'none'",
        )
    )


@functools.cache
def environment() -> Environment:
    """What makes pages of templates: everything is escaped, and no control character gets through."""
    environment = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(capital=words.capital, sentence=words.sentence, plural=plural)
    return environment


def template(name: str) -> str:
    """A file beside the templates."""
    return files("privaudit.render.html").joinpath("templates", name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """How a content security policy names a text that the page may hold (W3C, CSP Level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _shown(value: object) -> object:
    """What an expression of a template puts into the page: control characters visible, white space folded."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(_SPACE.sub(" ", value))
    return value

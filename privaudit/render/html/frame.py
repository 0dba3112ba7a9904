"""What all pages have in common: templates that escape, and a policy for no more than their own style and script."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from privaudit.render import words
from privaudit.render.sanitise import visible
from privaudit.render.view import plural

_SPACE = re.compile(r"[ \t\r\n\f\v]+")


@functools.cache
def environment() -> Environment:
    """The templates, with the filters that they use."""
    made = Environment(
        loader=FunctionLoader(template),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(capital=words.capital, sentence=words.sentence, plural=plural)
    return made


def template(name: str) -> str:
    """The text of a file beside the templates."""
    return files("privaudit.render.html").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str, script: str = "") -> str:
    """The content security policy of a page that may use these texts alone (W3C, CSP Level 3)."""
    scripts = f"script-src {_digest(script)}; " if script else ""
    return f"default-src 'none'; style-src {_digest(style)}; {scripts}base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    """How a content security policy names a text that the page may hold (W3C, CSP Level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _shown(value: object) -> object:
    """What an expression of a template puts into the page: control characters visible, white space folded."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(_SPACE.sub(" ", value))
    return value

"""Text at random as XML that a parser takes, so that a fuzzer gets past it: open tags are closed, loose ones go."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([A-Za-z]+:)?([A-Za-z][\w.-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([A-Za-z]+:)?([A-Za-z][\w.-]*)\s*=\s*("[^"<]*"|'[^'<]*')""")
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,5});)")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mended(soup: str) -> str:
    """Well-formed content of an element, made of whatever `soup` is, without namespaces."""
    return "".join(_mended(_NO_XML.sub("", soup)))


def _mended(soup: str) -> Iterator[str]:
    open_tags: list[str] = []
    at = 0
    for tag in _TAG.finditer(soup):
        yield _text(soup[at : tag.start()])
        at = tag.end()
        closing, _, name, rest = tag.groups()
        if not closing:
            alone = rest.endswith("/")
            yield f"<{name}{''.join(_attributes(rest))}{'/' * alone}>"
            open_tags += [] if alone else [name]
        elif name in open_tags:
            while (last := open_tags.pop()) != name:
                yield f"</{last}>"
            yield f"</{name}>"
    yield _text(soup[at:])
    yield from (f"</{name}>" for name in reversed(open_tags))


def _attributes(written: str) -> Iterator[str]:
    seen = set()
    for _, name, value in _ATTRIBUTE.findall(written):
        if name not in seen:
            seen.add(name)
            yield f" {name}={_LOOSE.sub('&amp;', value)}"


def _text(text: str) -> str:
    return _LOOSE.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")

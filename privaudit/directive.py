"""Suppressions inside a document.

In Markdown and HTML a comment, `<!-- privaudit: ignore RULE[, RULE] reason="…" until=2027-01-31 -->`; in plain text a
line that begins with `# privaudit: ignore …`, which no reader takes for text. `ignore-file` holds for the whole
document, `ignore` for the block that it stands in or, alone between blocks, for the next one.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from privaudit.document import Document, Span

_COMMENT = re.compile(r"<!--\s*privaudit:(?P<body>.*?)-->", re.DOTALL)
# A line of plain text; the reader leaves it out of the text.
LINE = re.compile(r"[ \t]*#[ \t]*privaudit:(?P<body>.*)")
_ATTRIBUTE = re.compile(
    r"(?P<name>\w+)\s*=\s*(?:\"(?P<plain>[^\"]*)\"|'(?P<single>[^']*)'|[\u201c\u201d\u201e](?P<curly>[^\u201c\u201d]*)"
    r"[\u201c\u201d]|(?P<bare>[^\s,\"']+))"
)
_PLACE = {"ignore": False, "ignore-file": True}
# What may stand between the end of a block's text and a comment that belongs to it.
_CLOSING = re.compile(
    r"(?:\s|</(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u)\s*>|[*_`~|])*",
    re.IGNORECASE,
)


class Directive(NamedTuple):
    """A suppression and where it stands: line and column from 1, `span` in the source.

    `fault` says why it cannot be understood. `target` is the source span of its block, None for the whole document;
    empty where nothing follows. `until` is the first day on which it holds no longer.
    """

    line: int
    column: int
    span: Span
    rules: tuple[str, ...] = ()
    reason: str = ""
    until: date | None = None
    target: Span | None = None
    fault: str = ""


def directives(document: Document) -> tuple[Directive, ...]:
    """The suppressions of a document, in text order."""
    if "privaudit:" not in document.source:
        return ()
    if document.media_type == "text/plain":
        found = _lines(document.source)
    else:
        shown = _shown(document)
        comments = ((Span(*one.span()), one["body"]) for one in _COMMENT.finditer(document.source))
        found = [(span, body) for span, body in comments if not any(span.holds(one) for one in shown)]
    return tuple(_directive(document, span, body) for span, body in found)


def _lines(source: str) -> list[tuple[Span, str]]:
    found = []
    at = 0
    for line in source.splitlines(keepends=True):
        if one := LINE.match(line):
            found.append((Span(at, at + len(line.rstrip("\r\n"))), one["body"]))
        at += len(line)
    return found


def _shown(document: Document) -> list[Span]:
    """Where the text itself says what begins a suppression, as an example of code does."""
    return [
        document.map.source_span(Span(*one.span())) for one in re.finditer("privaudit:", document.shadow) if one.group()
    ]


def _directive(document: Document, span: Span, body: str) -> Directive:
    line, column = document.lines.place(span.start)
    made = Directive(line, column, span)
    verb, _, rest = body.strip().partition(" ")
    if verb not in _PLACE:
        return made._replace(fault=f"'{verb}' is neither ignore nor ignore-file")
    given = {
        one["name"]: one["plain"] or one["single"] or one["curly"] or one["bare"] or "" for one in _attributes(rest)
    }
    rules = tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", _ATTRIBUTE.sub(" ", rest)) if part))
    unknown = [name for name in given if name not in ("reason", "until")]
    if unknown:
        return made._replace(fault=f"'{unknown[0]}' is neither reason nor until")
    if not rules:
        return made._replace(fault="it names no rule")
    until = None
    if "until" in given:
        try:
            until = date.fromisoformat(given["until"])
        except ValueError:
            return made._replace(fault=f"'{given['until']}' is no date; write it as YYYY-MM-DD")
    target = None if _PLACE[verb] else _target(document, span)
    return made._replace(rules=rules, reason=" ".join(given.get("reason", "").split()), until=until, target=target)


def _attributes(text: str) -> list[re.Match[str]]:
    return list(_ATTRIBUTE.finditer(text))


def _target(document: Document, span: Span) -> Span:
    """The source span of the block that a suppression stands in or behind, else of the next one."""
    blocks = [document.map.source_span(block.span) for block in document.blocks]
    for block in blocks:
        if block.start <= span.start < block.end:
            return block
    ended = [block for block in blocks if block.end <= span.start]
    if ended:
        last = max(ended, key=lambda block: block.end)
        between = document.source[last.end : span.start]
        if "\n" not in between and "\r" not in between and _CLOSING.fullmatch(between):
            return last
    following = [block for block in blocks if block.start >= span.end]
    return min(following, default=Span(span.end, span.end))

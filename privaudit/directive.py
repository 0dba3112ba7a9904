"""Suppressions inside a document.

In Markdown and HTML a comment, `<!-- privaudit: ignore RULE[, RULE] reason="…" until=2027-01-31 -->`; in plain text a
line that begins with `# privaudit: ignore …`, which no reader takes for text. `ignore-file` holds for the whole
document, `ignore` for the block that it stands in or that ends before it on its line; alone on its line, or with
another block behind it, for the next one.
"""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from privaudit.document import Document, Span
from privaudit.record import NamedTuple

_OPENING, _END = "<!--", "-->"
_MARK = re.compile(r"\s*privaudit:(?P<body>.*)", re.DOTALL)
# A line of plain text; the reader leaves it out of the text.
LINE = re.compile(r"[ \t]*#[ \t]*privaudit:(?P<body>.*)")
# A suppression with the line that it stands on alone.
_WHOLE = re.compile(r"<!--\s*privaudit:.*?-->|(?:^|(?<=\r))[ \t]*#[ \t]*privaudit:[^\r\n]*", re.DOTALL | re.MULTILINE)
# A value stands in straight or typographic quotation marks, or is one word without any.
_VALUES = (
    r"\"([^\"]*)\"",
    r"'([^']*)'",
    "[\u201c\u201d\u201e]([^\u201c\u201d]*)[\u201c\u201d]",
    "[\u2018\u2019\u201a]([^\u2018\u2019]*)[\u2018\u2019]",
    "[\u00ab\u00bb]([^\u00ab\u00bb]*)[\u00ab\u00bb]",
    "([^\\s,\"'\u2018-\u201a\u201c-\u201e\u00ab\u00bb]+)(?=[\\s,]|$)",
)
_ATTRIBUTE = re.compile(rf"(\w+)\s*=\s*(?:{'|'.join(_VALUES)})")
_NAME = re.compile(r"[\w.*-]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLACE = {"ignore": False, "ignore-file": True}
# What may stand between the end of a block's text and a comment inside the same block.
_INLINE = re.compile(
    r"(?:\s|</(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u)\s*>|[*_`~])*",
    re.IGNORECASE,
)
# What may follow a comment that is the last thing on its line: the ends of elements, cells and emphasis.
_ENDS = re.compile(r"(?:[^\S\r\n]|</[^<>]*>|[*_`~|])*(?=[\r\n]|\Z)")


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
    found = _lines(document.source) if document.media_type == "text/plain" else _comments(document)
    blocks = sorted(document.map.source_span(block.span) for block in document.blocks)
    return tuple(_directive(document, blocks, span, body) for span, body in found)


def without_directives(text: str) -> str:
    """A stretch of source without the suppressions in it."""
    return _WHOLE.sub("", text) if "privaudit:" in text else text


def _lines(source: str) -> Iterator[tuple[Span, str]]:
    at = 0
    for line in source.splitlines(keepends=True):
        if one := LINE.match(line):
            yield Span(at, at + len(line.rstrip("\r\n"))), one["body"]
        at += len(line)


def _comments(document: Document) -> Iterator[tuple[Span, str]]:
    """The comments that are suppressions; one inside a longer comment, or that the text shows as code, is none."""
    source = document.source
    shown = {document.map.source_span(Span(*one.span())).start for one in re.finditer(_OPENING, document.shadow)}
    start = source.find(_OPENING)
    while start >= 0:
        at = start + len(_OPENING)
        if start not in shown:
            # `<!-->` is a whole comment (HTML Living Standard, 13.2.5.43).
            end = source.find(_END, at - 2)
            if end < 0:
                return
            if one := _MARK.fullmatch(source, at, end):
                yield Span(start, end + len(_END)), one["body"]
            at = end + len(_END)
        start = source.find(_OPENING, at)


def _directive(document: Document, blocks: list[Span], span: Span, body: str) -> Directive:
    line, column = document.lines.place(span.start)
    made = Directive(line, column, span)
    verb, rest = (*body.split(None, 1), "", "")[:2]
    if verb not in _PLACE:
        return made._replace(fault=f"'{verb}' is neither ignore nor ignore-file")
    given = {one[1]: next((value for value in one.groups()[1:] if value), "") for one in _ATTRIBUTE.finditer(rest)}
    rules = tuple(dict.fromkeys(part for part in re.split(r"[\s,]+", _ATTRIBUTE.sub(" ", rest)) if part))
    unknown = [name for name in given if name not in ("reason", "until")]
    if unknown:
        return made._replace(fault=f"'{unknown[0]}' is neither reason nor until")
    if strange := [rule for rule in rules if not _NAME.fullmatch(rule)]:
        return made._replace(fault=f"'{strange[0]}' is no name of a rule; the reason stands in quotation marks")
    if not rules:
        return made._replace(fault="it names no rule")
    until = None
    if "until" in given:
        with contextlib.suppress(ValueError):
            until = date.fromisoformat(given["until"]) if _DAY.fullmatch(given["until"]) else None
        if until is None:
            return made._replace(fault=f"'{given['until']}' is no date; write it as YYYY-MM-DD")
    target = None if _PLACE[verb] else _target(document.source, blocks, span)
    return made._replace(rules=rules, reason=" ".join(given.get("reason", "").split()), until=until, target=target)


def _target(source: str, blocks: list[Span], span: Span) -> Span:
    """The source span of the block that a suppression stands in or that ends before it on its line, else the next's.

    `blocks` come in the order of the source.
    """
    # Blocks do not overlap, so that they end in the order in which they begin.
    before = bisect_right(blocks, span.start, key=lambda block: block.start) - 1
    if before >= 0 and span.start < blocks[before].end:
        return blocks[before]
    if before >= 0:
        last = blocks[before]
        between = source[last.end : span.start]
        same_line = "\n" not in between and "\r" not in between
        if same_line and (_INLINE.fullmatch(between) or _ENDS.match(source, span.end)):
            return last
    following = bisect_left(blocks, span.end, key=lambda block: block.start)
    return blocks[following] if following < len(blocks) else Span(span.end, span.end)

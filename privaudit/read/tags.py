"""HTML source as tags and the text between them, by byte offsets.

The tree gives start tags, end tags and comments with their places. Whatever lies between them is text, also where the
parser met an error, so nothing gets lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privaudit.extension import extension
from privaudit.read.element_names import VOID
from privaudit.read.limits import DEEPEST
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Tree

# Elements whose end tag may be left out; the next one of their kind ends them.
_UNENDED = frozenset({"p", "li", "dt", "dd", "tr", "td", "th"})
# A `<` that begins no markup; the parser would swallow what follows as attributes.
_STRAY = re.compile(rb"<(?![A-Za-z/!?])")
# The declaration with which XHTML begins.
_DECLARATION = re.compile(rb"\s*<\?xml\b[^<>]*\?>")
_TAG = rb"(?s)<!--.*?(?:-->|$)|<!\[CDATA\[|<[A-Za-z!/?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>?"
_NESTING = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*?(/?)>")
_STRAY_END = re.compile(rb"</[A-Za-z][A-Za-z0-9:-]*\s*>")
_NAME = re.compile(rb"</?\s*([A-Za-z][A-Za-z0-9:-]*)")
_MARKUP = frozenset({"start_tag", "self_closing_tag", "end_tag", "erroneous_end_tag", "comment", "doctype", "raw_text"})
_MOST_UNENDED = 10_000


class Event(NamedTuple):
    """A start tag (`open`), an end tag (`close`) or `text`, by byte offsets; `alone` is a start tag without content."""

    kind: str
    start: int
    end: int
    name: str = ""
    alone: bool = False


class Markup(NamedTuple):
    """What a page consists of; `deep` if it was too deeply nested to parse, `broken` if the parser met an error."""

    events: Iterator[Event]
    deep: bool
    broken: bool


def scan(data: bytes, deepest: int = DEEPEST) -> Markup:
    """Tags and text of a page, or of a piece of one, in their order; parsed where they nest up to `deepest`."""
    masked = _STRAY.sub(b" ", data)
    if declared := _DECLARATION.match(masked):
        masked = b"<!--".ljust(declared.end() - 3) + b"-->" + masked[declared.end() :]
    ended = masked.rfind(b"-->") + 1
    masked = masked[:ended] + masked[ended:].replace(b"<!--", b" !--")
    # Nesting costs the parser quadratic time.
    if _too_deep(masked, deepest):
        return Markup(_tokens(masked), deep=True, broken=False)
    tree = _parse(masked)
    return Markup(_walk(tree, masked), deep=False, broken=tree.root_node.has_error)


def _too_deep(data: bytes, deepest: int) -> bool:
    # A tag that is never ended may open another element for the parser all the same.
    depth = max(0, data.count(b"<") - data.count(b">"))
    unended = 0
    if depth > deepest:
        return True
    for match in _NESTING.finditer(data):
        name = match[2].lower().decode()
        if name in VOID or match[3]:
            continue
        step = -1 if match[1] else 1
        if name in _UNENDED:
            unended += step
        else:
            depth += step
        if depth > deepest or unended > _MOST_UNENDED:
            return True
    return False


def _parse(data: bytes) -> Tree:
    parser = extension("tree_sitter", "_binding")
    grammar = extension("tree_sitter_html", "_binding")
    tree: Tree = parser.Parser(parser.Language(grammar.language())).parse(data)
    return tree


def _walk(tree: Tree, data: bytes) -> Iterator[Event]:
    """Events by the tree; end tags that were left out are put in, but for elements open where the data ends."""
    at = 0
    ended = len(data.rstrip())
    stack = [(tree.root_node, False)]
    while stack:
        node, done = stack.pop()
        kind = node.type
        if done:
            if node.end_byte > at:
                yield from _between(data, at, node.end_byte)
                at = node.end_byte
            last = node.children[-1]
            start = last.start_byte if last.type == "end_tag" else node.end_byte
            yield Event("close", start, node.end_byte, _name(data, node.start_byte))
            continue
        if kind in _MARKUP:
            if node.start_byte > at:
                yield from _between(data, at, node.start_byte)
            at = max(at, node.end_byte)
            if kind in {"start_tag", "self_closing_tag"}:
                name = _name(data, node.start_byte)
                yield Event("open", node.start_byte, node.end_byte, name, kind == "self_closing_tag")
            elif kind == "erroneous_end_tag":
                yield Event("close", node.start_byte, node.end_byte, _name(data, node.start_byte))
            continue
        if kind in {"text", "entity"}:
            continue
        children = node.children
        if (
            kind in {"element", "script_element", "style_element"}
            and children[0].type != "self_closing_tag"
            and (node.end_byte < ended or children[-1].type == "end_tag")
        ):
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(children))
    if at < len(data):
        yield from _between(data, at, len(data))


def _between(data: bytes, start: int, end: int) -> Iterator[Event]:
    """Text, and the end tags in it that the parser could not place."""
    at = start
    for match in _STRAY_END.finditer(data, start, end):
        if match.start() > at:
            yield Event("text", at, match.start())
        yield Event("close", match.start(), match.end(), _name(data, match.start()))
        at = match.end()
    if at < end:
        yield Event("text", at, end)


def _tokens(data: bytes) -> Iterator[Event]:
    """Events by tags alone, for pages that are nested too deeply to parse."""
    at = 0
    raw: bytes | None = None
    for match in re.finditer(_TAG, data):
        if match.start() < at:
            continue
        named = _NAME.match(match[0])
        if raw and not (named and match[0].startswith(b"</") and named[1].lower() == raw):
            continue
        if match.start() > at and not raw:
            yield Event("text", at, match.start())
        at = match.end()
        raw = None
        if not named:
            continue
        name = named[1].decode().lower()
        if match[0].startswith(b"</"):
            yield Event("close", match.start(), match.end(), name)
        else:
            yield Event("open", match.start(), match.end(), name, match[0].endswith(b"/>") or name in VOID)
            raw = named[1].lower() if name in {"script", "style"} else None
    if at < len(data) and not raw:
        yield Event("text", at, len(data))


def _name(data: bytes, start: int) -> str:
    found = _NAME.match(data, start)
    return found[1].decode("ascii").lower() if found else ""

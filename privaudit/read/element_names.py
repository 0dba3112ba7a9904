"""The names of HTML elements by what they do to the text in and around them."""

from __future__ import annotations

# Of these no text is shown at all.
SILENT = frozenset({
    "script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "noembed",
})  # fmt: skip
# These have no content and no end tag.
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
# These stand within a line; all others begin and end one.
PHRASING = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "meter", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "button", "select", "svg", "math",
    "script", "style", "template", "area", "audio", "canvas", "embed", "iframe", "link", "map", "meta", "noscript",
    "object", "param", "picture", "progress", "source", "track", "video",
})  # fmt: skip
# Drawn as boxes and pictures within a line: no word goes on over their edges, though a browser that copies text puts no
# space there.
APART = frozenset({
    "audio", "button", "canvas", "embed", "iframe", "img", "input", "meter", "object", "picture", "progress", "select",
    "svg", "video",
})  # fmt: skip

# Headings with their levels.
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What ends a picture or formula that was not closed before it (WHATWG HTML, "parsing main in foreign content").
FOREIGN = frozenset({"svg", "math"})
BREAKING_OUT = HEADINGS.keys() | {
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "head", "hr",
    "i", "img", "li", "menu", "nobr", "ol", "p", "pre", "s", "small", "span", "strong", "strike", "sub", "sup",
    "table", "tt", "u", "ul", "var",
}  # fmt: skip


def parts_words(name: str) -> bool:
    """Whether the text before a tag of this name and that behind it are not one word."""
    return name in APART or name not in PHRASING

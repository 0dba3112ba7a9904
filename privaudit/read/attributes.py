"""The attributes of an HTML tag, and what they say of how its element is shown."""

from __future__ import annotations

import re

_ATTRIBUTE = rb"([A-Za-z_:@][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
_COMMENT = r"(?s)/\*.*?(?:\*/|$)"
# Values of `display` by which an element stands in lines of its own.
_BLOCKS = frozenset({"block", "flex", "grid", "flow-root", "list-item", "table"})


def attributes_of(raw: bytes) -> dict[str, str]:
    """The attributes in a tag, from behind its name on."""
    found: dict[str, str] = {}
    for match in re.finditer(_ATTRIBUTE, raw):
        value = next((one for one in match.group(2, 3, 4) if one is not None), b"")
        found.setdefault(match[1].decode("utf-8", "replace").lower(), value.decode("utf-8", "replace"))
    return found


def hides(name: str, attributes: dict[str, str]) -> bool:
    """Whether an element of this name and with these attributes is not shown."""
    if name == "noscript" or "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    style = _style(attributes)
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("content-visibility") == "hidden"
    )


def stands_alone(attributes: dict[str, str]) -> bool:
    """Whether an element that usually stands within a line is styled to stand in lines of its own."""
    return _style(attributes).get("display") in _BLOCKS


def _style(attributes: dict[str, str]) -> dict[str, str]:
    """The values of the properties that a style sets; the last one holds, unless an earlier one is important."""
    written = attributes.get("style")
    if not written:
        return {}
    if "&" in written:
        import html

        written = html.unescape(written)
    found: dict[str, str] = {}
    important: set[str] = set()
    for declaration in re.sub(_COMMENT, " ", written).lower().split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        value, weighs, _ = value.partition("!")
        if weighs or name not in important:
            found[name] = value.strip()
        if weighs:
            important.add(name)
    return found

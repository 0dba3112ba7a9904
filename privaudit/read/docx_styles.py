"""What the styles of a Word file say of paragraphs and runs: heading, list item, hidden, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Word keeps the English names of its own styles in every language; where a file has no styles, their ids must do.
_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
_HEADING_ID = re.compile(
    r"(?:heading|ü?berschrift|kop|rubrik|titre|título|titolo|overskrift|otsikko|nagłówek|nadpis)[ -]?([1-9])",
    re.IGNORECASE,
)
_TITLE = frozenset({"title", "titel", "titre", "rubrik", "título", "titolo"})
# Styles of every table that has no other.
_PLAIN_TABLES = frozenset({"", "tablenormal", "tablegrid", "normal table", "table grid"})
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST = 20
_TEXT_LEVEL = 9


def local(element: Element) -> str:
    """The name of an element without its namespace; the transitional and the strict format have different ones."""
    return element.tag.rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """An attribute, whatever its namespace; empty where there is none."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def flag(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and value(element).lower() not in _OFF


def number(element: Element | None, otherwise: int) -> int:
    """A number from 0 up that an element gives."""
    text = value(element)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _inside(parent: Element | None, *names: str) -> Element | None:
    for name in names:
        if parent is None:
            return None
        parent = next((one for one in parent if local(one) == name), None)
    return parent


class Look(NamedTuple):
    """A paragraph: its level as a heading or depth as a list item, 0 for none; whether it has a bullet and no number,
    whether its text is hidden or bold.
    """

    heading: int = 0
    depth: int = 0
    bullet: bool = False
    hidden: bool = False
    bold: bool = False


class Styles:
    """The styles of a file, each with what it takes from the one that it is based on."""

    def __init__(self, root: Element | None, numbering: Element | None = None) -> None:
        self._bullets = set(_bullets(numbering)) if numbering is not None else set()
        self._styles = {value(one, "styleId"): one for one in root if local(one) == "style"} if root is not None else {}
        self._default = next(
            (
                name
                for name, one in self._styles.items()
                if value(one, "type") == "paragraph" and value(one, "default").lower() in {"1", "true", "on"}
            ),
            "",
        )

    def _chain(self, name: str) -> list[Element]:
        """A style and those that it is based on, the nearest first."""
        found: list[Element] = []
        while name in self._styles and len(found) < _DEEPEST and self._styles[name] not in found:
            found.append(self._styles[name])
            name = value(_inside(found[-1], "basedOn"))
        return found

    def look(self, properties: Element | None) -> Look:
        """How a paragraph with these properties looks."""
        name = value(_inside(properties, "pStyle")) or self._default
        chain = self._chain(name)
        told = [properties, *(_inside(style, "pPr") for style in chain)]
        runs = [_inside(style, "rPr") for style in chain]
        listed, depth = _listed(told)
        return Look(
            self._heading(name, chain, told),
            depth,
            (listed, depth) in self._bullets,
            _first_flag(runs, "vanish"),
            _first_flag(runs, "b"),
        )

    def _heading(self, name: str, chain: list[Element], told: list[Element | None]) -> int:
        outlines = (_inside(one, "outlineLvl") for one in told)
        outline = next((one for one in outlines if one is not None), None)
        if outline is not None:
            level = number(outline, _TEXT_LEVEL)
            return level + 1 if level < _TEXT_LEVEL else 0
        for style in chain:
            title = value(_inside(style, "name"))
            if found := _HEADING.fullmatch(title):
                return int(found[1])
            if title.lower() == "title":
                return 1
        if not chain:
            if found := _HEADING_ID.fullmatch(name):
                return int(found[1])
            return 1 if name.lower() in _TITLE else 0
        return 0

    def run(self, properties: Element | None, look: Look) -> tuple[bool, bool]:
        """Whether a run in such a paragraph is hidden, and whether it is bold."""
        chain = self._chain(value(_inside(properties, "rStyle")))
        told = [properties, *(_inside(style, "rPr") for style in chain)]
        return _first_flag(told, "vanish", otherwise=look.hidden), _first_flag(told, "b", otherwise=look.bold)

    def heads(self, properties: Element | None) -> bool:
        """Whether the style of a table sets off its first row, as that of the column heads."""
        name = value(_inside(properties, "tblStyle"))
        if name.lower() in _PLAIN_TABLES:
            return False
        looks = _inside(properties, "tblLook")
        if first := value(looks, "firstRow"):
            return first.lower() not in _OFF
        bits = value(looks)
        # The bit of the first row (ECMA-376 part 1, 17.4.55).
        return bool(re.fullmatch("[0-9A-Fa-f]{1,4}", bits)) and bool(int(bits, 16) & 0x20)


def _first_flag(told: list[Element | None], name: str, *, otherwise: bool = False) -> bool:
    found = (_inside(one, name) for one in told)
    first = next((one for one in found if one is not None), None)
    return flag(first) if first is not None else otherwise


def _listed(told: list[Element | None]) -> tuple[str, int]:
    """The list that a paragraph stands in and how deep, 0 for not at all; the list `0` takes it out of one."""
    lists = [one for one in (_inside(part, "numPr") for part in told) if one is not None]
    names = (_inside(one, "numId") for one in lists)
    name = value(next((one for one in names if one is not None), None))
    if name in {"", "0"}:
        return "", 0
    levels = (_inside(one, "ilvl") for one in lists)
    return name, number(next((one for one in levels if one is not None), None), 0) + 1


def _bullets(numbering: Element) -> Iterator[tuple[str, int]]:
    """The lists, with the depth, that have bullets."""
    kinds = {value(one, "abstractNumId"): one for one in numbering if local(one) == "abstractNum"}
    for one in numbering:
        kind = kinds.get(value(_inside(one, "abstractNumId"))) if local(one) == "num" else None
        for level in kind if kind is not None else ():
            if local(level) == "lvl" and value(_inside(level, "numFmt")) == "bullet":
                depth = value(level, "ilvl")
                yield value(one, "numId"), int(depth) + 1 if depth.isdigit() else 1

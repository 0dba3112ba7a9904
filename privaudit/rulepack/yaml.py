"""Strict YAML: every scalar is text, every node knows its place, and whatever is not understood is a fault.

Faults are gathered, not raised, so that all of a pack can be shown at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from privaudit.errors import Fault, InputError, RuleError
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.regular import read_by_hand
from privaudit.rulepack.schema import Place

# The slower loader of PyYAML serves where it was built without libyaml.
if TYPE_CHECKING:
    from yaml import CBaseLoader as _Base
else:
    _Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# What may begin an anchor, an alias or a tag; a second look decides.
_SPECIAL = re.compile(r"[&*!](?<![^\s,\[{:-].)[^\s,\]}]")
# PyYAML makes nodes by recursion in C, which a file of nothing but brackets would bring down.
_OPENINGS = ("[", "{", "- ", "? ")
_MANY = 5000
_DEEPEST = 100
_NEXT_KEY = re.compile(r"\n[^\s#\]}]")


class FaultList:
    """The faults of several files, in the order in which the files were opened."""

    def __init__(self) -> None:
        self._order: dict[str, int] = {}
        self._faults: set[Fault] = set()

    def opened(self, path: str) -> None:
        """Gives a file its turn."""
        self._order.setdefault(path, len(self._order))

    def add(self, place: Place, message: str) -> None:
        """Notes a fault."""
        self._faults.add(Fault(place.path, place.line, place.column, message))

    def sorted(self) -> tuple[Fault, ...]:
        """All faults: by file, then by place."""
        return tuple(sorted(self._faults, key=lambda one: (self._order.get(one.path, len(self._order)), one)))

    def check(self) -> None:
        """Raises RuleError when there is any fault."""
        if self._faults:
            raise RuleError(self.sorted())


class Entry(NamedTuple):
    """A key of a mapping and its value."""

    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file as nodes; `root` is None where it could not be read at all. `path` is the path as shown to people."""

    path: str
    faults: FaultList
    root: MappingNode | None = None

    def place(self, node: Node) -> Place:
        """Where a node begins."""
        mark = node.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def fault(self, node: Node, message: str) -> None:
        """Notes a fault at a node."""
        self.faults.add(self.place(node), message)

    def text(self, node: Node, what: str) -> str:
        """The text of a scalar without white space around it; empty, with a fault, where there is none."""
        if not isinstance(node, ScalarNode):
            self.fault(node, f"{what} must be text, not {_kind(node)}")
            return ""
        value: str = node.value.strip()
        if not value:
            self.fault(node, f"{what} is empty; give it a value or leave the key out")
        return value

    def name(self, node: Node, what: str) -> str:
        """The text of a scalar in kebab-case; empty, with a fault, where it is none."""
        value = self.text(node, what)
        if value and not is_kebab(value):
            self.fault(node, f"{what} '{value}' is not kebab-case; write {kebab(value)!r}")
            return ""
        return value

    def choice(self, node: Node, what: str, allowed: Iterable[str]) -> str:
        """The text of a scalar that must be one of a few; empty, with a fault, where it is another."""
        value = self.text(node, what)
        names = list(allowed)
        if value and value not in names:
            self.fault(node, f"unknown {what} '{value}'{instead(value, names)}")
            return ""
        return value

    def items(self, node: Node, what: str) -> list[Node]:
        """The members of a list; none, with a fault, where it is no list."""
        if isinstance(node, SequenceNode):
            members: list[Node] = node.value
            if not members:
                self.fault(node, f"{what} is an empty list; fill it or leave the key out")
            return members
        if isinstance(node, ScalarNode):
            shown = node.value.strip()
            self.fault(node, f"{what} must be a list; write [{shown}]" if shown else f"{what} is empty; write a list")
        else:
            self.fault(node, f"{what} must be a list, not {_kind(node)}")
        return []

    def mapping(self, node: Node, what: str, keys: Collection[str] | None = None) -> dict[str, Entry]:
        """The entries of a mapping by key; unknown and doubled keys are faults. `keys` None takes any."""
        if not isinstance(node, MappingNode):
            shown = "empty" if isinstance(node, ScalarNode) and not node.value else f"{_kind(node)}"
            self.fault(node, f"{what} must be a mapping (key: value), but is {shown}")
            return {}
        found: dict[str, Entry] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, ScalarNode):
                self.fault(key_node, f"a key of {what} must be text, not {_kind(key_node)}")
                continue
            key: str = key_node.value
            if key in found:
                first = found[key].key.start_mark.line + 1
                self.fault(key_node, f"key '{key}' stands twice in {what}; it was given in line {first} already")
            elif key == "<<":
                self.fault(key_node, "merge keys are not understood; write the keys out")
            elif keys is not None and key not in keys:
                self.fault(key_node, f"unknown key '{key}' in {what}{instead(key, keys)}")
            else:
                found[key] = Entry(key_node, value)
        return found


def open_yaml(
    path: Path, shown: str, faults: FaultList, without: str = "", *, what: str = "rule file", may_be_empty: bool = False
) -> YamlFile:
    """Reads a file whose top is a mapping.

    `without` names a top-level key to be passed over unread; `what` is what the file is called. What cannot be read is
    a fault.
    """
    faults.opened(shown)
    top = Place(shown, 0, 0)
    try:
        text = read_by_hand(str(path)).decode("utf-8-sig")
    except (OSError, InputError) as error:
        faults.add(top, f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return YamlFile(shown, faults)
    except UnicodeDecodeError as error:
        faults.add(top, f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
        return YamlFile(shown, faults)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if without:
        text = _cut(text, without)
    try:
        doubtful = _SPECIAL.search(text) or sum(map(text.count, _OPENINGS)) > _MANY
        if doubtful and _refuse_special(text, shown, faults):
            return YamlFile(shown, faults)
        node = _compose(text)
    except yaml.YAMLError as error:
        place, message = _syntax(error, text, shown)
        faults.add(place, message)
        return YamlFile(shown, faults)
    if node is None:
        if not may_be_empty:
            faults.add(top, f"is empty; a {what} is a mapping (key: value)")
        return YamlFile(shown, faults)
    if not isinstance(node, MappingNode):
        mark = node.start_mark
        faults.add(Place(shown, mark.line + 1, mark.column + 1), f"must be a mapping (key: value), not {_kind(node)}")
        return YamlFile(shown, faults)
    return YamlFile(shown, faults, node)


class _Loader(_Base):
    """Asks for no type, since every value is text."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:  # noqa: ARG002
        return ""


def _compose(text: str) -> Node | None:
    loader = _Loader(text)
    try:
        node: Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _cut(text: str, key: str) -> str:
    """The text with a top-level key and its value blanked out, line for line."""
    start = 0 if text.startswith(f"{key}:") else text.find(f"\n{key}:") + 1
    while start or text.startswith(f"{key}:"):
        end = _NEXT_KEY.search(text, start)
        if end is None:
            return text[:start]
        lines = text.count("\n", start, end.start() + 1)
        text = text[:start] + "\n" * lines + text[end.start() + 1 :]
        start = text.find(f"\n{key}:", max(start - 1, 0)) + 1
    return text


def _refuse_special(text: str, shown: str, faults: FaultList) -> bool:
    refused = False
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if not isinstance(event, NodeEvent):
            continue
        tag = getattr(event, "tag", None)
        if isinstance(event, AliasEvent):
            message = f"aliases are not understood; write the value out, or '*{event.anchor}' in quotes"
        elif event.anchor is not None:
            message = f"anchors are not understood; leave '&{event.anchor}' out, or put the value in quotes"
        elif depth > _DEEPEST:
            message = f"nested deeper than {_DEEPEST}; a value like this is no part of a rule"
        elif tag is not None and tag != "!":
            message = "tags are not understood, every value is text; leave the tag out, or put the value in quotes"
        else:
            continue
        mark = event.start_mark
        faults.add(Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown, 0, 0), message)
        refused = True
        if depth > _DEEPEST:
            break
    return refused


def _syntax(error: yaml.YAMLError, text: str, shown: str) -> tuple[Place, str]:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        at = getattr(error, "position", None)
        if not isinstance(at, int):
            return Place(shown, 0, 0), f"is not YAML: {error}"
        line = text.count("\n", 0, at) + 1
        place = Place(shown, line, at - text.rfind("\n", 0, at))
        return place, "a control character that no text may hold; delete it"
    problem = str(getattr(error, "problem", "") or error)
    start = getattr(error, "context_mark", None)
    scanning = str(getattr(error, "context", "")).startswith("while scanning")
    if start is not None and scanning and ("expected ':'" in problem or "end of stream" in problem):
        # The parser stops far behind what it misses; the beginning tells more.
        mark = start
    lines = text.rstrip("\n").split("\n")
    place = Place(shown, mark.line + 1, mark.column + 1)
    if mark.line >= len(lines):
        place = Place(shown, len(lines), len(lines[-1]) + 1)
    line_text = lines[place.line - 1]
    if start is not None and ("',' or ']'" in problem or "',' or '}'" in problem):
        return place, f"the bracket of line {start.line + 1} is not closed before this; close it, or quote the text"
    if "end of stream" in problem:
        return place, "what begins here is never closed; close the quote or bracket"
    if "expected ':'" in problem:
        return place, "text where a key belongs; write 'key: value', or check the indentation"
    indent = line_text[: len(line_text) - len(line_text.lstrip())]
    if "\t" in indent or line_text[mark.column : mark.column + 1] == "\t":
        return place, "a tab where YAML wants spaces; indent with spaces"
    if "escape character" in problem:
        return place, "a backslash in double quotes; write patterns plain or in single quotes"
    if "another document" in problem:
        return place, "a second document begins here; a file holds one, so leave '---' out"
    if "expected a single document" in str(error):
        return place, "a second document begins here; a file holds one, so leave '---' out"
    if "mapping values are not allowed" in problem:
        return place, "a colon with a space in unquoted text; put the value in single quotes"
    if "cannot start any token" in problem or "undefined alias" in problem or "did not find expected" in problem:
        return place, f"not YAML here ({problem}); check the indentation, and put text with special signs in quotes"
    return place, f"not YAML here: {problem}"


def _kind(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, SequenceNode) else "text"


def is_kebab(text: str) -> bool:
    """Whether a text is a name of small letters and digits, in parts joined by single hyphens."""
    return text.isascii() and text == text.lower() and all(part.isalnum() for part in text.split("-"))


def kebab(text: str) -> str:
    """The text as a name of lower-case words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "a-name"


def instead(name: str, known: Iterable[str], list_all: bool = True) -> str:
    """What to write in place of an unknown name: the nearest known one, or all of a few."""
    # Only faulty packs ask for this.
    import difflib

    names = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    if list_all and 0 < len(names) <= 9:
        return f"; write one of: {', '.join(names)}"
    return ""

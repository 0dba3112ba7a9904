"""`[tool.privaudit]` of a `pyproject.toml` as the nodes of a YAML file, so that both are checked alike.

The TOML reader of the standard library tells no places; a key's line is where it is first written behind the one
before it, which is right but for a table that is written out of order.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from privaudit.rulepack.schema import Place
from privaudit.rulepack.yaml import FaultList, YamlFile

_TABLE = re.compile(r"^[ \t]*\[{1,2}[ \t]*tool[ \t]*\.[ \t]*[\"']?privaudit\b", re.MULTILINE)


def has_table(path: Path) -> bool:
    """Whether a file speaks of privaudit's table at all; a file that cannot be read does not."""
    try:
        return _TABLE.search(path.read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False


def open_toml(path: Path, shown: str, faults: FaultList) -> YamlFile:
    """Reads the table; what cannot be read is a fault."""
    faults.opened(shown)
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)["tool"]["privaudit"]
    except OSError as error:
        faults.add(Place(shown, 0, 0), f"cannot be read: {error.strerror or error}")
        return YamlFile(shown, faults)
    except UnicodeDecodeError as error:
        faults.add(Place(shown, 0, 0), f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
        return YamlFile(shown, faults)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = Place(shown, int(found[1]), int(found[2])) if found else Place(shown, 0, 0)
        faults.add(place, f"is no TOML: {re.sub(r' *[(]at .*', '', str(error))}")
        return YamlFile(shown, faults)
    start = _TABLE.search(text)
    maker = _Maker(shown, text, start.start() if start else 0)
    if not isinstance(table, dict):
        faults.add(Place(shown, maker.line + 1, 1), "tool.privaudit must be a table")
        return YamlFile(shown, faults)
    root = maker.node(table)
    assert isinstance(root, MappingNode)
    return YamlFile(shown, faults, root)


class _Maker:
    """Makes nodes, walking through the text beside them."""

    def __init__(self, shown: str, text: str, at: int) -> None:
        self._shown = shown
        self._text = text
        self._at = at

    @property
    def line(self) -> int:
        """The line of the current place, counted from 0."""
        return self._text.count("\n", 0, self._at)

    def node(self, value: Any) -> Node:  # noqa: ANN401 - whatever TOML holds
        mark = self._mark()
        if isinstance(value, dict):
            pairs = [(self._key(key), self.node(one)) for key, one in value.items()]
            return MappingNode("", pairs, mark, mark)
        if isinstance(value, list):
            return SequenceNode("", [self._member(one) for one in value], mark, mark)
        if isinstance(value, bool):
            return ScalarNode("", str(value).lower(), mark, mark)
        text = value.isoformat() if isinstance(value, date) else str(value)
        return ScalarNode("", text, mark, mark)

    def _member(self, value: Any) -> Node:  # noqa: ANN401
        if isinstance(value, str):
            found = self._text.find(value, self._at)
            self._at = found if found >= 0 else self._at
        return self.node(value)

    def _key(self, key: str) -> ScalarNode:
        pattern = rf"(?:^|[\s.{{,\[\"'])({re.escape(key)})[\"']?\s*[\].=]"
        found = re.compile(pattern, re.MULTILINE).search(self._text, self._at)
        if found:
            self._at = found.start(1)
        mark = self._mark()
        return ScalarNode("", key, mark, mark)

    def _mark(self) -> Mark:
        begin = self._text.rfind("\n", 0, self._at) + 1
        return Mark(self._shown, self._at, self.line, self._at - begin, None, 0)

"""`[tool.privaudit]` of a `pyproject.toml` as the nodes of a YAML file, so that both are checked alike.

The TOML reader of the standard library tells no places; a key's line is where it is first written behind the one
before it, comments and texts of several lines left out, which is right but for a table that is written out of order.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from privaudit.errors import InputError
from privaudit.record import Any
from privaudit.regular import read_by_hand
from privaudit.rulepack.schema import Place
from privaudit.rulepack.yaml import FaultList, YamlFile

# The head of the table, or a dotted key of it; names may stand in quotation marks.
_TABLE = re.compile(
    r"""^[ \t]*(?:\[{1,2}[ \t]*)?["']?tool["']?[ \t]*\.[ \t]*["']?privaudit["']?[ \t]*[\].=]""", re.MULTILINE
)
# The table around it, where it is written as a value there.
_AROUND = re.compile(r"""^[ \t]*(?:\[[ \t]*)?["']?tool["']?[ \t]*[\]=]""", re.MULTILINE)
# Comments, and whatever a line break may stand in; texts of one line may be keys and stay.
_ASIDE = re.compile(
    r""""{3}(?:\\.|[^\\])*?"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|(?P<comment>\#[^\n]*)""", re.DOTALL
)


def has_table(path: Path) -> bool:
    """Whether a file holds privaudit's table; one that is no TOML, whether it seems to.

    Of a file that cannot be read nobody knows: it is taken to hold it, so that whoever opens it says why.
    """
    try:
        text = read_by_hand(str(path)).decode("utf-8-sig", "replace")
    except FileNotFoundError:
        return False
    except (OSError, InputError):
        return True
    try:
        return "privaudit" in _tool(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return _TABLE.search(text) is not None


def _tool(data: dict[str, Any]) -> dict[str, Any]:
    tool = data.get("tool")
    return tool if isinstance(tool, dict) else {}


def open_toml(path: Path, shown: str, faults: FaultList) -> YamlFile:
    """Reads the table; what cannot be read is a fault."""
    faults.opened(shown)
    try:
        text = read_by_hand(str(path)).decode("utf-8-sig").replace("\r\n", "\n")
        table = _tool(tomllib.loads(text)).get("privaudit")
    except (OSError, InputError) as error:
        faults.add(Place(shown, 0, 0), f"cannot be read: {getattr(error, 'strerror', None) or error}")
        return YamlFile(shown, faults)
    except UnicodeDecodeError as error:
        faults.add(Place(shown, 0, 0), f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
        return YamlFile(shown, faults)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = Place(shown, int(found[1]), int(found[2])) if found else Place(shown, 0, 0)
        faults.add(place, f"is no TOML: {re.sub(r' *[(]at .*', '', str(error))}")
        return YamlFile(shown, faults)
    if table is None:
        faults.add(Place(shown, 0, 0), "has no table [tool.privaudit]")
        return YamlFile(shown, faults)
    text = _ASIDE.sub(_blanked, text)
    start = _TABLE.search(text) or _AROUND.search(text)
    maker = _Maker(shown, text, start.start() if start else 0)
    if not isinstance(table, dict):
        faults.add(Place(shown, maker.line + 1, 1), "tool.privaudit must be a table")
        return YamlFile(shown, faults)
    try:
        root = maker.node(table)
    except RecursionError:
        faults.add(Place(shown, maker.line + 1, 1), "nested too deep; no value of the configuration is")
        return YamlFile(shown, faults)
    assert isinstance(root, MappingNode)
    return YamlFile(shown, faults, root)


def _blanked(found: re.Match[str]) -> str:
    """A comment, or a text that may have several lines, as blanks of the same length; a text of one line as it is."""
    if found["comment"] is None and not found[0].startswith(('"""', "'''")):
        return found[0]
    return re.sub(r"[^\n]", " ", found[0])


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

    def node(self, value: Any) -> Node:
        mark = self._mark()
        if isinstance(value, dict):
            pairs = [(self._key(key), self.node(one)) for key, one in value.items()]
            return MappingNode("", pairs, mark, mark)
        if isinstance(value, list):
            # The name of an array of tables heads each of them.
            heading = self._array_head()
            return SequenceNode("", [self._member(one, heading) for one in value], mark, mark)
        if isinstance(value, bool):
            return ScalarNode("", str(value).lower(), mark, mark)
        text = value.isoformat() if isinstance(value, date) else str(value)
        return ScalarNode("", text, mark, mark)

    def _array_head(self) -> re.Pattern[str] | None:
        begin = self._text.rfind("\n", 0, self._at) + 1
        found = re.compile(r"[ \t]*\[\[[^\n]*\]\]").match(self._text, begin)
        self._at = begin if found else self._at
        return re.compile(rf"^{re.escape(found[0].rstrip())}", re.MULTILINE) if found else None

    def _member(self, value: Any, heading: re.Pattern[str] | None) -> Node:
        found: re.Match[str] | None = None
        if isinstance(value, dict):
            found = (heading or re.compile(r"\{")).search(self._text, self._at)
        elif isinstance(value, str) and value:
            found = re.compile(re.escape(value)).search(self._text, self._at)
        if not found:
            return self.node(value)
        self._at = found.start()
        mark = self._mark()
        self._at = found.end() if isinstance(value, dict) else found.start()
        node = self.node(value)
        node.start_mark = mark
        return node

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

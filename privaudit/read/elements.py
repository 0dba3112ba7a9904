"""What is open while a page is walked: elements, lists and tables. They change as the walk goes on.

Plain classes, since making a dataclass takes a millisecond, which every start would pay.
"""

from __future__ import annotations

from privaudit.document import BlockKind, Span


class Element:
    """An element that is open: whether its text is none (`silent`) or not shown (`hidden`), and where it links to.

    `apart`: it stands within a line, apart from the words beside it. `inner`: it stands in one that is silent.
    `kind` and `level` are what the text around the element is read as; `link_start` is a place in the shadow.
    """

    __slots__ = ("apart", "hidden", "href", "href_span", "inner", "kind", "level", "link_start", "name", "silent")

    def __init__(self, name: str, silent: bool, hidden: bool, kind: BlockKind, level: int, inner: bool = False) -> None:
        self.name = name
        self.silent = silent
        self.hidden = hidden
        self.apart = False
        self.inner = inner
        self.kind = kind
        self.level = level
        self.href = ""
        self.href_span = Span(0, 0)
        self.link_start = 0


class OpenList:
    """A list: the group and lead-ins of its items, how deep it lies (from 1), and the block of the open item."""

    __slots__ = ("depth", "group", "item", "lead_ins")

    def __init__(self, group: int, lead_ins: tuple[int, ...], depth: int) -> None:
        self.group = group
        self.lead_ins = lead_ins
        self.depth = depth
        self.item: int | None = None


class OpenTable:
    """A table; `flow` if it only arranges text. `spans` has for each column in how many more rows a cell covers it."""

    __slots__ = ("column", "flow", "group", "headers", "heading_row", "spans", "width")

    def __init__(self, flow: bool) -> None:
        self.flow = flow
        self.headers: dict[int, int] = {}
        self.spans: dict[int, int] = {}
        self.group = 0
        self.column = -1
        self.width = 1
        self.heading_row = False

    def next_row(self, group: int, heading: bool) -> None:
        """Begins a row."""
        self.group, self.column, self.width, self.heading_row = group, -1, 1, heading
        self.spans = {column: rows - 1 for column, rows in self.spans.items() if rows > 1}

    def next_cell(self, width: int, height: int) -> None:
        """Goes to the next column that no cell from above covers."""
        self.column += self.width
        while self.column in self.spans:
            self.column += 1
        self.width = width
        if height > 1:
            self.spans.update(dict.fromkeys(range(self.column, self.column + width), height))

"""A page as lines with their places on it. Lengths are points; heights count from the foot of the page."""

from __future__ import annotations

from privaudit.record import NamedTuple


class PageLine(NamedTuple):
    """A line of a page. `base` is the height of the line that its letters stand on.

    `turned` tells lines of different slants apart, 0 is upright. `gaps` are those wide enough to part columns: the
    number of characters before each, where it begins and ends. `links` are start and end in the text, and target.
    `wrong` counts characters that stand for no letter.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    turned: int = 0
    gaps: tuple[tuple[int, float, float], ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    wrong: int = 0


class Page(NamedTuple):
    """A page with its number from 1, its height and its lines in the order in which the file draws them."""

    number: int
    height: float
    lines: tuple[PageLine, ...]

"""Lines that run across two columns of a page, taken apart into those of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from privaudit.read.page import PageLine

# Text stands in columns where so many lines are parted by a gap at the same place, and nearly none crosses it; each
# part holds so many characters on average, unlike the cells of most tables.
_LEAST_LINES = 6
_MOST_CROSSING = 0.15
_LEAST_CHARACTERS = 20


def in_columns(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """The lines of a page, those that were drawn across two columns as first the left and then the right one."""
    across = [line for line in lines if line.gaps and not line.turned]
    if len(across) < _LEAST_LINES:
        yield from lines
        return
    middle = median((left + right) / 2 for line in across for _, left, right in line.gaps)
    parted = {id(line): gap for line in across for gap in line.gaps if gap[1] < middle < gap[2]}
    split = [line for line in lines if id(line) in parted]
    if len(split) < _LEAST_LINES:
        yield from lines
        return
    top, bottom = max(line.base for line in split), min(line.base for line in split)
    within = [line for line in lines if bottom <= line.base <= top and not line.turned]
    crossing = [line for line in within if id(line) not in parted and line.left < middle < line.right]
    shortest = min(
        sum(parted[id(line)][0] for line in split), sum(len(line.text) - parted[id(line)][0] for line in split)
    )
    if len(crossing) > _MOST_CROSSING * len(within) or shortest < _LEAST_CHARACTERS * len(split):
        yield from lines
        return
    inside = set(map(id, within))
    yield from (line for line in lines if id(line) not in inside and line.base > top)
    halves = [half for line in within for half in _halves(line, parted.get(id(line)))]
    yield from (half for half in halves if half.left < middle)
    yield from (half for half in halves if half.left >= middle)
    yield from (line for line in lines if id(line) not in inside and line.base <= top)


def _halves(line: PageLine, gap: tuple[int, float, float] | None) -> Iterator[PageLine]:
    if gap is None:
        yield line
        return
    at, left, right = gap
    behind = at + len(line.text[at:]) - len(line.text[at:].lstrip())
    before = tuple(link for link in line.links if link[1] <= at)
    after = tuple((start - behind, end - behind, target) for start, end, target in line.links if start >= behind)
    yield line._replace(text=line.text[:at].rstrip(), right=left, gaps=(), links=before)
    yield line._replace(text=line.text[behind:], left=right, gaps=(), links=after, wrong=0)

"""How much reading a document may cost."""

from __future__ import annotations

from privaudit.record import NamedTuple

# HTML in which more tags stand in each other is read tag by tag and not parsed; real pages stay far below.
DEEPEST = 500


class Limits(NamedTuple):
    """How much is read, and at what cost.

    `pages` of a PDF are read at most; the process that reads a binary format may take so many `seconds` and `megabytes`
    of memory (2^20 bytes). Tags of HTML may stand in each other up to a `depth`.
    """

    pages: int = 500
    seconds: int = 30
    megabytes: int = 1024
    depth: int = DEEPEST


MEGABYTE = 1 << 20
# Longer than any run; clocks of some systems take no more.
LONGEST_SECONDS = 1_000_000
# Characters of text that a document may have: 20,000,000 bytes of plain text have no more.
MOST_CHARACTERS = 20_000_000


def bound(name: str, value: int, *, for_good: bool = False) -> None:
    """Bounds a resource of this process, such as `RLIMIT_AS`, as far as the system knows it and lets us.

    A bound `for_good` cannot be raised again.
    """
    try:
        import resource

        limit: int = getattr(resource, name)
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value if for_good else hard))
    except (ImportError, AttributeError, ValueError, OverflowError, OSError):
        # Not every system bounds everything.
        return

"""Word patterns for `re`, whose calls take half as long as those of `regex` and come to the same in common text.

The two engines differ in what is part of a word (marks, superscripts), in the dotless i, in syntax, and in that `re`
knows no limit of time. So only quick patterns, in the syntax that this package reads, are given to it, and only text
of characters on which both agree.
"""

from __future__ import annotations

import functools
import re
import unicodedata
import warnings
from itertools import groupby

# Western Europe's letters with their signs, Greek and Cyrillic, marks of punctuation and of money, arrows, symbols,
# emoji: without superscript digits, fractions, the dotted capital I and the dotless i, the long s, combining marks,
# joiners, and letters in circles. Each is the first and the last character of a range.
_RANGES = (
    " ~", "\t\n", "\r\r", "\u00a0\u00b1", "\u00b4\u00b8", "\u00ba\u00bb", "\u00bf\u012f", "\u0132\u017e",
    "\u0180\u024f", "\u0370\u0482", "\u048a\u0527", "\u2010\u203e", "\u20a0\u20bf", "\u2116\u2116", "\u2120\u2120",
    "\u2122\u2122", "\u2190\u2426", "\u2500\u2775", "\u2794\u27bf", "\U0001f300\U0001f64f",
)  # fmt: skip


def is_common(text: str) -> bool:
    """Whether both engines see the same in every character of a text."""
    return all(any(ends[0] <= char <= ends[1] for ends in _RANGES) for char in set(text))


def common_pattern(source: str, exact: bool) -> re.Pattern[str] | None:
    """A pattern, which must be a quick one, compiled by `re`; None where it cannot be told it.

    In common text it matches where `regex` does.
    """
    spelt = _spelt(source, exact)
    if spelt is None:
        return None
    try:
        with warnings.catch_warnings():
            # `re` warns of what a later release may read in another way.
            warnings.simplefilter("error")
            return re.compile(spelt, 0 if exact else re.IGNORECASE)
    except (re.error, Warning, OverflowError):
        return None


def _spelt(source: str, exact: bool) -> str | None:
    """The source without properties of Unicode, which `re` does not know; None where there is no saying it."""
    if "\\p" not in source and "\\P" not in source:
        return source
    found: list[str] = []
    listing = False
    for part in re.findall(r"\\[pP]\{[^}]*\}|\\.|.", source, re.DOTALL):
        if len(part) > 2:
            # Where case does not matter, `regex` takes any letter that has cases for a capital.
            ranges = _ranges(part[3:-1]) if part[1] == "p" and (exact or part == r"\p{L}") else ""
            if not ranges:
                return None
            found.append(ranges if listing else f"[{ranges}]")
            continue
        listing = part != "]" if listing else part == "["
        found.append(part)
    return "".join(found)


@functools.cache
def _ranges(name: str) -> str:
    """The common letters of a general category (`L`, `Lu`, `Ll`), as ranges of a class; empty for any other name."""
    if name not in {"L", "Lu", "Ll"}:
        return ""
    common = [code for code in range(0x530) if is_common(chr(code))]
    own = [code for code in common if unicodedata.category(chr(code)).startswith(name)]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(own), lambda one: one[1] - one[0])]
    return "".join(chr(run[0]) if len(run) == 1 else f"{chr(run[0])}-{chr(run[-1])}" for run in runs)

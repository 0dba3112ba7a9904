"""What of the `regex` syntax a word may not use, since a search with it has no bound that anyone can tell.

Patterns come from people who need not be trusted: what cannot be bounded is refused before it is compiled.
"""

from __future__ import annotations

import re

# No word needs as much; the compiler of `regex` nests one call in another for each group.
_MOST_GROUPS = 100
_LONGEST = 5000
_SHOWN = 60
# What needs a closer look: a group that is none of the plain ones, and a brace that is no count.
_DOUBTFUL = re.compile(r"\(\?(?![:=!|>]|<[=!])|\{(?!\d{0,4}(?:,\d{0,4})?\})|\(\?<[=!]|\\[gGkK]|\(\*")
_CLASS = re.compile(r"((?<!\\)(?:\\\\)*)\[\^?\]?(?:\\.|[^\\\]])*\]")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-[a-zA-Z]+)?[:)]")
_PROPERTY = re.compile(r"\\[pPN]$")
_UNBOUNDED = re.compile(r"(?<!\\)(?:\\\\)*(?:[*+]|\{\d*,\})")


def refused(pattern: str) -> str:
    """Why a pattern may not be used, in words for people; empty where it may."""
    if len(pattern) > _LONGEST:
        return f"is longer than {_LONGEST:,} characters; make several words of it"
    if pattern.count("(") > _MOST_GROUPS:
        return f"has more than {_MOST_GROUPS} groups; make several words of it"
    if not _DOUBTFUL.search(pattern):
        return ""
    # A class stands for one character, whatever it holds.
    pattern = _CLASS.sub(lambda found: found[1] + "x" * (len(found[0]) - len(found[1])), pattern)
    for found in _DOUBTFUL.finditer(pattern):
        if _escaped(pattern, found.start()):
            continue
        told = _told(pattern, found)
        if told:
            return told
    return ""


def cut(pattern: str) -> str:
    """A pattern as messages show it: a long one by its beginning."""
    return pattern if len(pattern) <= _SHOWN else f"{pattern[: _SHOWN - 4]} ..."


def _told(pattern: str, found: re.Match[str]) -> str:
    start, sign = found.start(), found[0]
    if sign == "{":
        if pattern.startswith("{it}", start) or _PROPERTY.search(pattern, 0, start):
            return ""
        return "has braces that hold no count, which would make the search a fuzzy one; put a backslash before them"
    if sign.startswith("(?<"):
        inside = pattern[found.end() : _end_of_group(pattern, found.end())]
        if _UNBOUNDED.search(inside):
            return "looks back without a bound; write {0,20} or the like in place of * and +"
        return ""
    if sign == "(?":
        flags = _FLAGS.match(pattern, start)
        if flags and set(flags[1]) <= set("ix"):
            return ""
        if re.match(r"\(\?P?<\w+>", pattern[start : start + 40]):
            return ""
        return "has a group that searches backwards, fuzzily or by itself again; use (?:...), or list the words"
    return "refers to what it has matched, or steers the search; list the words instead"


def _escaped(pattern: str, at: int) -> bool:
    """Whether the sign at a place is one that a backslash makes plain."""
    before = at
    while before and pattern[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _end_of_group(pattern: str, at: int) -> int:
    """Where the group ends whose inside begins at a place; `pattern` has no classes."""
    depth = 1
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if not depth:
                break
        at += 1
    return at

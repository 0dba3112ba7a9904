"""What can be told of the ends and the making of a pattern from its tree."""

from __future__ import annotations

from collections.abc import Iterable

from privaudit.match.tree import Char, Digit, Either, Node, Nothing, Repeat, Sequence, UnknownSyntaxError, tree_of


def begins_of(pattern: str, exact: bool) -> str:
    """`line` if matches begin only where a line does, `capital` if only with a capital, else empty."""
    try:
        return _first(tree_of(pattern), exact)
    except UnknownSyntaxError:
        return ""


def _first(node: Node, exact: bool) -> str:
    """With what a part begins, as `begins_of` says it."""
    if isinstance(node, Sequence):
        for part in node.parts:
            if not isinstance(part, Nothing) or part.line:
                return _first(part, exact)
        return ""
    if isinstance(node, Either):
        firsts = {_first(branch, exact) for branch in node.branches}
        return firsts.pop() if len(firsts) == 1 else ""
    if isinstance(node, Repeat):
        return _first(node.part, exact) if node.least else ""
    if isinstance(node, Nothing):
        return "line" if node.line else ""
    if isinstance(node, Char) and exact and (node.capital or (node.listed and all(map(str.isupper, node.listed)))):
        return "capital"
    return ""


def in_words(pattern: str) -> tuple[bool, bool]:
    """Whether every match of a pattern begins with a part of a word, and whether it ends with one."""
    try:
        tree = tree_of(pattern)
    except UnknownSyntaxError:
        return False, False
    return _in_word(tree, 1), _in_word(tree, -1)


def _in_word(node: Node, step: int) -> bool:
    """Whether a part begins with a part of a word, and so is never empty; with a `step` of -1 whether it ends so."""
    if isinstance(node, Char):
        return node.wordy
    if isinstance(node, Digit | Nothing):
        return isinstance(node, Digit)
    if isinstance(node, Repeat):
        return node.least > 0 and _in_word(node.part, step)
    if isinstance(node, Either):
        return all(_in_word(branch, step) for branch in node.branches)
    for part in node.parts[::step]:
        if _in_word(part, step):
            return True
        passed = isinstance(part, Nothing) or (isinstance(part, Repeat) and _in_word(part.part, step))
        if not passed:
            return False
    return False


def is_rest(node: Node) -> bool:
    """Whether a part takes all of a word that is left."""
    if not isinstance(node, Repeat) or node.most is not None or node.lazy:
        return False
    return isinstance(node.part, Char) and node.part.all_wordy


def least_of(node: Node) -> int:
    """How often a repeat is there at least; 0 for what is none."""
    return node.least if isinstance(node, Repeat) else 0


def is_solid(node: Node) -> bool:
    """Whether a part holds nothing but characters of words."""
    if isinstance(node, Char):
        return node.wordy
    if isinstance(node, Digit | Nothing):
        return True
    if isinstance(node, Repeat):
        return is_solid(node.part)
    return all(map(is_solid, node.parts if isinstance(node, Sequence) else node.branches))


def _may_be_empty(node: Node) -> bool:
    if isinstance(node, Char | Digit):
        return False
    if isinstance(node, Nothing):
        return True
    if isinstance(node, Repeat):
        return node.least == 0 or _may_be_empty(node.part)
    if isinstance(node, Sequence):
        return all(map(_may_be_empty, node.parts))
    return any(map(_may_be_empty, node.branches))


def starts_apart(parts: Iterable[Node], right: bool) -> bool:
    """Whether no word goes on at the start of parts, `right` saying it of what follows them."""
    for part in parts:
        if not _begins_apart(part, 1):
            return False
        if not _may_be_empty(part):
            return True
    return right


def ends_apart(parts: list[Node], left: bool) -> bool:
    """Whether no word goes on at the end of parts, `left` saying it of what stands before them."""
    for part in reversed(parts):
        if not _begins_apart(part, -1):
            return False
        if not _may_be_empty(part):
            return True
    return left


def _begins_apart(node: Node, step: int) -> bool:
    """Whether a part begins with a sign or space, if it is there at all; with a `step` of -1 whether it ends so."""
    if isinstance(node, Char):
        return node.apart
    if isinstance(node, Digit):
        return False
    if isinstance(node, Nothing):
        return True
    if isinstance(node, Repeat):
        return _begins_apart(node.part, step)
    if isinstance(node, Either):
        return all(_begins_apart(branch, step) for branch in node.branches)
    for part in node.parts[::step]:
        if not _begins_apart(part, step):
            return False
        if not _may_be_empty(part):
            return True
    return True

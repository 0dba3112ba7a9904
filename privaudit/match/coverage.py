"""What of a document the rule packs can speak about: the text that was read, its languages, the words for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from privaudit.document import UNREAD_TEXT, Document
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import NEVER, Condition, Rule, Scope

# Text in an uncovered language counts as unread from this share of the letters.
_UNREAD_SHARE = 0.10


class Coverage(NamedTuple):
    """`covered`: languages in use that the packs answer for; `uncovered`: those that they don't, None if unknown.

    `unread` says in words what of the text the reader could not get at.
    """

    covered: tuple[str, ...]
    uncovered: tuple[str | None, ...]
    unread: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all of the document could be read."""
        return not self.uncovered and not self.unread


def coverage_of(document: Document, covered: tuple[str, ...]) -> Coverage:
    """The languages that make up enough of a document to matter."""
    sizes: Counter[str | None] = Counter()
    for block, code in zip(document.blocks, document.languages, strict=True):
        if not block.hidden:
            sizes[code] += len(block.span)
    total = sum(sizes.values()) or 1
    enough = [code for code, size in sizes.items() if size >= _UNREAD_SHARE * total]
    unread = sum(size for code, size in sizes.items() if code not in covered)
    uncovered = {code for code in sizes if code not in covered} if unread >= _UNREAD_SHARE * total else set()
    return Coverage(
        tuple(sorted(code for code in enough if code is not None and code in covered)),
        tuple(sorted(uncovered, key=str)),
        tuple(problem.message for problem in document.problems if problem.code in UNREAD_TEXT),
    )


def lacking(condition: Condition, concepts: Container[str]) -> frozenset[str]:
    """The concepts for want of which a language with words for `concepts` can never satisfy a condition."""
    if condition.op == "not":
        return frozenset()
    if condition.near is not None and condition.near.of not in concepts:
        return frozenset({condition.near.of})
    if condition.op == "concept":
        return frozenset() if condition.name in concepts else frozenset({condition.name})
    parts = [lacking(part, concepts) for part in condition.parts]
    return frozenset() if condition.op == "any" and not all(parts) else frozenset().union(*parts)


def sought_by(rule: Rule) -> list[Condition]:
    """What has to hold in a document for the rule to find what it looks for."""
    return [condition for condition in (rule.present or rule.find, rule.against) if condition is not None]


def proven(condition: Condition, scope: Scope = Scope.BLOCK) -> Condition:
    """The condition without what rests on words that stand nowhere in the document, which may stand where none read."""
    within = condition.within or scope
    if condition.op == "not":
        return NEVER if within is Scope.DOCUMENT else condition
    return condition._replace(parts=tuple(proven(part, within) for part in condition.parts))


def lacks_words(rule: Rule, concepts: Container[str]) -> bool:
    """Whether a language with words for these concepts has none for the rule to come to a verdict."""
    return any(lacking(condition, concepts) for condition in sought_by(rule))

"""Conditions: `any`, `all`, `not` and `given` over concepts, named conditions and further conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from yaml.nodes import MappingNode, Node, ScalarNode

from privaudit.rulepack.schema import Condition, Near, Place, Scope
from privaudit.rulepack.yaml import YamlFile

_OPERATORS: tuple[Literal["any"], Literal["all"], Literal["not"], Literal["given"]] = ("any", "all", "not", "given")
_KEYS = (*_OPERATORS, "within", "near", "outside", "headings", "while", "after")
_DEEPEST = 12
_MOST_WORDS = 200


@dataclass(slots=True)
class Uses:
    """The names that a file uses and others must define, with their places, to be checked when all is read.

    `parts` may be concepts or named conditions, `named` concepts or regions, `mechanisms` outdated rules; the others
    are what they say.
    """

    parts: list[tuple[str, Place]] = field(default_factory=list)
    concepts: list[tuple[str, Place]] = field(default_factory=list)
    regions: list[tuple[str, Place]] = field(default_factory=list)
    rules: list[tuple[str, Place]] = field(default_factory=list)
    languages: list[tuple[str, Place]] = field(default_factory=list)
    named: list[tuple[str, Place]] = field(default_factory=list)
    mechanisms: list[tuple[str, Place]] = field(default_factory=list)


def names(file: YamlFile, node: Node, what: str) -> Iterator[tuple[str, Place]]:
    """The names of a list with their places; a doubled one is a fault."""
    seen: set[str] = set()
    for item in file.items(node, what):
        name = file.name(item, f"a name in {what}")
        if name in seen:
            file.fault(item, f"'{name}' stands twice in {what}; delete one")
        elif name:
            seen.add(name)
            yield name, file.place(item)


def parse_condition(file: YamlFile, node: Node, what: str, uses: Uses, depth: int = 0) -> Condition | None:
    """A condition with its names as leaves; None, with a fault, where it is none."""
    if isinstance(node, ScalarNode) and node.value:
        file.fault(node, f"{what} must be a condition; write {{any: [{node.value}]}}")
        return None
    if depth > _DEEPEST:
        file.fault(node, f"conditions nest deeper than {_DEEPEST}; name the inner ones in shared.yaml")
        return None
    entry = file.mapping(node, what, _KEYS)
    operators = [key for key in _OPERATORS if key in entry]
    if len(operators) != 1:
        # A key that was refused already may have been meant for one of them.
        if isinstance(node, MappingNode) and (operators or len(entry) == len(node.value)):
            given = " and ".join(f"'{key}'" for key in operators) or "none of them"
            file.fault(node, f"{what} needs exactly one of 'any', 'all', 'not' and 'given', but has {given}")
        return None
    op = operators[0]
    parts: list[Condition] = []
    leaves: set[str] = set()
    for item in file.items(entry[op].value, f"'{op}' of {what}"):
        if isinstance(item, MappingNode):
            part = parse_condition(file, item, f"a part of {what}", uses, depth + 1)
            if part:
                parts.append(part)
            continue
        name = file.name(item, "concept")
        if name in leaves:
            file.fault(item, f"'{name}' stands twice in '{op}'; delete one")
        elif name:
            leaves.add(name)
            uses.parts.append((name, file.place(item)))
            parts.append(Condition("concept", name))
    within = file.choice(entry["within"].value, "scope", list(Scope)) if "within" in entry else ""
    near = _near(file, entry["near"].value, uses) if "near" in entry else None
    outside: tuple[str, ...] = ()
    if "outside" in entry:
        outside = parse_outside(file, entry["outside"].value, uses)
    headings = bool("headings" in entry and file.choice(entry["headings"].value, "value of headings", ("counts",)))
    mechanisms = {key: _mechanism(file, entry[key].value, key, uses) for key in ("while", "after") if key in entry}
    if len(mechanisms) > 1:
        file.fault(entry["after"].key, f"{what} has both 'while' and 'after'; leave one out")
    if op == "given":
        # What is not absent holds without being evidence.
        op, parts = "not", [Condition("not", "", tuple(parts))]
    made = Condition(op, "", tuple(parts), Scope(within) if within else None, near, outside, headings)
    return made._replace(while_=mechanisms.get("while", ""), after=mechanisms.get("after", "")) if mechanisms else made


def _mechanism(file: YamlFile, node: Node, key: str, uses: Uses) -> str:
    """The rule of the mechanism whose dates a condition has."""
    name = file.name(node, f"rule of '{key}'")
    if name:
        uses.rules.append((name, file.place(node)))
        uses.mechanisms.append((name, file.place(node)))
    return name


def parse_outside(file: YamlFile, node: Node, uses: Uses) -> tuple[str, ...]:
    """The names of regions."""
    found = list(names(file, node, "'outside'"))
    uses.regions += found
    return tuple(name for name, _ in found)


def parse_concepts(file: YamlFile, node: Node, what: str, uses: Uses) -> tuple[str, ...]:
    """A list of concepts, where named conditions may not stand."""
    found = list(names(file, node, what))
    uses.concepts += found
    return tuple(name for name, _ in found)


def _near(file: YamlFile, node: Node, uses: Uses) -> Near | None:
    entry = file.mapping(node, "'near'", ("of", "words"))
    if not entry:
        return None
    if len(entry) < 2:
        file.fault(node, "'near' needs both a concept and a number of words; write {of: CONCEPT, words: 8}")
        return None
    of = file.name(entry["of"].value, "concept")
    words = file.text(entry["words"].value, "words")
    if not words.isascii() or not words.isdigit() or not 0 <= int(words[:6]) <= _MOST_WORDS:
        file.fault(entry["words"].value, f"'words' must be a number from 0 to {_MOST_WORDS}, not '{words}'")
        return None
    if not of:
        return None
    uses.concepts.append((of, file.place(entry["of"].value)))
    return Near(of, int(words))

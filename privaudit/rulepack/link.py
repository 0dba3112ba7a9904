"""What files of packs say of each other: names that must exist, named conditions written out, circles refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from privaudit.model import OUTCOMES, Outcome
from privaudit.rulepack.parse_grades import UNGRADED
from privaudit.rulepack.schema import Condition, Example, Place, Rule
from privaudit.rulepack.yaml import FaultList, instead

Conditions = Mapping[str, tuple[Condition, Place]]


class Expander:
    """Writes named conditions out in place."""

    def __init__(self, named: Conditions, faults: FaultList) -> None:
        self._named = named
        self._faults = faults
        self._done: dict[str, Condition] = {}
        self._open: list[str] = []
        for name in named:
            self._resolve(name)

    def _resolve(self, name: str) -> Condition:
        done = self._done.get(name)
        if done is not None:
            return done
        condition, place = self._named[name]
        if name in self._open:
            circle = " -> ".join([*self._open[self._open.index(name) :], name])
            self._faults.add(place, f"condition '{name}' leads back to itself ({circle}); break the circle")
            return Condition("concept", name)
        self._open.append(name)
        done = self._written_out(condition)
        self._open.pop()
        self._done[name] = done
        return done

    def _written_out(self, condition: Condition) -> Condition:
        if condition.op == "concept":
            return self._resolve(condition.name) if condition.name in self._named else condition
        parts = tuple(self._written_out(part) for part in condition.parts)
        return condition if parts == condition.parts else condition._replace(parts=parts)

    def rule(self, rule: Rule) -> Rule:
        """The rule with every condition written out."""
        return rule.changed(self._written_out)


def check_names(
    used: Iterable[tuple[str, Place]],
    known: Collection[str],
    faults: FaultList,
    complaint: str,
    otherwise: str = "",
) -> None:
    """Faults for names that nothing defines.

    `complaint` has a `{}` for the name; `otherwise` says what to do where no known name is near.
    """
    for name, place in used:
        if name not in known:
            near = instead(name, known, list_all=not otherwise)
            faults.add(place, complaint.format(name) + (near or otherwise))


def check_asked(asked: Iterable[tuple[str, Outcome, Place]], rules: Mapping[str, Rule], faults: FaultList) -> None:
    """Faults for required outcomes that the other rule never comes to."""
    for name, outcome, place in asked:
        rule = rules.get(name)
        if rule and outcome not in OUTCOMES[rule.kind]:
            allowed = ", ".join(OUTCOMES[rule.kind])
            faults.add(place, f"'{name}' is a {rule.kind} rule and never '{outcome}'; write one of: {allowed}")


def check_examples(
    examples: Iterable[Example], rules: Mapping[str, Rule], known: Collection[str], faults: FaultList
) -> None:
    """Faults for examples of unknown rules, or of outcomes to which the rule never comes.

    `known` are the names of all rules, those that are broken among them.
    """
    told: set[tuple[str, str]] = set()
    for example in examples:
        rule = rules.get(example.rule)
        if rule is None:
            if example.rule in known:
                continue
            message = f"example of the unknown rule '{example.rule}'{instead(example.rule, known)}"
            faults.add(example.place, message)
        elif example.grade:
            scale = [*(line.id for line in rule.grades), UNGRADED] if rule.grades else []
            if example.grade not in scale and (example.rule, example.grade) not in told:
                told.add((example.rule, example.grade))
                near = instead(example.grade, [*OUTCOMES[rule.kind], *scale])
                faults.add(example.place, f"'{rule.id}' has no outcome and no grade '{example.grade}'{near}")
        elif example.outcome not in OUTCOMES[rule.kind]:
            allowed = ", ".join(OUTCOMES[rule.kind])
            message = f"'{rule.id}' is a {rule.kind} rule and never '{example.outcome}'; write one of: {allowed}"
            faults.add(example.place, message)


def check_circles(rules: Mapping[str, Rule], places: Mapping[str, Place], faults: FaultList) -> None:
    """Faults for rules that wait for each other through `requires` and `covered_by`."""
    done: set[str] = set()
    trail: list[str] = []

    def visit(name: str) -> None:
        if name in done or name not in rules:
            return
        if name in trail:
            circle = trail[trail.index(name) :]
            first = min(circle)
            turn = circle.index(first)
            shown = " -> ".join([*circle[turn:], *circle[:turn], first])
            faults.add(
                places.get(first, rules[first].place),
                f"rules wait for each other ({shown}); take one 'requires' or 'covered_by' away",
            )
            return
        trail.append(name)
        rule = rules[name]
        for other in (*(requirement.rule for requirement in rule.requires), *rule.covered_by):
            if other != name or other not in rule.covered_by:
                visit(other)
        trail.pop()
        done.add(name)

    for name in rules:
        visit(name)

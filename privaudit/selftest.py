"""Runs the examples of rule packs: each text must bring its rule to the outcome, or grade, under which it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from privaudit.document import Document
from privaudit.engine import CompiledRules, audit
from privaudit.errors import InputError
from privaudit.language import annotate
from privaudit.model import Kind, Outcome, Verdict
from privaudit.read import read_document
from privaudit.rulepack.parse_grades import UNGRADED
from privaudit.rulepack.schema import Detector, Example, Rule, RuleSet


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """An example, the outcome that its rule came to and the grade, if any, and whether it is as wanted."""

    example: Example
    outcome: Outcome
    grade: str
    passed: bool

    @property
    def come_to(self) -> str:
        """The grade where the example wants one and there is one, else the outcome."""
        return self.grade if self.grade and self.example.grade else self.outcome.value


def run(ruleset: RuleSet, select: Callable[[str], bool], as_of: date | None = None) -> Iterator[ExampleResult]:
    """Runs the examples of the selected rules, in file order, by the law of the day of the packs' last review."""
    reviewed = [date.fromisoformat(pack.reviewed) for pack in ruleset.packs if pack.reviewed]
    as_of = as_of or max(reviewed, default=datetime.now(UTC).date())
    compiled: dict[str, CompiledRules] = {}
    read_texts: dict[tuple[str, str | None], Document | None] = {}
    for example in ruleset.examples:
        if not select(example.rule):
            continue
        rules = compiled.get(example.rule)
        if rules is None:
            rules = compiled[example.rule] = CompiledRules(ruleset._replace(rules=_with_needed(ruleset, example.rule)))
        rule = ruleset.rule(example.rule)
        # A rule about the languages of a text must be left to tell them.
        language = None if rule and rule.detect is Detector.MIXED_LANGUAGE else example.language
        key = (example.text, language)
        if key not in read_texts:
            read_texts[key] = _document(example, ruleset, language)
        document = read_texts[key]
        outcome, grade = Outcome.INCONCLUSIVE, ""
        if document is not None:
            verdict = next(one for one in audit(document, rules, as_of) if one.rule == example.rule)
            outcome, grade = verdict.outcome, _grade(verdict)
        passed = grade == example.grade if example.grade else outcome is example.outcome
        yield ExampleResult(example, outcome, grade, passed)


def _grade(verdict: Verdict) -> str:
    """The grade by its id; empty where the disclosure is not made."""
    if verdict.outcome not in (Outcome.PRESENT, Outcome.PARTIAL):
        return ""
    return verdict.grade.id if verdict.grade else UNGRADED


def _document(example: Example, ruleset: RuleSet, language: str | None) -> Document | None:
    try:
        document = read_document("example.md", example.text.encode())
    except InputError:
        return None
    return annotate(document, ruleset.languages, language)


def _with_needed(ruleset: RuleSet, rule_id: str) -> tuple[Rule, ...]:
    """The rule and those that it requires or yields to, in the set's own order."""
    wanted: set[str] = set()
    waiting = [rule_id]
    while waiting:
        name = waiting.pop()
        rule = ruleset.rule(name)
        if rule is None or name in wanted:
            continue
        wanted.add(name)
        waiting += [requirement.rule for requirement in rule.requires]
        waiting += [other for other in rule.covered_by if rule.kind is not Kind.DISCLOSURE]
    return tuple(rule for rule in ruleset.rules if rule.id in wanted)

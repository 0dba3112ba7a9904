import pytest

from privaudit.cli.explain import explained, spoken
from privaudit.model import Kind, Outcome
from privaudit.rulepack.schema import Condition, GradeLine, Place, Rule, RuleSet, Scope

APPLE, PEAR = Condition("concept", "apple-tree"), Condition("concept", "pear")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (APPLE, "apple tree"),
        (Condition("any", "", (APPLE, PEAR)), "(apple tree or pear)"),
        (Condition("not", "", (APPLE, PEAR), Scope.SENTENCE), "not (apple tree or pear) in one sentence"),
        (Condition("not", "", (Condition("not", "", (APPLE, PEAR)),)), "given (apple tree or pear)"),
    ],
)
def test_a_condition_is_a_phrase(condition: Condition, said: str) -> None:
    assert spoken(condition) == said


def test_the_scale_of_a_rule_is_explained() -> None:
    lines = (
        GradeLine("full", "all of it", False, None, APPLE),
        GradeLine("half", "half of it", True, Outcome.PARTIAL, PEAR),
        GradeLine("rest", "a rest", True),
    )
    rule = Rule("a", "A", Kind.DISCLOSURE, Place("", 1, 1), (), "", "", (), grades=lines)
    ruleset = RuleSet((), (rule,), {}, {}, (), (), ())
    assert [line for line in explained(rule, ruleset) if line.startswith("grade")] == [
        "grade full: all of it; where apple tree",
        "grade half, weak: half of it; where the outcome is partial and pear",
        "grade rest, weak: a rest",
    ]

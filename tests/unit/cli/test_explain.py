import pytest

from privaudit.cli.explain import spoken
from privaudit.rulepack.schema import Condition, Scope

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

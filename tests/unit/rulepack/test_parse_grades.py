import pytest

from privaudit.model import Outcome
from privaudit.rulepack.schema import Condition, GradeLine, Scope
from privaudit.selftest import run
from tests.unit.rulepack.conftest import Write, faults, load

HEAD = "id: x\nkind: disclosure\nseverity: error\npresent: {any: [complain]}\n"
TEXTS = "examples:\n  en:\n    {key}: [You may complain.]\n"


def test_lines_of_grades(write: Write) -> None:
    lines = (
        "grades:\n"
        "  - {id: full, title: all of  it, when: {any: [complain]}}\n"
        "  - {id: half, title: half, is: partial, weak: yes, when: {any: [complain], within: document}}\n"
        "  - {id: none-of-it, title: rest, weak: yes}\n"
    )
    rule = load(write({"rules/x.yaml": HEAD + lines})).rule("x")
    assert rule is not None
    leaf = (Condition("concept", "complain"),)
    assert rule.grades == (
        GradeLine("full", "all of it", False, None, Condition("any", parts=leaf, within=Scope.BLOCK)),
        GradeLine("half", "half", True, Outcome.PARTIAL, Condition("any", parts=leaf, within=Scope.DOCUMENT)),
        GradeLine("none-of-it", "rest", True),
    )
    assert rule.without_grades().grades == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[{id: a}]", "a line of grades needs 'id' and 'title'"),
        ("[{id: a, title: t, wen: {}}]", "unknown key 'wen' in a line of grades; did you mean 'when'?"),
        ("[{id: present, title: t}]", "'present' has a meaning of its own in examples"),
        ("[{id: ungraded, title: t}]", "'ungraded' has a meaning of its own in examples"),
        ("[{id: A b, title: t}]", "is not kebab-case"),
        ("[{id: a, title: t, is: missing}]", "unknown outcome of a disclosure rule 'missing'"),
        ("[{id: a, title: t, weak: perhaps}]", "unknown value of weak 'perhaps'"),
        ("[{id: a, title: t, when: {any: [nowhere]}}]", "no language has words for 'nowhere'"),
        (
            "[{id: a, title: t, when: {any: [complain]}}, {id: a, title: t}]",
            "grade 'a' stands twice in 'grades'",
        ),
        ("[{id: a, title: t}, {id: b, title: t}]", "never reached: a line before it has no 'when'"),
        (
            "[{id: a, title: t, is: present}, {id: b, title: t, is: partial}, {id: c, title: t}]",
            "never reached: a line before it has no 'when'",
        ),
        (
            "[{id: a, title: t, weak: yes, is: partial}, {id: b, title: t}]",
            "'b' is less specific than 'a', which is weak; write 'weak: yes' here",
        ),
        ("{id: a}", "'grades' must be a list"),
    ],
)
def test_what_is_wrong_with_grades(write: Write, lines: str, message: str) -> None:
    found = faults(write({"rules/x.yaml": f"{HEAD}grades: {lines}\n"}))
    assert len(found) == 1
    assert message in found[0]


def test_only_disclosures_have_grades(write: Write) -> None:
    text = "id: x\nkind: practice\nseverity: error\nfind: {any: [complain]}\ngrades: [{id: a, title: t}]\n"
    assert "'grades' is for disclosure rules" in faults(write({"rules/x.yaml": text}))[0]


@pytest.mark.parametrize(
    ("key", "come_to"),
    [("full", "full"), ("rest", "full"), ("ungraded", "full"), ("present", "present"), ("missing", "present")],
)
def test_examples_stand_under_grades(write: Write, key: str, come_to: str) -> None:
    lines = "grades:\n  - {id: full, title: t, when: {any: [complain]}}\n  - {id: rest, title: t}\n"
    ruleset = load(write({"rules/x.yaml": HEAD + lines + TEXTS.format(key=key)}))
    (result,) = run(ruleset, "x".__eq__)
    assert (result.passed, result.come_to, result.example.wanted) == (key == come_to, come_to, key)


def test_an_example_may_want_no_grade(write: Write) -> None:
    lines = "grades:\n  - {id: full, title: t, is: partial}\n"
    ruleset = load(write({"rules/x.yaml": HEAD + lines + TEXTS.format(key="ungraded")}))
    assert [result.passed for result in run(ruleset, "x".__eq__)] == [True]
    missing = lines + "examples:\n  en:\n    ungraded: [Nothing.]\n"
    ruleset = load(write({"rules/x.yaml": HEAD + missing}))
    assert [(result.passed, result.come_to) for result in run(ruleset, "x".__eq__)] == [(False, "missing")]


@pytest.mark.parametrize(
    ("lines", "key", "message"),
    [
        ("grades:\n  - {id: full, title: t}\n", "ful", "'x' has no outcome and no grade 'ful'; did you mean 'full'?"),
        ("", "ungraded", "'x' has no outcome and no grade 'ungraded'"),
    ],
)
def test_an_example_under_an_unknown_grade(write: Write, lines: str, key: str, message: str) -> None:
    found = faults(write({"rules/x.yaml": HEAD + lines + TEXTS.format(key=key).replace("[You", "[One. , You")}))
    assert len(found) == 1
    assert message in found[0]

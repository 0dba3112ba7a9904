"""Language versions compared, as values."""

from typing import Any

import pytest

from privaudit.document import LanguageGuess
from privaudit.facts.values import Fact, FactKind
from privaudit.gate import parity_code
from privaudit.model import Kind, Outcome, Severity, State, Status, Verdict
from privaudit.parity import Difference, Group, Parity, Version, agree, compare
from tests.unit.comparisons import quoted, verdict
from tests.unit.render.reports import document

EVERY = frozenset(FactKind)
TITLES = {"a-rule": "a title", "b-rule": "another title"}


def version(code: str, *told: Verdict | Fact, **more: Any) -> Version:
    status = more.pop("status", Status.AUDITED)
    verdicts = [one for one in told if isinstance(one, Verdict)]
    facts = tuple(one for one in told if isinstance(one, Fact))
    report = document(*verdicts, path=f"{code}.md")._replace(language=LanguageGuess(code, 1.0, "option"), status=status)
    return Version(report, facts, more.pop("kinds", EVERY), **more)


def fact(kind: FactKind, value: str, line: int = 1, **more: Any) -> Fact:
    return Fact(kind, value, quoted(f"It says {value}.", line), **more)


def compared(*versions: Version, **more: Any) -> Group:
    return compare("", versions, TITLES, **more)


def difference(*outcomes: Outcome) -> tuple[Difference | None, tuple[int, ...]]:
    group = compared(*(version(str(number), verdict(one)) for number, one in enumerate(outcomes)))
    (element,) = group.elements
    assert group.differs == element.counts
    return element.difference, element.behind


PRESENT, PARTIAL, MISSING, AWAY = Outcome.PRESENT, Outcome.PARTIAL, Outcome.MISSING, Outcome.NOT_APPLICABLE
RELIED_ON, MENTIONED, ABSENT, FOUND = Outcome.RELIED_ON, Outcome.MENTIONED, Outcome.ABSENT, Outcome.FOUND


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ((PRESENT, PRESENT), (None, ())),
        ((MISSING, MISSING), (None, ())),
        ((MISSING, AWAY), (None, ())),
        ((PRESENT, MISSING), (Difference.LACKS, (1,))),
        ((AWAY, PRESENT, MISSING), (Difference.LACKS, (0, 2))),
        ((PARTIAL, MISSING, PRESENT), (Difference.LACKS, (1,))),
        ((PRESENT, PARTIAL, PRESENT), (Difference.WEAKER, (1,))),
        ((Outcome.INCONCLUSIVE, PRESENT), (None, ())),
        ((Outcome.INCONCLUSIVE, PRESENT, MISSING), (Difference.LACKS, (2,))),
    ],
)
def test_a_disclosure(outcomes: tuple[Outcome, ...], told: tuple[Difference | None, tuple[int, ...]]) -> None:
    assert difference(*outcomes) == told


def test_an_outdated_mechanism_and_a_practice() -> None:
    def outdated(*outcomes: Outcome) -> Difference | None:
        made = [verdict(one)._replace(kind=Kind.OUTDATED) for one in outcomes]
        (element,) = compared(*(version(str(number), one) for number, one in enumerate(made))).elements
        return element.difference

    assert outdated(RELIED_ON, ABSENT) is outdated(ABSENT, MENTIONED) is Difference.OUTDATED
    assert outdated(RELIED_ON, MENTIONED) is Difference.STANCE
    assert outdated(MENTIONED, MENTIONED) is None
    assert difference(FOUND, ABSENT) == (Difference.PRACTICE, (1,))


def test_the_gravest_difference_comes_first() -> None:
    group = compared(
        version("en", verdict(PARTIAL), verdict(PRESENT, rule="b-rule")),
        version("de", verdict(PRESENT), verdict(MISSING, rule="b-rule")),
    )
    assert [(one.rule, one.difference) for one in group.elements] == [
        ("b-rule", Difference.LACKS),
        ("a-rule", Difference.WEAKER),
    ]
    assert [one and one.outcome for one in group.elements[0].verdicts] == [PRESENT, MISSING]


def test_an_accepted_finding_is_no_difference_that_counts() -> None:
    lacking = verdict(MISSING, severity=Severity.ERROR, state=State.SUPPRESSED)
    group = compared(version("en", verdict(PRESENT)), version("de", lacking))
    (element,) = group.elements
    assert (element.difference, element.accepted, element.counts) == (Difference.LACKS, True, False)
    assert not group.differs
    third = version("fr", verdict(MISSING, severity=Severity.ERROR))
    assert compared(*group.versions, third).differs


def test_a_rule_that_does_not_hold_for_a_version() -> None:
    group = compared(version("en", verdict(PRESENT)), version("de", verdict(MISSING), unjudged=frozenset({"a-rule"})))
    (element,) = group.elements
    assert element.verdicts == (verdict(PRESENT), None)
    assert (element.difference, element.compares) == (None, False)
    assert compared(version("en"), version("de", verdict(PRESENT))).elements[0].verdicts == (None, verdict(PRESENT))


def test_what_was_read_in_part_is_not_behind() -> None:
    partly = version("de", verdict(PARTIAL), status=Status.PARTIAL)
    group = compared(version("en", verdict(PRESENT)), partly)
    assert not group.differs
    assert not group.is_complete
    other = version("fr", verdict(MISSING))
    assert compared(version("en", verdict(MISSING)), version("de", verdict(PRESENT), status=Status.PARTIAL)).differs
    assert compared(version("en", verdict(PRESENT)), partly, other).elements[0].behind == (2,)


def rows(*versions: Version, **more: Any) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(one.kind.value, one.value, one.missing) for one in compared(*versions, **more).facts]


DAYS, MORE_DAYS = fact(FactKind.PERIOD, "30 days"), fact(FactKind.PERIOD, "60 days", 2)


def test_a_fact_that_one_version_lacks() -> None:
    assert rows(version("en", DAYS), version("de", DAYS), version("fr")) == [("period", "30 days", (2,))]
    assert rows(version("en", DAYS), version("de", MORE_DAYS)) == [
        ("period", "30 days", (1,)),
        ("period", "60 days", (0,)),
    ]
    assert rows(version("en", DAYS, DAYS), version("de", DAYS)) == [("period", "30 days", ())]


def test_the_passages_stand_beside_each_other() -> None:
    again = fact(FactKind.PERIOD, "30 days", 7, retention=True)
    (row,) = compared(version("en", DAYS), version("de"), version("fr", DAYS, again)).facts
    assert row.passages == ((DAYS.evidence,), (), (DAYS.evidence, again.evidence))
    assert row.retention
    assert row.compares


def test_what_may_say_so_spares_and_does_not_accuse() -> None:
    perhaps = DAYS._replace(perhaps=True)
    assert rows(version("en", DAYS), version("de", perhaps)) == [("period", "30 days", ())]
    assert rows(version("en", perhaps), version("de")) == []


def test_a_version_that_cannot_tell_lacks_nothing() -> None:
    assert rows(version("en", DAYS), version("da", kinds=frozenset({FactKind.EMAIL}))) == [("period", "30 days", ())]
    assert rows(version("en", DAYS), version("de", status=Status.PARTIAL)) == [("period", "30 days", ())]


def test_kinds_that_may_differ_are_left_out() -> None:
    mail = fact(FactKind.EMAIL, "a@shop.example")
    assert rows(version("en", DAYS, mail), version("de", DAYS), leave_out={FactKind.EMAIL}) == [
        ("period", "30 days", ())
    ]


def test_differences_come_first() -> None:
    name, mail = fact(FactKind.AUTHORITY, "IMY, Sweden"), fact(FactKind.EMAIL, "a@shop.example")
    assert rows(version("en", name, mail, DAYS), version("de", name, mail)) == [
        ("period", "30 days", (1,)),
        ("authority", "IMY, Sweden", ()),
        ("e-mail", "a@shop.example", ()),
    ]


def test_an_age_may_be_written_as_a_span() -> None:
    age, span = fact(FactKind.AGE, "16 years old"), fact(FactKind.PERIOD, "16 years")
    assert {missing for _, _, missing in rows(version("en", age), version("de", span))} == {()}
    assert {missing for _, _, missing in rows(version("en", age), version("de", span), version("fr"))} == {(2,)}


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        (FactKind.PHONE, "+4681234567", "081234567", True),
        (FactKind.PHONE, "+4681234567", "081234568", False),
        (FactKind.PHONE, "+4681234567", "81234567", False),
        (FactKind.LAST_CHANGE, "2026-03-01", "2026-03", True),
        (FactKind.LAST_CHANGE, "2026-03-01", "2026-04", False),
        (FactKind.LAST_CHANGE, "2026-12", "2026-1", False),
        (FactKind.PERIOD, "30 days", "30 days", True),
        (FactKind.PERIOD, "30 days", "130 days", False),
    ],
)
def test_values_that_may_be_the_same(kind: FactKind, one: str, other: str, same: bool) -> None:
    assert agree(kind, one, other) is agree(kind, other, one) is same


def test_the_fuller_value_stands_for_both() -> None:
    whole, short = fact(FactKind.LAST_CHANGE, "2026-03-01"), fact(FactKind.LAST_CHANGE, "2026-03")
    assert rows(version("en", short), version("de", whole)) == [("last-change", "2026-03-01", ())]


def test_the_exit_code() -> None:
    def code(*versions: Version) -> int:
        return parity_code(Parity("1", (), "2026-11-26", (compared(*versions),)))

    assert code(version("en", DAYS), version("de", DAYS)) == 0
    assert code(version("en", DAYS), version("de")) == 1
    assert code(version("en", verdict(PRESENT)), version("de", verdict(MISSING))) == 1
    assert code(version("en", DAYS), version("de"), version("fr", status=Status.NOT_AUDITED)) == 3

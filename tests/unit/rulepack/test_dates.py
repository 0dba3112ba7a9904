from datetime import date

import pytest

from privaudit.model import Outcome, Severity
from privaudit.rulepack.schema import Closing, Period, Rule, Source
from tests.unit.rulepack.conftest import RULE, Write, faults, load

MECHANISM = """id: old-pact
kind: outdated
severity: error
valid:
  from: 2000-01-02
  until: {day: 2020-07-16, source: A judgment, verified: no}
closing:
  from: {day: 2019-01-01, source: A notice}
  severity: note
  message: Nothing new since {closing}, until {until}.
messages: {relied-on: 'Gone since {until}, begun on {from}.'}
find: {any: [authority]}
"""
ON_IT = RULE.format(id="house-complaint").replace(
    "[complain, authority]", "[complain, {any: [authority], while: old-pact}]"
)


def rule(write: Write, name: str, **files: str) -> Rule:
    files = {"rules/old-pact.yaml": MECHANISM} | {
        f"{path.replace('__', '/')}.yaml": text for path, text in files.items()
    }
    found = load(write(files)).rule(name)
    assert found is not None
    return found


def test_a_date_may_have_its_source_and_a_doubt(write: Write) -> None:
    found = rule(write, "old-pact")
    assert found.valid == Period(date(2000, 1, 2), date(2020, 7, 16), Source(), Source("A judgment", False))
    assert isinstance(found.closing, Closing)
    assert found.closing[:2] == (date(2019, 1, 1), Severity.NOTE)
    assert found.closing.source == Source("A notice")


def test_sentences_name_the_dates_and_the_doubt(write: Write) -> None:
    found = rule(write, "old-pact")
    assert (
        found.messages[Outcome.RELIED_ON]
        == "Gone since about 16 July 2020 (date not verified), begun on 2 January 2000."
    )
    assert found.closing
    assert found.closing.message == "Nothing new since 1 January 2019, until about 16 July 2020 (date not verified)."


def test_another_pack_sets_dates_anew_and_leaves_the_others(write: Write) -> None:
    found = rule(write, "old-pact", shared="valid:\n  old-pact: {until: 2021-05-06}\n")
    assert found.valid == Period(date(2000, 1, 2), date(2021, 5, 6))
    assert found.messages[Outcome.RELIED_ON] == "Gone since 6 May 2021, begun on 2 January 2000."


@pytest.mark.parametrize(
    ("key", "day", "holds"),
    [
        ("while", date(1999, 12, 31), False),
        ("while", date(2000, 1, 2), True),
        ("while", date(2020, 7, 15), True),
        ("while", date(2020, 7, 16), False),
        ("after", date(2020, 7, 15), False),
        ("after", date(2020, 7, 16), True),
    ],
)
def test_a_condition_hangs_on_the_dates_of_a_mechanism(write: Write, key: str, day: date, holds: bool) -> None:
    found = rule(write, "house-complaint", **{"rules__house-complaint": ON_IT.replace("while", key)}).on(day)
    assert found.present
    assert ("authority" in found.concepts()) is holds


def test_after_a_mechanism_that_has_no_end_there_is_nothing(write: Write) -> None:
    endless = MECHANISM.replace("  until: {day: 2020-07-16, source: A judgment, verified: no}\n", "")
    files = {"rules__house-complaint": ON_IT.replace("while", "after"), "rules__old-pact": endless}
    assert "authority" not in rule(write, "house-complaint", **files).on(date(2100, 1, 1)).concepts()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"rules/old-pact.yaml": MECHANISM.replace("verified: no", "verified: perhaps")},
            "unknown value of verified 'perhaps'",
        ),
        (
            {"rules/old-pact.yaml": MECHANISM.replace("day: 2020-07-16, ", "")},
            "old-pact.yaml:6:10: 'until' lacks its day; write {day: 2018-05-25, source: …}",
        ),
        (
            {"rules/old-pact.yaml": MECHANISM.replace("  severity: note\n", "")},
            "'closing' needs from, severity and message; 'from' is the first day for nothing new",
        ),
        ({"shared.yaml": "valid: {old-pakt: {until: 2020-01-01}}\n"}, "shared.yaml:1:9: unknown rule 'old-pakt'"),
        (
            {"shared.yaml": "valid: {house-complaint: {until: 2020-01-01}}\n"},
            "shared.yaml:1:9: 'house-complaint' is a disclosure rule; only an outdated rule has a mechanism with dates",
        ),
        (
            {"rules/house-complaint.yaml": ON_IT.replace("while: old-pact", "while: old-pact, after: old-pact")},
            "has both 'while' and 'after'; leave one out",
        ),
        (
            {"rules/house-complaint.yaml": ON_IT.replace("while: old-pact", "while: old-pakt")},
            "unknown rule 'old-pakt'",
        ),
    ],
)
def test_what_is_wrong_with_a_date_is_told_at_its_place(write: Write, files: dict[str, str], expected: str) -> None:
    assert any(expected in one for one in faults(write({"rules/old-pact.yaml": MECHANISM, **files})))

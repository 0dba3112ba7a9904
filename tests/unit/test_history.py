"""The turns and courses of a history, with texts that are judged by a word of them."""

from datetime import date

import pytest

from privaudit.compare import Side
from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.history import History, Version, law_days, tell
from privaudit.model import DocumentReport, Kind, Outcome, Severity, Status, Verdict
from privaudit.rulepack.schema import Closing, Condition, Detector, Period, Place, Rule

END = date(2020, 7, 16)
PACT = Rule("old-pact", "The old pact", Kind.OUTDATED, Place("x.yaml", 1, 1), (), "", "", (), valid=Period(None, END))
AS_OF = date(2021, 1, 1)
ON_A_PACT = Condition("concept", "pact", while_="other-pact", period=Period(None, END))


def version(day: date, text: str) -> Version:
    return Version(f"commit of {day}", day, "A step", "x.md", text)


def history(*versions: Version, rules: tuple[Rule, ...] = (PACT,), since: date | None = None) -> History:
    def judge(number: int, day: date) -> Side:
        text = versions[number].text
        asked.append((text, day))
        status = Status.NOT_AUDITED if text == "unread" else Status.AUDITED
        relied = "pact" in text
        severity = Severity.ERROR if relied and day >= END else None
        outcome = Outcome.RELIED_ON if relied else Outcome.ABSENT
        verdict = Verdict(PACT.id, Kind.OUTDATED, outcome, "", "", severity=severity)
        verdicts = (verdict,) if status is Status.AUDITED else ()
        return Side(DocumentReport("x.md", "text/plain", text, 1, UNKNOWN_LANGUAGE, status, (), verdicts), text)

    asked.clear()
    return tell(versions, judge, rules, version="1", packs=(), file="x.md", as_of=AS_OF, since=since)


asked: list[tuple[str, date]] = []


def said(found: History) -> list[tuple[date, str]]:
    return [(turn.day, "law" if turn.by_law else turn.version.text) for turn in found.turns]


def test_the_law_turns_a_text_that_stands() -> None:
    found = history(version(date(2019, 1, 1), "pact"))
    assert said(found) == [(date(2019, 1, 1), "pact"), (END, "law")]
    assert found.turns[1].by_law == ("old-pact",)
    assert (found.courses[0].overdue, found.courses[0].is_standing) == (169, True)


def test_on_a_day_with_both_the_law_comes_first() -> None:
    found = history(version(date(2019, 1, 1), "pact"), version(END, "nothing"))
    assert said(found) == [(date(2019, 1, 1), "pact"), (END, "law"), (END, "nothing")]
    assert (found.courses[0].overdue, found.courses[0].is_standing) == (0, False)
    assert [phase.outcome for phase in found.courses[0].phases] == [Outcome.RELIED_ON, Outcome.ABSENT]


def test_a_text_that_comes_back_is_judged_once_between_two_dates() -> None:
    days = [date(2019, 1, day) for day in range(1, 9)]
    history(*(version(day, ("pact", "nothing")[day.day % 2]) for day in days))
    assert [text for text, _ in asked] == ["nothing", "pact", "pact"]
    assert asked[-1][1] == END


def test_what_could_not_be_read_is_no_change_and_leaves_the_days_open() -> None:
    found = history(
        version(date(2020, 8, 1), "pact"), version(date(2020, 8, 11), "unread"), version(date(2020, 9, 1), "nothing")
    )
    assert said(found) == [(date(2020, 8, 1), "pact"), (date(2020, 9, 1), "nothing")]
    assert found.courses[0].overdue == 10
    assert found.exit_code == 3


def test_a_file_that_is_taken_away_relies_on_nothing() -> None:
    found = history(
        version(date(2020, 8, 1), "pact"), version(date(2020, 8, 11), ""), version(date(2020, 12, 31), "pact")
    )
    assert said(found) == [(date(2020, 8, 1), "pact"), (date(2020, 8, 11), ""), (date(2020, 12, 31), "pact")]
    assert [turn.first is not None for turn in found.turns] == [True, False, True]
    assert (found.courses[0].overdue, found.courses[0].is_standing) == (11, True)
    assert found.exit_code == 0


def test_several_texts_of_one_day_leave_one_phase() -> None:
    day = date(2020, 8, 1)
    found = history(version(day, "pact"), version(day, "nothing"), version(day, "pact and more"))
    assert [(phase.start, phase.until) for phase in found.courses[0].phases] == [(day, None)]


def test_since_lists_less_and_counts_all() -> None:
    found = history(version(date(2019, 1, 1), "pact"), version(date(2020, 12, 1), "nothing"), since=date(2020, 8, 1))
    assert said(found) == [(date(2020, 12, 1), "nothing")]
    assert [told.version.text for told in found.versions] == ["nothing"]
    assert found.courses[0].overdue == 138


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (PACT, [END]),
        (PACT._replace(closing=Closing(date(2020, 1, 2))), [date(2020, 1, 2), END]),
        (PACT._replace(valid=Period(), in_force=Period(date(2018, 5, 25))), []),
        (PACT._replace(valid=Period(), detect=Detector.STALE_DATE), [date(2020, 1, 1), date(2021, 1, 1)]),
        (PACT._replace(valid=Period(None, date(2021, 1, 2))), []),
        (PACT._replace(valid=Period(), find=Condition("any", "", (ON_A_PACT,))), [END]),
    ],
)
def test_the_law_changes_on_the_dates_of_its_rules(rule: Rule, expected: list[date]) -> None:
    assert list(law_days([rule], date(2019, 6, 1), AS_OF)) == expected

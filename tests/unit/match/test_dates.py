from datetime import date, timedelta

import pytest

from privaudit.match.dates import relied_on
from privaudit.model import Kind, Outcome, Severity, Verdict
from privaudit.rulepack.schema import Closing, Period, Place, Rule, Source

START, NEAR, END = date(2016, 7, 12), date(2019, 1, 1), date(2020, 7, 16)
PACT = Rule("old-pact", "The old pact", Kind.OUTDATED, Place("x.yaml", 1, 1), (), "", "", (), valid=Period(START, END))
CLOSING = PACT._replace(closing=Closing(NEAR, Severity.WARNING, "Nothing new."))
VERDICT = Verdict(PACT.id, Kind.OUTDATED, Outcome.RELIED_ON, "Gone.", "", severity=Severity.ERROR)
DAY = timedelta(days=1)
EARLY = "not yet valid on 2016-07-11, from 2016-07-12"
LATE = "valid on 2019-01-01 only for what began before 2019-01-01, until 2020-07-16"


@pytest.mark.parametrize(
    ("rule", "day", "severity", "message", "because"),
    [
        (PACT, START - DAY, None, "The old pact: relied on, and not yet valid.", EARLY),
        (PACT, START, None, "The old pact: relied on, and valid.", "valid on 2016-07-12, until 2020-07-16"),
        (PACT, END - DAY, None, "The old pact: relied on, and valid.", "valid on 2020-07-15, until 2020-07-16"),
        (PACT, END, Severity.ERROR, "Gone.", ""),
        (CLOSING, NEAR - DAY, None, "The old pact: relied on, and valid.", "valid on 2018-12-31, until 2020-07-16"),
        (CLOSING, NEAR, Severity.WARNING, "Nothing new.", LATE),
        (CLOSING, END, Severity.ERROR, "Gone.", ""),
    ],
)
def test_what_it_means_to_rely_on_a_mechanism_hangs_on_the_day(
    rule: Rule, day: date, severity: Severity | None, message: str, because: str
) -> None:
    found = relied_on(VERDICT, rule, day)
    assert (found.outcome, found.severity, found.message, found.because) == (
        Outcome.RELIED_ON,
        severity,
        message,
        because,
    )


def test_near_its_end_a_mechanism_weighs_no_more_than_it_would_after() -> None:
    note = VERDICT._replace(severity=Severity.NOTE)
    assert relied_on(note, CLOSING, NEAR).severity is Severity.NOTE
    assert relied_on(VERDICT._replace(severity=None), CLOSING, NEAR).severity is None


def test_a_date_that_nobody_has_looked_up_is_told_as_such() -> None:
    doubtful = PACT._replace(valid=Period(START, END, Source(), Source("hearsay", False)))
    assert relied_on(VERDICT, doubtful, START).because.endswith(", until about 2020-07-16 (date not verified)")

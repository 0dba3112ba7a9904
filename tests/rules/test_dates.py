"""The dates of the built-in pack: what a text is found for, day by day."""

import functools
from datetime import date, timedelta
from pathlib import Path

import pytest

from privaudit.engine import CompiledRules, audit
from privaudit.language import annotate
from privaudit.model import Outcome, Verdict
from privaudit.read import read_document
from privaudit.rulepack.load import load_rules, pack_folders

# A rule, a text that relies on its mechanism, the first day no longer, and what it weighs on the day before and then.
ENDS = [
    ("outdated-safe-harbor", "Our host adheres to the EU-US Safe Harbor Principles.", "2015-10-06", None, "error"),
    ("outdated-safe-harbor-ch", "We adhere to the US-Swiss Safe Harbor Framework.", "2015-10-07", None, "warning"),
    ("outdated-safe-harbor-ch", "We adhere to the US-Swiss Safe Harbor Framework.", "2017-01-12", "warning", "error"),
    ("outdated-privacy-shield", "Statly is certified under the EU-US Privacy Shield.", "2020-07-16", None, "error"),
    (
        "outdated-privacy-shield-ch",
        "Statly is certified under the Swiss-US Privacy Shield.",
        "2020-09-08",
        None,
        "error",
    ),
    ("outdated-sccs", "We comply with the clauses of Decision 2010/87/EU.", "2021-09-27", None, "warning"),
    ("outdated-sccs", "We comply with the clauses of Decision 2010/87/EU.", "2022-12-27", "warning", "error"),
    (
        "outdated-sccs-uk",
        "For the UK we comply with the clauses of Decision 2010/87/EU.",
        "2024-03-22",
        "warning",
        "error",
    ),
    ("outdated-authority-se", "You may complain to Datainspektionen.", "2021-01-01", None, "warning"),
    ("outdated-national-law-ttdsg", "Under the TTDSG we ask for your consent.", "2024-05-14", None, "note"),
    ("outdated-national-law-tmg-privacy", "Profiles are kept under section 15 TMG.", "2021-12-01", None, "warning"),
    ("outdated-national-law-tmg", "Data is handled in accordance with the TMG.", "2024-05-14", None, "warning"),
    (
        "outdated-national-law-fr",
        "Articles 39 and 40 of the law of 6 January 1978 apply.",
        "2019-06-01",
        None,
        "warning",
    ),
    (
        "outdated-notification-fr",
        "The file is declared to the CNIL under number 1234567.",
        "2018-05-25",
        None,
        "warning",
    ),
    ("outdated-authority-wp29", "You may complain to the Article 29 Working Party.", "2018-05-25", None, "warning"),
    ("outdated-odr-platform", "We refer to the ODR platform.", "2025-03-20", None, "note"),
    ("outdated-odr-platform", "We refer to the ODR platform.", "2025-07-20", "note", "warning"),
]

SHIELDS = ["outdated-privacy-shield", "outdated-privacy-shield-ch"]
HARBORS = ["outdated-safe-harbor", "outdated-safe-harbor-ch"]
FRAMEWORK = "Personal data is transferred to the US; the host is certified under the EU-US Data Privacy Framework."


@functools.cache
def rules(*packs: str) -> CompiledRules:
    return CompiledRules(load_rules(pack_folders(list(packs)), ["en"]))


def verdicts(text: str, day: str | date, *packs: str) -> dict[str, Verdict]:
    known = rules(*packs)
    document = annotate(read_document("x.md", text.encode()), known.ruleset.languages, "en")
    found = audit(document, known, date.fromisoformat(day) if isinstance(day, str) else day)
    return {verdict.rule: verdict for verdict in found}


@pytest.mark.parametrize(("rule", "text", "until", "before", "after"), ENDS)
def test_a_mechanism_is_found_from_the_first_day_no_longer(
    rule: str, text: str, until: str, before: str | None, after: str
) -> None:
    end = date.fromisoformat(until)
    then, now = (verdicts(text, day)[rule] for day in (end - timedelta(days=1), end))
    assert then.outcome is now.outcome is Outcome.RELIED_ON
    assert (then.severity, now.severity) == (before, after)
    assert then.because.startswith("valid on ")


def test_before_its_first_day_a_mechanism_is_no_finding_and_no_safeguard() -> None:
    found = {day: verdicts(FRAMEWORK, day) for day in ("2023-07-09", "2023-07-10")}
    early, due = (found[day]["outdated-data-privacy-framework"] for day in found)
    assert (early.severity, due.severity) == (None, None)
    assert early.because == "not yet valid on 2023-07-09, from 2023-07-10"
    assert due.because == "valid on 2023-07-10"
    safeguards = [found[day]["art13-1-f-safeguards"].outcome for day in found]
    assert safeguards == [Outcome.PARTIAL, Outcome.PRESENT]


@pytest.mark.parametrize(
    ("claim", "outcomes"),
    [
        ("the adequacy decision for the Data Privacy Framework", ["partial", "partial", "present"]),
        ("Art. 45 GDPR (Data Privacy Framework)", ["partial", "partial", "present"]),
        ("the adequacy decision for the Privacy Shield", ["present", "partial", "partial"]),
        ("an adequacy decision", ["present", "present", "present"]),
        ("standard contractual clauses and, once valid, the Data Privacy Framework", ["present", "present", "present"]),
    ],
)
def test_an_adequacy_decision_is_a_safeguard_while_its_framework_is_valid(claim: str, outcomes: list[str]) -> None:
    text = f"Personal data is transferred to the United States on the basis of {claim}."
    days = ("2020-07-15", "2023-07-09", "2023-07-10")
    assert [verdicts(text, day)["art13-1-f-safeguards"].outcome for day in days] == outcomes


def test_a_mechanism_is_a_safeguard_while_it_is_valid() -> None:
    text = "Personal data is transferred to the United States; the host is certified under the EU-US Privacy Shield."
    outcomes = [verdicts(text, day)["art13-1-f-safeguards"].outcome for day in ("2020-07-15", "2020-07-16")]
    assert outcomes == [Outcome.PRESENT, Outcome.PARTIAL]


def test_one_dated_line_of_a_pack_strikes_a_mechanism_down(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_text("valid:\n  outdated-data-privacy-framework: {until: 2027-03-01}\n")
    before, after = (verdicts(FRAMEWORK, day, str(tmp_path)) for day in ("2027-02-28", "2027-03-01"))
    rule = "outdated-data-privacy-framework"
    assert (before[rule].severity, after[rule].severity) == (None, "error")
    assert after[rule].message.endswith("which has been no basis for transfers since 1 March 2027.")
    assert [one["art13-1-f-safeguards"].outcome for one in (before, after)] == [Outcome.PRESENT, Outcome.PARTIAL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We comply with the EU-US Privacy Shield.", ["outdated-privacy-shield"]),
        ("We comply with the Swiss-US Privacy Shield.", ["outdated-privacy-shield-ch"]),
        ("We comply with the U.S.-Swiss Privacy Shield.", ["outdated-privacy-shield-ch"]),
        ("We comply with the EU-US and Swiss-US Privacy Shield.", SHIELDS),
        ("We comply with the Swiss-US and EU-US Privacy Shield.", SHIELDS),
        ("We comply with the U.S.-EU Safe Harbor and the U.S.-Swiss Safe Harbor.", HARBORS),
        ("We comply with the U.S.-Swiss Safe Harbor.", ["outdated-safe-harbor-ch"]),
    ],
)
def test_the_swiss_arrangements_are_apart(text: str, expected: list[str]) -> None:
    found = verdicts(text, "2026-01-01")
    assert sorted(rule for rule, one in found.items() if one.outcome is Outcome.RELIED_ON) == expected


def test_clauses_for_the_union_and_the_united_kingdom_follow_the_earlier_end() -> None:
    both = verdicts("For the EEA and the UK we comply with the clauses of Decision 2010/87/EU.", "2023-01-01")
    assert (both["outdated-sccs"].severity, both["outdated-sccs-uk"].outcome) == ("error", Outcome.ABSENT)
    one = verdicts("For the UK we comply with the clauses of Decision 2010/87/EU.", "2023-01-01")
    assert (one["outdated-sccs"].outcome, one["outdated-sccs-uk"].severity) == (Outcome.ABSENT, "warning")


def test_before_the_regulation_applied_nothing_of_it_passes() -> None:
    found = verdicts("We sell bicycles.", "2018-05-24")
    duties = [one for one in found.values() if one.kind != "outdated"]
    assert {one.because for one in duties} == {"not in force on 2018-05-24"}
    assert {one.outcome for one in duties} == {Outcome.NOT_APPLICABLE, Outcome.ABSENT}
    assert all(one.message.endswith(": not in force on 2018-05-24.") for one in duties)
    assert found["art13-2-d-complaint"].severity is None
    assert verdicts("We sell bicycles.", "2018-05-25")["art13-2-d-complaint"].severity == "error"


def test_a_link_is_dead_from_the_end_of_its_mechanism_on() -> None:
    text = "See [the list](https://www.privacyshield.gov/list) and [the authority](https://www.datainspektionen.se/)."
    counts = [len(verdicts(text, day)["dead-mechanism-link"].evidence) for day in ("2020-07-15", "2020-07-16")]
    assert counts == [0, 1]
    assert verdicts(text, "2021-01-01")["dead-mechanism-link"].evidence[0].marks != ()


def test_every_date_has_its_source() -> None:
    dates = [
        (rule.id, day, source.text)
        for rule in rules().ruleset.rules
        for period in (rule.valid, rule.in_force)
        for day, source in ((period.start, period.start_source), (period.until, period.until_source))
    ]
    dates += [(one.id, one.closing.day, one.closing.source.text) for one in rules().ruleset.rules if one.closing]
    assert [rule for rule, day, source in dates if day and not source] == []

"""Grades at the gate: what fails on them, how it is shown and accepted, and what is said of wrong names."""

import json

import pytest

from tests.unit.house import COMPLAINT, House

STORAGE = """id: storage
kind: disclosure
severity: error
messages: {present: Says how long.}
present: {any: [period, event]}
partial: {any: [phrase]}
grades:
  - {id: period, title: a period, when: {any: [period]}}
  - {id: event, title: an event, is: present}
  - {id: phrase, title: a phrase, weak: yes, is: partial}
words:
  en:
    period: [six months]
    event: [until you leave]
    phrase: [as long as necessary]
"""
PERIOD = COMPLAINT + "\nIt is kept for six months.\n"
EVENT = COMPLAINT + "\nIt is kept until you leave.\n"
PHRASE = COMPLAINT + "\nIt is kept as long as necessary.\n"


@pytest.fixture(name="graded")
def graded_house(house: House) -> House:
    (house.pack / "rules" / "storage.yaml").write_text(STORAGE)
    return house


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (PHRASE, "error", 0),
        (PHRASE, "error,weak", 1),
        (EVENT, "error,weak", 0),
        (EVENT, "error,storage:event", 1),
        (PHRASE, "error,storage:event", 1),
        (PERIOD, "error,storage:event", 0),
        (PERIOD, "error,storage:period", 1),
        (EVENT, "never,storage:event", 1),
        # What is not told at all is told less than in the weakest grade.
        (COMPLAINT, "storage:phrase", 1),
        (COMPLAINT, "weak", 1),
        (PERIOD, "storage:phrase", 0),
    ],
)
def test_what_fails(graded: House, text: str, fail_on: str, code: int) -> None:
    graded.write("a.md", text)
    assert graded.check("a.md", "--fail-on", fail_on).code == code


def test_what_fails_is_shown_as_a_note(graded: House) -> None:
    graded.write("a.md", EVENT)
    assert graded.check("a.md").out == ""
    shown = graded.check("a.md", "--fail-on", "storage:event").out
    assert shown == "a.md:3:1: note storage Says how long. (grade: event)\n"
    report = graded.report("a.md", "--fail-on", "storage:event")
    (verdict,) = (one for one in report["documents"][0]["verdicts"] if one["rule"] == "storage")
    assert (verdict["outcome"], verdict["severity"]) == ("present", "note")
    assert verdict["because"] == "is as specific as “an event”, and more is asked for"
    assert verdict["grade"]["id"] == "event"
    assert report["summary"]["notes"] == 1


def test_by_default_no_count_changes(graded: House) -> None:
    graded.write("a.md", EVENT)
    summary = graded.report("a.md")["summary"]
    assert (summary["errors"], summary["warnings"], summary["notes"], summary["exit_code"]) == (0, 0, 0, 0)


def test_a_severity_of_the_configuration_holds_for_it(graded: House) -> None:
    graded.write("a.md", EVENT)
    graded.write("privaudit.yaml", "fail_on: ['storage:event']\nseverity: {storage: error}\n")
    found = graded.check("a.md")
    assert (found.code, found.out) == (1, "a.md:3:1: error storage Says how long. (grade: event)\n")


def test_a_layer_may_say_more_elsewhere(graded: House) -> None:
    graded.write("a.md", EVENT)
    graded.write("privaudit.yaml", "fail_on: ['storage:event']\nlayer: true\n")
    assert graded.check("a.md").code == 0


def test_it_is_suppressed_as_any_finding(graded: House) -> None:
    graded.write("a.md", EVENT.replace("\nIt is", '\n<!-- privaudit: ignore storage reason="Agreed." -->\nIt is'))
    assert graded.check("a.md", "--fail-on", "storage:event").code == 0


def test_it_stands_in_a_baseline_where_the_configuration_asks_for_it(graded: House) -> None:
    graded.write("a.md", EVENT)
    graded.write("privaudit.yaml", "fail_on: ['storage:event']\n")
    assert graded.call("baseline", "a.md").code == 0
    entries = json.loads((graded.here / "privaudit-baseline.json").read_text())["entries"]
    assert [one["rule"] for one in entries] == ["storage"]
    assert graded.check("a.md", "--baseline", "privaudit-baseline.json").code == 0
    graded.write("a.md", EVENT.replace("is kept", "may be kept"))
    assert graded.check("a.md", "--baseline", "privaudit-baseline.json").code == 1


def test_a_new_version_that_says_less_fails_the_comparison(graded: House) -> None:
    graded.write("old.md", PERIOD)
    graded.write("new.md", EVENT)
    assert graded.call("diff", "old.md", "new.md").code == 0
    assert graded.call("diff", "old.md", "new.md", "--fail-on", "storage:event").code == 1
    assert graded.call("diff", "new.md", "old.md", "--fail-on", "storage:event").code == 0


def test_several_processes_come_to_the_same(graded: House) -> None:
    for name in ("a.md", "b.md"):
        graded.write(name, EVENT)
    alone, together = (
        graded.check("a.md", "b.md", "--fail-on", "storage:event", "--jobs", jobs) for jobs in ("1", "2")
    )
    assert alone == together
    assert alone.code == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("fail_on", "message"),
    [
        ("storage:perod", "--fail-on: storage has no grade 'perod'; write one of: period, event, phrase"),
        ("storag:period", "--fail-on: 'storag' is no rule with grades; did you mean storage?"),
        ("tram:period", "--fail-on: 'tram' is no rule with grades; rules with grades: storage"),
        ("weal", "--fail-on: 'weal' is no severity and no rule; did you mean weak?"),
    ],
)
def test_wrong_names(graded: House, jobs: str, fail_on: str, message: str) -> None:
    for name in ("a.md", "b.md"):
        graded.write(name, EVENT)
    found = graded.check("a.md", "b.md", "--fail-on", fail_on, "--jobs", jobs)
    assert (found.code, found.err) == (2, f"error: {message}\n")


def test_a_gate_that_could_never_close_is_wrong_use(house: House) -> None:
    house.write("a.md", COMPLAINT)
    found = house.check("a.md", "--fail-on", "weak")
    assert (found.code, found.err) == (
        2,
        "error: --fail-on: no rule has weak grades, so that nothing could ever fail\n",
    )


def test_a_notice_of_several_files_has_its_grade_where_it_is_told(graded: House) -> None:
    graded.write("a.md", COMPLAINT + "\nIt is kept until you leave.\n")
    graded.write("b.md", "# More\n\nIt is kept for six months.\n")
    graded.write("privaudit.yaml", "notices:\n  - {name: whole, files: [a.md, b.md]}\n")
    report = graded.report("a.md", "b.md")
    grades = [
        (one["grade"]["id"], [piece["line"] for piece in one["grade"]["evidence"]]) if "grade" in one else None
        for document in report["documents"]
        for one in document["verdicts"]
        if one["rule"] == "storage"
    ]
    assert grades == [None, ("period", [3])]

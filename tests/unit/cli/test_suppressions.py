"""Suppressions from end to end: in documents of each kind, in the configuration, and in every format."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from privaudit.cli.main import run
from tests.unit.house import COMPLAINT, PLAIN, House

TRAMS = "Trams run here.\n\nOther trams run there.\n"


def mark(rule: str, rest: str = 'reason="agreed"', verb: str = "ignore") -> str:
    return f"<!-- privaudit: {verb} {rule} {rest} -->\n"


def test_one_of_two_passages(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("tram") + TRAMS)
    assert house.states("a.md") == {"tram": ["suppressed", "new"]}
    report = house.report("a.md")
    verdict = next(one for one in report["documents"][0]["verdicts"] if one["rule"] == "tram")
    assert verdict["state"] == "new"
    assert [one.get("justification") for one in verdict["evidence"]] == ["agreed", None]
    assert (report["summary"]["notes"], report["summary"]["suppressed"]) == (1, 0)
    assert house.check("a.md").out == "a.md:7:1: note tram tram.\n"
    assert house.check("a.md", "--fail-on", "tram").code == 1


def test_one_of_two_passages_in_the_formats_for_machines(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("tram") + TRAMS)
    names = ("csv", "gitlab", "sarif", "github")
    house.check("a.md", *(f"--format={name}=out.{name}" for name in names))
    rows = Path("out.csv").read_text().splitlines()[1:]
    assert [row.split(",")[6] for row in rows] == ['"suppressed"', '"new"']
    assert [one["location"]["lines"]["begin"] for one in json.loads(Path("out.gitlab").read_text())] == [7]
    results = json.loads(Path("out.sarif").read_text())["runs"][0]["results"]
    assert [bool(one.get("suppressions")) for one in results] == [True, False]
    assert Path("out.github").read_text().count("::notice") == 1


def test_a_finding_that_is_accepted_whole_fails_no_gate(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("vehicle", verb="ignore-file") + TRAMS + "\nBicycles, too.\n")
    assert house.states("a.md") == {"tram": ["suppressed"] * 2, "bicycle": ["suppressed"]}
    assert house.check("a.md", "--fail-on", "note") == (0, "", "")
    assert house.report("a.md")["summary"]["suppressed"] == 2


def test_a_missing_disclosure_is_accepted_wherever_the_suppression_stands(house: House) -> None:
    house.write("a.md", PLAIN + "\n" + mark("complaint"))
    house.write("b.txt", PLAIN + '\n# privaudit: ignore complaint reason="agreed"\n')
    house.write("c.html", f"<p>{PLAIN}{mark('complaint')}</p>")
    assert house.check("a.md", "b.txt", "c.html") == (0, "", "")


@pytest.mark.parametrize(
    ("rest", "day", "told"),
    [
        ("", "2026-11-26", "error suppression-without-reason The suppression of complaint has no reason"),
        ('reason="x" until=2026-11-26', "2026-11-26", "warning suppression-expired The suppression of complaint held"),
        ('reason="x" until=2026-11-26', "2026-11-25", ""),
        ('reason="x" until=soon', "2026-11-26", "error suppression-malformed The suppression cannot be understood"),
    ],
)
def test_what_is_wrong_about_a_suppression_is_a_finding_at_its_place(
    house: House, rest: str, day: str, told: str
) -> None:
    house.write("a.md", PLAIN + "\n" + mark("complaint", rest))
    code, out, err = house.check("a.md", "--as-of", day)
    assert (f"a.md:3:1: {told}" in out) if told else (out == "")
    assert ("error complaint" in out) == bool(told)
    assert (code, err) == (1 if told else 0, "")


@pytest.mark.parametrize(("day", "code"), [("2026-11-25", 0), ("2026-11-26", 1), ("2026-11-27", 1)])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Adak"])
def test_the_day_is_that_of_the_run_in_utc(
    house: House, monkeypatch: pytest.MonkeyPatch, day: str, code: int, zone: str
) -> None:
    last = datetime.fromisoformat(f"{day}T23:59:59+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(last.timestamp())))
    house.write("a.md", PLAIN + "\n" + mark("complaint", 'reason="x" until=2026-11-26'))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        result = house.check("a.md")
    time.tzset()
    assert result.code == code


def test_an_unused_one_and_strictness(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("tram") + "\nNo more.\n")
    told = "suppression-unused No finding needs the suppression of tram.\n"
    assert house.check("a.md") == (0, f"a.md:4:1: warning {told}", "")
    assert house.check("a.md", "--fail-on", "suppression-unused").code == 1
    assert house.check("a.md", "--fail-on", "suppression").code == 1
    assert house.check("a.md", "--fail-on", "suppression-expired").code == 0
    assert house.check("a.md", "--strict-suppressions") == (1, f"a.md:4:1: error {told}", "")
    house.write("privaudit.yaml", "severity: {suppression-unused: note}\n")
    assert house.check("a.md") == (0, f"a.md:4:1: note {told}", "")


def test_what_is_selected_hides_no_finding_about_suppressions(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("tram", "") + TRAMS + "\n" + mark("nothing"))
    for arguments in (("--select", "complaint"), ("--ignore", "vehicle")):
        assert list(house.states("a.md", *arguments)) == ["suppression-without-reason", "suppression-unused"]


def test_a_suppression_of_a_rule_that_was_not_judged_is_not_called_unused(house: House) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("bus") + "\n" + mark("vehicle") + "\nNo more.\n")
    assert list(house.states("a.md", "--select", "bicycle")) == []
    assert list(house.states("a.md", "--profile", "strict")) == ["suppression-unused"]


def test_a_document_that_was_read_in_part_has_no_unused_suppressions(house: House) -> None:
    polish = "Przetwarzamy Twoje dane osobowe, aby zrealizować zamówienie oraz odpowiedzieć na Twoje pytania. " * 5
    house.write("a.en.md", PLAIN * 3 + COMPLAINT + "\n" + mark("tram") + f"\n{polish}\n")
    arguments = ("check", "a.en.md", "--rules", str(house.pack), "--no-builtin", "--quiet")
    code, out, _ = house.run(*arguments)
    assert code == 3
    assert "incomplete language-uncovered" in out
    assert "suppression-unused" not in out


# -- in the configuration


CONFIGURED = """\
suppressions:
  - rule: tram
    paths: [legal/]
    reason: agreed
    until: 2027-01-31
"""


def test_in_the_configuration(house: House) -> None:
    house.write("privaudit.yaml", CONFIGURED)
    for name in ("legal/privacy.md", "privacy.md"):
        house.write(name, PLAIN + COMPLAINT + "\n" + TRAMS)
    out = house.check(".").out
    assert out == "privacy.md:4:1: note tram tram.\nprivacy.md:6:1: note tram tram.\n"
    verdicts = house.report(".")["documents"][0]["verdicts"]
    assert next(one for one in verdicts if one["rule"] == "tram")["justification"] == "agreed"
    out = house.check(".", "--as-of", "2027-01-31").out
    assert "legal/privacy.md:4:1: note tram" in out
    assert "privaudit.yaml:2:5: warning suppression-expired" in out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "suppressions: [{rule: trm, reason: x}]",
            "privaudit.yaml:1:23: 'trm' is no rule and no group; did you mean tram",
        ),
        ("suppressions: [{rule: tram}]", "privaudit.yaml:1:16: a suppression needs 'reason', why"),
        ("suppressions: [{rule: tram, reason: ' '}]", "privaudit.yaml:1:37: reason is empty"),
        ("suppressions: [{reason: x}]", "privaudit.yaml:1:16: a suppression needs 'rule'"),
        ("suppressions: [{rule: tram, reason: x, until: soon}]", "privaudit.yaml:1:47: 'soon' is no date"),
        ("suppressions: [{rule: tram, reason: x, untill: 1}]", "unknown key 'untill' in a suppression; did you mean"),
        ("suppressions: [{rule: suppresion-unused, reason: x}]", "'suppresion-unused' is no rule and no group"),
        ("suppressions: [{rule: suppression-unusd, reason: x}]", "did you mean suppression-unused?"),
    ],
)
def test_faults_of_the_configuration_stop_the_run(house: House, text: str, told: str) -> None:
    house.write("privaudit.yaml", text)
    house.write("a.md", PLAIN)
    code, out, err = house.check("a.md")
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


def test_an_unused_one_of_the_configuration_is_a_finding_in_its_file(house: House) -> None:
    house.write("privaudit.yaml", CONFIGURED)
    house.write("legal/privacy.md", PLAIN + COMPLAINT)
    told = "privaudit.yaml:2:5: warning suppression-unused No finding needs the suppression of tram.\n"
    assert house.check(".") == (0, told, "")
    assert house.check(".", "--strict-suppressions").code == 1
    report = house.report(".")
    assert [one["path"] for one in report["configuration"]] == ["privaudit.yaml"]
    assert report["summary"]["documents"] == 1


def test_a_run_that_did_not_look_everywhere_calls_none_unused(house: House) -> None:
    house.write("privaudit.yaml", CONFIGURED.replace("    paths: [legal/]\n", ""))
    house.write("legal/privacy.md", PLAIN + COMPLAINT)
    house.write("other/privacy.md", PLAIN + COMPLAINT + TRAMS)
    assert house.check("legal") == (0, "", "")
    assert house.check("legal/privacy.md") == (0, "", "")
    house.write("other/privacy.md", PLAIN + COMPLAINT)
    assert "suppression-unused" in house.check("legal", "other", ".").out


@pytest.mark.parametrize(
    ("paths", "argument", "known"),
    [
        ("legal/privacy.md", "legal/privacy.md", True),
        ("legal/*.md", "legal/privacy.md", False),
        ("legal/*.md", "legal", True),
        ("legal/", "legal/privacy.md", False),
        ("privacy.md", "legal", False),
        ("/legal", "legal", True),
        ("legal/gone.md", ".", True),
        ("le*/privacy.md", "legal", False),
    ],
)
def test_what_a_run_can_know_follows_from_the_patterns(house: House, paths: str, argument: str, known: bool) -> None:
    house.write("privaudit.yaml", f"suppressions: [{{rule: tram, paths: ['{paths}'], reason: agreed}}]\n")
    house.write("legal/privacy.md", PLAIN + COMPLAINT)
    assert ("suppression-unused" in house.check(argument).out) is known


def test_one_in_a_file_that_is_extended_means_paths_from_there(house: House) -> None:
    house.write("shared/base.yaml", CONFIGURED)
    house.write("privaudit.yaml", "extends: shared/base.yaml\n")
    for name in ("shared/legal/privacy.md", "legal/privacy.md"):
        house.write(name, PLAIN + COMPLAINT + "\nTrams run here.\n")
    assert house.check(".").out == "legal/privacy.md:4:1: note tram tram.\n"


def test_findings_about_suppressions_may_be_accepted_by_the_configuration(house: House) -> None:
    house.write("privaudit.yaml", "suppressions: [{rule: suppression-unused, reason: we are moving them}]\n")
    house.write("privacy.md", PLAIN + COMPLAINT + "\n" + mark("tram") + "\nNo more.\n")
    assert house.check(".") == (0, "", "")


def test_it_survives_a_saved_report(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.write("a.md", PLAIN + COMPLAINT + "\n" + mark("tram") + TRAMS)
    house.check("a.md", "--format", "json=report.json", "--format", "csv=direct.csv")
    assert run(["convert", "report.json", "--format", "csv=converted.csv"]) == 0
    capsys.readouterr()
    assert Path("converted.csv").read_bytes() == Path("direct.csv").read_bytes()

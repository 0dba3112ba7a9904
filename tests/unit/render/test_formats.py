"""Each format read by a consumer that is not ours."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, TestSuite
from junitparser import Skipped as SkippedCase
from markdown_it import MarkdownIt

from privaudit.document import Problem
from privaudit.model import Outcome, PackInfo, Report, Severity, State, Status, Verdict
from privaudit.render import RENDERERS
from privaudit.render.csv import COLUMNS
from privaudit.render.view import View
from privaudit.saved import report_of
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

SCHEMA = json.loads((Path(__file__).parent.parent.parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
NASTY = "::error::x\n## [a](http://x) <b>|</b> `=1+1` %0A ]]> \x1b[31m\u202e & www.x.org @all 1. $x$"


def a_report(text: str = "We rely on it.", path: str = "docs/privacy.md") -> Report:
    """One of everything that a report can say."""
    unread = document(path=f"{path}.bin", status=Status.NOT_AUDITED, problems=(Problem("not-read", text),))
    one = document(
        missing(message=f"Not disclosed. {text}", line=7, fingerprint="f1"),
        relied_on(passage(text, 3, 9, fingerprint="f2"), passage("Twice.", 20, 5, fingerprint="f2")),
        relied_on(passage("Accepted.", 4, state=State.BASELINED), rule="old-rule", state=State.BASELINED),
        relied_on(passage("Silenced.", 5, state=State.SUPPRESSED), rule="mute-rule", state=State.SUPPRESSED),
        missing("note-rule", Severity.NOTE, message="A note.", fingerprint="f3"),
        Verdict("odd-rule", missing().kind, Outcome.INCONCLUSIVE, "Could not be judged.", "", because=text),
        Verdict("far-rule", missing().kind, Outcome.NOT_APPLICABLE, "Does not apply.", ""),
        present(passage("We keep it.", 9)),
        path=path,
        problems=(Problem("rule-inconclusive", "odd-rule: ran out of time"),),
        status=Status.PARTIAL,
    )
    return report(one, unread, errors=(f"gone.md: does not exist {text}",))


def rendered(name: str, one: Report | None = None, view: View | None = None) -> str:
    return RENDERERS[name](one or a_report(), view or View())


# -- SARIF


def run_of(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    jsonschema.validate(log, SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("text", ["We rely on it.", NASTY, "\ud800"])
def test_sarif_keeps_to_its_schema(text: str) -> None:
    run_of(rendered("sarif", a_report(text)))


def line_of(result: dict[str, Any]) -> int:
    line: int = result["locations"][0]["physicalLocation"]["region"]["startLine"]
    return line


def test_sarif_places_every_passage_and_marks_what_was_accepted() -> None:
    results = run_of(rendered("sarif"))["results"]
    places = [(one["ruleId"], one["level"], line_of(one), "suppressions" in one) for one in results]
    assert places == [
        ("note-rule", "note", 1, False),
        ("b-rule", "warning", 3, False),
        ("old-rule", "warning", 4, True),
        ("mute-rule", "warning", 5, True),
        ("a-rule", "error", 7, False),
        ("b-rule", "warning", 20, False),
    ]
    assert [one.get("baselineState") for one in results].count("unchanged") == 1


def test_sarif_tells_what_was_not_read() -> None:
    (invocation,) = run_of(rendered("sarif"))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 3
    (clean,) = run_of(rendered("sarif", report(document(present(passage("We keep it."))))))["invocations"]
    assert clean == {"executionSuccessful": True, "toolExecutionNotifications": []}


def test_sarif_holds_as_many_results_as_code_scanning_takes_the_worst_of_them() -> None:
    milds = [passage("Mild.", line, fingerprint=f"m{line}") for line in range(1, 25_001)]
    mild = relied_on(*milds, rule="mild-rule", severity=Severity.NOTE)
    known = relied_on(passage("Known.", 1, state=State.BASELINED), rule="old-rule", state=State.BASELINED)
    run = json.loads(rendered("sarif", report(document(known, mild, missing(line=30_000)))))["runs"][0]
    assert len(run["results"]) == 25_000
    assert [one["ruleId"] for one in run["results"] if one["ruleId"] != "mild-rule"] == ["a-rule"]
    assert [line_of(one) for one in run["results"][-2:]] == [24_999, 30_000]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("2 results more left out")


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
def test_a_passage_without_end_is_cut_in_messages(name: str) -> None:
    text = rendered(name, report(document(relied_on(passage("We rely on it, " * 9_000)))))
    assert "We rely on it, We rely" in text
    assert "…" in text
    assert len(text) < 10_000


@pytest.mark.parametrize(
    ("path", "view", "uri"),
    [
        ("a b.md", View(), "a%20b.md"),
        ("privacy.md", View(root="/home/x/repo", below="docs"), "docs/privacy.md"),
        ("/home/x/repo/other/privacy.md", View(root="/home/x/repo", below="docs"), "other/privacy.md"),
        ("/elsewhere/privacy.md", View(root="/home/x/repo"), "/elsewhere/privacy.md"),
    ],
)
def test_paths_are_those_of_the_repository(path: str, view: View, uri: str) -> None:
    one = report(document(missing(), path=path))
    (result,) = run_of(rendered("sarif", one, view))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert json.loads(rendered("gitlab", one, view))[0]["location"]["path"] == uri.replace("%20", " ")


# -- JUnit


@pytest.mark.parametrize("text", ["We rely on it.", NASTY])
def test_junit_has_a_case_for_each_rule(text: str) -> None:
    xml = rendered("junit", a_report(text))
    ET.fromstring(xml)  # noqa: S314 - just written
    suites = [suite for suite in JUnitXml.fromstring(xml.encode()) if isinstance(suite, TestSuite)]
    results = {case.name: [type(one) for one in case.result] for suite in suites for case in suite}
    assert results["a-rule"] == [Failure]
    assert results["b-rule"] == [Failure]
    assert results["old-rule"] == results["mute-rule"] == results["far-rule"] == [SkippedCase]
    assert results["odd-rule"] == [Error]
    assert results["note-rule"] == results["c-rule"] == []
    assert [suite.errors for suite in suites] == [2, 1, 1]


def test_junit_counts_no_property_as_a_test() -> None:
    suites = ET.fromstring(rendered("junit"))  # noqa: S314 - just written
    assert [int(one.get("tests", "")) for one in suites] == [len(one.findall("testcase")) for one in suites]
    assert [one.get("name") for one in suites[0].findall("properties/property")] == ["law-as-of", "rules"]


# -- every format


@pytest.mark.parametrize("name", sorted(RENDERERS.keys() - {"csv", "gitlab"}))
def test_the_day_of_the_law_and_the_rule_packs_are_told(name: str) -> None:
    told = a_report()._replace(as_of="2019-06-01", packs=(PackInfo("house-rules", "7.1"),))
    text = re.sub(r"\\(?=-)", "", rendered(name, told))
    assert "2019-06-01" in text
    assert "house-rules" in text
    assert "7.1" in text


# -- CSV


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_csv_has_a_row_for_each_passage_and_for_what_was_not_read() -> None:
    rows = table(rendered("csv"))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["rule"], row["outcome"], row["state"]) for row in rows] == [
        ("rule-inconclusive", "partial", ""),
        ("note-rule", "missing", "new"),
        ("b-rule", "relied-on", "new"),
        ("old-rule", "relied-on", "baselined"),
        ("mute-rule", "relied-on", "suppressed"),
        ("a-rule", "missing", "new"),
        ("b-rule", "relied-on", "new"),
        ("not-read", "not-audited", ""),
    ]


@given(st.text(max_size=40), st.text(min_size=1, max_size=20))
def test_no_cell_of_csv_is_a_formula(text: str, path: str) -> None:
    one = report(document(relied_on(passage(text), message=text), path=path))
    (row,) = table(rendered("csv", one))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


# -- GitHub and GitLab


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_no_text_of_a_document_is_a_workflow_command(text: str, path: str) -> None:
    one = report(document(relied_on(passage(text), message=text), path=path))
    first, closing = rendered("github", one).splitlines()
    # As the runner reads a command (actions/runner, ActionCommand).
    found = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", first)
    assert found
    names = [part.partition("=")[0] for part in found[2].split(",")]
    assert found[1] == "warning"
    assert [name for name in names if name not in {"col", "endColumn"}] == ["file", "line", "endLine", "title"]
    assert closing.startswith("privaudit: ")


def test_github_shows_the_worst_first_and_says_what_it_leaves_out() -> None:
    many = [relied_on(passage("Again.", line), rule=f"r{line}") for line in range(1, 14)]
    lines = rendered("github", report(document(*many, missing(), missing("n", Severity.NOTE)))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", *["::warning"] * 10, "3", "::notice", "privaudit:"]
    assert lines[-3] == "3 warnings more not shown as annotations"


def test_github_escapes_what_would_end_a_property() -> None:
    (line, _) = rendered("github", report(document(missing(message="a%b\nc"), path="a:b,c.md"))).splitlines()
    assert line == "::error file=a%3Ab%2Cc.md,line=1,endLine=1,title=a-rule::a%25b c"


def test_gitlab_has_a_fingerprint_for_each_finding() -> None:
    issues = json.loads(rendered("gitlab"))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(prints) == len(set(prints)) == 6
    assert {issue["severity"] for issue in issues} == {"info", "minor", "major", "critical"}
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)


# -- Markdown


@given(st.text(max_size=60))
def test_markdown_shows_text_and_nothing_else(text: str) -> None:
    plain = tokens(a_report("We rely on it."))
    assert tokens(a_report(text)) == plain or not text.strip()


@pytest.mark.parametrize("text", [NASTY, "1. a", "- a", "# a", "| a |", "<script>", "![a](b)", "    a", "***"])
def test_markdown_is_not_taken_in(text: str) -> None:
    assert tokens(a_report(text)) == tokens(a_report("We rely on it."))


def tokens(one: Report) -> list[str]:
    """The structure of the page, without its text."""
    page = MarkdownIt("commonmark").enable("table").parse(rendered("markdown", one))
    inline = [child.type for token in page for child in token.children or ()]
    return [token.type for token in page] + [kind for kind in inline if kind not in {"text", "text_special"}]


def test_a_harmless_problem_is_not_called_unread() -> None:
    guessed = document(missing(), problems=(Problem("encoding-guessed", "read as cp1252"),))
    for name in RENDERERS.keys() - {"html", "json", "jsonl", "rich", "workpaper"}:
        assert "encoding-guessed" not in rendered(name, report(guessed)), name


# -- JSON Lines, and JSON read back


def test_every_line_is_json_and_the_last_one_the_summary() -> None:
    *documents, last = map(json.loads, rendered("jsonl").splitlines())
    assert [one["path"] for one in documents] == ["docs/privacy.md", "docs/privacy.md.bin"]
    assert last["summary"]["documents"] == 2


@pytest.mark.parametrize("text", ["We rely on it.", NASTY])
def test_a_saved_report_is_the_report(text: str) -> None:
    one = a_report(text)
    assert report_of(rendered("json", one), "report.json") == one


def test_passages_of_a_document_with_pages_are_told_by_page() -> None:
    one = report(document(relied_on(passage("We rely on it.", line=41)._replace(page=3))))
    for name, said in (("markdown", "**, page 3: "), ("html", ">Page 3<")):
        assert said in rendered(name, one)
        assert "ine 41" not in rendered(name, one)

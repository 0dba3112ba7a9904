"""Every report tells the grade of a disclosure, in its own way."""

import csv
import io
import json
from typing import Any

import pytest

from privaudit.model import Grade, Kind, Outcome, Severity, Verdict
from privaudit.redact import redacted
from privaudit.render import RENDERERS
from privaudit.render.view import View
from privaudit.render.words import graded
from privaudit.saved import report_of
from tests.unit.render.reports import document, passage, present, report

QUOTE = passage("We keep it as long as necessary.", 7, marked="as long")
VAGUE = Grade("vague", "a mere phrase", True, (QUOTE,))
PERIOD = Grade("period", "a period | in days", False, (passage("Thirty days.", 9, column=2),))
FINDING = Verdict(
    "kept", Kind.DISCLOSURE, Outcome.PARTIAL, "Half said.", "GDPR Art. 13", None, Severity.WARNING,
    evidence=(QUOTE,), grade=VAGUE,
)  # fmt: skip
SAID = present(passage("Six months, and thirty days.", 5), grade=PERIOD)
REPORT = report(document(FINDING, SAID))


def shown(name: str, **more: Any) -> str:
    return RENDERERS[name](REPORT, View(width=100, **more))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("concise", ["warning kept Half said. (grade: vague)", "present c-rule Disclosed. (grade: period)"]),
        ("rich", ["    grade vague (weak): a mere phrase", "  ✓ c-rule  line 5  period"]),
        (
            "markdown",
            ["Half said. (GDPR Art. 13; kept; grade vague)", "Disclosed. (GDPR Art. 13; c-rule; grade period)"],
        ),
        (
            "workpaper",
            ["| Grade | vague &#40;weak&#41;&#58; a mere phrase |", "period&#58; a period &#124; in days, line 9"],
        ),
        ("html", ["Grade vague (weak): a mere phrase</p>", "Grade period: a period | in days, line 9</p>"]),
    ],
)
def test_reports_for_people(name: str, lines: list[str]) -> None:
    text = shown(name, show_passing=True)
    assert [line for line in lines if line not in text] == []


def test_reports_for_programs() -> None:
    rows = list(csv.DictReader(io.StringIO(shown("csv"))))
    assert [(row["rule"], row["grade"]) for row in rows] == [("kept", "vague")]
    (result,) = json.loads(shown("sarif"))["runs"][0]["results"]
    assert result["properties"]["grade"] == "vague"
    first, second = json.loads(shown("json"))["documents"][0]["verdicts"]
    assert [(first["grade"]["id"], first["grade"]["weak"]), (second["grade"]["id"], second["grade"]["weak"])] == [
        ("vague", True), ("period", False),
    ]  # fmt: skip
    assert first["grade"]["evidence"][0]["quote"] == QUOTE.quote
    assert json.loads(shown("jsonl").splitlines()[0])["verdicts"][0]["grade"] == first["grade"]


def test_without_a_grade_nothing_is_said() -> None:
    assert graded(SAID._replace(grade=None)) == ""
    whole = report(document(FINDING._replace(grade=None)))
    for name in ("concise", "rich", "markdown", "workpaper", "html", "json", "sarif"):
        assert "grade" not in RENDERERS[name](whole, View(width=100)).lower().replace("upgrade", "")


def test_a_saved_report_keeps_grades() -> None:
    scale = (VAGUE._replace(evidence=()), PERIOD._replace(evidence=()))
    whole = REPORT._replace(rules=tuple(rule._replace(grades=scale) for rule in REPORT.rules))
    assert report_of(RENDERERS["json"](whole, View()), "x.json") == whole


def test_a_report_without_words_has_none_in_its_grades() -> None:
    text = RENDERERS["json"](redacted(REPORT), View())
    assert "necessary" not in text
    assert "Thirty" not in text
    assert '"a mere phrase"' in text

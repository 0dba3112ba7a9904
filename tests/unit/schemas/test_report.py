"""The schema of the JSON report: it knows every report that privaudit writes, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from privaudit.cli.main import run
from privaudit.document import Problem
from privaudit.model import BaselineEntry, Grade, Kind, Outcome, Severity, Skipped, State, Status
from privaudit.model import NearMiss as Miss
from privaudit.render.json import render
from privaudit.report import configuration_report
from tests.unit.render.reports import document, missing, passage, relied_on, report
from tests.unit.schemas.conftest import faults, schema

SCHEMA = schema("report")
VALIDATOR = Draft202012Validator(SCHEMA)
GOLDEN = sorted((Path(__file__).parents[2] / "golden" / "expected").glob("*.json"))


def everything() -> dict[str, Any]:
    """A report in which every key occurs that a report can have."""
    accepted = passage("We rely on it.", 3, state=State.BASELINED, justification="in the baseline", page=2)
    grade = Grade("vague", "a mere phrase", weak=True)
    one = document(
        relied_on(accepted, state=State.BASELINED, justification="in the baseline", grade=grade),
        missing(near_misses=(Miss(passage("We keep it.", 7), ("a time",)),)),
    )
    unread = document(path="scan.pdf", status=Status.NOT_AUDITED, problems=(Problem("not-read", "is a PDF"),))
    whole = report(
        one,
        unread,
        skipped=(Skipped("README.md", "does not look like a notice"),),
        errors=("gone.md: no such file or folder",),
        idle="nothing has changed",
        configuration=(configuration_report("privaudit.yaml", (missing(),)),),
        stale=(BaselineEntry("privacy.md", "a-rule", "f1", "We keep"),),
    )
    idle = whole.rules[0]._replace(in_force=False, grades=(grade,))
    data: dict[str, Any] = json.loads(render(whole._replace(rules=(idle, *whole.rules[1:]))))
    return data


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_golden_reports_are_valid(path: Path) -> None:
    assert faults(VALIDATOR, json.loads(path.read_text(encoding="utf-8"))) == []


def test_a_report_on_what_could_not_be_read_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.md").touch()
    Path("scan.pdf").write_bytes(b"%PDF-1.7 \x00")
    Path("policy.pl.md").write_text("Przetwarzamy Twoje dane osobowe, aby zrealizować zamówienie. " * 9)
    arguments = ["empty.md", "scan.pdf", "policy.pl.md", "gone.md", "--format", "json"]
    assert run(["check", "--isolated", *arguments]) == 2
    data = json.loads(capsys.readouterr().out)
    assert [one["status"] for one in data["documents"]] == ["not-audited", "partial", "not-audited"]
    assert data["errors"]
    assert faults(VALIDATOR, data) == []


def test_a_report_with_everything_is_valid_and_uses_every_key() -> None:
    data = everything()
    assert faults(VALIDATOR, data) == []

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    def described(node: Any) -> set[str]:
        if isinstance(node, dict):
            found = {key for value in node.values() for key in described(value)}
            return found | set(node["properties"] if isinstance(node.get("properties"), dict) else ())
        return {key for item in node for key in described(item)} if isinstance(node, list) else set()

    assert described(SCHEMA) == keys(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "privaudit-report/2"),
        (("extra",), 1),
        (("errors",), []),
        (("as_of",), "today"),
        (("summary", "errors"), -1),
        (("summary", "exit_code"), 4),
        (("documents", 0, "status"), "read"),
        (("documents", 0, "sha256"), "abc"),
        (("documents", 0, "language", "confidence"), 1.5),
        (("documents", 0, "verdicts", 0, "outcome"), "unknown"),
        (("documents", 0, "verdicts", 0, "severity"), "fatal"),
        (("documents", 0, "verdicts", 0, "line"), 0),
        (("documents", 0, "verdicts", 0, "extra"), 1),
        (("documents", 0, "verdicts", 0, "evidence", 0, "quote"), 1),
        (("documents", 0, "verdicts", 0, "evidence", 0, "marks"), [[1]]),
        (("documents", 0, "verdicts", 0, "evidence", 0, "state"), "old"),
    ],
)
def test_what_is_no_report_is_not_valid(path: tuple[str | int, ...], value: Any) -> None:
    data: Any = everything()
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    assert faults(VALIDATOR, data) != []


def test_the_closed_lists_are_those_of_the_model() -> None:
    definitions = SCHEMA["$defs"]
    verdict = definitions["verdict"]["properties"]
    assert definitions["kind"]["enum"] == list(Kind)
    assert definitions["state"]["enum"] == list(State)
    assert definitions["document"]["properties"]["status"]["enum"] == list(Status)
    assert verdict["outcome"]["enum"] == list(Outcome)
    assert verdict["severity"]["enum"] == [*Severity, None]

"""F84: baselines from a newer version, with the marks of a merge conflict, for rules that are gone."""

import json
from pathlib import Path

import pytest

from privaudit.cli.main import run
from tests.faults.commands import SELECT, notices
from tests.faults.conftest import Audit


@pytest.fixture
def baseline(capsys: pytest.CaptureFixture[str]) -> Path:
    notices("privacy.md")
    assert run(["baseline", "privacy.md", *SELECT]) == 0
    capsys.readouterr()
    return Path("privaudit-baseline.json")


def test_f84_one_from_a_newer_version_is_wrong_use(baseline: Path, audit: Audit) -> None:
    held = json.loads(baseline.read_text())
    name, _, number = held["schema"].rpartition("/")
    baseline.write_text(json.dumps({**held, "schema": f"{name}/{int(number) + 1}"}))
    code, report = audit("privacy.md", *SELECT, "--baseline", str(baseline))
    assert code == 2
    assert "a newer version of privaudit wrote it" in report["errors"]


@pytest.mark.parametrize("mark", ["<<<<<<< ours\n", "=======\n", ">>>>>>> theirs\n"])
def test_f84_marks_of_a_merge_conflict_are_wrong_use(baseline: Path, audit: Audit, mark: str) -> None:
    lines = baseline.read_text().splitlines(keepends=True)
    baseline.write_text("".join([*lines[:2], mark, *lines[2:]]))
    code, report = audit("privacy.md", *SELECT, "--baseline", str(baseline))
    assert code == 2
    assert "privaudit-baseline.json:3: holds the marks of a merge conflict" in report["errors"]


def test_f84_an_entry_for_a_rule_that_is_gone_is_told_and_hides_nothing(baseline: Path, audit: Audit) -> None:
    held = json.loads(baseline.read_text())
    gone = {"path": "privacy.md", "rule": "outdated-and-gone", "fingerprint": "0123456789abcdef"}
    kept = [one for one in held["entries"] if one["rule"] != "outdated-privacy-shield"]
    baseline.write_text(json.dumps({**held, "entries": [*kept, gone]}))
    code, report = audit("privacy.md", *SELECT, "--baseline", str(baseline))
    assert code == 1
    assert [one["rule"] for one in report["stale"]] == ["outdated-and-gone"]

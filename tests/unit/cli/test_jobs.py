import json
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privaudit import processes
from privaudit.cli import jobs
from privaudit.cli.audit import Auditor
from privaudit.cli.jobs import Audits
from privaudit.cli.main import run
from privaudit.cli.task import tasks_of
from privaudit.config.find import load_config
from privaudit.config.settings import Plan
from privaudit.discover import discover
from privaudit.model import Status

NOTICE = "# Privacy\n\nOakfield Cycles Ltd is the controller. We rely on the EU-U.S. Privacy Shield.\n"
CONFIG = """
jobs: 2
timeout: 20
notices:
  - name: whole
    files: [part-*.md]
overrides:
  - paths: [sv/]
    lang: sv
suppressions:
  - rule: outdated-privacy-shield
    paths: [old/]
    reason: kept as published
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("privacy.md", "part-1.md", "part-2.md", "sv/privacy.md", "old/privacy.md"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(NOTICE)
    Path("privaudit.yaml").write_text(CONFIG)


def report(*arguments: str) -> bytes:
    assert run(["check", ".", "--format", "json=report.json", "--format", "concise=out.log", *arguments]) == 1
    return Path("report.json").read_bytes() + Path("out.log").read_bytes()


def test_processes_come_to_what_one_comes_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert report("--jobs", "2") == report("--jobs", "1") == report()
    documents = json.loads(Path("report.json").read_text())["documents"]
    assert [one["path"] for one in documents] == [
        "old/privacy.md", "part-1.md", "part-2.md", "privacy.md", "sv/privacy.md",
    ]  # fmt: skip
    capsys.readouterr()


def test_where_nothing_is_inherited_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = report("--jobs", "1")
    monkeypatch.setattr(processes, "_START", "spawn")
    assert report("--jobs", "2") == one
    capsys.readouterr()


def test_an_auditor_is_left_behind_and_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # The bounds would be those of the process that runs the tests.
    monkeypatch.setattr(jobs, "bound", lambda *_: None)
    plan = Plan(load_config(None, False), {})
    there = pickle.loads(pickle.dumps(Audits(plan, date(2026, 11, 26), Auditor(plan))))  # noqa: S301 - our own
    (task,) = tasks_of(discover(["sv/privacy.md"]).sources, {}, (), "", "")
    (document,) = there.perform(task).documents
    there.close()
    assert (document.path, document.language.code, document.status) == ("sv/privacy.md", "sv", Status.AUDITED)


def test_zero_is_as_many_as_there_are_processors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[int] = []

    def noted(tasks: Any, worker: Any, count: int, seconds: Any) -> object:
        asked.append(count)
        return processes.performed(tasks, worker, count, seconds)

    monkeypatch.setattr(jobs, "in_processes", noted)
    monkeypatch.setattr(jobs, "processors", lambda: 3)
    assert run(["check", ".", "--jobs", "0"]) == 1
    assert asked == [3]
    capsys.readouterr()


def test_what_is_wrong_with_the_settings_is_wrong_use_whatever_the_number(capsys: pytest.CaptureFixture[str]) -> None:
    for count in ("1", "2"):
        assert run(["check", ".", "--jobs", count, "--select", "outdated-privacy-shiel"]) == 2
        assert "names no rule" in capsys.readouterr().err


def test_a_pack_that_is_broken_in_one_language_is_wrong_use_whatever_the_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("pack/words/sv").mkdir(parents=True)
    Path("pack/words/en").mkdir(parents=True)
    Path("pack/own.yaml").write_text("id: own\nkind: practice\nseverity: note\nfind: {any: [w]}\n")
    Path("pack/words/en/w.yaml").write_text("words:\n  w: [one]\n")
    Path("pack/words/sv/w.yaml").write_text("words:\n  w: [one\n")
    told = []
    for count in ("1", "2"):
        assert run(["check", ".", "--jobs", count, "--rules", "pack"]) == 2
        told.append(capsys.readouterr().err)
    assert told[0] == told[1]
    assert "w.yaml" in told[0]


def test_one_process_loads_nothing_for_more() -> None:
    code = "import sys; from privaudit.cli.main import run; run(['check', 'privacy.md', '--jobs', sys.argv[1]]); "
    code += "print('multiprocessing' in sys.modules, 'privaudit.processes' in sys.modules)"
    root = str(Path(processes.__file__).parent.parent)
    told = [
        subprocess.run(
            [sys.executable, "-c", code, count], env={**os.environ, "PYTHONPATH": root}, capture_output=True, check=True
        ).stdout.splitlines()[-1]
        for count in ("1", "2")
    ]
    assert told == [b"False False", b"True True"]

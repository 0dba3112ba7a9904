"""F76: a process that is killed, crashes or goes away costs its document, and nobody takes it for clean.

There are two kinds: those that audit documents (`--jobs`), and those that each read one file of a binary format, which
a run has with one job, too. F77 is about the ones that do not end.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from privaudit import processes
from privaudit.cli import stages
from privaudit.cli.main import run
from privaudit.read import worker
from tests.faults.commands import SELECT, notices, word_notice
from tests.faults.conftest import Audit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes inherit the trouble made here by fork alone")


def end_by(number: signal.Signals) -> None:
    """Ends the process without the trace that pytest would leave of it."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


ENDS: dict[str, tuple[Callable[[], object], str]] = {
    "killed": (lambda: os.kill(os.getpid(), signal.SIGKILL), "SIGKILL"),
    "crashed": (lambda: end_by(signal.SIGSEGV), "SIGSEGV"),
    "aborted": (lambda: end_by(signal.SIGABRT), "SIGABRT"),
    "left": (lambda: os._exit(0), "exit code 0"),
    "failed": (lambda: os._exit(7), "exit code 7"),
}


# -- processes that audit


@pytest.fixture(autouse=True)
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes documents end the process that audits them, told by their names."""
    real = stages.read_source

    def troubled(source: Any, *rest: Any) -> Any:
        for name, (end, _) in ENDS.items():
            if Path(source.path).name.startswith(name):
                end()
        return real(source, *rest)

    monkeypatch.setattr(stages, "read_source", troubled)


@pytest.mark.parametrize("kind", ENDS)
def test_f76_the_document_is_not_audited_and_the_others_are(audit: Audit, kind: str) -> None:
    notices("a-privacy.md", f"{kind}-privacy.md", "z-privacy.md")
    code, report = audit(".", *SELECT, "--jobs", "2")
    assert code == 3
    status = {one["path"]: one["status"] for one in report["documents"]}
    assert status == {"a-privacy.md": "audited", f"{kind}-privacy.md": "not-audited", "z-privacy.md": "audited"}
    (problem,) = next(one for one in report["documents"] if one["path"].startswith(kind))["problems"]
    assert problem["message"] == f"the process that audited it ended without an answer ({ENDS[kind][1]})"


def test_f76_every_document_may_be_lost_and_the_run_ends(audit: Audit) -> None:
    names = [f"killed-privacy-{number}.md" for number in range(12)]
    notices(*names)
    code, report = audit(".", *SELECT, "--jobs", "3")
    assert code == 3
    assert [one["status"] for one in report["documents"]] == ["not-audited"] * 12


def test_f76_sarif_says_that_the_run_was_not_successful(capsys: pytest.CaptureFixture[str]) -> None:
    notices("killed-privacy.md", "privacy.md")
    assert run(["check", ".", *SELECT, "--jobs", "2", "--format", "sarif"]) == 3
    (log,) = json.loads(capsys.readouterr().out)["runs"]
    assert [one["executionSuccessful"] for one in log["invocations"]] == [False]


def test_f76_nothing_is_missing_from_a_notice_of_which_a_process_was_lost() -> None:
    notices("legal/privacy.md", "legal/killed-privacy.md")
    Path("privaudit.yaml").write_text("notices:\n  - name: one\n    files: legal/\n")
    assert run(["check", "legal", *SELECT, "--jobs", "2", "--format", "json=report.json"]) == 3
    documents = json.loads(Path("report.json").read_text())["documents"]
    assert [(one["status"], one["verdicts"]) for one in documents] == [("not-audited", [])] * 2


def test_f76_without_a_process_nothing_is_audited(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    notices("privacy-1.md", "privacy-2.md")

    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    code, report = audit(".", *SELECT, "--jobs", "2")
    assert code == 3
    told = [problem["message"] for one in report["documents"] for problem in one["problems"]]
    assert told == ["no process could be started: Resource temporarily unavailable"] * 2


def test_f76_with_fewer_processes_than_asked_for_everything_is_audited(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices(*(f"privacy-{number}.md" for number in range(6)))
    fork = os.fork
    forked: list[int] = []

    def once() -> int:
        if forked:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        forked.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", once)
    code, report = audit(".", *SELECT, "--jobs", "4")
    assert (code, {one["status"] for one in report["documents"]}) == (1, {"audited"})


def test_f76_half_an_answer_is_none(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    notices("a-privacy.md", "z-privacy.md")
    framed = processes._framed

    def cut_short(value: Any) -> bytes:
        data = framed(value)
        if "a-privacy.md" in repr(value) and isinstance(value, tuple) and len(value) == 1:
            os.write(channels[-1], data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return data

    channels: list[int] = []
    serve = processes._serve

    def noted(channel: Any, *rest: Any) -> None:
        channels.append(channel.fileno())
        serve(channel, *rest)

    monkeypatch.setattr(processes, "_framed", cut_short)
    monkeypatch.setattr(processes, "_serve", noted)
    code, report = audit(".", *SELECT, "--jobs", "2")
    assert code == 3
    assert [one["status"] for one in report["documents"]] == ["not-audited", "audited"]


# -- processes that read one file


READERS = {
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    "crashed": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
    "left": ("", "exit code 0"),
    "failed": ("raise SystemExit(7)", "exit code 7"),
    "says nonsense": ("print('{')", "exit code 0"),
    "says a list": ("print('[]')", "exit code 0"),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("kind", READERS)
def test_f76_a_file_whose_reader_is_lost_is_not_audited_and_the_others_are(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, kind: str, jobs: str
) -> None:
    """The reader of a Word file ends without an answer: never an empty text, from which everything is missing."""
    word_notice("privacy.docx")
    notices("privacy.md")
    code, how = READERS[kind]
    monkeypatch.setattr(worker, "_START", code)
    found, report = audit("privacy.docx", "privacy.md", *SELECT, "--jobs", jobs)
    assert found == 3
    lost, other = report["documents"]
    assert (lost["status"], lost["verdicts"], other["status"]) == ("not-audited", [], "audited")
    (problem,) = lost["problems"]
    assert problem["message"].startswith(f"the process that read it ended without an answer ({how})")


def test_f76_an_answer_that_is_no_document_is_none(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    word_notice("privacy.docx")
    monkeypatch.setattr(worker, "_START", "print('{}')")
    found, report = audit("privacy.docx", *SELECT)
    assert (found, report["documents"][0]["status"]) == (3, "not-audited")
    assert report["documents"][0]["problems"][0]["message"] == "the process that read it gave no sensible answer"

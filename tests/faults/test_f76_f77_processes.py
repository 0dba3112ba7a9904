"""Faults 76 and 77 of the catalogue: processes that are killed, and code that only ending its process stops."""

import os
from pathlib import Path

import pytest

from privaudit.cli.main import run
from privaudit.read import worker
from tests.documents.offices import hand_docx, p

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and bounds of the system")
NOTICE = hand_docx(p("We keep your personal data for two years."))
APART = "import sys; sys.path += filter(None, sys.argv[1:3]); import privaudit.read.apart as apart; "


def checked(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The report on a Word file that the process reads, and a text that it does not; exit code 3."""
    Path("privacy.docx").write_bytes(NOTICE)
    Path("privacy.md").write_text("# Privacy notice\n\nWe keep your personal data for two years.\n", encoding="utf-8")
    code = run(["check", "--format", "concise", "--isolated", *options, "privacy.docx", "privacy.md"])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    assert code == 3
    lines = captured.out.splitlines()
    assert [line for line in lines if line.startswith("privacy.md:1:1: error")]
    return [line for line in lines if line.startswith("privacy.docx")]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))


def test_f76_a_process_that_is_killed_costs_its_document_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """76. Killed for want of memory: that document is not audited, exit 3, the others are; never a clean pass."""
    monkeypatch.setattr(worker, "_START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    (line,) = checked(capsys)
    assert line.startswith("privacy.docx:1:1: not audited not-read the process that read it ended without an answer")
    assert "(SIGKILL)" in line


@pytest.mark.parametrize(
    ("code", "said"),
    [
        # A pattern that backtracks without end holds the interpreter, and heeds no signal of Python's.
        ("import re; apart._read = lambda *_: re.match(r'(a|a)*$', 'a' * 64 + 'b'); apart.main()", "--timeout"),
        ("apart._read = lambda *_: bytearray(1 << 33); apart.main()", "--max-memory"),
        ("deep = lambda *_: deep(); apart._read = deep; apart.main()", "nested too deeply"),
    ],
    ids=["hang", "memory", "recursion"],
)
def test_f77_what_only_the_end_of_a_process_stops(
    code: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """77. A hang in C code, memory without end, recursion without end: bounded, and told as what they are."""
    monkeypatch.setattr(worker, "_START", APART + code)
    (line,) = checked(capsys, "--timeout", "2", "--max-memory", "512")
    assert line.startswith("privacy.docx:1:1: not audited not-read ")
    assert said in line

"""F77: endless recursion, more memory than there is, and what hangs where no signal is heard.

In the process of the run, which can stop little of it by itself; in those that audit documents (`--jobs`); and in those
that each read one file of a binary format. F76 is about processes that are lost.
"""

import contextlib
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from privaudit.cli import stages
from privaudit.read import worker
from tests.faults.commands import QUICK, SELECT, notices, own_pack, privaudit, word_notice
from tests.faults.conftest import Audit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes inherit the trouble made here by fork alone")


def hang() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def hear_nothing() -> None:
    """Like a library that does not come back to the interpreter, which alone could be told of a signal."""
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals) - {signal.SIGKILL})
    sleep()


def mend_everything() -> None:
    """Takes every error for one of its own."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(Exception):
            sleep()


def recur() -> None:
    recur()


def ask_for_too_much() -> None:
    bytearray(3 << 30)


def grow() -> None:
    held: list[str] = []
    while True:
        held.append("x" * (10 << 20) + str(len(held)))


def break_down() -> None:
    raise LookupError("a fault of ours")


LATE = "auditing it takes longer than 1 seconds (--timeout)"
LARGE = "auditing it takes more memory than 300 MB (--max-memory)"
TROUBLE = {
    "hangs": (hang, LATE),
    "sleeps": (sleep, LATE),
    "deaf": (hear_nothing, LATE),
    "mends": (mend_everything, LATE),
    "recurs": (recur, "it is nested too deeply to audit"),
    "asks": (ask_for_too_much, LARGE),
    "grows": (grow, LARGE),
    "breaks": (
        break_down,
        "internal error: LookupError: a fault of ours; please report it, with what PRIVAUDIT_DEBUG=1 shows",
    ),
}
# Little time and memory for those in trouble alone: the others must come through on a machine that is busy, too.
BOUNDS = """
overrides:
- {paths: [hangs-*, sleeps-*, deaf-*, mends-*], timeout: 1}
- {paths: [asks-*, grows-*], max_memory: 300}
"""
# What a process can find out of itself, without one that watches it and bounds of its own.
ALONE = ("hangs", "sleeps", "mends", "recurs", "grows", "breaks")


# -- processes that audit


@pytest.fixture(autouse=True)
def trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes documents go wrong, told by their names."""
    real = stages.read_source

    def troubled(source: Any, *rest: Any) -> Any:
        for name, (begin, _) in TROUBLE.items():
            if Path(source.path).name.startswith(name):
                begin()
        return real(source, *rest)

    monkeypatch.setattr(stages, "read_source", troubled)


@pytest.mark.parametrize(("jobs", "kinds"), [("1", ALONE), ("4", tuple(TROUBLE))])
def test_f77_the_documents_in_trouble_are_not_audited_and_the_others_are(
    audit: Audit, jobs: str, kinds: tuple[str, ...]
) -> None:
    notices("a-privacy.md", "z-privacy.md", *(f"{kind}-privacy.md" for kind in kinds))
    Path("privaudit.yaml").write_text(BOUNDS)
    code, report = audit(".", *SELECT, "--jobs", jobs)
    assert code == 3
    told = {one["path"].partition("-")[0]: one["problems"] for one in report["documents"]}
    assert told.pop("a") == told.pop("z") == []
    assert {kind: problem["message"] for kind, (problem,) in told.items()} == {kind: TROUBLE[kind][1] for kind in kinds}


def test_f77_a_library_for_which_there_is_no_room_is_no_fault_of_ours() -> None:
    """The bound may be hit while a library is loaded, which the interpreter calls a failed import."""
    notices("privacy.md")
    own_pack()
    done = privaudit("check", "privacy.md", *QUICK, "--lang", "en", "--jobs", "2", "--max-memory", "1", "--quiet")
    assert done.returncode == 3
    assert done.stdout.endswith("auditing it takes more memory than 1 MB (--max-memory)\n"), done.stdout


def test_f77_no_alarm_is_left_behind(audit: Audit) -> None:
    notices("sleeps-privacy.md", "z-privacy.md")
    audit(".", *SELECT, "--timeout", "1")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


# -- processes that read one file

APART = "import sys; sys.path += filter(None, sys.argv[1:3]); import privaudit.read.apart as apart; "
READERS = {
    # A pattern that backtracks without end holds the interpreter, and heeds no signal of Python's.
    "hangs": (
        "import re; apart._read = lambda *_: re.match(r'(a|a)*$', 'a' * 64 + 'b'); apart.main()",
        "reading it takes longer than 2 seconds (--timeout)",
    ),
    "asks": (
        "apart._read = lambda *_: bytearray(1 << 33); apart.main()",
        "reading it takes more memory than 512 MB (--max-memory)",
    ),
    "recurs": ("deep = lambda *_: deep(); apart._read = deep; apart.main()", "it is nested too deeply to read"),
    "writes": (
        "import os; apart._read = lambda *_: os.write(os.open('left', os.O_CREAT | os.O_WRONLY), b'x'); apart.main()",
        "the process that read it ended without an answer (",
    ),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("kind", READERS)
def test_f77_a_file_whose_reader_does_not_end_is_not_audited_and_the_others_are(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, kind: str, jobs: str
) -> None:
    """A hang in C code, memory without end, recursion without end: bounded, and told as what they are; and a reader
    writes no file.
    """
    word_notice("privacy.docx")
    notices("privacy.md")
    limit = "timeout: 2" if kind == "hangs" else "max_memory: 512"
    Path("privaudit.yaml").write_text(f"overrides: [{{paths: privacy.docx, {limit}}}]\n")
    code, said = READERS[kind]
    monkeypatch.setattr(worker, "_START", APART + code)
    found, report = audit("privacy.docx", "privacy.md", *SELECT, "--jobs", jobs)
    assert found == 3
    stopped, other = report["documents"]
    assert (stopped["status"], stopped["verdicts"], other["status"]) == ("not-audited", [], "audited")
    (problem,) = stopped["problems"]
    assert problem["message"].startswith(said)
    assert not Path("left").exists() or Path("left").stat().st_size == 0

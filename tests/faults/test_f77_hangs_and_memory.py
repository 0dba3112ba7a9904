"""F77: endless recursion, more memory than there is, and what hangs where no signal is heard."""

import contextlib
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from privaudit.cli import stages
from tests.faults.commands import SELECT, notices
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
# What a process can find out of itself, without one that watches it and bounds of its own.
ALONE = ("hangs", "sleeps", "mends", "recurs", "breaks")


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
    code, report = audit(".", *SELECT, "--jobs", jobs, "--timeout", "1", "--max-memory", "300")
    assert code == 3
    told = {one["path"].partition("-")[0]: one["problems"] for one in report["documents"]}
    assert told.pop("a") == told.pop("z") == []
    assert {kind: problem["message"] for kind, (problem,) in told.items()} == {kind: TROUBLE[kind][1] for kind in kinds}


def test_f77_no_alarm_is_left_behind(audit: Audit) -> None:
    notices("sleeps-privacy.md", "z-privacy.md")
    audit(".", *SELECT, "--timeout", "1")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL

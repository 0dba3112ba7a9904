"""F72: ^C and SIGTERM in the middle of a run."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.faults.commands import SELECT, in_trouble, notices, wait_for


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended and that nobody has asked after yet is no more.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("kind", ["slow", "deaf"])
def test_f72_a_run_that_is_broken_off_leaves_nothing_behind(
    jobs: int, number: signal.Signals, code: int, kind: str
) -> None:
    if kind == "deaf" and jobs == 1:
        pytest.skip("a process that hears no signal can only be killed, by itself or not")
    notices(f"{kind}-privacy-1.md", f"{kind}-privacy-2.md")
    Path("report.json").write_text("the old one")
    with in_trouble("check", ".", *SELECT, "--format", "json=report.json", "--jobs", str(jobs)) as process:
        started = wait_for("started-*", jobs)
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, "", "")
    assert not any(is_alive(int(one.name.partition("-")[2])) for one in started)
    assert Path("report.json").read_text() == "the old one"
    left = {one.name for one in Path().iterdir() if one not in started}
    assert left == {f"{kind}-privacy-1.md", f"{kind}-privacy-2.md", "report.json"}


def test_f72_a_second_interrupt_waits_for_nothing() -> None:
    notices("stubborn-privacy.md")
    with in_trouble("check", ".", *SELECT) as process:
        wait_for("started-*")
        process.send_signal(signal.SIGINT)
        wait_for("asked")
        process.send_signal(signal.SIGINT)
        # How a shell comes to say 130.
        assert process.wait(timeout=20) == -signal.SIGINT


def test_f72_processes_end_when_the_one_that_started_them_is_killed() -> None:
    notices("slow-privacy-1.md", "slow-privacy-2.md")
    with in_trouble("check", ".", *SELECT, "--jobs", "2", "--timeout", "1") as process:
        started = wait_for("started-*", 2)
        process.kill()
    until = time.monotonic() + 20
    while any(is_alive(int(one.name.partition("-")[2])) for one in started):
        assert time.monotonic() < until
        time.sleep(0.05)

"""F82: no network during `check`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import ROOT, command, environment

# Ends the process at anything that has to do with a network; pairs of sockets between processes have not.
WATCHED = """
import os, sys

def hook(event, _):
    if event.startswith(("socket.connect", "socket.bind", "socket.get", "socket.send", "urllib.", "http.", "ftplib.")):
        os.write(2, f"network: {event}\\n".encode())
        os._exit(99)

sys.addaudithook(hook)
from privaudit.cli.main import main
main(sys.argv[1:])
"""


@pytest.fixture
def samples(here: Path) -> Path:
    shutil.copytree(ROOT / "samples", here / "samples")
    return here


@pytest.mark.usefixtures("samples")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_f82_nothing_asks_for_a_network(jobs: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "check", "samples", "--jobs", jobs, "--format", "json"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.usefixtures("samples")
def test_f82_without_a_network_everything_is_as_with_one() -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody make a network namespace")
    told = [
        subprocess.run(
            [*prefix, *command("check", "samples", "--format", "json")],
            env=environment(),
            capture_output=True,
            check=False,
        )
        for prefix in ([], alone)
    ]
    assert told[0].returncode == told[1].returncode == 1
    assert told[0].stdout == told[1].stdout

"""F82: no network during `check`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import ROOT, command, environment, word_notice

# Ends the process at anything that has to do with a network, and at any socket but those of one machine, of which pairs
# connect processes.
WATCHED = """
import os, socket, sys

def hook(event, told):
    if event == "socket.__new__" and told[1] in (socket.AF_UNIX, -1):
        return
    names = ("__new__", "connect", "bind", "get", "send")
    if event.startswith((*(f"socket.{name}" for name in names), "urllib.", "http.", "ftplib.")):
        os.write(2, f"network: {event}\\n".encode())
        os._exit(99)

sys.addaudithook(hook)
from privaudit.cli.main import main
main(sys.argv[1:])
"""


# What a browser would fetch, follow or run.
TEMPTING = """<html><head><base href="https://e.example/"><link rel="stylesheet" href="a.css">
<script src="a.js"></script></head><body><h1>Privacy notice</h1>
<p>We rely on the Privacy Shield; see <a href="https://www.privacyshield.gov/list">the list</a>.</p>
<img src="https://e.example/a.png"><iframe src="https://e.example/"></iframe></body></html>
"""


@pytest.fixture
def samples(here: Path) -> Path:
    shutil.copytree(ROOT / "samples", here / "samples")
    Path("samples/privacy-tempting.html").write_text(TEMPTING)
    word_notice("samples/privacy.docx")
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

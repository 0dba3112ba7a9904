"""F78: runs that share a cache at the same time."""

import subprocess
from pathlib import Path

from tests.faults.commands import QUICK, command, environment, notices, own_pack


def test_f78_runs_at_the_same_time_come_to_the_same_and_leave_nothing_half_written(here: Path) -> None:
    notices("privacy-1.md", "privacy-2.md")
    own_pack()
    shared = environment(PRIVAUDIT_CACHE_DIR=str(here / "cache"))
    runs = [
        subprocess.Popen(
            command("check", "privacy-1.md", "privacy-2.md", *QUICK, "--format", "json", "--jobs", jobs),
            env=shared,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for jobs in ("1", "1", "2")
    ]
    told = {(*run.communicate(timeout=60), run.returncode) for run in runs}
    ((_, err, code),) = told
    assert (err, code) == ("", 1)
    names = [one.name for one in (here / "cache").iterdir()]
    assert names
    assert not any(name.startswith("new-") for name in names)

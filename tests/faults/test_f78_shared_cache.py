"""F78: a cache that several runs share, before, after and beside each other."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from privaudit.rulepack import kept
from tests.faults.commands import QUICK, command, environment, notices, own_pack
from tests.faults.conftest import Audit


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


@pytest.fixture(autouse=True)
def cache_of_its_own(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(here / "cache"))


def test_f78_a_pack_is_told_by_its_bytes_whatever_its_times_and_size_say(
    here: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written again in the same place, in as many bytes and with its old times, a pack is another one."""
    # The hash of a file is remembered at once, and not only when it has been there for a moment.
    monkeypatch.setattr(kept, "_MOMENT", 0)
    notices("privacy.md")
    own_pack()
    pack = here / "own.yaml"
    settled = pack.stat()
    assert audit("privacy.md", *QUICK)[0] == 1
    assert any((here / "cache").glob("key-*"))
    pack.write_text(pack.read_text().replace("severity: error", "severity: note "))
    os.utime(pack, ns=(settled.st_atime_ns, settled.st_mtime_ns))
    assert (pack.stat().st_size, pack.stat().st_mtime_ns) == (settled.st_size, settled.st_mtime_ns)
    assert audit("privacy.md", *QUICK)[0] == 0


def test_f78_a_pack_that_was_written_a_moment_ago_is_read_again(
    here: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clocks of file systems are coarse: two versions of a file can have all their times in common."""
    notices("privacy.md")
    own_pack()
    monkeypatch.setattr(kept, "_look_of", lambda _: f"key-{'0' * 32}")
    assert audit("privacy.md", *QUICK)[0] == 1
    own = here / "own.yaml"
    own.write_text(own.read_text().replace("severity: error", "severity: note "))
    assert audit("privacy.md", *QUICK)[0] == 0


def test_f78_what_was_made_of_a_pack_that_changed_meanwhile_is_not_kept(
    here: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashed as it was and loaded as it became, it would be remembered as what it never was."""
    notices("privacy.md")
    own_pack()
    own = here / "own.yaml"
    before = own.read_text()
    hashed = kept._key_of

    def then_changed(*told: Any) -> str:
        key = hashed(*told)
        own.write_text(before.replace("severity: error", "severity: note"))
        return key

    monkeypatch.setattr(kept, "_key_of", then_changed)
    assert audit("privacy.md", *QUICK)[0] == 0
    monkeypatch.setattr(kept, "_key_of", hashed)
    own.write_text(before)
    assert audit("privacy.md", *QUICK)[0] == 1

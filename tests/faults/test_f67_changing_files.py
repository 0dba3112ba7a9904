"""F67: files that vanish, grow or shrink during the run."""

import hashlib
import os
from pathlib import Path

import pytest

from privaudit.walk import walk
from tests.faults.commands import NOTICE, SELECT, notices
from tests.faults.conftest import Audit


def is_notice(descriptor: int) -> bool:
    """Whether a file that is being read is the notice, and not one of the cache."""
    return os.path.samestat(os.fstat(descriptor), Path("privacy.md").stat())


def test_f67_a_file_that_is_gone_when_its_turn_comes_is_not_audited(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices("a/apples.md", "a/privacy.md")
    find = walk

    def then_gone(folder: str, follow: bool = False) -> object:
        met = list(find(folder, follow))
        Path("a/apples.md").unlink()
        return met

    monkeypatch.setattr("privaudit.walk.walk", then_gone)
    code, report = audit("a", *SELECT)
    assert code == 3
    assert [(one["path"], one["status"]) for one in report["documents"]] == [
        ("a/apples.md", "not-audited"), ("a/privacy.md", "audited"),
    ]  # fmt: skip


@pytest.mark.parametrize("grows", [True, False])
def test_f67_a_file_is_read_once_and_what_was_read_is_what_the_report_is_about(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, grows: bool
) -> None:
    notices("privacy.md")
    read = os.read
    seen = bytearray()

    def while_it_changes(descriptor: int, size: int) -> bytes:
        if not is_notice(descriptor):
            return read(descriptor, size)
        if grows and len(seen) < 3 * len(NOTICE):
            with Path("privacy.md").open("a") as file:
                file.write("\nWe also rely on the Safe Harbor.\n")
        elif not grows:
            os.truncate("privacy.md", 120)
        data = read(descriptor, 100)
        seen.extend(data)
        return data

    monkeypatch.setattr(os, "read", while_it_changes)
    _, report = audit("privacy.md", *SELECT)
    (document,) = report["documents"]
    assert document["sha256"] == hashlib.sha256(seen).hexdigest()
    assert document["characters"] == len(seen)
    for verdict in document["verdicts"]:
        for piece in verdict["evidence"]:
            assert seen.decode()[piece["start"] : piece["end"]] == piece["quote"]


def test_f67_a_file_that_grows_without_end_is_read_to_the_bound(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    notices("privacy.md")
    asked = []
    read = os.read

    def endless(descriptor: int, size: int) -> bytes:
        if not is_notice(descriptor):
            return read(descriptor, size)
        asked.append(size)
        return b"x" * 1000

    monkeypatch.setattr(os, "read", endless)
    code, report = audit("privacy.md", "--max-bytes", "5000")
    assert code == 3
    assert report["documents"][0]["problems"][0]["message"] == "larger than 5,000 bytes (--max-bytes)"
    assert len(asked) == 6

"""F66: files and folders that the system does not let us see."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tests.faults.commands import SELECT, notices
from tests.faults.conftest import Audit


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_f66_a_file_that_cannot_be_opened_is_not_audited_whatever_its_name_and_the_others_are(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    notices("a/privacy.md", "a/apples.md", "a/zebra/privacy.md")
    opened = os.open

    def refused(path: Any, *rest: Any, **named: Any) -> int:
        if "apples" in str(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", refused)
    code, report = audit("a", *SELECT, "--jobs", jobs)
    assert code == 3
    assert [(one["path"], one["status"]) for one in report["documents"]] == [
        ("a/apples.md", "not-audited"), ("a/privacy.md", "audited"), ("a/zebra/privacy.md", "audited"),
    ]  # fmt: skip
    assert report["documents"][0]["problems"][0]["message"] == "cannot be read: Permission denied"


@pytest.mark.parametrize(("number", "told"), [(errno.EIO, "Input/output error"), (errno.ESTALE, "Stale file handle")])
def test_f66_a_disk_that_fails_in_the_middle(
    audit: Audit, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    notices("privacy.md")

    file, real = Path("privacy.md").stat(), os.read

    def failing(handle: int, size: int) -> bytes:
        if os.path.samestat(os.fstat(handle), file):
            raise OSError(number, os.strerror(number))
        return real(handle, size)

    monkeypatch.setattr(os, "read", failing)
    code, report = audit("privacy.md")
    assert code == 3
    assert report["documents"][0]["problems"][0]["message"] == f"cannot be read: {told}"


def test_f66_a_folder_that_cannot_be_listed_is_told_and_the_others_are_walked(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices("a/privacy.md", "a/closed/privacy.md", "a/open/privacy.md")
    listed = os.scandir

    def refused(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    code, report = audit("a", *SELECT)
    assert code == 3
    assert [(one["path"], one["status"]) for one in report["documents"]] == [
        ("a/closed", "not-audited"), ("a/open/privacy.md", "audited"), ("a/privacy.md", "audited"),
    ]  # fmt: skip
    assert report["documents"][0]["problems"][0]["message"] == "cannot be listed: Permission denied"


def test_f66_nobody_misses_a_folder_that_is_excluded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from privaudit.cli.main import run

    notices("privacy.md", "closed/privacy.md")
    Path("privaudit.yaml").write_text("exclude: closed/\nselect: last-updated\nfail_on: never\n")
    listed = os.scandir

    def refused(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert run(["check"]) == 0
    capsys.readouterr()


def test_f66_an_ignore_file_that_cannot_be_read_is_told(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    notices("a/privacy.md")
    Path("a/.gitignore").write_text("privacy.md\n")
    opened = os.open

    def refused(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).endswith(".gitignore"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return opened(path, *rest, **named)

    monkeypatch.setattr(os, "open", refused)
    code, report = audit("a", *SELECT)
    assert code == 3
    assert [(one["path"], one["status"]) for one in report["documents"]] == [
        ("a/.gitignore", "not-audited"), ("a/privacy.md", "audited"),
    ]  # fmt: skip


def test_f66_a_line_of_an_ignore_file_that_is_no_pattern_is_passed_over_as_git_does(audit: Audit) -> None:
    notices("a/privacy.md", "a/draft-privacy.md")
    Path("a/.gitignore").write_text("!\ndraft-*\n")
    code, report = audit("a", *SELECT)
    assert (code, [one["path"] for one in report["documents"]]) == (1, ["a/privacy.md"])

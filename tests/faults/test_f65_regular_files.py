"""F65: links that lead in circles, out of the folder or to a device; pipes and sockets among the files."""

import os
import socket
from pathlib import Path

import pytest

from privaudit import discover
from privaudit.regular import read_regular
from tests.faults.commands import SELECT, notices, privaudit
from tests.faults.conftest import Audit


@pytest.fixture
def tree(here: Path) -> Path:
    notices("site/privacy.md", "outside/privacy.md")
    (here / "site/loop").symlink_to(here / "site")
    (here / "site/out").symlink_to(here / "outside")
    (here / "site/dangling.md").symlink_to(here / "nowhere.md")
    (here / "site/self.md").symlink_to("self.md")
    (here / "site/privacy-zero.md").symlink_to("/dev/zero")
    (here / "site/privacy-link.md").symlink_to("privacy.md")
    os.mkfifo(here / "site/privacy-pipe.md")
    with socket.socket(socket.AF_UNIX) as listener:
        # Its whole path may be too long for an address.
        os.chdir(here / "site")
        listener.bind("privacy-socket.md")
        os.chdir(here)
    return here


@pytest.mark.usefixtures("tree")
def test_f65_links_are_not_followed_and_nothing_but_regular_files_is_opened() -> None:
    done = privaudit("check", "site", *SELECT, "--format", "concise")
    assert done.returncode == 3
    for name in ("pipe", "socket"):
        assert f"site/privacy-{name}.md:1:1: not audited not-read not a regular file" in done.stdout
    assert "error outdated-privacy-shield" in done.stdout
    assert not any(name in done.stdout for name in ("loop", "out/", "dangling", "self", "zero", "link.md"))


@pytest.mark.usefixtures("tree")
def test_f65_a_link_that_is_named_is_read_through_to_a_regular_file_alone(audit: Audit) -> None:
    code, report = audit("site/privacy-link.md", "site/privacy-zero.md", "site/self.md", "site/dangling.md", *SELECT)
    assert code == 3
    told = {one["path"]: [problem["message"] for problem in one["problems"]] for one in report["documents"]}
    assert told["site/privacy-link.md"] == []
    assert told["site/privacy-zero.md"] == ["not a regular file"]
    assert told["site/self.md"] == ["cannot be read: Too many levels of symbolic links"]
    assert told["site/dangling.md"] == ["cannot be read: No such file or directory"]


@pytest.mark.usefixtures("tree")
def test_f65_followed_links_end_where_a_folder_was_seen_before(audit: Audit) -> None:
    for name in ("site/self.md", "site/dangling.md", "site/privacy-zero.md"):
        Path(name).unlink()
    code, report = audit("site", "--follow", *SELECT)
    assert code == 3
    assert [one["path"] for one in report["documents"] if one["status"] == "audited"] == [
        "site/out/privacy.md", "site/privacy-link.md", "site/privacy.md",
    ]  # fmt: skip


def test_f65_a_file_that_becomes_a_link_before_it_is_read_is_not_followed(
    here: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices("site/privacy.md", "secret.md")

    def too_late(path: str, max_bytes: int, *, follow: bool = True) -> bytes:
        Path(path).unlink()
        Path(path).symlink_to(here / "secret.md")
        return read_regular(path, max_bytes, follow=follow)

    monkeypatch.setattr(discover, "read_regular", too_late)
    code, report = audit("site", *SELECT)
    assert (code, [one["status"] for one in report["documents"]]) == (3, ["not-audited"])

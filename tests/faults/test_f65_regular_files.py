"""F65: links that lead in circles, out of the folder or to a device; pipes and sockets among the files.

The same for what is read besides documents: rule packs, configurations, baselines.
"""

import contextlib
import io
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from privaudit import discover
from privaudit.cli.main import run
from privaudit.regular import read_regular
from tests.faults.commands import QUICK, SELECT, notices, own_pack, privaudit
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


NOT_REGULAR: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("kind", NOT_REGULAR)
def test_f65_a_rule_pack_is_made_of_regular_files(kind: str) -> None:
    """A pipe would be waited for and a device read without end: neither is opened, in a folder nor named itself."""
    notices("privacy.md")
    Path("pack").mkdir()
    NOT_REGULAR[kind](Path("pack/own.yaml"))
    for pack in ("pack", "pack/own.yaml"):
        done = privaudit("check", "privacy.md", "--no-builtin", "--rules", pack)
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert line.startswith(("error: pack/own.yaml: cannot be read: ", "error: pack/own.yaml: no such rule pack"))


@pytest.mark.parametrize("kind", NOT_REGULAR)
def test_f65_a_configuration_that_is_no_regular_file_is_none(kind: str) -> None:
    notices("privacy.md")
    for name in ("privaudit.yaml", "pyproject.toml", ".gitignore", ".git"):
        NOT_REGULAR[kind](Path(name))
    done = privaudit("check", ".", *SELECT)
    assert "error outdated-privacy-shield" in done.stdout
    done = privaudit("check", ".", *SELECT, "--config", "privaudit.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: --config: 'privaudit.yaml' is ")


def test_f65_links_in_a_rule_pack_lead_in_no_circles() -> None:
    """Links to the folder that they stand in are passed over, and the pack is used."""
    notices("privacy.md")
    Path("pack").mkdir()
    own_pack("pack/own.yaml")
    for name in ("a", "b"):
        Path("pack", name).symlink_to(".")
    assert privaudit("check", "privacy.md", "--no-builtin", "--rules", "pack").returncode == 1


@pytest.mark.parametrize("name", ["privaudit.yaml", "pyproject.toml", "own.yaml"])
def test_f65_what_people_write_is_read_within_a_bound(name: str) -> None:
    """Rules and settings of many megabytes are refused before they are parsed; nothing in them is passed over."""
    notices("privacy.md")
    own_pack()
    with Path(name).open("a") as file:
        file.write("[tool.privaudit]\n" if name == "pyproject.toml" else "")
        file.write("# Not much to say.\n" * 300_000)
    done = privaudit("check", "privacy.md", *QUICK)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {name}: cannot be read: larger than 5,000,000 bytes\n"


def test_f65_a_baseline_or_a_saved_report_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    notices("privacy.md")
    own_pack()
    Path("endless.json").symlink_to("/dev/zero")
    monkeypatch.setattr("privaudit.cli.source._LONGEST", 5_000_000)
    for arguments in (["check", "privacy.md", *QUICK, "--baseline", "endless.json"], ["convert", "endless.json"]):
        with contextlib.redirect_stderr(io.StringIO()) as told:
            assert run(arguments) == 2
        assert told.getvalue() == "error: endless.json: cannot be read: larger than 5,000,000 bytes\n"


def test_f65_a_baseline_may_come_through_a_pipe() -> None:
    """As from `--baseline <(git show main:privaudit-baseline.json)`."""
    notices("privacy.md")
    own_pack()
    os.mkfifo("pipe")
    text = '{"schema": "privaudit-baseline/1", "entries": []}'
    writer = threading.Thread(target=lambda: Path("pipe").write_text(text))
    writer.start()
    done = privaudit("check", "privacy.md", *QUICK, "--baseline", "pipe")
    writer.join()
    assert (done.returncode, done.stderr) == (1, "")

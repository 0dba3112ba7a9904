"""F83: git repositories and revisions that are not what they seem; never "nothing new", and more in `tests/unit`."""

from pathlib import Path

import pytest

from privaudit.cli.main import run
from tests.faults.commands import NOTICE, SELECT, notices
from tests.faults.conftest import Audit
from tests.unit.repositories import Made, isolate


@pytest.fixture
def repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    isolate(monkeypatch)
    made = Made(here)
    made.commit(**{"privacy.md": "# Privacy\n\nWe sell bicycles.\n"})
    made.commit(**{"privacy.md": NOTICE})
    return made


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("revision", ["no-such-branch", "-n", "--output=stolen", "", "HEAD~7", "HEAD:privacy.md"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_f83_a_revision_that_is_none_is_wrong_use(audit: Audit, revision: str, jobs: str) -> None:
    code, _ = audit("privacy.md", *SELECT, f"--since={revision}", "--jobs", jobs)
    assert code == 2
    assert not Path("stolen").exists()


def test_f83_a_shallow_clone_says_so(
    repository: Made, tmp_path: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    code, report = audit("privacy.md", *SELECT, "--since", "HEAD~1")
    assert code == 2
    assert "this clone is shallow" in report["errors"]


def test_f83_git_dir_of_another_repository_is_not_heeded(
    repository: Made, tmp_path: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Made(tmp_path / "other")
    other.commit(**{"privacy.md": NOTICE})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    code, report = audit("privacy.md", *SELECT, "--since", "HEAD~1")
    assert (code, len(report["documents"])) == (1, 1)
    assert repository.folder.exists()


def test_f83_what_is_renamed_and_not_committed_is_compared_with_what_it_was(repository: Made, audit: Audit) -> None:
    repository.git("mv", "privacy.md", "notice.md")
    code, report = audit(".", *SELECT, "--since", "HEAD")
    assert code == 0
    assert [one["path"] for one in report["documents"]] == ["notice.md"]
    with Path("notice.md").open("a") as file:
        file.write("\nWe also rely on the EU-U.S. Safe Harbor Framework.\n")
    assert audit(".", *SELECT, "--since", "HEAD")[0] == 1


@pytest.mark.parametrize(
    "old", ["no-such-branch:privacy.md", "HEAD:none.md", "--output=stolen:privacy.md", ":", "HEAD:"]
)
def test_f83_a_version_that_is_none_is_nothing_to_compare_with(
    repository: Made, capsys: pytest.CaptureFixture[str], old: str
) -> None:
    assert run(["diff", "--", old, "privacy.md"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert len(captured.err.splitlines()) == 1
    assert not (repository.folder / "stolen").exists()


def test_f83_what_is_neither_committed_nor_added_counts(repository: Made, audit: Audit) -> None:
    """A dirty tree: a change that is staged, one that is not, and a file that git does not know."""
    safe_harbor = "\nWe also rely on the EU-U.S. Safe Harbor Framework.\n"
    with Path("privacy.md").open("a") as file:
        file.write(safe_harbor)
    assert audit(".", *SELECT, "--since", "HEAD")[0] == 1
    repository.git("add", "privacy.md")
    assert audit(".", *SELECT, "--since", "HEAD")[0] == 1
    repository.git("checkout", "--quiet", "HEAD", "--", "privacy.md")
    assert audit(".", *SELECT, "--since", "HEAD")[0] == 0
    notices("new-privacy.md")
    code, report = audit(".", *SELECT, "--since", "HEAD")
    assert (code, [one["path"] for one in report["documents"]]) == (1, ["new-privacy.md"])


def test_f83_files_of_a_submodule_are_never_without_news(repository: Made, tmp_path: Path, audit: Audit) -> None:
    """Which version of a submodule's file to compare with, the repository around it does not say: all in it is new."""
    inner = Made(tmp_path / "inner")
    inner.commit(**{"privacy.md": NOTICE})
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.folder), "part")
    repository.git("commit", "--quiet", "--all", "--message=part")
    code, report = audit(".", *SELECT, "--since", "HEAD")
    told = [(one["path"], one["status"]) for one in report["documents"]]
    assert (code, told) == (1, [("part/privacy.md", "audited")])
    with Path("part/privacy.md").open("a") as file:
        file.write("\nWe also rely on the EU-U.S. Safe Harbor Framework.\n")
    code, report = audit(".", *SELECT, "--since", "HEAD")
    assert (code, [one["path"] for one in report["documents"]]) == (1, ["part/privacy.md"])


def test_f83_outside_of_a_repository_there_is_nothing_to_compare_with(audit: Audit) -> None:
    notices("privacy.md")
    assert audit("privacy.md", *SELECT, "--since", "HEAD")[0] == 2

"""F83: git repositories and revisions that are not what they seem; never "nothing new", and more in `tests/unit`."""

from pathlib import Path

import pytest

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


def test_f83_outside_of_a_repository_there_is_nothing_to_compare_with(audit: Audit) -> None:
    notices("privacy.md")
    assert audit("privacy.md", *SELECT, "--since", "HEAD")[0] == 2

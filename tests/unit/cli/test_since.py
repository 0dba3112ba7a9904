"""`check --since REV`: what differs is audited again, and only what is new fails."""

import json
from pathlib import Path

import pytest

from privaudit.cli.main import run
from tests.unit.cli.test_walk import COMPLAINT, NOTICE, begun, call
from tests.unit.repositories import Made

GONE = NOTICE.replace(f"{COMPLAINT}\n\n", "")


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    return begun(tmp_path, monkeypatch)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, set[str]]]:
    """The exit code, and the rules of the new findings by document."""
    code = run(["check", "--format", "json", *arguments])
    documents = json.loads(capsys.readouterr().out)["documents"]
    return code, {
        one["path"]: {
            verdict["rule"] for verdict in one["verdicts"] if verdict["severity"] and verdict["state"] == "new"
        }
        for one in documents
    }


def test_where_nothing_differs_nothing_is_audited_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = call(capsys, "check", "--since", "HEAD")
    assert code == 0
    assert "No notice differs from HEAD; nothing to audit." in told


def test_a_changed_file_that_is_no_notice_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    write("README.md", "# A shop\n\nRun it.\n")
    code, told = call(capsys, "check", "--since", "HEAD")
    assert code == 0
    assert "skipped README.md" in told


def test_a_folder_without_documents_is_wrong_use_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    assert call(capsys, "check", "empty", "--since", "HEAD")[0] == 2


def test_an_uncommitted_change_counts(capsys: pytest.CaptureFixture[str]) -> None:
    write("legal/privacy.md", GONE)
    assert findings(capsys, "--since", "HEAD") == (1, {"legal/privacy.md": {"art13-2-d-complaint"}})


def test_a_new_file_is_new_altogether(capsys: pytest.CaptureFixture[str]) -> None:
    write("legal/privacy-old.md", NOTICE)
    code, found = findings(capsys, "--since", "HEAD")
    assert code == 1
    assert list(found) == ["legal/privacy-old.md"]
    assert "outdated-privacy-shield" in found["legal/privacy-old.md"]


def test_a_renamed_file_is_compared_with_what_it_was(repository: Made, capsys: pytest.CaptureFixture[str]) -> None:
    repository.git("mv", "legal/privacy.md", "legal/privacy-notice.md")
    assert findings(capsys, "--since", "HEAD") == (0, {"legal/privacy-notice.md": set()})
    write("legal/privacy-notice.md", GONE)
    assert findings(capsys, "--since", "HEAD") == (1, {"legal/privacy-notice.md": {"art13-2-d-complaint"}})


def test_a_deleted_file_is_named(repository: Made, capsys: pytest.CaptureFixture[str]) -> None:
    write("legal/other-privacy.md", "# Privacy\n\nWe rely on the Safe Harbor framework for all our transfers.\n")
    repository.commit()
    Path("legal/privacy.md").unlink()
    code, told = call(capsys, "check", "--since", "HEAD~1")
    assert code == 1
    assert "note: legal/privacy.md is gone since HEAD~1" in told


def test_a_deleted_file_elsewhere_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    write("other/privacy.md", NOTICE)
    Path("legal/privacy.md").unlink()
    assert "is gone" not in call(capsys, "check", "other", "--since", "HEAD")[1]


def test_from_a_folder_below_the_root(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("legal/privacy.md", GONE)
    monkeypatch.chdir("legal")
    assert findings(capsys, "--since", "HEAD") == (1, {"privacy.md": {"art13-2-d-complaint"}})


def test_a_version_that_could_not_be_read_excuses_nothing(repository: Made, capsys: pytest.CaptureFixture[str]) -> None:
    Path("legal/privacy.md").write_bytes(b"\x00\x01\x02")
    repository.commit()
    write("legal/privacy.md", NOTICE)
    code, found = findings(capsys, "--since", "HEAD")
    assert code == 1
    assert "outdated-privacy-shield" in found["legal/privacy.md"]


def test_a_version_larger_than_may_be_read_excuses_nothing(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    write("legal/privacy.md", f"{NOTICE}\n{'Our bicycles are green. ' * 200}")
    repository.commit()
    write("legal/privacy.md", NOTICE)
    code, found = findings(capsys, "--since", "HEAD", "--max-bytes", "4000")
    assert code == 1
    assert "outdated-privacy-shield" in found["legal/privacy.md"]


def test_a_part_of_a_notice_is_judged_with_the_parts_that_did_not_change(
    repository: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = NOTICE.split("## Your rights")
    write("legal/privacy.md", first)
    write("legal/rights.md", f"## Your rights{second}")
    write("privaudit.yaml", "notices: [{name: Oakfield, files: [/legal/privacy.md, /legal/rights.md]}]\n")
    repository.commit()
    write("legal/privacy.md", f"{first}\nWe sell bicycles.\n")
    assert findings(capsys, "--since", "HEAD") == (0, {"legal/privacy.md": set(), "legal/rights.md": set()})
    write("legal/rights.md", f"## Your rights{second}".replace(COMPLAINT, ""))
    code, found = findings(capsys, "--since", "HEAD")
    assert (code, found["legal/privacy.md"]) == (1, {"art13-2-d-complaint"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "nowhere"], "error: --since: no revision 'nowhere' in this repository"),
        (["--since=-x"], "error: --since: '-x' is no revision; write a branch, a tag or a commit, such as HEAD"),
        (["-", "--since", "HEAD"], "error: --since: standard input has no history; name files or folders"),
        (["../outside.md", "--since", "HEAD"], "outside.md: lies outside the repository; audit it without --since"),
    ],
)
def test_what_cannot_be_compared_is_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    write("../outside.md", NOTICE)
    code, told = call(capsys, "check", *arguments)
    assert code == 2
    assert message in told
    assert told.count("\n") == 1


def test_outside_a_repository_it_is_wrong_use(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("no-repository"))
    write("privacy.md", NOTICE)
    code, told = call(capsys, "check", "--since", "HEAD")
    assert code == 2
    assert told.startswith("error: --since: ")
    assert told.count("\n") == 1


def test_a_shallow_clone_without_the_revision_says_so(
    repository: Made, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("legal/privacy.md", GONE)
    repository.commit()
    repository.git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    code, told = call(capsys, "check", "--since", "HEAD~1")
    assert code == 2
    assert "this clone is shallow; fetch its history" in told

"""A document on standard input is audited under the name that it is given."""

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from privaudit.cli.main import run

# Read as plain text the tags would be words of it, and the comment would be part of the notice.
PAGE = """<html><body><h1>Privacy</h1>
<p>Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller.</p>
<!-- <p>You may complain to the supervisory authority.</p> -->
</body></html>
"""


@pytest.fixture(autouse=True)
def in_a_repository(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "web").mkdir()
    monkeypatch.chdir(tmp_path / "web")
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


def audited(
    text: str, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> dict[str, Any]:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    arguments = ["check", "-", *(["--stdin-filename", name] if name else []), "--format", "json", *options]
    assert run(arguments) in {0, 1}
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert isinstance(document, dict)
    return document


def outcome(document: dict[str, Any], rule: str) -> str:
    return next(str(one["outcome"]) for one in document["verdicts"] if one["rule"] == rule)


@pytest.mark.parametrize(
    ("name", "media_type", "complaint"),
    [("privacy.html", "text/html", "missing"), ("privacy.txt", "text/plain", "present"), ("", "text/plain", "present")],
)
def test_the_name_decides_how_the_text_is_read(
    name: str,
    media_type: str,
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = audited(PAGE, name, monkeypatch, capsys)
    assert document["media_type"] == media_type
    assert document["path"] == (name or "stdin")
    assert outcome(document, "art13-2-d-complaint") == complaint


def test_the_name_says_the_language_of_a_text_that_is_too_short_to_tell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    language = audited("Kontakt: Eklund AB.", "policy.sv.md", monkeypatch, capsys)["language"]
    assert (language["code"], language["source"]) == ("sv", "file-name")


def test_what_git_ignores_is_audited_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".gitignore").write_text("*.html\n")
    assert audited(PAGE, "privacy.html", monkeypatch, capsys)["status"] == "audited"


def test_a_name_that_is_no_notice_is_audited_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audited("# A tool\n\nIt sorts numbers.\n", "README.md", monkeypatch, capsys)["path"] == "README.md"


@pytest.mark.parametrize("name", ["de/privacy.md", "./de/privacy.md", "{here}/de/privacy.md"])
def test_reports_name_it_like_a_file(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = name.replace("{here}", str(Path.cwd()))
    document = audited(PAGE, name, monkeypatch, capsys, "--format", "sarif=report.sarif")
    assert document["path"] == "de/privacy.md"
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(Path("report.sarif").read_text())["runs"][0]["results"]
    ]
    assert set(places) == {"web/de/privacy.md"}


@pytest.mark.parametrize("command", ["check", "baseline"])
@pytest.mark.parametrize("paths", [[], ["."], ["privacy.html"]])
def test_a_name_for_nothing_is_wrong_use(command: str, paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("privacy.html").write_text(PAGE)
    assert run([command, *paths, "--stdin-filename", "a.html"]) == 2
    assert capsys.readouterr().err == (
        "error: --stdin-filename: names standard input, which is not read; add - to the paths\n"
    )

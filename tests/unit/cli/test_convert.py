"""`convert` prints what `check` would have printed, and says in a line why it cannot."""

import json
from pathlib import Path

import pytest

from privaudit.cli.main import run
from privaudit.gate import WRONG_USE
from privaudit.render import RENDERERS

NOTICE = """# Privacy notice

Oak & Elm Ltd, Pine Road 5, Dublin, is the controller. We keep your data for two years.

We rely on the Privacy Shield.
"""


@pytest.fixture(autouse=True)
def in_a_folder_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "privacy.md").write_text(NOTICE)
    (tmp_path / "legal" / "privacy.txt").write_bytes(b"\x00\x01 no notice")
    monkeypatch.chdir(tmp_path / "legal")
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))


def test_converted_and_direct_reports_are_equal(capsys: pytest.CaptureFixture[str]) -> None:
    direct = [f"--format={name}={name}.direct" for name in RENDERERS]
    assert run(["check", "privacy.md", "privacy.txt", "--as-of", "2026-11-24", *direct]) == 3
    converted = [f"--format={name}={name}.converted" for name in RENDERERS]
    assert run(["convert", "json.direct", *converted]) == 0
    for name in RENDERERS:
        assert Path(f"{name}.converted").read_bytes() == Path(f"{name}.direct").read_bytes(), name
    assert json.loads(Path("gitlab.direct").read_text())[0]["location"]["path"].startswith("legal/privacy.")
    capsys.readouterr()


@pytest.mark.parametrize("options", [["--statistics"], ["--show-passing"], ["--quiet", "--statistics"]])
@pytest.mark.parametrize("name", ["rich", "concise"])
def test_what_is_shown_is_told_as_for_check(name: str, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "privacy.md", "--as-of", "2026-11-24", "--format", name, "--format=json=saved", *options])
    direct = capsys.readouterr().out
    assert run(["convert", "saved", "--format", name, *options]) == 0
    assert capsys.readouterr().out == direct
    assert ("EU-US Privacy Shield" in direct) is ("--statistics" in options)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "report.json: cannot be read: No such file or directory"),
        ("{", "report.json: is no JSON: "),
        ("[]", "report.json: is no JSON report that this version of privaudit reads: it names no schema"),
        ('{"schema": "privaudit-report/2"}', "its schema is 'privaudit-report/2', not 'privaudit-report/1'"),
        ('{"schema": "privaudit-report/1"}', "report.json: is no whole report: 'tool' is missing"),
        ('{"schema": "privaudit-report/1", "tool": {"version": 1}}', "is no whole report: 'version' is no text"),
        ('{"schema": "privaudit-report/1", "tool": []}', "report.json: is no whole report: "),
        ("[" * 100_000, "report.json: is no JSON: "),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    if text is not None:
        Path("report.json").write_text(text)
    assert run(["convert", "report.json", "--format", "csv"]) == WRONG_USE
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("error: ")
    assert said in error
    assert error.count("\n") == 1


def test_bytes_that_are_no_text_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.json").write_bytes(b'{"schema": "\xff"}')
    assert run(["convert", "report.json"]) == WRONG_USE
    assert "report.json: is not UTF-8, from byte 12 on" in capsys.readouterr().err

"""The text beside a report: that of the run, or of files that are as they were audited."""

import json
from pathlib import Path

import pytest

from privaudit.cli import panes
from privaudit.cli.main import run
from privaudit.cli.options import Output
from privaudit.render.view import View
from privaudit.saved import report_of

NOTICE = (
    "# Privacy notice\n\nOak & Älm Ltd is the controller of your data. We rely on the Privacy Shield – as before.\n"
)
HTML = [Output("html")]


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))


def audited(*options: str, encoding: str = "utf-8") -> str:
    Path("privacy.md").write_text(NOTICE, encoding=encoding)
    run(["check", "privacy.md", "--format", "json=report.json", "--format", "html=report.html", *options])
    return Path("report.json").read_text(encoding="utf-8")


def read_again(text: str) -> View:
    return panes.with_unchanged(View(), HTML, report_of(text, "report.json"))


def test_an_unchanged_file_has_its_text() -> None:
    assert list(read_again(audited()).panes) == ["privacy.md"]


def test_only_a_format_that_shows_it_asks_for_the_text() -> None:
    saved = report_of(audited(), "report.json")
    assert not panes.with_unchanged(View(), [Output("csv")], saved).panes
    assert not panes.with_read(View(), [Output("csv")], saved, ()).panes


@pytest.mark.parametrize("change", ["edited", "gone", "folder"])
def test_a_file_that_is_not_as_it_was_has_no_text(change: str) -> None:
    text = audited()
    if change == "edited":
        Path("privacy.md").write_text(NOTICE + "More.\n")
    else:
        Path("privacy.md").unlink()
    if change == "folder":
        Path("privacy.md").mkdir()
    assert not read_again(text).panes


def test_a_report_whose_offsets_do_not_fit_has_no_text() -> None:
    data = json.loads(audited())
    evidence = next(one for verdict in data["documents"][0]["verdicts"] for one in verdict["evidence"])
    evidence["start"] += 1
    assert not read_again(json.dumps(data)).panes


def test_a_file_that_was_read_in_another_encoding_has_no_text() -> None:
    assert not read_again(audited("--encoding", "latin-1")).panes


@pytest.mark.parametrize("options", [(), ("--lang", "de")])
def test_the_text_of_a_run_is_that_of_the_file(options: tuple[str, ...]) -> None:
    audited(*options)
    assert run(["convert", "report.json", "--format", "html=again.html"]) == 0
    direct = Path("report.html").read_text(encoding="utf-8")
    assert 'class="paper"' in direct
    assert Path("again.html").read_text(encoding="utf-8") == direct

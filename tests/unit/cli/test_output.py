import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privaudit.cli.options import Output
from privaudit.cli.output import write, write_all
from privaudit.errors import OutputClosedError, UsageError
from privaudit.render.summary import LIMIT
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, report


class Stream:
    """A standard output that fails."""

    def __init__(self, error: OSError) -> None:
        self.error = error

    def write(self, _: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error


def test_a_report_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write("säker\n", None)
    assert capsys.readouterr().out == "säker\n"


def test_a_reader_that_went_away_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Stream(BrokenPipeError()))
    with pytest.raises(OutputClosedError):
        write("text", None)


def test_a_file_holds_the_report_in_utf_8_with_its_line_feeds(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    write("säker\nzwei\r\n", file)
    assert file.read_bytes() == "säker\nzwei\r\n".encode()


def test_folders_are_made(tmp_path: Path) -> None:
    write("text", tmp_path / "a" / "b" / "report.json")
    assert (tmp_path / "a" / "b" / "report.json").read_text() == "text"


def test_a_file_is_replaced_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("a longer text from before")
    write("new", file)
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_may_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write("text", tmp_path / "report.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.json").stat().st_mode) == 0o640


def test_the_summary_of_a_step_is_added_to_and_no_other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "step_summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    write("# One\n", file)
    assert file.read_text() == "# One\n"
    write("# Two\n", file)
    assert file.read_text() == "# One\n\n# Two\n"
    write("alone\n", tmp_path / "other")
    write("new\n", tmp_path / "other")
    assert (tmp_path / "other").read_text() == "new\n"


def test_what_stands_in_the_summary_of_a_step_is_taken_off_its_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "step_summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    file.write_text("x" * (LIMIT - 1500))
    many = [missing(f"rule-{number}") for number in range(100)]
    write_all(report(document(*many)), [Output("summary", file)], View())
    assert LIMIT - 1500 < file.stat().st_size < LIMIT
    assert "more not shown" in file.read_text()


def test_a_place_that_cannot_be_written_is_wrong_use_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match=r"taken/report\.json: cannot be written: ") as caught:
        write("text", tmp_path / "taken" / "report.json")
    assert len(str(caught.value).splitlines()) == 1


def test_a_folder_in_the_place_is_wrong_use_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write("text", tmp_path / "report.json")
    assert [one.name for one in tmp_path.iterdir()] == ["report.json"]


def test_a_text_that_cannot_be_encoded_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write("\ud800", file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "report.json").write_text("before")
    (tmp_path / "report.json").symlink_to("shared/report.json")
    write("new", tmp_path / "report.json")
    assert (tmp_path / "report.json").is_symlink()
    assert (tmp_path / "shared" / "report.json").read_text() == "new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text)
        write("säker\n", pipe)
        assert read.result(timeout=30) == "säker\n"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_that_no_file_system_takes_is_wrong_use(tmp_path: Path) -> None:
    for name in ("x" * 5000, "a\0b"):
        with pytest.raises(UsageError, match="cannot be written: "):
            write("text", tmp_path / name)

"""F73: a disk that is full while a report is written, and names that are no ordinary file."""

import errno
import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from privaudit.cli.main import run
from privaudit.cli.output import write
from privaudit.errors import OutputClosedError, UsageError
from tests.faults.commands import SELECT, notices, privaudit


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_f73_the_old_report_stays_whole_until_the_new_one_is(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    Path("report.json").write_text("the old one")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(UsageError, match=r"report\.json: cannot be written: No space left on device"):
        write("the new one", Path("report.json"))
    assert Path("report.json").read_text() == "the old one"
    assert [one.name for one in here.iterdir()] == ["report.json"]


def test_f73_a_report_is_on_the_disk_before_it_takes_the_place_of_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def noted(name: str) -> None:
        real: Any = getattr(os, name)

        def call(*told: Any, **named: Any) -> Any:
            calls.append(name)
            return real(*told, **named)

        monkeypatch.setattr(os, name, call)

    noted("fsync")
    noted("replace")
    write("text", Path("report.json"))
    assert calls == ["fsync", "replace"]


def test_f73_a_folder_is_no_place_for_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    notices("privacy.md")
    Path("folder").mkdir()
    assert run(["check", "privacy.md", *SELECT, "--format", "json=folder"]) == 2
    assert "folder: cannot be written: Is a directory" in capsys.readouterr().err


def test_f73_a_link_stays_one_and_a_dangling_one_gets_its_file(here: Path) -> None:
    (here / "reports").mkdir()
    (here / "old.json").symlink_to("reports/old.json")
    (here / "reports/old.json").write_text("the old one")
    (here / "new.json").symlink_to("reports/new.json")
    for name in ("old.json", "new.json"):
        write("the new one", Path(name))
        assert Path(name).is_symlink()
        assert (here / "reports" / name).read_text() == "the new one"


def test_f73_a_read_only_file_is_left_alone_and_other_permissions_are_kept() -> None:
    Path("report.json").write_text("the old one")
    Path("report.json").chmod(0o444)
    with pytest.raises(UsageError, match="the file is read-only"):
        write("the new one", Path("report.json"))
    assert Path("report.json").read_text() == "the old one"
    Path("report.json").chmod(0o600)
    write("the new one", Path("report.json"))
    assert stat.S_IMODE(Path("report.json").stat().st_mode) == 0o600


def test_f73_a_pipe_gets_the_report_and_stays_a_pipe() -> None:
    os.mkfifo("pipe")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe").read_text()))
    reader.start()
    write("the report", Path("pipe"))
    reader.join()
    assert got == ["the report"]
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


def test_f73_a_pipe_whose_reader_goes_away_is_a_closed_output() -> None:
    os.mkfifo("pipe")

    def read_a_little() -> None:
        with Path("pipe").open("rb", buffering=0) as pipe:
            pipe.read(10)

    reader = threading.Thread(target=read_a_little)
    reader.start()
    # More than a pipe holds.
    with pytest.raises(OutputClosedError):
        write("the report" * 100_000, Path("pipe"))
    reader.join()
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_f73_the_name_of_standard_output_is_standard_output(name: str) -> None:
    notices("privacy.md")
    for stdout in ("to a pipe", "to a file"):
        if stdout == "to a file":
            with Path("out").open("w") as file:
                done = privaudit("check", "privacy.md", *SELECT, "--format", f"json={name}", stdout=file)
            text = Path("out").read_text()
        else:
            done = privaudit("check", "privacy.md", *SELECT, "--format", f"json={name}")
            text = done.stdout
        assert (done.returncode, done.stderr) == (1, "")
        # The lines that are for people, then the report.
        lines, brace, rest = text.partition("\n{")
        assert "error outdated-privacy-shield" in lines
        assert json.loads(brace + rest)["summary"]["exit_code"] == 1

"""What a report looks like on a terminal, on none, and as the environment wants it."""

import io
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from privaudit.cli.main import run
from privaudit.cli.options import colored

ROOT = Path(__file__).parent.parent.parent.parent
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.

You may lodge a complaint with the supervisory authority.
"""
SGR = re.compile(r"\x1b\[[0-9;]*m")
ASKED = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "LINES", "TTY_COMPATIBLE")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def in_a_folder_with_a_notice(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # One cache for all, since most of these runs are processes of their own.
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ASKED:
        monkeypatch.delenv(name, raising=False)
    Path("privacy.md").write_text(NOTICE)


@pytest.mark.parametrize(
    ("stream", "told", "environment", "wanted"),
    [
        (Terminal(), "auto", {"TERM": "xterm"}, True),
        (Terminal(), "auto", {}, True),
        (Terminal(), "auto", {"TERM": "dumb"}, False),
        (Terminal(), "auto", {"NO_COLOR": "1"}, False),
        (Terminal(), "auto", {"NO_COLOR": ""}, True),
        (Terminal(), "auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (Terminal(), "auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (Terminal(), "always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
        (Terminal(), "never", {"FORCE_COLOR": "1"}, False),
        (io.StringIO(), "auto", {"TERM": "xterm"}, False),
        (io.StringIO(), "auto", {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), "auto", {"FORCE_COLOR": ""}, False),
        (io.StringIO(), "always", {}, True),
    ],
)
def test_whether_colours_are_written(
    stream: io.StringIO, told: str, environment: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(told, stream) is wanted


def on_a_terminal(*arguments: str, environment: dict[str, str] | None = None, columns: int = 100) -> tuple[int, str]:
    """The exit code and what a terminal of that width gets to see."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (40, columns))
    with subprocess.Popen(
        [sys.executable, "-m", "privaudit", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(environment or {})},
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            pass  # how Linux says that the other side is closed
        finally:
            os.close(ours)
        return process.wait(), shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_a_real_terminal_gets_the_rich_report(
    arguments: tuple[str, ...], environment: dict[str, str], coloured: bool
) -> None:
    code, shown = on_a_terminal("check", "privacy.md", *arguments, environment=environment)
    assert code == 1
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]", shown)) is coloured
    plain = SGR.sub("", shown)
    assert "\x1b" not in plain
    assert plain.startswith("privacy.md ───")
    assert max(map(len, plain.splitlines())) == 100


@pytest.mark.parametrize(("columns", "width"), [(72, 72), (20, 60), (200, 140)])
def test_the_report_is_as_wide_as_the_terminal_within_bounds(columns: int, width: int) -> None:
    _, shown = on_a_terminal("check", "privacy.md", columns=columns, environment={"NO_COLOR": "1"})
    assert len(shown.splitlines()[0]) == width


def test_the_width_can_be_told() -> None:
    _, shown = on_a_terminal("check", "privacy.md", columns=200, environment={"NO_COLOR": "1", "COLUMNS": "80"})
    assert len(shown.splitlines()[0]) == 80


@pytest.mark.parametrize(("term", "counted"), [("xterm", True), ("dumb", False)])
def test_many_documents_are_counted_while_they_are_audited(term: str, counted: bool) -> None:
    for number in range(9):
        Path(f"privacy-{number}.md").write_text(NOTICE)
    _, shown = on_a_terminal("check", ".", "--quiet", environment={"TERM": term, "NO_COLOR": "1"})
    assert ("\rauditing 10/10 " in shown) is counted
    assert ("\x1b" in shown) is counted
    assert shown.count("privacy-8.md") == 1


def test_no_terminal_gets_lines_without_colours(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "privacy.md"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("privacy.md:1:1: error ")
    assert "\x1b" not in out


def test_a_file_gets_no_colours_whatever_is_forced(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(["check", "privacy.md", "--color", "always", "--format", "concise", "--format", "rich=report.txt"]) == 1
    assert "\x1b[31merror\x1b[0m" in capsys.readouterr().out
    assert "\x1b" not in Path("report.txt").read_text()

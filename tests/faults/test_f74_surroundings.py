"""F74: no home or one that takes no files, and terminals that are none, dumb, or of an odd width."""

from pathlib import Path

import pytest

from tests.faults.commands import QUICK, SELECT, notices, own_pack, privaudit


@pytest.mark.parametrize(
    "changed",
    [
        {"HOME": None, "XDG_CACHE_HOME": None},
        # A home in which nothing can be made, even by root.
        {"HOME": "/proc/nobody", "XDG_CACHE_HOME": None},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": None},
        {"XDG_CACHE_HOME": "/proc/cache"},
        {"XDG_CACHE_HOME": "relative"},
        {"XDG_CACHE_HOME": "here.txt"},
    ],
)
def test_f74_without_a_place_for_a_cache_there_is_none(changed: dict[str, str | None]) -> None:
    notices("privacy.md")
    own_pack()
    Path("here.txt").write_text("no folder")
    if changed.get("XDG_CACHE_HOME") == "relative":
        changed = {**changed, "HOME": "/proc/nobody"}
    done = privaudit("check", "privacy.md", *QUICK, changed={"PRIVAUDIT_CACHE_DIR": None, **changed})
    assert (done.returncode, done.stderr) == (1, "")
    assert sorted(one.name for one in Path().iterdir()) == ["here.txt", "own.yaml", "privacy.md"]


@pytest.mark.parametrize("changed", [{"TERM": None}, {"TERM": "dumb"}, {"TERM": "no such terminal"}, {"TERM": ""}])
def test_f74_any_terminal_will_do(changed: dict[str, str | None]) -> None:
    notices("privacy.md")
    done = privaudit("check", "privacy.md", *SELECT, "--format", "rich", changed=changed)
    assert (done.returncode, done.stderr) == (1, "")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(("columns", "width"), [("0", 100), ("1", 60), ("10000", 140), ("-5", 100), ("many", 100)])
def test_f74_any_width_will_do(columns: str, width: int) -> None:
    notices("privacy.md")
    done = privaudit("check", "privacy.md", *SELECT, "--format", "rich", changed={"COLUMNS": columns})
    assert (done.returncode, done.stderr) == (1, "")
    assert max(map(len, done.stdout.splitlines())) == width

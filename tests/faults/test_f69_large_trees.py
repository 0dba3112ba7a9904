"""F69: a hundred thousand files, folders two thousand deep, ignore files of ten thousand lines."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pathspec import GitIgnoreSpec

from privaudit.walk import walk
from tests.faults.commands import environment, notices
from tests.faults.conftest import Audit

MEASURE = """
import resource
from privaudit.discover import discover
discover(["0/0.md"])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = [one.path for one in discover(["."]).sources]
print(len(found), found == sorted(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_f69_a_hundred_thousand_files_cost_their_names_and_come_sorted() -> None:
    for folder in range(10):
        Path(f"{folder}").mkdir()
    originals = ("0/0.md", "1/50001.md")
    for name in originals:
        Path(name).write_bytes(b"x" * 1000)
    for number in range(1, 100_000):
        if number != 50_001:
            # Links to two files: as many names, but quicker to make.
            os.link(originals[number // 50_000], f"{number % 10}/{number}.md")
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], env=environment(), capture_output=True, text=True, check=True
    )
    count, is_sorted, kilobytes = done.stdout.split()
    assert (count, is_sorted) == ("100000", "True")
    # Less than their names, their bytes and much else would take.
    assert int(kilobytes) < 80_000


def test_f69_two_thousand_folders_deep(here: Path, audit: Audit) -> None:
    """What has a path too long for the system, which takes 4,096 bytes, is told as not seen."""
    depth = 2100
    (here / "privacy.md").write_text("")
    descriptor = os.open(here, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(os.open("privacy.md", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor))
    os.close(descriptor)
    try:
        code, report = audit(".")
    finally:
        # Whoever clears up after the tests cannot reach so deep.
        for _ in range(depth - 1):
            Path("d/d").rename("below")
            Path("d").rmdir()
            Path("below").rename("d")
    assert code == 3
    assert {one["status"] for one in report["documents"]} == {"not-audited"}
    told = {one["problems"][0]["message"] for one in report["documents"]}
    assert {"the file is empty", "cannot be listed: File name too long"} <= told


def test_f69_the_insides_of_git_and_of_packages_are_not_looked_at(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notices("privacy.md", ".git/privacy.md", "node_modules/privacy.md", "a/.git/privacy.md", "a/venv/privacy.md")
    listed: list[str] = []
    scan = os.scandir

    def noted(path: str) -> Any:
        listed.append(os.path.relpath(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", noted)
    assert [met.path for met in walk(str(here))] == [str(here / "privacy.md")]
    assert listed == [".", "a"]


def test_f69_an_ignore_file_of_ten_thousand_lines_is_understood_once(monkeypatch: pytest.MonkeyPatch) -> None:
    notices(*(f"a/{number}/privacy-{number}.md" for number in range(30)))
    Path("a/.gitignore").write_text("".join(f"draft-{number}-*.md\n" for number in range(10_000)) + "privacy-7.md\n")
    made: list[int] = []
    make = GitIgnoreSpec.from_lines

    def counted(lines: list[str]) -> GitIgnoreSpec:
        made.append(len(lines))
        return make(lines)

    monkeypatch.setattr(GitIgnoreSpec, "from_lines", counted)
    assert len(list(walk("a"))) == 29
    assert made == [10_001]

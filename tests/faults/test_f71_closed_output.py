"""F71: nowhere to write the report to; a report that is lost is no clean run."""

import os
from pathlib import Path

import pytest

from tests.faults.commands import SELECT, notices, privaudit


@pytest.mark.parametrize("more", [(), ("--format", "json=report.json"), ("--jobs", "2")])
def test_f71_a_closed_standard_output_is_wrong_use(more: tuple[str, ...]) -> None:
    notices("privacy.md")
    done = privaudit("check", "privacy.md", *SELECT, *more, stdout=None, preexec_fn=lambda: os.close(1))
    assert done.returncode == 2
    assert done.stderr == "error: standard output is closed; send it to /dev/null if it is not wanted\n"


@pytest.mark.parametrize("arguments", [("check", "privacy.md", *SELECT), ("rules", "list"), ("--help",)])
def test_f71_a_full_disk_behind_standard_output_is_told_in_a_line(arguments: tuple[str, ...]) -> None:
    notices("privacy.md")
    with Path("/dev/full").open("w") as full:
        done = privaudit(*arguments, stdout=full)
    assert done.returncode == 2
    assert done.stderr.endswith("No space left on device\n")
    assert len(done.stderr.splitlines()) == 1


def test_f71_without_a_place_for_errors_the_report_is_written_all_the_same() -> None:
    notices("privacy.md")
    done = privaudit("check", "privacy.md", *SELECT, stderr=None, preexec_fn=lambda: os.close(2))
    assert done.returncode == 1
    assert "error outdated-privacy-shield" in done.stdout
    with Path("/dev/full").open("w") as full:
        assert privaudit("check", "nowhere.md", stderr=full).returncode == 2


def test_f71_a_closed_standard_input_holds_no_document() -> None:
    done = privaudit("check", "-", stdin=None, preexec_fn=lambda: os.close(0))
    assert done.returncode == 3
    assert "standard input is closed" in done.stdout
    assert "internal error" not in done.stdout

"""F70: whoever reads the output goes away, which is no finding."""

import os

import pytest

from tests.faults.commands import SELECT, notices, privaudit


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "privacy.md", *SELECT),
        ("check", "privacy.md", *SELECT, "--jobs", "2", "--format", "json"),
        ("rules", "list"),
        ("--help",),
    ],
)
def test_f70_a_reader_that_goes_away_is_told_by_the_exit_code_alone(arguments: tuple[str, ...]) -> None:
    notices("privacy.md")
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = privaudit(*arguments, stdout=theirs)
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (141, "")

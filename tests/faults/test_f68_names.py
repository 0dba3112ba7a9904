"""F68: names that are as long as a file system has them, are no text, or look like something else.

Twins that differ by case alone are two files where the file system has both, as here; a dot at the end of a name, which
Windows drops, is a name like any other.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

from privaudit.render import RENDERERS
from tests.faults.commands import NOTICE, SELECT, notices, privaudit
from tests.faults.conftest import Audit

ODD = ["privacy\nnotice.md", "privacy\tnotice.md", "--privacy.md", "privacy 'x' \"y\".md", "Privacy.md", "privacy.md",
       "privacy\x1b[31m.md", "privacy\r::error::.md", "privacy*.md", "p[r]ivacy.md",
       "privacy" + "x" * 245 + ".md"]  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_f68_odd_names_are_audited_like_others(audit: Audit, jobs: str) -> None:
    notices(*ODD)
    code, report = audit(".", *SELECT, "--jobs", jobs)
    assert code == 1
    assert sorted(one["path"] for one in report["documents"]) == sorted(ODD)
    assert {one["status"] for one in report["documents"]} == {"audited"}


@pytest.mark.parametrize("name", ODD)
def test_f68_odd_names_can_be_named(audit: Audit, name: str) -> None:
    notices(name)
    code, report = audit(*SELECT, "--", name)
    assert (code, [one["path"] for one in report["documents"]]) == (1, [name])


def test_f68_a_name_that_is_no_text_reaches_every_report(here: Path) -> None:
    with open(os.fsencode(here) + b"/privacy-\xff.md", "w", encoding="utf-8") as file:  # noqa: PTH123 - a name in bytes
        file.write(NOTICE)
    styles = [style for style in RENDERERS if style != "concise"]
    done = privaudit("check", ".", *SELECT, *(f"--format={style}=report.{style}" for style in styles))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("privacy-")
    for style in styles:
        text = Path(f"report.{style}").read_bytes().decode("utf-8")
        assert "privacy-" in text
        if style in {"json", "sarif", "gitlab"}:
            json.loads(text)


def test_f68_a_name_that_is_no_text_does_no_harm_on_standard_output(here: Path) -> None:
    os.mkdir(os.fsencode(here) + b"/\xff")  # noqa: PTH102 - a name in bytes
    with open(os.fsencode(here) + b"/\xff/privacy.md", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(NOTICE)
    for jobs in ("1", "2"):
        done = privaudit("check", ".", *SELECT, "--format", "json", "--jobs", jobs, encoding=None)
        assert (done.returncode, done.stderr) == (1, b"")
        assert json.loads(done.stdout)["documents"][0]["path"].endswith("/privacy.md")


def test_f68_a_path_that_no_system_takes_is_wrong_use(audit: Audit) -> None:
    for name in ("x/" * 3000 + "privacy.md", "x" * 300):
        code, report = audit(name)
        assert (code, report["documents"]) == (2, [])


def test_f68_no_name_begins_a_line_of_its_own() -> None:
    notices("privacy\n::error::injected.md")
    done = privaudit("check", ".", *SELECT, "--format", "github", stderr=subprocess.STDOUT)
    assert not any(line.startswith("::error::injected") for line in done.stdout.splitlines())

"""The job for GitLab CI, and the examples in the documentation."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ways import schema
from tests.ways.pages import ROOT, examples

PAGE = "docs/ci-gitlab.md"
TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.
"""


def test_the_job_is_valid() -> None:
    schema.check("gitlab-ci", ROOT / "ci" / "gitlab.yml")


def test_the_examples_are_valid_and_name_variables_of_the_job(tmp_path: Path) -> None:
    found = examples(PAGE, "yaml")
    assert len(found) == 4
    files = []
    for number, text in enumerate(found):
        files.append(tmp_path / f"{number}.yml")
        files[-1].write_text(text, encoding="utf-8")
        assert set(re.findall(r"PRIVAUDIT_[A-Z]+", text)) <= set(TEMPLATE["variables"])
    schema.check("gitlab-ci", *files)


def test_every_variable_is_described() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(PRIVAUDIT_[A-Z]+)` \|", page, re.MULTILINE)) == set(TEMPLATE["variables"])


def run_job(job: dict[str, Any], folder: Path, commands: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The script of a job as a runner runs it: line by line in one shell, which stops at the first that fails."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])],  # noqa: S607
        cwd=folder,
        env={
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PRIVAUDIT_CACHE_DIR": str(folder.parent / "cache"),
            **TEMPLATE["variables"],
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def commands(tmp_path: Path, installed: Path) -> Path:
    """A folder with privaudit, and with a pip that notes what it is asked to install and installs nothing."""
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "privaudit").symlink_to(installed / "privaudit")
    (folder / "pip").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/asked"\n')
    (folder / "pip").chmod(0o755)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("policies", "drafts"):
        (site / name).mkdir(parents=True)
        (site / name / "privacy.md").write_text(NOTICE)
    (site / ".git").mkdir()
    return site


def test_the_job_audits_and_leaves_a_report(site: Path, commands: Path) -> None:
    done = run_job(
        TEMPLATE["privaudit"],
        site,
        commands,
        PRIVAUDIT_FROM="a name of a package",
        PRIVAUDIT_PATHS="policies/ drafts/privacy.md",
        PRIVAUDIT_ARGS="--select=outdated --as-of 2026-11-24",
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert (commands / "asked").read_text().splitlines()[-1] == "a name of a package"
    assert "policies/privacy.md:3:62: error outdated-privacy-shield" in done.stdout
    report = TEMPLATE["privaudit"]["artifacts"]["reports"]["codequality"]
    issues = json.loads((site / report).read_text(encoding="utf-8"))
    assert [issue["location"]["path"] for issue in issues] == ["drafts/privacy.md", "policies/privacy.md"]
    assert TEMPLATE["privaudit"]["artifacts"]["when"] == "always"


def test_the_job_says_what_it_lacks(site: Path, commands: Path) -> None:
    done = run_job(TEMPLATE["privaudit"], site, commands)
    assert done.returncode == 2
    assert done.stderr.startswith("PRIVAUDIT_FROM is empty")
    assert not (commands / "asked").exists()


def test_the_job_of_ones_own_leaves_both_reports(site: Path, commands: Path) -> None:
    (job,) = (yaml.safe_load(text).get("privacy notices") for text in examples(PAGE, "yaml") if "junit" in text)
    assert run_job(job, site, commands).returncode == 1
    for file in job["artifacts"]["reports"].values():
        assert "outdated-privacy-shield" in (site / file).read_text(encoding="utf-8")

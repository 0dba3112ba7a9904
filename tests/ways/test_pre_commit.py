"""The hook for pre-commit: its manifest, which files it takes, and a run of it in a repository."""

import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
import yaml

from privaudit.cli.stages import is_no_notice
from privaudit.read.formats import BINARY, SUFFIXES
from tests.ways.pages import ROOT, examples

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
FILES = str(yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))[0]["files"])
# One word of each kind: of a notice's name, of a project's file, and others.
WORDS = (
    *("privacy", "Datenschutz", "DATASKYDD", "avg", "cookie", "notice", "NOTICE", "policies", "rgpd", "dsgvo"),
    *("readme", "SECURITY", "licence", "requirements-dev", "code-of-conduct", "CHANGES"),
    *("davgor", "index", "terms"),
)
NOTICE = """# Privacy notice

Oakfield Cycles Ltd, Pine Road 5, Dublin, is the controller. We rely on the EU-U.S. Privacy Shield.
"""


def pre_commit(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    # Neither this checkout nor a surrounding git command may reach into what the hook runs.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH" and not name.startswith("GIT_")}
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=folder,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_the_manifest_is_valid() -> None:
    done = pre_commit("validate-manifest", str(MANIFEST))
    assert (done.returncode, done.stdout) == (0, "")


def test_the_examples_are_valid(tmp_path: Path) -> None:
    found = [text for text in examples("docs/pre-commit.md", "yaml") if text.startswith("repos:")]
    assert len(found) >= 2
    for text in found:
        (tmp_path / "config.yaml").write_text(text)
        done = pre_commit("validate-config", str(tmp_path / "config.yaml"))
        assert (done.returncode, done.stdout) == (0, ""), text


@pytest.mark.parametrize("folder", ["", "docs/", "privacy/", "readme/"])
def test_the_hook_takes_the_names_that_a_walk_takes(folder: str) -> None:
    names = [
        f"{name}{suffix}"
        for first, second in product(WORDS, ["", *WORDS])
        for name in ([f"{first}-{second}", f"{first}.{second}"] if second else [first])
        for suffix in sorted(suffix for suffix, kind in SUFFIXES.items() if kind not in BINARY)
    ]
    differ = [name for name in names if bool(re.search(FILES, f"{folder}{name}")) is is_no_notice(name, None)]
    assert differ == []
    assert re.search(FILES, f"{folder}privacy.de.md")
    assert not re.search(FILES, f"{folder}README.md")


@pytest.mark.parametrize("name", ["privacy.py", "privacy.md.orig", "privacy/logo.svg", "privacy"])
def test_the_hook_leaves_other_kinds_of_files(name: str) -> None:
    assert not re.search(FILES, name)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit installs from a git checkout, and this is none")
def test_the_hook_audits_the_notices_of_a_repository(tmp_path: Path) -> None:
    """Installs the hook as pre-commit does, from this checkout, and needs a package registry for it."""
    site = tmp_path / "site"
    (site / "legal").mkdir(parents=True)
    (site / "legal" / "privacy.md").write_text(NOTICE)
    (site / "README.md").write_text("# Site\n\nWe care for privacy and personal data.\n")
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=site, check=True)  # noqa: S607
    done = pre_commit(
        "try-repo",
        str(ROOT),
        "privaudit",
        "--all-files",
        folder=site,
        PRE_COMMIT_HOME=str(tmp_path / "home"),
        PRIVAUDIT_CACHE_DIR=str(tmp_path / "cache"),
    )
    # An environment that could not be made, and what pip says when nobody answers.
    if done.returncode == 3 and "Retrying (Retry(" in done.stdout:
        pytest.skip("no package registry can be reached, and the hook is installed from one")
    assert done.returncode == 1, done.stdout
    assert "- exit code: 1" in done.stdout
    assert re.search(r"^legal/privacy\.md:3:\d+: error outdated-privacy-shield ", done.stdout, re.MULTILINE)
    assert "README" not in done.stdout

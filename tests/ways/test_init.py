"""What `privaudit init` writes is what pre-commit, GitHub and GitLab take."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from privaudit.cli.main import run
from tests.ways import schema, weaknesses


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_hook(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--pre-commit"]) == 0
    command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(command, check=False).returncode == 0
    (repository,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"]
    taken = re.compile(repository["hooks"][0]["files"])
    assert all(taken.search(name) for name in ("privacy.md", "legal/Datenschutz-2026.html"))
    assert not any(taken.search(name) for name in ("README.md", "privacy/README.md", "privacy/logo.svg"))
    capsys.readouterr()


def test_the_workflows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--ci", "github"]) == 0
    assert run(["init", "--ci", "gitlab"]) == 0
    workflow = Path(".github/workflows/privaudit.yml")
    schema.check("github-workflows", workflow)
    weaknesses.check(workflow)
    schema.check("gitlab-ci", Path(".gitlab-ci.yml"))
    capsys.readouterr()

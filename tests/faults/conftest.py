"""Each test in an empty folder of its own with one cache for all, or in the house with its small rule pack."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from privaudit.cli.main import run
from tests.unit.house import House, built

Audit = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    return folder


@pytest.fixture
def audit(capsys: pytest.CaptureFixture[str]) -> Audit:
    """Runs `check` in this process: the exit code, and the JSON report."""

    def run_check(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = run(["check", "--format", "json", *arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, json.loads(captured.out) if captured.out else {"errors": captured.err, "documents": []}

    return run_check


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: str) -> House:
    return built(tmp_path, monkeypatch, capsys, cache)

"""The fixtures of tests that call the command line with a small rule pack."""

from pathlib import Path

import pytest

from tests.unit.house import House, built


@pytest.fixture(scope="session")
def rules_cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rules_cache: str
) -> House:
    return built(tmp_path, monkeypatch, capsys, rules_cache)

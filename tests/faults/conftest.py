"""The small rule pack of the unit tests, and what the tests of the fault catalogue share."""

from pathlib import Path

import pytest

from tests.unit.house import House, built


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: str) -> House:
    return built(tmp_path, monkeypatch, capsys, cache)

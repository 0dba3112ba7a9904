"""What tests of several commands start from."""

from pathlib import Path

import pytest

from tests.unit.repositories import Made, isolate


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules_cache: str) -> Made:
    """A repository without a commit, which is the current folder."""
    isolate(monkeypatch)
    made = Made(tmp_path / "here")
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", rules_cache)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return made

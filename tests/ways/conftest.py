"""What the tests of several ways share."""

import sys
from pathlib import Path

import pytest

from tests.ways.action import run_step


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the command, installed by the action's own step from this checkout; skips without a registry."""
    temporary = tmp_path_factory.mktemp("runner")
    known = {"steps.python.outputs.python-path": sys.executable}
    done = run_step("install", temporary, temporary=temporary, known=known)
    # What pip says when nobody answers.
    if done.code and "Retrying (Retry(" in done.log:
        pytest.skip("no package registry can be reached, and privaudit is installed with what it needs from one")
    assert done.code == 0, done.log
    return Path(done.outputs["bin"])

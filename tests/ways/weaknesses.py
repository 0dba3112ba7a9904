"""Workflows and actions held against what is known to make them unsafe."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.ways.pages import ROOT


def check(*files: Path) -> None:
    """Fails where zizmor finds a weakness in a workflow or an action."""
    command = shutil.which("zizmor", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert command, "zizmor belongs to the development packages"
    config = str(ROOT / "tests" / "ways" / "zizmor.yml")
    options = ("--offline", "--no-progress", "--quiet", "--config", config)
    done = subprocess.run([command, *options, *map(str, files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

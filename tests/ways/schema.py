"""Files held against the schemas that check-jsonschema brings along."""

import subprocess
import sys
from pathlib import Path


def check(name: str, *files: Path) -> None:
    """Fails where a file does not keep to a schema, such as `github-actions`."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

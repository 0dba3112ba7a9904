"""Runs one fuzzer for some seconds: `python fuzz/run.py NAME --seconds N`. Needs atheris (`pip install atheris`).

A find is written to `fuzz/regressions/NAME-…`, which the tests feed again from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]
# One input may take no longer (seconds, megabytes of it).
_LONGEST, _MOST = 20, 2048
_SEEDS = {
    "text": ("samples", "*.txt"), "markdown": ("samples", "*.md"), "html": ("samples", "*.html"),
    "shadow": ("samples", "*.*"), "rules": ("rules", "*.yaml"), "configuration": ("rules", "pack.yaml"),
    "saved": ("tests/golden/expected", "*.json"), "pattern": ("fuzz/regressions", "pattern*"),
}  # fmt: skip


def seeds(name: str) -> list[Path]:
    """Files to begin with: samples of the project, and what was found before."""
    folder, files = _SEEDS[name]
    return [*sorted((ROOT / folder).rglob(files)), *sorted((HERE / "regressions").glob(f"{name}-*"))]


def main() -> None:
    """Feeds a target until the time is over; a find ends the run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(_SEEDS))
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["privaudit"]):
        from targets import TARGETS
    target = TARGETS[given.name]
    began, fed = time.monotonic(), 0

    def feed(data: bytes) -> None:
        nonlocal fed
        fed += 1
        try:
            target(data)
        except BaseException:
            kept = HERE / "regressions" / f"{given.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            kept.write_bytes(data)
            sys.stderr.write(f"kept {kept.relative_to(ROOT)}\n")
            raise
        if time.monotonic() - began > given.seconds:
            # libFuzzer ends the process by itself, without a word to Python.
            sys.stdout.write(json.dumps({"fuzzer": given.name, "inputs": fed, "seconds": given.seconds}) + "\n")
            sys.stdout.flush()
            import os

            os._exit(0)

    corpus = seeds(given.name)
    random.Random(0).shuffle(corpus)  # noqa: S311 - an order, no secret
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        arguments = [sys.argv[0], f"-timeout={_LONGEST}", f"-rss_limit_mb={_MOST}", "-max_len=4096", "-verbosity=0"]
        # What kills the process, such as a hang, is kept beside the rest.
        arguments.append(f"-artifact_prefix={HERE / 'regressions' / given.name}-")
        for number, path in enumerate(corpus[:200]):
            (Path(folder) / str(number)).write_bytes(path.read_bytes()[:4096])
        atheris.Setup([*arguments, folder], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

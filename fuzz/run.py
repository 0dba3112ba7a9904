"""Runs one fuzzer for some seconds: `python fuzz/run.py NAME --seconds N`. Needs atheris (`pip install atheris`).

A find is written to `fuzz/regressions/NAME-…`, which the tests feed again from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
# One input may take no longer (seconds, megabytes of it).
_LONGEST, _MOST = 20, 2048


def main() -> None:
    """Feeds a target until the time is over; a find ends the run."""
    import atheris

    with atheris.instrument_imports(include=["privaudit"]):
        from fuzz.seeds import LONGEST, NAMES, REGRESSIONS, seeds
        from fuzz.targets import TARGETS
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    target = TARGETS[given.name]
    began, fed = time.monotonic(), 0

    def feed(data: bytes) -> None:
        nonlocal fed
        fed += 1
        try:
            target(data)
        except BaseException:
            kept = REGRESSIONS / f"{given.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            kept.write_bytes(data)
            sys.stderr.write(f"kept {kept.relative_to(ROOT)}\n")
            raise
        if time.monotonic() - began > given.seconds:
            # libFuzzer ends the process by itself, without a word to Python.
            sys.stdout.write(json.dumps({"fuzzer": given.name, "inputs": fed, "seconds": given.seconds}) + "\n")
            sys.stdout.flush()
            import os

            os._exit(0)

    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        arguments = [
            sys.argv[0],
            f"-timeout={_LONGEST}",
            f"-rss_limit_mb={_MOST}",
            f"-max_len={LONGEST}",
            "-verbosity=0",
        ]
        # What kills the process, such as a hang, is kept beside the rest.
        arguments.append(f"-artifact_prefix={REGRESSIONS / given.name}-")
        for number, seed in enumerate(seeds(given.name)):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([*arguments, folder], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

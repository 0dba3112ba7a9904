"""How long one document takes, whole process, in multiples of `python -c pass`.

    python benchmarks/startup.py [DOCUMENT] [--runs N] [--format NAME] [--cold]

Uses the interpreter that runs it, in which privaudit must be installed; best from a wheel, which comes with bytecode.
The first runs are not counted; `--cold` counts runs without any cache, as the first one in a job is. startup.md has
figures, and what they are made of.
"""

import argparse
import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "complete.md"
SIZE = 15_000


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Measures in turn, so that both see the same machine, and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", nargs="?", type=Path, help="default: 15 KB made of a sample")
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--format", default="concise")
    options = parser.parse_args()
    document = options.document.absolute() if options.document else None
    # There, so that no project's configuration is looked through.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        if document is None:
            # Without the front matter, which opens a file and nothing else.
            text = SAMPLE.read_text(encoding="utf-8").partition("\n---\n")[2] + "\n"
            document = Path(folder) / "notice.md"
            document.write_text((text * (SIZE // len(text) + 1))[:SIZE], encoding="utf-8")
        environment = {**os.environ, "PRIVAUDIT_CACHE_DIR": "off" if options.cold else str(Path(folder) / "cache")}
        nothing = [sys.executable, "-c", "pass"]
        check = [str(Path(sys.executable).with_name("privaudit")), "check", str(document), "--format", options.format]
        for _ in range(2):
            seconds(nothing, environment)
            seconds(check, environment)
        pairs = [(seconds(nothing, environment), seconds(check, environment)) for _ in range(options.runs)]
    base = statistics.median(pair[0] for pair in pairs)
    taken = statistics.median(pair[1] for pair in pairs)
    # Kilobytes on Linux; the largest of all processes, none of which is larger than a check.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(  # noqa: T201
        f"{document.name}: python -c pass {base * 1e3:.1f} ms, check {taken * 1e3:.1f} ms, {taken / base:.1f} times, "
        f"{peak} MB"
    )


if __name__ == "__main__":
    main()

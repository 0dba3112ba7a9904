"""How many documents of a corpus are audited in a second, with how much memory, and what a broken run comes to.

    python benchmarks/corpus.py FOLDER... [--runs N] [--jobs N]... [--broken N]

The documents of the folders are taken once each: copies would be found in caches that real corpora miss. Runs are taken
in turn, so that all see the same machine; medians count, and every number of processes must come to the same bytes.
With `--broken N`, a corpus of N short texts is audited as well: undisturbed, and with a process and then the run itself
killed in the middle, after which another goes on. Uses the interpreter that runs it, in which privaudit must be
importable.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

# What a run ends with that came to its end: some documents may not be audited in full.
ENDED = (0, 3)
MEDIA_TYPES = {".md": "text/markdown", ".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}
SENTENCES = (
    "We keep your name and address for two years.", "You may complain to the supervisory authority.",
    "We rely on the EU-U.S. Privacy Shield.", "Our legal basis is your consent.", "Nobody else receives your data.",
    "You may ask for access to your data.", "The controller is Oakfield Cycles Ltd.", "We send a letter in spring.",
)  # fmt: skip


class Measured(NamedTuple):
    """A run: seconds of wall time and of computing, the largest process in MB, the hash of its rows."""

    wall: float
    computed: float
    memory: float
    digest: str


def documents(folders: Iterable[Path]) -> Iterator[dict[str, str]]:
    """Every document once, as a record."""
    seen = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in MEDIA_TYPES and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                if text not in seen:
                    seen.add(text)
                    name = "html" if path.suffix.startswith(".htm") else "text"
                    yield {"id": path.name, name: text, "media_type": MEDIA_TYPES[path.suffix]}


def short(count: int) -> Iterator[dict[str, str]]:
    """Short texts, no two the same."""
    chance = random.Random(1)  # noqa: S311 - the same each time
    for number in range(count):
        yield {"id": str(number), "text": f"Notice {number}\n\n{' '.join(chance.choices(SENTENCES, k=5))}"}


def written(path: Path, records: Iterable[dict[str, str]]) -> int:
    """Writes records a line; gives their number."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, record in enumerate(records, 1):  # noqa: B007 - the last one counts
            file.write(json.dumps(record) + "\n")
    return count


def command(source: Path, output: Path, jobs: int, *more: str) -> list[str]:
    """A run as a command."""
    options = ["--isolated", "--quiet", "--as-of", "2026-11-26", "--jobs", str(jobs), *more]
    return [sys.executable, "-m", "privaudit", "corpus", str(source), str(output), *options]


def digest(output: Path) -> str:
    """The hash of all rows."""
    files = [output] if output.is_file() else sorted(output.glob("part-*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def measured(source: Path, output: Path, jobs: int, environment: dict[str, str], *more: str) -> Measured:
    """A run from nothing."""
    shutil.rmtree(output, ignore_errors=True)
    start = time.perf_counter()
    process = subprocess.Popen(command(source, output, jobs, *more), env=environment)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in ENDED:
        raise SystemExit("the run has failed")
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, digest(output))


def broken(here: Path, count: int, environment: dict[str, str]) -> str:
    """Kills a process and a run in the middle of `count` records, goes on, and compares."""
    source = here / "short.jsonl"
    written(source, short(count))
    output, more = here / "broken", ("--part-size", "1000")
    measured(source, here / "whole", 2, environment, *more)
    process = subprocess.Popen(command(source, output, 2, *more), env=environment)
    checkpoint = output / "_checkpoint.jsonl"
    killed = False
    while process.poll() is None:
        parts = checkpoint.read_bytes().count(b"\n") - 1 if checkpoint.exists() else 0
        if parts >= 1 and not killed:
            killed = True
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            os.kill(int(children[0]), signal.SIGKILL)
        if parts >= count // 2000:
            process.kill()
            process.wait()
            break
        time.sleep(0.01)
    resumed = subprocess.run([*command(source, output, 2, *more), "--resume"], env=environment, check=False)
    if resumed.returncode not in ENDED:
        raise SystemExit("the resumed run has failed")
    same = digest(output) == digest(here / "whole")
    return f"{count} records, a process and the run killed: {'the same' if same else 'OTHER'} bytes as undisturbed"


def main() -> None:
    """Measures, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, action="append", help="default: 1 and 2")
    parser.add_argument("--broken", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        environment = {**os.environ, "PRIVAUDIT_CACHE_DIR": str(here / "cache")}
        source = here / "documents.jsonl"
        count = written(source, documents(options.folders))
        wanted = options.jobs or [1, 2]
        measured(source, here / "out", wanted[0], environment)
        runs = [
            {jobs: measured(source, here / "out", jobs, environment) for jobs in wanted} for _ in range(options.runs)
        ]
        print(f"{count} documents, {source.stat().st_size / count / 1000:.1f} KB each")  # noqa: T201
        first = statistics.median(run[wanted[0]].wall for run in runs)
        for jobs in wanted:
            wall, computed, memory = (
                statistics.median(getattr(run[jobs], field) for run in runs) for field in ("wall", "computed", "memory")
            )
            told = f"{count / wall:.1f} documents a second, {first / wall:.2f} times as fast"
            hours = computed / count * 1_000_000 / 3600
            spent = f"{1000 * computed / count:.1f} ms of computing each ({hours:.1f} hours for a million)"
            print(f"jobs {jobs}: {told}, {spent}, the largest process {memory:.0f} MB")  # noqa: T201
        digests = {run[jobs].digest for run in runs for jobs in wanted}
        print("one output" if len(digests) == 1 else f"{len(digests)} different outputs")  # noqa: T201
        if options.broken:
            print(broken(here, options.broken, environment))  # noqa: T201


if __name__ == "__main__":
    main()

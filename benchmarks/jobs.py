"""How much faster many documents are with several processes, and how much memory that takes.

    python benchmarks/jobs.py [FOLDER] [--copies N] [--runs N] [--jobs N]...

Uses the interpreter that runs it, in which privaudit must be importable. Without a folder, copies of the samples are
audited. Runs are taken in turn, so that all see the same machine; the median counts. Each number of processes must come
to the same report.
"""

import argparse
import hashlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"


def measured(folder: Path, jobs: int, report: Path, environment: dict[str, str]) -> tuple[float, float, float, str]:
    """Seconds of wall time and of computing, the largest process in MB, and the hash of the report."""
    command = [sys.executable, "-m", "privaudit", "check", str(folder), "--isolated", "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--format", f"json={report}"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    digest = hashlib.sha256(report.read_bytes()).hexdigest()
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, digest


def main() -> None:
    """Measures, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--copies", type=int, default=12, help="of each sample")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, action="append", help="default: 1 and 2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        folder = options.folder
        if folder is None:
            folder = here / "documents"
            folder.mkdir()
            for sample in SAMPLES.iterdir():
                for number in range(options.copies):
                    shutil.copy(sample, folder / f"privacy-{number:05}-{sample.name}")
        environment = {**os.environ, "PRIVAUDIT_CACHE_DIR": str(here / "cache")}
        wanted = options.jobs or [1, 2]
        measured(folder, wanted[0], here / "report.json", environment)
        runs = [
            {jobs: measured(folder, jobs, here / "report.json", environment) for jobs in wanted}
            for _ in range(options.runs)
        ]
    first = statistics.median(run[wanted[0]][0] for run in runs)
    for jobs in wanted:
        wall, computed, memory = (statistics.median(run[jobs][number] for run in runs) for number in range(3))
        told = f"{wall:.2f} s, {first / wall:.2f} times as fast, {computed:.2f} s of computing"
        print(f"jobs {jobs}: {told}, the largest process {memory:.0f} MB")  # noqa: T201
    reports = {run[jobs][3] for run in runs for jobs in wanted}
    print("one report" if len(reports) == 1 else f"{len(reports)} different reports")  # noqa: T201


if __name__ == "__main__":
    main()

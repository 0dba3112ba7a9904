"""F81: the same bytes whatever the hash seed, the number of processes, and the order in which a folder is listed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import NOTICE, ROOT, environment, privaudit

SAMPLES = ("half-empty.txt", "safe-harbor.txt", "small-shop.html", "webbutik.sv.md")
CONFIG = """
notices:
  - name: in two files
    files: [part-*.md]
overrides:
  - paths: [safe-harbor.txt]
    select: outdated
severity:
  last-updated: error
"""


@pytest.fixture
def site(here: Path) -> Path:
    for name in SAMPLES:
        shutil.copy(ROOT / "samples" / name, here / name)
    (here / "privaudit.yaml").write_text(CONFIG)
    (here / "part-1.md").write_text(NOTICE)
    (here / "part-2.md").write_text("# More\n\nWe keep your data for two years after your last order.\n")
    (here / "apples.md").write_text("Apples are red.\n")
    (here / "privacy-binary.md").write_bytes(b"\x89PNG\x00")
    (here / "privacy-empty.md").write_bytes(b"")
    return here


@pytest.mark.usefixtures("site")
def test_f81_reports_are_equal_byte_for_byte() -> None:
    formats = ("json", "sarif", "markdown")
    told = set()
    for jobs, seed in (("1", "0"), ("1", "1"), ("2", "2"), ("0", "3")):
        changed: dict[str, str | None] = {"PYTHONHASHSEED": seed, "LC_ALL": "C" if seed == "3" else None}
        outputs = [item for name in formats for item in ("--format", f"{name}=../{name}")]
        done = privaudit("check", ".", "--as-of", "2026-11-26", "--jobs", jobs, *outputs, changed=changed)
        assert (done.returncode, done.stderr) == (3, "")
        told.add((done.stdout, *(Path(f"../{name}").read_bytes() for name in formats)))
    assert len(told) == 1


SHUFFLED = """
import os, random, sys
scan, seed = os.scandir, sys.argv.pop(1)

class Shuffled:
    def __init__(self, path):
        with scan(path) as entries:
            self.entries = list(entries)
        random.Random(int(seed)).shuffle(self.entries)
    def __enter__(self):
        return iter(self.entries)
    def __exit__(self, *_):
        pass
    def __iter__(self):
        return iter(self.entries)

os.scandir = Shuffled
from privaudit.cli.main import main
main(sys.argv[1:])
"""


@pytest.mark.usefixtures("site")
def test_f81_the_order_of_a_folder_changes_nothing() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", SHUFFLED, str(seed), "check", ".", "--as-of", "2026-11-26", "--format", "json"],
            env=environment(),
            capture_output=True,
            check=False,
        ).stdout
        for seed in range(2)
    }
    assert len(told) == 1
    assert b"privacy-empty.md" in next(iter(told))


@pytest.mark.usefixtures("site")
def test_f81_since_and_processes_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.unit.repositories import Made, isolate

    isolate(monkeypatch)
    repository = Made(Path.cwd())
    repository.commit()
    with Path("part-2.md").open("a") as file:
        file.write("\nWe rely on the EU-U.S. Safe Harbor Framework.\n")
    Path("new-privacy.md").write_text(NOTICE)
    told = {
        privaudit("check", ".", "--since", "HEAD", "--as-of", "2026-11-26", "--format", "json", "--jobs", jobs).stdout
        for jobs in ("1", "2")
    }
    assert len(told) == 1
    assert all(name in next(iter(told)) for name in ("part-1.md", "part-2.md", "new-privacy.md"))

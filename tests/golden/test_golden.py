"""The samples and their reports, letter by letter. `pytest --update-golden` writes them anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from privaudit import __version__

ROOT = Path(__file__).parent.parent.parent
EXPECTED = Path(__file__).parent / "expected"
SAMPLES = sorted(path.name for path in (ROOT / "samples").iterdir())
SUFFIXES = {"rich": "rich.txt", "concise": "concise.txt", "json": "json"}
# Formats that say the same of every document are looked at on one of them.
MORE = {name: name for name in ("jsonl", "sarif", "junit", "github", "gitlab", "html", "markdown", "csv", "workpaper")}
ONE_SAMPLE = "privacy-shield-relied.md"
EXIT_CODES = {
    "complete.md": 0,
    "half-empty.txt": 1,
    "privacy-shield-history.md": 0,
    "privacy-shield-relied.md": 1,
    "safe-harbor.txt": 1,
    "small-shop.html": 1,
    "webbutik.sv.md": 1,
    "webwinkel.nl.md": 1,
}


def suffixes(sample: str) -> dict[str, str]:
    return SUFFIXES | MORE if sample == ONE_SAMPLE else SUFFIXES


def run(sample: str, folder: Path, **environment: str) -> tuple[int, dict[str, str]]:
    files = {name: folder / f"{sample}.{suffix}" for name, suffix in suffixes(sample).items()}
    formats = [f"--format={name}={file}" for name, file in files.items()]
    done = subprocess.run(
        [sys.executable, "-m", "privaudit", "check", f"samples/{sample}", "--as-of", "2026-11-24", *formats],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    texts = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    return done.returncode, {name: text.replace(__version__, "VERSION") for name, text in texts.items()}


@pytest.mark.parametrize("sample", SAMPLES)
def test_reports(sample: str, update_golden: bool, tmp_path: Path) -> None:
    code, reports = run(sample, tmp_path)
    assert code == EXIT_CODES[sample]
    for name, text in reports.items():
        expected = EXPECTED / f"{sample}.{suffixes(sample)[name]}"
        if update_golden:
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(text, encoding="utf-8")
        assert text == expected.read_text(encoding="utf-8"), f"{name} report of {sample} differs"


def test_the_same_bytes_whatever_the_hash_seed_locale_and_time_zone(tmp_path: Path) -> None:
    first = run("small-shop.html", tmp_path, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    second = run("small-shop.html", tmp_path, PYTHONHASHSEED="4242", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert first == second

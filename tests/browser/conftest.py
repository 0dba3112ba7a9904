"""A headless Chromium, and reports to look at with it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
# Debian's name, then those of others.
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        why = f"none of {', '.join(NAMES)} is installed"
        if os.environ.get("PRIVAUDIT_REQUIRE_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield started
        started.close()


def made(folder: Path, *paths: str) -> Path:
    """The report on files of a folder that holds the samples, by the law of a certain day."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    (folder / "unreadable.md").write_bytes(b"\x00\x01 no text")
    report = folder / "report.html"
    done = subprocess.run(
        [sys.executable, "-m", "privaudit", "check", *paths, "--as-of=2026-11-24", f"--format=html={report}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stderr
    return report


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All samples, and a file without text, which is the ninth document."""
    return made(tmp_path_factory.mktemp("many"), "samples", "unreadable.md")


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("single"), "samples/privacy-shield-relied.md")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of a usual size, in light colours."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    yield context.new_page()
    context.close()

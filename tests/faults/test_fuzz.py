"""The fuzzers: what they found before, and a few seconds of each anew."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.soup import mended
from privaudit.read.package import parsed

FUZZ = Path(__file__).parents[2] / "fuzz"
NAMES = ["text", "markdown", "html", "docx", "odt", "pdf", "shadow", "rules", "pattern", "configuration", "saved"]
FOUND = sorted(path for path in (FUZZ / "regressions").iterdir() if path.name.partition("-")[0] in NAMES)


def targets() -> dict[str, Callable[[bytes], None]]:
    spec = importlib.util.spec_from_file_location("fuzz_targets", FUZZ / "targets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Callable[[bytes], None]] = module.TARGETS
    return found


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_a_fuzzer_found_is_held(path: Path) -> None:
    targets()[path.name.partition("-")[0]](path.read_bytes())


def test_there_is_a_fuzzer_for_each_name() -> None:
    assert list(targets()) == NAMES


@given(st.text(st.sampled_from("<>/&;\"'= :wpt#1\0\ud800é")) | st.text())
@settings(max_examples=300)
def test_whatever_is_mended_is_xml(soup: str) -> None:
    parsed(f"<x>{mended(soup)}</x>".encode(), "x")


@pytest.mark.parametrize(
    ("soup", "whole"),
    [
        ('<w:p w:id="1"><w:r>a</w:p> & b', '<p id="1"><r>a</r></p> &amp; b'),
        ("</w:p><w:br/>1 < 2", "<br/>1 &lt; 2"),
        ("<a b='1' b='2'>&amp;", "<a b='1'>&amp;</a>"),
    ],
)
def test_what_is_mended_keeps_its_elements(soup: str, whole: str) -> None:
    assert mended(soup) == whole


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not installed; it has no wheel here"
)
@pytest.mark.parametrize("name", ["html", "markdown", "docx", "odt", "pdf", "rules"])
def test_a_second_of_fuzzing_finds_nothing(name: str) -> None:
    run = subprocess.run(
        [sys.executable, str(FUZZ / "run.py"), name, "--seconds", "1"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout.splitlines()[-1])["inputs"] > 10

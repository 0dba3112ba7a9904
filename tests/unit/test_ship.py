"""What comes with the package says the same as the rules that it was made of, and is not used for any others."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from privaudit import cache, extension
from privaudit.cli.main import run
from privaudit.rulepack import kept
from privaudit.rulepack.kept import KnownPacks
from privaudit.rulepack.layout import builtin_folder
from privaudit.rulepack.load import load_languages, load_rules
from privaudit.ship import shipped

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(shipped({"en"}))


@pytest.fixture
def installed(made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The built-in pack as a wheel brings it, with an empty cache that nothing may be written to."""
    pack = tmp_path / "rules" / "gdpr"
    shutil.copytree(builtin_folder(), pack)
    (tmp_path / "rules" / "kept").mkdir()
    for name, data in made.items():
        (tmp_path / "rules" / "kept" / name).write_bytes(data)
    for module in ("kept", "layout"):
        monkeypatch.setattr(f"privaudit.rulepack.{module}.builtin_path", lambda: str(pack))
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    yield pack
    shutil.rmtree(tmp_path / "rules")


def test_rules_and_languages_are_those_of_the_pack(installed: Path) -> None:
    known = KnownPacks((installed,))
    assert known.shipped("rules") is not None
    assert known.languages() == load_languages([builtin_folder()])
    rules, read = known.rules({"en"}), load_rules([builtin_folder()], {"en"})
    assert rules.folder == str(installed)
    assert kept.without_words(rules) == kept.without_words(read)
    assert rules.words["en"].keys() == read.words["en"].keys()


@pytest.mark.parametrize("sample", ["complete.md", "privacy-shield-relied.md", "safe-harbor.txt"])
def test_a_run_needs_nothing_else_and_reports_the_same(
    installed: Path, sample: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["check", str(SAMPLES / sample), "--format", "json", "--as-of", "2026-11-24", "--isolated"]
    with monkeypatch.context() as patched:
        # Nothing is compiled: whatever a document may need is there.
        patched.delattr("regex.compile")
        code = run(arguments)
    with_it = capsys.readouterr()
    assert not (installed.parent.parent / "cache").exists()
    shutil.rmtree(installed.parent / "kept")
    assert (run(arguments), capsys.readouterr()) == (code, with_it)


def test_it_is_not_used_for_a_pack_that_was_changed(installed: Path) -> None:
    assert KnownPacks((installed,)).shipped("rules") is not None
    pack = installed / "pack.yaml"
    pack.write_text(pack.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert KnownPacks((installed,)).shipped("rules") is None


def test_it_is_not_used_for_a_file_that_was_written_after_it(installed: Path) -> None:
    later = (installed.parent / "kept").stat().st_mtime + 2 * kept._INSTALLING
    os.utime(installed / "pack.yaml", (later, later))
    assert KnownPacks((installed,)).shipped("rules") is None


def test_it_is_not_used_for_other_packs_or_another_version(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = installed.parent / "own.yaml"
    own.write_text("id: own\n")
    assert KnownPacks((installed, own)).shipped("rules") is None
    monkeypatch.setattr("privaudit.rulepack.kept.__version__", "99.0")
    assert KnownPacks((installed,)).shipped("rules") is None


def test_patterns_of_another_regex_are_compiled_and_kept_in_the_cache(
    installed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extension, "version_of", lambda package: f"another {package}")
    code = run(["check", str(SAMPLES / "complete.md"), "--isolated"])
    capsys.readouterr()
    assert code == 0
    (patterns,) = (installed.parent.parent / "cache").glob("*-patterns-*")
    assert "another regex" in patterns.name


def test_what_is_damaged_is_made_anew(installed: Path) -> None:
    for path in (installed.parent / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert KnownPacks((installed,)).languages() == load_languages([builtin_folder()])
    assert cache.load(installed.parent.parent / "cache", "rules") is None

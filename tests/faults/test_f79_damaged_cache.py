"""F79: a cache that is damaged, cut short, somebody else's, from another version, or no cache at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from privaudit.cache import signed
from tests.faults.commands import QUICK, notices, own_pack
from tests.faults.conftest import Audit


def in_place_of(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "foreign": lambda path: path.write_bytes(b"\x80\x04}q\x00."),
    "of another form": lambda path: path.write_bytes(signed(path.name, b"\xff\xff\xff")),
    "nothing at all": lambda path: path.write_bytes(signed(path.name, b"")),
    "gone": lambda path: path.unlink(),
    "a folder": lambda path: in_place_of(path, Path.mkdir),
    "a pipe": lambda path: in_place_of(path, os.mkfifo),
    "a link to nowhere": lambda path: in_place_of(path, lambda one: one.symlink_to("nowhere")),
}


@pytest.fixture
def cache(here: Path, monkeypatch: pytest.MonkeyPatch, audit: Audit) -> Path:
    """A filled cache of this test alone."""
    notices("privacy.md")
    own_pack()
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(here / "cache"))
    audit("privacy.md", *QUICK)
    return here / "cache"


@pytest.mark.parametrize("kind", DAMAGE)
def test_f79_what_is_damaged_is_passed_over_and_made_anew(cache: Path, audit: Audit, kind: str) -> None:
    before = audit("privacy.md", *QUICK)
    assert before[0] == 1
    names = sorted(cache.iterdir())
    assert names
    for path in names:
        DAMAGE[kind](path)
    assert audit("privacy.md", *QUICK) == before
    # Nobody can make a file where a folder stands.
    if kind != "a folder":
        assert audit("privacy.md", *QUICK) == before
        assert any(path.is_file() and path.stat().st_size > 100 for path in cache.iterdir())


def test_f79_what_was_kept_under_another_name_is_passed_over(cache: Path, audit: Audit) -> None:
    """A sound file in the place of another, as a restored backup or a script may leave it."""
    before = audit("privacy.md", *QUICK)
    whole = {path.name: path.read_bytes() for path in cache.iterdir()}
    assert len(whole) >= 4
    for name in whole:
        for other in whole.keys() - {name}:
            (cache / name).write_bytes(whole[other])
            assert audit("privacy.md", *QUICK) == before


def test_f79_what_belongs_to_another_version_is_not_looked_at(
    cache: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = audit("privacy.md", *QUICK)
    for path in cache.iterdir():
        path.write_bytes(b"from another version")
    monkeypatch.setattr("privaudit.rulepack.kept.__version__", "99.0")
    assert audit("privacy.md", *QUICK) == before


def test_f79_a_cache_that_others_may_write_to_is_not_read(cache: Path, audit: Audit) -> None:
    before = audit("privacy.md", *QUICK)
    for path in cache.iterdir():
        path.write_bytes(signed(path.name, b"i\x05\x00\x00\x00"))
    cache.chmod(0o777)
    assert audit("privacy.md", *QUICK) == before

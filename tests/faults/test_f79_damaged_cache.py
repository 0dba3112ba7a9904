"""F79: a cache that is damaged, cut short, somebody else's, from another version, or no cache at all."""

import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.commands import QUICK, notices, own_pack
from tests.faults.conftest import Audit


def signed(data: bytes) -> bytes:
    """Content that its own checksum speaks for."""
    return zlib.crc32(data).to_bytes(4, "big") + data


def in_place_of(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "foreign": lambda path: path.write_bytes(b"\x80\x04}q\x00."),
    "of another form": lambda path: path.write_bytes(signed(b"\xff\xff\xff")),
    "nothing at all": lambda path: path.write_bytes(signed(b"")),
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
        path.write_bytes(signed(b"i\x05\x00\x00\x00"))
    cache.chmod(0o777)
    assert audit("privacy.md", *QUICK) == before

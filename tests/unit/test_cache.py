import os
import time
from pathlib import Path

import pytest

from privaudit import cache
from privaudit.match.pattern import Patterns
from privaudit.rulepack.kept import KnownPacks, pack, unpack
from privaudit.rulepack.load import load_rules, pack_folders


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    cache.save(folder, "name", {"a": (1, b"x", None)})
    assert cache.load(folder, "name") == {"a": (1, b"x", None)}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["name"]


def test_what_is_damaged_or_absent_is_nothing(tmp_path: Path) -> None:
    cache.save(tmp_path, "name", [1, 2, 3])
    path = tmp_path / "name"
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.load(tmp_path, "name") is None
    assert cache.load(tmp_path, "other") is None
    assert cache.load(None, "name") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions are told otherwise here")
def test_a_folder_that_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    cache.save(tmp_path, "name", 1)
    tmp_path.chmod(0o777)
    assert cache.load(tmp_path, "name") is None


def test_what_was_kept_long_ago_goes_when_something_new_comes(tmp_path: Path) -> None:
    old, young, new = ("0" * 32 + "-old", "0" * 32 + "-young", "0" * 32 + "-new")
    for name, age in ((old, 61), ("new-left-half-written", 61), ("somebody's else", 61), (young, 59)):
        cache.save(tmp_path, name, 1)
        then = time.time() - age * 24 * 60 * 60
        os.utime(tmp_path / name, (then, then))
    cache.save(tmp_path, new, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == [new, young, "somebody's else"]


def test_a_folder_that_cannot_be_made_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache.save(tmp_path / "file" / "cache", "name", 1)
    assert cache.load(tmp_path / "file" / "cache", "name") is None


def test_rule_sets_survive_being_kept() -> None:
    ruleset = load_rules(pack_folders([]), {"en"}, examples=True)
    assert unpack(pack(ruleset)) == ruleset


def test_a_changed_pack_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    rule = tmp_path / "own.yaml"
    text = "id: own\nkind: practice\nseverity: note\nfind: {any: [w]}\nwords:\n  en:\n    w: [one]\n"
    for word in ("one", "one", "two"):
        rule.write_text(text.replace("[one]", f"[{word}]"))
        words = KnownPacks(pack_folders([rule])).rules({"en"}).words
        assert [entry.pattern for entry in words["en"]["w"]] == [word]


def test_patterns_made_again_find_the_same() -> None:
    first = Patterns()
    assert first.compiled("complain(?:t|ts)?", exact=False).findall("Complaints, complain") == [
        "Complaints",
        "complain",
    ]
    assert first.grown
    second = Patterns(first.to_keep())
    assert second.compiled("complain(?:t|ts)?", exact=False).findall("Complaints, complain") == [
        "Complaints",
        "complain",
    ]
    assert not second.grown

"""Five language versions of one notice, and one difference planted at a time: it is found, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from privaudit.cli.main import run

NOTICES = Path(__file__).parent / "notices"
LANGUAGES = ("en", "de", "fr", "nl", "sv")


class Planted(NamedTuple):
    """A change of one version: the words that go and those that come, and what must be told of it."""

    language: str
    old: str
    new: str
    told: list[str]


PLANTED = [
    Planted(**one) for one in yaml.safe_load((Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8"))
]


@pytest.fixture(autouse=True)
def in_a_folder_with_the_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules_cache: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", rules_cache)
    for code in LANGUAGES:
        (tmp_path / f"{code}.md").write_text((NOTICES / f"{code}.md").read_text(encoding="utf-8"), encoding="utf-8")


def compared(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    files = [f"{code}.md" for code in LANGUAGES]
    code = run(["parity", *files, "--format", "json", "--as-of", "2026-11-26"])
    captured = capsys.readouterr()
    assert captured.err == ""
    return code, json.loads(captured.out)


def differences(data: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What differs, with the versions that say less or that lack it."""
    (group,) = data["groups"]
    for element in group["elements"]:
        if element["difference"]:
            yield element["rule"], tuple(element["behind"])
    for fact in group["facts"]:
        if fact["missing"]:
            yield f"{fact['kind']} {fact['value']}", tuple(fact["missing"])


def test_versions_that_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    code, data = compared(capsys)
    assert list(differences(data)) == []
    assert code == 0
    (group,) = data["groups"]
    stated = {(one["kind"], one["value"]) for one in group["facts"]}
    assert stated >= {
        ("authority", "AP, Netherlands"),
        ("e-mail", "privacy@kaapstern.example"),
        ("phone", "+31205550143"),
        ("postal-code", "1017GA"),
        ("last-change", "2026-03-01"),
        ("period", "30 days"),
        ("period", "2 years"),
        ("age", "16 years old"),
        ("amount", "50 EUR"),
    }
    assert all(passages for one in group["facts"] if not one["missing"] for passages in one["passages"])


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: f"{change.language}-{'-'.join(sorted(change.told))}")
def test_a_planted_difference(change: Planted, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(f"{change.language}.md")
    before = path.read_text(encoding="utf-8")
    assert before.count(change.old) == 1
    path.write_text(before.replace(change.old, change.new), encoding="utf-8")
    code, data = compared(capsys)
    found = dict(differences(data))
    assert found.keys() == set(change.told)
    assert code == 1
    number = LANGUAGES.index(change.language)
    others = tuple(one for one in range(len(LANGUAGES)) if one != number)
    assert set(found.values()) <= {(number,), others}


def test_every_quote_is_the_slice_of_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    _, data = compared(capsys)
    (group,) = data["groups"]
    texts = [Path(version["path"]).read_text(encoding="utf-8") for version in group["versions"]]
    pieces = [
        (text, piece)
        for fact in group["facts"]
        for text, passages in zip(texts, fact["passages"], strict=True)
        for piece in passages
    ]
    assert len(pieces) > len(LANGUAGES) * len(group["facts"]) / 2
    for text, piece in pieces:
        assert piece["quote"] == text[piece["start"] : piece["end"]]
        assert text.count("\n", 0, piece["start"]) + 1 == piece["line"]
        assert all(piece["start"] <= first < last <= piece["end"] for first, last in piece["marks"])
        assert piece["marks"]

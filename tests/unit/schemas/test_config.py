"""The schema of the configuration and its parser must agree: on what is good, on what is not, and on names."""

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from privaudit.config.find import load_config
from privaudit.config.keys import KEYS, PER_PATH
from privaudit.config.scaffold import CONFIG
from privaudit.errors import ConfigError
from privaudit.render import RENDERERS
from tests.unit.schemas.conftest import as_editors_read, faults, schema

SCHEMA = schema("config")
VALIDATOR = Draft202012Validator(SCHEMA)


def load(text: str, folder: Path) -> None:
    path = folder / "privaudit.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "base.yaml").touch()
    load_config(str(path), isolated=False)


GOOD = [
    "extends: base.yaml\nselect: [disclosure, outdated]\nignore: last-updated\nprofile: strict\n",
    "fail_on: warning, mojibake\nseverity: {art13-2-b-portability: error}\nrules: [house/]\nbuiltin: false\n",
    "lang: sv\naudience: NO\nlayer: true\nas_of: 2026-11-24\nbaseline: privaudit-baseline.json\n",
    "include: [legal/**/*.md]\nexclude: drafts/\nforce_exclude: true\nencoding: cp1252\nmax_bytes: 1000000\n",
    "max_bytes: 20_000_000\nformats: [rich, sarif=out/privaudit.sarif]\nquiet: false\nshow_passing: true\n",
    "formats: concise, json=report.json\nstatistics: true\nstrict_suppressions: true\n",
    "overrides:\n  - {paths: [legal/sv/], lang: sv, severity: {mojibake: note}}\n  - {paths: a.md, layer: 'true'}\n",
    "notices:\n  - name: Shop\n    files: [a.md, b.md]\n",
    "parity:\n  - name: Shop\n    files: [de.md, en.md]\n    may_differ: [authority, e-mail]\n"
    "  - {name: App, files: app.*.md, may_differ: 'phone, age'}\n",
    "suppressions:\n  - {rule: outdated-privacy-shield, paths: [archive/], reason: kept, until: 2027-01-31}\n"
    "  - {rule: [mojibake, last-updated], reason: '2027'}\n",
]
# What `privaudit init` writes, with all keys that it shows in use.
IN_USE = re.sub(rf"(?m)^# ?(?=(?:{'|'.join(KEYS)}):|  )", "", CONFIG)


@pytest.mark.parametrize("text", [*GOOD, CONFIG, IN_USE])
def test_what_the_parser_takes_is_valid(text: str, tmp_path: Path) -> None:
    load(text, tmp_path)
    assert faults(VALIDATOR, as_editors_read(text)) == []


BAD = [
    "selct: [disclosure]\n",
    "select: []\n",
    "select:\n",
    "select: {rule: x}\n",
    "profile: loose\n",
    "severity: {art13-2-b-portability: none}\n",
    "severity: error\n",
    "builtin: 'no'\n",
    "lang: swedish!\n",
    "audience: Sweden\n",
    "as_of: yesterday\n",
    "max_bytes: 0\n",
    "max_bytes: many\n",
    "overrides: {paths: a.md}\n",
    "overrides:\n  - lang: sv\n",
    "overrides:\n  - paths: a.md\n    fail_on: error\n",
    "notices:\n  - name: Shop\n",
    "notices:\n  - files: [a.md]\n",
    "parity:\n  - name: Shop\n",
    "parity:\n  - name: Shop\n    files: [de.md, en.md]\n    may_differ: [addresses]\n",
    "parity:\n  - name: Shop\n    files: [de.md, en.md]\n    may_differ: phone, mail\n",
    "suppressions:\n  - rule: mojibake\n",
    "suppressions:\n  - reason: because\n",
    "suppressions:\n  - rule: mojibake\n    reason: because\n    until: soon\n",
    "suppressions:\n  - rule: mojibake\n    reason: because\n    path: a.md\n",
]


@pytest.mark.parametrize("text", BAD)
def test_what_the_parser_refuses_is_not_valid(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load(text, tmp_path)
    assert faults(VALIDATOR, as_editors_read(text)) != []


def test_the_keys_are_those_of_the_parser_in_its_words() -> None:
    told = {name: value["description"] for name, value in SCHEMA["properties"].items()}
    assert list(told) == list(KEYS)
    assert [name for name, key in KEYS.items() if not told[name].startswith(key.told)] == []
    override = SCHEMA["$defs"]["override"]["properties"]
    assert set(override) == {"paths", *PER_PATH}
    assert {name: override[name] for name in PER_PATH} == {name: SCHEMA["properties"][name] for name in PER_PATH}


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_is_known(name: str) -> None:
    for value in ([name, f"{name}=a/file"], f"{name}, json=b"):
        assert faults(VALIDATOR, {"formats": value}) == []


@pytest.mark.parametrize("value", [["jsno"], "rich, jsno=a", [""]])
def test_an_unknown_format_is_not_valid(value: Any) -> None:
    assert faults(VALIDATOR, {"formats": value}) != []

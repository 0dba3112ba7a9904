"""`[tool.privaudit]` however it is written: the same settings as in YAML, and faults on the right line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privaudit.config.find import config_of
from privaudit.config.parse import Parsed, parse_config
from privaudit.config.toml import has_table, open_toml
from privaudit.rulepack.schema import Place
from privaudit.rulepack.yaml import FaultList, open_yaml


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def parse(tmp_path: Path, text: str) -> tuple[Parsed, list[str]]:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text.encode())
    faults = FaultList()
    parsed = parse_config(open_toml(path, "p.toml", faults), tmp_path)
    return parsed, [str(one) for one in faults.sorted()]


def lines(parsed: Parsed) -> dict[str, int]:
    return {name: place.line for name, place in parsed.origins.items()}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[tool.privaudit]\nselect = ["x"]\n', 2),
        ('[project]\nname = "a"\n\n[ tool . privaudit ]\n\n  select = "x"\n', 6),
        ('["tool"."privaudit"]\nselect = ["x"]\n', 2),
        ("[tool.'privaudit']\n\"select\" = ['x']\n", 2),
        ('[tool]\nprivaudit.select = ["x"]\n', 2),
        ('[tool]\nprivaudit = {select = ["x"]}\n', 2),
        ('tool.privaudit.select = ["x"]\n', 1),
        ('tool = {privaudit = {select = ["x"]}}\n', 1),
        ('\ufeff[tool.privaudit]\r\nselect = ["x"]\r\n', 2),
        ('[tool.privaudit] # select = ["y"]\n# select = ["z"]\nselect = [ # "q"\n  "x",\n]\n', 3),
        ('[tool.other]\ntext = """\n[tool.privaudit]\nselect = 3\n"""\n[tool.privaudit]\nselect = "x"\n', 7),
        ("[tool.other]\ntext = '''\nselect = 3'''\n[tool.privaudit]\nselect = 'x'\n", 5),
        ('[tool.x]\nprivaudit = "1"\nselect = 1\n[tool.privaudit]\nselect = "x"\n', 5),
        ('[tool.select]\nselect = 1\n[tool.privaudit]\nselect = """x"""\n', 4),
    ],
)
def test_ways_to_write_a_setting(tmp_path: Path, text: str, line: int) -> None:
    parsed, faults = parse(tmp_path, text)
    assert faults == []
    assert has_table(tmp_path / "pyproject.toml")
    assert config_of(tmp_path) == tmp_path / "pyproject.toml"
    assert [item.value for item in parsed.values["select"]] == ["x"]
    assert lines(parsed) == {"select": line}


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[project]\nname = "privaudit"\n',
        '[tool.privaudit-other]\nselect = "x"\n',
        '[other.privaudit]\nselect = "x"\n',
        'text = """\n[tool.privaudit]\n"""\n',
        "# [tool.privaudit]\n",
        "tool = 'privaudit'\n",
        "no toml: privaudit\n",
    ],
)
def test_a_file_without_the_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert not has_table(tmp_path / "pyproject.toml")
    assert not has_table(tmp_path / "nowhere.toml")
    assert config_of(tmp_path) is None


WHOLE = """\
[project]
name = "shop"

[tool.privaudit]
fail_on = ["warning", "a-rule"]
lang = "sv"
builtin = true
quiet = "false"
max_bytes = 1_000
as_of = 2026-11-26

[tool.privaudit.severity]
a-rule = "note"

[[tool.privaudit.overrides]]
paths = ["legal/sv/"]
lang = "sv"

[[tool.privaudit.overrides]]
paths = "legal/de/"
audience = "DE"

[[tool.privaudit.suppressions]]
rule = "a-rule"
reason = "kept as it was # signed"
until = 2027-01-31
"""
SAME = """\
fail_on: [warning, a-rule]
lang: sv
builtin: true
quiet: false
max_bytes: 1000
as_of: 2026-11-26
severity: {a-rule: note}
overrides:
  - {paths: legal/sv/, lang: sv}
  - {paths: legal/de/, audience: DE}
suppressions:
  - {rule: a-rule, reason: "kept as it was # signed", until: 2027-01-31}
"""


def test_the_same_settings_as_in_yaml(tmp_path: Path) -> None:
    parsed, faults = parse(tmp_path, WHOLE)
    (tmp_path / "c.yaml").write_text(SAME)
    found = FaultList()
    other = parse_config(open_yaml(tmp_path / "c.yaml", "c.yaml", found), tmp_path)
    assert (faults, found.sorted()) == ([], ())

    def bare(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(bare(one) for one in value if not isinstance(one, Place))
        return value

    assert {name: bare(value) for name, value in parsed.values.items()} == {
        name: bare(value) for name, value in other.values.items()
    }
    assert parsed.values["suppressions"][0].until == date(2027, 1, 31)
    assert [(one.paths.patterns, dict(one.values)) for one in parsed.overrides] == [
        (one.paths.patterns, dict(one.values)) for one in other.overrides
    ]
    assert lines(parsed) == {
        "fail_on": 5, "lang": 6, "builtin": 7, "quiet": 8, "max_bytes": 9, "as_of": 10, "severity": 12,
        "suppressions": 23,
    }  # fmt: skip
    assert [one.origins[name].line for one, name in zip(parsed.overrides, ("lang", "audience"), strict=True)] == [
        17,
        21,
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "[tool.privaudit]\nselct = 1\n",
            "p.toml:2:1: unknown key 'selct' in the configuration; did you mean 'select'?",
        ),
        ("[tool.privaudit]\n# selct = 1\nselct = 1\n", "p.toml:3:1: unknown key 'selct'"),
        ("[tool.privaudit]\nselect = x\n", "p.toml:2:10: is no TOML: Invalid value"),
        ("[tool.privaudit]\nselect = 'x'\nselect = 'y'\n", "p.toml:3:"),
        ("[tool.privaudit]\nselect = [['x']]\n", "a member of select must be text, not a list"),
        ("[tool.privaudit]\nselect = [{a = 1}]\n", "p.toml:2:11: a member of select must be text, not a mapping"),
        ("[tool.privaudit]\nas_of = 2026-11-26T12:00:00Z\n", "is no date"),
        ("[tool.privaudit]\nas_of = 12:00:00\n", "'12:00:00' is no date"),
        ("[tool.privaudit]\nmax_bytes = 1.5\n", "'1.5' is no whole number"),
        ("[tool.privaudit]\nmax_bytes = nan\n", "'nan' is no whole number"),
        ("[tool.privaudit]\nquiet = 1\n", "unknown value of quiet '1'"),
        ("[tool.privaudit]\nlang = ''\n", "p.toml:2:1: lang is empty"),
        ("[tool]\nprivaudit = 3\n", "p.toml:1:1: tool.privaudit must be a table"),
        ("[[tool.privaudit]]\nselect = 'x'\n", "p.toml:1:1: tool.privaudit must be a table"),
        ("[tool.privaudit]\nx = " + "[" * 5000, "p.toml"),
        (
            "[[tool.privaudit.overrides]]\npaths = 'a'\n\n[[tool.privaudit.overrides]]\nlang = 'sv'\n",
            "p.toml:4:1: an override needs 'paths'",
        ),
        (
            "[tool.privaudit]\noverrides = [\n  {paths = 'a', lang = 'sv'},\n  {lang = 'sv'},\n]\n",
            "p.toml:4:3: an override needs 'paths'",
        ),
        (
            "[tool.privaudit]\nsuppressions = [{rule = 'x', reason = 'y'}, {rule = 'x'}]\n",
            "p.toml:2:46: a suppression needs 'reason', why",
        ),
        ("[tool.privaudit.severity]\na = 'note'\nb = 'fatal'\n", "p.toml:3:1: unknown severity 'fatal'"),
    ],
)
def test_faults_with_their_place(tmp_path: Path, text: str, fault: str) -> None:
    _, faults = parse(tmp_path, text)
    assert len(faults) == 1
    assert fault in faults[0]
    assert len(faults[0].splitlines()) == 1


@pytest.mark.parametrize("depth", [90, 250, 400, 900, 20_000])
def test_deep_nesting_is_a_fault(tmp_path: Path, depth: int) -> None:
    for opening, closing in (("[", "]"), ("{a = ", "}")):
        _, faults = parse(tmp_path, f"[tool.privaudit]\nselect = {opening * depth}{closing * depth}\n")
        assert faults
        assert all(one.startswith("p.toml") and len(one) < 200 for one in faults)


def test_a_broken_file_with_the_table_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.privaudit]\nselect = \n")
    assert has_table(tmp_path / "pyproject.toml")

"""Every key, with what it takes and what it refuses."""

from datetime import date
from pathlib import Path

import pytest

from privaudit.config.keys import KEYS, PER_PATH, Takes
from privaudit.config.parse import Parsed, parse_config
from privaudit.config.settings import Item, Settings
from privaudit.model import Severity
from privaudit.rulepack.yaml import FaultList, open_yaml

# A value for each key, as it may be written.
VALUES = {
    Takes.FLAG: "true",
    Takes.NAMES: "[a-rule, disclosure]",
    Takes.SIZE: "1_000",
    Takes.COUNT: "0",
    Takes.LANGUAGE: "sv-SE",
    Takes.COUNTRY: "de",
    Takes.DAY: "2026-11-26",
    Takes.ENCODING: "cp1252",
    Takes.PROFILE: "strict",
    Takes.FILE: "some/file.json",
    Takes.FILES: "[some/file, other]",
    Takes.PATTERNS: "['*.md', drafts/]",
    Takes.FORMATS: "[rich, json=report.json]",
    Takes.LEVELS: "{a-rule: note}",
    Takes.OVERRIDES: "[{paths: legal/, lang: sv}]",
    Takes.NOTICES: "[{name: All of it, files: [a.md, b.md]}]",
    Takes.PARITY: "[{name: All of it, files: [de.md, en.md], may_differ: [e-mail]}]",
    Takes.SUPPRESSIONS: "[{rule: a-rule, reason: agreed}]",
}


def parse(tmp_path: Path, text: str) -> tuple[Parsed, list[str]]:
    path = tmp_path / "privaudit.yaml"
    path.write_bytes(text.encode())
    faults = FaultList()
    parsed = parse_config(open_yaml(path, "c.yaml", faults, may_be_empty=True), tmp_path)
    return parsed, [str(one) for one in faults.sorted()]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_each_key_is_a_setting_and_each_setting_a_key() -> None:
    assert {*Settings._fields, "extends", "overrides"} - {"origins"} == set(KEYS)
    assert set(PER_PATH) < set(Settings._fields)


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_read_with_its_place(tmp_path: Path, key: str) -> None:
    parsed, faults = parse(tmp_path, f"# a comment\n{key}: {VALUES[KEYS[key].takes]}\n")
    assert faults == []
    if key in Settings._fields:
        assert list(parsed.values) == [key]
        assert parsed.values[key] != Settings._field_defaults[key] or key == "builtin"
        assert parsed.origins[key].line == 2
    else:
        assert parsed.overrides or parsed.extends


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["", "''", "[]", "[[a]]", "{a: {b: c}}", "[{}]", "'\\'"])
def test_no_value_makes_more_than_a_fault(tmp_path: Path, key: str, value: str) -> None:
    _, faults = parse(tmp_path, f"{key}: {value}\n")
    assert all(one.startswith("c.yaml:1:") and len(one.splitlines()) == 1 for one in faults)
    if value in ("", "''", "[]"):
        assert len(faults) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("select: [a, b]", ("a", "b")),
        ("select: a, b", ("a", "b")),
        ("select: a", ("a",)),
        ("select: |\n  a,\n  b,\n", ("a", "b")),
    ],
)
def test_a_list_may_be_one_text(tmp_path: Path, text: str, value: tuple[str, ...]) -> None:
    assert tuple(item.value for item in parse(tmp_path, text)[0].values["select"]) == value


def test_values_become_what_the_stages_take(tmp_path: Path) -> None:
    parsed, faults = parse(
        tmp_path,
        "lang: SV_se\naudience: de\nas_of: '2026-11-26'\nmax_bytes: 20_000\nbuiltin: false\nbaseline: a/../b.json\n"
        "severity: {a-rule: error}\nformats: 'rich, json=-, csv=out/a.csv'\n",
    )
    assert faults == []
    values = parsed.values
    assert (values["lang"], values["audience"], values["as_of"]) == ("sv", "DE", date(2026, 11, 26))
    assert (values["max_bytes"], values["builtin"], values["baseline"]) == (20_000, False, "b.json")
    assert [(item.value, level) for item, level in values["severity"]] == [("a-rule", Severity.ERROR)]
    assert [item.value for item in values["formats"]] == ["rich", "json=-", "csv=out/a.csv"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("selct: x", "c.yaml:1:1: unknown key 'selct' in the configuration; did you mean 'select'?"),
        ("select: x\nselect: y", "c.yaml:2:1: key 'select' stands twice in the configuration; it was given in line 1"),
        ("quiet: yes", "c.yaml:1:8: unknown value of quiet 'yes'; write one of: false, true"),
        ("quiet: True", "c.yaml:1:8: unknown value of quiet 'True'; did you mean 'true'?"),
        ("max_bytes: 0", "c.yaml:1:12: '0' is no whole number from 1 up"),
        ("max_bytes: 1e6", "c.yaml:1:12: '1e6' is no whole number"),
        ("max_bytes: -1", "c.yaml:1:12: '-1' is no whole number"),
        ("max_bytes: _", "c.yaml:1:12: '_' is no whole number"),
        (f"max_bytes: {'9' * 5000}", "is no whole number"),
        ("lang: english!", "c.yaml:1:7: 'english!' is no language code"),
        ("audience: Germany", "c.yaml:1:11: 'Germany' is no country code"),
        ("as_of: yesterday", "c.yaml:1:8: 'yesterday' is no date"),
        ("encoding: klingon", "c.yaml:1:11: 'klingon' is no encoding"),
        ("encoding: base64", "c.yaml:1:11: 'base64' is no encoding"),
        ('encoding: "a\\0b"', "is no encoding"),
        ("profile: lax", "c.yaml:1:10: unknown value of profile 'lax'; write one of: default, strict"),
        ("severity: [a-rule]", "c.yaml:1:11: severity must be a mapping"),
        ("severity: {a-rule: fatal}", "c.yaml:1:20: unknown severity 'fatal'; write one of: error, note, warning"),
        ("exclude: ['\\']", "c.yaml:1:10: '\\' is no path pattern"),
        ("exclude: [*.md]", "put text with special signs in quotes"),
        ("exclude: [*md]", "c.yaml:1:11: aliases are not understood; write the value out, or '*md' in quotes"),
        ("exclude: !keep x", "c.yaml:1:10: tags are not understood, every value is text; leave the tag out, or put"),
        ("select: &a [x]\nignore: *a", "c.yaml:1:9: anchors are not understood"),
        ("base: &b {lang: sv}\n<<: *b", "c.yaml:1:7: anchors are not understood"),
        ("- select", "c.yaml:1:1: must be a mapping (key: value), not a list"),
        ("select: [x", "c.yaml:1:"),
        ("select: x\n---\nselect: y", "a second document begins here"),
        ("select:\n\t- x", "a tab where YAML wants spaces"),
        ("notices: [{name: x}]", "c.yaml:1:11: a notice needs 'files'"),
        ("notices: [{files: x}]", "c.yaml:1:11: a notice needs a name"),
        ("parity: [{name: x}]", "c.yaml:1:10: a notice needs 'files'"),
        ("parity: [{files: x}]", "c.yaml:1:10: a notice needs a name"),
        (
            "parity: [{name: x, files: x, may_differ: [e-mail, phones]}]",
            "unknown kind of fact 'phones'; did you mean 'phone'?",
        ),
        ("overrides: [{lang: sv}]", "c.yaml:1:13: an override needs 'paths', the files that it holds for"),
        (
            "overrides: [{paths: a, quiet: true}]",
            "c.yaml:1:24: 'quiet' holds for a whole run; an override takes select,",
        ),
        ("overrides: [{paths: a, overrides: []}]", "'overrides' holds for a whole run"),
        ("overrides: [{paths: a, extends: b}]", "'extends' holds for a whole run"),
        ("overrides: [{path: a}]", "unknown key 'path' in an override; did you mean 'paths'?"),
        ("overrides: {paths: a}", "overrides must be a list, not a mapping"),
    ],
)
def test_faults_with_their_place(tmp_path: Path, text: str, fault: str) -> None:
    _, faults = parse(tmp_path, text)
    assert any(fault in one for one in faults)
    assert all(len(one.splitlines()) == 1 for one in faults)


def test_a_fault_leaves_the_other_settings(tmp_path: Path) -> None:
    parsed, faults = parse(tmp_path, "lang: english!\nselect: [a-rule]\n")
    assert len(faults) == 1
    assert parsed.values == {"select": (Item("a-rule", parsed.values["select"][0].place),)}


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    parsed, faults = parse(tmp_path, "\ufeffselect: x\r\nlang: sv\r\n")
    assert faults == []
    assert (parsed.values["lang"], parsed.origins["lang"].line) == ("sv", 2)


@pytest.mark.parametrize("text", ["[" * 20_000, "a: " * 20_000, "- " * 20_000, "? " * 20_000, "{a: " * 3000])
def test_deep_nesting_is_a_fault(tmp_path: Path, text: str) -> None:
    assert len(parse(tmp_path, f"select: {text}\n")[1]) >= 1

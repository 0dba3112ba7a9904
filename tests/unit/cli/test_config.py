"""`privaudit config show`, and what `check` makes of a configuration."""

import json
from pathlib import Path

import pytest

from privaudit.cli.check import check
from privaudit.config.keys import KEYS
from tests.unit.house import COMPLAINT, PLAIN, House

NOTICE = f"# Privacy notice\n\n{PLAIN}{COMPLAINT}\nTrams run here.\n\nWe lend bicycles.\n"


@pytest.fixture(autouse=True)
def notice(house: House) -> None:
    house.write("legal/privacy.md", NOTICE)
    (house.here / ".git").mkdir()


def rules(house: House, *arguments: str) -> list[str]:
    """The rules with a finding."""
    return sorted(house.states(*(arguments or (".",))))


# -- show


def test_what_holds_and_where_it_was_written(house: House) -> None:
    house.write(
        "privaudit.yaml",
        "fail_on: [note]\noverrides:\n  - paths: legal/sv/\n    lang: sv\n    audience: SE\n",
    )
    code, out, err = house.run("config", "show")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "# configuration: privaudit.yaml"
    assert 'fail_on: ["note"]  # privaudit.yaml:1' in out.splitlines()
    assert "lang: null  # default" in out.splitlines()
    for path in ("legal/sv/a.md", "./legal/../legal/sv/a.md", str(house.here / "legal/sv/a.md")):
        assert 'lang: "sv"  # privaudit.yaml:4' in house.run("config", "show", path).out.splitlines()


def test_what_holds_for_programs(house: House) -> None:
    house.write("pyproject.toml", '[tool.privaudit]\nlang = "sv"\n')
    data = json.loads(house.run("config", "show", "--format", "json").out)
    assert data["configuration"] == "pyproject.toml"
    assert data["settings"]["lang"] == {"value": "sv", "origin": "pyproject.toml:2"}
    data = json.loads(house.run("config", "show", "--format", "json", "--isolated").out)
    assert data["configuration"] is None
    assert {one["origin"] for one in data["settings"].values()} == {"default"}


def test_where_it_is_shown_from_below(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    file = house.write("privaudit.yaml", "baseline: base.json\noverrides: [{paths: legal/, lang: sv}]\n")
    monkeypatch.chdir(house.here / "legal")
    out = house.run("config", "show", "privacy.md").out
    assert f'baseline: "{house.here.as_posix()}/base.json"  # {file.as_posix()}:1' in out
    assert f'lang: "sv"  # {file.as_posix()}:2' in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "jsn"], "--format: unknown format 'jsn'; did you mean json?; known: yaml, json"),
        (["--config", "nowhere.yaml"], "--config: 'nowhere.yaml' is no file that there is"),
        (["--config", "privaudit.yaml", "--isolated"], "--config and --isolated contradict each other"),
    ],
)
def test_wrong_use_of_show(house: House, arguments: list[str], told: str) -> None:
    code, out, err = house.run("config", "show", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {told}")


def test_a_hostile_text_in_a_configuration_reaches_no_terminal(house: House) -> None:
    house.write("privaudit.yaml", 'suppressions: [{rule: tram, reason: "a\\e[31mb\\u202Ec"}]\n')
    out = house.run("config", "show").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    house.write("privaudit.yaml", '"sel\\e[31mect": x\n')
    err = house.run("config", "show").err
    assert "\x1b" not in err


# -- what holds for a run


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("select: tram", ["tram"]),
        ("select: [vehicle]\nignore: bicycle", ["tram"]),
        ("ignore: tr*", ["bicycle"]),
        ("overrides: [{paths: legal/, select: tram}]", ["tram"]),
        ("overrides: [{paths: other/, select: tram}]", ["bicycle", "tram"]),
        ("exclude: drafts/", ["bicycle", "tram"]),
    ],
)
def test_rules_that_are_judged(house: House, text: str, found: list[str]) -> None:
    house.write("privaudit.yaml", text)
    assert rules(house) == found
    assert rules(house, ".", "--isolated") == ["bicycle", "tram"]
    assert rules(house, ".", "--select", "bicycle", "--ignore", "complaint") == ["bicycle"]


def test_levels_by_rule_and_group_also_for_some_paths(house: House) -> None:
    house.write(
        "privaudit.yaml",
        "severity: {vehicle: note, tram: error}\noverrides: [{paths: old/, severity: {tram: note}}]\n",
    )
    house.write("old/privacy.md", NOTICE)
    lines = house.check(".").out.splitlines()
    assert lines == [
        "legal/privacy.md:6:1: error tram tram.",
        "legal/privacy.md:8:1: note bicycle bicycle.",
        "old/privacy.md:6:1: note tram tram.",
        "old/privacy.md:8:1: note bicycle bicycle.",
    ]


def test_a_layer_lacks_nothing(house: House) -> None:
    house.write("legal/privacy.md", PLAIN + "\nTrams run here. You may complain.\n")
    house.write("legal/short.md", PLAIN)
    house.write("privaudit.yaml", "overrides: [{paths: [legal/], layer: true}]\n")
    assert house.check("legal/privacy.md", "legal/short.md") == (0, "legal/privacy.md:3:1: note tram tram.\n", "")
    verdicts = house.report("legal/short.md")["documents"][0]["verdicts"]
    told = next(one for one in verdicts if one["rule"] == "complaint")
    assert (told["outcome"], told["severity"], told["because"]) == (
        "missing", None, "one layer of a notice, which need not hold everything",
    )  # fmt: skip


@pytest.mark.parametrize(("audience", "applies"), [("DE", True), ("de", True), ("SE", False), (None, True)])
def test_rules_for_readers_of_some_countries(house: House, audience: str | None, applies: bool) -> None:
    rule = house.pack / "rules/tram.yaml"
    rule.write_text(rule.read_text() + "countries: [AT, DE]\n")
    if audience:
        house.write("privaudit.yaml", f"overrides: [{{paths: legal/, audience: {audience}}}]\n")
    assert ("tram" in rules(house)) is applies
    if not applies:
        verdicts = house.report(".")["documents"][0]["verdicts"]
        told = next(one for one in verdicts if one["rule"] == "tram")
        assert (told["outcome"], told["because"]) == ("absent", "holds for readers in AT, DE only")


def test_the_gate_the_day_and_the_reports(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.write(
        "privaudit.yaml", "fail_on: note\nas_of: 2020-02-29\nformats: [json=out/report.json, concise]\nquiet: true\n"
    )
    monkeypatch.chdir(house.here / "legal")
    code, out, _ = house.call("check")
    assert code == 1
    assert out == "privacy.md:6:1: note tram tram.\nprivacy.md:8:1: warning bicycle bicycle.\n"
    assert json.loads((house.here / "out/report.json").read_text())["as_of"] == "2020-02-29"
    assert house.call("check", "--fail-on", "error", "--as-of", "2026-11-26").code == 0
    assert json.loads((house.here / "out/report.json").read_text())["as_of"] == "2026-11-26"
    assert house.call("check", "--format", "csv").out.startswith('"path",')


def test_rule_packs_and_languages(house: House) -> None:
    house.write("privaudit.yaml", "rules: ../pack\nbuiltin: false\nlang: en\n")
    code, out, _ = house.run("check", ".", "--quiet")
    assert (code, len(out.splitlines())) == (0, 2)
    own = house.write("own/tram-too.yaml", "id: tram-too\nkind: practice\nseverity: error\nfind: {any: [tram]}\n")
    assert "error tram-too" in house.run("check", ".", "--rules", str(own), "--quiet").out
    assert "tram-too" not in house.run("check", ".", "--quiet").out


@pytest.mark.parametrize(
    ("text", "arguments", "taken"),
    [
        ("exclude: legal/", ["."], ["other/privacy.md"]),
        ("exclude: legal/", ["legal/privacy.md"], ["legal/privacy.md"]),
        ("exclude: legal/", [".", "legal/privacy.md"], ["legal/privacy.md", "other/privacy.md"]),
        ("exclude: legal/", ["*/privacy.md"], ["legal/privacy.md", "other/privacy.md"]),
        ("exclude: legal/\nforce_exclude: true", ["legal/privacy.md", "other/privacy.md"], ["other/privacy.md"]),
        ("include: other/", ["."], ["other/notes.md", "other/privacy.md"]),
        ("include: other/", ["legal/privacy.md"], ["legal/privacy.md"]),
        ("include: ['*.md', '!notes.md']", ["."], ["legal/privacy.md", "other/privacy.md"]),
        ("include: '*.md'\nexclude: notes.md", ["."], ["legal/privacy.md", "other/privacy.md"]),
        ("include: other/notes.md", ["other"], ["other/notes.md"]),
    ],
)
def test_which_files(house: House, text: str, arguments: list[str], taken: list[str]) -> None:
    house.write("other/privacy.md", NOTICE)
    house.write("other/notes.md", "We sell tea, cakes and rolls on every day of the week.\n")
    house.write("privaudit.yaml", text)
    assert [one["path"] for one in house.report(*arguments)["documents"]] == taken


def test_which_files_from_below(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.write("legal/drafts/privacy.md", NOTICE)
    house.write("privaudit.yaml", "exclude: /legal/drafts/\n")
    monkeypatch.chdir(house.here / "legal")
    assert [one["path"] for one in house.report(".")["documents"]] == ["privacy.md"]


def test_a_hook_with_nothing_but_excluded_files_is_no_fault(house: House) -> None:
    house.write("privaudit.yaml", "exclude: legal/\n")
    code, out, err = house.call("check", "legal/privacy.md", "--force-exclude")
    assert code == 0
    assert "skipped legal/privacy.md: excluded by the configuration" in out
    assert err == "Every file that was named is excluded; nothing to audit.\n"
    assert house.check("legal/privacy.md", "--force-exclude") == (0, "", "")
    assert house.check("-", "--stdin-filename", "legal/a.md", "--force-exclude") == (0, "", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail_on: warnin", "privaudit.yaml:1:10: 'warnin' is no severity and no rule; did you mean warning?"),
        ("fail_on: suppression-unusd", "did you mean suppression-unused?"),
        ("select: [trm]", "privaudit.yaml:1:10: 'trm' names no rule; did you mean tram?"),
        ("ignore: x*", "privaudit.yaml:1:9: 'x*' names no rule"),
        ("select: tram\nignore: tram", "privaudit.yaml:1:9 and privaudit.yaml:2:9 leave no rule"),
        ("severity: {trm: note}", "privaudit.yaml:1:12: 'trm' is no rule and no group; did you mean tram?"),
        ("overrides: [{paths: x, severity: {trm: note}}]", "privaudit.yaml:1:35: 'trm' is no rule and no group"),
        ("overrides: [{paths: x, ignore: trm}]", "privaudit.yaml:1:32: 'trm' names no rule"),
        ("formats: jsn", "privaudit.yaml:1:10: unknown format 'jsn'; did you mean json?"),
        ("formats: [rich,\n  jsn=x]", "privaudit.yaml:2:3: unknown format 'jsn'"),
        ("formats: [json, csv]", "two formats on standard output"),
        ("formats: [json=a, csv=./a]", "two formats go to the same file"),
        ("rules: nowhere", "nowhere: no such rule pack"),
        ("baseline: nowhere.json", "nowhere.json: no such baseline"),
        ("frmats: json", "privaudit.yaml:1:1: unknown key 'frmats' in the configuration; did you mean 'formats'?"),
        ("a: *a", "privaudit.yaml:1:"),
    ],
)
def test_faults_stop_a_run_with_one_line_each(house: House, text: str, told: str) -> None:
    house.write("privaudit.yaml", text)
    house.write("report.json", "as it was")
    code, out, err = house.call("check", ".")
    assert (code, out) == (2, "")
    assert told in err
    assert [line[:7] for line in err.splitlines()] == ["error: "]


def test_the_command_line_names_itself_where_the_fault_is_its_own(house: House) -> None:
    house.write("privaudit.yaml", "ignore: vehicle\n")
    assert house.check(".", "--select", "tram").err == "error: --select and privaudit.yaml:1:9 leave no rule\n"
    assert (
        house.check(".", "--select", "tram", "--ignore", "tram").err == "error: --select and --ignore leave no rule\n"
    )


def test_an_override_that_the_command_line_overrules_is_no_fault(house: House) -> None:
    house.write("privaudit.yaml", "overrides: [{paths: legal/, select: tram}]\n")
    assert rules(house, ".", "--select", "bicycle", "--ignore", "tram") == ["bicycle"]


# -- outputs


@pytest.mark.parametrize("name", ["legal/privacy.md", "base.json", "privaudit.yaml", "link.md"])
def test_what_was_read_is_not_written_over(house: House, name: str) -> None:
    house.call("baseline", "--output", "base.json")
    house.write("privaudit.yaml", "baseline: base.json\n")
    (house.here / "link.md").symlink_to("legal/privacy.md")
    before = Path(name).read_bytes()
    code, _, err = house.check(".", "--format", f"json={name}")
    assert code == 2
    assert err.startswith(f"error: {name}: cannot be written: it was read as ")
    assert Path(name).read_bytes() == before


def test_a_name_that_no_file_system_takes(house: House) -> None:
    house.write("privaudit.yaml", 'formats: ["json=a\\0b"]\n')
    for arguments in ([], ["--format", f"json={'x' * 5000}"]):
        code, _, err = house.check(".", *arguments)
        assert code == 2
        assert "cannot be written: " in err


def test_an_old_report_stays_whole_when_a_run_fails(house: House) -> None:
    house.write("report.json", "as it was")
    for arguments in (["--baseline", "nowhere.json"], ["--fail-on", "nothing"], ["--format", "sarif=legal"]):
        code, _, _ = house.check(".", "--format", "csv=legal/privacy.md/x", "--format", "json=report.json", *arguments)
        assert code == 2
        assert Path("report.json").read_text() == "as it was"


def test_every_option_of_check_that_is_a_key_bears_its_name() -> None:
    given = set(check.__annotations__) - {"paths", "color", "config", "isolated", "stdin_filename", "return"}
    assert {"rules" if name == "packs" else name for name in given} <= set(KEYS) | {"since"}


def test_a_current_folder_that_is_gone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = house.here / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert house.run("check", str(house.here / "legal")) == (
        2, "", "error: the current folder is gone; change into another\n",
    )  # fmt: skip
    monkeypatch.chdir(house.here)

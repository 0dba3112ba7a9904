"""`privaudit init`: the configuration that it writes is valid, and nothing is lost by it."""

import re
from pathlib import Path

import pytest
import yaml

from privaudit import __version__
from privaudit.config.keys import KEYS
from privaudit.config.parse import parse_config
from privaudit.config.scaffold import CONFIG
from privaudit.rulepack.yaml import FaultList, open_yaml
from tests.unit.house import COMPLAINT, PLAIN, House

FILES = {
    "--pre-commit": ".pre-commit-config.yaml",
    "github": ".github/workflows/privaudit.yml",
    "gitlab": ".gitlab-ci.yml",
}


def test_a_configuration_that_changes_nothing(house: House) -> None:
    house.write("privacy.md", f"# Privacy notice\n\n{PLAIN}{COMPLAINT}\nTrams run here.\n")
    before = house.call("check", "--quiet")
    code, out, err = house.run("init")
    assert (code, out) == (0, "wrote privaudit.yaml\n")
    assert err == "next: privaudit check, then privaudit baseline for what is to be mended later\n"
    assert house.call("check", "--quiet") == before
    shown = house.run("config", "show").out
    assert 'fail_on: ["error"]  # privaudit.yaml:' in shown
    assert shown.count("# default") == len(shown.splitlines()) - 2


def examples() -> str:
    """The configuration with everything that is an example uncommented."""
    lines = [re.sub(r"^# (?=[a-z_]+:|  )", "", line) for line in CONFIG.splitlines()]
    return "\n".join(line for line in lines if not line.startswith("# "))


def test_every_example_in_it_can_be_uncommented(house: House) -> None:
    path = house.write("privaudit.yaml", examples())
    faults = FaultList()
    parsed = parse_config(open_yaml(path, "c.yaml", faults), house.here)
    assert faults.sorted() == ()
    shown = {"select", "ignore", "baseline", "include", "exclude", "rules", "severity", "suppressions", "formats"}
    assert set(parsed.values) == {"fail_on", *shown}
    assert [sorted(one.values) for one in parsed.overrides] == [["audience", "lang"], ["layer"]]
    assert set(parsed.values) < set(KEYS)


def test_the_names_in_the_examples_are_those_of_the_built_in_rules(house: House) -> None:
    house.write("privacy.md", f"# Privacy notice\n\n{PLAIN}")
    kept = re.sub(r"^(?:baseline|rules|include|exclude|formats):.*\n", "", examples() + "\n", flags=re.MULTILINE)
    house.write("privaudit.yaml", kept)
    assert house.run("check", "privacy.md", "--fail-on", "never", "--quiet").err == ""


@pytest.mark.parametrize("arguments", [["--pre-commit"], ["--ci", "github"], ["--ci", "gitlab"]])
def test_the_way_into_a_hook_or_a_workflow(house: House, arguments: list[str]) -> None:
    name = FILES[arguments[-1]]
    assert house.run("init", *arguments).out == f"wrote privaudit.yaml\nwrote {name}\n"
    text = Path(name).read_text()
    assert f"privaudit=={__version__}" in text
    assert "{{" not in text
    assert yaml.safe_load(text)


def test_all_at_once_and_again(house: House) -> None:
    assert house.run("init", "--pre-commit", "--ci", "gitlab").code == 0
    code, _, err = house.run("init", "--pre-commit", "--ci", "gitlab")
    assert code == 2
    assert err == (
        "error: .pre-commit-config.yaml is there already; .gitlab-ci.yml is there already; nothing was written, "
        "--force writes over it\n"
    )
    Path("privaudit.yaml").write_text("fail_on: note\n")
    assert house.run("init", "--ci", "github").out == "kept privaudit.yaml\nwrote .github/workflows/privaudit.yml\n"
    assert Path("privaudit.yaml").read_text() == "fail_on: note\n"
    assert house.run("init", "--force").code == 0
    assert Path("privaudit.yaml").read_text() == CONFIG


def test_nothing_is_overwritten(house: House) -> None:
    house.write("privaudit.yaml", "fail_on: note\n")
    assert house.run("init") == (
        2, "", "error: privaudit.yaml is there already; nothing was written, --force writes over it\n",
    )  # fmt: skip
    assert Path("privaudit.yaml").read_text() == "fail_on: note\n"
    Path("privaudit.yaml").unlink()
    Path("privaudit.yaml").symlink_to("nowhere")
    assert house.run("init").code == 2
    assert Path("privaudit.yaml").is_symlink()


@pytest.mark.parametrize(
    ("name", "text"),
    [(".privaudit.yaml", "fail_on: note\n"), ("pyproject.toml", '[tool.privaudit]\nfail_on = "note"\n')],
)
def test_another_configuration_is_not_shadowed(house: House, name: str, text: str) -> None:
    house.write(name, text)
    for force in ([], ["--force"]):
        code, _, err = house.run("init", *force)
        assert (code, err) == (2, f"error: {name} holds a configuration already; nothing was written\n")
    assert house.run("init", "--pre-commit").out == f"kept {name}\nwrote .pre-commit-config.yaml\n"
    assert not Path("privaudit.yaml").exists()


def test_a_project_file_without_the_table_is_none(house: House) -> None:
    house.write("pyproject.toml", '[project]\nname = "shop"\ndependencies = ["privaudit"]\n')
    assert house.run("init").code == 0


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ("githb", "--ci: unknown system 'githb'; did you mean github?"),
        ("x", "--ci: unknown system 'x'; known: github, gitlab"),
    ],
)
def test_an_unknown_system(house: House, system: str, told: str) -> None:
    assert house.run("init", "--ci", system) == (2, "", f"error: {told}\n")
    assert list(Path().iterdir()) == []


def test_a_place_that_cannot_be_written(house: House) -> None:
    house.write(".github", "a file")
    code, _, err = house.run("init", "--ci", "github")
    assert code == 2
    assert "error: .github/workflows/privaudit.yml: cannot be written: " in err

"""The pages on configuration, suppressions and the baseline say what the code does."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from privaudit.baseline import read_baseline
from privaudit.config.keys import KEYS, Takes
from privaudit.config.parse import Parsed, parse_config
from privaudit.config.toml import open_toml
from privaudit.directive import directives
from privaudit.model import Severity
from privaudit.read import read_document
from privaudit.rulepack.yaml import FaultList, open_yaml
from privaudit.suppress import RULES
from tests.unit.house import House
from tests.ways.pages import ROOT, examples

CONFIGURATION, SUPPRESSIONS, BASELINE = "docs/configuration.md", "docs/suppressions.md", "docs/baseline.md"


def parsed(tmp_path: Path, text: str) -> Parsed:
    """A whole configuration in YAML."""
    path = tmp_path / "privaudit.yaml"
    path.write_text(text)
    faults = FaultList()
    found = parse_config(open_yaml(path, "c.yaml", faults), tmp_path)
    assert faults.sorted() == ()
    return found


def rows(page: str) -> list[list[str]]:
    """The rows of all tables of a page, heads left out."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [
        row for row, line in zip(cells, [*cells[1:], []], strict=True) if row[0][:3] != "---" and line[:1] != ["---"]
    ]


def test_every_key_has_its_row() -> None:
    assert rows(CONFIGURATION) == [
        [f"`{name}`", key.takes.value, "✓" if key.per_path else "", key.told] for name, key in KEYS.items()
    ]


def test_the_examples_of_a_configuration(tmp_path: Path) -> None:
    whole, *others = examples(CONFIGURATION, "yaml")
    found = parsed(tmp_path, whole)
    assert {"fail_on", "baseline", "exclude", "rules", "severity", "suppressions"} == set(found.values)
    assert len(found.overrides) == 2
    keys = [set(parsed(tmp_path, text).values) for text in others]
    assert keys == [{"notices"}, {"parity"}, {"lang"}]
    (toml,) = examples(CONFIGURATION, "toml")
    assert tomllib.loads(toml)
    (tmp_path / "p.toml").write_text(toml)
    faults = FaultList()
    assert parse_config(open_toml(tmp_path / "p.toml", "p.toml", faults), tmp_path).overrides
    assert faults.sorted() == ()


def test_the_fault_and_the_settings_that_the_page_shows(house: House) -> None:
    text = (ROOT / CONFIGURATION).read_text(encoding="utf-8")
    house.write("privaudit.yaml", "fail-on: note\n")
    assert house.run("config", "show").err in text
    (whole, *_) = examples(CONFIGURATION, "yaml")
    house.write("privaudit.yaml", whole)
    lines = house.run("config", "show", "legal/sv/privacy.md").out.splitlines()
    shown = re.findall(r"^(?:# configuration|fail_on|lang|max_bytes): .*$", text, re.MULTILINE)
    assert len([line for line in shown if "  # " in line or line.startswith("# c")]) >= 4
    assert all(line in lines for line in shown if "  # " in line or line.startswith("# c"))


def test_the_examples_of_suppressions(tmp_path: Path) -> None:
    (markdown,) = examples(SUPPRESSIONS, "markdown")
    (one,) = directives(read_document("x.md", markdown.encode()))
    assert (one.fault, one.rules, one.until) == ("", ("outdated-privacy-shield",), date(2027, 1, 31))
    assert one.target is not None
    assert markdown[one.target.start : one.target.end].startswith("Until July 2020")
    (plain,) = examples(SUPPRESSIONS, "text")
    (one,) = directives(read_document("x.txt", f"{plain}\nText.".encode()))
    assert (one.fault, one.rules) == ("", ("art13-2-a-retention",))
    (yaml,) = examples(SUPPRESSIONS, "yaml")
    assert len(parsed(tmp_path, yaml).values["suppressions"]) == 1


def test_every_finding_about_suppressions_has_its_row() -> None:
    told = {row[0]: row[1] for row in rows(SUPPRESSIONS) if row[1] in set(Severity)}
    assert set(told) == {f"`{rule.id}`" for rule in RULES}


def test_the_example_of_a_baseline() -> None:
    (text,) = examples(BASELINE, "json")
    assert [one.rule for one in read_baseline(text, "b.json")] == ["art13-2-a-retention", "outdated-privacy-shield"]


@pytest.mark.parametrize("page", [CONFIGURATION, SUPPRESSIONS, BASELINE])
def test_links_lead_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / page).parent.joinpath(link).is_file(), link


def test_every_kind_of_value_is_needed() -> None:
    assert {key.takes for key in KEYS.values()} == set(Takes)

"""Settings with their origins, as lines and as data."""

import json
from datetime import date
from pathlib import Path

import yaml

from privaudit.config.keys import KEYS
from privaudit.config.settings import Accepted, Item, Notice, Paths, Settings, Versions
from privaudit.config.show import as_data, as_lines
from privaudit.model import Severity
from privaudit.rulepack.schema import Place

FILE = Place("c.yaml", 3, 5)
BASE = Path("/base")
SETTINGS = Settings(
    select=(Item("a"), Item("b*")),
    as_of=date(2026, 11, 26),
    exclude=Paths(BASE, ("drafts/", "*.txt")),
    severity=((Item("a"), Severity.NOTE), (Item("a"), Severity.ERROR)),
    notices=(Notice("Whole", Paths(BASE, ("a.md",)), FILE),),
    parity=(Versions(Notice("Two", Paths(BASE, ("de.md", "en.md")), FILE), ("e-mail",)),),
    suppressions=(
        Accepted((Item("a"),), Paths(BASE), "agreed", date(2027, 1, 31), FILE),
        Accepted((Item("b"),), Paths(BASE, ("x/",)), "Sök: „så“", None, FILE),
    ),
    origins={"select": Place("--select", 0, 0), "as_of": FILE},
)


def test_each_setting_is_a_line_of_yaml_with_its_origin() -> None:
    lines = list(as_lines("c.yaml", SETTINGS))
    assert lines[0] == "# configuration: c.yaml"
    assert 'select: ["a", "b*"]  # --select' in lines
    assert 'as_of: "2026-11-26"  # c.yaml:3' in lines
    assert "lang: null  # default" in lines
    assert list(yaml.safe_load("\n".join(lines))) == [key for key in KEYS if key not in ("extends", "overrides")]


def test_the_data_says_the_same() -> None:
    data = as_data("c.yaml", SETTINGS)
    shown = {name: one["value"] for name, one in data["settings"].items()}
    assert json.loads(json.dumps(shown)) == yaml.safe_load("\n".join(as_lines("c.yaml", SETTINGS)))
    assert data["configuration"] == "c.yaml"
    assert data["settings"]["severity"] == {"value": {"a": "error"}, "origin": "default"}
    assert shown["suppressions"] == [
        {"rule": ["a"], "paths": [], "reason": "agreed", "until": "2027-01-31"},
        {"rule": ["b"], "paths": ["x/"], "reason": "Sök: „så“"},
    ]
    assert shown["parity"] == [{"name": "Two", "files": ["de.md", "en.md"], "may_differ": ["e-mail"]}]
    assert shown["notices"] == [{"name": "Whole", "files": ["a.md"]}]


def test_without_a_file() -> None:
    assert next(as_lines("", Settings())) == "# configuration: none"
    assert as_data("", Settings())["configuration"] is None

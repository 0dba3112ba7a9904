from pathlib import Path

import pytest

from privaudit.errors import UsageError
from privaudit.model import Kind
from privaudit.rulepack.lint import check_patterns, lint
from privaudit.rulepack.load import load_rules
from privaudit.rulepack.scaffold import new_rule
from privaudit.selftest import run
from tests.unit.rulepack.conftest import LANGUAGE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words/en").mkdir(parents=True)
    (tmp_path / "words/en/language.yaml").write_text(LANGUAGE)
    return tmp_path


@pytest.mark.parametrize("kind", Kind)
def test_a_starter_rule_loads_passes_its_examples_and_needs_no_advice(kind: Kind, folder: Path) -> None:
    written = new_rule("house-rule", kind, folder)
    assert written == (folder / "house-rule.yaml",)
    ruleset = load_rules([folder], examples=True)
    assert [(rule.id, rule.kind) for rule in ruleset.rules] == [("house-rule", kind)]
    assert check_patterns(ruleset) == ()
    assert lint(ruleset, [folder], None) == ()
    results = list(run(ruleset, lambda _: True))
    assert len(results) >= 4
    assert [result for result in results if not result.passed] == []


def test_starter_rules_of_all_kinds_live_together(folder: Path) -> None:
    for kind in Kind:
        new_rule(f"house-{kind}", kind, folder)
    assert lint(load_rules([folder], examples=True), [folder], None) == ()


def test_nothing_is_overwritten(folder: Path) -> None:
    (path,) = new_rule("house-rule", Kind.PRACTICE, folder / "new")
    path.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        new_rule("house-rule", Kind.PRACTICE, folder / "new")
    assert path.read_text() == "mine"


@pytest.mark.parametrize("rule_id", ["", "House", "a b", "a_b", "../a", "a-", "-a"])
def test_an_id_is_kebab_case(rule_id: str, folder: Path) -> None:
    with pytest.raises(UsageError, match="is no rule id"):
        new_rule(rule_id, Kind.PRACTICE, folder)
    assert not list(folder.glob("*.yaml"))


def test_a_folder_that_cannot_be_made_is_wrong_use(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(UsageError):
        new_rule("house-rule", Kind.PRACTICE, folder / "file")
    with pytest.raises(UsageError):
        new_rule("house-rule", Kind.PRACTICE, folder / "file" / "below")

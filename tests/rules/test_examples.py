"""The examples of the built-in pack, and the advice of its linter."""

import functools

import pytest

from privaudit.rulepack.lint import check_patterns
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.rulepack.schema import RuleSet
from privaudit.selftest import run


@functools.cache
def ruleset() -> RuleSet:
    return load_rules(pack_folders([]), examples=True)


@pytest.mark.parametrize("rule", [rule.id for rule in ruleset().rules])
def test_examples_come_to_their_outcome(rule: str) -> None:
    failed = [
        f"{result.example.place.path}:{result.example.place.line}: {result.outcome.value}"
        for result in run(ruleset(), rule.__eq__)
        if not result.passed
    ]
    assert failed == []


def test_all_patterns_compile() -> None:
    assert check_patterns(ruleset()) == ()


def test_what_a_disclosure_may_lack_is_said_in_words_for_readers() -> None:
    wanted = set().union(*(rule.present.concepts() for rule in ruleset().rules if rule.present))
    wanted |= {region.name for region in ruleset().regions}
    assert sorted(wanted - ruleset().names.keys()) == []


def test_each_rule_says_why_what_to_do_and_where_it_comes_from() -> None:
    for rule in ruleset().rules:
        assert rule.title, rule.id
        assert rule.references, rule.id
        assert rule.why, rule.id
        assert rule.remedy, rule.id

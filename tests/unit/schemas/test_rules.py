"""The schema of rule packs and the loader must agree: on files that are good, on files that are not, and on names."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from privaudit.errors import RuleError
from privaudit.model import OUTCOMES, Kind, Outcome, Severity
from privaudit.rulepack import facts, parse_condition, parse_rule, parse_severity, parse_shared, parse_words
from privaudit.rulepack.load import builtin_folder, load_rules
from privaudit.rulepack.scaffold import new_rule
from privaudit.rulepack.schema import Detector, Scope, Takes
from tests.unit.rulepack.conftest import Write
from tests.unit.schemas.conftest import as_editors_read, faults, schema

SCHEMA = schema("rules")
DEFINITIONS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)
FILES_OF_THE_PACK = sorted(builtin_folder().rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES_OF_THE_PACK, ids=lambda path: path.relative_to(builtin_folder()).as_posix())
def test_each_file_of_the_built_in_pack_is_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults(VALIDATOR, as_editors_read(text)) == []
    # privaudit itself takes every value for text.
    assert faults(VALIDATOR, yaml.load(text, Loader=yaml.CBaseLoader)) == []  # noqa: S506


@pytest.mark.parametrize("kind", Kind)
def test_a_starter_rule_is_valid(kind: Kind, tmp_path: Path) -> None:
    (path,) = new_rule("house-rule", kind, tmp_path)
    assert faults(VALIDATOR, as_editors_read(path.read_text(encoding="utf-8"))) == []


# -- what both refuse

RULE = "id: x\nkind: disclosure\nseverity: error\npresent: {any: [complain]}\n"
OUTDATED = "id: x\nkind: outdated\nseverity: error\nfind: {any: [complain]}\n"
PRACTICE = "id: x\nkind: practice\nseverity: error\nfind: {any: [complain]}\n"
FILES = {
    "rule": "rules/x.yaml",
    "pack": "pack.yaml",
    "shared": "shared.yaml",
    "language": "words/en/language.yaml",
    "words": "words/en/more.yaml",
}
BROKEN = [
    ("rule", RULE.replace("kind: disclosure", "kind: disclosures")),
    ("rule", RULE.replace("kind: disclosure\n", "")),
    ("rule", RULE.replace("id: x\n", "")),
    ("rule", RULE.replace("id: x", "id: A Rule")),
    ("rule", RULE.replace("severity: error\n", "")),
    ("rule", RULE.replace("severity: error", "severity: fatal")),
    ("rule", RULE.replace("severity: error", "severity: {relied-on: error}")),
    ("rule", RULE.replace("severity: error", "severity: {inconclusive: error}")),
    ("rule", RULE.replace("severity: error", "severity: [{is: missing}]")),
    ("rule", RULE.replace("severity: error", "severity: [{is: found, level: note}]")),
    ("rule", RULE.replace("severity: error", "severity: []")),
    ("rule", RULE.replace("present: {any: [complain]}\n", "")),
    ("rule", RULE.replace("any: [complain]", "any: complain")),
    ("rule", RULE.replace("any: [complain]", "any: []")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], all: [authority]")),
    ("rule", RULE.replace("any: [complain]", "within: block")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], within: page")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], headings: count")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], near: {of: authority}")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], near: {of: authority, words: 201}")),
    ("rule", RULE.replace("any: [complain]", "any: [complain], near: {of: authority, words: many}")),
    ("rule", RULE.replace("any: [complain]", "any: [{some: [complain]}]")),
    ("rule", RULE.replace("{any: [complain]}", "complain")),
    ("rule", RULE + "stance: [{is: mentioned}]\n"),
    ("rule", RULE + "valid: {from: 2018-05-25}\n"),
    ("rule", RULE + "whx: because\n"),
    ("rule", RULE + "why:\n"),
    ("rule", RULE + "references: GDPR Art. 13\n"),
    ("rule", RULE + "in_force: {from: 25 May 2018}\n"),
    ("rule", RULE + "in_force: {since: 2018-05-25}\n"),
    ("rule", RULE + "messages: {found: There it is.}\n"),
    ("rule", RULE + "topic: [complain, complain]\n"),
    ("rule", RULE + "requires: {rule: y}\n"),
    ("rule", RULE + "requires: {rule: y, outcome: [sometimes]}\n"),
    ("rule", RULE + "enabled: never\n"),
    ("rule", RULE + "languages: [english]\n"),
    ("rule", RULE + "countries: [de]\n"),
    ("rule", RULE + "examples: {en: {found: [A text.]}}\n"),
    ("rule", RULE + "words: {en: [complain]}\n"),
    ("rule", OUTDATED + "stance: [{is: absent}]\n"),
    ("rule", OUTDATED + "stance: [{when: {any: [complain]}}]\n"),
    ("rule", OUTDATED + "detect: stub\n"),
    ("rule", PRACTICE + "detect: stub\n"),
    ("rule", PRACTICE.replace("find: {any: [complain]}", "detect: typos")),
    ("pack", "id: house\nlanguages: [en]\nreviewed: 2026-01-31\n"),
    ("pack", "id: house\nversion: 1\nlanguages: en\n"),
    ("pack", "id: house\nversion: 1\nlanguages: [en]\nreviewed: yesterday\n"),
    ("pack", "id: house\nversion: 1\nlanguages: [en]\nauthor: somebody\n"),
    ("shared", "regions: {aside: {takes: rest}}\n"),
    ("shared", "regions: {aside: {opened_by: [complain]}}\n"),
    ("shared", "regions: {aside: {opened_by: [complain], takes: page}}\n"),
    ("shared", "conditions: {both: [complain, authority]}\n"),
    ("shared", "conditions: {Both: {all: [complain, authority]}}\n"),
    ("shared", "names: {complain: ''}\n"),
    ("language", "language: en\nstop_words: [the]\n"),
    ("language", "language: en\nname: English\nstop_words: the\n"),
    ("language", "language: en\nname: English\ncitation: {section: [sec.]}\n"),
    ("words", "words: {more: [more]}\n"),
    ("words", "language: en\nwords: {more: more}\n"),
    ("words", "language: en\nwords: {More: [more]}\n"),
    ("words", "language: en\nwords: {more: []}\n"),
    ("words", "language: en\nwords: {more: ['']}\n"),
    ("words", "language: en\nwords: {more: [' more']}\n"),
    ("words", "language: en\nwords: {more: [[more]]}\n"),
    ("words", "language: en\nwords:\n  more:\n    - |\n      more\n      words\n"),
    ("words", "language: en\nwords: {more: [{article: 100}]}\n"),
    ("words", "language: en\nwords: {more: [{article: 6.f}]}\n"),
    ("words", "language: en\nwords: {more: [{match: a, link: b}]}\n"),
    ("words", "language: en\nwords: {more: [{case: exact}]}\n"),
    ("words", "language: en\nwords: {more: [{match: a, case: small}]}\n"),
    ("words", "language: en\nwords: {more: [{link: a, case: exact}]}\n"),
    ("words", "language: en\nexamples: {house-complaint: {Present: [A text.]}}\n"),
    ("words", "language: en\nexamples: {house-complaint: {present: A text.}}\n"),
    ("words", "language: en\nexamples: {house-complaint: {present: ['']}}\n"),
]


@pytest.mark.parametrize(("what", "text"), BROKEN)
def test_what_the_loader_refuses_is_not_valid(what: str, text: str, write: Write) -> None:
    with pytest.raises(RuleError):
        load_rules([write({FILES[what]: text})], examples=True)
    assert faults(VALIDATOR, as_editors_read(text)) != []


GOOD = [
    ("rule", RULE),
    ("rule", OUTDATED),
    ("rule", PRACTICE),
    ("rule", RULE.replace("severity: error", "severity: {missing: note, inconclusive: none}")),
    ("rule", RULE.replace("severity: error", "severity: [{is: missing, when: {any: [complain]}, level: none}]")),
    ("rule", RULE.replace("any: [complain]", "given: [complain, {not: [authority]}], near: {of: authority, words: 0}")),
    ("rule", RULE + "title: 2018\nwhy: 'no'\nreferences: [1.10]\nin_force: {until: 2030-01-01}\n"),
    ("rule", RULE + "requires: [{rule: house-complaint, outcome: [partial]}]\n"),
    ("rule", RULE + "languages: [en]\ncountries: [NO]\n"),
    ("rule", RULE + "words: {any: {more: [more]}}\nexamples: {en: {missing: [A text.]}}\n"),
    ("pack", "id: house\nversion: 1.10\nlanguages: [en]\n"),
    ("shared", "regions: {aside: {heading: [complain], takes: section}}\nnames: {aside: an aside}\n"),
    ("language", "language: en\nname: English\ncitation: {letter: [' ', (lit.]}\n"),
    ("words", "language: en\n"),
    ("words", "language: en\nwords: {complain: [1998, {article: 77}, {article: 6.1.f}, {match: ICO, case: exact}]}\n"),
]


@pytest.mark.parametrize(("what", "text"), GOOD)
def test_what_the_loader_takes_is_valid(what: str, text: str, write: Write) -> None:
    load_rules([write({FILES[what]: text})], examples=True)
    assert faults(VALIDATOR, as_editors_read(text)) == []


# -- names


@pytest.mark.parametrize("kind", Kind)
def test_rules_have_the_keys_and_outcomes_of_the_parser(kind: Kind) -> None:
    assert set(DEFINITIONS[f"{kind}-rule"]["properties"]) == set(parse_rule._KEYS[kind])
    assert DEFINITIONS[f"outcome-{kind}"]["enum"] == list(OUTCOMES[kind])


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("pack", parse_shared._PACK_KEYS),
        ("language", parse_shared._LANGUAGE_KEYS),
        ("region", parse_shared._REGION_KEYS),
        ("words-file", parse_words._KEYS),
        ("facts-file", facts._KEYS),
        ("condition", parse_condition._KEYS),
    ],
)
def test_the_other_files_have_the_keys_of_the_parser(name: str, keys: tuple[str, ...]) -> None:
    assert set(DEFINITIONS[name]["properties"]) == set(keys)


def test_the_closed_lists_are_those_of_the_parser() -> None:
    def listed(definition: str, key: str) -> set[str]:
        return set(DEFINITIONS[definition]["properties"][key]["enum"])

    assert set(DEFINITIONS["level"]["enum"]) == set(parse_severity._LEVELS)
    assert listed("stance-line", "severity") == {*Severity, "none"}
    assert listed("practice-rule", "detect") == set(Detector)
    assert listed("condition", "within") == set(Scope)
    assert listed("region", "takes") == set(Takes)
    assert set(DEFINITIONS["outcome"]["enum"]) == set(Outcome)
    citation = DEFINITIONS["language"]["properties"]["citation"]["properties"]
    assert set(citation) == set(parse_shared._CITATION_KEYS)


def test_an_editor_has_something_to_say_about_every_key() -> None:
    def silent(node: Any, path: str) -> Iterator[str]:
        if not isinstance(node, dict):
            return
        for key, value in node.get("properties", {}).items():
            target = value.get("$ref", "").rpartition("/")[2]
            if "description" not in value and "description" not in DEFINITIONS.get(target, {}):
                yield f"{path}/{key}"
        for key, value in node.items():
            yield from silent(value, f"{path}/{key}")
            for number, item in enumerate(value if isinstance(value, list) else ()):
                yield from silent(item, f"{path}/{key}/{number}")

    unsaid = list(silent(DEFINITIONS, ""))
    # Conditions of the form "if the key has this value" are no place for words.
    assert [path for path in unsaid if not re.search("/(?:if|then)/|/inconclusive$", path)] == []

"""The words of facts: read apart from the rules, with faults by their place."""

from pathlib import Path

import pytest

from privaudit.errors import RuleError
from privaudit.rulepack.fact_words import FactWords
from privaudit.rulepack.facts import load_facts
from privaudit.rulepack.lint import check_patterns
from privaudit.rulepack.lint import lint as advise
from privaudit.rulepack.load import load_rules, pack_folders
from tests.unit.rulepack.conftest import Write

GOOD = "language: en\nwords:\n  number-3: [three]\n  unit-day: [days?]\ncalled: {authority-of-xx: The Xs}\n"


def test_words_are_read_for_the_languages_that_are_asked_for(write: Write) -> None:
    files = {
        "words/en/facts.yaml": GOOD,
        "words/sv/facts.yaml": "language: sv\nwords: {number-3: [tre]}\n",
        "words/any/facts.yaml": "language: any\nwords: {number-3: ['III']}\n",
    }
    facts = load_facts([write(files)], ["en"])
    assert set(facts.words) == {"en", "any"}
    assert [entry.pattern for entry in facts.words_in("en")["number-3"]] == ["three", "III"]
    assert [entry.pattern for entry in facts.words_in("sv")["number-3"]] == ["III"]
    assert facts.called == {"authority-of-xx": "The Xs"}
    assert set(load_facts([write(files)]).words) == {"en", "sv", "any"}


def test_rules_do_not_see_them(write: Write) -> None:
    ruleset = load_rules([write({"words/en/facts.yaml": GOOD})], examples=True)
    assert "number-3" not in ruleset.words["en"]


def test_names_of_authorities_are_words_of_rules_and_facts(write: Write) -> None:
    words = "language: en\nwords: {authority-of-xx: [The Xs], complain: [moan]}\n"
    pack = write({"words/en/authorities.yaml": words})
    assert [entry.pattern for entry in load_facts([pack], ["en"]).words["en"]["authority-of-xx"]] == ["The Xs"]
    assert "complain" not in load_facts([pack]).words["en"]
    assert "authority-of-xx" in load_rules([pack], examples=True).words["en"]
    assert load_facts([pack], ["sv"]).words == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("language: en\nwords: {number-three: [three]}\n", "2:9: unknown fact 'number-three'; rules/README.md lists"),
        ("language: en\nwords: {month-13: [x]}\n", "unknown fact 'month-13'"),
        ("language: en\nwords: {unit-century: [x]}\n", "unknown fact 'unit-century'"),
        (
            "language: de\nwords: {number-3: [three]}\n",
            "1:1: the language must be that of the folder; write 'language: en'",
        ),
        ("words: {number-3: [three]}\n", "write 'language: en'"),
        ("language: en\nwords: {number-3: three}\n", "the words of 'number-3' must be a list"),
        ("language: en\nexamples: {}\n", "unknown key 'examples' in a file of facts"),
        ("language: en\ncalled: {authority-of-xx: ''}\n", "what 'authority-of-xx' is called is empty"),
    ],
)
def test_faults_have_their_place(write: Write, text: str, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_facts([write({"words/en/facts.yaml": text})])
    assert said in str(caught.value)
    assert "words/en/facts.yaml:" in str(caught.value)


def test_lint_looks_at_them(write: Write) -> None:
    pack = write({"words/en/facts.yaml": "language: en\nwords: {number-3: [three, three, '(?:a \\w+ )+b']}\n"})
    found = [str(one) for one in advise(load_rules([pack], examples=True), [pack], None, load_facts([pack]))]
    about = [one for one in found if "facts.yaml" in one]
    assert any("'three' stands in 'number-3' already" in one for one in about)
    assert any("grows faster than the text" in one for one in about)


@pytest.fixture(scope="module")
def builtin() -> FactWords:
    return load_facts(pack_folders([]))


def test_the_built_in_words_are_sound(builtin: FactWords, tmp_path: Path) -> None:
    ruleset = load_rules(pack_folders([]), [])._replace(words=builtin.words)
    assert check_patterns(ruleset) == ()
    faults = advise(ruleset._replace(words={}, rules=(), examples=()), [tmp_path], None, builtin)
    assert [str(one) for one in faults] == []


def test_each_language_has_the_same_facts(builtin: FactWords) -> None:
    needed = {f"month-{number}" for number in range(1, 13)} | {f"number-{number}" for number in range(2, 21)}
    needed |= {
        "last-change",
        "age-before",
        "age-after",
        "unit-day",
        "unit-week",
        "unit-month",
        "unit-year",
        "number-1-perhaps",
    }
    ruleset = load_rules(pack_folders([]), [])
    for code in ruleset.covered:
        assert needed - builtin.words[code].keys() == set(), code

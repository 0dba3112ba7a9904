from pathlib import Path

import pytest

from privaudit.rulepack.lint import check_patterns, lint
from tests.unit.rulepack.conftest import PACK, WORDS, Write, load

EXAMPLES = """\
examples:
  house-complaint:
    present:
      - You may complain to the authority.
      - Complain to any authority.
      - An authority hears you when you complain.
      - 'You may: complain to the authority.'
    missing: [Nothing., Nothing else., The authority is far away., Some people complain.]
"""
RULE = """\
id: house-complaint
title: Right to complain
kind: disclosure
severity: error
references: [House rule 1]
why: It matters.
remedy: Say it.
messages: {missing: It is not said., partial: It is half said.}
present: {all: [complain, authority]}
"""
CLEAN = {"words/en/words.yaml": WORDS + EXAMPLES, "rules/house-complaint.yaml": RULE}


def advice(folder: Path, wanted: Path | None = None) -> list[str]:
    found = lint(load(folder), [folder], wanted)
    return [f"{Path(one.path).name}:{one.line}: {one.message}" for one in found]


def with_word(word: str) -> dict[str, str]:
    return {**CLEAN, "words/en/more.yaml": f"language: en\nwords:\n  complain:\n    - {word}\n"}


def test_a_finished_pack_gets_no_advice(write: Write) -> None:
    folder = write(CLEAN)
    assert advice(folder) == []
    assert check_patterns(load(folder)) == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title: Right to complain\n", "has no title"),
        ("references: [House rule 1]\n", "has no references"),
        ("why: It matters.\n", "has no 'why'"),
        ("remedy: Say it.\n", "has no 'remedy'"),
        (", partial: It is half said.", "has no message for 'partial'"),
    ],
)
def test_a_rule_tells_readers_what_they_need(write: Write, line: str, said: str) -> None:
    found = advice(write({**CLEAN, "rules/house-complaint.yaml": RULE.replace(line, "")}))
    assert len(found) == 1
    assert said in found[0]


def test_a_rule_needs_examples_for_and_against_in_each_language(write: Write) -> None:
    files = {
        "pack.yaml": PACK.replace("[en]", "[en, sv]"),
        "words/en/words.yaml": (WORDS + EXAMPLES).replace("Nothing., Nothing else., The", "The"),
        "words/sv/language.yaml": "language: sv\nname: Swedish\n",
        "words/sv/words.yaml": "language: sv\nwords: {complain: [klaga], authority: [myndighet]}\n"
        "examples: {house-complaint: {present: [Klaga till en myndighet.]}}\n",
    }
    assert [one.split(": ")[1] for one in advice(write({**CLEAN, **files}))] == [
        "rule 'house-complaint' has 1 positive Swedish example; at least 4 should show it at work",
        "rule 'house-complaint' has 2 negative English examples; at least 4 should show it at work",
        "rule 'house-complaint' has no negative Swedish examples; at least 4 should show it at work",
    ]


def test_a_rule_without_words_in_a_language_needs_no_examples_there(write: Write) -> None:
    files = {"pack.yaml": PACK.replace("[en]", "[en, sv]"), "words/sv/language.yaml": "language: sv\nname: Swedish\n"}
    found = advice(write({**CLEAN, **files}))
    assert [one.split(": ")[1] for one in found] == [
        "concept 'complain' has no Swedish words; add some to words/sv",
        "concept 'authority' has no Swedish words; add some to words/sv",
    ]


@pytest.mark.parametrize("languages", ["[en]", "[en, sv]"])
def test_a_rule_for_a_language_that_has_no_words_for_it_is_told_once(write: Write, languages: str) -> None:
    files = {
        "pack.yaml": PACK.replace("[en]", languages),
        "words/sv/language.yaml": "language: sv\nname: Swedish\n",
        "rules/house-complaint.yaml": RULE + "languages: [en, sv]\n",
        "words/sv/words.yaml": "language: sv\nwords: {complain: [klaga]}\n",
    }
    found = [one for one in advice(write({**CLEAN, **files})) if "is not among the" not in one]
    assert found == [
        "house-complaint.yaml:1: rule 'house-complaint' can find nothing in Swedish, which has no words for "
        "'authority'; add some to words/sv or leave 'sv' out of 'languages'",
        "words.yaml:2: 'klaga' matches in no Swedish example; add one or delete it",
    ]


def test_a_rule_that_says_one_of_two_words_in_its_language_is_fine(write: Write) -> None:
    files = {
        "words/sv/language.yaml": "language: sv\nname: Swedish\n",
        "rules/house-complaint.yaml": RULE.replace("{all: [complain, authority]}", "{any: [complain, authority]}")
        + "languages: [en, sv]\n",
        "words/sv/words.yaml": "language: sv\nwords: {complain: [klaga]}\n",
    }
    assert not any("can find nothing" in one for one in advice(write({**CLEAN, **files})))


def test_concepts_without_use_are_told(write: Write) -> None:
    words = WORDS.replace("  authority", "  idle: [you]\n  authority")
    found = advice(write({**CLEAN, "words/en/words.yaml": words + EXAMPLES}))
    assert found == ["words.yaml:4: concept 'idle' is used by no rule, region or notice; use it or delete its words"]
    assert (
        advice(write({**CLEAN, "words/en/words.yaml": words + EXAMPLES, "pack.yaml": PACK + "notice: [idle]\n"})) == []
    )


@pytest.mark.parametrize("word", ["object", "{match: COMPLAIN, case: exact}", "{article: 77}", "{link: example}"])
def test_words_that_no_example_holds_are_told(write: Write, word: str) -> None:
    found = advice(write(with_word(word)))
    assert len(found) == 1
    assert "matches in no English example" in found[0]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("{article: 77}", "See Article 77."),
        ("{link: 'mailto:dpo@'}", "Write to [us](mailto:dpo@example.com)."),
        ("{match: ICO, case: exact}", "The ICO."),
    ],
)
def test_citations_links_and_exact_words_are_found_in_examples(write: Write, word: str, text: str) -> None:
    words = WORDS + EXAMPLES.replace("Nothing.,", f"'{text}',")
    assert advice(write({**with_word(word), "words/en/words.yaml": words})) == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("complain.*authority", "grows faster than the text"),
        (r"'\w{4,9}'", "has no fixed letters"),
        ("complain", "stands in 'complain' already"),
        ("complain to {it}", "which no stance asks"),
    ],
)
def test_words_that_are_slow_doubled_or_idle_are_told(write: Write, word: str, said: str) -> None:
    assert any(said in one for one in advice(write(with_word(word))))


def test_words_that_speak_of_the_mechanism_are_tried_with_it_in_its_place(write: Write) -> None:
    rule = (
        RULE.replace("kind: disclosure", "kind: outdated")
        .replace("house-complaint", "house-seal")
        .replace(
            "present: {all: [complain, authority]}",
            "find: {any: [seal]}\nstance: [{is: relied-on, when: {any: [adheres]}}, {is: mentioned}]",
        )
    )
    rule = rule.replace("missing: It is not said., partial: It is half said.", "relied-on: It is claimed.")
    words = (
        "language: en\nwords:\n  seal: [Old Seal]\n  adheres: ['hold \u2026 {it}', 'sold \u2026 {it}']\nexamples:\n"
        "  house-seal:\n    mentioned: [The Old Seal has gone.]\n    absent: [We hold tea., We sold it., No.]\n"
        "    relied-on: [We hold the Old Seal., We hold an Old Seal., We hold the Old Seal!, Hold an Old Seal.]\n"
    )
    found = advice(write({**CLEAN, "rules/house-seal.yaml": rule, "words/en/seal.yaml": words}))
    assert found == ["seal.yaml:4: 'sold \u2026 {it}' matches in no English example; add one or delete it"]


def test_a_language_outside_of_the_pack_is_told(write: Write) -> None:
    folder = write({**CLEAN, "words/sv/language.yaml": "language: sv\nname: Swedish\n"})
    assert [one.split(":")[0] for one in advice(folder)] == ["language.yaml"]
    assert advice(folder, folder / "rules") == []
    assert len(advice(folder, folder / "words")) == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("complain(", "is no pattern"),
        ("'[a-'", "is no pattern"),
        ("{link: '('}", "is no pattern"),
        ("complain\u2026authority", "never matches"),
        ("complain \u2026", "never matches"),
    ],
)
def test_patterns_that_do_not_compile_or_cannot_match_are_faults(write: Write, word: str, said: str) -> None:
    found = check_patterns(load(write(with_word(word))))
    assert [(Path(one.path).name, one.line) for one in found] == [("more.yaml", 4)]
    assert said in found[0].message


@pytest.mark.parametrize(("key", "grades"), [("full", []), ("present", ["full"])])
def test_a_grade_needs_an_example(write: Write, key: str, grades: list[str]) -> None:
    rule = RULE + "grades: [{id: full, title: all of it, when: {any: [complain]}}]\n"
    words = WORDS + EXAMPLES + f"    {key}: [You may complain to the authority today.]\n"
    if key == "present":
        words = WORDS + EXAMPLES
    found = advice(write({**CLEAN, "words/en/words.yaml": words, "rules/house-complaint.yaml": rule}))
    told = "house-complaint.yaml:1: grade '{}' of 'house-complaint' has no English example; at least one should show it"
    assert found == [told.format(grade) for grade in grades]

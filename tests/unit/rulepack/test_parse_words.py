import pytest

from privaudit.model import Outcome
from privaudit.rulepack.schema import Citation, WordEntry
from tests.unit.rulepack.conftest import WORDS, Write, faults, load


def entries(write: Write, items: str) -> tuple[WordEntry, ...]:
    folder = write({"words/en/words.yaml": WORDS + f"  more:\n{items}", "pack.yaml": PACK_WITH_MORE})
    return load(folder).words["en"]["more"]


PACK_WITH_MORE = "id: house\nversion: '1'\nlanguages: [en]\nnotice: [more]\n"


def test_words_are_patterns_citations_and_links(write: Write) -> None:
    found = entries(
        write,
        "    - lodge \u2026 complaint\n    - 'a: b'\n    - {match: ICO, case: exact}\n    - {match: plain}\n"
        "    - {article: 77}\n    - {article: 6.1}\n    - {article: 6.1.f}\n    - {link: 'mailto:dpo@'}\n",
    )
    assert [(one.pattern, one.article, one.link, one.exact) for one in found] == [
        ("lodge \u2026 complaint", None, None, False),
        ("a: b", None, None, False),
        ("ICO", None, None, True),
        ("plain", None, None, False),
        (None, Citation(77), None, False),
        (None, Citation(6, 1), None, False),
        (None, Citation(6, 1, "f"), None, False),
        (None, None, "mailto:dpo@", False),
    ]
    assert (found[1].place.line, found[1].place.column) == (7, 7)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ('"\\bcookie"', "single quotes"),
        ("''", "empty word"),
        ("' cookie'", "white space"),
        ("|\n      cookie", "one line"),
        ("[cookie]", "flatten"),
        ("{article: 6.f}", "'6.f' is no article"),
        ("{article: 120}", "'120' is no article"),
        ("{article: 0}", "'0' is no article"),
        ("{match: a, link: b}", "exactly one of"),
        ("{case: exact}", "exactly one of"),
        ("{match: a, case: small}", "unknown case 'small'"),
        ("{link: a, case: exact}", "'case' goes with 'match' only"),
        ("{mach: a}", "did you mean 'match'?"),
    ],
)
def test_a_word_that_cannot_be_looked_for_is_a_fault(write: Write, item: str, said: str) -> None:
    found = faults(write({"words/en/words.yaml": WORDS + f"  more:\n    - fine\n    - {item}\n"}))
    assert found[0].startswith("words.yaml:7:")
    assert said in found[0]


def test_two_files_add_entries_to_one_concept(write: Write) -> None:
    folder = write({"words/en/also.yaml": "language: en\nwords:\n  complain: [object]\n"})
    assert [entry.pattern for entry in load(folder).words["en"]["complain"]] == ["object", "complain"]


def test_examples_keep_their_text_and_place(write: Write) -> None:
    text = "examples:\n  house-complaint:\n    missing: [Nothing.]\n    present:\n"
    text += "      - |\n        # Title\n\n        Text.\n"
    found = load(write({"words/en/words.yaml": WORDS + text})).examples
    assert [(one.rule, one.language, one.outcome, one.text) for one in found] == [
        ("house-complaint", "en", Outcome.MISSING, "Nothing."),
        ("house-complaint", "en", Outcome.PRESENT, "# Title\n\nText.\n"),
    ]
    assert found[1].place.line == 9


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ("house-complain: {present: [x]}", "unknown rule 'house-complain'; did you mean 'house-complaint'?"),
        ("house-complaint: {found: [x]}", "is a disclosure rule and never 'found'"),
        ("house-complaint: {presnt: [x]}", "did you mean 'present'?"),
        ("house-complaint: {present: ['']}", "an example is empty"),
        ("house-complaint: {present: [[x]]}", "must be text"),
    ],
)
def test_examples_fit_their_rules(write: Write, examples: str, said: str) -> None:
    found = faults(write({"words/en/words.yaml": WORDS + f"examples:\n  {examples}\n"}))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words: {complain: [x]}\n", "key 'language' is missing"),
        ("language: sv\nwords: {complain: [x]}\n", "in the folder of 'en'"),
        ("language: en\nword: {}\n", "did you mean 'words'?"),
        ("language: en\nwords: {Complain: [x]}\n", "not kebab-case; write 'complain'"),
        ("language: en\nwords: {complain: x}\n", "must be a list; write [x]"),
        ("language: en\nwords: [x]\n", "words must be a mapping"),
    ],
)
def test_a_word_file_says_its_language_and_concepts(write: Write, text: str, said: str) -> None:
    found = faults(write({"words/en/also.yaml": text}))
    assert len(found) == 1
    assert said in found[0]

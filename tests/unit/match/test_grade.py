"""How specific a disclosure is: the best passage counts, and what cannot be known is not told."""

from datetime import date
from pathlib import Path

import pytest

from privaudit.document import UNREAD_TEXT, Problem
from privaudit.engine import CompiledRules, Searched, search
from privaudit.engine import judge as judge_all
from privaudit.language import annotate
from privaudit.model import Verdict
from privaudit.read import read_document
from privaudit.rulepack.load import load_languages, load_rules, pack_folders

RULE = """id: a-rule
kind: disclosure
severity: error
present: {any: [period, event], within: sentence}
partial: {any: [phrase]}
outside: [aside]
"""
GRADES = """grades:
  - id: long
    title: a period in years
    when: {any: [years]}
  - id: short
    title: any period
    when: {all: [period, keep], within: sentence}
  - id: last
    title: a phrase
    weak: yes
    is: partial
"""
WORDS = """words:
  en:
    years: [seven years]
    period: ['seven years|six months|one day']
    event: [until you leave]
    phrase: [as long as necessary]
    keep: [kept]
    opening: [by the way]
"""
SHARED = "regions:\n  aside: {opened_by: [opening], takes: sentence}\n"


def searched(tmp_path: Path, text: str, grades: str = GRADES, unread: bool = False) -> Searched:
    pack = tmp_path / "pack"
    (pack / "rules").mkdir(parents=True, exist_ok=True)
    (pack / "pack.yaml").write_text("id: p\nversion: 1\nlanguages: [en]\n")
    (pack / "shared.yaml").write_text(SHARED)
    (pack / "rules" / "a-rule.yaml").write_text(RULE + grades + WORDS)
    folders = pack_folders([pack])
    document = annotate(read_document("x.md", text.encode()), load_languages(folders), "en")
    if unread:
        document = document._replace(problems=(Problem(min(UNREAD_TEXT), "a page without text"),))
    return search(document, CompiledRules(load_rules(folders)))


def verdict(one: Searched) -> Verdict:
    return next(verdict for verdict in judge_all(one, date(2026, 11, 24)) if verdict.rule == "a-rule")


def judge(tmp_path: Path, text: str, grades: str = GRADES, unread: bool = False) -> Verdict:
    return verdict(searched(tmp_path, text, grades, unread))


@pytest.mark.parametrize(
    ("text", "outcome", "grade"),
    [
        ("It is kept for seven years.", "present", "long"),
        ("It is kept for six months.", "present", "short"),
        ("It is kept for six months.\n\nOr seven years.", "present", "long"),
        ("Or seven years.\n\nIt is kept for six months.", "present", "long"),
        # The words do not meet in a sentence: present, and nothing is known of how specific it is.
        ("It is kept. Six months.", "present", None),
        ("It is there until you leave.", "present", None),
        ("It stays as long as necessary.", "partial", "last"),
        # `is: partial` keeps the last line from being told of what is present.
        ("It stays until you leave, as long as necessary.", "present", None),
        ("By the way, seven years. It is kept for six months.", "present", "short"),
        ("Nothing.", "missing", None),
    ],
)
def test_the_first_line_that_holds_anywhere(tmp_path: Path, text: str, outcome: str, grade: str | None) -> None:
    found = judge(tmp_path, text)
    assert (found.outcome.value, found.grade.id if found.grade else None) == (outcome, grade)


def test_a_grade_has_its_own_passage_and_changes_nothing_else(tmp_path: Path) -> None:
    text = "It is kept for six months.\n\nOr seven years, and it is kept one day."
    found, plain = judge(tmp_path, text), judge(tmp_path, text, "")
    assert found.grade is not None
    assert [(one.quote, one.line) for one in found.grade.evidence] == [("Or seven years, and it is kept one day.", 3)]
    assert [text[start:end] for start, end in found.grade.evidence[0].marks] == ["seven years"]
    assert (found.grade.title, found.grade.weak) == ("a period in years", False)
    assert plain.grade is None
    assert found._replace(grade=None) == plain


def test_without_a_condition_the_passage_is_that_of_the_verdict(tmp_path: Path) -> None:
    found = judge(tmp_path, "# Data\n\nIt stays as long as necessary.")
    assert found.grade is not None
    assert (found.grade.id, found.grade.weak) == ("last", True)
    assert found.grade.evidence == tuple(one._replace(fingerprint=one.fingerprint) for one in found.evidence)


@pytest.mark.parametrize(("text", "grade"), [("Seven years.", "long"), ("It is kept for six months.", None)])
def test_what_was_not_read_may_be_more_specific(tmp_path: Path, text: str, grade: str | None) -> None:
    found = judge(tmp_path, text, unread=True)
    assert found.outcome.value == "present"
    assert (found.grade.id if found.grade else None) == grade


def test_a_search_that_ran_out_of_time_tells_nothing(tmp_path: Path) -> None:
    one = searched(tmp_path, "It is kept for six months.")
    one.hits.failed.add("years")
    found = verdict(one)
    assert (found.outcome.value, found.grade) == ("present", None)
    assert found.evidence


def test_a_language_without_words_for_a_better_line_tells_nothing(tmp_path: Path) -> None:
    other = tmp_path / "pack" / "words" / "sv"
    other.mkdir(parents=True)
    (other / "language.yaml").write_text("language: sv\nname: Swedish\n")
    (other / "words.yaml").write_text("language: sv\nwords:\n  pearl: [pärlor]\n")
    better = "grades:\n  - {id: pearls, title: pearls, when: {any: [pearl]}}\n"
    lines = better + GRADES.removeprefix("grades:\n")
    assert judge(tmp_path, "It is kept for seven years.", lines).grade is None
    known = judge(tmp_path, "It is kept for seven years.")
    assert known.grade is not None
    assert known.grade.id == "long"

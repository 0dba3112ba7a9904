"""The working paper says all that a second reader needs, in Markdown and as a page."""

import re

import html5lib
import pytest
from markdown_it import MarkdownIt

from privaudit.document import Problem
from privaudit.model import (
    Kind,
    NearMiss,
    Outcome,
    PackInfo,
    Report,
    RuleInfo,
    Severity,
    Skipped,
    State,
    Status,
    Verdict,
)
from privaudit.render import RENDERERS
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, relied_on, report


def paper(one: Report, file: str = "") -> str:
    return RENDERERS["workpaper"](one, View(file=file))


def read(one: Report, file: str) -> str:
    """What a reader sees of the paper, as plain text with single spaces."""
    made = paper(one, file)
    shown = made if file else MarkdownIt("commonmark").enable("table").render(made)
    tree = html5lib.parse(shown, namespaceHTMLElements=False)
    for style in tree.iter("style"):
        style.text = ""
    return re.sub(r"\s+", " ", " ".join(tree.itertext())).replace(" ,", ",")


FORMS = pytest.mark.parametrize("file", ["", "paper.html"])


def full() -> Report:
    near = (NearMiss(passage("We like bicycles.", line=9, page=2), ("a period", "a verb")),)
    seen = document(
        missing(near_misses=near, because="nothing of the kind is said"),
        missing(rule="d-rule", severity=Severity.NOTE, state=State.SUPPRESSED, justification="agreed with counsel"),
        relied_on(passage("Under the Privacy Shield.", line=4, column=7, marked="Shield")),
        Verdict("e-rule", Kind.OUTDATED, Outcome.ABSENT, "Not mentioned.", "Decision 2000/520/EC"),
    )
    made = report(seen._replace(sha256="ab" * 32), skipped=(Skipped("notes.txt", "no privacy notice"),))
    own = RuleInfo(
        "a-rule", "storage period", Kind.DISCLOSURE, None, ("GDPR Art. 13(2)(a)", "WP260"), "w", "r", pack="own"
    )
    kept = [rule._replace(pack="house") for rule in made.rules if rule.id != "a-rule"]
    return made._replace(packs=(*made.packs, PackInfo("own", "2.1")), rules=(own, *kept))


@FORMS
def test_it_says_what_was_audited_and_by_what(file: str) -> None:
    told = read(full(), file)
    for said in ("privaudit 1.2.3", "house 1.10 (reviewed 2026-01-31), own 2.1", "as of 2026-11-22", "ab" * 32):
        assert said in told
    assert "12345 characters" in told
    assert "English (en), detected" in told


@FORMS
def test_each_verdict_has_its_articles_rule_version_passages_and_places(file: str) -> None:
    told = read(full(), file)
    assert "1. Storage period: missing" in told
    assert "GDPR Art. 13(2)(a), WP260" in told
    assert "a-rule (own 2.1)" in told
    assert "b-rule (house 1.10)" in told
    assert "nothing of the kind is said" in told
    assert re.search(r"Passage, line 4, column 7 \(characters 100 to 125\): “ ?Under the Privacy ?Shield ?\. ?”", told)
    assert "Came close, page 2, line 9, column 1 (characters 100 to 117); lacks a period, a verb:" in told
    assert "Note, suppressed: agreed with counsel" in told
    assert "notes.txt" in told


@FORMS
def test_every_verdict_is_there_once_and_can_be_agreed_to(file: str) -> None:
    one = full()
    told = read(one, file)
    (seen,) = one.documents
    numbers = {int(number) for number in re.findall(r"\b(\d)\. (?:A title|Storage period)", told)}
    assert numbers == set(range(1, len(seen.verdicts) + 1))
    # One line for each element, and one for the list of what was not found.
    silent = sum(verdict.outcome is Outcome.ABSENT for verdict in seen.verdicts)
    assert told.count("☐ not agreed") == len(seen.verdicts) - silent + 1
    assert "Reviewed by" in told


@FORMS
def test_what_was_not_read_is_said_first_and_nothing_is_made_of_it(file: str) -> None:
    broken = document(path="broken.md", status=Status.NOT_AUDITED, problems=(Problem("not-read", "no text"),))
    told = read(report(broken, errors=("gone.md: no such file",)), file)
    assert "Not read in full (not-read): no text" in told
    assert re.search(r"Not audited: ? ?gone\.md: no such file", told)
    assert "agreed" not in told


@FORMS
def test_a_text_cannot_write_into_the_paper(file: str) -> None:
    attack = "| a | b |\n\n# x <script>alert(1)</script> ![](http://e.example/x) \u202e [y](javascript:z) ☐ agreed"
    one = document(missing(message=attack, because=attack), present(passage(attack)), path=attack)
    made = paper(report(one, errors=(attack,)), file)
    shown = made if file else MarkdownIt("commonmark").enable("table").render(made)
    tree = html5lib.parse(shown, namespaceHTMLElements=False)
    assert not [one for name in ("script", "img", "a") for one in tree.iter(name)]
    assert [heading.tag for heading in tree.iter("h1")] == ["h1"]
    assert "\u202e" not in made


@pytest.mark.parametrize(
    ("file", "is_page"), [("a.html", True), ("A.HTM", True), ("a.md", False), ("html", False), ("", False)]
)
def test_the_name_of_the_file_decides_the_form(file: str, is_page: bool) -> None:
    assert paper(full(), file).startswith("<!DOCTYPE html>") is is_page


@FORMS
def test_a_rule_that_was_not_in_force_says_so(file: str) -> None:
    one = report(document(missing()))
    idle = one._replace(rules=tuple(rule._replace(in_force=False) for rule in one.rules))
    assert "not in force on the day of the law applied" in read(idle, file)
    assert "not in force on the day of the law applied" not in read(one, file)

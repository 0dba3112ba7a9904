"""What is left out and what is added, in the formats for people."""

import pytest

from privaudit.model import Kind, Outcome, Report, Skipped, State, Verdict
from privaudit.render import RENDERERS
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, report

FINDING, REMEDY, PASSING, MENTION, SKIPPED = "Not disclosed.", "Say it.", "We keep it.", "It fell.", "README.md"
QUIET, PLAIN, MORE = View(quiet=True), View(), View(show_passing=True)


def a_report() -> Report:
    mentioned = Verdict(
        "past", Kind.OUTDATED, Outcome.MENTIONED, "Mentioned only.", "ref", evidence=(passage(MENTION, 12),)
    )
    one = document(
        missing(),
        missing("mute", state=State.SUPPRESSED, message="Accepted."),
        present(passage(PASSING, 9), passage("Twice.", 10)),
        mentioned,
        Verdict("void", Kind.DISCLOSURE, Outcome.NOT_APPLICABLE, "Does not apply.", "ref"),
    )
    return report(one, document(path="clean.md"), skipped=(Skipped(SKIPPED, "no notice"),), errors=("gone.md: lost",))


@pytest.mark.parametrize("name", ["rich", "concise", "markdown", "summary"])
@pytest.mark.parametrize("view", [QUIET, PLAIN, MORE, View(quiet=True, show_passing=True)])
def test_findings_are_always_shown_and_accepted_ones_never(name: str, view: View) -> None:
    text = RENDERERS[name](a_report(), view)
    assert text.count(FINDING) == 1
    assert "Accepted." not in text
    assert "Does not apply." not in text


@pytest.mark.parametrize("name", ["rich", "concise", "markdown", "summary"])
def test_quiet_leaves_out_what_was_skipped_even_when_more_is_asked_for(name: str) -> None:
    quiet = RENDERERS[name](a_report(), QUIET)
    assert SKIPPED not in quiet
    assert SKIPPED in RENDERERS[name](a_report(), PLAIN)
    assert RENDERERS[name](a_report(), View(quiet=True, show_passing=True)) == quiet


@pytest.mark.parametrize("name", ["rich", "markdown", "summary"])
def test_what_is_present_is_quoted_when_asked(name: str) -> None:
    for quote in (PASSING, MENTION):
        assert quote not in RENDERERS[name](a_report(), PLAIN)
        assert RENDERERS[name](a_report(), MORE).count(quote) == 1


def test_a_line_for_each_passage_that_is_present() -> None:
    plain, more = (RENDERERS["concise"](a_report(), view).splitlines() for view in (PLAIN, MORE))
    assert [line for line in more if line not in plain] == [
        "privacy.md:9:1: present c-rule Disclosed.",
        "privacy.md:10:1: present c-rule Disclosed.",
        "privacy.md:12:1: mentioned past Mentioned only.",
    ]


def test_a_document_in_order_gets_a_part_of_its_own_when_asked() -> None:
    one = report(document(present(passage(PASSING, 9))))
    assert "## privacy.md" not in RENDERERS["markdown"](one, PLAIN)
    assert (
        "## privacy.md\n\n- **Present**, line 9: Disclosed. (GDPR Art. 13; c-rule)\n  > \u201cWe keep it.\u201d"
        in RENDERERS["markdown"](one, MORE)
    )
    assert RENDERERS["markdown"](one, MORE).count("**Present**") == 1


def test_a_report_that_is_quiet_has_no_advice_on_a_terminal() -> None:
    assert REMEDY in RENDERERS["rich"](a_report(), PLAIN)
    assert REMEDY not in RENDERERS["rich"](a_report(), QUIET)


@pytest.mark.parametrize("name", ["concise", "markdown", "summary"])
def test_findings_about_the_configuration_are_shown(name: str) -> None:
    about = document(missing("suppression-unused", message="Unused."), path="privaudit.yaml")
    text = RENDERERS[name](report(document(), configuration=(about,)), QUIET)
    assert "privaudit.yaml" in text
    assert text.count("Unused.") == 1


def test_quiet_lines_are_findings_alone() -> None:
    assert RENDERERS["concise"](a_report(), QUIET) == f"privacy.md:1:1: error a-rule {FINDING}\n"
    assert RENDERERS["concise"](report(document()), QUIET) == ""


@pytest.mark.parametrize("name", ["rich", "concise", "markdown", "summary", "html", "github"])
def test_reports_for_people_say_how_many_rules_are_not_in_force_on_the_day(name: str) -> None:
    whole = report(document(missing(), missing("b-rule")))
    told = "2026-11-22 (1 of 2 rules not in force on that day)"
    assert told not in " ".join(RENDERERS[name](whole, PLAIN).split())
    idle = whole._replace(rules=(whole.rules[0]._replace(in_force=False), whole.rules[1]))
    assert told in " ".join(RENDERERS[name](idle, PLAIN).split())

import re

import pytest

from privaudit.document import Problem
from privaudit.model import PackInfo, Severity, Skipped, State, Status, Summary
from privaudit.render.concise import render
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

CLOSING = "0 errors, 0 warnings, 0 notes in 1 document; law as of 2026-11-22, house 1.10; no legal advice"


def test_a_finding_is_a_line_with_its_place() -> None:
    one = report(document(missing(line=7, column=4), present(passage("We keep it."))))
    assert render(one, View()) == f"privacy.md:7:4: error a-rule Not disclosed.\n{CLOSING}\n"


def test_each_piece_of_evidence_is_a_line_in_the_order_of_the_text() -> None:
    one = document(
        relied_on(passage("Two.", 20, 5), passage("One.", 3, 9), rule="x"),
        relied_on(passage("Three.", 20, 5), rule="y"),
    )
    assert render(report(one), View(quiet=True)).splitlines() == [
        "privacy.md:3:9: warning x Relied on.",
        "privacy.md:20:5: warning x Relied on.",
        "privacy.md:20:5: warning y Relied on.",
    ]


@pytest.mark.parametrize("state", [State.BASELINED, State.SUPPRESSED])
def test_what_is_not_new_has_no_line(state: State) -> None:
    old = relied_on(passage("Old.", 3, state=state), passage("New.", 9))
    assert render(report(document(missing(state=state), old)), View(quiet=True)) == (
        "privacy.md:9:1: warning b-rule Relied on.\n"
    )


@pytest.mark.parametrize(
    ("status", "said"), [(Status.NOT_AUDITED, "not audited not-read"), (Status.PARTIAL, "incomplete not-read")]
)
def test_what_was_not_read_has_a_line_even_when_quiet(status: Status, said: str) -> None:
    one = document(status=status, problems=(Problem("not-read", "the file is empty"),))
    assert render(report(one), View(quiet=True)) == f"privacy.md:1:1: {said} the file is empty\n"


def test_a_harmless_problem_has_no_line() -> None:
    one = document(problems=(Problem("encoding-guessed", "read as cp1252"),))
    assert render(report(one), View(quiet=True)) == ""


def test_skipped_files_and_counts_come_last_and_not_when_quiet() -> None:
    summary = Summary(documents=3, incomplete=1, errors=1, warnings=2, notes=0)
    one = report(document(), skipped=(Skipped("README.md", "does not look like a notice"),), summary=summary)
    assert render(one, View()).splitlines() == [
        "skipped README.md: does not look like a notice",
        "1 error, 2 warnings, 0 notes in 3 documents, 1 of them not audited in full; law as of 2026-11-22, house 1.10; "
        "no legal advice",
    ]
    assert render(one, View(quiet=True)) == ""


@pytest.mark.parametrize("severity", Severity)
def test_colour_only_when_asked_and_for_the_level_alone(severity: Severity) -> None:
    one = report(document(missing("a-rule", severity)))
    assert "\x1b" not in render(one, View())
    assert re.search(rf": \x1b\[\d+m{severity.value}\x1b\[0m a-rule ", render(one, View(color=True)))


def test_nothing_of_a_document_breaks_a_line_or_reaches_the_terminal_raw() -> None:
    text = "x\x1b[31my\x1b]8;;http://a.example\x1b\\\x07\u202ez\r\n\u2028\u0085[red]v[/red]"
    one = document(missing(message=text), path=text, status=Status.PARTIAL, problems=(Problem("code", text),))
    whole = report(one, skipped=(Skipped(text, text),))._replace(packs=(PackInfo(text, text),))
    out = render(whole, View())
    assert len(out.splitlines()) == 4
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", out)
    assert out.count("[red]v[/red]") == 8

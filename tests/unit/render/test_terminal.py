import re

import pytest

from privaudit.document import LanguageGuess, Problem
from privaudit.model import (
    Kind,
    NearMiss,
    Outcome,
    PackInfo,
    Report,
    Severity,
    Skipped,
    State,
    Status,
    Summary,
    Verdict,
)
from privaudit.render.terminal import render, render_svg
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

# A colour, a hyperlink (OSC 8), the title of the window, a bell, C1, a bidirectional override and isolate, line ends.
HOSTILE = "x\x1b[31my\x1b]8;;http://a.example\x1b\\z\x1b]0;t\x07\x9b1m\u202ew\u2066\r\n\u2028\u0085v\x00\x7f"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(one: Report, **view: bool | int) -> str:
    return render(one, View(**view))  # type: ignore[arg-type]


def lines(one: Report, **view: bool | int) -> list[str]:
    return [" ".join(line.split()) for line in shown(one, **view).splitlines()]


def hostile() -> Report:
    text = HOSTILE
    miss = NearMiss(passage(text), (text,))
    verdicts = (
        missing(message=text, reference=text, because=text, remedy=text, near_misses=(miss,)),
        relied_on(passage(text, marked="y\x1b]8")),
        present(passage(text), because=text),
        Verdict("d-rule", Kind.DISCLOSURE, Outcome.NOT_APPLICABLE, text, text, because=text),
    )
    one = document(
        *verdicts,
        path=text,
        language=LanguageGuess(text, 0.9, text),
        status=Status.PARTIAL,
        problems=(Problem("code", text),),
    )
    unread = document(path=text, status=Status.NOT_AUDITED, problems=(Problem("not-read", text),))
    return report(one, unread, skipped=(Skipped(text, text),))._replace(packs=(PackInfo(text, text, text),))


@pytest.mark.parametrize("view", [View(), View(width=60, show_passing=True), View(quiet=True)])
def test_no_control_character_reaches_the_terminal(view: View) -> None:
    text = render(hostile(), view)
    assert UNSAFE.findall(text) == []
    assert "␛[31m" in text


def test_with_colours_only_colours_are_written() -> None:
    assert UNSAFE.findall(SGR.sub("", render(hostile(), View(color=True, show_passing=True)))) == []
    # The colour that a document asks for is not set: it stands there with its sign.
    assert "\x1b[31my" not in render(hostile(), View(color=True))


def test_a_picture_is_as_safe() -> None:
    assert UNSAFE.findall(render_svg(hostile(), "title").replace("\u00a0", " ")) == []


def test_markup_of_a_document_is_shown_as_it_is() -> None:
    tag = "[red]x[/red] [link=https://a.example]y[/link] :smile:"
    miss = NearMiss(passage(tag), (tag,))
    one = document(missing(message=tag, reference=tag, near_misses=(miss,)), path=tag)
    text = shown(report(one), width=140)
    assert text.count(tag) == 5


def test_a_name_with_a_line_break_stays_in_its_line() -> None:
    text = shown(report(document(missing(), path="a\nerror: fake.md")))
    assert text.splitlines()[0].startswith("a error: fake.md ─")


def test_colour_only_when_asked() -> None:
    one = report(document(missing(), relied_on(passage("We rely.", marked="rely"))))
    assert "\x1b" not in shown(one)
    assert "\x1b[" in shown(one, color=True)
    assert SGR.sub("", shown(one, color=True)).split() == shown(one).split()


def test_a_finding_says_rule_message_reference_reason_and_remedy() -> None:
    said = lines(report(document(missing(because="applies because of pears, line 3"))))
    assert said[3:8] == [
        "error a-rule GDPR Art. 13", "Not disclosed.", "applies because of pears, line 3", "fix Say it.", "",
    ]  # fmt: skip


def test_evidence_has_its_line_and_the_marked_words_stand_out() -> None:
    one = report(document(relied_on(passage("We rely on it.", line=41, marked="rely"))))
    assert '41 "We rely on it."' in lines(one)
    assert re.search(r"We \x1b\[1;4mrely\x1b\[0m on it\.", shown(one, color=True))


def test_evidence_of_a_document_with_pages_has_its_page() -> None:
    one = report(document(relied_on(passage("We rely on it.", line=41)._replace(page=3))))
    assert 'p. 3 "We rely on it."' in lines(one)


def test_further_passages_are_counted_with_their_lines() -> None:
    passages = [passage(f"Passage {line}.", line=line) for line in range(10, 15)]
    said = lines(report(document(relied_on(*passages))))
    assert '12 "Passage 12."' in said
    assert "and 2 passages more, lines 13, 14" in said
    assert not any("Passage 13." in line for line in said)


def test_a_near_miss_says_what_it_lacks() -> None:
    miss = NearMiss(passage("We keep it.", line=7), ("a time", "a reason"))
    said = lines(report(document(missing(near_misses=(miss,)))))
    at = said.index('7 nearest "We keep it."')
    assert said[at + 1] == "lacks a time, a reason"


def test_findings_come_by_weight() -> None:
    one = document(
        missing("note-rule", Severity.NOTE), missing("error-rule"), missing("warning-rule", Severity.WARNING)
    )
    found = [line.split()[1] for line in lines(report(one)) if "GDPR Art. 13" in line]
    assert found == ["error-rule", "warning-rule", "note-rule"]


def test_the_head_of_a_document_counts_what_it_holds() -> None:
    one = document(missing(), missing("b", Severity.WARNING), missing("c", Severity.WARNING), present())
    assert lines(report(one), width=140)[1] == (
        "audited · en (detected) · 12,345 characters · 1 error · 2 warnings · 1 of 4 disclosures present"
    )


def test_what_does_not_apply_is_not_counted_as_due() -> None:
    void = Verdict("v", Kind.DISCLOSURE, Outcome.NOT_APPLICABLE, "m", "r")
    assert lines(report(document(present(), void)))[1].endswith("1 of 1 disclosures present")


@pytest.mark.parametrize("state", [State.BASELINED, State.SUPPRESSED])
def test_findings_that_are_not_new_are_not_shown(state: State) -> None:
    text = shown(report(document(missing(state=state))))
    assert "Not disclosed." not in text
    assert "1 error" not in text


def test_evidence_that_is_not_new_is_not_shown() -> None:
    one = relied_on(passage("Old one.", state=State.BASELINED), passage("New one."))
    text = shown(report(document(one)))
    assert "New one." in text
    assert "Old one." not in text


def test_what_is_present_is_named_with_its_lines_and_quoted_only_when_asked() -> None:
    one = report(document(present(passage("We keep it.", line=4), passage("Again.", line=9), passage("Too.", line=9))))
    assert "✓ c-rule lines 4, 9" in lines(one)
    assert "We keep it." not in shown(one)
    assert '"We keep it."' in shown(one, show_passing=True)


def test_rules_without_a_finding_share_their_reason() -> None:
    some = [Verdict(rule, Kind.DISCLOSURE, Outcome.NOT_APPLICABLE, "m", "r", because="no pears") for rule in "abc"]
    assert "– does not apply: a, b, c (no pears)" in lines(report(document(*some)))


def test_silence_that_is_no_defect_is_told_apart() -> None:
    said = lines(report(document(missing("a", None))))
    assert "– missing, which is no defect here: a" in said
    assert not any("Not disclosed." in line for line in said)


def test_quiet_leaves_findings_and_errors_only() -> None:
    one = report(
        document(missing(), present(passage("We keep it."))), document(path="b.md"), skipped=(Skipped("c.md", "no"),)
    )
    text = shown(one, quiet=True)
    assert "Not disclosed." in text
    for absent in ("c-rule", "Say it.", "c.md", "All documents"):
        assert absent not in text
        assert absent in shown(one)


def test_a_document_that_was_not_read_says_why() -> None:
    one = document(path="b.md", status=Status.NOT_AUDITED, problems=(Problem("not-read", "the file is empty"),))
    assert lines(report(one))[1:3] == ["not audited", "! not-read: the file is empty"]


def test_skipped_files_are_listed_with_their_reason() -> None:
    said = lines(report(document(), skipped=(Skipped("README.md", "does not look like a notice"),)))
    assert said[-5:-2] == ["Skipped 1 file", "README.md: does not look like a notice", ""]


def test_the_table_of_all_documents_comes_only_for_several() -> None:
    assert "All documents" not in shown(report(document(missing())))
    assert "All documents" in shown(report(document(missing()), document(missing(), path="b.md")))


def test_the_end_counts_and_names_law_and_rules() -> None:
    summary = Summary(documents=2, incomplete=1, errors=1, warnings=2)
    assert lines(report(document(), summary=summary))[-2:] == [
        "1 error, 2 warnings, 0 notes in 2 documents, 1 not audited in full",
        "Law as of 2026-11-22; rules: house 1.10 (reviewed 2026-01-31). This is no legal advice.",
    ]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_asked(width: int) -> None:
    word, text = "w" * 200, "some words of a text " * 30
    miss = NearMiss(passage(text), (word, text))
    verdict = missing(message=word, reference=text, because=text, remedy=word, near_misses=(miss,))
    one = document(
        verdict,
        relied_on(passage(text, marked="words"), passage(word)),
        *(present(passage(text), rule=f"rule-{number}") for number in range(30)),
        path=f"{'folder/' * 40}privacy.md",
        problems=(Problem("code", text),),
    )
    whole = report(one, document(missing(), path="b.md"), skipped=(Skipped(f"{word}.md", text),))
    assert max(map(len, shown(whole, width=width, show_passing=True).splitlines())) <= width

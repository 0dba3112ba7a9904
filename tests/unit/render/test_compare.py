"""How a comparison reads, and that nothing in the texts can break out of a format."""

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from privaudit.compare import ChangeKind, Comparison
from privaudit.document import LanguageGuess, Problem
from privaudit.model import Evidence, Outcome, Severity, State, Status, Verdict
from privaudit.render import COMPARISON_FORMATS, render_comparison
from privaudit.render.compare_words import sentence
from privaudit.render.mark import COMPARISON
from privaudit.render.view import View
from tests.unit.comparisons import compared, quoted, verdict

PRESENT, PARTIAL, MISSING = Outcome.PRESENT, Outcome.PARTIAL, Outcome.MISSING
NOT_APPLICABLE, INCONCLUSIVE = Outcome.NOT_APPLICABLE, Outcome.INCONCLUSIVE
RELIED_ON, MENTIONED, FOUND, ABSENT = Outcome.RELIED_ON, Outcome.MENTIONED, Outcome.FOUND, Outcome.ABSENT
ERROR, WARNING = Severity.ERROR, Severity.WARNING
LOST = (verdict(PRESENT, quoted("You may complain.", 7)), verdict(MISSING, severity=ERROR))
HOSTILE = "\x1b[2J**x** <script>alert(1)</script> [a](javascript:b) @you\n# h\n> 1. `c` | d --> \u202e|\ud800"


def shown(name: str, comparison: Comparison, **view: Any) -> str:
    return render_comparison(name, comparison, View(**view))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (*LOST, "A title, line 7 before, is gone"),
        (verdict(PRESENT), verdict(MISSING), "A title is gone"),
        (verdict(PARTIAL, "a", "b"), verdict(MISSING), "A title, in part in lines 1, 2 before, is gone"),
        (
            verdict(PRESENT, "a"),
            verdict(PARTIAL, "b"),
            "A title, line 1 before, is disclosed only in part now, in line 1",
        ),
        (verdict(MISSING), verdict(PRESENT, "a"), "A title, line 1, is disclosed now"),
        (verdict(MISSING), verdict(PARTIAL, "a"), "A title, line 1, is disclosed in part now"),
        (verdict(PARTIAL), verdict(PRESENT, "a"), "A title, line 1, is disclosed in full now, and was in part before"),
        (verdict(PRESENT, "a"), verdict(NOT_APPLICABLE), "A title, line 1 before, is no longer due"),
        (verdict(NOT_APPLICABLE), verdict(MISSING), "A title is due now, and missing"),
        (verdict(NOT_APPLICABLE), verdict(PARTIAL, "a"), "A title, line 1, is due now, and disclosed in part"),
        (verdict(PRESENT, "a"), verdict(INCONCLUSIVE), "A title, line 1 before, can no longer be judged"),
        (verdict(INCONCLUSIVE), verdict(MISSING), "A title could not be judged before, and is missing now"),
        (verdict(ABSENT), verdict(FOUND, *"abcde"), "A title, lines 1, 2, 3, 4, …, is new"),
        (verdict(ABSENT), verdict(FOUND), "A title is new"),
        (verdict(ABSENT), verdict(RELIED_ON, "a"), "A title, line 1, is relied on and was not before"),
        (verdict(ABSENT), verdict(MENTIONED, "a"), "A title, line 1, is mentioned and was not before"),
        (
            verdict(MENTIONED, "a"),
            verdict(RELIED_ON, "b"),
            "A title, line 1, is relied on now, and was only mentioned before",
        ),
        (
            verdict(RELIED_ON, "a"),
            verdict(MENTIONED, "b"),
            "A title, line 1, is only mentioned now, and was relied on before",
        ),
        (verdict(FOUND, "a"), verdict(ABSENT), "A title, line 1 before, is gone"),
        (
            verdict(FOUND, "a", severity=ERROR),
            verdict(FOUND, "a", "b", "c", severity=ERROR),
            "A title is now in 2 more passages, lines 2, 3",
        ),
        (
            verdict(FOUND, "a", severity=ERROR),
            verdict(FOUND, "b", severity=ERROR),
            "A title is still there in other words, line 1",
        ),
        (
            verdict(FOUND, "a"),
            verdict(FOUND, "a", severity=ERROR),
            "A title, line 1, counts as error now, and as no finding before",
        ),
    ],
)
def test_sentences(old: Verdict, new: Verdict, said: str) -> None:
    (change,) = compared(old, new).changes
    assert sentence(change) == said


def test_what_is_missing_may_weigh_more() -> None:
    old, new = verdict(MISSING, severity=Severity.NOTE), verdict(MISSING, severity=ERROR)
    (change,) = compared(old, new).changes
    assert sentence(change) == "A title is missing, which counts as error now, and as note before"


def test_a_passage_that_stands_where_it_proves_nothing() -> None:
    (change,) = compared(*LOST, text="x\n\nYou may complain.").changes
    assert (
        sentence(change) == "A title, line 7 before, is no longer disclosed, though its passage still stands (line 3)"
    )


def test_at_a_terminal() -> None:
    new = [LOST[1], verdict(NOT_APPLICABLE, rule="b-rule", because="nothing triggers it")]
    found = compared([LOST[0], verdict(PRESENT, "Copy.", rule="b-rule")], new)
    assert shown("rich", found, width=100) == (
        "- old.md\n"
        "  audited  ·  en (detected)  ·  12,345 characters  ·  2 of 2 disclosures present\n"
        "+ new.md\n"
        "  audited  ·  en (detected)  ·  12,345 characters  ·  1 error  ·  0 of 1 disclosures present\n"
        "\n"
        "lost         a-rule  R  error\n"
        "             A title, line 7 before, is gone:\n"
        '     -     7 "You may complain."\n'
        "\n"
        "not due      b-rule  R\n"
        "             B-rule, line 1 before, is no longer due:\n"
        '     -     1 "Copy."\n'
        "             nothing triggers it\n"
        "\n"
        "1 lost, 1 other change\n"
        "Law as of 2026-11-26 for both; rules: house 1.10 (reviewed 2026-01-31). This is no legal advice.\n"
    )
    quiet = shown("rich", found, quiet=True)
    assert quiet.startswith("lost ")
    assert "b-rule" not in quiet


def test_colours_only_where_wanted() -> None:
    assert "\x1b[" in shown("rich", compared(*LOST), color=True)
    assert "\x1b" not in shown("rich", compared(*LOST))


@pytest.mark.parametrize("name", ["rich", "markdown"])
def test_nothing_changed(name: str) -> None:
    old = LOST[0]
    said = [
        shown(name, found).replace("&#58;", ":")
        for found in (
            compared(old, old),
            compared(old, old, after={"sha256": "1"}),
            compared(old, old, before={"status": Status.PARTIAL}),
            compared(old, old, after={"status": Status.NOT_AUDITED}),
        )
    ]
    assert "Nothing changed: the two are the same, byte for byte." in said[0]
    assert "Nothing changed: 1 rule has the same verdict in both." in said[1]
    assert "No change was found in what could be read of both, but not all of it could be." in said[2]
    assert "Nothing could be compared." in said[3]
    assert "Nothing changed" not in said[2] + said[3]


@pytest.mark.parametrize("name", ["rich", "markdown"])
def test_what_to_know_of_both_is_said(name: str) -> None:
    problem = Problem("language-uncovered", "no words for Danish")
    after = {"language": LanguageGuess("da", 1.0, "option"), "status": Status.PARTIAL, "problems": (problem,)}
    comparison = compared(verdict(INCONCLUSIVE), verdict(INCONCLUSIVE), after=after)
    said = shown(name, comparison._replace(new=comparison.new._replace(commit="0123456789abcdef")))
    plain = said.replace("&#40;", "(").replace("&#41;", ")").replace("&#58;", ":")
    assert "different languages (en and da)" in plain
    assert "no words for Danish" in plain
    assert "1 rule could be judged in neither." in plain
    assert "new.md (0123456789)" in plain
    assert "Law as of 2026-11-26 for both; rules: house 1.10 (reviewed 2026-01-31). This is no legal advice." in plain


def test_as_a_comment() -> None:
    old = [LOST[0], verdict(MISSING, rule="b-rule"), verdict(ABSENT, rule="c-rule")]
    found = verdict(
        FOUND, quoted("A fee.", 3), quoted("A fee!", 4), quoted("Fees.", 5), rule="c-rule", severity=WARNING
    )
    new = [LOST[1], verdict(PRESENT, "Ask us.", rule="b-rule"), found]
    assert shown("markdown", compared(old, new)) == (
        "<!-- privaudit diff -->\n"
        "### What this changes in the privacy notice\n"
        "\n"
        "**1 lost, 1 new finding, 1 other change**\n"
        "\n"
        "From old.md, en to new.md, en.\n"
        "\n"
        "- **lost, error**: A title, line 7 before, is gone (a-rule; R).\n"
        "  > line 7 before: “You may complain.”\n"
        "- **new, warning**: C-rule, lines 3, 4, 5, is new (c-rule; R). M.\n"
        "  > line 3 now: “A fee.”\n"
        "  >\n"
        "  > line 4 now: “A fee&#33;”\n"
        "  >\n"
        "  > and 1 more\n"
        "\n"
        "Also changed:\n"
        "\n"
        "- won: B-rule, line 1, is disclosed now (b-rule)\n"
        "\n"
        "privaudit 1.2.3. Law as of 2026-11-26 for both; rules&#58; house 1.10 &#40;reviewed 2026-01-31&#41;. "
        "This is no legal advice.\n"
    )
    assert "Also changed" not in shown("markdown", compared(old, new), quiet=True)


def test_a_comment_stays_within_what_github_takes() -> None:
    long = [quoted("(" * 5000, number) for number in range(1, 5)]
    rules = [f"rule-{number}" for number in range(200)]
    old = [verdict(PRESENT, *long, rule=rule) for rule in rules]
    new = [verdict(PARTIAL, *(quoted("[" * 5000, 9), *long[1:]), rule=rule) for rule in rules]
    said = shown("markdown", compared(old, new))
    assert len(said) < 65_536
    assert said.startswith(f"{COMPARISON}\n")
    assert "- **and 180 more**: " in said


def test_text_does_not_become_markup() -> None:
    old = verdict(PRESENT, quoted(HOSTILE, 7))
    new = verdict(PARTIAL, quoted(f"{HOSTILE} now", 8), message=HOSTILE, severity=ERROR, reference=HOSTILE)
    problem = Problem("not-read", HOSTILE)
    sides = {"path": HOSTILE, "status": Status.PARTIAL, "problems": (problem,)}
    comparison = compared(old, new, before=sides, after=sides)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(shown("markdown", comparison))
    assert html.startswith(f"{COMPARISON}\n<h3>")
    for sign in ("<script", "<a ", "<h1", "<ol", "<code", "<table", "\x1b", "\u202e", "@you <"):
        assert sign not in html.removeprefix(COMPARISON)
    assert html.count("<h3>") == 1
    assert html.count("<blockquote>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "\x1b" not in shown("rich", comparison)
    assert "\u202e" not in shown("rich", comparison)


def _strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


def test_for_programs() -> None:
    old = [LOST[0], verdict(FOUND, "Here.", rule="b-rule", severity=ERROR)]
    new = [LOST[1], verdict(FOUND, "Here.", quoted(HOSTILE, 9), rule="b-rule", severity=ERROR)]
    comparison = compared(old, new, "x\nYou may complain.")._replace(exit_code=1)
    text = shown("json", comparison._replace(old=comparison.old._replace(commit="abc")), quiet=True)
    text.encode()
    found = _strict(text)
    assert list(found) == ["schema", "tool", "packs", "as_of", "old", "new", "summary", "changes"]
    assert found["schema"] == "privaudit-diff/1"
    assert found["packs"] == [{"id": "house", "version": "1.10", "reviewed": "2026-01-31"}]
    assert (found["old"]["path"], found["old"]["commit"]) == ("old.md", "abc")
    assert (found["new"]["path"], found["new"]["commit"]) == ("new.md", None)
    assert "verdicts" not in found["new"]
    counted = {key: value for key, value in found["summary"].items() if value}
    assert counted == {"complete": True, "lost": 1, "more": 1, "new_findings": 1, "exit_code": 1}
    lost, more = found["changes"]
    assert (lost["change"], lost["rule"], lost["title"]) == ("lost", "a-rule", "a title")
    assert (lost["loss"], lost["new_finding"]) == (True, False)
    assert (lost["old"]["outcome"], lost["new"]["outcome"], lost["new"]["severity"]) == ("present", "missing", "error")
    assert lost["gone"] == lost["fresh"] == []
    assert [(one["evidence"]["line"], one["new_line"]) for one in lost["standing"]] == [(7, 2)]
    assert (more["loss"], more["new_finding"]) == (False, True)
    assert [one["quote"] for one in more["fresh"]] == [HOSTILE.replace("\ud800", "\ufffd")]


def test_the_documentation_names_every_kind_of_change_and_every_key() -> None:
    told = (Path(__file__).parents[3] / "docs" / "diff.md").read_text(encoding="utf-8")
    assert [kind for kind in ChangeKind if f"`{kind}`" not in told] == []
    assert COMPARISON in told
    found = _strict(shown("json", compared(*LOST)))
    keys = {
        *found,
        *found["changes"][0],
        "evidence",
        "new_line",
        "commit",
        "complete",
        "new_findings",
        "unclear_in_both",
    }
    assert [key for key in sorted(keys) if f'"{key}":' not in told] == []


def test_an_accepted_loss_is_shown_as_accepted() -> None:
    new = verdict(MISSING, severity=ERROR, state=State.SUPPRESSED, justification="said elsewhere")
    for name in ("rich", "markdown"):
        said = shown(name, compared(LOST[0], new))
        assert "accepted: said elsewhere" in said.replace("&#58;", ":")
        assert "1 other change" in said
        assert "lost, error" not in said
        assert "R  error" not in said


def test_many_passages_are_counted_at_a_terminal() -> None:
    passages: list[Evidence] = [quoted(f"Passage {number}.", number) for number in range(1, 6)]
    said = shown("rich", compared(verdict(PRESENT, *passages), verdict(MISSING)))
    assert '"Passage 3."' in said
    assert '"Passage 4."' not in said
    assert "and 2 more" in said


def test_each_format_has_a_renderer() -> None:
    for name in COMPARISON_FORMATS:
        assert shown(name, compared(*LOST)).endswith("\n")


def test_passages_of_a_document_with_pages_are_told_by_page_and_not_by_line() -> None:
    old = verdict(PRESENT, quoted("You may complain.", 700, page=3), quoted("Complain to us.", 900, page=4))
    lost = compared(old, verdict(MISSING, severity=ERROR))
    assert sentence(lost.changes[0]) == "A title, pages 3, 4 before, is gone"
    assert "page 3 before: \u201cYou may complain.\u201d" in shown("markdown", lost)
    assert "-  p. 3" in shown("rich", lost)
    for name in ("markdown", "rich"):
        assert "700" not in shown(name, lost)

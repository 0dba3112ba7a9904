"""The summary of a job is the Markdown report, and never longer than GitHub takes."""

import re

import pytest
from markdown_it import MarkdownIt

from privaudit.document import Problem
from privaudit.model import BaselineEntry, Report, Severity, Skipped, Status, Verdict
from privaudit.render import RENDERERS, markdown, summary
from privaudit.render.view import View
from tests.unit.render.reports import document, missing, passage, present, relied_on, report

LEVELS = ("Not read in full", "Error", "Warning", "Note", "Present")


def mixed() -> Report:
    """Documents with findings of all levels, in no order of weight, and some without any."""
    documents = [
        document(
            *(missing(f"note-{number}", Severity.NOTE) for number in range(4)),
            *(
                relied_on(passage(f"We rely on ä{number}.", number + 1), rule=f"warning-{number}")
                for number in range(3)
            ),
            missing("error"),
            present(passage("We keep it.", 9)),
            path=f"policy-{name}.md",
        )
        for name in "abcdefg"
    ]
    unread = document(path="z.md", status=Status.NOT_AUDITED, problems=(Problem("not-read", "the file is empty"),))
    clean = document(path="clean.md")
    return report(
        *documents,
        clean,
        unread,
        skipped=(Skipped("README.md", "no notice"),),
        stale=(BaselineEntry("old.md", "gone-rule", "f1", "We relied."),),
        errors=("gone.md: no such file",),
        configuration=(document(missing("suppression-unused", Severity.WARNING), path="privaudit.yaml"),),
    )


def levels(text: str) -> list[str]:
    return re.findall(rf"^- \*\*({'|'.join(LEVELS)})\*\*", text, re.MULTILINE)


def test_what_has_room_is_the_markdown_report() -> None:
    view = View(show_passing=True)
    assert RENDERERS["summary"](mixed(), view) == RENDERERS["markdown"](mixed(), view)


@pytest.mark.parametrize("room", [1200, 1500, 2000, 2500, 3000, 4000])
def test_the_worst_stays_whole_and_the_rest_is_counted(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "LIMIT", room)
    view = View(show_passing=True)
    whole, text = markdown.render(mixed(), view), summary.render(mixed(), view)
    assert len(whole.encode()) > 4000
    assert len(text.encode()) < room
    note = next(line for line in text.splitlines() if "more not shown" in line)
    assert set(text.splitlines()) - {note} <= set(whole.splitlines())
    # As many of each level as before, or none of the lighter ones.
    shown, all_ = levels(text), levels(whole)
    cut = [level for level in LEVELS if shown.count(level) < all_.count(level)]
    assert cut
    assert not set(shown) & set(LEVELS[LEVELS.index(cut[0]) + 1 :])
    counted = sum(int(number) for number in re.findall(r"(\d+) (?:problem|finding|quote)", note))
    assert len(shown) + counted == len(all_)


def test_the_head_of_the_table_and_the_end_stay() -> None:
    many = [missing(f"rule-{number}", Severity.WARNING) for number in range(20_000)]
    text = summary.render(report(document(*many, missing("bad"), path="long.md"), document(path="clean.md")), View())
    assert summary.LIMIT - 1000 < len(text.encode()) < summary.LIMIT
    types = [token.type for token in MarkdownIt("commonmark").enable("table").parse(text)]
    assert types.count("table_open") == 1
    assert "rule; bad" not in text
    assert "; bad)" in text
    assert "1 document, " in text.splitlines()[5]
    assert text.rstrip().endswith("This is no legal advice.")


def test_a_table_that_is_too_long_is_cut_too() -> None:
    text = summary.render(report(*(document(path=f"policies/{number}.md") for number in range(30_000))), View())
    rows = sum(line.startswith("| policies/") for line in text.splitlines())
    assert len(text.encode()) < summary.LIMIT
    assert f"**{30_000 - rows} documents more not shown**" in text


@pytest.mark.parametrize("short_of_full", [0, 1, 500])
def test_nothing_is_written_where_not_even_the_head_has_room(short_of_full: int) -> None:
    assert summary.render(mixed(), View(taken=summary.LIMIT - short_of_full)) == ""


def test_what_others_wrote_is_taken_off_the_room() -> None:
    text = summary.render(mixed(), View(taken=summary.LIMIT - 2000))
    assert 0 < len(text.encode()) < 2000


def test_a_finding_of_any_length_cannot_break_the_limit() -> None:
    long = Verdict("x", missing().kind, missing().outcome, "ä" * summary.LIMIT, "ref", severity=Severity.ERROR)
    text = summary.render(report(document(long)), View())
    assert len(text.encode()) < summary.LIMIT
    assert "1 finding more not shown" in text

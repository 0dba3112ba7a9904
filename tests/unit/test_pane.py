from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.document import BlockKind
from privaudit.pane import Pane, Run, pane_of
from privaudit.read import HTML, MARKDOWN, TEXT
from tests.unit.read.looks import open_document


def shown(source: str, kind: str) -> Pane:
    return pane_of(open_document(source, kind))


def text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if not run.target)


PAGE = """<h1>Privacy</h1>
<h3>Your  data</h3><p>R&amp;D reads
your&nbsp;mail \u2013 \u201call of it\u201d.</p>
<ul><li>names<ul><li>nicknames</li></ul></li></ul><p hidden>Draft</p>"""


def test_markup_is_gone_and_what_it_says_of_the_text_stays() -> None:
    assert [(one.kind, one.level, one.hidden, text(one.runs)) for one in shown(PAGE, HTML)] == [
        (BlockKind.HEADING, 1, False, "Privacy"),
        (BlockKind.HEADING, 2, False, "Your data"),
        (BlockKind.PARAGRAPH, 1, False, "R&D reads your mail \u2013 \u201call of it\u201d."),
        (BlockKind.LIST_ITEM, 1, False, "names"),
        (BlockKind.LIST_ITEM, 2, False, "nicknames"),
        (BlockKind.PARAGRAPH, 1, True, "Draft"),
    ]


@pytest.mark.parametrize("source", [PAGE, "<p>Caf\u0065\u0301 \u2026 a\u00adb \ufb01le &#x2014; x\r\n y</p>"])
def test_every_run_leads_back_to_what_it_shows(source: str) -> None:
    for block in shown(source, HTML):
        for run in block.runs:
            own = source[run.start : run.end]
            assert not run.plain or own.replace("\n", " ").replace("\xa0", " ") == run.text
            assert own
        places = [(run.start, run.end) for run in block.runs]
        assert all(left[1] <= right[0] for left, right in pairwise(places))


PARTS = st.sampled_from([
    "a", "B", " ", "\n", "\t", "\xa0", "\xad", "\u202e", "\u2019", "\ufb01", "e\u0301", "&amp;", "&nbsp;", "&shy;", "-",
    "\\\n", "<b>", "</b>", "<br>", "[", "](/x)", "|", "*", "`", "# ", "\n\n", "\n- ", "\n|-|-|\n", "<!--", "\ud800",
    "x.example",
])  # fmt: skip


@given(st.lists(PARTS, max_size=20).map("".join), st.sampled_from([TEXT, MARKDOWN, HTML]))
def test_the_pane_is_as_long_as_what_is_searched_and_has_its_spaces(text: str, kind: str) -> None:
    # A paragraph of its own, since a line of hyphens would make a heading of all that there is.
    document = open_document(f"So much.\n\nA text. {text.encode('utf-8', 'replace').decode()}", kind)
    for block, pane in zip(document.blocks, pane_of(document), strict=True):
        searched, own = document.text(block.span), "".join(run.text for run in pane.runs if not run.target)
        assert [char == " " for char in own] == [char == " " for char in searched]
        assert "\n" not in own


def test_an_entity_is_one_run_that_stands_for_its_source() -> None:
    (block,) = shown("<p>R&amp;D</p>", HTML)
    assert block.runs == (Run("R", 3, 4), Run("&", 4, 9, plain=False), Run("D", 9, 10))


def test_the_target_of_a_link_stands_behind_its_text() -> None:
    source = "See [the list](https://shield.example/list), or mail@oak.example."
    (block,) = shown(source, MARKDOWN)
    assert [(run.text, run.target) for run in block.runs] == [
        ("See ", False),
        ("the list", False),
        ("https://shield.example/list", True),
        (", or mail@oak.example.", False),
    ]
    target = block.runs[2]
    assert source[target.start : target.end] == target.text


def test_cells_keep_their_row_and_the_head_of_their_column() -> None:
    head, other, cell, last = shown("|Name|Purpose|\n|---|---|\n|lang|your language|\n", MARKDOWN)
    assert (head.group == other.group, cell.group == last.group, head.group == cell.group) == (True, True, False)
    assert (head.header, cell.header, last.header) == (None, 0, 1)


def test_without_a_language_the_pane_has_none() -> None:
    assert [one.language for one in shown("We keep your data.\n\nFor a year.", TEXT)] == [None, None]

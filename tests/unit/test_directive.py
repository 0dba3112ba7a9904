import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privaudit.directive import Directive, directives, without_directives
from privaudit.document import Document
from privaudit.read import read_document

MARK = '<!-- privaudit: ignore a-rule reason="agreed" -->'
LINE = '# privaudit: ignore a-rule reason="agreed"'


def read(text: str, name: str = "x.md") -> Document:
    return read_document(name, text.encode())


def only(text: str, name: str = "x.md") -> Directive:
    found = directives(read(text, name))
    assert len(found) == 1
    return found[0]


def target(text: str, name: str = "x.md") -> str | None:
    """The source of the block that the suppression in a text means, without the suppression."""
    span = only(text, name).target
    return None if span is None else " ".join(without_directives(text[span.start : span.end]).split())


# -- what it says


def test_rules_reason_and_last_day() -> None:
    one = only(
        'One.\n\n  <!-- privaudit: ignore a-rule, another.rule reason="kept  as\n agreed" until=2027-01-31 -->\n'
    )
    assert (one.rules, one.reason, one.until) == (("a-rule", "another.rule"), "kept as agreed", date(2027, 1, 31))
    assert (one.line, one.column, one.fault) == (3, 3, "")


@pytest.mark.parametrize(
    "text",
    [
        '<!--privaudit:ignore a-rule reason="agreed"-->',
        "<!-- privaudit: ignore reason='agreed' a-rule -->",
        "<!--\nprivaudit:\n  ignore\n  a-rule\n  reason = agreed\n-->",
        "<!-- privaudit: ignore\ta-rule\treason=“agreed” -->",
        "<!-- privaudit: ignore a-rule reason=„agreed“ -->",
        "<!-- privaudit: ignore a-rule reason=”agreed” -->",
        "<!-- privaudit: ignore a-rule reason=‘agreed’ -->",
        "<!-- privaudit: ignore a-rule reason=«agreed» -->",
        "<!-- privaudit: ignore a-rule reason=»agreed« -->",
        '<!-- privaudit: ignore a-rule,a-rule reason="agreed", -->',
    ],
)
@pytest.mark.parametrize("name", ["x.md", "x.html"])
def test_ways_to_write_the_same(text: str, name: str) -> None:
    one = only(f"{text}\n\nText.\n", name)
    assert (one.rules, one.reason, one.until, one.fault) == (("a-rule",), "agreed", None, "")


def test_a_sign_of_its_own_does_not_end_a_quoted_reason() -> None:
    assert only("<!-- privaudit: ignore a reason=\"it's = 'so', until=never\" -->\n\nText.").reason == (
        "it's = 'so', until=never"
    )


@pytest.mark.parametrize("reason", ["", 'reason=""', "reason='  '", "until=2027-01-31"])
def test_without_a_reason_there_is_none(reason: str) -> None:
    one = only(f"<!-- privaudit: ignore a-rule {reason} -->\n\nText.")
    assert (one.reason, one.fault) == ("", "")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("", "'' is neither ignore nor ignore-file"),
        ("ignored a-rule", "'ignored' is neither ignore nor ignore-file"),
        ("ignore-files a-rule", "'ignore-files' is neither"),
        ('ignore reason="agreed"', "it names no rule"),
        ('ignore a-rule reson="agreed"', "'reson' is neither reason nor until"),
        ('ignore a-rule reason="agreed" until=tomorrow', "'tomorrow' is no date; write it as YYYY-MM-DD"),
        ('ignore a-rule reason="agreed" until=20270131', "'20270131' is no date"),
        ('ignore a-rule reason="agreed" until=2027-02-29', "'2027-02-29' is no date"),
        ('ignore a-rule reason="agreed" until=""', "'' is no date"),
        ('ignore a-rule reason: "agreed"', "'reason:' is no name of a rule"),
        (
            'ignore a-rule reason="agreed',
            "'reason=\"agreed' is no name of a rule; the reason stands in quotation marks",
        ),
        ("ignore a/rule reason=agreed", "'a/rule' is no name of a rule"),
    ],
)
def test_what_cannot_be_understood_says_why(body: str, fault: str) -> None:
    for text, name in ((f"<!-- privaudit: {body} -->\n\nText.", "x.md"), (f"# privaudit: {body}\nText.", "x.txt")):
        assert fault in only(text, name).fault


def test_many_in_text_order() -> None:
    text = f"{MARK}\n\nOne.\n\n{MARK}\n\nTwo.\n"
    assert [one.line for one in directives(read(text))] == [1, 5]


# -- where it holds


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"One.\n\n{MARK}\n\nTwo.\n\nThree.", "Two."),
        (f"One.\n\n{MARK}\nTwo goes on\nand on.\n\nThree.", "Two goes on and on."),
        (f"One. {MARK} It goes on.\n\nTwo.", "One. It goes on."),
        (f"One\n{MARK}\ngoes on.\n\nTwo.", "goes on."),
        (f"One. {MARK}\n\nTwo.", "One."),
        (f"**One.**{MARK}\n\nTwo.", "One."),
        (f"One.\n\n{MARK}\n# Two\n\nThree.", "Two"),
        (f"# One {MARK}\n\nTwo.", "One"),
        (f"- One\n- Two {MARK}\n- Three", "Two"),
        (f"- One\n- {MARK} Two\n- Three", "Two"),
        (f"- One\n\n{MARK}\n- Two\n", "Two"),
        (f"| a | b |\n|---|---|\n| c {MARK} | d |\n", "c"),
        (f"| a | b |\n|---|---|\n| c | {MARK} d |\n", "d"),
        (f"| a | b |\n|---|---|\n| c | d | {MARK}\n| e | f |\n", "d"),
        (f"> One. {MARK}\n>\n> Two.", "One."),
    ],
)
def test_the_block_in_markdown(text: str, meant: str) -> None:
    assert target(text) == meant
    assert target(text.replace("\n", "\r\n")) == meant
    assert target(f"\ufeff{text}"[1:]) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"<p>One.</p>{MARK}<p>Two.</p><p>Three.</p>", "Two."),
        (f"<p>One. {MARK}</p><p>Two.</p>", "One."),
        (f"<p>One <b>is{MARK}</b> it.</p><p>Two.</p>", "One <b>is</b> it."),
        (f"<p><b>One.</b>{MARK}</p><p>Two.</p>", "One."),
        (f"<p>{MARK}One.</p><p>Two.</p>", "One."),
        (f"<p>One.</p> {MARK}\n<p>Two.</p>", "One."),
        (f"<p>One.</p>\n{MARK}\n<p>Two.</p>", "Two."),
        (f"<ul><li>One</li><li>{MARK}Two</li></ul>", "Two"),
        (f"<ul><li>One{MARK}</li><li>Two</li></ul>", "One"),
        (f"<table><tr><td>One</td><td>{MARK}Two</td></tr></table>", "Two"),
        (f"<h2>One</h2>{MARK}<div>Two <p>Three</p></div>", "Two"),
    ],
)
def test_the_block_in_html(text: str, meant: str) -> None:
    assert target(text, "x.html") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f"One.\n\n{LINE}\nTwo.\n", "Two."),
        (f"One.\n\n{LINE}\n\nTwo.\n", "Two."),
        (f"{LINE}\nOne.\n\nTwo.", "One."),
        (f"- One\n{LINE}\n- Two\n", "Two"),
    ],
)
def test_the_block_in_plain_text(text: str, meant: str) -> None:
    assert target(text, "x.txt") == meant
    assert target(text.replace("\n", "\r\n"), "x.txt") == meant


def test_inside_a_wrapped_paragraph_of_plain_text_it_means_that_paragraph() -> None:
    lines = [
        "We keep the data about your orders for as long as the law on accounts",
        "obliges us to keep them, and after that we delete them within a month",
        LINE,
        "from all our systems, unless you have asked us in writing to keep them",
        "for longer because you want to have the warranty extended by some time.",
    ]
    one = only("\n".join(lines) + "\n\nThen there is more.\n", "x.txt")
    assert one.target is not None
    assert one.target.start == 0
    assert one.target.end == len("\n".join(lines))


def test_a_whole_document() -> None:
    assert only(f"{MARK.replace('ignore', 'ignore-file')}\n\nText.").target is None


def test_nothing_follows() -> None:
    one = only(f"Text.\n\n{MARK}\n")
    assert one.target is not None
    assert len(one.target) == 0


# -- what is none


@pytest.mark.parametrize(
    "text",
    [
        "We wrote privaudit: ignore a-rule in a comment.",
        f"Write `{MARK}` there.",
        f"Text.\n\n```html\n{MARK}\n```\n",
        f"Text.\n\n    {MARK}\n",
        f"<!-- not yet: {MARK}\n\nText.",
        f"Text.\n\n<!--\nWe leave this out.\n\n{MARK}\nAnd this.\n-->\n\nMore.",
        "Text <!-- privaudit: ignore a-rule",
        "<!-- privaudit ignore a-rule -->\n\nText.",
    ],
)
def test_what_is_no_suppression_in_markdown(text: str) -> None:
    assert directives(read(text)) == ()


def test_what_is_no_suppression_elsewhere() -> None:
    assert directives(read(f"<p>Write &lt;!-- privaudit: ignore a-rule --&gt; there. {LINE}</p>", "x.html")) == ()
    assert directives(read(f"Text.\n\n{MARK}\nNo # privaudit: ignore a-rule\n", "x.txt")) == ()


@pytest.mark.parametrize("opening", ["<!-->", "<!--->", "<!---->", "<!-- a --><!-- b -->"])
def test_one_after_an_empty_comment_counts(opening: str) -> None:
    assert only(f"{opening}\n\n{MARK}\n\nText.").line == 3


def test_one_after_an_example_counts() -> None:
    assert only(f"Comments begin with `<!--` here.\n\n{MARK}\n\nText.").line == 3


# -- text without them


@given(st.lists(st.sampled_from(["We keep it. ", "a-rule", "<b>", "\n", "<!-- note -->", "# head\n", " "])))
@settings(deadline=None)
def test_without_suppressions_a_text_stays_what_it_was(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert without_directives(text) == text


def test_suppressions_are_taken_out_of_a_text() -> None:
    assert without_directives(f"One {MARK}two.") == "One two."
    assert re.sub(r"\s+", " ", without_directives(f"One\n  {LINE}\r\ntwo.")) == "One two."

from itertools import pairwise

import pytest

from privaudit.document import Document, LanguageGuess
from privaudit.errors import InputError
from privaudit.read import read_document
from privaudit.read.limits import DEEPEST, Limits
from tests.unit.read.looks import HTML, kinds, links, open_document, texts


def page(source: str) -> Document:
    return open_document(source, HTML)


def html(source: str) -> list[tuple[str, str]]:
    return kinds(page(source))


def shown(source: str) -> list[tuple[str, bool]]:
    """Each block as its text, and whether it is shown."""
    document = page(source)
    return [(text, not block.hidden) for text, block in zip(texts(document), document.blocks, strict=True)]


def test_headings_stand_above_what_follows() -> None:
    document = page(
        "<h1>One</h1><p>a</p><h2>Two</h2><p>b</p><h4>Four</h4><p>c</p><h2>Five</h2><div>d</div>"
        "<div role=heading aria-level=3>Six</div>e<div role=heading>Seven</div>f"
    )
    assert [pair for pair in kinds(document) if pair[0] != "paragraph"] == [
        ("heading1", "One"), ("heading2", "Two"), ("heading4", "Four"), ("heading2", "Five"), ("heading3", "Six"),
        ("heading2", "Seven"),
    ]  # fmt: skip
    above = {
        text: [document.text(document.blocks[heading].span) for heading in block.headings]
        for text, block in zip(texts(document), document.blocks, strict=True)
    }
    assert [above[letter] for letter in "abcdef"] == [
        ["One"], ["One", "Two"], ["One", "Two", "Four"], ["One", "Five"], ["One", "Five", "Six"], ["One", "Seven"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <b>b</b>c and <i>d</i> <code>e</code>", "a bc and d e"),
        ("one\n  two\t three", "one two three"),
        ("one<br>two<br/>three", "one two three"),
        ("a<wbr>b<!-- note -->c", "abc"),
        ("a<input>b<img src=x>c", "a b c"),
        ("R&amp;D &copy; &#8211; &#x41; t&eacute &lt;b&gt; &nbsp;x", "R&D © - A té <b> x"),
        ("&amp;lt; &bogus; AT&T", "&lt; &bogus; AT&T"),
        ("hy&shy;phen zero&#8203;width", "hyphen zerowidth"),
        ("a < b and c <3 d << e", "a < b and c <3 d << e"),
        ("<P>Upper <EM>case</EM></P>", "Upper case"),
    ],
)
def test_markup_inside_a_paragraph_goes_and_its_text_stays(source: str, text: str) -> None:
    assert html(f"<p>{source}</p>") == [("paragraph", text)]


@pytest.mark.parametrize(
    "source",
    [
        "<p>one</p><p>two</p>",
        "<p>one<p>two",
        "one<p>two",
        "<div>one<div>two</div></div>",
        "<p>one<br><br>two</p>",
        "<p>one<hr>two",
        "<div>one</p>two</div>",
        "<section>one</section><article>two</article>",
        "<p>one</p >two",
    ],
)
def test_elements_that_are_blocks_part_paragraphs(source: str) -> None:
    assert html(source) == [("paragraph", "one"), ("paragraph", "two")]


def test_lists_nest_and_know_what_introduces_them() -> None:
    document = page(
        "<p>You may:</p><ul><li>object<ul><li>to mail</li><li>to ads</li></ul></li><li>erase<p>later</p></li></ul>"
        "<p>Other.</p><ol><li>one</li></ol>"
    )
    assert kinds(document) == [
        ("paragraph", "You may:"), ("list-item1", "object"), ("list-item2", "to mail"), ("list-item2", "to ads"),
        ("list-item1", "erase"), ("list-item1", "later"), ("paragraph", "Other."), ("list-item1", "one"),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0, 1), (0, 1), (0,), (0,), (), (6,)]
    groups = [block.group for block in document.blocks]
    assert len(set(groups[1:6])) == 1
    assert len({groups[0], groups[1], groups[6], groups[7]}) == 4


def test_end_tags_of_items_may_be_left_out() -> None:
    document = page("<p>You may:<ul><li>object<ul><li>to mail</ul><li>erase</ul>after")
    assert kinds(document) == [
        ("paragraph", "You may:"), ("list-item1", "object"), ("list-item2", "to mail"), ("list-item1", "erase"),
        ("paragraph", "after"),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0, 1), (0,), ()]


@pytest.mark.parametrize("before", ["<h2>Rights</h2>", "<p hidden>You may:</p>"])
def test_a_heading_or_hidden_text_introduces_no_list(before: str) -> None:
    assert page(f"{before}<ul><li>object</ul>").blocks[1].lead_ins == ()


def test_a_description_is_introduced_by_its_term() -> None:
    document = page("<dl><dt>Purpose</dt><dd>shop</dd><dd>mail</dd><dt>Basis<dd>contract</dl>")
    assert kinds(document) == [
        ("paragraph", "Purpose"), ("list-item1", "shop"), ("list-item1", "mail"), ("paragraph", "Basis"),
        ("list-item1", "contract"),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0,), (), (3,)]


def test_table_cells_know_their_row_and_what_heads_the_column() -> None:
    document = page(
        "<table><thead><tr><th>Purpose</th><th>Basis</th></tr></thead>"
        "<tbody><tr><td><i>shop</i></td><td>contract</td></tr><tr><td>mail<td>consent</tbody></table>after"
    )
    assert kinds(document) == [
        ("table-cell", "Purpose"), ("table-cell", "Basis"), ("table-cell", "shop"), ("table-cell", "contract"),
        ("table-cell", "mail"), ("table-cell", "consent"), ("paragraph", "after"),
    ]  # fmt: skip
    assert [block.header for block in document.blocks] == [None, None, 0, 1, 0, 1, None]
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3] != groups[4] == groups[5]


def test_cells_over_several_rows_and_columns_keep_the_others_under_their_heads() -> None:
    document = page(
        "<table><tr><th>Kind</th><th colspan=2>Why</th><th>Time</th></tr>"
        "<tr><td rowspan=2>names</td><td>shop</td><td>mail</td><td>a year</td></tr>"
        "<tr><td>post</td><td>call</td><td>a month</td></tr></table>"
    )
    heads = {
        text: texts(document)[block.header]
        for text, block in zip(texts(document), document.blocks, strict=True)
        if block.header is not None
    }
    assert heads == {
        "names": "Kind", "shop": "Why", "mail": "Why", "a year": "Time", "post": "Why", "call": "Why",
        "a month": "Time",
    }  # fmt: skip


def test_an_empty_cell_takes_its_column() -> None:
    document = page("<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>x</td></tr></table>")
    assert document.blocks[2].header == 1


def test_a_head_beside_its_cell_heads_no_column() -> None:
    document = page("<table><tr><th>Purpose</th><td>shop</td></tr><tr><th>Basis</th><td>contract</td></tr></table>")
    assert [block.header for block in document.blocks] == [None] * 4
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3]


def test_a_list_in_a_cell_belongs_to_the_row_and_its_column() -> None:
    document = page(
        "<table><tr><th>Kind</th><th>Kept for</th></tr>"
        "<tr><td>orders</td><td><ul><li>ten years</li><li>a month</li></ul></td></tr></table><ul><li>other</ul>"
    )
    assert kinds(document)[2:] == [
        ("table-cell", "orders"), ("list-item1", "ten years"), ("list-item1", "a month"), ("list-item1", "other"),
    ]  # fmt: skip
    assert [block.header for block in document.blocks[2:]] == [0, 1, 1, None]
    groups = [block.group for block in document.blocks[2:]]
    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_a_table_in_a_cell_does_not_move_the_columns_around_it() -> None:
    document = page(
        "<table><tr><th>A</th><th>B</th></tr>"
        "<tr><td><table><tr><td>in one</td><td>in two</td></tr></table></td><td>out</td></tr></table>"
    )
    assert texts(document) == ["A", "B", "in one", "in two", "out"]
    assert document.blocks[4].header == 1
    assert document.blocks[2].group == document.blocks[3].group != document.blocks[4].group


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><h2>Title</h2><p>one</p></td></tr><tr><td>two</td></tr></table>",
        f"<table><tr><td><h2>Title</h2>{'long text ' * 40}</td><td>{'other text ' * 40}</td></tr></table>",
    ],
)
def test_a_table_that_only_arranges_text_is_no_table(table: str) -> None:
    document = page(table)
    assert [block.kind.value for block in document.blocks] == ["heading", "paragraph", "paragraph"]
    assert len({block.group for block in document.blocks}) == 3
    assert [block.headings for block in document.blocks] == [(), (0,), (0,)]


@pytest.mark.parametrize(
    "opening",
    [
        "<p hidden>",
        "<P HIDDEN=until-found>",
        "<p style='color:red; DISPLAY : none'>",
        '<p style="visibility:hidden">',
        "<p style=display:none!important>",
        "<p aria-hidden=true>",
        "<p aria-hidden='TRUE'>",
        "<noscript>",
    ],
)
def test_hidden_text_is_read_as_hidden(opening: str) -> None:
    assert shown(f"{opening}secret</p></noscript><p>open</p>") == [("secret", False), ("open", True)]


@pytest.mark.parametrize(
    "opening", ["<p data-hidden>", "<p title=hidden>", "<p data-x=' hidden '>", "<p aria-hidden=false>", "<p style=''>"]
)
def test_what_only_looks_like_hiding_hides_nothing(opening: str) -> None:
    assert shown(f"{opening}open</p>") == [("open", True)]


def test_what_stands_inside_hidden_text_is_hidden() -> None:
    assert shown("<div hidden><h2>Head</h2><p>one<ul><li>two</ul></div><p>three") == [
        ("Head", False), ("one", False), ("two", False), ("three", True),
    ]  # fmt: skip


def test_a_tag_that_closes_itself_does_not_end_the_element_around_it() -> None:
    assert shown("<div hidden><div/>one</div>two") == [("one", False), ("two", True)]


def test_a_hidden_heading_stands_above_nothing() -> None:
    assert page("<h2 hidden>Head</h2><p>text</p>").blocks[1].headings == ()


def test_hidden_words_in_a_sentence_stay_apart_and_belong_to_it() -> None:
    document = page("<p>We sell <span hidden>no </span>data.</p>")
    assert shown("<p>We sell <span hidden>no </span>data.</p>") == [("We sell", True), ("no", False), ("data.", True)]
    assert len({block.group for block in document.blocks}) == 1


@pytest.mark.parametrize(
    "silent",
    [
        "<script>if (a < b) { write('<p>no</p>') }</script>",
        "<SCRIPT type=text/plain>no</SCRIPT>",
        "<style>p { content: 'no' }</style>",
        "<template><p>no</p></template>",
        "<!-- no <p>no</p> > -->",
        "<title>no</title>",
        "<svg><text>no</text></svg>",
        "<math><mi>no</mi></math>",
        "<iframe>no</iframe>",
        "<object>no</object>",
    ],
)
def test_what_is_no_text_is_left_out(silent: str) -> None:
    assert html(f"<p>before</p>{silent}<p>behind</p>") == [("paragraph", "before"), ("paragraph", "behind")]


def test_the_head_is_no_text() -> None:
    source = "<!DOCTYPE html><html><head><meta name=description content=no><title>no</title></head><body>text</body>"
    assert html(source) == [("paragraph", "text")]


@pytest.mark.parametrize(
    "declaration", ['<?xml version="1.0" encoding="UTF-8"?>', "\n<?xml version='1.0'?>\n<!DOCTYPE html>"]
)
def test_an_xml_declaration_is_no_text(declaration: str) -> None:
    document = page(f'{declaration}<html lang="de"><p>Wir speichern Daten.</p></html>')
    assert texts(document) == ["Wir speichern Daten."]
    assert document.problems == ()


MAIL = "mailto:dpo@oak.example"


@pytest.mark.parametrize(
    ("source", "text", "target", "written"),
    [
        ("see <a href='/?x=1&amp;y=2'>our <b>page</b></a>.", "our page", "/?x=1&y=2", "/?x=1&amp;y=2"),
        (f'ä <a class=x href="{MAIL}">write</a> us', "write", MAIL, MAIL),
        ("<A HREF=/privacy>here</A>", "here", "/privacy", "/privacy"),
        ("<a href='https://å.example/ö'>ü</a>", "ü", "https://å.example/ö", "https://å.example/ö"),
        ("<h2><a href=/x>Head</a></h2>text", "Head", "/x", "/x"),
        ("write to dpo@oak.example", "dpo@oak.example", MAIL, "dpo@oak.example"),
        ("write to dpo&#64;oak.example", "dpo@oak.example", MAIL, "dpo&#64;oak.example"),
        (f"<a href={MAIL}><div>Write</div></a>us", "Write", MAIL, MAIL),
        ("<p>see <a href=/x>it</p><p>more", "it", "/x", "/x"),
        ("see <a href=/x>it", "it", "/x", "/x"),
        ("<a href='https://a.example'>https://a.example</a>", "https://a.example", "https://a.example", None),
    ],
)
def test_links_keep_text_target_and_place(source: str, text: str, target: str, written: str | None) -> None:
    document = page(source)
    assert links(document) == [(text, target)]
    span = next(link.source for block in document.blocks for link in block.links)
    assert document.source[span.start : span.end] == (written or target)


def test_a_link_around_blocks_belongs_to_each_of_them_and_to_no_other() -> None:
    assert links(page("<div>see <a href=/x><h2>Title</h2><p>one <span hidden>two</span></a></p>three")) == [
        ("Title", "/x"), ("one", "/x"), ("two", "/x"),
    ]  # fmt: skip


def test_the_next_link_ends_one_that_was_left_open() -> None:
    assert links(page("<a href=/1>one <a href=/2>two</a> three")) == [("one", "/1"), ("two", "/2")]


def test_an_anchor_is_no_link() -> None:
    assert links(page("<p><a name=x>one</a> <a href=''>two</a></p>")) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one<b>two</p>three", ["onetwo", "three"]),
        ("<p>a<b>b<i>c</b>d</i>e</p>", ["abcde"]),
        ("<b><p>one</b>two</p>", ["one", "two"]),
        ("</ul></div>one<li>two", ["one", "two"]),
        ("<ul><li>one<p>two</ul>three", ["one", "two", "three"]),
        ("<p>one<p>two<div>three</div>four", ["one", "two", "three", "four"]),
        ("<table><tr><td>one<tr><td>two</table>three", ["one", "two", "three"]),
        ("<body><p>one</p></body></html>two", ["one", "two"]),
    ],
)
def test_unclosed_and_badly_nested_tags_lose_no_text(source: str, text: list[str]) -> None:
    document = page(source)
    assert texts(document) == text
    assert document.problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "<p>one <![CDATA[two]]> three</p>",
        "<p>one <?php two ?> three</p>",
        "<p>one</p><!-- two <p>three</p>",
        "<p title='>one two</p><p>three</p>",
        "<p>one <two three",
    ],
)
def test_broken_markup_loses_no_word(source: str) -> None:
    shadow = page(source).shadow
    assert all(word in shadow for word in ("one", "two", "three"))


def test_a_page_whose_tags_never_end_is_called_broken() -> None:
    document = page("<p>one</p>" + "<div x" * 600 + " two")
    assert [problem.code for problem in document.problems] == ["html-depth"]
    assert texts(document)[0] == "one"


def test_nesting_up_to_the_bound_is_no_problem() -> None:
    document = page("<div>" * DEEPEST + "deep" + "</div>" * DEEPEST)
    assert texts(document) == ["deep"]
    assert document.problems == ()


def test_deeper_nesting_is_a_problem_and_the_text_is_still_read() -> None:
    deep = DEEPEST + 1
    document = page(
        "<html lang=sv><h1>Title</h1>" + "<div>" * deep + "one<script>no()</script><!-- no --><style>no</style>"
        "<ul><li>two <a href=/x>three</a></ul>" + "</div>" * deep + "<p hidden>four</p>"
    )
    assert kinds(document) == [
        ("heading1", "Title"), ("paragraph", "one"), ("list-item1", "two three"), ("paragraph", "four"),
    ]  # fmt: skip
    assert [block.hidden for block in document.blocks] == [False, False, False, True]
    assert links(document) == [("three", "/x")]
    assert document.declared.code == "sv"
    assert [problem.code for problem in document.problems] == ["html-depth"]
    assert str(DEEPEST) in document.problems[0].message


@pytest.mark.parametrize(("name", "before"), [("a.html", ""), ("a.md", "# Notice\n\n")])
def test_the_bound_of_nesting_is_told_and_holds_in_markdown_too(name: str, before: str) -> None:
    source = f"{before}<div><div><div>one</div></div></div>\n".encode()
    shallow = read_document(name, source, limits=Limits(depth=2))
    assert [problem.message for problem in shallow.problems] == ["tags are nested deeper than 2 (--max-depth)"]
    assert "one" in shallow.shadow
    assert read_document(name, source, limits=Limits(depth=3)).problems == ()


def test_extreme_nesting_is_read_in_no_time() -> None:
    # Quadratic in the parser: 100,000 open tags would take it half a minute.
    document = page("<div>" * 100_000 + "deep")
    assert texts(document) == ["deep"]


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ("<html lang='sv-SE'>", "sv"),
        ("<html lang=EN>", "en"),
        ('<HTML class="x" LANG=" de_AT ">', "de"),
        ("<html lang=''>", None),
        ("<html lang=fil>", None),
        ("<html data-lang=sv>", None),
        ("<html><p lang=sv>", None),
    ],
)
def test_the_page_declares_its_language(opening: str, code: str | None) -> None:
    declared = page(f"{opening}<p>text").declared
    assert declared == (LanguageGuess(code, 1.0, "html") if code else LanguageGuess(None, 0.0, "unknown"))


def test_every_block_is_a_slice_of_the_source_in_its_order() -> None:
    source = (
        "<h2>Träd &amp; <i>frukt</i></h2>\n<p>We keep <b>your\n data</b>&nbsp;&hellip;</p>\n"
        "<ul>\n <li> één </li>\n</ul><table><tr><th>ü<th>x<tr><td>a&lt;b<td>&#8364;</table>a < b"
    )
    document = page(source)
    quotes = [document.quote(block.span) for block in document.blocks]
    assert [quote for quote, _ in quotes] == [
        "Träd &amp; <i>frukt", "We keep <b>your\n data</b>&nbsp;&hellip;", "één", "ü", "x", "a&lt;b", "&#8364;",
        "a < b",
    ]  # fmt: skip
    assert all(source[place.start : place.end] == quote for quote, place in quotes)
    assert all(before.end <= after.start for (_, before), (_, after) in pairwise(quotes))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<h1>Only a heading</h1>", "only headings"),
        ("<!-- nothing -->", "no readable text"),
        ("<script>nothing()", "no readable text"),
        ("<html><head><title>nothing</title></head><body><br></body></html>", "no readable text"),
    ],
)
def test_a_page_without_text_is_refused(source: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        page(source)

import pytest

from privaudit.document import LanguageGuess
from privaudit.errors import InputError
from tests.unit.read.looks import MARKDOWN, kinds, links, open_document, texts

BODY = "\n\nWe keep your data for two years.\n"


def markdown(source: str) -> list[tuple[str, str]]:
    return kinds(open_document(source, MARKDOWN))


def test_headings_stand_above_what_follows() -> None:
    document = open_document("# One\n\ntext a\n\n## Two\n\ntext b\n\nThree\n=====\n\ntext c\n", MARKDOWN)
    assert kinds(document) == [
        ("heading1", "One"), ("paragraph", "text a"), ("heading2", "Two"), ("paragraph", "text b"),
        ("heading1", "Three"), ("paragraph", "text c"),
    ]  # fmt: skip
    assert [block.headings for block in document.blocks] == [(), (0,), (0,), (0, 2), (), (4,)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a **b**c and *d* `e` ~~f~~", "a bc and d e f"),
        ("R&amp;D &copy; &#8211; 5\\*3 \\_x\\_", "R&D © - 5*3 _x_"),
        ("one\ntwo  \nthree\\\nfour<br>five", "one two three four five"),
        ("<b>W</b>ord and <!-- a note --> more", "Word and more"),
        ("![our logo](logo.png) and ![](x.png) text", "our logo and text"),
        ("keep [your company] and [^1]", "keep [your company] and [^1]"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("> quoted *text*\n> goes\n> on", "quoted text goes on"),
    ],
)
def test_markup_inside_a_paragraph_goes_and_its_text_stays(source: str, text: str) -> None:
    assert markdown(source) == [("paragraph", text)]


def test_lists_nest_and_know_what_introduces_them() -> None:
    document = open_document(
        "You may:\n\n- object\n  - to mail\n- erase\n\n  later\n\nOther.\n\n1. one\n2. two\n", MARKDOWN
    )
    assert kinds(document) == [
        ("paragraph", "You may:"), ("list-item1", "object"), ("list-item2", "to mail"), ("list-item1", "erase"),
        ("list-item1", "later"), ("paragraph", "Other."), ("list-item1", "one"), ("list-item1", "two"),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0, 1), (0,), (0,), (), (5,), (5,)]
    assert len({document.blocks[index].group for index in (1, 2, 3, 4)}) == 1
    assert document.blocks[6].group != document.blocks[1].group


def test_table_cells_know_their_row_and_what_heads_the_column() -> None:
    document = open_document("| Purpose | Basis |\n|---|---|\n| *shop* | contract |\n| mail | a \\| b |\n", MARKDOWN)
    assert texts(document) == ["Purpose", "Basis", "shop", "contract", "mail", "a | b"]
    assert [block.header for block in document.blocks] == [None, None, 0, 1, 0, 1]
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3] != groups[4] == groups[5]


@pytest.mark.parametrize("title", ["**Contact**", "__Contact us:__", "YOUR RIGHTS", "**4. What we keep?**"])
def test_a_bold_or_capital_line_is_a_heading_below_the_real_one(title: str) -> None:
    blocks = markdown(f"## Real{BODY}\n{title}{BODY}")
    assert [kind for kind, _ in blocks] == ["heading2", "paragraph", "heading3", "paragraph"]


@pytest.mark.parametrize("line", ["**Note.** We keep it.", "**We never sell data.**", "**a** and **b**", "NO, NEVER."])
def test_a_bold_beginning_or_sentence_is_no_heading(line: str) -> None:
    assert [kind for kind, _ in markdown(line + BODY)] == ["paragraph", "paragraph"]


def test_a_bold_line_with_a_colon_introduces_the_list_below() -> None:
    document = open_document("**We collect:**\n\n- names\n- addresses\n", MARKDOWN)
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0,)]


def test_numbered_titles_parted_by_text_are_headings() -> None:
    blocks = markdown(f"1. Who we are{BODY}\n2. What we collect{BODY}\n3. A full sentence stays an item.{BODY}")
    assert [kind for kind, _ in blocks] == [
        "heading2", "paragraph", "heading2", "paragraph", "list-item1", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("see [our *page*](https://a.example/x?b=1 'title').", ("our page", "https://a.example/x?b=1")),
        ("see [page][ref].\n\n[ref]: <https://a.example>\n", ("page", "https://a.example")),
        ("see [Page].\n\n[page]: https://a.example\n", ("Page", "https://a.example")),
        ("write <dpo@firm.example>", ("dpo@firm.example", "mailto:dpo@firm.example")),
        ("see <https://a.example/y>", ("https://a.example/y", "https://a.example/y")),
        ('<a href="mailto:dpo@firm.example">write</a> us', ("write", "mailto:dpo@firm.example")),
        ("[![logo](l.png)](https://a.example)", ("logo", "https://a.example")),
        ("| a |\n|---|\n| [x](https://a.example) |", ("x", "https://a.example")),
    ],
)
def test_links_keep_text_and_target(source: str, link: tuple[str, str]) -> None:
    document = open_document(source, MARKDOWN)
    assert links(document) == [link]
    place = next(link.source for block in document.blocks for link in block.links)
    assert link[1].removeprefix("mailto:") in document.source[place.start : place.end]


def test_front_matter_declares_the_language_and_is_no_text() -> None:
    document = open_document("---\ntitle: Secret\nlang: sv-SE\ntags:\n  - a\n---\n\nVi sparar.\n", MARKDOWN)
    assert texts(document) == ["Vi sparar."]
    assert document.declared == LanguageGuess("sv", 1.0, "front-matter")


def test_text_between_two_rules_is_no_front_matter() -> None:
    assert texts(open_document("---\n\n# Notice\n\nWe keep data.\n\n---\n\nMore.\n", MARKDOWN)) == [
        "Notice", "We keep data.", "More.",
    ]  # fmt: skip
    assert "We keep data." in texts(open_document("---\nWe keep data.\n---\n\nMore.\n", MARKDOWN))


def test_footnotes_are_text() -> None:
    assert "until you object" in open_document("We keep it[^1].\n\n[^1]: until you object\n", MARKDOWN).shadow
    assert "elsewhere" in open_document("We keep it[^1].\n\n[^1]: elsewhere\n", MARKDOWN).shadow


def test_code_is_text_too() -> None:
    assert texts(open_document("```\nfirst\nline\n\nsecond\n```\n\n    third\n", MARKDOWN)) == [
        "first line", "second", "third",
    ]  # fmt: skip


def test_html_inside_is_read_as_html() -> None:
    hidden = '<div hidden>Sec<b>ret</b> <a href="https://a.example">x</a></div>'
    source = f"Ö\n\n{hidden}\n\n<ul><li>one</li></ul>\n\n<!-- no -->\n"
    document = open_document(source, MARKDOWN)
    assert kinds(document) == [("paragraph", "Ö"), ("paragraph", "Secret x"), ("list-item1", "one")]
    assert [block.hidden for block in document.blocks] == [False, True, False]
    assert document.quote(document.blocks[1].span)[0] == 'Sec<b>ret</b> <a href="https://a.example">x'


def test_what_an_html_element_hides_stays_hidden_across_blank_lines() -> None:
    document = open_document("<div hidden>\n\nPrivacy *Shield*\n\n</div>\n\nShown.\n", MARKDOWN)
    assert [(text, block.hidden) for text, block in zip(texts(document), document.blocks, strict=True)] == [
        ("Privacy Shield", True), ("Shown.", False),
    ]  # fmt: skip


def test_a_paragraph_that_goes_on_in_a_quote_leads_back_to_the_source() -> None:
    document = open_document("> - our data *protection\n>   officer* here\n", MARKDOWN)
    assert texts(document) == ["our data protection officer here"]
    assert document.quote(document.blocks[0].span)[0] == "our data *protection\n>   officer* here"


@pytest.mark.parametrize("source", ["# Only a heading\n", "<!-- nothing -->\n", "---\nlang: en\n---\n"])
def test_a_file_without_text_is_refused(source: str) -> None:
    with pytest.raises(InputError, match=r"only|no readable"):
        open_document(source, MARKDOWN)


@pytest.mark.parametrize("source", ["*" * 20_000 + "word", "> " * 3000 + "word", "- " * 3000 + "word"])
def test_endless_marks_lose_no_text(source: str) -> None:
    assert "word" in open_document(source, MARKDOWN).shadow

"""PDF files as they are read, with what a page has beside its text."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from privaudit.document import BlockKind, Document
from privaudit.errors import InputError
from privaudit.read import PDF, Limits, read_document
from tests.documents.blocks import Block
from tests.documents.pdfs import MARGIN, by_hand, drawn, lines, pdf, stream
from tests.unit.read.looks import kinds, links, texts

SENTENCE = "We keep the data of your order for as long as the tax law of the country asks us to, and then we delete it."
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def opened(data: bytes, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read_document("notice.pdf", data, limits=limits)


def problems(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in document.problems]


def page_of(document: Document, text: str) -> int | None:
    return document.lines.page(document.source.index(text))


def test_headings_paragraphs_and_lists() -> None:
    document = opened(
        pdf(
            [
                Block(HEADING, 1, "Privacy notice"),
                Block(HEADING, 2, "Who we are"),
                Block(PARAGRAPH, 0, f"{SENTENCE} {SENTENCE}"),
                Block(PARAGRAPH, 0, "You have the right to:"),
                Block(ITEM, 1, "have a copy of your data"),
                Block(ITEM, 1, f"complain. {SENTENCE}"),
            ]
        )
    )
    assert kinds(document) == [
        ("heading1", "Privacy notice"),
        ("heading2", "Who we are"),
        ("paragraph", f"{SENTENCE} {SENTENCE}"),
        ("paragraph", "You have the right to:"),
        ("list-item1", "have a copy of your data"),
        ("list-item1", f"complain. {SENTENCE}"),
    ]
    assert document.media_type == PDF
    assert document.problems == ()
    assert [block.headings for block in document.blocks[:3]] == [(), (0,), (0, 1)]
    assert [block.lead_ins for block in document.blocks[3:]] == [(), (3,), (3,)]
    # Lines are those of the pages.
    assert len(document.source.splitlines()) > len(document.blocks)


def test_a_sentence_over_a_page_break_is_whole_and_each_passage_knows_its_page() -> None:
    words = [f"word{number} of the long sentence of the notice that goes on" for number in range(150)]
    long = "We tell you that " + ", ".join(words) + "."
    data = pdf(
        [Block(HEADING, 1, "Notice"), Block(PARAGRAPH, 0, long), Block(PARAGRAPH, 0, "The end of it.")],
        header="A Firm Ltd, 1 Long Street",
        footer="Page # of many",
    )
    document = opened(data)
    assert long in texts(document)
    assert page_of(document, "word1 ") == 1
    assert page_of(document, "The end of it.") == document.source.count("\f") > 1
    assert document.source.count("A Firm Ltd") == document.source.count("of many") == 1
    assert document.lines.place(document.source.index("The end of it."))[1] == 1


def test_columns_are_read_one_after_the_other() -> None:
    whole = " ".join(f"{SENTENCE[:-1]} number {number}." for number in range(30))
    document = opened(pdf([Block(HEADING, 1, "Notice"), Block(PARAGRAPH, 0, whole)], columns=2, height=400))
    assert texts(document) == ["Notice", whole]


def test_columns_that_are_drawn_line_by_line() -> None:
    def rows(canvas: Canvas) -> None:
        for number in range(10):
            canvas.drawString(MARGIN, 700 - 14 * number, f"left words of the row {number}")
            canvas.drawString(320, 700 - 14 * number, f"right words of the row {number}")

    text = opened(drawn(rows)).source
    assert text.index("left words of the row 9") < text.index("right words of the row 0")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("We keep your contact infor-", "mation for two years in our cellar.", "contact information for"),
        ("We never sell your data to a third-", "party of whatever kind, wherever.", "a third-party of"),
        ("Siehe dazu die neue Datenschutz-", "Grundverordnung, die heute gilt.", "Datenschutz-Grundverordnung,"),
        ("Sie haben hier viele Auskunfts-", "und auch einige Widerspruchsrechte.", "Auskunfts- und auch"),
        ("Our list of videos is at youtube-", "nocookie.example, where you see it.", "at youtube-nocookie.example,"),
    ],
)
def test_words_broken_at_the_end_of_a_line(first: str, second: str, whole: str) -> None:
    assert whole in texts(opened(drawn(lines(first, second))))[0]


def test_links_of_words_and_of_addresses() -> None:
    text = "See our page or https://law.example/act for more."
    document = opened(pdf([Block(PARAGRAPH, 0, text, ((4, 12, "https://firm.example/?a=1&b=2"),))]))
    assert links(document) == [
        ("our page", "https://firm.example/?a=1&b=2"),
        ("https://law.example/act", "https://law.example/act"),
    ]
    link = document.blocks[0].links[0]
    assert document.source[link.source.start : link.source.end] == "our page"


def test_slanted_text_is_kept_out_of_the_sentences() -> None:
    def draft(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(45)
        canvas.drawString(400, 200, "DRAFT")
        canvas.restoreState()
        lines(*SENTENCE.split(" of the country "))(canvas)

    assert texts(opened(drawn(draft))) == [SENTENCE.replace(" of the country ", " "), "DRAFT"]


def test_characters_that_are_none_and_those_beyond_the_basic_plane() -> None:
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding "
        b"<< /Type /Encoding /Differences [65 /u1F600 /uni00AD /uniFB01 /u10FFFF] >> >>"
    )
    content = stream(b"BT /F1 12 Tf 72 700 Td (text A then B and C with D enough to be read) Tj ET")
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    tree = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, font]
    document = opened(by_hand(tree))
    assert document.source.encode()
    assert "\U0001f600" in document.source
    assert "and fi with" in document.shadow


@pytest.mark.parametrize("count", [1, 3])
def test_pages_beyond_the_bound_are_left_out_and_told(count: int) -> None:
    pages = [lines(f"Page text {letter}. {SENTENCE[:60]}", top=500) for letter in "abcd"]
    document = opened(drawn(*pages), Limits(pages=count))
    assert problems(document) == [("pages-left-out", f"only the first {count} of 4 pages were read (--max-pages)")]
    assert document.source.count("Page text") == count
    assert opened(drawn(*pages), Limits(pages=4)).problems == ()


def test_an_empty_page_is_no_problem() -> None:
    assert opened(drawn(lines(SENTENCE), lambda _: None)).problems == ()
    with pytest.raises(InputError, match="no readable text"):
        opened(drawn(lambda _: None))

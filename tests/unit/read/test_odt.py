"""What of an OpenDocument text is read; `read_odt` runs here without its process."""

from collections.abc import Mapping

import pytest

from privaudit.document import UNKNOWN_LANGUAGE, Document
from privaudit.errors import InputError
from privaudit.read import ODT
from privaudit.read.odt import read_odt
from tests.documents.offices import odf_part, odt, zipped
from tests.unit.read.looks import kinds, links, texts

TEXT = "<text:p>We keep your data for two years.</text:p>"


def opened(body: str, styles: str = "", parts: Mapping[str, str] | None = None) -> Document:
    data = odt(body, styles, parts)
    return read_odt(data).finish("notice.odt", ODT, data, UNKNOWN_LANGUAGE, ())


def test_headings_paragraphs_and_lists() -> None:
    inner = "<text:list><text:list-item><text:p>a copy</text:p></text:list-item></text:list>"
    document = opened(
        '<text:h text:outline-level="2">Rights</text:h><text:p>You have the right to:</text:p>'
        f"<text:list><text:list-item><text:p>access</text:p>{inner}</text:list-item>"
        f"<text:list-item><text:p>erasure</text:p></text:list-item></text:list>{TEXT}"
    )
    assert kinds(document) == [
        ("heading2", "Rights"), ("paragraph", "You have the right to:"), ("list-item1", "access"),
        ("list-item2", "a copy"), ("list-item1", "erasure"), ("paragraph", "We keep your data for two years."),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (), (1,), (1, 2), (1,), ()]


def test_space_tabs_and_breaks() -> None:
    document = opened('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d  e\n  f</text:p>')
    assert document.source == "a   b\tc\nd e f"
    assert texts(document) == ["a b c d e f"]


def test_links_and_spans() -> None:
    document = opened(
        '<text:p>See <text:span>our <text:a xlink:href="https://firm.example/">page</text:a></text:span>.</text:p>'
    )
    assert texts(document) == ["See our page."]
    assert links(document) == [("page", "https://firm.example/")]


def cells(*texts: str) -> str:
    told = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row>{told}</table:table-row>"


def test_tables_have_rows_and_column_heads() -> None:
    head = f"<table:table-header-rows>{cells('Purpose', 'Basis')}</table:table-header-rows>"
    document = opened(f"<table:table><table:table-column/>{head}{cells('orders', 'contract')}</table:table>{TEXT}")
    assert [block.header for block in document.blocks] == [None, None, 0, 1, None]
    assert kinds(document)[0] == ("table-cell", "Purpose")
    assert document.blocks[2].group == document.blocks[3].group != document.blocks[0].group


def test_a_table_that_only_arranges_text_is_none() -> None:
    assert kinds(opened(f"<table:table>{cells('One.')}{cells('Two.')}</table:table>"))[0] == ("paragraph", "One.")


def test_notes_and_text_boxes_stand_after_their_paragraph() -> None:
    number = "<text:note-citation>1</text:note-citation>"
    note = f"<text:note>{number}<text:note-body><text:p>By law.</text:p></text:note-body></text:note>"
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    assert texts(opened(f"<text:p>We keep it{note}{box} for a year.</text:p>{TEXT}")) == [
        "We keep it for a year.", "By law.", "In a box.", "We keep your data for two years.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:span text:style-name="H">gone</text:span>',
        '<text:span text:style-name="Child">gone</text:span>',
        "<office:annotation><text:p>gone</text:p></office:annotation>",
        "<text:hidden-text>gone</text:hidden-text>",
    ],
)
def test_what_no_reader_sees_is_no_text(hidden: str) -> None:
    styles = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Child" style:parent-style-name="H"/>'
    )
    deletion = "<text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
    changes = f"<text:tracked-changes>{deletion}</text:tracked-changes>"
    section = '<text:section text:display="none"><text:p>gone</text:p></text:section>'
    paragraph = '<text:p text:style-name="H">gone</text:p>'
    body = f"{changes}{section}{paragraph}<text:p>We keep it{hidden} for a year.</text:p>"
    assert texts(opened(body, styles)) == ["We keep it for a year."]


def test_footers_come_once_at_the_end() -> None:
    pages = "<style:footer><text:p>1 Long Street</text:p></style:footer>"
    styles = odf_part(
        "office:document-styles",
        f"<office:master-styles>{pages}{pages}<style:header><text:p>3</text:p></style:header></office:master-styles>",
    )
    assert texts(opened(TEXT, "", {"styles.xml": styles})) == ["We keep your data for two years.", "1 Long Street"]


def test_a_linked_document_is_a_part_that_was_not_read() -> None:
    document = opened(f"<text:section><text:section-source/>{TEXT}</text:section>")
    assert [problem.code for problem in document.problems] == ["part-not-read"]


def test_an_encrypted_text_is_refused() -> None:
    manifest = odf_part("manifest:manifest", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    with pytest.raises(InputError, match="encrypted with a password"):
        opened("", "", {"META-INF/manifest.xml": manifest, "content.xml": "\0"})


def test_an_archive_without_a_text_is_refused() -> None:
    with pytest.raises(InputError, match="no OpenDocument text"):
        read_odt(zipped({"other.xml": "<a/>"}))

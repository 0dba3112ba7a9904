"""Whatever the parts of an office file hold, it is read with every block leading back to the text, or refused."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.errors import InputError
from privaudit.read import DOCX, ODT
from privaudit.read.carry import packed
from privaudit.read.docx import read_docx
from privaudit.read.odt import read_odt
from privaudit.read.structure import Assembler
from tests.documents.offices import document_xml, hand_docx, odt
from tests.properties.test_offsets import check_places, one_line

many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
NESTING = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:pPr", "w:rPr", "w:ins", "w:del",
    "w:hyperlink", "w:txbxContent", "w:pict", "mc:AlternateContent", "mc:Choice", "w:fldSimple", "w:trPr", "w:tcPr",
    "w:ruby", "m:oMath",
)  # fmt: skip
LEAVES = (
    "<w:br/>", "<w:tab/>", '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', "<w:b/>",
    '<w:fldChar w:fldCharType="end"/>', "<w:vanish/>", "<w:tblHeader/>", '<w:gridSpan w:val="3"/>', "<w:del/>", "\n\n",
    '<w:gridBefore w:val="-1"/>', '<w:sym w:char="D800"/>', '<w:sym w:char="F0B7"/>', '<w:outlineLvl w:val="2"/>',
    '<w:numPr><w:ilvl w:val="7"/><w:numId w:val="1"/></w:numPr>', '<w:pStyle w:val="Heading1"/>', "• x", "a@b.example",
    "<w:instrText>HYPERLINK \"x\"</w:instrText>", "<w:altChunk/>", '<w:footnoteReference w:id="1"/>', "text. ", "ﬁ",
    "<w:p><w:r><w:t>text</w:t></w:r></w:p>", "<w:r><w:t>more text</w:t></w:r>",
)  # fmt: skip
ODF_NESTING = (
    "text:p", "text:h", "text:list", "text:list-item", "text:span", "text:a", "table:table", "table:table-row",
    "table:table-cell",
    "table:table-header-rows", "text:note", "text:note-body", "draw:frame", "draw:text-box", "text:section",
)  # fmt: skip
ODF_LEAVES = (
    "<text:tab/>",
    "<text:line-break/>",
    '<text:s text:c="-1"/>',
    "<text:section-source/>",
    "text. ",
    "• x",
    " ",
)


def nested(names: tuple[str, ...], leaves: tuple[str, ...]) -> st.SearchStrategy[str]:
    inner = st.sampled_from([*leaves, *WORDS])
    return st.recursive(
        inner,
        lambda inside: st.tuples(st.sampled_from(names), st.lists(inside, max_size=4)).map(
            lambda one: f"<{one[0]}>{''.join(one[1])}</{one[0]}>"
        ),
        max_leaves=25,
    )


def check(assembler: Assembler, kind: str) -> None:
    document = assembler.finish("x", kind, b"", UNKNOWN_LANGUAGE, ())
    check_places(document)
    assert document.source.encode()
    assert packed(document).isascii()


@many
@given(nested(NESTING, LEAVES), nested(NESTING, LEAVES))
def test_any_nesting_of_a_word_file(body: str, note: str) -> None:
    notes = {"word/footnotes.xml": document_xml(f'<w:footnote w:id="1">{note}</w:footnote>', "footnotes", "")}
    try:
        check(read_docx(hand_docx(body, notes, [("rId1", "footnotes", "footnotes.xml")])), DOCX)
    except InputError as error:
        one_line(error)


@many
@given(nested(ODF_NESTING, ODF_LEAVES))
def test_any_nesting_of_an_opendocument_text(body: str) -> None:
    try:
        check(read_odt(odt(body)), ODT)
    except InputError as error:
        one_line(error)


TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@many
@given(st.lists(st.tuples(st.sampled_from(["p", "item", "row", "box"]), TEXTS), min_size=1, max_size=12))
def test_no_word_of_a_word_file_gets_lost_and_all_keep_their_order(parts: list[tuple[str, str]]) -> None:
    body = ""
    for kind, text in parts:
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        if kind == "item":
            body += f'<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr>{run}</w:p>'
        elif kind == "row":
            cells = "".join(f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in text.split())
            body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        elif kind == "box":
            body += f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:pict></w:r></w:p>"
        else:
            body += f"<w:p>{run}</w:p>"
    document = read_docx(hand_docx(body)).finish("x", DOCX, b"", UNKNOWN_LANGUAGE, ())
    assert re.findall(r"word[a-z]", document.shadow) == [word for _, text in parts for word in text.split()]

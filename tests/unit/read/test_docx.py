"""What of a Word file is read, part by part; `read_docx` runs here without its process."""

from collections.abc import Iterable, Mapping

import pytest

from privaudit.document import UNKNOWN_LANGUAGE, Document
from privaudit.errors import InputError
from privaudit.read import DOCX
from privaudit.read.docx import read_docx
from tests.documents.offices import W, document_xml, hand_docx, p, r, relations
from tests.unit.read.looks import kinds, links, texts

TEXT = p("We keep your data for two years.")


def opened(body: str, parts: Mapping[str, str] | None = None, related: Iterable[tuple[str, str, str]] = ()) -> Document:
    data = hand_docx(body, parts, related)
    return read_docx(data).finish("notice.docx", DOCX, data, UNKNOWN_LANGUAGE, ())


def styled(styles: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    return {"word/styles.xml": document_xml(styles, "styles", "")}, [("rId9", "styles", "styles.xml")]


def style(name: str, title: str, inside: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title}"/>{inside}</w:style>'


def using(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("name", "definition", "level"),
    [
        ("Heading2", style("Heading2", "heading 2"), 2),
        ("berschrift1", style("berschrift1", "heading 1"), 1),
        ("Kop3", style("Kop3", "heading 3"), 3),
        ("Title", style("Title", "Title"), 1),
        ("Mine", style("Mine", "My own", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), 2),
        ("Mine", style("Base", "heading 4") + style("Mine", "My own", '<w:basedOn w:val="Base"/>'), 4),
        ("berschrift1", "", 1),
        ("Rubrik2", "", 2),
        ("Titre3", "", 3),
    ],
)
def test_headings_by_their_styles(name: str, definition: str, level: int) -> None:
    document = opened(p("Who we are", using(name)) + TEXT, *styled(definition))
    assert kinds(document)[0] == (f"heading{level}", "Who we are")
    assert document.blocks[1].headings == (0,)


@pytest.mark.parametrize(
    ("properties", "definition"),
    [
        (using("TOCHeading"), style("TOCHeading", "TOC Heading", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>')),
        (using("Body"), style("Body", "Body Text")),
        (using("Loop"), style("Loop", "x", '<w:basedOn w:val="Loop"/>')),
        ("", ""),
    ],
)
def test_other_styles_are_no_headings(properties: str, definition: str) -> None:
    assert kinds(opened(p("Who we are", properties) + TEXT, *styled(definition)))[0] == ("paragraph", "Who we are")


def test_an_outline_level_of_the_paragraph_itself_is_a_heading() -> None:
    assert kinds(opened(p("Rights", '<w:outlineLvl w:val="2"/>') + TEXT))[0] == ("heading3", "Rights")


@pytest.mark.parametrize(
    ("text", "run", "kind"),
    [
        ("Who we are", "<w:b/>", "heading2"),
        ("Who we are", '<w:b w:val="0"/>', "paragraph"),
        ("Please note that this is a whole sentence.", "<w:b/>", "paragraph"),
    ],
)
def test_short_bold_paragraphs_are_headings_below_the_others(text: str, run: str, kind: str) -> None:
    parts = styled(style("Heading1", "heading 1"))
    assert kinds(opened(p("Notice", using("Heading1")) + p(text, run=run) + TEXT, *parts))[1] == (kind, text)


def item(text: str, level: int = 0, name: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>')


def test_lists_with_levels_know_what_introduces_them() -> None:
    document = opened(
        p("You have the right to:") + item("access") + item("a copy", 1) + item("erasure") + TEXT + item("alone")
    )
    assert kinds(document) == [
        ("paragraph", "You have the right to:"),
        ("list-item1", "access"),
        ("list-item2", "a copy"),
        ("list-item1", "erasure"),
        ("paragraph", "We keep your data for two years."),
        ("list-item1", "alone"),
    ]
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0, 1), (0,), (), (4,)]
    assert len({block.group for block in document.blocks[1:4]}) == 1


def test_typed_bullets_are_list_items_and_the_list_0_is_none() -> None:
    document = opened(p("We share:") + p("• your name") + p("- your address") + item("no item", 0, 0))
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "list-item1", "list-item1", "paragraph"]
    assert texts(document)[1] == "your name"


@pytest.mark.parametrize(("kind", "found"), [("bullet", "list-item1"), ("decimal", "heading1")])
def test_a_bold_numbered_line_is_a_heading_and_one_with_a_bullet_an_item(kind: str, found: str) -> None:
    numbering = document_xml(
        f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
        "numbering",
        "",
    )
    line = p("Who we are", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "<w:b/>")
    document = opened(line + TEXT, {"word/numbering.xml": numbering}, [("rId2", "numbering", "numbering.xml")])
    assert kinds(document)[0] == (found, "Who we are")


def row(*cells: str, properties: str = "") -> str:
    told = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{told}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def test_tables_have_rows_and_column_heads() -> None:
    document = opened(
        TEXT
        + table(
            row(p("Purpose"), p("Basis"), properties="<w:tblHeader/>"),
            row(p("orders") + p("and returns"), p("contract")),
            row('<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("all else: consent")),
        )
    )
    assert texts(document)[1:] == ["Purpose", "Basis", "orders", "and returns", "contract", "all else: consent"]
    assert [block.kind for block in document.blocks[1:]] == ["table-cell"] * 6
    assert [block.header for block in document.blocks] == [None, None, None, 1, 1, 2, 1]
    groups = [block.group for block in document.blocks]
    assert groups[1] == groups[2] != groups[3] == groups[4] == groups[5] != groups[6]


def test_a_first_row_in_bold_heads_the_columns() -> None:
    head = row(p("Purpose", run="<w:b/>"), p("Basis", run="<w:b/>"))
    assert opened(table(head, row(p("orders"), p("contract")))).blocks[2].header == 0
    assert opened(table(row(p("a"), p("b")), row(p("orders"), p("contract")))).blocks[2].header is None


def test_a_table_that_only_arranges_text_is_none() -> None:
    assert kinds(opened(table(row(p("Our address") + TEXT), row(item("an item"))))) == [
        ("paragraph", "Our address"), ("paragraph", "We keep your data for two years."), ("list-item1", "an item"),
    ]  # fmt: skip


def test_tables_in_tables_are_read() -> None:
    inner = table(row(p("in"), p("side")), row(p("of"), p("it")))
    assert texts(opened(table(row(p("a"), inner + p("after")), row(p("b"), p("c"))))) == [
        "a", "in", "side", "of", "it", "after", "b", "c",
    ]  # fmt: skip


def note(kind: str, text: str) -> dict[str, str]:
    separator = f'<w:{kind} w:id="0" w:type="separator">{p("----")}</w:{kind}>'
    told = f'{separator}<w:{kind} w:id="1">{text}</w:{kind}>'
    return {f"word/{kind}s.xml": document_xml(told, f"{kind}s", "")}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_after_the_paragraph_that_refers_to_them(kind: str) -> None:
    reference = f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
    document = opened(
        f"<w:p>{r('We keep data')}{reference}{r(' for two years.')}</w:p>" + p("The end."),
        note(kind, p("By law.")),
        [("rId5", f"{kind}s", f"{kind}s.xml")],
    )
    assert texts(document) == ["We keep data for two years.", "By law.", "The end."]


def test_links_of_notes_are_those_of_their_part() -> None:
    parts = note("footnote", '<w:p><w:hyperlink r:id="rId1">' + r("law") + "</w:hyperlink></w:p>")
    parts["word/_rels/footnotes.xml.rels"] = relations(("rId1", "hyperlink", "https://law.example/"))
    document = opened(
        '<w:p><w:hyperlink r:id="rId1">' + r("us") + '</w:hyperlink><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
        parts,
        [("rId1", "hyperlink", "https://us.example/"), ("rId5", "footnotes", "footnotes.xml")],
    )
    assert links(document) == [("us", "https://us.example/"), ("law", "https://law.example/")]


BOX = f"<w:txbxContent>{p('Text in a box.')}</w:txbxContent>"


@pytest.mark.parametrize(
    "drawing",
    [
        f"<w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing>",
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_text_boxes_are_read_once(drawing: str) -> None:
    document = opened(f"<w:p>{r('Before.')}<w:r>{drawing}</w:r>{r(' Still before.')}</w:p>{p('After.')}")
    assert texts(document) == ["Before. Still before.", "Text in a box.", "After."]


def test_links_by_relation_and_by_field() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "mailto:us@firm.example" </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("write to us")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f'<w:p>{r("See ")}<w:hyperlink r:id="rId1">{r("our page")}</w:hyperlink>{r(" or ")}{field}{r(".")}</w:p>'
    document = opened(body, None, [("rId1", "hyperlink", "https://firm.example/")])
    assert texts(document) == ["See our page or write to us."]
    assert links(document) == [("our page", "https://firm.example/"), ("write to us", "mailto:us@firm.example")]


def test_codes_of_fields_are_no_text_and_their_results_are() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    nested = f"{begin}{r('inner')}{separate}{r('inner result')}{end}"
    code = f"{begin}{nested}<w:r><w:instrText>IF x</w:instrText></w:r>{separate}"
    body = f"<w:p>{r('a ')}{code}{r('result')}{end}{r(' b')}</w:p>"
    assert texts(opened(body)) == ["a result b"]
    simple = f'<w:p><w:fldSimple w:instr="DATE">{r("1 May")}</w:fldSimple></w:p>'
    assert texts(opened(simple)) == ["1 May"]
    unended = f"<w:p>{r('a ')}{begin}{r('never separated')}</w:p>{p('b')}"
    assert texts(opened(unended)) == ["a never separated", "b"]


@pytest.mark.parametrize(
    "hidden",
    [
        f"<w:del>{r('gone')}</w:del>",
        "<w:r><w:delText>gone</w:delText></w:r>",
        f"<w:moveFrom>{r('gone')}</w:moveFrom>",
        r("gone", "<w:vanish/>"),
        r("gone", '<w:rStyle w:val="Hidden"/>'),
        "<w:r><w:instrText>gone</w:instrText></w:r>",
        '<w:r><w:commentReference w:id="1"/></w:r>',
    ],
)
def test_what_no_reader_sees_is_no_text(hidden: str) -> None:
    parts, related = styled(style("Hidden", "Hidden", "<w:rPr><w:vanish/></w:rPr>", "character"))
    parts["word/comments.xml"] = document_xml(f'<w:comment w:id="1">{p("gone")}</w:comment>', "comments", "")
    related.append(("rId8", "comments", "comments.xml"))
    body = f"<w:p>{r('We keep it')}{hidden}<w:ins>{r(' for a year')}</w:ins>{r('.')}</w:p>"
    assert texts(opened(body, parts, related)) == ["We keep it for a year."]


def test_deleted_rows_cells_and_paragraph_ends() -> None:
    gone = row(p("gone"), p("gone"), properties="<w:del/>")
    cell = "<w:tcPr><w:cellDel/></w:tcPr>" + p("gone")
    assert texts(opened(table(row(p("a"), p("b")), gone, row(p("c"), p("d"), cell)))) == ["a", "b", "c", "d"]
    ended = p("We keep it ", "<w:rPr><w:del/></w:rPr>")
    assert texts(opened(ended + p("for a year.") + TEXT))[0] == "We keep it for a year."
    assert texts(opened(TEXT + ended)) == ["We keep your data for two years.", "We keep it"]


def test_special_characters_of_runs() -> None:
    body = (
        "<w:p><w:r><w:t>Daten</w:t><w:softHyphen/><w:t>schutz</w:t><w:noBreakHyphen/><w:t>Grund</w:t><w:tab/>"
        '<w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    document = opened(body)
    assert document.source == "Daten\u00adschutz\u2011Grund\ta\nb\nc\uf0fc"
    assert texts(document) == ["Datenschutz-Grund a b c\uf0fc"]


@pytest.mark.parametrize("code", ["", "zz", "D800", "0001", "FFFFFFFF", "-1"])
def test_a_symbol_that_is_no_character_is_marked(code: str) -> None:
    document = opened(f'<w:p><w:r><w:t>a</w:t><w:sym w:char="{code}"/><w:t>b</w:t></w:r></w:p>')
    assert document.source == "a\ufffdb"


def test_two_line_breaks_part_paragraphs() -> None:
    assert texts(opened("<w:p><w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r></w:p>")) == ["One.", "Two."]


def test_wrappers_are_looked_into() -> None:
    inside = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
    body = f"{inside}<w:customXml>{p('In XML.')}</w:customXml><w:p><w:smartTag>{r('Tagged.')}</w:smartTag></w:p>"
    assert texts(opened(body)) == ["In a control.", "In XML.", "Tagged."]


def test_headers_and_footers_come_once_at_the_end() -> None:
    parts = {
        "word/header1.xml": document_xml(p("Firm Ltd"), "hdr", ""),
        "word/footer1.xml": document_xml(p("1 Long Street"), "ftr", ""),
        "word/footer2.xml": document_xml(p("1 Long Street") + p("3"), "ftr", ""),
    }
    related = [(f"rId{at}", name[:6], f"{name}.xml") for at, name in enumerate(("header1", "footer1", "footer2"))]
    assert texts(opened(TEXT, parts, related)) == ["We keep your data for two years.", "Firm Ltd", "1 Long Street"]


def test_an_embedded_document_is_a_part_that_was_not_read() -> None:
    document = opened(TEXT + '<w:altChunk r:id="rId1"/><w:altChunk r:id="rId2"/>')
    assert [(problem.code, problem.message) for problem in document.problems] == [
        ("part-not-read", "a document that is embedded in the file was not read")
    ]


def test_the_strict_format_is_read() -> None:
    strict = document_xml(p("Who we are", using("Heading1")) + TEXT).replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert kinds(opened("", {"word/document.xml": strict}))[0] == ("heading1", "Who we are")


def test_the_main_part_may_have_any_name() -> None:
    parts = {
        "_rels/.rels": relations(("rId1", "officeDocument", "/word/main.xml")),
        "word/main.xml": document_xml(TEXT),
    }
    assert texts(opened("", parts)) == ["We keep your data for two years."]


def test_quotes_are_slices_of_the_source() -> None:
    document = opened(p("We keep “data”.") + table(row(p("a"), p("b")), row(p("c"), p("d"))) + item("x") + item("y"))
    assert document.source == "We keep “data”.\n\na\tb\nc\td\n\nx\ny"
    assert [document.quote(block.span)[0] for block in document.blocks] == [
        "We keep “data”.",
        "a",
        "b",
        "c",
        "d",
        "x",
        "y",
    ]
    assert document.lines.page(0) is None


@pytest.mark.parametrize(
    ("body", "said"), [("", "no readable text"), (p("Only a heading", '<w:outlineLvl w:val="0"/>'), "only headings")]
)
def test_a_file_without_text_is_refused(body: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        opened(body)
    with pytest.raises(InputError, match="no Word document"):
        opened("", {"word/document.xml": document_xml("", "document", "")})

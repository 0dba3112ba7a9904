"""Faults 55 to 64 and 38 of the catalogue: PDF and office files that are broken, hostile or of another kind.

Whatever happens, a document ends as audited, partly audited with the reason, or not audited with the reason; what was
not read is never said to be missing.
"""

import io
import json
import os
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from privaudit.cli.main import run
from privaudit.document import BlockKind, Document
from privaudit.errors import InputError
from privaudit.read import Limits, package, read_document
from tests.documents.blocks import Block
from tests.documents.offices import document_xml, hand_docx, odt, p, r, zipped
from tests.documents.pdfs import by_hand, drawn, lines, pdf, stream

NOTICE = "We keep your personal data for two years and delete it then."
TEXT = lines(NOTICE, "Our legal basis is the contract with you.")
POSIX = pytest.mark.skipif(os.name != "posix", reason="bounds of the system")
CATALOGUE, TREE = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOWN = stream(f"BT /F1 11 Tf 72 700 Td ({NOTICE}) Tj ET".encode())


def refused(name: str, data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(InputError) as caught:
        read_document(name, data, limits=limits)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def problems(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in document.problems]


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 30), (200, 200, 200))), 0, 0, 595, 842)


def stamped(canvas: Canvas) -> None:
    picture(canvas)
    canvas.drawString(72, 30, "Scanned on 1 May, page 3")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and the lines of a report in which only what was not read counts."""
    code = run(["check", "--format", "concise", "--fail-on", "never", *arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    run(["check", "--format", "json", "--isolated", *arguments])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_f38_a_pdf_named_as_text_is_refused_and_nothing_is_missing_from_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """38. Bytes of another format under a text's name are told by how they begin: not audited, exit 3, no findings."""
    (folder / "notice.txt").write_bytes(drawn(TEXT))
    code, out = checked(capsys, "notice.txt")
    assert code == 3
    assert "not audited not-read the file is a PDF, not what .txt says" in out
    assert "art13" not in out


def test_f55_an_encrypted_pdf_opens_with_the_empty_password_only(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """55. Encrypted PDF: read where the user's password is empty, else not audited, exit 3."""
    blocks = [Block(BlockKind.PARAGRAPH, 0, NOTICE)]
    assert read_document("a.pdf", pdf(blocks, password="")).source == NOTICE
    (folder / "privacy.pdf").write_bytes(pdf(blocks, password="secret"))  # noqa: S106
    code, out = checked(capsys, "privacy.pdf")
    assert code == 3
    assert "not audited not-read the PDF is encrypted with a password; save it without one" in out


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
def test_f56_a_truncated_pdf_is_refused(share: float) -> None:
    """56. Truncated PDF: never audited as if it were whole."""
    whole = drawn(TEXT, lines(NOTICE))
    assert refused("a.pdf", whole[: int(len(whole) * share)]) == "the PDF is damaged or cut short"


def test_f56_a_pdf_cut_short_behind_its_text_is_read_in_part() -> None:
    """56. Where the library mends a truncated file, the document is partial."""
    # An update was appended to the file and its end is lost.
    whole = drawn(TEXT)
    document = read_document("a.pdf", whole + b"8 0 obj\n<< /Length 4000 >>\nstream\n" + b"x" * 2000)
    assert problems(document) == [("cut-short", "the file seems cut short: the mark at its end is missing")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body>404 not found</body></html>", "the file is HTML, not a PDF as its name says"),
        (b"404 not found", "the file is text or damaged, not a PDF"),
        (b"", "the file is empty"),
        (b"%PDF-1.7\n", "the PDF is damaged or cut short"),
    ],
)
def test_f56_what_is_no_pdf_is_refused_in_one_line_and_nothing_is_noised(
    data: bytes, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """56. HTML renamed to .pdf, an empty file: one line that says what it is, and nothing of the library's own."""
    assert said in refused("a.pdf", data)
    assert capfd.readouterr() == ("", "")


def test_f57_pages_without_text_are_counted_and_silence_proves_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """57. Scanned pages: named by their numbers, the document partial, what is not found inconclusive."""
    (folder / "privacy.pdf").write_bytes(drawn(TEXT, picture, TEXT, stamped, picture))
    found = report(capsys, "privacy.pdf")["documents"][0]
    assert found["status"] == "partial"
    assert found["problems"] == [
        {"code": "pages-without-text", "message": "pages 2, 4-5 of 5 have no text layer"},
    ]
    outcomes = {verdict["rule"]: verdict["outcome"] for verdict in found["verdicts"]}
    assert outcomes["art13-2-a-retention"] == "present"
    assert not {"missing", "absent"} & set(outcomes.values())
    because = next(one["because"] for one in found["verdicts"] if one["rule"] == "art13-2-d-complaint")
    assert because == "not all of the text could be read: pages 2, 4-5 of 5 have no text layer"
    assert checked(capsys, "privacy.pdf")[0] == 3


def test_f57_a_pdf_of_scanned_pages_only_is_not_audited() -> None:
    """57. No page has text: not audited, with what to do."""
    assert refused("a.pdf", drawn(picture, picture)) == (
        "no page has a text layer; run text recognition (OCR) over the file first"
    )


def packed(content: bytes) -> bytes:
    return by_hand([CATALOGUE, TREE, PAGE, stream(zlib.compress(content, 9), b"/Filter /FlateDecode "), FONT])


@POSIX
@pytest.mark.parametrize(
    "content",
    [b"q " * 20_000_000, b"BT /F1 10 Tf " + b"(abc) Tj " * 300_000, b"\0" * 400_000_000],
    ids=["states", "words", "zeros"],
)
def test_f58_a_stream_that_unpacks_to_too_much_costs_its_document_only(content: bytes) -> None:
    """58. Stream bombs: the process that reads is ended in time, and its bounds of memory hold; never an empty text."""
    begun = time.monotonic()
    message = refused("a.pdf", packed(content), Limits(seconds=3, megabytes=256))
    assert "--timeout" in message or "--max-memory" in message or message == "the file holds no readable text"
    assert time.monotonic() - begun < 20


def test_f59_trees_of_pages_without_end_and_lies_about_their_number() -> None:
    """59. Cyclic page tree, /Count that lies, 100,000 pages, cyclic forms and updates: bounded, and told."""
    cyclic = by_hand([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>"])
    assert refused("a.pdf", cyclic) == "pages 1-4 of 4 are damaged"
    lying = by_hand([CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", PAGE, SHOWN, FONT])
    document = read_document("a.pdf", lying)
    assert document.source == NOTICE
    assert problems(document) == [
        ("part-not-read", "pages 2-500 of 1,000,000 are damaged"),
        ("pages-left-out", "only the first 500 of 1,000,000 pages were read (--max-pages)"),
    ]
    kids = b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>"
    many = read_document("a.pdf", by_hand([CATALOGUE, kids, PAGE, SHOWN, FONT]), limits=Limits(pages=20))
    assert problems(many) == [("pages-left-out", "only the first 20 of 100,000 pages were read (--max-pages)")]
    whole = drawn(TEXT)
    start = whole.rindex(b"startxref")
    circular = whole.replace(b"/Size", b"/Prev %d /Size" % whole.index(b"xref\n"), 1)
    assert start
    assert NOTICE in read_document("a.pdf", circular).source


@POSIX
def test_f59_forms_that_hold_themselves_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """59. A form that draws itself twice: bounded by time and memory, and the next document is audited."""
    page = PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> "
    )
    content = stream(f"BT /F1 11 Tf 72 700 Td ({NOTICE}) Tj ET /X Do".encode())
    (folder / "cyclic.pdf").write_bytes(by_hand([CATALOGUE, TREE, page, content, FONT, form]))
    (folder / "privacy.pdf").write_bytes(drawn(TEXT))
    (folder / "privaudit.yaml").write_text("overrides: [{paths: cyclic.pdf, timeout: 3, max_memory: 256}]\n")
    code, out = checked(capsys, "cyclic.pdf", "privacy.pdf")
    assert "privacy.pdf:1:1: error art13-1-a-controller" in out
    assert code in {0, 3}
    assert (code == 3) is ("cyclic.pdf:1:1: not audited" in out)


def test_f60_fonts_that_do_not_tell_their_letters_make_a_page_garbled() -> None:
    """60. A font without a way back to Unicode: the page is named as garbled, the document partial."""
    codes = b"".join(b"%04X" % (ord(char) - 29) for char in NOTICE)
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    inner = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 500 >>"
    )
    tree = [CATALOGUE, TREE, PAGE, stream(b"BT /F1 11 Tf 72 700 Td <" + codes + b"> Tj ET"), font, inner]
    document = read_document("a.pdf", by_hand(tree))
    assert problems(document) == [
        ("text-garbled", "page 1 of 1 is garbled: the fonts do not tell which letters they show")
    ]


def test_f60_columns_headers_and_turned_text_leave_sentences_whole() -> None:
    """60. Two columns, lines that repeat on every page and turned text: no sentence is broken by them."""
    sentence = (
        "We keep the data of your order until the tax law of the country lets us delete it, and not longer than that"
    )
    whole = " ".join(f"{sentence} number {number}." for number in range(60))
    data = pdf([Block(BlockKind.PARAGRAPH, 0, whole)], columns=2, header="A Firm Ltd", footer="Page #", height=420)
    document = read_document("a.pdf", data)
    assert document.source.count("\f") >= 2
    assert document.text(document.blocks[1].span) == whole
    assert document.source.count("A Firm Ltd") == 1

    def turned(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(300, -40, "Draft of 1 May")
        canvas.restoreState()
        lines("We keep your data for two", "years.")(canvas)

    assert "We keep your data for two years." in read_document("a.pdf", drawn(turned)).shadow


def test_f61_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    """61. Zip bombs, 100,000 entries, names that lead out of the archive, archives in archives: bounded or harmless."""
    bomb = hand_docx("", {"word/document.xml": document_xml(p("x" * 70_000_000))})
    assert len(bomb) < 1_000_000
    begun = time.monotonic()
    assert refused("a.docx", bomb) == f"the file unpacks to more than {package.MOST_BYTES:,} bytes of text"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(70_000):
            archive.writestr(zipfile.ZipInfo(f"word/{number}"), "")
    assert "parts, more than 5,000" in refused("a.docx", out.getvalue())
    assert time.monotonic() - begun < 30
    inner = hand_docx(p(NOTICE))
    safe = hand_docx(p(NOTICE), {"../../outside.xml": "<a/>", "/etc/passwd.xml": "<a/>", "word/embedded.docx": inner})
    assert read_document("a.docx", safe).source == NOTICE


def test_f61_a_part_that_lies_about_its_size_is_damaged() -> None:
    """61. The sizes that are declared are not trusted."""
    data = hand_docx(p(NOTICE))
    size = len(document_xml(p(NOTICE)).encode())
    lying = data.replace(size.to_bytes(4, "little"), (size - 50).to_bytes(4, "little"))
    assert lying != data
    assert refused("a.docx", lying) == "word/document.xml in it is damaged"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://firm.example/a.dtd">',
        "<!DOCTYPE w:document>",
        '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_f62_a_document_type_in_a_part_is_refused_and_no_text_behind_it_dropped(doctype: str, encoding: str) -> None:
    """62. XXE and DTD: any document type refuses the file, aloud, whatever its encoding."""
    body = p("We keep your data.") + ("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>" if "ENTITY" in doctype else "") + p(NOTICE)
    text = document_xml(body).replace("UTF-8", encoding).replace("?>", f"?>{doctype}", 1)
    data = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": text.encode(encoding)})
    assert refused("a.docx", data) == ("word/document.xml in it declares a document type, which office files must not")


def test_f62_an_entity_bomb_in_an_opendocument_text_is_refused() -> None:
    """62. The same for ODF."""
    with zipfile.ZipFile(io.BytesIO(odt("<text:p>&x;</text:p>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE a [<!ENTITY x "ha">]>' + parts["content.xml"]
    assert "declares a document type" in refused("a.odt", zipped({**parts, "content.xml": bomb}))


def test_f63_tables_notes_and_boxes_are_read_and_deleted_text_is_not() -> None:
    """63. Word: tables, notes and text boxes in their order; deletions, hidden runs and comments are no text."""
    note = document_xml(f'<w:footnote w:id="2">{p("Six years for invoices.")}</w:footnote>', "footnotes", "")
    comment = document_xml(f'<w:comment w:id="1">{p("Is that so?")}</w:comment>', "comments", "")
    box = f"<w:r><w:pict><w:txbxContent>{p('Write to dpo@firm.example.')}</w:txbxContent></w:pict></w:r>"
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("orders", "contract"))
    kept = f"{r('We keep it for two')}<w:del>{r(' hundred')}</w:del>{r(' thousand', '<w:vanish/>')}{r(' years.')}"
    body = f'<w:p>{kept}<w:r><w:footnoteReference w:id="2"/></w:r>{box}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>'
    data = hand_docx(
        body,
        {"word/footnotes.xml": note, "word/comments.xml": comment},
        [("rId1", "footnotes", "footnotes.xml"), ("rId2", "comments", "comments.xml")],
    )
    document = read_document("a.docx", data)
    assert [document.text(block.span) for block in document.blocks] == [
        "We keep it for two years.", "Six years for invoices.", "Write to dpo@firm.example.", "orders", "contract",
    ]  # fmt: skip
    assert document.problems == ()


UNREAD = {
    "privacy.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "privacy.rtf": b"{\\rtf1 We keep your data.}",
    "privacy.pages": zipped({"Index/Document.iwa": ""}),
    "privacy.eml": b"Subject: Privacy notice\n\nWe keep your data.",
    "privacy.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"),
    "privacy.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("name", UNREAD)
def test_f64_formats_that_are_not_read_are_named(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """64. .doc, .rtf, .pages, e-mail, images: named in one line with exit 3; found by walking, skipped and listed."""
    (folder / name).write_bytes(UNREAD[name])
    (folder / "notice.md").write_text("# Privacy notice\n\nWe keep your data for two years.\n")
    code, out = checked(capsys, name, "notice.md")
    assert code == 3
    assert f"{name}:1:1: not audited not-read" in out
    assert " is not read; " in out
    code, out = checked(capsys, ".")
    assert code == 0
    assert f"skipped {name}: " in out
    assert " is not read; " in out


def test_f64_other_files_of_formats_that_are_not_read_are_nobodys_business(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """64. In a walk, only those whose name is that of a notice."""
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "notice.md").write_text("# Privacy notice\n\nWe keep your data for two years.\n")
    assert "logo.png" not in checked(capsys, ".")[1]


def test_f64_an_encrypted_word_file_is_told_from_an_old_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """64. An encrypted docx has the header of an old office file."""
    data = UNREAD["privacy.doc"] + "EncryptedPackage".encode("utf-16-le")
    (folder / "privacy.docx").write_bytes(data)
    code, out = checked(capsys, ".")
    assert code == 3
    assert "privacy.docx:1:1: not audited not-read the file is encrypted with a password; save it without one" in out


def test_f64_an_opendocument_text_is_read() -> None:
    """64. ODT, which the standard library reads."""
    assert read_document("a.odt", odt(f"<text:p>{NOTICE}</text:p>")).source == NOTICE

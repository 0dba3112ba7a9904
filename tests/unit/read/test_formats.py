import pytest

from privaudit.errors import InputError
from privaudit.read.formats import DOCX, HTML, MARKDOWN, ODT, PDF, TEXT, format_of, media_type_of
from tests.documents.offices import hand_docx, odt, zipped

A_PDF = b"%PDF-1.7\n..."
A_DOCX = hand_docx("")
AN_ODT = odt("")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


MESSAGE = (
    b"Received: from a by b;\n\tMon, 5 Jan 2026\nFrom: dpo@example.org\nSubject: Notice\nMIME-Version: 1.0\n"
    b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nV2Uga2VlcCB5b3VyIGRhdGEu\n"
)


def ole(*names: str) -> bytes:
    return OLE + b"".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("notice.pdf", PDF), ("NOTICE.PDF", PDF), ("a/b.docx", DOCX), ("b.odt", ODT), ("a.txt", TEXT),
        ("a.md", MARKDOWN), ("a.htm", HTML), ("notice", TEXT), ("notice.unknown", TEXT), ("a.rtf", "application/rtf"),
        ("a.eml", "message/rfc822"),
    ],
)  # fmt: skip
def test_names_stand_for_media_types(name: str, kind: str) -> None:
    assert media_type_of(name) == kind


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("notice.pdf", A_PDF, PDF),
        ("notice.pdf", b"\n\nsome bytes that mail left " + A_PDF, PDF),
        ("notice.docx", A_DOCX, DOCX),
        ("notice.odt", AN_ODT, ODT),
        ("stdin", A_PDF, PDF),
        ("stdin", A_DOCX, DOCX),
        ("notice.part", AN_ODT, ODT),
        ("old.doc", A_DOCX, DOCX),
        ("notice.txt", b"PDF begins with %PDF-1.7", TEXT),
        ("stdin", b"<p>text</p>", TEXT),
        # Front matter, and a text that speaks of messages.
        ("a.md", b"Title: Privacy\nDate: 2026-01-05\n\nMIME-Version: 1.0\n", MARKDOWN),
        ("a.txt", b"Messages begin with\nMIME-Version: 1.0\n", TEXT),
        ("a.html", b"text", HTML),
    ],
)
def test_the_bytes_decide_where_the_name_says_nothing(name: str, data: bytes, kind: str) -> None:
    assert format_of(name, data) == kind


def test_a_media_type_that_is_told_stands_above_the_name() -> None:
    assert format_of("notice.html", b"# Text", MARKDOWN) == MARKDOWN
    with pytest.raises(InputError, match="a PDF"):
        format_of("notice.pdf", A_PDF, TEXT)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notice.txt", A_PDF, r"is a PDF, not what \.txt says; rename it to end in \.pdf"),
        ("notice.md", A_DOCX, r"is a Word file, not what \.md says; rename it to end in \.docx"),
        ("notice.docx", A_PDF, "is a PDF, not what .docx says"),
        ("notice.pdf", A_DOCX, "is a Word file, not what .pdf says"),
        ("notice.pdf", b"<!DOCTYPE html><p>Not found", "is HTML, not a PDF as its name says"),
        ("notice.docx", b"just text", "is text or damaged, not a Word file"),
    ],
)
def test_bytes_that_contradict_the_name_are_refused(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        format_of(name, data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rtf", b"{\\rtf1 text}", "RTF is not read; save it as docx, PDF or text"),
        ("stdin", b"{\\rtf1 text}", "RTF is not read"),
        ("a.txt", MESSAGE, "e-mail is not read; save the notice that it holds as HTML"),
        ("stdin", b"From us Mon Jan  5\n" + MESSAGE.replace(b"\n", b"\r\n"), "e-mail is not read"),
        ("a.html", MESSAGE.replace(b"text/plain", b"multipart/related; boundary=x"), "a web archive is not read"),
        ("a.eml", b"From: a@b.example\n\ntext", "e-mail is not read"),
        ("a.msg", ole("__substg1.0_0037001F"), "e-mail is not read"),
        ("a.doc", ole("WordDocument"), r"an old Word file \(.doc\) is not read"),
        ("a.docx", ole("EncryptionInfo", "EncryptedPackage"), "encrypted with a password"),
        ("a.bin", OLE, "an old Word file"),
        ("a.pages", zipped({"Index/Document.iwa": ""}), "a Pages file is not read"),
        ("a.xlsx", zipped({"xl/workbook.xml": ""}), "Excel is not read"),
        ("a.pptx", zipped({"ppt/presentation.xml": ""}), "PowerPoint is not read"),
        ("a.epub", zipped({"mimetype": "application/epub+zip"}), "an EPUB is not read"),
        ("a.zip", zipped({"notice.md": "text"}), "a ZIP archive; unpack it"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "an image is not read"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "an image is not read"),
        ("a.bmp", b"BM....", "an image is not read"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "an image is not read"),
        ("a.gz", b"\x1f\x8b\x08", "a compressed file"),
        ("a", b"\x7fELF\x02", "a program"),
        ("a.pdf", b"", "empty"),
        ("a.docx", b" \n", "empty"),
    ],
)  # fmt: skip
def test_formats_that_are_not_read_are_refused_by_their_name(name: str, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        format_of(name, data)
    assert len(str(caught.value).splitlines()) == 1

"""Which format a file is in: told by its name, found by how its bytes begin; and what to say of those not read."""

from __future__ import annotations

import os
import re

from privaudit.errors import InputError

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
SUFFIXES = {
    ".txt": TEXT, ".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".pdf": PDF, ".docx": DOCX, ".odt": ODT,
}  # fmt: skip
# Formats that a process of its own reads.
BINARY = frozenset({PDF, DOCX, ODT})
_NAMES = {
    TEXT: "text", MARKDOWN: "Markdown", HTML: "HTML", PDF: "a PDF", DOCX: "a Word file", ODT: "an OpenDocument text"
}  # fmt: skip

_INSTEAD = "save it as docx, PDF or text"
_MAIL = "save the notice that it holds as HTML, PDF or text"
_AN_IMAGE = "an image is not read; privaudit needs its text"
# Formats that are not read, by suffix: media type and what to say.
UNREADABLE: dict[str, tuple[str, str]] = {
    ".rtf": ("application/rtf", f"RTF is not read; {_INSTEAD}"),
    ".doc": ("application/msword", f"an old Word file (.doc) is not read; {_INSTEAD}"),
    ".docm": ("application/vnd.ms-word.document.macroEnabled.12", f"a Word file with macros is not read; {_INSTEAD}"),
    ".pages": ("application/vnd.apple.pages", f"a Pages file is not read; {_INSTEAD}"),
    ".wpd": ("application/vnd.wordperfect", f"a WordPerfect file is not read; {_INSTEAD}"),
    ".epub": ("application/epub+zip", f"an EPUB is not read; {_INSTEAD}"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", f"Excel is not read; {_INSTEAD}"),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        f"PowerPoint is not read; {_INSTEAD}",
    ),
    ".eml": ("message/rfc822", f"e-mail is not read; {_MAIL}"),
    ".msg": ("application/vnd.ms-outlook", f"e-mail is not read; {_MAIL}"),
    ".mht": ("multipart/related", "a web archive is not read; save the page as HTML"),
    ".mhtml": ("multipart/related", "a web archive is not read; save the page as HTML"),
    ".png": ("image/png", _AN_IMAGE),
    ".jpg": ("image/jpeg", _AN_IMAGE),
    ".jpeg": ("image/jpeg", _AN_IMAGE),
    ".gif": ("image/gif", _AN_IMAGE),
    ".webp": ("image/webp", _AN_IMAGE),
    ".tif": ("image/tiff", _AN_IMAGE),
    ".tiff": ("image/tiff", _AN_IMAGE),
    ".bmp": ("image/bmp", _AN_IMAGE),
}
_MAGIC = (
    (b"{\\rtf", UNREADABLE[".rtf"][1]),
    (b"\x89PNG", _AN_IMAGE),
    (b"\xff\xd8\xff", _AN_IMAGE),
    (b"GIF8", _AN_IMAGE),
    (b"II*\x00", _AN_IMAGE),
    (b"MM\x00*", _AN_IMAGE),
    (b"\x1f\x8b", "the file is a compressed file"),
    (b"7z\xbc\xaf", "the file is a compressed file"),
    (b"\x7fELF", "the file is a program"),
    (b"MZ\x90\x00", "the file is a program"),
)
# Readers of PDF look for its beginning in so many bytes (PDF 1.7, implementation note 13).
_PDF_REACH = 1024
# A message by its header fields (RFC 5322), of which one says that it may be encoded (RFC 2045): what one reads in it
# is not what stands there.
_MESSAGE = (
    rb"(?i)(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n){0,99}){0,99}?MIME-Version:(?:[^\r\n]+\r?\n){1,99}"
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF = b"mimetype" + ODT.encode()
# Names of entries, which a ZIP file holds as they are.
_IN_ZIP = (
    (b"xl/workbook", UNREADABLE[".xlsx"][1]),
    (b"ppt/presentation", UNREADABLE[".pptx"][1]),
    (b"Index/Document.iwa", UNREADABLE[".pages"][1]),
    (b"mimetypeapplication/epub+zip", UNREADABLE[".epub"][1]),
)
_IN_OLE = (
    ("EncryptedPackage", "the file is encrypted with a password; save it without one"),
    ("WordDocument", UNREADABLE[".doc"][1]),
    ("__substg1.0_", UNREADABLE[".msg"][1]),
)


def media_type_of(path: str) -> str:
    """The media type that a file name stands for; plain text where it says nothing."""
    suffix = os.path.splitext(path)[1].lower()
    return UNREADABLE[suffix][0] if suffix in UNREADABLE else SUFFIXES.get(suffix, TEXT)


def format_of(path: str, data: bytes, told: str | None = None) -> str:
    """The media type by which a file is to be read.

    What its bytes say of themselves holds where its name, or the media type that is told, says nothing. Raises
    `InputError` where the two contradict each other, and for a format that is not read.
    """
    if not data.strip():
        raise InputError("the file is empty")
    suffix = os.path.splitext(path)[1].lower()
    told = told or SUFFIXES.get(suffix)
    found = _found(data, told)
    if found is None and told in BINARY:
        is_html = data[:_PDF_REACH].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        raise InputError(f"the file is {'HTML' if is_html else 'text or damaged'}, not {_NAMES[told]} as its name says")
    if found is not None and told is not None and found != told:
        named = suffix or told
        raise InputError(f"the file is {_NAMES[found]}, not what {named} says; rename it to end in {_suffix(found)}")
    if found is None and suffix in UNREADABLE:
        raise InputError(UNREADABLE[suffix][1])
    return found or told or TEXT


def _suffix(media_type: str) -> str:
    return next(suffix for suffix, kind in SUFFIXES.items() if kind == media_type)


def _found(data: bytes, told: str | None) -> str | None:
    """The binary format that the bytes begin as, None for text; raises `InputError` for one that is not read."""
    if data.startswith(b"%PDF-") or (told in {None, PDF} and b"%PDF-" in data[:_PDF_REACH]):
        return PDF
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(what)
    if message := _message(data.removeprefix(b"\xef\xbb\xbf")):
        is_page = b"multipart/related" in message.lower()
        raise InputError(UNREADABLE[".mhtml" if is_page else ".eml"][1])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise InputError(_AN_IMAGE)
    if data.startswith(_OLE):
        raise InputError(
            next((what for name, what in _IN_OLE if name.encode("utf-16-le") in data), UNREADABLE[".doc"][1])
        )
    return _in_zip(data, told) if data.startswith(_ZIP) else None


def _message(data: bytes) -> bytes:
    """The header of a message; empty where the bytes are none, as the first line tells of most."""
    first = data[: data.find(b"\n") + 1].lower()
    if b":" not in first and not first.startswith(b"from "):
        return b""
    found = re.match(_MESSAGE, data)
    return found[0] if found else b""


def _in_zip(data: bytes, told: str | None) -> str:
    if data[30 : 30 + len(_ODF)] == _ODF:
        return ODT
    for name, what in _IN_ZIP:
        if name in data:
            raise InputError(what)
    if told == ODT or b"word/" in data:
        return told if told in {DOCX, ODT} else DOCX
    raise InputError(f"the file is a ZIP archive; unpack it, or {_INSTEAD}")

"""Reading: bytes become a `Document` whose every character leads back to the source."""

from __future__ import annotations

import os

from privaudit.document import UNKNOWN_LANGUAGE, Document, LanguageGuess
from privaudit.read.decode import decode
from privaudit.read.formats import BINARY, DOCX, HTML, MARKDOWN, ODT, PDF, TEXT, format_of, media_type_of
from privaudit.read.limits import Limits
from privaudit.read.structure import Assembler

__all__ = ["DOCX", "HTML", "MARKDOWN", "ODT", "PDF", "TEXT", "Limits", "media_type_of", "read_document"]

_NO_LIMITS_TOLD = Limits()
# ISO 639-1 codes of the languages of the EU and EEA.
_CODES = frozenset({
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb",
    "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sv",
})  # fmt: skip


def read_document(
    path: str,
    data: bytes,
    media_type: str | None = None,
    encoding: str | None = None,
    limits: Limits = _NO_LIMITS_TOLD,
) -> Document:
    """Reads a document; raises `InputError` with the reason where there is none to be read.

    `media_type` is one of those of this module, told from the file name, else from the bytes, if None; `encoding`
    overrules what the bytes of a text say of themselves; `limits` bound what reading may cost.
    """
    kind = format_of(path, data, media_type)
    if kind in BINARY:
        from privaudit.read.worker import read_apart

        return read_apart(path, data, kind, limits)._replace(declared=_by_name(path))
    source, problems = decode(data, html=kind == HTML, encoding=encoding)
    assembler = Assembler(source, limits.depth)
    declared: str | None = None
    origin = ""
    if kind == HTML:
        from privaudit.read.html import read_html

        declared, origin = read_html(assembler), "html"
    elif kind == MARKDOWN:
        from privaudit.read.markdown import read_markdown

        declared, origin = read_markdown(assembler), "front-matter"
    else:
        from privaudit.read.text import read_text

        read_text(assembler)
    guess = LanguageGuess(declared, 1.0, origin) if declared else _by_name(path)
    return assembler.finish(path, kind, data, guess, problems)


def _by_name(path: str) -> LanguageGuess:
    """The language that a name such as `notice.sv.md` tells."""
    code = os.path.splitext(os.path.splitext(path)[0])[1][1:].lower()
    return LanguageGuess(code, 0.9, "file-name") if code in _CODES else UNKNOWN_LANGUAGE

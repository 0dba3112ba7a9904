"""Reading: bytes become a `Document` whose every character leads back to the source."""

from __future__ import annotations

from pathlib import PurePath

from privaudit.document import UNKNOWN_LANGUAGE, Document, LanguageGuess
from privaudit.read.decode import decode
from privaudit.read.structure import Assembler

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
_SUFFIXES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".xhtml": HTML}
# ISO 639-1 codes of the languages of the EU and EEA.
_CODES = frozenset({
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt", "lv", "mt", "nb",
    "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sv",
})  # fmt: skip


def media_type_of(path: str) -> str:
    """The media type that a file name stands for; plain text where it says nothing."""
    return _SUFFIXES.get(PurePath(path).suffix.lower(), TEXT)


def read_document(path: str, data: bytes, media_type: str | None = None, encoding: str | None = None) -> Document:
    """Reads a document; raises `InputError` with the reason where there is none to be read.

    `media_type` is `text/plain`, `text/markdown` or `text/html`, told from the file name if None; `encoding` overrules
    what the bytes say of themselves.
    """
    kind = media_type or media_type_of(path)
    source, problems = decode(data, html=kind == HTML, encoding=encoding)
    assembler = Assembler(source)
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
    guess = UNKNOWN_LANGUAGE
    if declared:
        guess = LanguageGuess(declared, 1.0, origin)
    elif (code := PurePath(PurePath(path).stem).suffix[1:].lower()) in _CODES:
        guess = LanguageGuess(code, 0.9, "file-name")
    return assembler.finish(path, kind, data, guess, problems)

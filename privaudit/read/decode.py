"""Bytes to text: byte order mark, then what HTML declares, then UTF-8, then a guess with a remark."""

from __future__ import annotations

import codecs
import re

from privaudit.document import Problem
from privaudit.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})"""
_XML = rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_.:-]{2,40})"""
_META_REACH = 4096
# Codecs that a page may name (WHATWG Encoding); Python knows others that are no encodings of text.
_CODECS = (
    r"utf-8|iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb2312|gbk|gb18030|big5(?:hkscs)?|euc_(?:jp|kr)|iso2022_jp|shift_jis"
)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"
# In a text hardly any byte is a control character.
_MOST_CONTROLS = 0.05
_MOST_LOST = 0.01
_NAME_IT = ", name the encoding with --encoding"


def decode(data: bytes, *, html: bool = False, encoding: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The text without its byte order mark, newlines untouched.

    Raises `InputError` for an empty or binary file, and for bytes that a named `encoding` does not know.
    """
    if not data.strip():
        raise InputError("the file is empty")
    if encoding:
        return _strictly(data, encoding), ()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), ()
    if zeros := data.count(0):
        return _holed(data, zeros)
    declared = _declared(data) if html else None
    if declared:
        try:
            return data.decode(declared), ()
        except UnicodeDecodeError as error:
            wrong = f"declared to be in {declared}, which it is not (byte {error.start})"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = wrong if declared else f"not valid UTF-8 (byte {error.start})"
    else:
        return text, (Problem("encoding-guessed", f"{wrong}; read as UTF-8{_NAME_IT}"),) if declared else ()
    if len(data) - len(data.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(data):
        raise InputError("the file is binary")
    from privaudit.read.guess import guess

    codec = guess(data)
    return data.decode(codec), (Problem("encoding-guessed", f"{wrong}; read as {_told(codec)}{_NAME_IT}"),)


def _told(codec: str) -> str:
    """A codec by the name that people know."""
    return codec.replace("cp125", "Windows-125").replace("iso8859", "ISO-8859").replace("latin-1", "ISO-8859-1")


def _declared(data: bytes) -> str | None:
    """The codec that a page declares, by its `meta` element or, as XHTML, in its first line; None where it is none."""
    found = re.search(_META, data[:_META_REACH], re.IGNORECASE) or re.match(_XML, data)
    return _known(found[1].decode("ascii")) if found else None


def _known(name: str) -> str | None:
    """The codec for a name that HTML declares; Latin-1, ASCII and x-user-defined mean Windows-1252 there, and UTF-16
    what the bytes say (WHATWG HTML, "prescan a byte stream").
    """
    if name.lower() == "x-user-defined":
        return "cp1252"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    if not re.fullmatch(_CODECS, codec):
        return None
    return "cp1252" if codec in {"iso8859-1", "ascii"} else codec


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise InputError(f"unknown encoding {encoding!r}") from None
    except (UnicodeDecodeError, UnicodeError) as error:
        raise InputError(f"the bytes are no {encoding}: {getattr(error, 'reason', error)}") from None


def _holed(data: bytes, zeros: int) -> tuple[str, tuple[Problem, ...]]:
    """UTF-8 with a few zero bytes, as ligatures leave them that were lost on the way out of a PDF; else UTF-16."""
    if zeros <= _MOST_LOST * len(data):
        try:
            lost = Problem("characters-lost", f"{zeros} zero bytes stand where characters were lost")
            return data.decode("utf-8"), (lost,)
        except UnicodeDecodeError:
            pass
    return _wide(data), ()


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, evident from where its zero bytes stand; anything else with zero bytes is binary."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) // 2 or 1
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros > 0.7 * half and others < 0.05 * half:
            return _strictly(data[: len(data) // 2 * 2], name)
    raise InputError("the file is binary")

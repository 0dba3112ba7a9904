"""Records from web archives (WARC, ISO 28500): pages as servers sent them, or the text that was taken out of them."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from privaudit.corpus.record import Record, day_of
from privaudit.corpus.streams import DamagedError, Opened, needed, opened
from privaudit.errors import InputError
from privaudit.read import DOCX, HTML, MARKDOWN, ODT, PDF, TEXT
from privaudit.regular import too_large

_XHTML = "application/xhtml+xml"
_DOCUMENTS = {one: one for one in (HTML, TEXT, MARKDOWN, PDF, DOCX, ODT)} | {_XHTML: HTML}
# What holds a document; requests, revisits and metadata hold none, nor does an answer that is no success.
_HOLDS = frozenset({"response", "resource", "conversion"})
_SUCCESS = frozenset({"200", "203"})
# How each record ends.
_END = b"\r\n\r\n"


def read_warc(shard: str, path: str, after: int, max_bytes: int) -> Iterator[Record]:
    """The documents of an archive behind record `after`: HTML, text, Markdown, PDF and office files.

    Raises `DamagedError` where the archive cannot be read on; a record that is cut off by its end is none.
    """
    with opened(path) as stream:
        for number, one in _numbered(stream):
            if number > after and one.rec_type in _HOLDS:
                found = _record(shard, number, one, max_bytes)
                if found:
                    yield found._replace(read=stream.file.tell())


def _numbered(stream: Opened) -> Iterator[tuple[int, Any]]:
    """The records of an archive, each with its number; raises `DamagedError`."""
    iterate = needed("warcio.archiveiterator").ArchiveIterator
    failed = needed("warcio.exceptions").ArchiveLoadFailed
    whole = stream.content is not stream.file or _ends(stream.file)
    records = iter(iterate(_Available(stream.content)))
    number = 0
    while True:
        how = "damaged" if whole else "cut short"
        try:
            one = next(records, None)
        except (failed, AttributeError, ValueError):
            # It takes what is no head for one without fields.
            raise DamagedError(f"is {how} behind record {number}" if number else "is no WARC") from None
        if one is None:
            break
        if one.format != "warc" or not (one.rec_headers.protocol or "").startswith("WARC/"):
            raise DamagedError(f"is {how} behind record {number}" if number else "is no WARC")
        number += 1
        yield number, one
    if not whole:
        raise DamagedError(f"is cut short behind record {number}")


class _Available:
    """A stream that gives what it has before it tells of what is wrong with the rest."""

    def __init__(self, content: Any) -> None:  # noqa: ANN401
        self._content = content

    def read(self, size: int) -> bytes:
        found: bytes = self._content.read1(size)
        return found

    def tell(self) -> int:
        at: int = self._content.tell()
        return at


def _ends(file: IO[bytes]) -> bool:
    """Whether a file is empty or ends as an archive does."""
    size = file.seek(0, 2)
    file.seek(max(0, size - len(_END)))
    ends = file.read() in (b"", _END)
    file.seek(0)
    return ends


class _Head(NamedTuple):
    """What a record says of its document."""

    media_type: str
    charset: str | None
    packed: str


def _record(shard: str, number: int, one: Any, max_bytes: int) -> Record | None:  # noqa: ANN401
    """The document of a record, None where it has none."""
    if one.http_headers and one.http_headers.get_statuscode() not in _SUCCESS:
        return None
    head = _head(one)
    if head.media_type not in _DOCUMENTS:
        return None
    say = one.rec_headers.get_header
    record = Record(
        shard,
        number,
        id=(say("WARC-Record-ID") or "").strip("<> "),
        url=say("WARC-Target-URI"),
        media_type=_DOCUMENTS[head.media_type],
        encoding=head.charset,
    )
    try:
        record = record._replace(day=day_of(say("WARC-Date")))
        data = _content(one, head, max_bytes)
    except DamagedError:
        raise
    except InputError as error:
        return record._replace(fault=str(error))
    cut = say("WARC-Truncated")
    return record._replace(data=data, cut=f"the crawler has cut it short ({cut})" if cut else "")


def _content(one: Any, head: _Head, max_bytes: int) -> bytes:  # noqa: ANN401
    supported = needed("warcio.bufferedreaders").BufferedReader.get_supported_decompressors()
    if head.packed not in ("", "identity", "none", *supported):
        raise InputError(f"is packed as {head.packed[:20]}, which is not read")
    try:
        data: bytes = one.content_stream().read(max_bytes + 1)
    except (EOFError, OSError, zlib.error):
        # Of the archive, not of this record.
        raise
    except Exception as error:
        raise InputError(f"cannot be unpacked: {type(error).__name__}") from None
    if len(data) > max_bytes:
        raise too_large(max_bytes)
    if getattr(one.raw_stream, "limit", 0) > 0:
        raise DamagedError("is cut short in the middle of a record")
    return data


def _head(one: Any) -> _Head:  # noqa: ANN401
    headers = one.http_headers or one.rec_headers
    told = headers.get_header("Content-Type") or ""
    media_type = told.partition(";")[0].strip().lower()
    charset = re.search(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", told, re.IGNORECASE)
    packed = (one.http_headers.get_header("Content-Encoding") or "") if one.http_headers else ""
    return _Head(media_type, _codec(charset[1]) if charset and media_type in (HTML, _XHTML) else None, packed.lower())


def _codec(name: str) -> str | None:
    """UTF-8 where a server says so, which holds against what the page says; of others the page and its bytes tell."""
    try:
        return "utf-8" if codecs.lookup(name).name == "utf-8" else None
    except LookupError:
        return None

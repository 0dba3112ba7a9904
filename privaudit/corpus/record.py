"""A record of a corpus: a document with what is known of it, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from privaudit.config.words import language_of
from privaudit.errors import InputError
from privaudit.read import HTML, MARKDOWN, TEXT
from privaudit.regular import too_large

# The fields of a record; one of the first two is the document.
DOCUMENT_FIELDS = ("html", "text")
FIELDS = (*DOCUMENT_FIELDS, "id", "url", "date", "lang", "media_type")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(NamedTuple):
    """A document of a corpus.

    `shard` is the file that it comes from and `number` its place in there, from 1: the line, the row, the record of an
    archive; a document in a file of its own is 1. `data` is the document, or `file` where it lies; with a `fault` it is
    neither, for that reason. `day` is the day by whose law it is judged and `lang` its language, where the record says
    so. `cut` says how the text ends before its end. `repeated`: an earlier record has the same `id`. `damage`: no
    document, but a part of the shard that cannot be read. `read` counts the bytes of the shard up to here, and
    `position` is by what a run goes on behind it.
    """

    shard: str
    number: int
    id: str = ""
    url: str | None = None
    day: date | None = None
    lang: str | None = None
    media_type: str = TEXT
    encoding: str | None = None
    data: bytes | None = None
    file: str = ""
    named: bool = True
    fault: str = ""
    cut: str = ""
    repeated: bool = False
    damage: bool = False
    read: int = 0
    position: int = 0

    @property
    def document_id(self) -> str:
        """Its id, else its place."""
        return self.id or f"{self.shard}:{self.number}"


def record_of(shard: str, number: int, values: Mapping[str, Any], max_bytes: int) -> Record:
    """The record that fields make; what is wrong with one of them is its fault."""
    record = Record(shard, number)
    try:
        # First what tells which record it is.
        record = record._replace(id=_text(values, "id") or "", url=_text(values, "url"))
        record = record._replace(day=day_of(values.get("date")), lang=_language(values))
        return _with_document(record, values, max_bytes)
    except InputError as error:
        return record._replace(fault=str(error))


def _with_document(record: Record, values: Mapping[str, Any], max_bytes: int) -> Record:
    name = next((field for field in DOCUMENT_FIELDS if values.get(field) not in (None, "", b"")), None)
    if name is None:
        raise InputError("has neither text nor html")
    value = values[name]
    if isinstance(value, str):
        # A byte order mark is none of the text; half a pair of UTF-16 is no character.
        data = _SURROGATE.sub("\ufffd", value.removeprefix("\ufeff")).encode()
    elif isinstance(value, bytes):
        data = value
    else:
        raise InputError(f"{name}: is no text")
    if len(data) > max_bytes:
        raise too_large(max_bytes)
    told = (_text(values, "media_type") or "").partition(";")[0].strip().lower()
    media_type = HTML if name == "html" else told if told in (HTML, MARKDOWN) else TEXT
    # What a page declares of its encoding was true of the bytes that it came in.
    encoding = "utf-8" if isinstance(value, str) and media_type == HTML else None
    return record._replace(data=data, media_type=media_type, encoding=encoding)


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{name}: is no text")
    return _SURROGATE.sub("\ufffd", value).strip() or None if value else None


def _language(values: Mapping[str, Any]) -> str | None:
    value = _text(values, "lang")
    code = language_of(value) if value else None
    if value and code is None:
        raise InputError(f"lang: {_cut(value)!r} is no language code; write two letters, such as en or sv")
    return code


def day_of(value: object) -> date | None:
    """The day that a record tells, of which the time is left out; None where it tells none. Raises `InputError`."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        # ISO 8601, as far as a day and a time go.
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ].{0,40})?", value.strip(), re.DOTALL)
        try:
            if found:
                return date.fromisoformat(found[1])
        except ValueError:
            pass
        raise InputError(f"date: {_cut(value)!r} is no date; write it as YYYY-MM-DD")
    raise InputError("date: is no date; write it as YYYY-MM-DD")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"

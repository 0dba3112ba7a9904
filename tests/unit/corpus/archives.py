"""Files of records, written as other programs write them."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from privaudit.corpus.record import Record
from privaudit.corpus.streams import DamagedError


def jsonl(path: Path, records: Iterable[Any]) -> Path:
    """Writes a record a line; packed where the name says so, and bytes as they are."""
    lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
    data = b"".join(line + b"\n" for line in lines)
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = pa.Codec("zstd").compress(data, asbytes=True)
    path.write_bytes(data)
    return path


def parquet(path: Path, columns: dict[str, Any], group: int = 100) -> Path:
    """Writes columns, so many rows to a group."""
    pq.write_table(pa.table(columns), path, row_group_size=group)
    return path


class Page(NamedTuple):
    """An answer of a server, or with another `kind` than `response` the bytes alone."""

    body: bytes
    content_type: str = "text/html"
    status: str = "200 OK"
    kind: str = "response"
    headers: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()


def warc(path: Path, pages: Iterable[Page]) -> Path:
    """Writes an archive (ISO 28500), each record packed by itself where the name says so."""
    records = [_record(number, page) for number, page in enumerate(pages, 1)]
    path.write_bytes(b"".join(map(gzip.compress, records) if path.suffix == ".gz" else records))
    return path


def _record(number: int, page: Page) -> bytes:
    answer = [("Content-Type", page.content_type), *page.headers]
    body = page.body
    if page.kind == "response":
        body = _head(f"HTTP/1.1 {page.status}", answer) + body
    about = {
        "WARC-Type": page.kind,
        "WARC-Record-ID": f"<urn:uuid:{number:08}-0000-4000-8000-000000000000>",
        "WARC-Date": f"2020-03-{number:02}T10:00:00Z",
        "WARC-Target-URI": f"https://{number}.example/privacy",
        "Content-Type": "application/http; msgtype=response" if page.kind == "response" else page.content_type,
        "Content-Length": str(len(body)),
        **dict(page.about),
    }
    return _head("WARC/1.0", about.items()) + body + b"\r\n\r\n"


def _head(first: str, fields: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{line}\r\n" for line in (first, *(f"{name}: {value}" for name, value in fields), "")).encode()


def until_damaged(records: Iterable[Record]) -> tuple[list[Record], str]:
    """The records before the damage, and what is said of that; empty where there is none."""
    found: list[Record] = []
    try:
        for one in records:
            found.append(one)  # noqa: PERF402 - what came before stays
    except DamagedError as error:
        return found, str(error)
    return found, ""

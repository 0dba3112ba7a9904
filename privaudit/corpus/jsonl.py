"""Records from JSON Lines: an object a line (jsonlines.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from privaudit.corpus.record import Record, record_of
from privaudit.corpus.streams import Opened, opened
from privaudit.regular import too_large

_PIECE = 1 << 20


def read_jsonl(shard: str, path: str, after: int, max_bytes: int) -> Iterator[Record]:
    """The records of a file behind line `after`; a line of more than `max_bytes` is a fault and never held whole.

    Blank lines are none. Raises `DamagedError` where the file cannot be read on.
    """
    with opened(path) as stream:
        for number, line in _lines(stream.content, max_bytes):
            if number > after and line.strip():
                yield _record(shard, number, line, max_bytes)._replace(read=_told(stream))


def _told(stream: Opened) -> int:
    return stream.file.tell()


def _lines(content: IO[bytes], max_bytes: int) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; of one that is too long, the beginning, which is one byte too long."""
    number = 0
    while line := content.readline(max_bytes + 1):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = content.readline(_PIECE)
        yield number, line.rstrip(b"\r\n")


def _record(shard: str, number: int, line: bytes, max_bytes: int) -> Record:
    if len(line) > max_bytes:
        return Record(shard, number, fault=str(too_large(max_bytes)))
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        return Record(shard, number, fault=f"is no JSON: {error.msg}, column {error.colno}")
    except UnicodeDecodeError as error:
        return Record(shard, number, fault=f"is no UTF-8: {error.reason}, byte {error.start}")
    except (ValueError, RecursionError):
        return Record(shard, number, fault="is no JSON that can be read: a number too long, or nested too deeply")
    if not isinstance(values, dict):
        return Record(shard, number, fault="is no object")
    return record_of(shard, number, values, max_bytes)

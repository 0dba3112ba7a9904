"""Records from Parquet, a few rows of the columns that count at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator

from privaudit.corpus.record import DOCUMENT_FIELDS, FIELDS, Record, record_of
from privaudit.corpus.streams import DamagedError, damage_told, needed, opened
from privaudit.record import Any
from privaudit.regular import too_large

# Rows that are held at a time: as many as have about so many bytes, within these bounds.
_BATCH_BYTES = 4_000_000
_FEWEST, _MOST = 1, 256
_TOLD_COLUMNS = 12


def read_parquet(shard: str, path: str, after: int, max_bytes: int) -> Iterator[Record]:
    """The records of a file behind row `after`; a document of more than `max_bytes` is a fault.

    Row groups are read page by page: a page is the least that is held, and holds a document whole, however large.
    Raises `DamagedError` where the file cannot be read on, and for one without a column of documents.
    """
    parquet = needed("pyarrow.parquet")
    arrow = needed("pyarrow")
    with opened(path) as stream:
        try:
            with parquet.ParquetFile(stream.file, pre_buffer=False) as file:
                size = os.fstat(stream.file.fileno()).st_size
                for record in _records(shard, file, after, max_bytes):
                    # Groups are not read in one go: what was read is told by the rows.
                    yield record._replace(read=size * record.number // file.metadata.num_rows)
        except arrow.ArrowException as error:
            raise DamagedError(f"is damaged, or no Parquet: {str(error).splitlines()[0]}") from None


def _records(shard: str, file: Any, after: int, max_bytes: int) -> Iterator[Record]:
    names = file.schema_arrow.names
    columns = [name for name in FIELDS if name in names]
    if not set(columns) & set(DOCUMENT_FIELDS):
        told = ", ".join(names[:_TOLD_COLUMNS]) + (", …" if len(names) > _TOLD_COLUMNS else "")
        raise DamagedError(f"has no column text or html, only: {told}")
    number = 0
    for group in range(file.num_row_groups):
        about = file.metadata.row_group(group)
        if number + about.num_rows <= after:
            number += about.num_rows
            continue
        each = sum(about.column(at).total_uncompressed_size for at in _at(about, columns)) // max(1, about.num_rows)
        size = max(_FEWEST, min(_MOST, _BATCH_BYTES // max(1, each)))
        batches = file.iter_batches(size, row_groups=[group], columns=columns, use_threads=False)
        while True:
            with damage_told():
                batch = next(batches, None)
            if batch is None:
                break
            for values in _rows(batch, max_bytes):
                number += 1
                if number > after:
                    yield _record(shard, number, values, max_bytes)


def _at(about: Any, columns: list[str]) -> Iterator[int]:
    return (at for at in range(about.num_columns) if about.column(at).path_in_schema in columns)


def _rows(batch: Any, max_bytes: int) -> Iterator[dict[str, Any]]:
    """The values of each row; in place of a document that is too large, its length."""
    columns = {name: _plain(batch.column(name)) for name in batch.schema.names}
    lengths = {name: _lengths(columns[name]) for name in DOCUMENT_FIELDS if name in columns}
    for row in range(batch.num_rows):
        values: dict[str, Any] = {}
        for name, column in columns.items():
            long = (lengths[name][row] or 0) > max_bytes if lengths.get(name) else False
            values[name] = _TooLarge() if long else column[row].as_py()
        yield values


class _TooLarge:
    """Stands for a document that is not taken out of its batch."""


def _record(shard: str, number: int, values: dict[str, Any], max_bytes: int) -> Record:
    large = [name for name in DOCUMENT_FIELDS if isinstance(values.get(name), _TooLarge)]
    if not large:
        return record_of(shard, number, values, max_bytes)
    record = record_of(shard, number, {**values, **dict.fromkeys(large), "text": "-"}, max_bytes)
    return record._replace(data=None, fault=record.fault or str(too_large(max_bytes)))


def _plain(column: Any) -> Any:
    """A column whose values Python takes as they are."""
    arrow = needed("pyarrow")
    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if arrow.types.is_timestamp(column.type):
        # A day is all that counts, and nanoseconds have no type in Python.
        column = column.cast(arrow.date32(), safe=False)
    return column


def _lengths(column: Any) -> list[int | None]:
    """The bytes of each value of a column of text; empty for any other."""
    arrow = needed("pyarrow")
    kind = column.type
    if not any(
        getattr(arrow.types, f"is_{name}")(kind) for name in ("string", "large_string", "binary", "large_binary")
    ):
        return []
    lengths: list[int | None] = needed("pyarrow.compute").binary_length(column).to_pylist()
    return lengths

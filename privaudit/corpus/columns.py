"""The columns of the output, as JSON Lines and as Parquet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from privaudit.corpus.rows import Row
from privaudit.corpus.streams import needed
from privaudit.record import Any
from privaudit.render.sanitise import encodable

# Numbers, all others being text; and those that no row lacks.
NUMBERS = frozenset({"line", "start", "end", "record"})
DAYS = frozenset({"date"})
NEVER_NULL = frozenset({"document_id", "status", "pack_version", "shard", "record"})


def as_line(row: Row) -> bytes:
    """A row as an object in a line, in UTF-8."""
    values = {name: encodable(value) if isinstance(value, str) else value for name, value in row._asdict().items()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def arrow_schema() -> Any:
    """The columns as Arrow knows them."""
    arrow = needed("pyarrow")
    return arrow.schema([
        arrow.field(name, _kind(name), nullable=name not in NEVER_NULL) for name in Row._fields
    ])  # fmt: skip


def _kind(name: str) -> Any:
    arrow = needed("pyarrow")
    if name in NUMBERS:
        return arrow.int64()
    return arrow.date32() if name in DAYS else arrow.string()


def as_table(rows: Sequence[Row]) -> Any:
    """Rows as a table of Arrow."""
    arrow = needed("pyarrow")
    schema = arrow_schema()
    columns = zip(*rows, strict=True) if rows else [()] * len(Row._fields)
    arrays = [
        arrow.array(_values(field.name, values), field.type) for field, values in zip(schema, columns, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


def as_days(values: Sequence[str | None]) -> list[date | None]:
    """Days that are written out, as days."""
    return [date.fromisoformat(value) if value else None for value in values]


def _values(name: str, values: Sequence[Any]) -> list[Any]:
    if name in DAYS:
        return as_days(values)
    if name in NUMBERS:
        return list(values)
    return [encodable(value) if value else value for value in values]

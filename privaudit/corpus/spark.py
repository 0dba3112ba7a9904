"""A corpus on Spark: rows of Parquet in, rows of findings out; retries, partitions and files are Spark's own affair.

Each task audits its rows one after the other, in the process that is given to it, through the same path as on one
machine. With its rows come the counts that the summary is made of, since findings alone do not tell them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from privaudit.corpus.columns import DAYS, NEVER_NULL, NUMBERS, as_days
from privaudit.corpus.record import DOCUMENT_FIELDS, FIELDS, Record, record_of
from privaudit.corpus.rows import Result, Row
from privaudit.corpus.tally import Tally
from privaudit.errors import UsageError

_PATH, _INDEX, _REPEATED, _COUNTED = "_privaudit_path", "_privaudit_index", "_privaudit_repeated", "_privaudit_counted"
# Records whose rows are handed on together, with what they count.
_BATCH = 500
# Rows of the input that are in the memory of a task at a time.
_READ = "64"


class Auditing(Protocol):
    """Audits records in order where a task runs; it is pickled on its way there."""

    def __call__(self, records: Iterator[Record]) -> Iterator[Result]:
        """What comes of each record."""


class Job(NamedTuple):
    """Where rows are read and written, by paths or addresses that Spark knows.

    `base` is the folder to which shards are named relative, `limit` the most bytes of a document.
    """

    source: str
    output: str
    base: str
    limit: int


def run(session: Any, job: Job, auditing: Auditing) -> Tally:  # noqa: ANN401 - a SparkSession
    """Audits a corpus with a session of Spark; gives the counts over everything.

    Raises `UsageError` where the input has no documents or the output is there.
    """
    from pyspark import StorageLevel
    from pyspark.errors import AnalysisException

    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _READ)
    try:
        records = _records(session, job)
        rows = records.mapInPandas(_Mapped(job, auditing), _schema())
        # Written and counted from one pass.
        rows.persist(StorageLevel.DISK_ONLY)
        rows.drop(_COUNTED).write.mode("errorifexists").parquet(job.output)
    except AnalysisException as error:
        raise UsageError(_told(error, job)) from None
    tally = Tally()
    for row in rows.where(rows[_COUNTED].isNotNull()).select(_COUNTED).toLocalIterator():
        tally.include(Tally.kept(json.loads(row[0])))
    rows.unpersist()
    return tally


def _told(error: Any, job: Job) -> str:  # noqa: ANN401
    condition = error.getCondition() or ""
    if "PATH_ALREADY_EXISTS" in condition:
        return f"{job.output}: is there already; give another output"
    if "PATH_NOT_FOUND" in condition:
        return f"{job.source}: no such file or folder"
    if "UNABLE_TO_INFER_SCHEMA" in condition:
        return f"{job.source}: no Parquet file found; with --engine spark the input is Parquet"
    return f"Spark: {str(error).splitlines()[0]}"


def _records(session: Any, job: Job) -> Any:  # noqa: ANN401
    """The rows of the input with their places, and whether an earlier one has the same id."""
    from pyspark.sql import functions as f

    reader = session.read.option("recursiveFileLookup", "true").option("mergeSchema", "true")
    frame = reader.option("pathGlobFilter", "*.parquet").parquet(job.source)
    columns = [name for name in FIELDS if name in frame.columns]
    if not set(columns) & set(DOCUMENT_FIELDS):
        raise UsageError(f"{job.source}: has no column text or html, only: {', '.join(frame.columns[:12])}")
    kinds = dict(frame.dtypes)
    wanted = [_plain(f.col(name), kinds[name]).alias(name) for name in columns]
    place = [f.col("_metadata.file_path").alias(_PATH), f.col("_metadata.row_index").alias(_INDEX)]
    frame = frame.select(*wanted, *place)
    if "id" not in columns:
        return frame.withColumn(_REPEATED, f.lit(False))
    name = f.trim(f.col("id").cast("string"))
    # Before pandas makes a number with a point of it.
    frame = frame.withColumn("id", name if kinds["id"] in _WHOLE else f.col("id"))
    keys = frame.where(name != "").groupBy(name.alias("_key"))
    first = keys.agg(f.min(f.struct(_PATH, _INDEX)).alias("_first"), f.count("*").alias("_count")).where("_count > 1")
    if first.isEmpty():
        return frame.withColumn(_REPEATED, f.lit(False))
    joined = frame.join(first, name == first["_key"], "left")
    repeated = f.coalesce(f.struct(_PATH, _INDEX) != f.col("_first"), f.lit(False))
    return joined.withColumn(_REPEATED, repeated).drop("_key", "_first", "_count")


_WHOLE = ("tinyint", "smallint", "int", "bigint")


def _plain(column: Any, kind: str) -> Any:  # noqa: ANN401
    """A column whose values pandas takes as they are: of a time, the day counts."""
    return column.cast("date") if kind.startswith("timestamp") else column


def _schema() -> str:
    def kind(name: str) -> str:
        return "bigint" if name in NUMBERS else "date" if name in DAYS else "string"

    columns = [f"{name} {kind(name)}{' not null' if name in NEVER_NULL else ''}" for name in Row._fields]
    return ", ".join([*columns, f"{_COUNTED} string"])


class _Mapped:
    """What a task does with its rows."""

    def __init__(self, job: Job, auditing: Auditing) -> None:
        self._job, self._auditing = job, auditing

    def __call__(self, frames: Iterator[Any]) -> Iterator[Any]:
        results = self._auditing(self._read(frames))
        while batch := _taken(results, _BATCH):
            yield _frame(batch)

    def _read(self, frames: Iterator[Any]) -> Iterator[Record]:
        for frame in frames:
            for values in frame.to_dict("records"):
                yield self._record({name: _value(value) for name, value in values.items()})

    def _record(self, values: Mapping[str, Any]) -> Record:
        shard = shard_name(values[_PATH], self._job.base)
        record = record_of(shard, int(values[_INDEX]) + 1, values, self._job.limit)
        return record._replace(repeated=bool(values[_REPEATED]))


def _value(value: Any) -> Any:  # noqa: ANN401
    """None for what pandas has in the place of nothing; bytes as bytes."""
    if isinstance(value, bytearray):
        return bytes(value)
    return None if isinstance(value, float) and value != value else value


def shard_name(address: str, base: str) -> str:
    """The name of a shard: a local file as on one machine, any other by its address."""
    parts = urlsplit(address)
    if parts.scheme != "file":
        return address
    path = PurePath(unquote(parts.path))
    return (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()


def _taken(results: Iterator[Result], most: int) -> list[Result]:
    return [result for _, result in zip(range(most), results, strict=False)]


def _frame(results: Sequence[Result]) -> Any:  # noqa: ANN401
    """Rows as pandas has them, the counts with the first one."""
    import pandas

    tally = Tally()
    for result in results:
        tally.add(result)
    rows = [row for result in results for row in result.rows]
    counted = [json.dumps(tally.to_keep()), *[None] * (len(rows) - 1)]
    columns = dict(zip(Row._fields, zip(*rows, strict=True), strict=True))
    made = {name: as_days(values) if name in DAYS else values for name, values in columns.items()}
    # As objects, since pandas would make floating numbers of whole ones with gaps.
    return pandas.DataFrame({
        name: pandas.Series(list(values), dtype=object) for name, values in {**made, _COUNTED: counted}.items()
    })  # fmt: skip


def session_for(jobs: int | None, *, quiet: bool) -> Any:  # noqa: ANN401
    """A session of Spark as its configuration says, or with `jobs` in that many threads of this machine (0: in all).

    Raises `UsageError` where Spark cannot be started.
    """
    import shutil
    import sys

    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError("--engine spark needs Java 17 or newer, which is not there; install it, or set JAVA_HOME")
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageError("Spark is needed for this; install it with: pip install 'privaudit[spark]'") from None
    # The interpreter that has privaudit; where it lies elsewhere on a cluster, the variable says so.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("privaudit corpus")
    if jobs is not None:
        builder = builder.master(f"local[{jobs or '*'}]").config("spark.ui.enabled", "false")
    if quiet:
        builder = builder.config("spark.ui.showConsoleProgress", "false")
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise UsageError(f"Spark cannot be started: {str(error).splitlines()[0]}") from None
    session.sparkContext.setLogLevel("ERROR")
    return session

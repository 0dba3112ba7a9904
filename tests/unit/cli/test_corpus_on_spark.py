"""Spark for real, in two threads of this machine: started once, since that takes its time."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

import privaudit
from privaudit.cli.main import run
from privaudit.corpus.columns import arrow_schema
from privaudit.corpus.spark import shard_name
from tests.unit.corpus.archives import parquet
from tests.unit.house import COMPLAINT, PACK, PLAIN, House

ROOT = str(Path(privaudit.__file__).parent.parent)
TEXTS = [f"{PLAIN}Bicycles.", f"{PLAIN}{COMPLAINT}Trams and trams.", f"{PLAIN}{COMPLAINT}", f"{COMPLAINT}Bus."]


class Ran(NamedTuple):
    """What a run left behind."""

    rows: list[dict[str, Any]]
    summary: dict[str, Any]
    schema: pa.Schema


def check_spark() -> None:
    """Skips where Spark cannot be started, or fails where it must be."""
    why = ""
    if find_spec("pyspark") is None or find_spec("pandas") is None:
        why = "privaudit[spark] is not installed"
    elif shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        why = "there is no Java"
    if why and os.environ.get("PRIVAUDIT_REQUIRE_SPARK"):
        pytest.fail(why)
    if why:
        pytest.skip(why)


def written(folder: Path) -> None:
    """Three files: ids there twice and not at all, days of several kinds, and records with a fault."""
    folder.mkdir()
    many = 120
    parquet(
        folder / "a.parquet",
        {
            "id": [f"a{number % 100}" if number % 7 else None for number in range(many)],
            "text": [f"Notice {number}. {TEXTS[number % 4]}" for number in range(many)],
            "date": [["2019-05-06", "2019-05-06T07:08:09Z", None, "soon"][number % 4] for number in range(many)],
            "other": [1.5] * many,
        },
        group=50,
    )
    html = [f"<p>{text}</p>".encode("cp1252") + b"<p>caf\xe9</p>" for text in TEXTS]
    parquet(
        folder / "b c.parquet", {"id": ["a1", " ", "b", "a1"], "html": pa.array(html, pa.binary()), "url": ["u"] * 4}
    )
    parquet(folder / "sub.parquet", {"text": [None, "x" * 3000, TEXTS[0], ""], "lang": ["en", "en", "English", None]})


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Ran]:
    """What the local engine and Spark make of the same corpus."""
    check_spark()
    here = tmp_path_factory.mktemp("spark")
    written(here / "in")
    for name, text in PACK.items():
        (here / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "pack" / name).write_text(text)
    return ran(here, "local"), ran(here, "spark")


def ran(here: Path, engine: str) -> Ran:
    options = ["--rules", "pack", "--no-builtin", "--lang", "en", "--as-of", "2026-01-02", "--all-verdicts"]
    more = ["--jobs", "2", "--max-bytes", "2000", "--isolated", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "privaudit", "corpus", "in", engine, "--engine", engine, *more, *options],
        cwd=here,
        env={**os.environ, "PYTHONPATH": ROOT, "PRIVAUDIT_CACHE_DIR": str(here / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    table = ds.dataset(here / engine, format="parquet").to_table()
    rows = table.to_pylist()
    # Files may come in any order; within a record, the rows stay as they are.
    rows.sort(key=lambda row: (row["shard"], row["record"]))
    return Ran(rows, json.loads(done.stdout), table.schema)


def test_spark_comes_to_the_same_rows(both: tuple[Ran, Ran]) -> None:
    local, spark = both
    assert spark.rows == local.rows
    assert [(field.name, field.type) for field in spark.schema] == [
        (field.name, field.type) for field in arrow_schema()
    ]


def test_spark_comes_to_the_same_summary(both: tuple[Ran, Ran]) -> None:
    local, spark = both
    assert {**spark.summary, "output": ""} == {**local.summary, "output": ""}
    counts = spark.summary["summary"]
    assert counts["documents"] == 128
    assert counts["not_audited"] == 30 + 4
    assert counts["repeated_ids"] > 2


def test_every_kind_of_fault_was_among_them(both: tuple[Ran, Ran]) -> None:
    told = {row["problem"] for row in both[1].rows}
    assert told == {
        None,
        "an earlier record has the same id",
        "date: 'soon' is no date; write it as YYYY-MM-DD",
        "date: 'soon' is no date; write it as YYYY-MM-DD; an earlier record has the same id",
        "has neither text nor html",
        "larger than 2,000 bytes (--max-bytes)",
        "lang: 'English' is no language code; write two letters, such as en or sv",
    }
    assert {row["document_id"] for row in both[1].rows} >= {"in/a.parquet:1", "in/b c.parquet:2", "in/sub.parquet:3"}
    assert {str(row["date"]) for row in both[1].rows} == {"2019-05-06", "2026-01-02"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("in", "out", "--engine", "sparc"), "--engine: 'sparc'; write local or spark"),
        (("in", "out", "--engine", "spark", "--resume"), "--resume: with --engine spark, Spark itself tries again"),
        (
            ("in", "out.jsonl", "--engine", "spark"),
            "out.jsonl: with --engine spark the output is a folder of Parquet files",
        ),
        (("in", "out", "--engine", "spark", "--select", "nothing"), "--select: 'nothing' names no rule"),
    ],
)
def test_wrong_use_is_told_before_anything_is_started(house: House, arguments: tuple[str, ...], said: str) -> None:
    found = house.call("corpus", *arguments)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"error: {said}")


def test_where_there_is_no_java_it_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(house.here))
    assert run(["corpus", "in", "out", "--engine", "spark"]) == 2
    assert "needs Java 17 or newer, which is not there" in house.run("corpus", "in", "out", "--engine", "spark").err


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("file:/data/in/a%20b.parquet", "in/a b.parquet"),
        ("file:///other/a.parquet", "/other/a.parquet"),
        ("s3a://crawl/a%20b.parquet", "s3a://crawl/a%20b.parquet"),
    ],
)
def test_a_shard_is_called_as_on_one_machine(address: str, name: str) -> None:
    assert shard_name(address, "/data") == name

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from privaudit.corpus.parquet import read_parquet
from privaudit.corpus.record import Record
from privaudit.corpus.streams import DamagedError
from tests.unit.corpus.archives import parquet, until_damaged


def read(path: Path, after: int = 0, max_bytes: int = 10_000) -> list[Record]:
    return list(read_parquet("shard", str(path), after, max_bytes))


def test_a_record_a_row_over_all_groups(tmp_path: Path) -> None:
    texts = [f"number {at}" for at in range(1, 251)]
    path = parquet(tmp_path / "a.parquet", {"text": texts, "junk": [1.5] * 250, "id": range(250)})
    found = read(path)
    assert [(one.number, one.id, one.data) for one in found] == [
        (at, str(at - 1), f"number {at}".encode()) for at in range(1, 251)
    ]
    assert [one.number for one in read(path, after=199)] == list(range(200, 251))
    assert read(path, after=250) == []
    assert [found[at].read for at in (124, 249)] == [path.stat().st_size // 2, path.stat().st_size]


def test_columns_of_other_types_mean_the_same(tmp_path: Path) -> None:
    nanoseconds = pa.array([datetime(2020, 2, 3, 4, 5)], pa.timestamp("ns")).cast(pa.int64())
    columns = {
        "html": pa.array([b"<p>\xe9</p>"], pa.large_binary()),
        "lang": pa.array(["sv"]).dictionary_encode(),
        "date": pa.array(nanoseconds.to_numpy() + 7, pa.timestamp("ns")),
    }
    (found,) = read(parquet(tmp_path / "a.parquet", columns))
    assert (found.data, found.lang, found.day, found.fault) == (b"<p>\xe9</p>", "sv", date(2020, 2, 3), "")


def test_a_row_that_is_no_document_costs_itself(tmp_path: Path) -> None:
    columns = {"text": ["a", None, "b" * 101, "c"], "date": ["2020-01-01", None, "no", "2020-01-01"]}
    found = read(parquet(tmp_path / "a.parquet", columns), max_bytes=100)
    assert [one.fault for one in found] == [
        "", "has neither text nor html", "date: 'no' is no date; write it as YYYY-MM-DD", "",
    ]  # fmt: skip
    columns["date"][2] = None
    assert read(parquet(tmp_path / "a.parquet", columns), max_bytes=100)[2].fault == (
        "larger than 100 bytes (--max-bytes)"
    )


def test_a_column_of_lists_is_no_text(tmp_path: Path) -> None:
    (found,) = read(parquet(tmp_path / "a.parquet", {"text": [["a"]]}))
    assert found.fault == "text: is no text"


def test_a_schema_without_documents_says_what_it_has(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"body": ["a"], "id": ["b"]})
    with pytest.raises(DamagedError, match=r"^has no column text or html, only: body, id$"):
        read(path)


def test_what_is_no_parquet_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for data in (b"", b"no Parquet", b"PAR1" + b"x" * 50 + b"PAR1"):
        path.write_bytes(data)
        with pytest.raises(DamagedError, match=r"^is damaged, or no Parquet: .+"):
            read(path)


def test_groups_before_a_damaged_one_are_read(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"text": [f"{at:06}" * 50 for at in range(300)]})
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = b"\xff" * 200
    path.write_bytes(data)
    found, said = until_damaged(read_parquet("shard", str(path), 0, 10_000))
    assert said
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert len(found) >= 100

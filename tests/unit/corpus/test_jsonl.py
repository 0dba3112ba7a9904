import gzip
import tracemalloc
from pathlib import Path
from random import Random

import pytest

from privaudit.corpus.jsonl import read_jsonl
from privaudit.corpus.record import Record
from privaudit.corpus.streams import DamagedError
from tests.unit.corpus.archives import jsonl, until_damaged


def read(path: Path, after: int = 0, max_bytes: int = 10_000) -> list[Record]:
    return list(read_jsonl("shard", str(path), after, max_bytes))


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_a_record_a_line_whatever_the_packing(tmp_path: Path, name: str) -> None:
    path = jsonl(tmp_path / name, [{"text": f"number {at}"} for at in range(1, 401)])
    found = read(path)
    assert [(one.number, one.data) for one in found] == [(at, f"number {at}".encode()) for at in range(1, 401)]
    assert found[-1].read <= path.stat().st_size
    assert [one.number for one in read(path, after=398)] == [399, 400]


def test_blank_lines_are_no_records_and_count_as_lines(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", [b"", {"text": "a"}, b"  \r", {"text": "b"}])
    assert [one.number for one in read(path)] == [2, 4]


def test_a_last_line_without_its_end_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "b"}')
    assert [one.data for one in read(path)] == [b"a", b"b"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"text": "a"', "is no JSON: Expecting ',' delimiter, column 13"),
        (b'{"text": "\xff"}', "is no UTF-8: invalid start byte, byte 10"),
        (b'["a"]', "is no object"),
        (b"[" * 5000, "is no JSON that can be read: a number too long, or nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is no JSON that can be read: a number too long, or nested too deeply"),
    ],
)
def test_a_broken_line_costs_itself(tmp_path: Path, line: bytes, fault: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", [{"text": "a"}, line, {"text": "b"}])
    assert [(one.data, one.fault) for one in read(path)] == [(b"a", ""), (None, fault), (b"b", "")]


@pytest.mark.parametrize("packed", [False, True])
def test_a_line_without_end_is_never_held(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(64):
            file.write(b"a" * (1 << 20))
        file.write(b'"}\n{"text": "b"}\n')
    tracemalloc.start()
    try:
        found = read(path, max_bytes=100_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [(one.number, one.data, one.fault) for one in found] == [
        (1, None, "larger than 100,000 bytes (--max-bytes)"), (2, b"b", ""),
    ]  # fmt: skip
    assert peak < 8 << 20


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_what_comes_before_the_cut_is_read(tmp_path: Path, name: str) -> None:
    random = Random(7)  # noqa: S311 - it need not be hard to guess
    records = [{"text": "".join(random.choices("abcdefghijklmnop", k=700))} for _ in range(900)]
    path = jsonl(tmp_path / name, records)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 9 // 10])
    found, said = until_damaged(read_jsonl("shard", str(path), 0, 10_000))
    assert said == "is cut short: the compressed data ends in the middle"
    assert [(one.number, one.data) for one in found] == [
        (at, str(record["text"]).encode()) for at, record in enumerate(records[: len(found)], 1)
    ]
    assert 700 < len(found) < 820


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("a.jsonl.gz", b"no gzip at all", "is damaged: "), ("a.jsonl.zst", b"no zstd at all", "is damaged: ")],
)
def test_what_is_not_packed_as_its_name_says_is_damaged(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DamagedError, match=said):
        read(path)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match=r"^is not a regular file$"):
        read(Path("/dev/null"))
    with pytest.raises(DamagedError, match=r"^cannot be read: "):
        read(tmp_path / "gone.jsonl")

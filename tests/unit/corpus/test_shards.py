import gzip
import json
import os
from pathlib import Path

import pytest

from privaudit.corpus.record import Record
from privaudit.corpus.shards import Shard, find_shards, reader_of, records_of
from privaudit.discover import Filters
from privaudit.errors import UsageError

NOT_READ = "a corpus has .jsonl, .parquet or .warc files (.gz, .zst), or documents"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str = '{"text": "a"}\n') -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def found(argument: str, output: str = "out", filters: Filters | None = None) -> tuple[Shard, ...]:
    return find_shards(argument, filters or Filters(), 1000, False, Path(output))


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.jsonl", True), ("a.JSONL.GZ", True), ("a.ndjson.zst", True), ("a.warc.gz", True), ("a.wet.gz", True),
     ("a.parquet", True), ("a.parquet.gz", False), ("a.json", False), ("jsonl", False), ("a.gz", False)],
)  # fmt: skip
def test_the_name_tells_the_format(name: str, known: bool) -> None:
    assert (reader_of(name) is not None) == known


def test_a_folder_is_its_files_by_name_then_its_documents() -> None:
    for name in ("in/b.jsonl", "in/a/z.warc", "in/c.parquet", "in/_SUCCESS.jsonl", "in/.b.jsonl", "in/_new/a.jsonl",
                 "in/privacy.md", "in/a/notice.html", "in/readme.rst"):  # fmt: skip
        write(name)
    *files, documents = found("in")
    assert [one.name for one in files] == ["in/a/z.warc", "in/b.jsonl", "in/c.parquet"]
    assert [one.path for one in documents.documents] == ["in/a/notice.html", "in/privacy.md"]
    assert documents.size == 2 * files[0].size


def test_the_output_is_no_input_of_the_next_run() -> None:
    for name in ("a.jsonl", "out/part-000001.parquet", "rows.jsonl"):
        write(name)
    assert [one.name for one in found(".", "out")] == ["a.jsonl", "rows.jsonl"]
    assert [one.name for one in found(".", "rows.jsonl")] == ["a.jsonl", "out/part-000001.parquet"]


def test_settings_leave_files_out() -> None:
    for name in ("a.jsonl", "b.jsonl"):
        write(name)
    assert [one.name for one in found(".", filters=Filters(exclude=lambda path: path == "a.jsonl"))] == ["b.jsonl"]


def test_links_are_passed_over_but_where_they_are_named() -> None:
    write("in/a.jsonl")
    Path("in/b.jsonl").symlink_to(Path("in/a.jsonl").absolute())
    assert [one.name for one in found("in")] == ["in/a.jsonl"]
    assert [one.name for one in found("in/b.jsonl")] == ["in/b.jsonl"]


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("nowhere", "nowhere: no such file or folder"),
        ("empty", f"empty: nothing to read; {NOT_READ}"),
        ("empty/*.jsonl", "empty/*.jsonl: no file matches"),
        ("a.json", f"a.json: {NOT_READ}"),
        ("a.jsonl.bz2", f"a.jsonl.bz2: {NOT_READ}"),
        ("-", "-: a corpus is a file or a folder, which a run can go on with; standard input is neither"),
    ],
)
def test_an_input_with_nothing_in_it_is_wrong_use(argument: str, said: str) -> None:
    Path("empty").mkdir()
    for name in ("a.json", "a.jsonl.bz2"):
        write(name)
    with pytest.raises(UsageError) as caught:
        found(argument)
    assert str(caught.value) == said


def test_a_shard_that_changes_has_another_stamp() -> None:
    write("in/a.jsonl")
    write("in/privacy.md")
    before = found("in")
    assert found("in") == before
    os.utime("in/a.jsonl", ns=(1, 1))
    os.utime("in/privacy.md", ns=(1, 1))
    after = found("in")
    assert [one.stamp == other.stamp for one, other in zip(before, after, strict=True)] == [False, False]


def test_documents_are_read_where_they_lie_from_any_position() -> None:
    for name in ("in/a-privacy.md", "in/b-privacy.md", "in/c-privacy.md"):
        write(name)
    (shard,) = found("in")
    read = list(records_of(shard, 1, 1000))
    assert [(one.shard, one.number, one.position, one.id, one.file, one.named) for one in read] == [
        (f"in/{name}-privacy.md", 1, position, f"in/{name}-privacy.md", f"in/{name}-privacy.md", False)
        for position, name in ((2, "b"), (3, "c"))
    ]


def test_a_shard_that_ends_in_the_middle_says_so_behind_its_last_record() -> None:
    lines = "".join(json.dumps({"text": f"{at}" * 99}) + "\n" for at in range(5))
    Path("a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-9])
    (shard,) = found("a.jsonl.gz")
    *whole, last = records_of(shard, 0, 1000)
    assert [one.damage for one in whole] == [False] * len(whole)
    assert last == Record(
        "a.jsonl.gz", len(whole) + 1, fault="is cut short: the compressed data ends in the middle", damage=True,
        position=len(whole) + 1,
    )  # fmt: skip
    # A run that goes on just before the damage meets it again.
    assert [one.damage for one in records_of(shard, len(whole), 1000)] == [True]


def test_wildcards_mean_files_of_every_kind() -> None:
    for name in ("in/a.jsonl", "in/b.jsonl", "in/c.md", "in/sub/d.jsonl", "in/x.parquet"):
        write(name)
    assert [one.name for one in found("in/*.jsonl")] == ["in/a.jsonl", "in/b.jsonl"]
    *files, documents = found("in/*")
    assert [one.name for one in files] == ["in/a.jsonl", "in/b.jsonl", "in/sub/d.jsonl", "in/x.parquet"]
    assert [(one.path, one.named) for one in documents.documents] == [("in/c.md", True)]

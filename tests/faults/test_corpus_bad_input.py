"""A corpus with something wrong in it: each fault is named in the output, costs what it must, and is counted once."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import privaudit
from privaudit.corpus.shards import records_of
from tests.unit.corpus.archives import Page, jsonl, parquet, warc
from tests.unit.house import COMPLAINT, PLAIN, House

TEXT = f"{PLAIN}{COMPLAINT}"
ROOT = str(Path(privaudit.__file__).parent.parent)


def audited(house: House, source: str, *more: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rows, and the summary; the exit code is in there."""
    found = house.call("corpus", source, "out.jsonl", "--format", "json", *more)
    data = json.loads(found.out)
    assert found.code == data["summary"]["exit_code"]
    return [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()], data


@pytest.fixture
def broken(house: House) -> House:
    """A folder of shards of which some are broken, each between two that are not."""
    folder = house.here / "in"
    folder.mkdir()
    for number in range(1, 8, 2):
        jsonl(folder / f"{number}.jsonl", [{"text": TEXT}] * 3)
    cut = jsonl(folder / "2.jsonl.gz", [{"text": f"{TEXT} {number * 7919}"} for number in range(50)])
    cut.write_bytes(cut.read_bytes()[:-12])
    parquet(folder / "4.parquet", {"body": [TEXT], "id": ["x"]})
    archive = warc(folder / "6.warc", [Page(TEXT.encode(), "text/plain")] * 2)
    archive.write_bytes(archive.read_bytes()[:-30])
    (folder / "8.jsonl").mkdir()
    (folder / "9.parquet").write_bytes(b"")
    return house


def test_a_shard_that_cannot_be_read_to_its_end_is_a_row_and_the_others_are_audited(broken: House) -> None:
    rows, data = audited(broken, "in", "--part-size", "2")
    damage = {row["shard"]: (row["record"], row["problem"]) for row in rows if row["status"] == "not-audited"}
    whole = damage["in/2.jsonl.gz"][0] - 1
    assert whole in (49, 50)
    assert damage["in/9.parquet"][1].startswith("is damaged, or no Parquet: ")
    assert damage == {
        "in/2.jsonl.gz": (whole + 1, "is cut short: the compressed data ends in the middle"),
        "in/4.parquet": (1, "has no column text or html, only: body, id"),
        "in/6.warc": (2, "is cut short in the middle of a record"),
        "in/9.parquet": (1, damage["in/9.parquet"][1]),
    }
    assert data["damaged"] == [f"{shard}: {problem}" for shard, (_, problem) in sorted(damage.items())]
    assert (data["summary"]["documents"], data["summary"]["not_audited"]) == (4 * 3 + whole + 1, 0)
    assert data["summary"]["exit_code"] == 3
    # Met once, however often the run goes on.
    assert audited(broken, "in", "--part-size", "2", "--resume") == (rows, data)


@pytest.mark.parametrize("size", ["1", "2", "50"])
def test_the_size_of_parts_changes_nothing(broken: House, size: str) -> None:
    rows, _ = audited(broken, "in")
    for path in Path().glob("out.jsonl*"):
        path.unlink()
    assert audited(broken, "in", "--part-size", size)[0] == rows


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_shard_that_may_not_be_read_is_a_row(house: House) -> None:
    jsonl(house.here / "in.jsonl", [{"text": TEXT}]).chmod(0)
    (row,), data = audited(house, "in.jsonl")
    assert row["problem"] == "cannot be read: Permission denied"
    assert data["damaged"] == ["in.jsonl: cannot be read: Permission denied"]


def test_a_shard_that_goes_away_is_a_row(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonl(house.here / "in.jsonl", [{"text": TEXT}])

    def gone(*arguments: Any) -> Any:
        Path("in.jsonl").unlink()
        return records_of(*arguments)

    monkeypatch.setattr("privaudit.corpus.run.records_of", gone)
    (row,), _ = audited(house, "in.jsonl")
    assert row["problem"] == "cannot be read: No such file or directory"


def test_broken_records_are_rows_and_cost_themselves(house: House) -> None:
    lines: list[Any] = [
        {"id": "a", "text": TEXT}, b"{broken", {"id": "c"}, {"id": "d", "text": TEXT, "date": "soon"}, b"[]",
        {"id": "a", "text": TEXT}, {"id": "g", "text": "x" * 3000},
    ]  # fmt: skip
    jsonl(house.here / "in.jsonl", lines)
    rows, data = audited(house, "in.jsonl", "--max-bytes", "2000")
    assert [(row["document_id"], row["record"], row["status"], row["problem"]) for row in rows] == [
        ("a", 1, "audited", None),
        ("in.jsonl:2", 2, "not-audited", "is no JSON: Expecting property name enclosed in double quotes, column 2"),
        ("c", 3, "not-audited", "has neither text nor html"),
        ("d", 4, "not-audited", "date: 'soon' is no date; write it as YYYY-MM-DD"),
        ("in.jsonl:5", 5, "not-audited", "is no object"),
        ("a", 6, "audited", "an earlier record has the same id"),
        ("in.jsonl:7", 7, "not-audited", "larger than 2,000 bytes (--max-bytes)"),
    ]
    assert data["summary"] == {
        "documents": 7, "audited": 2, "partial": 0, "not_audited": 5, "rows": 7, "repeated_ids": 1, "skipped": 0,
        "exit_code": 3,
    }  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the most that was in memory")
def test_a_record_of_a_gigabyte_is_a_row_and_never_in_memory(house: House) -> None:
    # What is packed in pieces is one text.
    piece = gzip.compress(b"We keep your data. " * 55188)
    with Path("in.jsonl.gz").open("wb") as file:
        file.write(gzip.compress(json.dumps({"id": "a", "text": TEXT}).encode() + b'\n{"id": "b", "text": "'))
        for _ in range(1024):
            file.write(piece)
        file.write(gzip.compress(b'"}\n' + json.dumps({"id": "c", "text": TEXT}).encode() + b"\n"))
    code = (
        # What the system tells of a process itself counts what its parent held when it was started.
        "import resource, sys; from privaudit.cli.main import run; code = run(sys.argv[1:]); "
        "own = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM:')); "
        "print(code, max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    command = [sys.executable, "-c", code, "corpus", "in.jsonl.gz", "out.jsonl", "--quiet", "--rules", str(house.pack)]
    environment = {**os.environ, "PYTHONPATH": ROOT}
    done = subprocess.run(
        [*command, "--no-builtin", "--lang", "en"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == "3"
    assert int(done.stdout.split()[1]) < 200_000
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [(row["record"], row["problem"]) for row in rows] == [
        (1, None), (2, "larger than 20,000,000 bytes (--max-bytes)"), (3, None),
    ]  # fmt: skip

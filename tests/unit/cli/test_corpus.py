import json
import os
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from privaudit import processes
from privaudit.cli.main import run
from privaudit.corpus import progress
from privaudit.corpus.columns import arrow_schema
from privaudit.corpus.rows import Row
from tests.unit.corpus.archives import Page, jsonl, parquet, warc
from tests.unit.house import COMPLAINT, PLAIN, House, Result
from tests.unit.schemas.conftest import faults, schema

SAMPLES = Path(__file__).parent.parent.parent.parent / "samples"
TYPES = {".md": "text/markdown", ".html": "text/html", ".txt": "text/plain"}


def lines(path: Path | str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def corpus(house: House, source: str, output: str = "out.jsonl", *more: str) -> Result:
    return house.call("corpus", source, output, *more)


def summary(house: House, source: str, output: str = "out.jsonl", *more: str) -> dict[str, Any]:
    found = corpus(house, source, output, "--format", "json", *more)
    data: dict[str, Any] = json.loads(found.out)
    assert data["summary"]["exit_code"] == found.code
    return data


# -- the same verdicts as those of `check`


def test_verdicts_are_those_of_check_on_the_same_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = sorted(SAMPLES.iterdir())
    records = [
        {
            "id": path.name,
            "html" if path.suffix == ".html" else "text": path.read_text(),
            "media_type": TYPES[path.suffix],
        }
        for path in paths
    ]
    records[0]["date"] = "2019-06-01"
    jsonl(Path("in.jsonl"), records)
    options = ["--as-of", "2026-11-24", "--isolated"]
    assert run(["corpus", "in.jsonl", "out.jsonl", "--all-verdicts", *options]) == 0
    rows = lines("out.jsonl")
    for path, record in zip(paths, records, strict=True):
        day = ["--as-of", str(record.get("date", "2026-11-24")), "--isolated"]
        run(["check", str(path), "--format", "json=report.json", *day])
        (document,) = json.loads(Path("report.json").read_text())["documents"]
        wanted = []
        for one in document["verdicts"]:
            piece = next(iter(one["evidence"]), None)
            wanted.append({
                "rule": one["rule"], "group": one["group"], "kind": one["kind"], "outcome": one["outcome"],
                "severity": one["severity"], "state": one["state"], "language": document["language"]["code"],
                "quote": piece and piece["quote"], "start": piece and piece["start"], "end": piece and piece["end"],
                "line": piece["line"] if piece else one["line"] if one["severity"] else None,
            })  # fmt: skip
        mine = [row for row in rows if row["document_id"] == path.name]
        assert [{name: row[name] for name in wanted[0]} for row in mine] == wanted
        assert {row["date"] for row in mine} == {day[1]}
    capsys.readouterr()


# -- input and output


RECORDS: list[Any] = [
    {"id": "a", "text": f"{PLAIN}Bicycles."},
    {"id": "b", "text": f"{PLAIN}{COMPLAINT}Trams.", "url": "https://b.example"},
    {"id": "c", "text": f"{PLAIN}{COMPLAINT}"},
    {"text": "\n"},
]


def test_rows_are_as_their_schema_says_in_either_format(house: House) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    assert corpus(house, "in.jsonl").code == 3
    rows = lines("out.jsonl")
    validator = Draft202012Validator(schema("corpus"))
    assert [faults(validator, row) for row in rows] == [[]] * len(rows)
    assert list(rows[0]) == list(schema("corpus")["properties"]) == list(Row._fields)
    assert [(row["document_id"], row["rule"], row["status"]) for row in rows] == [
        ("a", "complaint", "audited"), ("a", "bicycle", "audited"), ("b", "tram", "audited"), ("c", None, "audited"),
        ("in.jsonl:4", None, "not-audited"),
    ]  # fmt: skip
    assert rows[-1]["problem"] == "the file is empty"
    assert corpus(house, "in.jsonl", "out").code == 3
    table = pq.read_table("out")
    assert table.schema.equals(arrow_schema())
    assert [{**row, "date": row["date"].isoformat()} for row in table.to_pylist()] == rows


def test_every_format_and_packing_comes_to_the_same_rows(house: House) -> None:
    folder = house.here / "in"
    folder.mkdir()
    texts = [record["text"] for record in RECORDS[:3]]
    for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl.zst"):
        jsonl(folder / name, [{"text": text} for text in texts])
    parquet(folder / "d.parquet", {"text": texts, "other": [1, 2, 3]})
    warc(folder / "e.warc.gz", [Page(text.encode(), "text/plain") for text in texts])
    for number, text in enumerate(texts, 1):
        house.write(f"in/z/privacy-{number}.txt", text)
    house.write("in/z/other.txt", "Nothing of the kind.")
    data = summary(house, "in", "out.jsonl", "--jobs", "3", "--part-size", "2")
    found: dict[str, list[Any]] = {}
    for row in lines("out.jsonl"):
        number = row["record"] if row["shard"].count("/") == 1 else int(row["shard"][-5])
        place = "documents" if row["shard"].count("/") > 1 else row["shard"]
        found.setdefault(place, []).append((number, row["rule"], row["quote"], row["start"], row["line"]))
    assert list(found) == ["in/a.jsonl", "in/b.jsonl.gz", "in/c.jsonl.zst", "in/d.parquet", "in/e.warc.gz", "documents"]
    assert len({json.dumps(rows) for rows in found.values()}) == 1
    assert (data["summary"]["documents"], data["summary"]["skipped"]) == (18, 1)


def test_a_record_may_have_its_own_language_and_day(house: House) -> None:
    jsonl(house.here / "in.jsonl", [
        {"id": "a", "text": COMPLAINT, "lang": "sv", "date": "2020-01-02"}, {"id": "b", "text": COMPLAINT},
    ])  # fmt: skip
    corpus(house, "in.jsonl", "out.jsonl", "--as-of", "2021-03-04")
    assert [(row["language"], row["date"]) for row in lines("out.jsonl")] == [
        ("sv", "2020-01-02"),
        ("en", "2021-03-04"),
    ]


def test_ids_that_are_there_twice_are_kept_and_told_across_shards(house: House) -> None:
    for name in ("in/a.jsonl", "in/b.jsonl"):
        (house.here / name).parent.mkdir(exist_ok=True)
        jsonl(house.here / name, [{"id": "x", "text": PLAIN}, {"text": PLAIN}, {"text": PLAIN}])
    data = summary(house, "in")
    assert [(row["document_id"], row["shard"], row["record"], row["problem"]) for row in lines("out.jsonl")] == [
        ("x", "in/a.jsonl", 1, None),
        ("in/a.jsonl:2", "in/a.jsonl", 2, None),
        ("in/a.jsonl:3", "in/a.jsonl", 3, None),
        ("x", "in/b.jsonl", 1, "an earlier record has the same id"),
        ("in/b.jsonl:2", "in/b.jsonl", 2, None),
        ("in/b.jsonl:3", "in/b.jsonl", 3, None),
    ]
    assert data["summary"] == {
        "documents": 6, "audited": 6, "partial": 0, "not_audited": 0, "rows": 6, "repeated_ids": 1, "skipped": 0,
        "exit_code": 0,
    }  # fmt: skip


def test_settings_hold_as_in_check(house: House) -> None:
    jsonl(house.here / "in.jsonl", [{"id": "a", "text": f"{PLAIN}Bicycles. Trams."}])
    corpus(house, "in.jsonl", "out.jsonl", "--select", "vehicle", "--ignore", "tram", "--redact")
    assert [(row["rule"], row["quote"], row["group"]) for row in lines("out.jsonl")] == [("bicycle", None, "vehicle")]
    house.write(
        "privaudit.yaml", "severity:\n  bicycle: error\noverrides:\n  - paths: [in.jsonl]\n    ignore: [complaint]\n"
    )
    corpus(house, "in.jsonl", "other.jsonl")
    assert [(row["rule"], row["severity"]) for row in lines("other.jsonl")] == [("bicycle", "error"), ("tram", "note")]


def test_a_page_may_nest_as_deep_as_is_said(house: House) -> None:
    page = f"<html><body>{'<div>' * 9}{PLAIN}{COMPLAINT}{'</div>' * 9}</body></html>"
    jsonl(house.here / "in.jsonl", [{"id": "a", "text": page, "media_type": "text/html"}])
    corpus(house, "in.jsonl", "deep.jsonl")
    corpus(house, "in.jsonl", "flat.jsonl", "--max-depth", "5")
    assert [lines(name)[0]["status"] for name in ("deep.jsonl", "flat.jsonl")] == ["audited", "partial"]


def test_what_the_text_accepts_is_marked(house: House) -> None:
    text = f'# Privacy\n\n<!-- privaudit: ignore bicycle reason="sold" -->\nBicycles.\n\n{COMPLAINT}'
    jsonl(house.here / "in.jsonl", [{"text": text, "media_type": "text/markdown"}])
    corpus(house, "in.jsonl")
    assert [(row["rule"], row["state"]) for row in lines("out.jsonl")] == [("bicycle", "suppressed")]


# -- the summary


def test_the_summary_goes_where_it_is_sent_and_nowhere_when_quiet(house: House) -> None:
    jsonl(house.here / "in.jsonl", RECORDS[:3])
    found = corpus(house, "in.jsonl", "out", "--format", "html=page.html", "--format", "json=sum.json")
    assert found.out.startswith(
        "3 documents: 3 audited in full, 0 in part, 0 not audited\n3 rows in out\n".replace("3 r", "4 r")
    )
    assert found.err == ""
    assert "<h1>Audit of a corpus of privacy notices</h1>" in Path("page.html").read_text()
    assert json.loads(Path("sum.json").read_text())["summary"]["documents"] == 3
    assert corpus(house, "in.jsonl", "other", "--quiet").out == ""
    # Told where somebody asks for it by name.
    assert corpus(house, "in.jsonl", "third", "--quiet", "--format", "json").out.startswith("{")


# -- going on


def test_an_output_that_is_there_is_left_alone(house: House) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    for output in ("out", "out.jsonl"):
        corpus(house, "in.jsonl", output)
        before = sorted((path, path.read_bytes()) for path in house.here.rglob("*") if path.is_file())
        found = corpus(house, "in.jsonl", output)
        assert (found.code, found.err) == (
            2, f"error: {output}: is there already; go on with it (--resume), or give another output\n",
        )  # fmt: skip
        assert sorted((path, path.read_bytes()) for path in house.here.rglob("*") if path.is_file()) == before
    Path("empty").mkdir()
    assert corpus(house, "in.jsonl", "empty").code == 3


def test_a_finished_run_goes_on_to_the_same_summary(house: House) -> None:
    jsonl(house.here / "in.jsonl", RECORDS * 3)
    first = summary(house, "in.jsonl", "out", "--part-size", "5")
    before = {path: path.read_bytes() for path in Path("out").iterdir()}
    assert summary(house, "in.jsonl", "out", "--part-size", "5", "--resume") == first
    assert {path: path.read_bytes() for path in Path("out").iterdir()} == before


def test_a_run_that_goes_on_later_keeps_its_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(86400 * 365))
    first = summary(house, "in.jsonl")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(86400 * 370))
    assert summary(house, "in.jsonl", "out.jsonl", "--resume") == first
    assert first["as_of"] == "1971-01-01"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--all-verdicts",), "the options or the configuration are others (all_verdicts)"),
        (("--select", "vehicle"), "the options or the configuration are others (select)"),
        (("--part-size", "7"), "the options or the configuration are others (part_size)"),
        (("--as-of", "2020-01-01"), "the day is another (--as-of "),
        (("PACK",), "the rule packs have changed"),
        (("INPUT",), "the input has changed: in.jsonl is another"),
        (("LOST",), "out: has lost or changed files that were written; start anew, with another output"),
        (("BROKEN",), "_checkpoint.jsonl: is no checkpoint to go on from; start anew, with another output"),
        (("NONE",), "_checkpoint.jsonl: no such file, so there is nothing to go on with; leave --resume out"),
    ],
)
def test_what_cannot_go_on_says_why(house: House, more: tuple[str, ...], said: str) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    corpus(house, "in.jsonl", "out")
    checkpoint = Path("out/_checkpoint.jsonl")
    if more == ("PACK",):
        with (house.pack / "rules" / "bicycle.yaml").open("a") as file:
            file.write("# changed\n")
    elif more == ("INPUT",):
        os.utime("in.jsonl", ns=(1, 1))
    elif more == ("LOST",):
        next(Path("out").glob("part-*")).unlink()
    elif more == ("BROKEN",):
        checkpoint.write_text("{}\n")
    elif more == ("NONE",):
        checkpoint.unlink()
    options = more if more[0].startswith("--") else ()
    before = [path.read_bytes() for path in sorted(Path("out").iterdir())]
    found = corpus(house, "in.jsonl", "out", "--resume", *options)
    assert found.code == 2
    assert said in found.err
    assert len(found.err.splitlines()) == 1
    assert [path.read_bytes() for path in sorted(Path("out").iterdir())] == before


# -- wrong use


def test_wrong_use_is_a_line_and_writes_nothing(house: House) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    for arguments, said in (
        (("nowhere", "out"), "nowhere: no such file or folder"),
        (("in.jsonl", "out", "--select", "nothing"), "--select: 'nothing' names no rule"),
        (("in.jsonl", "out", "--format", "sarif"), "--format: unknown format 'sarif'"),
    ):
        found = corpus(house, *arguments)
        assert (found.code, found.out) == (2, "")
        assert found.err.startswith(f"error: {said}")
        assert not Path("out").exists()


def test_a_library_that_is_missing_is_named_with_its_extra(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    real = importlib.import_module

    def without(name: str, package: str | None = None) -> Any:
        if name.startswith(("pyarrow", "warcio")):
            raise ImportError(name)
        return real(name, package)

    jsonl(house.here / "in.jsonl", RECORDS)
    warc(house.here / "in.warc", [Page(b"a")])
    monkeypatch.setattr(importlib, "import_module", without)
    told = "is needed for this; install it with: pip install 'privaudit[corpus]'"
    assert corpus(house, "in.jsonl", "out").err == f"error: pyarrow {told}\n"
    assert corpus(house, "in.warc").err == f"error: warcio {told}\n"
    # Neither is needed for lines of JSON.
    assert corpus(house, "in.jsonl", "lines.jsonl").code == 3
    monkeypatch.undo()


def test_where_nothing_is_inherited_it_is_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    corpus(house, "in.jsonl")
    monkeypatch.setattr(processes, "_START", "spawn")
    corpus(house, "in.jsonl", "other.jsonl")
    assert Path("other.jsonl").read_bytes() == Path("out.jsonl").read_bytes()


def test_progress_is_for_terminals(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    jsonl(house.here / "in.jsonl", RECORDS)
    monkeypatch.setattr(progress, "_EVERY", 0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    found = corpus(house, "in.jsonl")
    assert " documents, " in found.err
    assert found.err.endswith("\r\x1b[K")


def test_rows_of_strings_only_are_columns_of_strings() -> None:
    kinds = {field.name: field.type for field in arrow_schema()}
    assert {name for name, kind in kinds.items() if kind == pa.int64()} == {"line", "start", "end", "record"}
    assert kinds["date"] == pa.date32()
    assert [field.name for field in arrow_schema() if not field.nullable] == [
        name for name, about in schema("corpus")["properties"].items() if about.get("type") in ("string", "integer") or
        name == "status"
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_names_that_are_no_text_are_told_in_what_every_reader_takes(house: House) -> None:
    Path(os.fsdecode(b"in-\xff.jsonl")).write_text(json.dumps({"text": PLAIN}) + "\n")
    name = os.fsdecode(b"in-\xff.jsonl")
    corpus(house, name)
    corpus(house, name, "out")
    (row,) = lines("out.jsonl")
    assert (row["document_id"], row["shard"]) == ("in-\\xff.jsonl:1", "in-\\xff.jsonl")
    assert pq.read_table("out")["shard"].to_pylist() == [row["shard"]]
    assert corpus(house, name, "out", "--resume").code == 0

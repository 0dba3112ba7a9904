"""Every call of the system that `corpus` makes fails once, as those of `check` do in `test_every_call_fails.py`.

Never a traceback, and no row that is half written or written twice: a run that stops (2) can go on, and comes to what
an undisturbed one comes to; one that does not stop has a row for each document, and tells what it could not read (3).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.faults.commands import NOTICE, notices, own_pack
from tests.faults.failing_calls import CALLS, attempts
from tests.unit.corpus.archives import jsonl

# One run of `corpus`, with what is made of it where it is gone on with.
CORPUS = """
def left_behind():
    made = Path("out.jsonl")
    return made.read_text() if made.exists() else None

def attempt(at, jobs=jobs):
    for made in Path().glob("out.jsonl*"):
        made.unlink()
    told = ["corpus", "in", "out.jsonl", "--all-verdicts", "--part-size", "2", "--jobs", jobs, "--format", "json",
            "--no-builtin", "--rules", "own.yaml", "--timeout", "10"]
    code, out, err = ran(told, at)
    found = {"failed": what_failed(), "code": code, "out": out, "err": err, "rows": left_behind()}
    if at and code:
        found["again"] = [*ran([*told, "--resume"]), left_behind()]
    return found
"""


def rows(text: str | None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (text or "").splitlines()]


@pytest.mark.parametrize(("kind", "number", "jobs"), CALLS)
def test_a_corpus_survives_each_failing_call(here: Path, kind: str, number: int, jobs: str) -> None:
    own_pack()
    notices("in/privacy.md", "in/deep/privacy.md")
    texts = [{"id": f"r{one}", "text": f"{NOTICE}\nNumber {one}."} for one in range(5)]
    jsonl(Path("in/a.jsonl"), texts[:3])
    jsonl(Path("in/b.jsonl.gz"), texts[3:])
    untouched, others = attempts(CORPUS, kind, number, jobs, str(here.parent / "cache"))
    assert untouched["code"] == 0, untouched
    whole = rows(untouched["rows"])
    assert len(whole) == 7
    for one in others:
        assert one["code"] in (0, 2, 3), one
        said = f"{one}"
        assert "Traceback" not in said, one
        assert "internal error" not in said, one
        if one["code"] == 0:
            assert (one["rows"], one["out"]) == (untouched["rows"], untouched["out"]), one
        if one["code"] == 3:
            found = rows(one["rows"])
            unread = [row for row in found if row["status"] == "not-audited"]
            assert unread, one
            assert all(row["problem"] for row in unread), one
            assert [row for row in found if row not in unread] == [row for row in whole if row in found], one
            told = json.loads(one["out"])
            assert told["summary"]["exit_code"] == 3, one
            assert told["summary"]["documents"] + len(told["damaged"]) == len(found), one
        if one["code"] == 2:
            assert one["out"] == "", one
            assert one["err"].startswith("error: "), one
            assert one["err"].count("\n") == 1, one
            code, out, err, made = one["again"]
            # Where nothing was begun there is nothing to go on with.
            assert (code, out, made) == (0, untouched["out"], untouched["rows"]) or (
                code == 2 and "leave --resume out" in err and one["rows"] is None
            ), one
    assert others[-1]["code"] == 0
    if jobs == "2" and kind != "fork":
        assert any(one["failed"].startswith("in a process: ") for one in others)

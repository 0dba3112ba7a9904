"""Every call of the system that a run makes fails once: the first, the second, until a run passes untouched.

Never a traceback, never half a report, and never a clean run with a document unread. What fails are calls that the
interpreter tells of before it makes them (`sys.addaudithook`), whoever makes them; those that looking at, reading and
replacing files comes down to; and writing, at every place of every file, by a limit of the system (`RLIMIT_FSIZE`).
With two jobs the calls of the processes count with those of the one that started them.
"""

import errno
import json
from pathlib import Path

import pytest

from tests.faults.commands import NOTICE, notices, own_pack, word_notice
from tests.faults.failing_calls import CALLS, attempts

# One run of `check`, with three reports.
CHECK = """
def attempt(at, jobs=jobs):
    shutil.rmtree("new", ignore_errors=True)
    Path("report.json").write_text("the old one")
    told = ["check", ".", "--jobs", jobs, "--fail-on", "never", "--format", "json=report.json", "--format", "jsonl",
            "--format", "csv=new/report.csv", "--no-builtin", "--rules", "own.yaml"]
    code, out, err = ran(told, at)
    made = Path("new/report.csv")
    return {"failed": what_failed(), "code": code, "out": out, "err": err, "report": Path("report.json").read_text(),
            "csv": made.read_text() if made.exists() else None,
            "beside": sorted(one.name for one in Path().iterdir())}
"""


@pytest.mark.parametrize(("kind", "number", "jobs"), [*CALLS, ("reader", errno.ENOMEM, "1")])
def test_a_run_survives_each_failing_call(here: Path, kind: str, number: int, jobs: str) -> None:
    notices("privacy.md", "deep/privacy.md")
    own_pack()
    if kind == "reader":
        word_notice("privacy.docx")
    Path("apples.md").write_text(NOTICE)
    Path("privaudit.yaml").write_text("exclude: [filled/]\n")
    Path(".gitignore").write_text("nothing\n")
    untouched, others = attempts(CHECK, kind, number, jobs, str(here.parent / "cache"))
    assert untouched["code"] == 0, untouched
    whole = json.loads(untouched["report"])
    for one in others:
        assert one["code"] in (0, 2, 3), one
        assert "Traceback" not in one["err"], one
        assert "internal error" not in one["err"] + one["out"] + one["report"], one
        # A report is the old one or a whole new one, and nothing half made lies about.
        assert set(one["beside"]) <= {*untouched["beside"], "report.json", "new"}, one
        if one["report"] != "the old one":
            assert json.loads(one["report"])["summary"]["exit_code"] in (one["code"], 0)
        assert one["csv"] in (None, untouched["csv"]) or one["code"] == 3, one
        if one["code"] == 0:
            assert json.loads(one["report"]) == whole, one
            assert (one["out"], one["csv"]) == (untouched["out"], untouched["csv"]), one
    assert others[-1]["code"] == 0
    assert {one["code"] for one in others} >= ({2} if kind in ("make", "write") else {3})
    if jobs == "2" and kind != "fork":
        assert any(one["failed"].startswith("in a process: ") for one in others)

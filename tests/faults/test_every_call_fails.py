"""Every call of the system that a run makes fails once: the first, the second, until a run passes untouched.

Never a traceback, never half a report, and never a clean run with a document unread. What fails are calls that the
interpreter tells of before it makes them (`sys.addaudithook`), whoever makes them, and those that reading and writing
files comes down to.
"""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import NOTICE, environment, notices

# Runs `main` again and again, each time with another call failing, and prints a line of JSON for each.
DRIVER = """
import errno, io, json, os, shutil, sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

EVENTS = {
    "open": ("open",),
    "folder": ("os.scandir", "os.listdir"),
    "make": ("os.mkdir", "os.rename"),
    "fork": ("os.fork",),
}
kind, number, jobs, cache = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
left = -1
failed = ""
me = os.getpid()

def due(what):
    global left, failed
    if left < 0 or os.getpid() != me:
        return False
    left -= 1
    if left >= 0:
        return False
    failed = what
    return True

def hook(event, arguments):
    if event in EVENTS.get(kind, ()) and due(f"{event} {arguments[:1]}"):
        raise OSError(number, os.strerror(number), *[name for name in arguments[:1] if isinstance(name, str)])

def failing(name):
    real = getattr(os, name)
    def call(*told, **named):
        if due(name):
            raise OSError(number, os.strerror(number))
        return real(*told, **named)
    setattr(os, name, call)

if kind == "call":
    for name in ("read", "fsync", "chmod", "replace"):
        failing(name)
sys.addaudithook(hook)
from privaudit.cli.main import run

def attempt(at):
    global left, failed
    shutil.rmtree("new", ignore_errors=True)
    Path("report.json").write_text("the old one")
    shutil.rmtree(cache, ignore_errors=True)
    if Path("filled").is_dir():
        shutil.copytree("filled", cache)
    out, err, failed = io.StringIO(), io.StringIO(), ""
    told = ["check", ".", "--jobs", jobs, "--fail-on", "never", "--format", "json=report.json", "--format", "jsonl",
            "--format", "csv=new/report.csv", "--select", "outdated,art13-1-a-controller"]
    with redirect_stdout(out), redirect_stderr(err):
        left = at
        try:
            code = run(told)
        except BaseException as error:
            code = repr(error)
        left = -1
    made = Path("new/report.csv")
    return {"failed": failed, "code": code, "out": out.getvalue(), "err": err.getvalue(),
            "report": Path("report.json").read_text(), "csv": made.read_text() if made.exists() else None,
            "beside": sorted(one.name for one in Path().iterdir())}

attempt(-1)
shutil.copytree(os.environ["PRIVAUDIT_CACHE_DIR"], "filled")
os.environ["PRIVAUDIT_CACHE_DIR"] = cache
print(json.dumps(attempt(-1)))
at = 0
while True:
    told = attempt(at)
    print(json.dumps(told))
    if not told["failed"]:
        break
    at += 1
"""


@pytest.mark.parametrize(
    ("kind", "number", "jobs"),
    [
        ("open", errno.EMFILE, "1"),
        ("open", errno.EIO, "2"),
        ("folder", errno.EIO, "1"),
        ("make", errno.ENOSPC, "1"),
        ("fork", errno.EAGAIN, "2"),
        ("call", errno.EIO, "1"),
    ],
)
def test_a_run_survives_each_failing_call(here: Path, kind: str, number: int, jobs: str) -> None:
    notices("privacy.md", "deep/privacy.md")
    Path("apples.md").write_text(NOTICE)
    Path("privaudit.yaml").write_text("exclude: [filled/]\n")
    Path(".gitignore").write_text("nothing\n")
    cache = str(here.parent / "cache")
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, kind, str(number), jobs, cache],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    untouched, *attempts = [json.loads(line) for line in done.stdout.splitlines()]
    assert untouched["code"] == 0, untouched
    assert len(attempts) > 1
    whole = json.loads(untouched["report"])
    for one in attempts:
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
    assert not attempts[-1]["failed"]
    assert attempts[-1]["code"] == 0
    assert {one["code"] for one in attempts} >= ({2} if kind == "make" else {3})

"""Every call of the system that a run makes fails once: the first, the second, until a run passes untouched.

Never a traceback, never half a report, and never a clean run with a document unread. What fails are calls that the
interpreter tells of before it makes them (`sys.addaudithook`), whoever makes them; those that looking at, reading and
replacing files comes down to; and writing, at every place of every file, by a limit of the system (`RLIMIT_FSIZE`).
With two jobs the calls of the processes count with those of the one that started them.
"""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import NOTICE, environment, notices, own_pack, word_notice

# Runs `main` again and again, each time with another call failing, and prints a line of JSON for each.
DRIVER = """
import errno, io, json, mmap, os, resource, shutil, sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

EVENTS = {
    "open": ("open",),
    "folder": ("os.scandir", "os.listdir"),
    "make": ("os.mkdir", "os.rename"),
    "fork": ("os.fork",),
    "reader": ("subprocess.Popen",),
}
# Bytes that a file may have more in each attempt to write.
STEP = 997
kind, number, jobs, cache = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
# How many calls more are to pass (from 1 up, 0: none fails), and what failed: shared with processes that are forked.
left = mmap.mmap(-1, 8)
failed = mmap.mmap(-1, 1000)
me = os.getpid()

def set_left(number):
    left[:] = number.to_bytes(8, "big")

def due(what):
    number = int.from_bytes(left[:], "big")
    if not number:
        return False
    set_left(number - 1)
    if number > 1:
        return False
    told = (what if os.getpid() == me else f"in a process: {what}").encode()[:1000]
    failed[:] = told.ljust(1000)
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
if kind == "look":
    for name in ("stat", "lstat", "fstat"):
        failing(name)
sys.addaudithook(hook)
from privaudit.cli.main import run

def attempt(at, jobs=jobs):
    shutil.rmtree("new", ignore_errors=True)
    Path("report.json").write_text("the old one")
    shutil.rmtree(cache, ignore_errors=True)
    if Path("filled").is_dir():
        shutil.copytree("filled", cache)
    out, err = io.StringIO(), io.StringIO()
    failed[:] = b" " * 1000
    told = ["check", ".", "--jobs", jobs, "--fail-on", "never", "--format", "json=report.json", "--format", "jsonl",
            "--format", "csv=new/report.csv", "--no-builtin", "--rules", "own.yaml"]
    with redirect_stdout(out), redirect_stderr(err):
        if kind == "write" and at:
            resource.setrlimit(resource.RLIMIT_FSIZE, ((at - 1) * STEP, resource.RLIM_INFINITY))
        else:
            set_left(at)
        try:
            code = run(told)
        except BaseException as error:
            code = repr(error)
        set_left(0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    made = Path("new/report.csv")
    if kind == "write" and at and code:
        failed[:5] = b"write"
    return {"failed": failed[:].decode().strip(), "code": code, "out": out.getvalue(), "err": err.getvalue(),
            "report": Path("report.json").read_text(), "csv": made.read_text() if made.exists() else None,
            "beside": sorted(one.name for one in Path().iterdir())}

# With one job, so that everything is loaded here: what fails are not the imports of each process.
attempt(0, "1")
shutil.copytree(os.environ["PRIVAUDIT_CACHE_DIR"], "filled")
os.environ["PRIVAUDIT_CACHE_DIR"] = cache
print(json.dumps(attempt(0)))
at = 1
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
        ("reader", errno.ENOMEM, "1"),
        ("call", errno.EIO, "1"),
        ("call", errno.EIO, "2"),
        ("look", errno.EIO, "1"),
        ("write", 0, "1"),
    ],
)
def test_a_run_survives_each_failing_call(here: Path, kind: str, number: int, jobs: str) -> None:
    notices("privacy.md", "deep/privacy.md")
    own_pack()
    if kind == "reader":
        word_notice("privacy.docx")
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
    assert {one["code"] for one in attempts} >= ({2} if kind in ("make", "write") else {3})
    if jobs == "2" and kind != "fork":
        assert any(one["failed"].startswith("in a process: ") for one in attempts)

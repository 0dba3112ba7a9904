"""A program that calls `main` again and again, each time with another call of the system failing."""

import errno
import json
import subprocess
import sys
from typing import Any

from tests.faults.commands import environment

# Which calls fail, and how.
HEAD = '''
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
    for name in ("read", "write", "fsync", "ftruncate", "chmod", "replace"):
        failing(name)
if kind == "look":
    for name in ("stat", "lstat", "fstat"):
        failing(name)
sys.addaudithook(hook)
from privaudit.cli.main import run

def ran(told, at=0):
    """Calls `main`, with the call of that number failing; gives the exit code, and what went to both streams."""
    shutil.rmtree(cache, ignore_errors=True)
    if Path("filled").is_dir():
        shutil.copytree("filled", cache)
    out, err = io.StringIO(), io.StringIO()
    failed[:] = b" " * 1000
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
    if kind == "write" and at and code:
        failed[:5] = b"write"
    return code, out.getvalue(), err.getvalue()

def what_failed():
    return failed[:].decode().strip()
'''
# Prints a line of JSON for an untouched run, and for each of the others until one passes.
LOOP = """
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


# Kinds of calls that every command makes, each with how the system says no, and the number of jobs.
CALLS = (
    ("open", errno.EMFILE, "1"),
    ("open", errno.EIO, "2"),
    ("folder", errno.EIO, "1"),
    ("make", errno.ENOSPC, "1"),
    ("fork", errno.EAGAIN, "2"),
    ("call", errno.EIO, "1"),
    ("call", errno.EIO, "2"),
    ("look", errno.EIO, "1"),
    ("write", 0, "1"),
)


def attempts(
    attempt: str, kind: str, number: int, jobs: str, cache: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What came of an untouched run and of those in which a call failed; the last of these met none.

    `attempt` is the source of a function of that name, which runs `main` once.
    """
    done = subprocess.run(
        [sys.executable, "-c", HEAD + attempt + LOOP, kind, str(number), jobs, cache],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    untouched, *others = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(others) > 1
    assert not others[-1]["failed"]
    return untouched, others

"""Reads a document in a process of its own, which may crash, hang or ask for too much without harm to the rest.

The process gets the bytes on standard input and gives the document back on standard output, as JSON. It inherits no
other file, no environment variable that it does not need to start, and loads nothing of privaudit but the readers.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from privaudit.document import Document
from privaudit.errors import InputError
from privaudit.read.carry import unpacked
from privaudit.read.formats import PDF
from privaudit.read.limits import LONGEST_SECONDS, Limits

# What loaders need to find the libraries of the interpreter itself.
_KEPT = ("SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_START = "import sys; sys.path += filter(None, sys.argv[1:3]); import privaudit.read.apart as apart; apart.main()"
# More than any document within the bounds gives; the process is stopped before it fills our memory.
_LONGEST_ANSWER = 400_000_000
# How a process ends that has used up its time by the clock of its own (where the system knows these signals).
_OUT_OF_TIME = [getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)]


def read_apart(path: str, data: bytes, media_type: str, limits: Limits) -> Document:
    """The document that the process reads; raises `InputError` with what it says, or how it ended."""
    library = _library(media_type)
    answer = _answer(data, [library, media_type, *map(str, limits)], limits)
    if "refused" in answer:
        raise InputError(str(answer["refused"]))
    try:
        return unpacked(answer, path, media_type, hashlib.sha256(data).hexdigest())
    except (ValueError, TypeError, KeyError) as error:
        raise InputError("the process that read it gave no sensible answer") from error


def _library(media_type: str) -> str:
    """The folder of the library that the format needs, empty where it needs none."""
    if media_type != PDF:
        return ""
    found = find_spec("pypdfium2")
    if found is None or found.origin is None:
        raise InputError("PDF needs a library that is not installed; install it with: pip install 'privaudit[pdf]'")
    return str(Path(found.origin).parent.parent)


def _answer(data: bytes, arguments: list[str], limits: Limits) -> dict[str, Any]:
    home = str(Path(__file__).parent.parent.parent)
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-c", _START, home, *arguments]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            # Our ^C and hang-up are ours to pass on, which we do by ending the process.
            start_new_session=True,
        )
    except OSError as error:
        raise InputError(f"no process could be started to read it: {error.strerror or error}") from None
    late = threading.Event()
    timer = threading.Timer(min(limits.seconds, LONGEST_SECONDS), _end, (process, late))
    timer.daemon = True
    assert process.stdin is not None
    assert process.stdout is not None
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    try:
        timer.start()
        feeder.start()
        said = process.stdout.read(_LONGEST_ANSWER + 1)
        if len(said) <= _LONGEST_ANSWER:
            process.wait()
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        feeder.join()
        process.stdout.close()
    return _understood(said, process.returncode, late.is_set(), limits)


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _feed(pipe: IO[bytes], data: bytes) -> None:
    # A process that ended early reads no more.
    with contextlib.suppress(OSError), pipe:
        pipe.write(data)


def _understood(said: bytes, code: int, late: bool, limits: Limits) -> dict[str, Any]:
    if late or (code < 0 and -code in _OUT_OF_TIME):
        raise InputError(f"reading it takes longer than {limits.seconds:,} seconds (--timeout)")
    if code == 0 and len(said) <= _LONGEST_ANSWER:
        with contextlib.suppress(ValueError):
            answer = json.loads(said)
            if isinstance(answer, dict):
                return answer
    memory = f"it may be damaged, or need more memory than {limits.megabytes:,} MB (--max-memory)"
    raise InputError(f"the process that read it ended without an answer ({_how(code)}); {memory}")


def _how(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"

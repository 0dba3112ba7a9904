"""What runs in the process that reads one document: bounds first, then bytes in and the document out."""

from __future__ import annotations

import json
import os
import signal
import sys

from privaudit.document import UNKNOWN_LANGUAGE, Document
from privaudit.errors import InputError
from privaudit.read.carry import packed
from privaudit.read.formats import DOCX, PDF
from privaudit.read.limits import LONGEST_SECONDS, MEGABYTE, Limits, bound

# Seconds after which the process ends itself if nobody else has ended it.
_GRACE = 2


def main() -> None:
    """Takes a media type and the limits, behind two folders of libraries, as arguments.

    Reads standard input and writes a document, or why there is none.
    """
    media_type, *numbers = sys.argv[3:]
    limits = Limits(*map(int, numbers))
    _bound(limits)
    # Whatever a library prints must not get among the answer.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        said = packed(_read(sys.stdin.buffer.read(), media_type, limits))
    except InputError as error:
        said = _refused(str(error))
    except MemoryError:
        said = _refused(f"reading it takes more memory than {limits.megabytes:,} MB (--max-memory)")
    except RecursionError:
        said = _refused("it is nested too deeply to read")
    answer.write(said)
    answer.close()


def _refused(reason: str) -> bytes:
    return json.dumps({"refused": reason}).encode()


def _bound(limits: Limits) -> None:
    """Bounds time and memory, and forbids to write files, where the system can; the parent watches the time as well."""
    seconds = min(limits.seconds, LONGEST_SECONDS) + _GRACE
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CPU", seconds),
        ("RLIMIT_AS", limits.megabytes * MEGABYTE),
    ):
        bound(name, value, for_good=True)


def _read(data: bytes, media_type: str, limits: Limits) -> Document:
    if media_type == PDF:
        from privaudit.read.pdf import read_pdf

        assembler = read_pdf(data, limits)
    elif media_type == DOCX:
        from privaudit.read.docx import read_docx

        assembler = read_docx(data)
    else:
        from privaudit.read.odt import read_odt

        assembler = read_odt(data)
    return assembler.finish("", media_type, b"", UNKNOWN_LANGUAGE, ())

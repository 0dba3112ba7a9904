"""A process that reads a document may die, hang or eat memory: that document is not read, and we know why."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from privaudit.errors import InputError
from privaudit.read import DOCX, PDF, Limits, read_document, worker
from tests.documents.offices import hand_docx, p
from tests.documents.pdfs import drawn, lines

POSIX = pytest.mark.skipif(os.name != "posix", reason="bounds and signals of the system")
NOTICE = hand_docx(p("We keep your data for two years."))
STARTED = "import sys; sys.path += filter(None, sys.argv[1:3]); import privaudit.read.apart as apart; "


def refused(code: str, monkeypatch: pytest.MonkeyPatch, limits: Limits = Limits(seconds=20)) -> str:  # noqa: B008
    """What is said where the process runs this code."""
    monkeypatch.setattr(worker, "_START", code)
    with pytest.raises(InputError) as caught:
        read_document("notice.docx", NOTICE, limits=limits)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


@POSIX
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_a_process_that_dies_costs_its_document_only(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    assert f"without an answer ({name})" in refused(code, monkeypatch)
    monkeypatch.undo()
    assert read_document("notice.docx", NOTICE).source == "We keep your data for two years."


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    assert "longer than 1 seconds (--timeout)" in refused("while True: pass", monkeypatch, Limits(seconds=1))
    assert time.monotonic() - begun < 15


@POSIX
def test_a_process_that_closes_its_output_and_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import os, time; os.close(1); time.sleep(60)"
    assert "longer than 1 seconds" in refused(code, monkeypatch, Limits(seconds=1))


@POSIX
def test_the_process_ends_itself_where_nobody_ends_it() -> None:
    code = STARTED + "apart._bound(apart.Limits(seconds=1)); import time; time.sleep(60)"
    root = str(Path(worker.__file__).parents[2])
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, root, ""], check=False, timeout=30)
    assert done.returncode == -signal.SIGALRM


@POSIX
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no memory")
def test_a_process_that_eats_memory_is_refused_more(monkeypatch: pytest.MonkeyPatch) -> None:
    code = STARTED + "apart._read = lambda *_: bytearray(400_000_000); apart.main()"
    assert "more memory than 300 MB (--max-memory)" in refused(code, monkeypatch, Limits(megabytes=300))


@POSIX
def test_the_process_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "out"
    code = STARTED + f"apart._read = lambda *_: open({str(target)!r}, 'w').write('text' * 9999); apart.main()"
    assert "without an answer" in refused(code, monkeypatch)
    assert not target.exists() or target.read_bytes() == b""


@pytest.mark.parametrize(
    "answer", ["", "no JSON", "[]", "{}", '{"source": 1}', json.dumps({"source": "", "blocks": [1]})]
)
def test_an_answer_that_makes_no_sense_is_refused(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    message = refused(f"import sys; sys.stdin.buffer.read(); print({answer!r})", monkeypatch)
    assert "answer" in message


def test_an_endless_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_LONGEST_ANSWER", 1_000_000)
    assert "without an answer" in refused("while True: print('x' * 9999)", monkeypatch)


def test_what_libraries_print_is_no_part_of_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    loud = (
        "import os; real = apart._read; "
        "apart._read = lambda *a: (os.write(1, b'noise'), print('noise'), real(*a))[-1]; "
    )
    monkeypatch.setattr(worker, "_START", STARTED + loud + "apart.main()")
    assert read_document("notice.docx", NOTICE).source == "We keep your data for two years."


def test_the_process_gets_no_environment_and_no_path_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SECRET", "x")
    assert read_document("notice.docx", NOTICE).source == "We keep your data for two years."
    told = refused(
        STARTED + "import os; print(apart._refused('SECRET' in os.environ and 'seen' or 'unseen').decode())",
        monkeypatch,
    )
    assert told == "unseen"


def test_the_process_loads_readers_and_nothing_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    code = STARTED + (
        "answer = apart._refused; "
        "apart._refused = lambda _: answer(' '.join(sorted(name for name in sys.modules if name.startswith('privaudit')"
        " or name in {'rich', 'typer', 'regex', 'yaml', 'socket'}))); "
        "apart._read = lambda *_: (_ for _ in ()).throw(RecursionError()); apart.main()"
    )
    loaded = refused(code, monkeypatch).split()
    assert "privaudit.read.apart" in loaded
    allowed = ("privaudit.read", "privaudit.document", "privaudit.errors", "privaudit.directive")
    own = ("privaudit", "privaudit.record", "privaudit.extension", "privaudit.digest")
    others = {name for name in loaded if name not in own and not name.startswith(allowed)}
    assert others == set()


def test_bounds_may_be_larger_than_any_system_knows() -> None:
    limits = Limits(10**15, 10**15, 10**15)
    assert read_document("notice.docx", NOTICE, limits=limits).source == "We keep your data for two years."


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'privaudit\[pdf\]'"):
        worker.read_apart("a.pdf", b"%PDF-1.7", PDF, Limits())
    assert worker.read_apart("a.docx", NOTICE, DOCX, Limits()).source


def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(InputError, match="no process could be started"):
        read_document("notice.docx", NOTICE)


def test_nothing_is_left_running(monkeypatch: pytest.MonkeyPatch) -> None:
    refused("while True: pass", monkeypatch, Limits(seconds=1))
    assert not [one for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]


def test_the_same_bytes_give_the_same_document() -> None:
    data = drawn(lines("Privacy notice", size=18), lines("We keep your data for two years.", "We delete it then."))
    first, second = read_document("a.pdf", data), read_document("a.pdf", data)
    assert first.source == second.source
    assert first.blocks == second.blocks
    assert first.map.runs() == second.map.runs()

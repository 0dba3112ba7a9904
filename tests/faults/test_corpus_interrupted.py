"""A corpus whose run is broken off: the next one goes on, and comes to what an undisturbed one comes to."""

import contextlib
import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import privaudit
from privaudit.cli import records
from privaudit.cli.main import run
from tests.unit.corpus.archives import jsonl
from tests.unit.house import COMPLAINT, PLAIN, House

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes inherit the trouble made here by fork alone")
ROOT = str(Path(privaudit.__file__).parent.parent)
SENTENCES = (
    "We sell bicycles.", "The trams run late.", "You may complain.", COMPLAINT.strip(), PLAIN.strip(),
    "The authority is in town.", "We send a letter to each of our readers in spring.", "Nobody else sees the list.",
)  # fmt: skip
MANY = 600


def varied(count: int) -> Iterator[dict[str, Any]]:
    """Records with short texts, no two the same; some ids are there twice, some not at all."""
    chance = random.Random(20)  # noqa: S311 - the same each time
    for number in range(count):
        text = " ".join(chance.choices(SENTENCES, k=chance.randint(3, 12)))
        yield {"id": f"r{number % 560}" if number % 11 else None, "text": f"# Notice {number}\n\n{text}"}


def shards(folder: Path, count: int) -> Path:
    """The records in three files of different lengths."""
    folder.mkdir()
    every = list(varied(count))
    for name, part in (
        ("a.jsonl", every[: count // 2]),
        ("b.jsonl.gz", every[count // 2 : -7]),
        ("c.jsonl", every[-7:]),
    ):
        jsonl(folder / name, part)
    return folder


class Driver:
    """`privaudit corpus` in a process of its own."""

    def __init__(self, house: House, output: str, *more: str) -> None:
        self.checkpoint = (
            Path(f"{output}.checkpoint") if output.endswith(".jsonl") else Path(output, "_checkpoint.jsonl")
        )
        options = ["--rules", str(house.pack), "--no-builtin", "--lang", "en", "--jobs", "2", "--part-size", "20"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "privaudit", "corpus", "in", output, *options, "--format", "json", *more],
            env={**os.environ, "PYTHONPATH": ROOT},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def wait_for(self, parts: int) -> None:
        """Until so many parts are finished."""
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                if self.checkpoint.read_bytes().count(b"\n") > parts:
                    return
            time.sleep(0.005)
        pytest.fail(f"the run did not come to {parts} parts: {self.process.communicate()}")

    def workers(self) -> list[int]:
        number = self.process.pid
        return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> tuple[int, dict[str, Any]]:
        out, err = self.process.communicate(timeout=300)
        assert err == b""
        return self.process.returncode, json.loads(out)


def content(output: str) -> dict[str, bytes]:
    path = Path(output)
    files = [path] if path.is_file() else sorted(path.glob("part-*"))
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("suffix", [".jsonl", ""])
def test_killed_workers_and_drivers_change_nothing(house: House, suffix: str) -> None:
    shards(house.here / "in", MANY)
    undisturbed = Driver(house, f"whole{suffix}").end()
    first = Driver(house, f"out{suffix}")
    first.wait_for(3)
    os.kill(first.workers()[0], signal.SIGKILL)
    first.wait_for(8)
    first.kill()
    second = Driver(house, f"out{suffix}", "--resume")
    second.wait_for(16)
    os.kill(second.workers()[-1], signal.SIGKILL)
    second.kill()
    code, summary = Driver(house, f"out{suffix}", "--resume").end()
    assert content(f"out{suffix}") == {
        name.replace("whole", "out"): data for name, data in content(f"whole{suffix}").items()
    }
    assert (code, {**summary, "output": ""}) == (undisturbed[0], {**undisturbed[1], "output": ""})
    assert summary["summary"]["documents"] == summary["summary"]["audited"] == MANY
    assert summary["summary"]["repeated_ids"] > 0


def test_another_run_on_the_same_output_is_kept_out(house: House) -> None:
    shards(house.here / "in", MANY)
    first = Driver(house, "out")
    first.wait_for(1)
    found = house.call("corpus", "in", "out", "--resume", "--jobs", "2", "--part-size", "50")
    assert (found.code, found.err) == (2, "error: out/_checkpoint.jsonl: another run writes this output\n")
    first.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_end_can_go_on(house: House, number: signal.Signals) -> None:
    shards(house.here / "in", 400)
    first = Driver(house, "out.jsonl")
    first.wait_for(2)
    first.process.send_signal(number)
    first.process.communicate()
    assert first.process.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}[number]
    code, summary = Driver(house, "out.jsonl", "--resume").end()
    assert (code, summary["summary"]["documents"]) == (0, 400)


# -- a document that ends or stops the process which audits it


TROUBLE: dict[str, Callable[[], object]] = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "left": lambda: os._exit(7),
    "hanging": lambda: time.sleep(600),
    "greedy": lambda: bytearray(1 << 40),
    "failing": lambda: 1 / 0,
}
SAID = {
    "killed": "the process that audited it ended without an answer (SIGKILL)",
    "left": "the process that audited it ended without an answer (exit code 7)",
    "hanging": "auditing it takes longer than 2 seconds (--timeout)",
    "greedy": "auditing it takes more memory than 1,024 MB (--max-memory)",
    "failing": "internal error: ZeroDivisionError: division by zero; "
    "please report it, with what PRIVAUDIT_DEBUG=1 shows",
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_costs_its_document_which_is_a_row(house: House, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    real = records._read

    def troubled(record: Any, auditor: Any) -> Any:
        if record.id == kind:
            TROUBLE[kind]()
        return real(record, auditor)

    monkeypatch.setattr(records, "_read", troubled)
    jsonl(house.here / "in.jsonl", [{"id": one, "text": f"{PLAIN}{COMPLAINT}"} for one in ("a", "b", kind, "c", "d")])
    options = ["--timeout", "2", "--jobs", "2", "--rules", str(house.pack), "--no-builtin", "--lang", "en", "--quiet"]
    assert run(["corpus", "in.jsonl", "out.jsonl", *options]) == 3
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [(row["document_id"], row["status"], row["problem"]) for row in rows] == [
        ("a", "audited", None), ("b", "audited", None), (kind, "not-audited", SAID[kind]), ("c", "audited", None),
        ("d", "audited", None),
    ]  # fmt: skip


# -- a disk that is full


@pytest.mark.parametrize(
    ("output", "room"), [("out", 700), ("out", 3_000), ("out.jsonl", 700), ("out.jsonl", 9_000), ("out.jsonl", 30_000)]
)
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(house: House, output: str, room: int) -> None:
    shards(house.here / "in", 120)
    options = ["--rules", str(house.pack), "--no-builtin", "--lang", "en", "--part-size", "20", "--all-verdicts"]
    # Files may not grow beyond so many bytes.
    code = (
        "import resource, sys; from privaudit.cli.main import run; "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); sys.exit(run(sys.argv[1:]))"
    )
    full = subprocess.run(
        [sys.executable, "-c", code, "corpus", "in", output, *options],
        env={**os.environ, "PYTHONPATH": ROOT, "PRIVAUDIT_CACHE_DIR": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 2, full.stderr
    assert full.stderr == (
        f"error: {output}: cannot be written: {os.strerror(errno.EFBIG)}; "
        "what is finished stays: mend it, then go on with --resume\n"
    )
    assert house.run("corpus", "in", output, *options, "--resume").code == 0
    assert house.run("corpus", "in", f"other-{output}", *options).code == 0
    assert list(content(output).values()) == list(content(f"other-{output}").values())

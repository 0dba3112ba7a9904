import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from privaudit.corpus.checkpoint import Checkpoint, Made, Part, check_same
from privaudit.corpus.rows import Result
from privaudit.corpus.seen import Seen
from privaudit.corpus.tally import Tally
from privaudit.errors import UsageError
from privaudit.model import Status

MADE = Made("1.0", "hash", {"lang": "en"}, "2026-01-02", (("a.jsonl", 10, "1"), ("b.jsonl", 20, "2")))


def part(shard: int, position: int, *ids: int) -> Part:
    tally = Tally()
    tally.add(Result((), Status.AUDITED, "en", (("disclosure", "complaint", "missing"),)))
    return Part(shard, position, False, 100 * position, tally, ids)


def test_what_was_added_is_there_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "check"
    with closing(Checkpoint(path)) as first:
        assert first.is_blank()
        first.begin(MADE)
        first.add(part(0, 7, 11, 12))
        first.add(part(1, 3, 13))
    seen = Seen()
    with closing(Checkpoint(path)) as second:
        assert not second.is_blank()
        state = second.state(seen)
    assert state.made == MADE
    assert state.last is not None
    assert (state.last.shard, state.last.position, state.last.size, state.parts) == (1, 3, 300, 2)
    assert state.tally.outcomes == {("audited", "disclosure", "complaint", "missing"): 2}
    assert [seen.add(mark) for mark in (11, 12, 13, 14)] == [False, False, False, True]


@pytest.mark.parametrize("kept", range(1, 200, 23))
def test_a_part_whose_line_is_not_whole_does_not_count(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "check"
    with closing(Checkpoint(path)) as first:
        first.begin(MADE)
        first.add(part(0, 7))
        whole = path.stat().st_size
        first.add(part(0, 9))
    with path.open("r+b") as file:
        file.truncate(whole + kept)
    with closing(Checkpoint(path)) as second:
        assert second.state(Seen()).parts == 1
        second.add(part(0, 10))
    with closing(Checkpoint(path)) as third:
        last = third.state(Seen()).last
    assert last is not None
    assert last.position == 10


def test_what_is_no_checkpoint_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "check"
    for text in ("", "{}\n", "[]\n", "garbage\n", '{"format": "privaudit-corpus-checkpoint/9"}\n'):
        path.write_text(text)
        with closing(Checkpoint(path)) as one, pytest.raises(UsageError, match=r"is no checkpoint to go on from"):
            one.state(Seen())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and devices")
def test_a_device_or_a_pipe_is_no_checkpoint(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to(os.devnull)
    for name in ("pipe", "device"):
        with pytest.raises((UsageError, OSError), match=r"not a regular file|not seekable"):
            Checkpoint(tmp_path / name)


def test_another_process_is_kept_out_and_a_child_of_ours_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "check"
    code = (
        f"from privaudit.corpus.checkpoint import Checkpoint; from pathlib import Path; Checkpoint(Path({str(path)!r}))"
    )
    with closing(Checkpoint(path)):
        # Started by us, and as a copy of us holds what we hold.
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert f"{path}: another run writes this output" in other.stderr
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (MADE._replace(version="1.1"), "privaudit is another version"),
        (MADE._replace(packs="x"), "the rule packs have changed"),
        (MADE._replace(options={"lang": "sv", "x": "1"}), "the options or the configuration are others (lang, x)"),
        (MADE._replace(as_of="2026-01-03"), "the day is another (--as-of 2026-01-02)"),
        (MADE._replace(shards=MADE.shards[:1]), "the input has changed: b.jsonl is gone"),
        (MADE._replace(shards=(*MADE.shards, ("c", 1, "1"))), "the input has changed: c is new"),
        (MADE._replace(shards=(MADE.shards[0], ("b.jsonl", 20, "3"))), "the input has changed: b.jsonl is another"),
        (MADE._replace(shards=MADE.shards[::-1]), "the input has changed: the order of its files"),
    ],
)  # fmt: skip
def test_what_would_come_to_other_rows_is_refused_with_the_difference(now: Made, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_same(MADE, now, Path("out"))
    assert str(caught.value) == f"out: cannot go on: {said}; start anew, with another output"


def test_the_same_goes_on() -> None:
    check_same(MADE, Made(**json.loads(json.dumps(MADE._asdict())))._replace(shards=MADE.shards), Path("out"))

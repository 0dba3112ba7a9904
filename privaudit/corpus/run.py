"""A run over a corpus: shards are read, records audited by others, rows written part by part in the input's order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from privaudit.corpus.checkpoint import Checkpoint, Part, State
from privaudit.corpus.record import Record
from privaudit.corpus.rows import Result, Row
from privaudit.corpus.seen import Seen, mark_of
from privaudit.corpus.shards import Shard, records_of
from privaudit.corpus.sink import Sink
from privaudit.corpus.tally import Tally
from privaudit.errors import UsageError
from privaudit.record import NamedTuple

# Takes records, and a place to look up those that are under way, and gives what came of each by its number.
Audit = Callable[[Iterator[Record], dict[int, Record]], Iterator[tuple[int, Result]]]
# Is told of documents that are done, and of bytes of the input that were read for them.
Progress = Callable[[int, int], None]


class Job(NamedTuple):
    """What is to be read, and where it goes: `part_size` records at most make a part, which never spans two shards."""

    shards: Sequence[Shard]
    sink: Sink
    max_bytes: int
    part_size: int


def run(job: Job, audit: Audit, checkpoint: Checkpoint, state: State, seen: Seen, progress: Progress) -> Tally:
    """Audits what is not finished yet; gives the counts over everything.

    Raises `UsageError` where the output cannot be written, with all finished parts in place.
    """
    tally, number = state.tally, state.parts
    at = _Place(0, 0)
    if state.last:
        at = _Place(state.last.shard + 1, 0) if state.last.ends else _Place(state.last.shard, state.last.position)
    with _told_of(job.sink):
        job.sink.begin(number, state.last.size if state.last else 0)
    for made in _parts(job, at, audit, seen, progress):
        number += 1
        with _told_of(job.sink):
            size = job.sink.write(number, made.rows)
            checkpoint.add(Part(made.shard, made.position, made.ends, size, made.tally, tuple(made.ids)))
        tally.include(made.tally)
    return tally


@contextmanager
def _told_of(sink: Sink) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{sink.path}: cannot be written: {error.strerror or error}; "
            "what is finished stays: mend it, then go on with --resume"
        ) from None


class _Place(NamedTuple):
    """A shard by its number, and the position in it behind which records are wanted."""

    shard: int
    position: int


class _Entry(NamedTuple):
    """A record that was read, or without a `number` the end of a shard, in the order of the input."""

    shard: int
    position: int
    number: int | None = None
    mark: int = 0
    read: int = 0
    damage: bool = False


class _Made:
    """A part in the making."""

    def __init__(self, shard: int, position: int = 0) -> None:
        self.shard = shard
        self.position = position
        self.ends = False
        self.records = 0
        self.rows: list[Row] = []
        self.ids: list[int] = []
        self.tally = Tally()

    def add(self, entry: _Entry, result: Result) -> None:
        self.position = entry.position
        self.records += 1
        self.rows += result.rows
        self.tally.add(result)
        if entry.mark:
            self.ids.append(entry.mark)


class _Reading:
    """The records of the shards; `order` tells what was read, `lost` has what is under way."""

    def __init__(self, job: Job, at: _Place, seen: Seen) -> None:
        self._job, self._at, self._seen = job, at, seen
        self.order: deque[_Entry] = deque()
        self.lost: dict[int, Record] = {}

    def records(self) -> Iterator[Record]:
        number, after = 0, self._at.position
        for index in range(self._at.shard, len(self._job.shards)):
            for record in records_of(self._job.shards[index], after, self._job.max_bytes):
                mark = mark_of(record.id) if record.id else 0
                if mark and not self._seen.add(mark):
                    record = record._replace(repeated=True)
                self.order.append(_Entry(index, record.position, number, mark, record.read, record.damage))
                self.lost[number] = record._replace(data=None)
                number += 1
                yield record
            self.order.append(_Entry(index, after))
            after = 0


def _parts(job: Job, at: _Place, audit: Audit, seen: Seen, progress: Progress) -> Iterator[_Made]:
    reading = _Reading(job, at, seen)
    results: dict[int, Result] = {}
    making = _Made(at.shard, at.position)
    before = sum(shard.size for shard in job.shards[: at.shard])
    done = 0

    def ready() -> Iterator[_Made]:
        nonlocal making, before, done
        while reading.order and (reading.order[0].number is None or reading.order[0].number in results):
            entry = reading.order.popleft()
            if entry.number is None:
                making.ends = True
                yield making
                before += job.shards[entry.shard].size
                making = _Made(entry.shard + 1)
                continue
            making.add(entry, results.pop(entry.number))
            done += 1
            progress(done, before + entry.read)
            # What ends a shard in the middle stays in one part with its end, or it would be met again.
            if making.records >= job.part_size and not entry.damage:
                yield making
                making = _Made(entry.shard, entry.position)

    for number, result in audit(reading.records(), reading.lost):
        results[number] = result
        yield from ready()
    yield from ready()

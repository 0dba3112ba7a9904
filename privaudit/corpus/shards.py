"""What a corpus consists of: files of many records, and documents that `check` would find."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from privaudit.corpus.jsonl import read_jsonl
from privaudit.corpus.parquet import read_parquet
from privaudit.corpus.record import Record
from privaudit.corpus.streams import DamagedError
from privaudit.corpus.warc import read_warc
from privaudit.discover import Filters, Source, discover, shown
from privaudit.errors import UsageError
from privaudit.read.formats import SUFFIXES, media_type_of
from privaudit.record import NamedTuple

Reader = Callable[[str, str, int, int], Iterator[Record]]
READERS: dict[str, Reader] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".parquet": read_parquet,
    ".warc": read_warc,
    ".wet": read_warc,
}
_PACKED = (".gz", ".zst")
_NOT_READ = "a corpus has .jsonl, .parquet or .warc files (.gz, .zst), or documents"
# Documents that are one shard together.
_DOCUMENTS = 1000


class Shard(NamedTuple):
    """A file of many records, or some documents; `name` is how reports call it.

    `size` is in bytes, `stamp` changes when it is changed.
    """

    name: str
    path: str
    size: int
    stamp: str
    documents: tuple[Source, ...] = ()


def reader_of(name: str) -> Reader | None:
    """What reads a file of many records, told by its name; None where it is none."""
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122
    if suffix in _PACKED:
        suffix = os.path.splitext(stem)[1]  # noqa: PTH122
        return READERS.get(suffix) if suffix != ".parquet" else None
    return READERS.get(suffix)


def find_shards(argument: str, filters: Filters, max_bytes: int, follow: bool, output: Path) -> tuple[Shard, ...]:
    """The shards of a file or folder, by name, the documents last; nothing of the `output`.

    The argument may have wildcards. Raises `UsageError` where there is nothing to read.
    """
    named = _named(argument)
    files = [path for path in named if reader_of(path) and os.path.lexists(path) and not os.path.isdir(path)]  # noqa: PTH112
    others = [path for path in named if path not in files]
    closed: list[OSError] = []
    paths = sorted({*files, *(path for folder in others for path in _files(folder, follow, closed))})
    mine = os.path.realpath(output)
    found = [
        _shard(path)
        for path in paths
        if not (os.path.realpath(path) + os.sep).startswith(mine + os.sep)
        and not filters.leave_out(shown(path), path in files)
    ]
    discovery = discover(others, max_bytes=max_bytes, filters=filters, follow=follow)
    if discovery.errors:
        raise UsageError(discovery.errors[0])
    known = {one.path for one in discovery.sources}
    unseen = [one for one in _unseen(closed) if one.path not in known and not filters.skips_below(one.path)]
    every = sorted((*discovery.sources, *unseen), key=lambda one: one.path)
    sources = [one for one in every if not (os.path.realpath(one.file) + os.sep).startswith(mine + os.sep)]
    found += [_group(sources[at : at + _DOCUMENTS]) for at in range(0, len(sources), _DOCUMENTS)]
    if not found:
        raise UsageError(f"{argument}: nothing to read; {_NOT_READ}")
    return tuple(found)


def _named(argument: str) -> list[str]:
    """The files and folders that an argument means; raises `UsageError` for a file of which nobody knows the format."""
    if argument == "-":
        raise UsageError("-: a corpus is a file or a folder, which a run can go on with; standard input is neither")
    found = [argument]
    if not os.path.lexists(argument) and any(sign in argument for sign in "*?["):
        found = sorted(glob.glob(argument, recursive=True)) or found  # noqa: PTH207
    for path in found:
        known = reader_of(path) or os.path.splitext(path)[1].lower() in SUFFIXES  # noqa: PTH122
        if os.path.isfile(path) and not known:  # noqa: PTH113
            raise UsageError(f"{path}: {_NOT_READ}")
    return found


def _files(folder: str, follow: bool, closed: list[OSError]) -> Iterator[str]:
    """The files of many records below a folder, without hidden ones and those of other programs' own (`_SUCCESS`).

    `closed` gets what kept us from looking into a folder.
    """
    for here, folders, names in os.walk(folder, onerror=closed.append, followlinks=follow):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in names:
            path = os.path.join(here, name)  # noqa: PTH118
            if not name.startswith((".", "_")) and reader_of(name) and (follow or not os.path.islink(path)):  # noqa: PTH114
                yield path


def _unseen(closed: Iterable[OSError]) -> Iterator[Source]:
    """A document that cannot be read for each folder of which nobody knows what is in it."""
    for error in closed:
        name = shown(os.fsdecode(error.filename))
        yield Source(name, True, None, f"cannot be listed: {error.strerror or error}", lost=True)


def _shard(path: str) -> Shard:
    size, stamp = _stamp(path)
    return Shard(shown(path), path, size, stamp)


def _group(sources: Sequence[Source]) -> Shard:
    stamps = [(source.path, *_stamp(source.file)) for source in sources]
    digest = hashlib.sha256(repr(stamps).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Shard(sources[0].path, "", sum(size for _, size, _ in stamps), digest, tuple(sources))


def _stamp(path: str) -> tuple[int, str]:
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return 0, ""
    return status.st_size, str(status.st_mtime_ns)


def records_of(shard: Shard, after: int, max_bytes: int) -> Iterator[Record]:
    """The records of a shard behind number `after`; where it cannot be read on, a last one that tells why.

    Raises `UsageError` where a library is missing that the format needs.
    """
    if shard.documents:
        yield from _documents(shard, after)
        return
    reader = reader_of(shard.path)
    assert reader is not None
    number = after
    try:
        for record in reader(shard.name, shard.path, after, max_bytes):
            number = record.number
            yield record._replace(position=number)
    except DamagedError as error:
        yield Record(shard.name, number + 1, fault=str(error), damage=True, position=number + 1)


def _documents(shard: Shard, after: int) -> Iterator[Record]:
    read = 0
    for position, source in enumerate(shard.documents, 1):
        if position > after:
            yield Record(
                source.path,
                1,
                id=source.path,
                media_type=media_type_of(source.path),
                file=source.file,
                named=source.named,
                fault=source.problem,
                read=read,
                position=position,
            )
        read += _stamp(source.file)[0]

"""What can be audited by itself: a document, or the files of one notice. Whatever goes wrong costs these alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from privaudit.cli import stages
from privaudit.cli.clock import OutOfMemoryError, OutOfTimeError, limited
from privaudit.errors import PrivauditError
from privaudit.model import DocumentReport, Skipped
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.repository import from_root

if TYPE_CHECKING:
    from typing import TypeVar

    from privaudit.cli.audit import Auditor
    from privaudit.config.settings import Notice, Settings
    from privaudit.discover import Source
    from privaudit.document import Document

    T = TypeVar("T")

# What reads a document in a process of its own keeps to the same bound, and knows better what to say of it.
_READER_FIRST = 1.0
# What the system's loader says where a library would take more memory than there may be.
_NO_ROOM = "failed to map segment"


class Task(NamedTuple):
    """One document, or the files of one `notice` in its order, each with what its findings know it by.

    `keep` asks for the documents themselves, too.
    """

    sources: tuple[Source, ...]
    identities: tuple[str, ...]
    notice: str = ""
    keep: bool = False


class Done(NamedTuple):
    """The reports on the documents of a task, what was no notice, and the documents that were asked for."""

    documents: tuple[DocumentReport, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    read: tuple[Document, ...] = ()


def tasks_of(
    sources: Sequence[Source], together: Mapping[str, Notice], notices: Sequence[Notice], root: str, below: str
) -> list[Task]:
    """The tasks that documents make; `together` tells which are parts of which notice."""
    tasks: list[Task] = []
    parts: dict[str, list[tuple[Source, str]]] = {}
    for source in sources:
        identity = from_root(source.path, root, below)
        if source.path in together:
            parts.setdefault(together[source.path].name, []).append((source, identity))
        else:
            tasks.append(Task((source,), (identity,)))
    for notice in notices:
        if notice.name in parts:
            ranked = sorted(parts[notice.name], key=lambda part: (notice.rank(part[0].path), part[1]))
            sources_, identities = zip(*ranked, strict=True)
            tasks.append(Task(sources_, identities, notice.name))
    return tasks


def performed(task: Task, auditor: Auditor) -> Done:
    """A task done, or the reason why not in its place, within the seconds that `timeout` gives for the first path.

    Raises `RuleError` and `UsageError`, which mean every document.
    """
    settings = auditor.plan.of(task.sources[0].path)
    return guarded(settings, lambda: _performed(task, auditor), lambda reason: lost(task, reason))


def guarded(settings: Settings, work: Callable[[], T], lost: Callable[[str], T]) -> T:
    """What comes of work on a document, or what `lost` makes of the reason why nothing does.

    Raises `RuleError` and `UsageError`, which mean every document.
    """
    seconds, megabytes = settings.timeout, settings.max_memory
    try:
        return limited(seconds + _READER_FIRST, megabytes, work)
    except OutOfTimeError:
        return lost(out_of_time(seconds))
    except (MemoryError, OutOfMemoryError):
        return lost(out_of_memory(megabytes))
    except RecursionError:
        return lost("it is nested too deeply to audit")
    except PrivauditError:
        raise
    except OSError as error:
        return lost(f"cannot be audited: {error.strerror or error}")
    except Exception as error:
        if isinstance(error, ImportError) and _NO_ROOM in str(error):
            return lost(out_of_memory(megabytes))
        if os.environ.get("PRIVAUDIT_DEBUG"):
            raise
        told = f"internal error: {type(error).__name__}: {error}"
        return lost(f"{told}; please report it, with what PRIVAUDIT_DEBUG=1 shows")


def _performed(task: Task, auditor: Auditor) -> Done:
    read = [auditor.read(source) for source in task.sources]
    auditor.load(read)
    searched = [auditor.search(one) for one in read]
    kept = tuple(one.document for one in read if one.document and task.keep)
    if task.notice:
        parts = list(zip(read, searched, task.identities, strict=True))
        return Done(tuple(auditor.report_together(task.notice, parts)), read=kept)
    one, found, path = read[0], searched[0], task.sources[0].path
    # What nobody could look into may be a notice.
    why = "" if one.source.named or one.source.lost else stages.left_out(path, found)
    if why:
        return Done(skipped=(Skipped(path, one.problem or why),))
    return Done((auditor.report(one, found, task.identities[0]),), read=kept)


def lost(task: Task, reason: str) -> Done:
    """The documents of a task as not audited."""
    return Done(tuple(stages.unread(stages.Read(_unread(source), problem=reason)) for source in task.sources))


def _unread(source: Source) -> Source:
    """A source of which no more is said than its name: how far it came is a matter of chance."""
    return source._replace(data=None)


def out_of_time(seconds: int) -> str:
    """What to say of a document that took too long."""
    return f"auditing it takes longer than {seconds:,} seconds (--timeout)"


def out_of_memory(megabytes: int) -> str:
    """What to say of a document that needs too much."""
    return f"auditing it takes more memory than {megabytes:,} MB (--max-memory)"

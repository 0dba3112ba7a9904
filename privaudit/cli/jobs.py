"""`--jobs`: the tasks of a run in processes of their own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date

from privaudit.cli.task import Done, Task, lost, out_of_time, performed
from privaudit.processes import Lost
from privaudit.processes import performed as in_processes
from privaudit.read.limits import MEGABYTE, bound
from privaudit.record import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.config.settings import Plan, Settings

# Seconds after its time that a process which does not stop by itself is killed.
GRACE = 2.0
# Seconds of computing beyond those of a document after which the system ends a process that nobody watches any more.
_UNWATCHED = 5


def performed_apart(tasks: Sequence[Task], auditor: Auditor) -> Iterator[tuple[int, Done]]:
    """The number of each task with what came of it, as `performed` does it, in the order in which they are done.

    A task whose process is lost is not audited. Raises `RuleError` and `UsageError`, which mean every document.
    """
    settings = auditor.plan.run
    # What is wrong with the settings is told before anything is started, and what is loaded here need not be there.
    auditor.cover(())
    worker = Audits(auditor.plan, auditor.day, auditor)
    processes = settings.jobs or processors()

    def seconds(task: Task) -> int:
        return auditor.plan.of(task.sources[0].path).timeout

    results = in_processes(tasks, worker, processes, lambda task: seconds(task) + GRACE)
    with closing(results):  # type: ignore[type-var]
        for number, one in results:
            yield number, lost(tasks[number], reason(one, seconds(tasks[number]))) if isinstance(one, Lost) else one


def reason(lost: Lost, seconds: int) -> str:
    """Why a document whose process is lost was not audited."""
    if lost.late or lost.how == "SIGXCPU":
        return out_of_time(seconds)
    if lost.how.startswith("no process"):
        return lost.how
    return f"the process that audited it ended without an answer ({lost.how})"


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Apart:
    """A process with an auditor that it inherits, or else makes of the same plan."""

    def __init__(self, plan: Plan, day: date, auditor: Auditor | None = None) -> None:
        self._plan = plan
        self._day = day
        self._auditor = auditor
        self._begun_with = 0

    def __getstate__(self) -> tuple[Plan, date, None]:
        return self._plan, self._day, None

    def __setstate__(self, state: tuple[Plan, date, None]) -> None:
        self._plan, self._day, self._auditor = state
        self._begun_with = 0

    def open(self) -> None:
        """Has the process leave no dump of its memory, and sees how much it begins with."""
        bound("RLIMIT_CORE", 0)
        self._begun_with = _address_space()

    def auditor(self, settings: Settings) -> Auditor:
        """The auditor, for a document within the bounds of its settings."""
        bound("RLIMIT_AS", self._begun_with + settings.max_memory * MEGABYTE)
        bound("RLIMIT_CPU", int(_computed()) + settings.timeout + _UNWATCHED)
        if self._auditor is None:
            from privaudit.cli.audit import Auditor

            self._auditor = Auditor(self._plan)
            self._auditor.day = self._day
        return self._auditor

    def close(self) -> None:
        """Keeps what was worked out of the rules for the next run."""
        if self._auditor is not None:
            self._auditor.close()


class Audits(Apart):
    """What a process of `check` does."""

    def perform(self, task: Task) -> Done:
        """Audits a document, or the files of a notice, within the bounds for the first path."""
        return performed(task, self.auditor(self._plan.of(task.sources[0].path)))


def _address_space() -> int:
    """Bytes of address space in use, as far as the system tells; without documents, but with what is loaded."""
    with contextlib.suppress(OSError, ValueError, IndexError, AttributeError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        pages: Any = int(file.read().split()[0])
        return int(pages * os.sysconf("SC_PAGE_SIZE"))
    return 0


def _computed() -> float:
    """Seconds of computing that the process has used."""
    used = os.times()
    return used.user + used.system

"""Records of a corpus audited as `check` audits documents, each in a process that may be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date

from privaudit.cli import stages
from privaudit.cli.jobs import GRACE, Apart, processors, reason
from privaudit.cli.task import guarded
from privaudit.corpus.record import Record
from privaudit.corpus.rows import Result, Showing, result_of
from privaudit.discover import Source
from privaudit.errors import InputError
from privaudit.model import DocumentReport
from privaudit.processes import Lost, performed
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.cli.stages import Read
    from privaudit.config.settings import Plan, Settings

# Records that may be begun while an earlier one takes its time; their rows wait in memory.
_AHEAD = 500


class AuditsRecords(Apart):
    """What a process does for a corpus."""

    def __init__(self, plan: Plan, day: date, showing: Showing, auditor: Auditor | None = None) -> None:
        super().__init__(plan, day, auditor)
        self._showing = showing

    def __getstate__(self) -> tuple[Plan, date, None, Showing]:  # type: ignore[override]
        return self._plan, self._day, None, self._showing

    def __setstate__(self, state: tuple[Plan, date, None, Showing]) -> None:  # type: ignore[override]
        plan, day, auditor, self._showing = state
        super().__setstate__((plan, day, auditor))

    def perform(self, record: Record) -> Result:
        """Audits a record within the bounds for its shard."""
        auditor = self.auditor(settings_of(record, self._plan))
        auditor.cover(())
        return audited(record, auditor, self._day, self._showing)


def records_audited(
    records: Iterable[Record], auditor: Auditor, showing: Showing, jobs: int, lost: dict[int, Record]
) -> Iterator[tuple[int, Result]]:
    """The number of each record with what came of it, as they are done; `jobs` processes work, 0 for all there are.

    `lost` holds each record that is under way, by its number, without the document: the caller puts it there.
    """
    auditor.cover(())
    worker = AuditsRecords(auditor.plan, auditor.day, showing, auditor)

    def seconds(record: Record) -> float:
        return settings_of(record, auditor.plan).timeout + GRACE

    # Whoever kills a process for want of memory need not have meant its document.
    results = performed(records, worker, jobs or processors(), seconds, _AHEAD, again=True)
    with closing(results):  # type: ignore[type-var]
        for number, one in results:
            record = lost.pop(number)
            if isinstance(one, Lost):
                told = reason(one, settings_of(record, auditor.plan).timeout)
                one = not_audited(record, told, auditor, auditor.day, showing)
            yield number, one


class AuditsInOrder:
    """Records audited in a process of their own, wherever this is brought to; for `privaudit.corpus.spark`."""

    def __init__(self, plan: Plan, day: date, showing: Showing) -> None:
        self._plan, self._day, self._showing = plan, day, showing

    def __call__(self, records: Iterator[Record]) -> Iterator[Result]:
        """What comes of each record, one after the other."""
        from privaudit.cli.audit import Auditor

        auditor = Auditor(self._plan)
        auditor.day = self._day
        lost: dict[int, Record] = {}
        # A single process does one piece after the other, one that is tried again first.
        for _, result in records_audited(_noted(records, lost), auditor, self._showing, 1, lost):
            yield result


def _noted(records: Iterable[Record], lost: dict[int, Record]) -> Iterator[Record]:
    for number, record in enumerate(records):
        lost[number] = record._replace(data=None)
        yield record


def settings_of(record: Record, plan: Plan) -> Settings:
    """The settings for a record: those for the file that it lies in."""
    return plan.of(record.file or record.shard)


def audited(record: Record, auditor: Auditor, day: date, showing: Showing) -> Result:
    """What comes of a record, whatever goes wrong with it, by the law of its own day or else of `day`."""

    def work() -> Result:
        auditor.day = record.day or day
        read = _read(record, auditor)
        auditor.load([read])
        searched = auditor.search(read)
        if not read.source.named and not read.source.lost and stages.left_out(read.source.path, searched):
            return Result(skipped=True)
        report = auditor.report(read, searched, "")
        return result_of(record, report, auditor.day, auditor.ruleset.packs, showing)

    settings = settings_of(record, auditor.plan)
    return guarded(settings, work, lambda told: not_audited(record, told, auditor, day, showing))


def not_audited(record: Record, told: str, auditor: Auditor, day: date, showing: Showing) -> Result:
    """What comes of a record that could not be audited, for a reason."""
    report = _unread(Source(record.shard, True), told)
    return result_of(record, report, record.day or day, auditor.ruleset.packs, showing)


def _unread(source: Source, told: str) -> DocumentReport:
    return stages.unread(stages.Read(source, problem=told))


def _read(record: Record, auditor: Auditor) -> Read:
    """The document of a record; its settings, and what it is called by, are those of its file."""
    from privaudit.document import Problem
    from privaudit.language import annotate
    from privaudit.read import Limits, read_document

    if record.file and not record.fault:
        follow = record.named or auditor.plan.run.follow
        return auditor.read(Source(record.shard, record.named, file=record.file, follow=follow))
    source = Source(record.shard, True, record.data, record.fault)
    if record.data is None:
        return stages.Read(source, problem=record.fault)
    settings = settings_of(record, auditor.plan)
    limits = Limits(settings.max_pages, settings.timeout, settings.max_memory, settings.max_depth)
    try:
        document = read_document("", record.data, record.media_type, record.encoding, limits)
    except InputError as error:
        return stages.Read(source, problem=str(error))
    problems = (*document.problems, Problem("cut-short", record.cut)) if record.cut else document.problems
    document = document._replace(path=record.shard, problems=problems)
    return stages.Read(source, annotate(document, auditor.languages, record.lang or settings.lang))

"""A corpus from its input to its output: what is there is checked, the rest is audited, and everything is counted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from privaudit import __version__
from privaudit.cli.records import records_audited
from privaudit.corpus.checkpoint import Checkpoint, Made, check_same
from privaudit.corpus.progress import Progress
from privaudit.corpus.rows import Result, Showing
from privaudit.corpus.run import Job, run
from privaudit.corpus.seen import Seen
from privaudit.corpus.shards import find_shards
from privaudit.corpus.sink import sink_of
from privaudit.corpus.summary import Summary, summary_of
from privaudit.discover import Filters
from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING, Any, NamedTuple
from privaudit.rulepack.kept import hash_of

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.config.settings import Plan
    from privaudit.corpus.record import Record
    from privaudit.corpus.sink import Sink
    from privaudit.corpus.tally import Tally

# Settings that change no row.
_NOT_OF_ROWS = frozenset({
    "jobs", "quiet", "formats", "rules", "builtin", "as_of", "baseline", "fail_on", "suppressions", "notices",
    "show_passing", "statistics", "origins",
})  # fmt: skip


class Wanted(NamedTuple):
    """What the command line asks for: input and output, all verdicts or findings, to go on, and records to a part."""

    source: str
    output: str
    every: bool
    resume: bool
    part_size: int


def audited_corpus(auditor: Auditor, wanted: Wanted) -> Tally:
    """Audits what is not finished yet of a corpus, and counts everything.

    Raises `UsageError` where input, output or settings are wrong, or where the output is not what it should be.
    """
    settings = auditor.plan.run
    sink = sink_of(wanted.output)
    _check_output(sink, wanted)
    filters = Filters(
        settings.include.match if settings.include else None,
        settings.exclude.match if settings.exclude else None,
        settings.force_exclude,
    )
    shards = find_shards(wanted.source, filters, settings.max_bytes, settings.follow, sink.path)
    # What is wrong with the settings is told before anything is written.
    auditor.cover(())
    try:
        checkpoint = Checkpoint(sink.checkpoint)
    except OSError as error:
        raise UsageError(f"{sink.checkpoint}: cannot be written: {error.strerror or error}") from None
    seen = Seen()
    with closing(checkpoint):
        packs = hash_of(auditor.packs)
        options = {**_options(auditor.plan), "all_verdicts": wanted.every, "part_size": wanted.part_size}
        made = Made.of(__version__, packs, options, auditor.day.isoformat(), shards)
        if not wanted.resume or checkpoint.is_blank():
            checkpoint.begin(made)
        state = checkpoint.state(seen)
        if settings.as_of is None:
            # A run that goes on the day after still judges by the law of the day on which it was begun.
            auditor.day = date.fromisoformat(state.made.as_of)
            made = made._replace(as_of=state.made.as_of)
        check_same(state.made, made, sink.checkpoint)
        total = sum(shard.size for shard in shards)
        begun = sum(shard.size for shard in shards[: state.last.shard]) if state.last else 0
        shown = not settings.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        showing = Showing(wanted.every, settings.redact)

        def audit(records: Iterator[Record], lost: dict[int, Record]) -> Iterator[tuple[int, Result]]:
            return records_audited(records, auditor, showing, settings.jobs, lost)

        with closing(Progress(sys.stderr, total, begun, wanted=shown)) as progress:
            return run(
                Job(shards, sink, settings.max_bytes, wanted.part_size), audit, checkpoint, state, seen, progress
            )


def _check_output(sink: Sink, wanted: Wanted) -> None:
    there = sink.is_there()
    if wanted.resume and not os.path.lexists(sink.checkpoint):
        raise UsageError(f"{sink.checkpoint}: no such file, so there is nothing to go on with; leave --resume out")
    if there and not wanted.resume:
        raise UsageError(f"{sink.path}: is there already; go on with it (--resume), or give another output")
    if os.path.lexists(sink.path) and _same(sink.path, wanted.source):
        raise UsageError(f"{sink.path}: is the input; give the output a name of its own")


def _same(path: Path, source: str) -> bool:
    try:
        return path.samefile(source)
    except OSError:
        return False


def _options(plan: Plan) -> dict[str, Any]:
    """The settings that rows depend on, as plain values; the defaults left out."""
    plain = type(plan.run)()
    found = {
        name: repr(value)
        for name, value in plan.run._asdict().items()
        if name not in _NOT_OF_ROWS and value != getattr(plain, name)
    }
    if plan.configuration.overrides:
        found["overrides"] = repr([(one.paths, sorted(one.values.items())) for one in plan.configuration.overrides])
    return found


def summarised(auditor: Auditor, tally: Tally, output: str) -> Summary:
    """The summary over all that was counted."""
    chosen = auditor.selected(auditor.plan.run).union(
        *(auditor.selected(settings) for settings in auditor.plan.every())
    )
    return summary_of(
        tally,
        [rule for rule in auditor.ruleset.rules if rule.id in chosen],
        version=__version__,
        packs=auditor.ruleset.packs,
        as_of=auditor.day.isoformat(),
        output=output,
    )

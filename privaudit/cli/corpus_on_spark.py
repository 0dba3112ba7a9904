"""`--engine spark`: the same corpus on a cluster."""

from __future__ import annotations

import sys
from pathlib import Path

from privaudit.cli.records import AuditsInOrder
from privaudit.corpus.rows import Showing
from privaudit.corpus.spark import Job, run, session_for
from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.cli.whole_corpus import Wanted
    from privaudit.corpus.tally import Tally


def audited_on_spark(auditor: Auditor, wanted: Wanted) -> Tally:
    """Audits a corpus of Parquet on Spark, and counts everything.

    Raises `UsageError` where input, output or settings are wrong, or Spark cannot be started.
    """
    if wanted.resume:
        raise UsageError("--resume: with --engine spark, Spark itself tries again what fails; leave it out")
    if wanted.output.lower().endswith((".jsonl", ".ndjson")):
        raise UsageError(f"{wanted.output}: with --engine spark the output is a folder of Parquet files")
    # What is wrong with the settings is told before a cluster is asked for anything.
    auditor.cover(())
    settings = auditor.plan.run
    quiet = settings.quiet or not sys.stderr.isatty()
    session = session_for(settings.jobs if "jobs" in settings.origins else None, quiet=quiet)
    try:
        auditing = AuditsInOrder(auditor.plan, auditor.day, Showing(wanted.every, settings.redact))
        return run(session, Job(wanted.source, wanted.output, str(Path.cwd()), settings.max_bytes), auditing)
    finally:
        session.stop()

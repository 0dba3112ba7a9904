"""A whole run: what is found, read, judged and accepted becomes a report."""

from __future__ import annotations

import os
from collections.abc import Sequence

from privaudit import __version__
from privaudit.cli import options, stages
from privaudit.cli.audit import Auditor
from privaudit.cli.task import Done, Task, performed, tasks_of
from privaudit.discover import Filters, discover
from privaudit.errors import UsageError
from privaudit.model import DocumentReport, Report, Skipped
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.report import assemble
from privaudit.repository import from_root

if TYPE_CHECKING:
    from privaudit.baseline import Seen
    from privaudit.cli.since import Past
    from privaudit.config.settings import Notice, Plan
    from privaudit.discover import Source
    from privaudit.document import Document
    from privaudit.model import BaselineEntry


class Run(NamedTuple):
    """Reports on the documents of a run, with what each is known by and what was left out.

    `walked` are the folders that were looked through whole, absolute. `root` is the folder to which identities are
    relative. `notes` are for standard error. `read` are the documents themselves, where they were asked for.
    """

    auditor: Auditor
    documents: tuple[DocumentReport, ...]
    identities: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[str, ...]
    idle: str
    walked: tuple[str, ...]
    root: str
    notes: tuple[str, ...] = ()
    read: tuple[Document, ...] = ()

    def rules(self) -> frozenset[str]:
        """The ids of the rules that were judged on any document."""
        auditor = self.auditor
        chosen = [auditor.selected(auditor.plan.of(document.path)) for document in self.documents]
        return frozenset().union(auditor.selected(auditor.plan.run), *chosen)

    def seen(self, documents: Sequence[DocumentReport]) -> list[Seen]:
        """Reports on the same documents, with what a baseline knows them by."""
        from privaudit.baseline import Seen

        auditor = self.auditor
        return [
            Seen(identity, document, auditor.selected(auditor.plan.of(document.path)))
            for identity, document in zip(self.identities, documents, strict=True)
        ]


def run(
    paths: Sequence[str], plan: Plan, stdin_name: str | None, since: str | None = None, *, keep: bool = False
) -> Run:
    """Finds, reads and judges documents; with `since`, those that differ from a revision of the repository.

    `stdin_name` is what standard input is called. With `keep` the documents themselves are kept, for reports that show
    their text.

    Raises `RuleError` and `UsageError` where the settings are wrong or the revision cannot be read.
    """
    settings = plan.run
    if since is not None and "-" in paths:
        raise UsageError("--since: standard input has no history; name files or folders")
    if stdin_name is not None and "-" not in paths:
        raise UsageError("--stdin-filename: names standard input, which is not read; add - to the paths")
    auditor = Auditor(plan)
    filters = Filters(
        settings.include.match if settings.include else None,
        settings.exclude.match if settings.exclude else None,
        settings.force_exclude,
    )
    follow = settings.follow
    found = discover(paths, stdin_name=stdin_name or "", max_bytes=settings.max_bytes, filters=filters, follow=follow)
    past: Past | None = None
    if since is not None:
        from privaudit.cli.since import past_of

        past = past_of(since)
    sources: Sequence[Source] = past.changed(found.sources) if past else found.sources
    together: dict[str, Notice] = {}
    if settings.notices:
        from privaudit.cli.together import completed

        sources, together = completed(sources, settings.notices, settings.max_bytes, follow)
    before = past.before(sources, together, settings.max_bytes) if past else []
    root, below = options.repository()
    tasks = [one._replace(keep=keep) for one in tasks_of(sources, together, settings.notices, root, below)]
    earlier = tasks_of(before, together, settings.notices, root, below)
    done = _performed([*tasks, *earlier], auditor)
    documents, skipped = _sorted(done[: len(tasks)])
    if past:
        from privaudit.since import since as marked

        old = {document.path: document for document in _sorted(done[len(tasks) :])[0]}
        documents = [marked(document, old.get(document.path), past.revision) for document in documents]
    errors, idle = list(found.errors), ""
    if not documents and not errors:
        if past and found.sources:
            idle = f"no notice differs from {past.revision}"
        elif found.excluded:
            idle = "every file that was named is excluded"
        else:
            errors.append(stages.nothing_found(paths, skipped))
    return Run(
        auditor,
        tuple(documents),
        tuple(from_root(document.path, root, below) for document in documents),
        (
            *skipped,
            *(Skipped(path, "excluded by the configuration") for path in found.excluded),
            *(Skipped(one.path, one.problem) for one in found.unreadable),
        ),
        tuple(errors),
        idle,
        () if past else tuple(os.path.realpath(path) for path in paths if os.path.isdir(path)),
        root or ".",
        tuple(f"{path} is gone since {past.revision}" for path in past.deleted(paths)) if past else (),
        tuple(document for one in done[: len(tasks)] for document in one.read),
    )


def _performed(tasks: Sequence[Task], auditor: Auditor) -> list[Done]:
    """The tasks done, in their order: one after the other here, or in as many processes as `jobs` says."""
    if auditor.plan.run.jobs != 1 and tasks:
        from privaudit.cli.jobs import performed_apart

        results = performed_apart(tasks, auditor)
    else:
        results = enumerate(performed(task, auditor) for task in tasks)
    done: list[Done] = [Done()] * len(tasks)
    for number, one in stages.with_progress(results, len(tasks)):
        done[number] = one
    auditor.cover(())
    return done


def _sorted(done: Sequence[Done]) -> tuple[list[DocumentReport], list[Skipped]]:
    """Reports on what was read, sorted by path, and what was no notice."""
    documents = [document for one in done for document in one.documents]
    skipped = [left for one in done for left in one.skipped]
    return sorted(documents, key=lambda document: document.path), sorted(skipped)


def report_of(done: Run, baseline: str | None) -> Report:
    """The report on a run, with what the configuration and the baseline accept marked.

    Raises `UsageError` where the baseline cannot be read.
    """
    auditor, settings = done.auditor, done.auditor.plan.run
    documents: Sequence[DocumentReport] = done.documents
    about: Sequence[DocumentReport] = ()
    if settings.suppressions:
        from privaudit.cli.accept import by_configuration

        documents, about = by_configuration(auditor, documents, done.walked)
    stale: tuple[BaselineEntry, ...] = ()
    if baseline is not None:
        from privaudit.cli.accept import by_baseline

        known = {rule.id for rule in auditor.ruleset.rules}
        place = settings.origins.get("baseline")
        documents, stale = by_baseline(baseline, done.seen(documents), done.root, known, place)
    wanted = done.rules()
    rules = [rule for rule in auditor.ruleset.rules if rule.id in wanted]
    return assemble(
        __version__,
        auditor.ruleset,
        rules,
        documents,
        as_of=auditor.day,
        skipped=done.skipped,
        errors=done.errors,
        threshold=auditor.gate,
        configuration=about,
        idle=done.idle,
        stale=stale,
    )

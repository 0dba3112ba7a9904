"""A whole run: what is found, read, judged and accepted becomes a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from privaudit import __version__
from privaudit.cli import options, stages
from privaudit.cli.audit import Auditor
from privaudit.cli.selection import threshold
from privaudit.discover import Filters, discover
from privaudit.errors import UsageError
from privaudit.model import DocumentReport, Report, Skipped
from privaudit.report import assemble

if TYPE_CHECKING:
    from privaudit.baseline import Seen
    from privaudit.cli.since import Past
    from privaudit.cli.stages import Read
    from privaudit.config.settings import Notice, Plan
    from privaudit.document import Document
    from privaudit.engine import Searched
    from privaudit.model import BaselineEntry


class Run(NamedTuple):
    """Reports on the documents of a run, with what each is known by and what was left out.

    `walked` are the folders that were looked through whole, absolute. `root` is the folder to which identities are
    relative. `notes` are for standard error. `read` are the documents themselves.
    """

    auditor: Auditor
    documents: tuple[DocumentReport, ...]
    identities: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[str, ...]
    idle: str
    walked: tuple[Path, ...]
    root: Path
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


def run(paths: Sequence[str], plan: Plan, stdin_name: str, since: str | None = None) -> Run:
    """Finds, reads and judges documents; with `since`, those that differ from a revision of the repository.

    Raises `RuleError` and `UsageError` where the settings are wrong or the revision cannot be read.
    """
    settings = plan.run
    if since is not None and "-" in paths:
        raise UsageError("--since: standard input has no history; name files or folders")
    auditor = Auditor(plan)
    filters = Filters(
        settings.include.match if settings.include else None,
        settings.exclude.match if settings.exclude else None,
        settings.force_exclude,
    )
    found = discover(paths, stdin_name=stdin_name, max_bytes=settings.max_bytes, filters=filters)
    past = _past(since) if since is not None else None
    read = [auditor.read(source) for source in (past.changed(found.sources) if past else found.sources)]
    together: dict[str, Notice] = {}
    if settings.notices:
        from privaudit.cli.together import completed

        read, together = completed(read, settings.notices, auditor, settings.max_bytes)
    before = past.before(read, together, auditor) if past else []
    auditor.load([*read, *before])
    root, below = options.repository()
    documents, skipped = _judged(auditor, read, together, root, below)
    if past:
        from privaudit.since import since as marked

        old = {document.path: document for document in _judged(auditor, before, together, root, below)[0]}
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
        tuple(options.identity(document.path, root, below) for document in documents),
        (
            *skipped,
            *(Skipped(path, "excluded by the configuration") for path in found.excluded),
            *(Skipped(one.path, one.problem) for one in found.unreadable),
        ),
        tuple(errors),
        idle,
        () if past else tuple(Path(path).resolve() for path in paths if Path(path).is_dir()),
        Path(root or "."),
        tuple(f"{path} is gone since {past.revision}" for path in past.deleted(paths)) if past else (),
        tuple(one.document for one in read if one.document),
    )


def _past(revision: str) -> Past:
    from privaudit.cli.since import past_of

    return past_of(revision)


def _judged(
    auditor: Auditor, read: list[Read], together: Mapping[str, Notice], root: str, below: str
) -> tuple[list[DocumentReport], list[Skipped]]:
    """Reports on what was read, sorted by path, and what was no notice."""
    documents: list[DocumentReport] = []
    skipped: list[Skipped] = []
    parts: dict[str, list[tuple[Read, Searched | None, str]]] = {}
    for one in stages.with_progress(read):
        path = one.source.path
        searched = auditor.search(one)
        identity = options.identity(path, root, below)
        if path in together:
            parts.setdefault(together[path].name, []).append((one, searched, identity))
        elif not one.source.named and stages.is_no_notice(path, searched):
            skipped.append(Skipped(path, one.problem or "does not look like a notice"))
        else:
            documents.append(auditor.report(one, searched, identity))
    for notice in auditor.plan.run.notices:
        if notice.name in parts:
            ranked = sorted(parts[notice.name], key=lambda part: (notice.rank(part[0].source.path), part[2]))
            documents += auditor.report_together(notice.name, ranked)
    return sorted(documents, key=lambda document: document.path), skipped


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
        documents, stale = by_baseline(baseline, done.seen(documents), done.root, known)
    wanted = done.rules()
    rules = [rule for rule in auditor.ruleset.rules if rule.id in wanted]
    gate = threshold(settings.fail_on, auditor.ruleset.rules)
    return assemble(
        __version__,
        auditor.ruleset,
        rules,
        documents,
        as_of=auditor.day,
        skipped=done.skipped,
        errors=done.errors,
        threshold=gate,
        configuration=about,
        idle=done.idle,
        stale=stale,
    )

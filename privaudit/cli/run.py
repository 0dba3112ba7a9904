"""A whole run: what is found, read, judged and accepted becomes a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from privaudit import __version__
from privaudit.cli import options, stages
from privaudit.cli.audit import Auditor
from privaudit.cli.selection import threshold
from privaudit.discover import Filters, discover
from privaudit.model import DocumentReport, Report, Skipped
from privaudit.report import assemble

if TYPE_CHECKING:
    from privaudit.baseline import Seen
    from privaudit.cli.stages import Read
    from privaudit.config.settings import Notice, Plan
    from privaudit.engine import Searched
    from privaudit.model import BaselineEntry


class Run(NamedTuple):
    """Reports on the documents of a run, with what each is known by and what was left out.

    `walked` tells whether a folder was looked through. `root` is the folder to which identities are relative.
    """

    auditor: Auditor
    documents: tuple[DocumentReport, ...]
    identities: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    errors: tuple[str, ...]
    idle: str
    walked: bool
    root: Path

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


def run(paths: Sequence[str], plan: Plan, stdin_name: str) -> Run:
    """Finds, reads and judges documents; raises `RuleError` and `UsageError` where the settings are wrong."""
    settings = plan.run
    auditor = Auditor(plan)
    filters = Filters(
        settings.include.match if settings.include else None,
        settings.exclude.match if settings.exclude else None,
        settings.force_exclude,
    )
    found = discover(paths, stdin_name=stdin_name, max_bytes=settings.max_bytes, filters=filters)
    read = [auditor.read(source) for source in found.sources]
    together: dict[str, Notice] = {}
    if settings.notices:
        from privaudit.cli.together import completed

        read, together = completed(read, settings.notices, auditor, settings.max_bytes)
    auditor.load(read)
    root, below = options.repository()
    documents: list[DocumentReport] = []
    parts: dict[str, list[tuple[Read, Searched | None, str]]] = {}
    skipped = [Skipped(path, "excluded by the configuration") for path in found.excluded]
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
    for notice in settings.notices:
        if notice.name in parts:
            documents += auditor.report_together(
                notice.name, sorted(parts[notice.name], key=lambda part: (notice.rank(part[0].source.path), part[2]))
            )
    documents.sort(key=lambda document: document.path)
    identities = [options.identity(document.path, root, below) for document in documents]
    errors = list(found.errors)
    idle = ""
    if not documents and not errors:
        if found.excluded:
            idle = "every file that was named is excluded"
        else:
            errors.append(stages.nothing_found(paths, skipped))
    walked = any(Path(path).is_dir() for path in paths)
    return Run(
        auditor, tuple(documents), tuple(identities), tuple(skipped), tuple(errors), idle, walked, Path(root or ".")
    )


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

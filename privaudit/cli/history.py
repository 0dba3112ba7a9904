"""`privaudit history`: a policy through its commits, each judged by the law of its day.

Annotations are no strings here, as in `check`.
"""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privaudit.cli.parameters import (
    AsOf,
    Builtin,
    Color,
    Config,
    Encoding,
    Ignore,
    Isolated,
    Lang,
    Packs,
    Profile,
    Select,
)
from privaudit.cli.plan import planned
from privaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from privaudit.cli.audit import Auditor
    from privaudit.compare import Side
    from privaudit.engine import Searched
    from privaudit.git import Repository
    from privaudit.git_history import Commit, FileHistory
    from privaudit.history import History


def history(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of a git repository.")],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", metavar="NAME[=FILE]", help="rich, json, markdown, svg or html; repeatable with files."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="List nothing from before this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day; by default that of --as-of.")
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    profile: Profile = None,
    lang: Lang = None,
    as_of: AsOf = None,
    encoding: Encoding = None,
    color: Color = "auto",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Follow FILE through its commits, each judged by the law of its day: what came, went, and outlived its end."""
    from privaudit.cli import options
    from privaudit.cli.audit import Auditor
    from privaudit.cli.output import write_each
    from privaudit.render import HISTORY_FORMATS, render_history

    targets = options.outputs(formats or [], HISTORY_FORMATS, elsewhere="rich")
    first = options.day("--since", since) if since is not None else None
    last = options.day("--until", until) if until is not None else None
    plan = planned(
        config,
        isolated,
        select=select,
        ignore=ignore,
        packs=packs,
        profile=profile,
        lang=lang,
        as_of=as_of,
        encoding=encoding,
        builtin=builtin,
    )
    auditor = Auditor(plan)
    if last is not None and last > auditor.day:
        raise UsageError(f"--until: {last.isoformat()} is after {auditor.day.isoformat()}, the day of --as-of")
    last = last or auditor.day
    if first is not None and first > last:
        raise UsageError(f"--since: {first.isoformat()} is after {last.isoformat()}, the last day")
    view = options.view(targets, color, sys.stdout, quiet=False, show_passing=False)
    told = _history(auditor, file, first, last)
    write_each(targets, view, lambda name, shown: render_history(name, told, shown))
    auditor.close()
    return told.exit_code


def _history(auditor: "Auditor", file: str, since: date | None, last: date) -> "History":
    from privaudit import __version__
    from privaudit.history import Version, tell

    repository, found = _commits(file)
    commits = [commit for commit in found.commits if commit.day <= last]
    if not commits:
        first = found.commits[0].day.isoformat()
        raise UsageError(f"{file}: no commit up to {last.isoformat()}; the first is of {first}")
    cut = ""
    if found.is_cut:
        cut = (
            f"this clone is shallow: what was before commit {commits[0].id[:10]} of {commits[0].day.isoformat()} "
            "is not known; fetch the history, e.g. fetch-depth: 0 or git fetch --unshallow"
        )
    judge = _Judge(auditor, repository, commits, file)
    # The rules must be known before the first text is.
    auditor.cover(())
    wanted = auditor.selected(auditor.plan.of(file))
    return tell(
        [Version(one.id, one.day, one.subject, one.path, one.object) for one in commits],
        judge,
        [rule for rule in auditor.ruleset.rules if rule.id in wanted],
        version=__version__,
        packs=auditor.ruleset.packs,
        file=file,
        as_of=last,
        since=since,
        cut=cut,
    )


def _commits(file: str) -> "tuple[Repository, FileHistory]":
    from privaudit.git import find_repository
    from privaudit.git_history import file_history

    path = Path(file)
    if not file or file == "-":
        raise UsageError(f"{file!r}: has no history; name a file of a git repository")
    if path.is_dir():
        raise UsageError(f"{file}: is a folder; name a file")
    # A file that is gone today has a history all the same.
    repository = find_repository(path.parent if path.parent.is_dir() else Path.cwd())
    inside = repository.inside(path.absolute())
    if inside is None:
        raise UsageError(f"{file}: lies outside the repository")
    try:
        return repository, file_history(repository, inside)
    except UsageError as error:
        said = str(error)
        raise UsageError(said if said.startswith(file) else f"{file}: {said}") from None


class _Judge:
    """Judges the file as it was at a commit, by the law of a day; knows the last text, for days on which it stands."""

    def __init__(self, auditor: "Auditor", repository: "Repository", commits: "Sequence[Commit]", file: str) -> None:
        self._auditor = auditor
        self._repository = repository
        self._commits = commits
        self._file = file
        self._last: tuple[tuple[str, str], Searched | None, str] | None = None

    def __call__(self, number: int, day: date) -> "Side":
        from privaudit.cli import stages
        from privaudit.compare import Side
        from privaudit.report import unread_report
        from privaudit.weigh import weighed

        commit, auditor = self._commits[number], self._auditor
        searched, problem = self._searched(commit)
        if searched is None:
            return Side(unread_report(self._file, "", "", problem), "", commit.id)
        settings = auditor.plan.of(searched.document.path)
        report = stages.audited(searched, auditor.selected(settings), day, settings.audience)
        if settings.severity or settings.layer:
            report = weighed(report, settings.levels, layer=settings.layer)
        return Side(report._replace(path=self._file), searched.document.source, commit.id)

    def _searched(self, commit: "Commit") -> "tuple[Searched | None, str]":
        from privaudit.discover import Source, shown
        from privaudit.git_history import text_of

        key = (commit.object, commit.path)
        if self._last is None or self._last[0] != key:
            auditor = self._auditor
            data, problem = text_of(self._repository, commit, auditor.plan.run.max_bytes)
            read = auditor.read(Source(shown(self._repository.root / commit.path), True, data, problem))
            auditor.load([read])
            self._last = (key, auditor.search(read), read.problem)
        return self._last[1], self._last[2]

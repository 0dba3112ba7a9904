"""`privaudit diff`: what a change to a policy won and lost.

Annotations are no strings here, as in `check`.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from privaudit.cli.parameters import Builtin, Color, Config, Ignore, Isolated, Packs, Redact, Select
from privaudit.cli.plan import planned
from privaudit.errors import UsageError

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.compare import Comparison
    from privaudit.discover import Source

_STDIN = "-"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A file, - for standard input, or REV:path.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same of the newer version.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="rich, json or markdown; repeatable with files."),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on", metavar="LEVEL|RULE", help="New findings: error (default), warning, note, weak, a rule."
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="The language of both.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Judge both by the law of this day.")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of both.")] = None,
    quiet: Annotated[
        bool | None,
        typer.Option("--quiet", "-q", help="Losses, new findings and errors only.", show_default=False),
    ] = None,
    redact: Redact = None,
    color: Color = "auto",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Say what a change to a policy won and lost: OLD and NEW are files, - or REV:path of the git repository here."""
    from privaudit.cli import options
    from privaudit.cli.audit import Auditor
    from privaudit.cli.output import refuse_read, write_each
    from privaudit.gate import comparison_code
    from privaudit.render import COMPARISON_FORMATS, render_comparison

    targets = options.outputs(formats or [], COMPARISON_FORMATS, elsewhere="rich")
    plan = planned(
        config,
        isolated,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        packs=packs,
        lang=lang,
        as_of=as_of,
        encoding=encoding,
        builtin=builtin,
        quiet=quiet,
        redact=redact,
    )
    view = options.view(targets, color, sys.stdout, quiet=plan.run.quiet, show_passing=False)
    refuse_read((one.file for one in targets), (plan.configuration.path, old, new))
    auditor = Auditor(plan)
    comparison = _compared(auditor, *_versions(old, new, plan.run.max_bytes))
    comparison = comparison._replace(exit_code=comparison_code(comparison, auditor.gate))
    if plan.run.redact:
        from privaudit.redact import redacted_comparison

        comparison = redacted_comparison(comparison)
    write_each(targets, view, lambda name, shown: render_comparison(name, comparison, shown))
    auditor.close()
    return comparison.exit_code


class _Version(NamedTuple):
    """A source with what the report calls it, and the commit that it is from."""

    name: str
    source: "Source"
    commit: str = ""


def _compared(auditor: "Auditor", old: _Version, new: _Version) -> "Comparison":
    """Both versions judged by the settings for the newer one, whatever the older one was called."""
    from privaudit import __version__
    from privaudit.cli.accept import by_configuration
    from privaudit.compare import Side, compare
    from privaudit.suppress import RULES

    versions = (old, new)
    read = [auditor.read(version.source) for version in versions]
    auditor.load(read)
    reports = []
    for one in read:
        searched = auditor.search(one)
        # Known by one name, so that the same passage has the same fingerprint on both sides.
        judged = one._replace(source=one.source._replace(path=new.source.path)) if searched else one
        reports.append(auditor.report(judged, searched, "")._replace(path=new.source.path))
    accepted, _ = by_configuration(auditor, reports, walked=())
    sides = [
        Side(report._replace(path=version.name), one.document.source if one.document else "", version.commit)
        for report, one, version in zip(accepted, read, versions, strict=True)
    ]
    return compare(
        sides[0],
        sides[1],
        {rule.id: rule.title for rule in auditor.ruleset.rules} | {rule.id: rule.title for rule in RULES},
        version=__version__,
        packs=auditor.ruleset.packs,
        as_of=auditor.day.isoformat(),
    )


def _versions(old: str, new: str, max_bytes: int) -> "tuple[_Version, _Version]":
    if old == new == _STDIN:
        raise UsageError("both versions are -; standard input can be only one of them")
    if old == _STDIN:
        second = _version(new, max_bytes)
        return _standard_input(second), second
    first = _version(old, max_bytes)
    return first, _standard_input(first) if new == _STDIN else _version(new, max_bytes)


def _standard_input(other: _Version) -> _Version:
    """What comes from standard input, read as the kind of document that the other version is."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return _Version("stdin", other.source._replace(data=sys.stdin.buffer.read(), problem=""))


def _version(argument: str, max_bytes: int) -> _Version:
    from privaudit.discover import discover
    from privaudit.git import split_revision

    if not argument:
        raise UsageError("an empty name; write a file, - or REV:path")
    if os.path.lexists(argument):
        if Path(argument).is_dir():
            raise UsageError(f"{argument}: is a folder; name a file")
        found = discover([argument], max_bytes=max_bytes)
        if not found.sources:
            raise UsageError(found.errors[0])
        return _Version(found.sources[0].path, found.sources[0])
    parts = split_revision(argument)
    if parts is None:
        raise UsageError(f"{argument}: no such file; a version in git is written REV:path, such as HEAD:{argument}")
    return _committed(*parts, max_bytes)


def _committed(revision: str, path: str, max_bytes: int) -> _Version:
    from privaudit.discover import Source, shown
    from privaudit.git import find_repository

    name = f"{revision}:{path}"
    here = Path.cwd()
    try:
        repository = find_repository(here)
        commit = repository.commit(revision)
        entry = repository.entry(revision, path, here)
        source = Source(shown(repository.root / entry.path), True)
        if entry.size > max_bytes:
            return _Version(name, source._replace(problem=f"larger than {max_bytes:,} bytes"), commit)
        return _Version(name, source._replace(data=repository.read(entry)), commit)
    except UsageError as error:
        said = str(error)
        raise UsageError(said if said.startswith(name) else f"{name}: no such file, and {said}") from None

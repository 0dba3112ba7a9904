"""`privaudit diff`: what a change to a policy won and lost.

Annotations are no strings here, as in `check`.
"""

import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from privaudit.errors import UsageError

if TYPE_CHECKING:
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
        typer.Option("--fail-on", metavar="LEVEL|RULE", help="New findings: error (default), warning, note, a rule."),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Only these rules, groups, kinds or prefix*.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules, groups, kinds or prefix*.")
    ] = None,
    packs: Annotated[
        list[str] | None,
        typer.Option("--rules", metavar="PATH", help="A rule pack of your own, beside the built-in one."),
    ] = None,
    builtin: Annotated[bool, typer.Option("--builtin/--no-builtin", help="Use the built-in pack.")] = True,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="The language of both.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Judge both by the law of this day.")
    ] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of both.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Losses, new findings and errors only.")] = False,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
) -> int:
    """Say what a change to a policy won and lost: OLD and NEW are files, - or REV:path of the git repository here."""
    from privaudit import __version__
    from privaudit.cli import options, stages
    from privaudit.cli.output import write
    from privaudit.compare import Side, compare
    from privaudit.engine import CompiledRules, search
    from privaudit.gate import comparison_code
    from privaudit.render import COMPARISON_FORMATS, render_comparison
    from privaudit.rulepack.kept import KnownPacks
    from privaudit.rulepack.layout import pack_folders

    targets = options.outputs(formats or [], COMPARISON_FORMATS, elsewhere="rich")
    day = options.as_of(as_of)
    override = options.language(lang)
    options.check_encoding(encoding)
    view = options.view(targets, color, sys.stdout, quiet=quiet, show_passing=False)
    known = KnownPacks(pack_folders(packs or [], builtin))
    languages = known.languages()

    versions = _versions(old, new)
    read = [stages.read_source(one.source, languages, override, encoding) for one in versions]
    spoken = {code for one in read if one.document for code in one.document.languages if code}
    ruleset = known.rules(spoken & set(languages))
    wanted = options.selection(select or [], ignore or [], ruleset.rules)
    threshold = options.threshold(fail_on or [], ruleset.rules)
    rules = CompiledRules(ruleset, store=known)

    def side(version: _Version, one: stages.Read) -> Side:
        report = stages.audited(search(one.document, rules), wanted, day) if one.document else stages.unread(one)
        text = one.document.source if one.document else ""
        return Side(report._replace(path=version.name), text, version.commit)

    comparison = compare(
        side(versions[0], read[0]),
        side(versions[1], read[1]),
        {rule.id: rule.title for rule in ruleset.rules},
        version=__version__,
        packs=ruleset.packs,
        as_of=day.isoformat(),
    )
    comparison = comparison._replace(exit_code=comparison_code(comparison, threshold))
    for target in targets:
        shown = view._replace(color=False) if target.file else view
        write(render_comparison(target.format, comparison, shown), target.file)
    return comparison.exit_code


class _Version(NamedTuple):
    """A source with what the report calls it, and the commit that it is from."""

    name: str
    source: "Source"
    commit: str = ""


def _versions(old: str, new: str) -> "tuple[_Version, _Version]":
    if old == new == _STDIN:
        raise UsageError("both versions are -; standard input can be only one of them")
    # What comes from standard input is taken for the kind of document that the other one is.
    if old == _STDIN:
        second = _version(new)
        return _standard_input(second), second
    first = _version(old)
    return first, _standard_input(first) if new == _STDIN else _version(new)


def _standard_input(other: _Version) -> _Version:
    from privaudit.discover import Source

    name = "stdin"
    return _Version(name, Source(name + PurePath(other.source.path).suffix, True, sys.stdin.buffer.read()))


def _version(argument: str) -> _Version:
    from privaudit.discover import discover
    from privaudit.git import split_revision

    if not argument:
        raise UsageError("an empty name; write a file, - or REV:path")
    if os.path.lexists(argument):
        if Path(argument).is_dir():
            raise UsageError(f"{argument}: is a folder; name a file")
        found = discover([argument])
        if not found.sources:
            raise UsageError(found.errors[0])
        return _Version(found.sources[0].path, found.sources[0])
    parts = split_revision(argument)
    if parts is None:
        raise UsageError(f"{argument}: no such file; a version in git is written REV:path, such as HEAD:{argument}")
    return _committed(*parts)


def _committed(revision: str, path: str) -> _Version:
    from privaudit.discover import MAX_BYTES, Source
    from privaudit.git import find_repository

    name = f"{revision}:{path}"
    here = Path.cwd()
    try:
        repository = find_repository(here)
        commit = repository.commit(revision)
        entry = repository.entry(revision, path, here)
        if entry.size > MAX_BYTES:
            return _Version(name, Source(path, True, None, f"larger than {MAX_BYTES:,} bytes"), commit)
        return _Version(name, Source(path, True, repository.read(entry)), commit)
    except UsageError as error:
        said = str(error)
        raise UsageError(said if said.startswith(name) else f"{name}: no such file, and {said}") from None

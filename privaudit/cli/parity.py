"""`privaudit parity`: what one language version of a notice says and another does not.

Annotations are no strings here, as in `check`.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from privaudit.cli.parameters import (
    AsOf,
    Builtin,
    Color,
    Config,
    Encoding,
    Ignore,
    Isolated,
    Packs,
    Profile,
    Select,
)
from privaudit.cli.plan import planned
from privaudit.errors import UsageError

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.cli.stages import Read
    from privaudit.config.settings import Settings, Versions
    from privaudit.discover import Source
    from privaudit.engine import Searched
    from privaudit.facts.found import Lexicons
    from privaudit.model import DocumentReport
    from privaudit.parity import Group, Parity, Version
    from privaudit.rulepack.schema import FactWords

_FEW = "name two or more language versions of one notice"


def parity(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...", help="Language versions of one notice; without any, those of the configuration."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="rich, json or markdown; repeatable with files."),
    ] = None,
    may_differ: Annotated[
        list[str] | None,
        typer.Option("--may-differ", metavar="KIND", help="Facts that may differ, such as authority or e-mail."),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    profile: Profile = None,
    as_of: AsOf = None,
    encoding: Encoding = None,
    quiet: Annotated[
        bool | None,
        typer.Option("--quiet", "-q", help="Differences and errors only.", show_default=False),
    ] = None,
    show_passing: Annotated[
        bool | None,
        typer.Option("--show-passing", help="Quote what all versions say, too.", show_default=False),
    ] = None,
    color: Color = "auto",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Compare the language versions of a notice: what one has and another lacks."""
    from privaudit.cli import options
    from privaudit.cli.audit import Auditor
    from privaudit.cli.output import refuse_read, write_each
    from privaudit.gate import parity_code
    from privaudit.render import COMPARISON_FORMATS, render_parity

    targets = options.outputs(formats or [], COMPARISON_FORMATS, elsewhere="rich")
    plan = planned(
        config,
        isolated,
        select=select,
        ignore=ignore,
        packs=packs,
        profile=profile,
        lang=None,
        as_of=as_of,
        encoding=encoding,
        builtin=builtin,
        quiet=quiet,
        show_passing=show_passing,
    )
    shown = plan.run
    view = options.view(targets, color, sys.stdout, quiet=shown.quiet, show_passing=shown.show_passing)
    wanted = _wanted(files or (), _kinds(may_differ or ()), shown)
    read = (source.path for one in wanted for source in one.sources)
    refuse_read((one.file for one in targets), (plan.configuration.path, *read))
    auditor = Auditor(plan)
    compared = _compared(auditor, wanted)
    compared = compared._replace(exit_code=parity_code(compared))
    if shown.redact:
        from privaudit.redact import redacted_parity

        compared = redacted_parity(compared)
    write_each(targets, view, lambda name, how: render_parity(name, compared, how))
    auditor.close()
    return compared.exit_code


class _Wanted(NamedTuple):
    """The versions of one notice to be compared; `told` is where that is said, as the beginning of a message."""

    name: str
    sources: "tuple[Source, ...]"
    may_differ: frozenset[str]
    told: str


def _kinds(given: Sequence[str]) -> frozenset[str]:
    from privaudit.cli.options import nearest
    from privaudit.facts.values import FactKind

    found = [part.strip() for one in given for part in one.split(",") if part.strip()]
    for one in found:
        if one not in list(FactKind):
            hint = nearest(one, FactKind) or f"; known: {', '.join(FactKind)}"
            raise UsageError(f"--may-differ: unknown kind {one!r}{hint}")
    return frozenset(found)


def _wanted(files: Sequence[str], may_differ: frozenset[str], settings: "Settings") -> list[_Wanted]:
    """What is to be compared: the files that are named, else each notice of the configuration."""
    if files:
        sources = [_source(file, settings.max_bytes) for file in files]
        told = ", ".join(files)
        if len(sources) == 1:
            raise UsageError(f"{told}: is one file only; {_FEW}")
        twice = next((one.path for at, one in enumerate(sources) if one.path in {two.path for two in sources[:at]}), "")
        if twice:
            raise UsageError(f"{twice}: is named twice; {_FEW}")
        return [_Wanted("", tuple(sources), may_differ, told)]
    if not settings.parity:
        raise UsageError(f"nothing to compare; {_FEW}, or list them under parity: in the configuration")
    return [_of_configuration(one, may_differ, settings) for one in settings.parity]


def _source(file: str, max_bytes: int) -> "Source":
    from privaudit.discover import discover

    if file == "-":
        raise UsageError("-: standard input is one text only; name files")
    if not file or not os.path.lexists(file):
        raise UsageError(f"{file or 'an empty name'}: no such file")
    if Path(file).is_dir():
        raise UsageError(f"{file}: is a folder; name the files in it that are versions of one notice")
    return discover([file], max_bytes=max_bytes).sources[0]


def _of_configuration(versions: "Versions", may_differ: frozenset[str], settings: "Settings") -> _Wanted:
    from privaudit.discover import Filters, discover

    notice = versions.notice
    told = f"{notice.place.path}:{notice.place.line}"
    filters = Filters(include=notice.paths.match)
    walked = discover([str(notice.paths.base)], max_bytes=settings.max_bytes, filters=filters, follow=settings.follow)
    # A folder that cannot be listed is told of there, whatever is sought.
    found = [one for one in walked.sources if notice.paths.match(one.path)]
    if empty := notice.empty_pattern(one.path for one in found):
        raise UsageError(f"{told}: no file of the notice {notice.name!r} is meant by {empty!r}")
    if len(found) == 1:
        raise UsageError(f"{told}: the notice {notice.name!r} has one file only; {_FEW}")
    sources = sorted(found, key=lambda one: (notice.rank(one.path), one.path))
    return _Wanted(notice.name, tuple(sources), may_differ.union(versions.may_differ), told)


def _compared(auditor: "Auditor", wanted: Sequence[_Wanted]) -> "Parity":
    from privaudit import __version__
    from privaudit.facts.found import Lexicons
    from privaudit.parity import Parity
    from privaudit.rulepack.facts import load_facts

    read = [[auditor.read(source) for source in one.sources] for one in wanted]
    for one, versions in zip(wanted, read, strict=True):
        _check_languages(one, versions)
    every = [version for versions in read for version in versions]
    auditor.load(every)
    spoken = {code for one in every if one.document for code in one.document.languages if code}
    facts = load_facts(auditor.packs, spoken)
    _check_patterns(auditor, facts)
    lexicons = Lexicons(facts, auditor.known)
    groups = tuple(_group(auditor, one, versions, lexicons) for one, versions in zip(wanted, read, strict=True))
    return Parity(__version__, auditor.ruleset.packs, auditor.day.isoformat(), groups)


def _check_languages(wanted: _Wanted, read: "Sequence[Read]") -> None:
    """Raises `UsageError` where all versions are in one language, as far as that is known of all."""
    from privaudit.render.words import language

    codes = {one.document.language.code if one.document else None for one in read}
    code = codes.pop()
    if not codes and code is not None:
        raise UsageError(f"{wanted.told}: all in one language, {language(code)}; {_FEW}, in different languages")


def _check_patterns(auditor: "Auditor", facts: "FactWords") -> None:
    """Raises `RuleError` for words of facts in the user's packs that are no patterns."""
    if not auditor.plan.run.rules:
        return
    from privaudit.errors import RuleError
    from privaudit.rulepack.layout import builtin_folder
    from privaudit.rulepack.lint import check_patterns

    faults = check_patterns(auditor.ruleset._replace(words=facts.words), builtin_folder())
    if faults:
        raise RuleError(faults)


def _group(auditor: "Auditor", wanted: _Wanted, read: "Sequence[Read]", lexicons: "Lexicons") -> "Group":
    from privaudit.cli.accept import by_configuration
    from privaudit.facts.values import FactKind
    from privaudit.parity import compare

    searched = [auditor.search(one) for one in read]
    reports = [auditor.report(one, found, one.source.path) for one, found in zip(read, searched, strict=True)]
    accepted, _ = by_configuration(auditor, reports, walked=())
    versions = [_version(auditor, report, found, lexicons) for report, found in zip(accepted, searched, strict=True)]
    titles = {rule.id: rule.title for rule in auditor.ruleset.rules}
    return compare(wanted.name, versions, titles, frozenset(map(FactKind, wanted.may_differ)))


def _version(
    auditor: "Auditor", report: "DocumentReport", searched: "Searched | None", lexicons: "Lexicons"
) -> "Version":
    from privaudit.facts.find import find_facts
    from privaudit.facts.values import ANY_LANGUAGE, FactKind
    from privaudit.parity import Version

    code = report.language.code
    if searched is None or code not in searched.coverage.covered:
        # Names that are the same in every language would be all that is found.
        return Version(report, unjudged=frozenset(rule.id for rule in auditor.ruleset.rules))
    audience = auditor.plan.of(report.path).audience
    unjudged = frozenset(
        rule.id
        for rule in auditor.ruleset.rules
        if (rule.languages and code not in rule.languages)
        or (rule.countries and audience is not None and audience not in rule.countries)
    )
    try:
        facts = find_facts(searched, lexicons)
    except TimeoutError as error:
        return Version(_not_whole(report, str(error)), unjudged=unjudged)
    kinds = frozenset(FactKind) if lexicons.knows(code) else ANY_LANGUAGE
    return Version(report, facts, kinds, unjudged)


def _not_whole(report: "DocumentReport", because: str) -> "DocumentReport":
    from privaudit.document import Problem
    from privaudit.model import Status

    problem = Problem("rule-inconclusive", f"numbers, dates and names: {because}")
    return report._replace(status=Status.PARTIAL, problems=(*report.problems, problem))

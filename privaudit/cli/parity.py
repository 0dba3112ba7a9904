"""`privaudit parity`: what one language version of a notice says and another does not.

Annotations are no strings here, as in `check`.
"""

import sys
from collections.abc import Sequence
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
    Packs,
    Profile,
    Select,
)
from privaudit.cli.plan import planned
from privaudit.errors import UsageError

if TYPE_CHECKING:
    from privaudit.cli.audit import Auditor
    from privaudit.cli.stages import Read
    from privaudit.cli.versions import Wanted
    from privaudit.engine import Searched
    from privaudit.facts.found import Lexicons
    from privaudit.model import DocumentReport
    from privaudit.parity import Group, Parity, Version
    from privaudit.rulepack.fact_words import FactWords


def parity(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE[+FILE]]...",
            help="Language versions of one notice, + between the files of one; by default those of the configuration.",
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
    from privaudit.cli.versions import kinds_in, wanted_versions
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
    wanted = wanted_versions(files or (), kinds_in(may_differ or ()), shown)
    read = (source.path for one in wanted for version in one.versions for source in version)
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


def _compared(auditor: "Auditor", wanted: "Sequence[Wanted]") -> "Parity":
    from privaudit import __version__
    from privaudit.facts.found import Lexicons
    from privaudit.parity import Parity
    from privaudit.rulepack.facts import load_facts

    read = [[[auditor.read(source) for source in version] for version in one.versions] for one in wanted]
    for one, versions in zip(wanted, read, strict=True):
        _check_languages(one, versions)
    every = [file for versions in read for version in versions for file in version]
    auditor.load(every)
    spoken = {code for one in every if one.document for code in one.document.languages if code}
    facts = load_facts(map(Path, auditor.packs), spoken)
    _check_patterns(auditor, facts)
    lexicons = Lexicons(facts, auditor.known)
    groups = tuple(_group(auditor, one, versions, lexicons) for one, versions in zip(wanted, read, strict=True))
    return Parity(__version__, auditor.ruleset.packs, auditor.day.isoformat(), groups)


def _check_languages(wanted: "Wanted", read: "Sequence[Sequence[Read]]") -> None:
    """Raises `UsageError` where all versions are in one language, or one version in several, as far as is known."""
    from privaudit.cli.versions import FEW
    from privaudit.render.words import language

    codes: set[str | None] = set()
    for version in read:
        known = {one.document.language.code: one.source.path for one in version if one.document}
        known.pop(None, None)
        if len(known) > 1:
            told = ", ".join(f"{path} in {language(code)}" for code, path in known.items())
            raise UsageError(f"{wanted.told}: one version in several languages: {told}; {FEW}")
        codes.add(next(iter(known), None))
    code = codes.pop()
    if not codes and code is not None:
        raise UsageError(f"{wanted.told}: all in one language, {language(code)}; {FEW}, in different languages")


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


def _group(auditor: "Auditor", wanted: "Wanted", read: "Sequence[Sequence[Read]]", lexicons: "Lexicons") -> "Group":
    from privaudit.cli.accept import by_configuration
    from privaudit.facts.values import FactKind
    from privaudit.parity import compare

    searched = [[auditor.search(one) for one in version] for version in read]
    reports = [_reports(auditor, *one) for one in zip(read, searched, strict=True)]
    accepted, _ = by_configuration(auditor, [one for version in reports for one in version], walked=())
    rest = iter(accepted)
    versions = [
        _version(auditor, [next(rest) for _ in version], found, lexicons)
        for version, found in zip(reports, searched, strict=True)
    ]
    titles = {rule.id: rule.title for rule in auditor.ruleset.rules}
    return compare(wanted.name, versions, titles, frozenset(map(FactKind, wanted.may_differ)))


def _reports(
    auditor: "Auditor", read: "Sequence[Read]", searched: "Sequence[Searched | None]"
) -> "list[DocumentReport]":
    """The reports on the files of a version, which are judged as one text."""
    parts = [(one, found, one.source.path) for one, found in zip(read, searched, strict=True)]
    if len(parts) > 1:
        return auditor.report_together(" + ".join(one.source.path for one in read), parts)
    return [auditor.report(*part) for part in parts]


def _version(
    auditor: "Auditor", reports: "Sequence[DocumentReport]", searched: "Sequence[Searched | None]", lexicons: "Lexicons"
) -> "Version":
    if len(reports) == 1:
        return _stating(auditor, reports[0], searched[0], lexicons)
    from privaudit.engine import search
    from privaudit.notice import gathered, join

    read = [one.document for one in searched if one]
    joined = join(read) if read else None
    begins = dict(zip(joined.paths, joined.starts, strict=True)) if joined else {}
    # A file that was not read holds no passage; it begins where the next one does.
    starts: list[int] = []
    for report in reversed(reports):
        starts.insert(0, begins.get(report.path, starts[0] if starts else sys.maxsize))
    whole = gathered(reports, starts)
    version = _stating(auditor, whole, search(joined.document, auditor.rules) if joined else None, lexicons)
    return version._replace(files=tuple(reports), starts=tuple(starts))


def _stating(
    auditor: "Auditor", report: "DocumentReport", searched: "Searched | None", lexicons: "Lexicons"
) -> "Version":
    """A version with the facts that it states."""
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

"""`privaudit check`: discover, read, annotate, match, judge, report, render, gate."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from privaudit.errors import InputError, OutputClosedError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from privaudit.audit import Searched
    from privaudit.discover import Source
    from privaudit.document import Document
    from privaudit.model import DocumentReport, Skipped
    from privaudit.rulepack.schema import LanguageData

# File names that say of themselves that they are a notice, as parts of words.
_NOTICE_NAME = re.compile(
    r"privac|datenschutz|dataskydd|integritet|personvern|personuppgift|persoonsgegeven|confidentialit|rgpd|gdpr|dsgvo"
    r"|(?<![a-z])avg(?![a-z])|cookie|notice|policy|policies",
    re.IGNORECASE,
)
_PROGRESS_FROM = 10


@dataclass(slots=True)
class _Read:
    """A source with its document, or the reason why there is none."""

    source: Source
    document: Document | None = None
    problem: str = ""


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders, globs, or - for standard input.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="rich, concise or json; repeatable with files."),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", metavar="LEVEL|RULE", help="error (default), warning, note, never, or a rule."),
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
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="The language of the documents.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge by the law of this day.")] = None,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", metavar="NAME", help="What - is called.")
    ] = "stdin",
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The documents' encoding.")] = None,
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1, help="Files larger than this are not read.")
    ] = 20_000_000,
    show_passing: Annotated[bool, typer.Option("--show-passing", help="Quote what is present, too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings and errors only.")] = False,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")] = False,  # noqa: ARG001
) -> int:
    """Audit privacy policies: what they disclose, what they lack, which outdated mechanisms they rely on."""
    from privaudit import __version__, cache
    from privaudit.audit import compile_rules, search
    from privaudit.cli import options
    from privaudit.discover import discover
    from privaudit.match.pattern import Patterns
    from privaudit.model import Skipped
    from privaudit.render import RENDERERS
    from privaudit.render.view import View
    from privaudit.report import assemble
    from privaudit.rulepack.kept import KnownPacks
    from privaudit.rulepack.layout import pack_folders

    targets = options.outputs(formats or [], RENDERERS)
    day = options.as_of(as_of)
    override = options.language(lang)
    width = options.width() if any(target.format == "rich" for target in targets) else 100
    view = View(options.colored(color, sys.stdout), width, quiet, show_passing)
    known = KnownPacks(pack_folders(packs or [], builtin))
    languages = known.languages()

    found = discover(paths or ["."], stdin_name=stdin_filename, max_bytes=max_bytes)
    read = [_read(source, languages, override, encoding) for source in found.sources]
    spoken = {code for one in read if one.document for code in one.document.languages if code}
    ruleset = known.rules(spoken & set(languages))
    wanted = options.selection(select or [], ignore or [], ruleset.rules)
    gate = options.threshold(fail_on or [], ruleset.rules)
    folder, name = cache.cache_folder(), _cache_name(__version__)
    patterns = Patterns(cache.load(folder, name))
    rules = compile_rules(ruleset, patterns, known)

    documents: list[DocumentReport] = []
    skipped: list[Skipped] = []
    for one in _with_progress(read):
        searched = search(one.document, rules) if one.document else None
        if not one.source.named and _no_notice(one.source.path, searched):
            skipped.append(Skipped(one.source.path, one.problem or "does not look like a notice"))
        elif searched:
            documents.append(_audited(searched, wanted, day))
        else:
            documents.append(_unread(one))
    errors = list(found.errors)
    if not documents and not errors:
        errors.append(_nothing(paths or ["."], skipped))
    report = assemble(
        __version__,
        ruleset,
        [rule for rule in ruleset.rules if rule.id in wanted],
        documents,
        as_of=day,
        skipped=skipped,
        errors=errors,
        threshold=gate,
    )
    for target in targets:
        plain = View(False, view.width, quiet, show_passing) if target.file else view
        _write(RENDERERS[target.format](report, plain), target.file)
    for error in report.errors:
        typer.echo(f"error: {error}", err=True)
    if patterns.grown:
        cache.save(folder, name, patterns.to_keep())
    return report.summary.exit_code


def _cache_name(version: str) -> str:
    """Compiled patterns are good for one version of everything that makes them."""
    import regex

    python = f"{sys.implementation.cache_tag}"
    return f"patterns-4-{version}-regex-{regex.__version__}-{python}"


def _read(source: Source, languages: dict[str, LanguageData], override: str | None, encoding: str | None) -> _Read:
    from privaudit.language import annotate
    from privaudit.read import read

    if source.data is None:
        return _Read(source, problem=source.problem)
    try:
        return _Read(source, annotate(read(source.path, source.data, encoding=encoding), languages, override))
    except InputError as error:
        return _Read(source, problem=str(error))


def _no_notice(path: str, searched: Searched | None) -> bool:
    """Whether a file of a walked folder is none of a notice's: neither its name nor its text says so."""
    from privaudit.audit import looks_like_notice

    if _NOTICE_NAME.search(PurePath(path).name):
        return False
    return searched is None or not looks_like_notice(searched)


def _audited(searched: Searched, wanted: frozenset[str], day: date) -> DocumentReport:
    from privaudit.audit import judge, problems
    from privaudit.report import document_report

    verdicts = tuple(verdict for verdict in judge(searched, day) if verdict.rule in wanted)
    return document_report(searched.document, verdicts, problems(searched, verdicts))


def _unread(one: _Read) -> DocumentReport:
    from privaudit.read import media_type_of
    from privaudit.report import unread_report

    digest = hashlib.sha256(one.source.data).hexdigest() if one.source.data is not None else ""
    return unread_report(one.source.path, media_type_of(one.source.path), digest, one.problem)


def _nothing(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    where = ", ".join(paths)
    if skipped:
        return (
            f"{where}: no document looks like a notice ({len(skipped)} skipped); name a file to audit it all the same"
        )
    return f"{where}: no document found; privaudit reads .md, .html and .txt"


def _with_progress(read: list[_Read]) -> Iterator[_Read]:
    """The documents, with a line on standard error that counts them, on a terminal and for many of them."""
    if len(read) < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from read
        return
    for number, one in enumerate(read, 1):
        sys.stderr.write(f"\rauditing {number}/{len(read)} ")
        sys.stderr.flush()
        yield one
    sys.stderr.write("\r\x1b[K")


def _write(text: str, file: Path | None) -> None:
    if file is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise OutputClosedError from None
        return
    import tempfile

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place: a reader never sees half a report.
        with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8", newline="") as beside:
            beside.write(text)
        Path(beside.name).chmod(0o666 & ~_umask())
        Path(beside.name).replace(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

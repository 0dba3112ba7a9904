"""`privaudit check`: discover, read, annotate, match, judge, report, render, gate.

Annotations are no strings here: typer would have to evaluate each of them at every start.
"""

import sys
from typing import Annotated

import typer


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders, globs, or - for standard input.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            help="rich, concise, json, jsonl, sarif, junit, github, gitlab, html, markdown, csv; repeatable to files.",
        ),
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
    import regex

    from privaudit import __version__
    from privaudit.cli import options, panes, stages
    from privaudit.cli.output import write_all
    from privaudit.discover import discover
    from privaudit.engine import CompiledRules, search
    from privaudit.match.pattern import Patterns
    from privaudit.model import DocumentReport, Skipped
    from privaudit.render import RENDERERS
    from privaudit.render.sanitise import one_line
    from privaudit.report import assemble
    from privaudit.rulepack.kept import KnownPacks
    from privaudit.rulepack.layout import pack_folders

    targets = options.outputs(formats or [], RENDERERS)
    day = options.as_of(as_of)
    override = options.language(lang)
    options.check_encoding(encoding)
    view = options.view(targets, color, sys.stdout, quiet=quiet, show_passing=show_passing)
    known = KnownPacks(pack_folders(packs or [], builtin))
    languages = known.languages()

    found = discover(paths or ["."], stdin_name=stdin_filename, max_bytes=max_bytes)
    read = [stages.read_source(source, languages, override, encoding) for source in found.sources]
    spoken = {code for one in read if one.document for code in one.document.languages if code}
    ruleset = known.rules(spoken & set(languages))
    wanted = options.selection(select or [], ignore or [], ruleset.rules)
    gate = options.threshold(fail_on or [], ruleset.rules)
    kept = "-".join(("patterns", regex.__version__, str(sys.implementation.cache_tag), *sorted(spoken)))
    patterns = Patterns(known.recall(kept))
    rules = CompiledRules(ruleset, patterns, known)

    documents: list[DocumentReport] = []
    skipped: list[Skipped] = []
    for one in stages.with_progress(read):
        searched = search(one.document, rules) if one.document else None
        if not one.source.named and stages.is_no_notice(one.source.path, searched):
            skipped.append(Skipped(one.source.path, one.problem or "does not look like a notice"))
        elif searched:
            documents.append(stages.audited(searched, wanted, day))
        else:
            documents.append(stages.unread(one))
    errors = list(found.errors)
    if not documents and not errors:
        errors.append(stages.nothing_found(paths or ["."], skipped))
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
    write_all(report, targets, panes.with_read(view, targets, report, (one.document for one in read)))
    for error in report.errors:
        typer.echo(f"error: {one_line(error)}", err=True)
    if patterns.grown:
        known.keep(kept, patterns.to_keep())
    return report.summary.exit_code

"""`privaudit check`: discover, read, annotate, match, judge, report, render, gate.

Annotations are no strings here: typer would have to evaluate each of them at every start.
"""

import sys
from typing import Annotated

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
    Redact,
    Select,
    StdinName,
    planned,
)


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders, globs, or - for standard input.")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            help="rich, concise, json, jsonl, sarif, junit, github, gitlab, html, markdown, summary, csv; "
            "repeatable with files.",
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", metavar="LEVEL|RULE", help="error (default), warning, note, never, or a rule."),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    profile: Profile = None,
    lang: Lang = None,
    as_of: AsOf = None,
    stdin_filename: StdinName = "stdin",
    encoding: Encoding = None,
    strict_encoding: Annotated[
        bool | None,
        typer.Option("--strict-encoding", help="A document in a guessed encoding is incomplete.", show_default=False),
    ] = None,
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", min=1, help="Larger files are not read (default 20,000,000).")
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", min=1, help="So many pages of a PDF are read (default 500).")
    ] = None,
    timeout: Annotated[
        int | None, typer.Option("--timeout", min=1, help="Seconds that a document may take (default 30).")
    ] = None,
    max_memory: Annotated[
        int | None, typer.Option("--max-memory", min=1, help="Megabytes that a process may take (default 1,024).")
    ] = None,
    max_depth: Annotated[
        int | None, typer.Option("--max-depth", min=1, help="Tags of HTML nest so deep (default 500).")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=0, max=9999, help="Processes at once (default 1, 0: one a processor)."),
    ] = None,
    follow: Annotated[
        bool | None, typer.Option("--follow", help="Follow symbolic links in folders.", show_default=False)
    ] = None,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Findings recorded here do not count.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="REV", help="Only what differs from a git revision, and only new findings fail."
        ),
    ] = None,
    strict_suppressions: Annotated[
        bool | None,
        typer.Option("--strict-suppressions", help="Unused and expired suppressions are errors.", show_default=False),
    ] = None,
    force_exclude: Annotated[
        bool | None,
        typer.Option("--force-exclude", help="Leave excluded files out where they are named, too.", show_default=False),
    ] = None,
    show_passing: Annotated[
        bool | None, typer.Option("--show-passing", help="Quote what is present, too.", show_default=False)
    ] = None,
    quiet: Annotated[
        bool | None, typer.Option("--quiet", "-q", help="Findings and errors only.", show_default=False)
    ] = None,
    statistics: Annotated[
        bool | None, typer.Option("--statistics", help="Count the findings of each rule.", show_default=False)
    ] = None,
    redact: Redact = None,
    color: Color = "auto",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Audit privacy policies: what they disclose, what they lack, which outdated mechanisms they rely on."""
    from privaudit.cli import options, panes
    from privaudit.cli.output import refuse_inputs, write_all
    from privaudit.cli.run import report_of, run
    from privaudit.render import RENDERERS
    from privaudit.render.sanitise import one_line

    plan = planned(
        config,
        isolated,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        packs=packs,
        profile=profile,
        lang=lang,
        as_of=as_of,
        encoding=encoding,
        builtin=builtin,
        baseline=baseline,
        force_exclude=force_exclude,
        max_bytes=max_bytes,
        max_pages=max_pages,
        timeout=timeout,
        max_memory=max_memory,
        max_depth=max_depth,
        jobs=jobs,
        follow=follow,
        quiet=quiet,
        show_passing=show_passing,
        statistics=statistics,
        strict_suppressions=strict_suppressions,
        redact=redact,
        strict_encoding=strict_encoding,
    )
    settings = plan.run
    targets = options.outputs(formats if formats is not None else settings.formats, RENDERERS)
    view = options.view(
        targets,
        color,
        sys.stdout,
        quiet=settings.quiet,
        show_passing=settings.show_passing,
        statistics=settings.statistics,
    )
    done = run(paths or ["."], plan, stdin_filename, since, keep=panes.wanted(targets))
    report = report_of(done, settings.baseline)
    refuse_inputs((one.file for one in targets), done, settings.baseline)
    if settings.redact:
        from privaudit.redact import redacted

        report = redacted(report)
    else:
        view = panes.with_read(view, targets, report, done.read)
    write_all(report, targets, view)
    for error in report.errors:
        typer.echo(f"error: {one_line(error)}", err=True)
    for note in done.notes:
        typer.echo(f"note: {one_line(note)}", err=True)
    if report.idle and not settings.quiet:
        typer.echo(one_line(f"{report.idle[0].upper()}{report.idle[1:]}; nothing to audit."), err=True)
    done.auditor.close()
    return report.summary.exit_code

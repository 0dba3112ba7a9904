"""`privaudit baseline`: record today's findings, so that only new ones fail."""

from pathlib import Path
from typing import Annotated

import typer

from privaudit.cli.parameters import (
    AsOf,
    Builtin,
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
)
from privaudit.cli.plan import planned


def baseline(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Files, folders or globs, as for check.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", metavar="FILE", help="Where to write it (default: the configured one, else in this folder)."
        ),
    ] = None,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    profile: Profile = None,
    lang: Lang = None,
    as_of: AsOf = None,
    stdin_filename: StdinName = None,
    encoding: Encoding = None,
    redact: Redact = None,
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Record today's findings in a file; check --baseline FILE then fails on new ones only."""
    from privaudit.baseline import entries_of, written
    from privaudit.cli.output import refuse_inputs, write
    from privaudit.cli.run import report_of, run
    from privaudit.gate import INCOMPLETE, WRONG_USE
    from privaudit.model import Status
    from privaudit.render.sanitise import one_line
    from privaudit.render.view import plural

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
        redact=redact,
    )
    done = run(paths or ["."], plan, stdin_filename)
    # What a baseline in force holds is recorded anew, or making one twice would empty it.
    report = report_of(done, None)
    errors = report.errors or ((report.idle,) if report.idle else ())
    for error in errors:
        typer.echo(f"error: {one_line(error)}; no baseline was written", err=True)
    if errors:
        return WRONG_USE
    file = Path(output or plan.run.baseline or "privaudit-baseline.json")
    refuse_inputs([file], done)
    entries = entries_of(done.seen(report.documents))
    if plan.run.redact:
        entries = tuple(entry._replace(quote="") for entry in entries)
    write(written(entries), file)
    for document in report.documents:
        if document.status is not Status.AUDITED:
            told_of = "; ".join(problem.message for problem in document.problems)
            typer.echo(f"incomplete: {one_line(document.path)}: {one_line(told_of)}", err=True)
    typer.echo(
        f"wrote {one_line(str(file))}: {plural(len(entries), 'finding')} in "
        f"{plural(len(report.documents), 'document')}; use it with: privaudit check --baseline {one_line(str(file))}",
        err=True,
    )
    done.auditor.close()
    return INCOMPLETE if report.summary.incomplete else 0

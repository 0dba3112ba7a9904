"""`privaudit baseline`: record today's findings, so that only new ones fail."""

from pathlib import Path
from typing import Annotated

import typer


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
    builtin: Annotated[
        bool | None, typer.Option("--builtin/--no-builtin", help="Use the built-in pack.", show_default=False)
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="default, or strict for the rules beyond the law.")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE", help="The language of the documents.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge by the law of this day.")] = None,
    stdin_filename: Annotated[
        str, typer.Option("--stdin-filename", metavar="NAME", help="What - is called.")
    ] = "stdin",
    encoding: Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="The documents' encoding.")] = None,
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="The configuration file to use.")
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration file.")] = False,
) -> int:
    """Record today's findings in a file; check --baseline FILE then fails on new ones only."""
    from privaudit.baseline import entries_of, written
    from privaudit.cli import options
    from privaudit.cli.output import refuse_inputs, write
    from privaudit.cli.run import report_of, run
    from privaudit.cli.selection import items
    from privaudit.config.find import load_config
    from privaudit.config.settings import Plan
    from privaudit.gate import INCOMPLETE, WRONG_USE
    from privaudit.model import Status
    from privaudit.render.sanitise import one_line
    from privaudit.render.view import plural

    options.check_encoding(encoding)
    configuration = load_config(config, isolated)
    told = {
        "select": items("--select", select),
        "ignore": items("--ignore", ignore),
        "rules": (*configuration.values.get("rules", ()), *packs) if packs else None,
        "builtin": builtin,
        "profile": options.profile(profile),
        "lang": options.language(lang),
        "as_of": options.as_of(as_of) if as_of is not None else None,
        "encoding": encoding,
    }
    plan = Plan(configuration, told)
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

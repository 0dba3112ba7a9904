"""`privaudit convert`: a saved JSON report in another format."""

import sys
from typing import Annotated

import typer

from privaudit.cli.parameters import Color


def convert(
    report: Annotated[str, typer.Argument(metavar="REPORT.json", help="A report saved with --format json=FILE, or -.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="As for check; repeatable with files."),
    ] = None,
    show_passing: Annotated[bool, typer.Option("--show-passing", help="Quote what is present, too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings and errors only.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Leave the words of the documents out.")] = False,
    color: Color = "auto",
) -> int:
    """Render a saved JSON report in any other format, as if the audit had printed it."""
    from privaudit.cli import options, panes
    from privaudit.cli.output import write_all
    from privaudit.cli.source import read_text
    from privaudit.render import RENDERERS
    from privaudit.saved import report_of

    targets = options.outputs(formats or [], RENDERERS)
    view = options.view(targets, color, sys.stdout, quiet=quiet, show_passing=show_passing, statistics=statistics)
    saved = report_of(read_text(report), report)
    if redact:
        from privaudit.redact import redacted

        saved = redacted(saved)
    else:
        view = panes.with_unchanged(view, targets, saved)
    write_all(saved, targets, view)
    return 0

"""`privaudit corpus`: many documents, from files of many records and folders, on one machine or a cluster.

Annotations are no strings here, as in `check`.
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
    Follow,
    Ignore,
    Isolated,
    Jobs,
    Lang,
    MaxDepth,
    MaxMemory,
    MaxPages,
    Packs,
    Profile,
    Redact,
    Select,
    Timeout,
)
from privaudit.cli.plan import planned
from privaudit.errors import UsageError


def corpus(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="JSON Lines, Parquet, WARC, or a folder of any.")],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="A folder for Parquet, or a file NAME.jsonl.")],
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME[=FILE]", help="The summary: rich, json or html; repeatable with files."),
    ] = None,
    every: Annotated[bool, typer.Option("--all-verdicts", help="A row for every verdict, not only findings.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an output that is not finished.")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="local, or spark for a cluster.")] = "local",
    part_size: Annotated[
        int, typer.Option("--part-size", min=1, help="Records after which is written what is found.")
    ] = 1000,
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    builtin: Builtin = None,
    profile: Profile = None,
    lang: Lang = None,
    as_of: AsOf = None,
    encoding: Encoding = None,
    max_bytes: Annotated[
        int | None, typer.Option("--max-bytes", min=1, help="Larger records are not read (default 20,000,000).")
    ] = None,
    max_pages: MaxPages = None,
    max_depth: MaxDepth = None,
    timeout: Timeout = None,
    max_memory: MaxMemory = None,
    jobs: Jobs = None,
    follow: Follow = None,
    quiet: Annotated[
        bool | None, typer.Option("--quiet", "-q", help="No progress, and no summary.", show_default=False)
    ] = None,
    redact: Redact = None,
    color: Color = "auto",
    config: Config = None,
    isolated: Isolated = False,
) -> int:
    """Audit many documents: records of JSON Lines, Parquet and web archives, or folders; findings become rows."""
    from privaudit.cli import options
    from privaudit.cli.audit import Auditor
    from privaudit.cli.output import write_each
    from privaudit.cli.whole_corpus import Wanted, audited_corpus, summarised
    from privaudit.corpus.show import FORMATS, rendered

    targets = options.outputs(formats or [], FORMATS, elsewhere="rich")
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
        max_bytes=max_bytes,
        max_pages=max_pages,
        max_depth=max_depth,
        timeout=timeout,
        max_memory=max_memory,
        jobs=jobs,
        follow=follow,
        quiet=quiet,
        redact=redact,
    )
    view = options.view(targets, color, sys.stdout, quiet=plan.run.quiet, show_passing=False)
    auditor = Auditor(plan)
    wanted = Wanted(source, output, every, resume, part_size)
    if engine == "spark":
        from privaudit.cli.corpus_on_spark import audited_on_spark

        tally = audited_on_spark(auditor, wanted)
    elif engine == "local":
        tally = audited_corpus(auditor, wanted)
    else:
        raise UsageError(f"--engine: {engine!r}; write local or spark")
    summary = summarised(auditor, tally, output)
    if plan.run.quiet:
        targets = tuple(one for one in targets if one.file is not None or one.format != "rich")
    write_each(targets, view, lambda name, shown: rendered(name, summary, shown))
    auditor.close()
    return summary.exit_code

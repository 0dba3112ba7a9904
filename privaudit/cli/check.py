"""`privaudit check`: discover, read, annotate, match, judge, report, render, gate."""

from __future__ import annotations

import sys

from privaudit.cli import options
from privaudit.cli.plan import planned
from privaudit.cli.tell import tell


class Ended(int):
    """An exit code that holds what the run has made, which the end of the process frees in one go."""

    made: tuple[object, ...]


def check(
    paths: list[str] | None,
    *,
    formats: list[str] | None,
    fail_on: list[str] | None,
    select: list[str] | None,
    ignore: list[str] | None,
    packs: list[str] | None,
    builtin: bool | None,
    profile: str | None,
    lang: str | None,
    as_of: str | None,
    stdin_filename: str | None,
    encoding: str | None,
    strict_encoding: bool | None,
    max_bytes: int | None,
    max_pages: int | None,
    timeout: int | None,
    max_memory: int | None,
    max_depth: int | None,
    jobs: int | None,
    follow: bool | None,
    baseline: str | None,
    since: str | None,
    strict_suppressions: bool | None,
    force_exclude: bool | None,
    show_passing: bool | None,
    quiet: bool | None,
    statistics: bool | None,
    redact: bool | None,
    color: str,
    config: str | None,
    isolated: bool,
) -> int:
    """Audit privacy policies: what they disclose, what they lack, which outdated mechanisms they rely on."""
    from privaudit.cli import panes
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
        tell(f"error: {one_line(error)}")
    for note in done.notes:
        tell(f"note: {one_line(note)}")
    if report.idle and not settings.quiet:
        tell(one_line(f"{report.idle[0].upper()}{report.idle[1:]}; nothing to audit."))
    done.auditor.close()
    ended = Ended(report.summary.exit_code)
    ended.made = (done, report)
    return ended

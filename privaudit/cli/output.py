"""Reports on their way out: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from privaudit.errors import OutputClosedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from privaudit.cli.options import Output
    from privaudit.cli.run import Run
    from privaudit.model import Report
    from privaudit.render.view import View


def write(text: str, file: Path | None) -> None:
    """Writes a report; raises `UsageError` where that is not possible, `OutputClosedError` where nobody reads it.

    A file is replaced, but for the summary of a step of GitHub Actions, to which each command of the step adds.
    """
    if file is None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise OutputClosedError from None
        return
    import tempfile

    if "\0" in str(file):
        raise UsageError(f"{file}: cannot be written: no file may have this name")
    try:
        if _is_step_summary(file):
            with file.open("a", encoding="utf-8", newline="") as summary:
                # Apart from what stands there, or a heading would not begin a line.
                summary.write(f"\n{text}" if _size(file) else text)
            return
        if file.exists() and not file.is_file() and not file.is_dir():
            # A pipe or a device, such as /dev/null, is written to and never replaced.
            file.write_text(text, encoding="utf-8", newline="")
            return
        # Through a link, so that the link stays one.
        target = Path(os.path.realpath(file))
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place: a reader never sees half a report.
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as beside:  # noqa: PTH123 - an open descriptor
                beside.write(text)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None


def refuse_inputs(files: Iterable[Path | None], done: Run, baseline: str | None = None) -> None:
    """Raises `UsageError` for a file to write that the run has read, and that would be lost."""
    read = (baseline, done.auditor.plan.configuration.path, *(document.path for document in done.documents))
    for file in filter(None, files):
        same = next((name for name in read if name and _is_same(name, file)), None)
        if same:
            raise UsageError(f"{file}: cannot be written: it was read as {same}; give the output a name of its own")


def _is_same(name: str, file: Path) -> bool:
    try:
        return os.path.samefile(name, file)  # noqa: PTH121
    except (OSError, ValueError):
        return False


def write_all(report: Report, targets: Iterable[Output], view: View) -> None:
    """Writes a report in each format to its file or to standard output; files get no colours."""
    from privaudit.render import RENDERERS

    for target in targets:
        shown = view
        if target.file:
            # One byte more for the line feed between the parts.
            taken = _size(target.file) + 1 if _is_step_summary(target.file) else 0
            shown = view._replace(color=False, taken=taken)
        write(RENDERERS[target.format](report, shown), target.file)


def _is_step_summary(file: Path) -> bool:
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    return bool(named) and file == Path(str(named))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current

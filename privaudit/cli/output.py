"""Reports on their way out: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import errno
import os
import stat
import sys

from privaudit.errors import OutputClosedError, UsageError
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from privaudit.cli.options import Output
    from privaudit.cli.run import Run
    from privaudit.model import Report
    from privaudit.render.view import View


def write(text: str, file: Path | None) -> None:
    """Writes a report; raises `UsageError` where that is not possible, `OutputClosedError` where nobody reads it.

    A file is replaced, but for the summary of a step of GitHub Actions, to which each command of the step adds.
    """
    if file is None or _is_standard_output(file):
        _print(text)
        return
    from pathlib import Path

    if "\0" in str(file):
        raise UsageError(f"{file}: cannot be written: no file may have this name")
    try:
        before = _status(file)
        if _is_step_summary(file):
            with file.open("a", encoding="utf-8", newline="") as summary:
                # Apart from what stands there, or a heading would not begin a line.
                summary.write(f"\n{text}" if _size(file) else text)
        elif before is None or stat.S_ISREG(before.st_mode):
            # Through a link, so that the link stays one.
            _replace(Path(os.path.realpath(file)), text, before)
        elif stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        else:
            # A pipe or a device, such as /dev/null, is written to and never replaced.
            file.write_text(text, encoding="utf-8", newline="")
    except BrokenPipeError:
        raise OutputClosedError from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise OutputClosedError from None
    except OSError as error:
        raise UsageError(f"standard output: cannot be written: {error.strerror or error}") from None


def _replace(target: Path, text: str, before: os.stat_result | None) -> None:
    """Writes a file beside and moves it into place: nobody ever sees half a report, not even after a crash.

    It keeps the permissions that it has; one that nobody may write to is left as it is.
    """
    import tempfile
    from pathlib import Path

    if before is not None and not before.st_mode & 0o222:
        raise PermissionError(errno.EACCES, "the file is read-only")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as beside:  # noqa: PTH123 - an open descriptor
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
        Path(name).chmod(stat.S_IMODE(before.st_mode) if before else 0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _is_standard_output(file: Path) -> bool:
    """Whether a name such as /dev/stdout is where standard output goes anyway, which must not be replaced."""
    if file.parent.as_posix() not in {"/dev", "/dev/fd", "/proc/self/fd"}:
        return False
    try:
        return os.path.samestat(file.stat(), os.fstat(1))
    except OSError:
        return False


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def refuse_inputs(files: Iterable[Path | None], done: Run, baseline: str | None = None) -> None:
    """Raises `UsageError` for a file to write that the run has read, and that would be lost."""
    refuse_read(files, (baseline, done.auditor.plan.configuration.path, *(one.path for one in done.documents)))


def refuse_read(files: Iterable[Path | None], read: Iterable[str | None]) -> None:
    """Raises `UsageError` for a file to write that is one of those that were read."""
    read = list(read)
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
    """Writes a report in each format to its file or to standard output."""
    from privaudit.render import RENDERERS

    write_each(targets, view, lambda name, shown: RENDERERS[name](report, shown))


def write_each(targets: Iterable[Output], view: View, render: Callable[[str, View], str]) -> None:
    """Writes what `render` makes of each format's name to its file or to standard output; files get no colours."""
    for target in targets:
        shown = view
        if target.file:
            # One byte more for the line feed between the parts.
            taken = _size(target.file) + 1 if _is_step_summary(target.file) else 0
            shown = view._replace(color=False, taken=taken, file=target.file.name)
        write(render(target.format, shown), target.file)


def _is_step_summary(file: Path) -> bool:
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    from pathlib import Path

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

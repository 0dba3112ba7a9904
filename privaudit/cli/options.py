"""Option values as people write them, turned into what the stages take; wrong ones with the nearest right one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING, NamedTuple
from privaudit.repository import root_of

if TYPE_CHECKING:
    from pathlib import Path

    from privaudit.config.settings import Item
    from privaudit.render.view import View

# Formats in which paths are those of the repository.
_FOR_SERVICES = frozenset({"sarif", "github", "gitlab"})


class Output(NamedTuple):
    """A format and the file that it goes to, None for standard output."""

    format: str
    file: Path | None = None


def nearest(wrong: str, known: Iterable[str]) -> str:
    """` did you mean …?`, or nothing."""
    import difflib

    close = difflib.get_close_matches(wrong, sorted(known), n=1)
    return f"; did you mean {close[0]}?" if close else ""


def outputs(
    values: Sequence[str | Item], known: Iterable[str], option: str = "--format", elsewhere: str = "concise"
) -> tuple[Output, ...]:
    """`NAME` or `NAME=FILE`, each; one to standard output, by default `rich` on a terminal, and `elsewhere`.

    `option` is where they were given, if not by the configuration, whose words know their own place.
    """
    known = list(known)
    found = []
    for given in values:
        value, option = (given, option) if isinstance(given, str) else (given.value, given.told)
        name, _, file = value.partition("=")
        if name not in known:
            raise UsageError(
                f"{option}: unknown format {name!r}{nearest(name, known) or '; known: ' + ', '.join(known)}"
            )
        if "=" in value and not file:
            raise UsageError(f"{option}: {name}= lacks a file name")
        found.append(Output(name, _file(file)))
    if sum(one.file is None for one in found) > 1:
        raise UsageError(f"{option}: two formats on standard output; write one to a file with NAME=FILE")
    if all(one.file is not None for one in found):
        found.insert(0, Output("rich" if sys.stdout.isatty() else elsewhere))
    files = [one.file for one in found if one.file is not None]
    if len({os.path.normpath(file) for file in files}) < len(files):
        raise UsageError(f"{option}: two formats go to the same file; give each its own")
    return tuple(found)


def profile(value: str | None) -> str | None:
    """`default` or `strict`."""
    if value not in {None, "default", "strict"}:
        raise UsageError(f"--profile: {value!r}; write default or strict")
    return value


def as_of(value: str | None) -> date:
    """A day as YYYY-MM-DD; by default that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), else today in UTC."""
    if value is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if not epoch:
            return datetime.now(UTC).date()
        try:
            if epoch.isascii() and epoch.removeprefix("-").isdecimal():
                return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            pass
        raise UsageError(f"SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds since 1970")
    return day("--as-of", value)


def day(option: str, value: str) -> date:
    """A day as YYYY-MM-DD, as an option has it."""
    try:
        # Other ways to write a day in ISO 8601, such as 20180525 and 2018-W21-5, are not for people.
        if len(value) == 10 and value[4] == value[7] == "-":
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise UsageError(f"{option}: {value!r} is no date; write it as YYYY-MM-DD")


def check_encoding(value: str | None) -> None:
    """Refuses a name that is no encoding of text."""
    if value is None:
        return
    from privaudit.config.words import is_encoding

    if not is_encoding(value):
        raise UsageError(f"--encoding: {value!r} is no encoding; write one such as utf-8 or cp1252")


def language(value: str | None) -> str | None:
    """A language code of two or three letters, as in BCP 47; a region behind it is left out."""
    if value is None:
        return None
    from privaudit.config.words import language_of

    code = language_of(value)
    if code is None:
        raise UsageError(f"--lang: {value!r} is no language code; write two letters, such as en or sv")
    return code


def colored(value: str, stream: object) -> bool:
    """Whether to write colours: told, else by `NO_COLOR` and `FORCE_COLOR`, else on a terminal that is not dumb."""
    if value not in {"auto", "always", "never"}:
        raise UsageError(f"--color: {value!r}; write auto, always or never")
    if value != "auto":
        return value == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and bool(getattr(stream, "isatty", lambda: False)())


def view(
    targets: Iterable[Output], color: str, stream: object, *, quiet: bool, show_passing: bool, statistics: bool = False
) -> View:
    """How reports are to be shown on a stream and in files."""
    from privaudit.render.view import View

    formats = {target.format for target in targets}
    columns = width() if "rich" in formats else 100
    root, below = repository() if formats & _FOR_SERVICES else ("", "")
    return View(colored(color, stream), columns, quiet, show_passing, root, below, statistics)


def _file(name: str) -> Path | None:
    if name in {"", "-"}:
        return None
    from pathlib import Path

    return Path(name)


def repository() -> tuple[str, str]:
    """The root of the repository around the current folder, and that folder below it; empty where there is none."""
    here = os.getcwd()
    root = root_of(here)
    return root.replace(os.sep, "/"), here[len(root) :].strip(os.sep).replace(os.sep, "/") if root else ""


def width() -> int:
    """The columns of the terminal, within what reads well."""
    import shutil

    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 140))

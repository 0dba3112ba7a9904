"""Option values as people write them, turned into what the stages take; wrong ones with the nearest right one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from privaudit.errors import UsageError
from privaudit.gate import Threshold
from privaudit.model import Severity

if TYPE_CHECKING:
    from privaudit.render.view import View
    from privaudit.rulepack.schema import Rule

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


def outputs(values: Sequence[str], known: Iterable[str]) -> tuple[Output, ...]:
    """`NAME` or `NAME=FILE`, each; at most one to standard output."""
    known = list(known)
    found = []
    for value in values:
        name, _, file = value.partition("=")
        if name not in known:
            raise UsageError(
                f"--format: unknown format {name!r}{nearest(name, known) or '; known: ' + ', '.join(known)}"
            )
        if "=" in value and not file:
            raise UsageError(f"--format: {name}= lacks a file name")
        found.append(Output(name, Path(file) if file and file != "-" else None))
    if sum(one.file is None for one in found) > 1:
        raise UsageError("--format: two formats on standard output; write one to a file with NAME=FILE")
    if all(one.file is not None for one in found):
        found.insert(0, Output("rich" if sys.stdout.isatty() else "concise"))
    return tuple(found)


def as_of(value: str | None) -> date:
    """A day as YYYY-MM-DD; by default that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), else today in UTC."""
    if value is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(f"SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds since 1970") from None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"--as-of: {value!r} is no date; write it as YYYY-MM-DD") from None


def check_encoding(value: str | None) -> None:
    """Refuses a name that is no encoding of text."""
    import codecs

    try:
        if value is None or getattr(codecs.lookup(value), "_is_text_encoding", True):
            return
    except (LookupError, ValueError):
        pass
    raise UsageError(f"--encoding: {value!r} is no encoding; write one such as utf-8 or cp1252")


def language(value: str | None) -> str | None:
    """A language code of two or three letters, as in BCP 47; a region behind it is left out."""
    if value is None:
        return None
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value):
        raise UsageError(f"--lang: {value!r} is no language code; write two letters, such as en or sv")
    return re.split("[-_]", value)[0].lower()


def threshold(values: Sequence[str], rules: Iterable[Rule]) -> Threshold:
    """What `--fail-on` says: levels, `never`, rule ids and groups."""
    if not values:
        return Threshold()
    names = _names(rules)
    level: Severity | None = None
    wanted: set[str] = set()
    for value in values:
        if value in {one.value for one in Severity}:
            severity = Severity(value)
            level = severity if level is None or severity.rank < level.rank else level
        elif value in names:
            wanted.add(value)
        elif value != "never":
            known = [*names, *(one.value for one in Severity), "never"]
            raise UsageError(f"--fail-on: {value!r} is no severity and no rule{nearest(value, known)}")
    return Threshold(level, frozenset(wanted))


def _names(rules: Iterable[Rule]) -> set[str]:
    names: set[str] = set()
    for rule in rules:
        names.update({rule.id, rule.group or rule.id})
    return names


def selection(select: Sequence[str], ignore: Sequence[str], rules: Sequence[Rule]) -> frozenset[str]:
    """The ids of the rules that are wanted, told by ids, groups, kinds and prefixes with `*`.

    A word that names none is wrong use. Rules of the strict profile run only where they are selected.
    """
    selected = _matching("--select", select, rules) if select else {rule.id for rule in rules if not rule.strict}
    ignored = _matching("--ignore", ignore, rules)
    wanted = frozenset(selected - ignored)
    if not wanted:
        raise UsageError("--select and --ignore leave no rule")
    return wanted


def _matching(option: str, values: Sequence[str], rules: Sequence[Rule]) -> set[str]:
    found: set[str] = set()
    for value in (part.strip() for one in values for part in one.split(",") if part.strip()):
        matched = {rule.id for rule in rules if _matches(value, rule)}
        if not matched:
            known = {*_names(rules), *(rule.kind.value for rule in rules)}
            raise UsageError(f"{option}: {value!r} names no rule{nearest(value, known)}")
        found |= matched
    return found


def _matches(value: str, rule: Rule) -> bool:
    if value.endswith("*"):
        return any(name.startswith(value[:-1]) for name in (rule.id, rule.group or rule.id))
    return value in (rule.id, rule.group, rule.kind.value)


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
    targets: Iterable[Output], color: str, stream: object, *, quiet: bool, show_passing: bool, statistics: bool
) -> View:
    """How reports are to be shown on a stream and in files."""
    from privaudit.render.view import View

    formats = {target.format for target in targets}
    columns = width() if "rich" in formats else 100
    root, below = repository() if formats & _FOR_SERVICES else ("", "")
    return View(colored(color, stream), columns, quiet, show_passing, root, below, statistics)


def repository() -> tuple[str, str]:
    """The root of the repository around the current folder, and that folder below it; empty where there is none."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if root is None:
        return "", ""
    below = here.relative_to(root).as_posix()
    return root.as_posix(), "" if below == "." else below


def width() -> int:
    """The columns of the terminal, within what reads well."""
    import shutil

    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 140))

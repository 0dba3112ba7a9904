"""Which files `privaudit parity` compares: those that are named, or those that the configuration calls versions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from privaudit.config.settings import Notice, Settings, Versions
    from privaudit.discover import Source

FEW = "name two or more language versions of one notice"
# Between the files of one version.
_AND = "+"


class Wanted(NamedTuple):
    """The versions of one notice to be compared, each with its files; `told` is where that is said, for messages."""

    name: str
    versions: tuple[tuple[Source, ...], ...]
    may_differ: frozenset[str]
    told: str


def kinds_in(given: Sequence[str]) -> frozenset[str]:
    """The kinds of facts that the values of --may-differ name; raises `UsageError` for what is none."""
    from privaudit.cli.options import nearest
    from privaudit.facts.values import FactKind

    found = [part.strip() for one in given for part in one.split(",") if part.strip()]
    for one in found:
        if one not in list(FactKind):
            hint = nearest(one, FactKind) or f"; known: {', '.join(FactKind)}"
            raise UsageError(f"--may-differ: unknown kind {one!r}{hint}")
    return frozenset(found)


def wanted_versions(files: Sequence[str], may_differ: frozenset[str], settings: Settings) -> list[Wanted]:
    """What is to be compared: the files that are named, else each notice of the configuration.

    A file that the configuration calls part of a notice stands for the whole notice. Raises `UsageError` where that
    leaves fewer than two versions, and for what is no file.
    """
    if files:
        named = [[_source(file, settings.max_bytes) for file in _files_in(given)] for given in files]
        told = ", ".join(files)
        return [Wanted("", _distinct(_completed(named, settings), f"{told}: is"), may_differ, told)]
    if not settings.parity:
        raise UsageError(f"nothing to compare; {FEW}, or list them under parity: in the configuration")
    return [_of_configuration(one, may_differ, settings) for one in settings.parity]


def _files_in(given: str) -> list[str]:
    """The files of a version; a plus sign may also stand in the name of a file."""
    return [given] if os.path.lexists(given) else given.split(_AND)


def _source(file: str, max_bytes: int) -> Source:
    from privaudit.discover import discover

    if file == "-":
        raise UsageError("-: standard input is one text only; name files")
    if not file or not os.path.lexists(file):
        raise UsageError(f"{file or 'an empty name'}: no such file")
    if Path(file).is_dir():
        raise UsageError(f"{file}: is a folder; name the files in it that are versions of one notice")
    return discover([file], max_bytes=max_bytes).sources[0]


def _completed(named: Sequence[Sequence[Source]], settings: Settings) -> list[tuple[Source, ...]]:
    """The versions, those of a single file with the rest of the notice that it is part of, each such notice once."""
    from privaudit.cli.together import completed

    found: dict[str, tuple[Source, ...]] = {}
    for number, version in enumerate(named):
        name, whole = f"{number}", tuple(version)
        if len(version) == 1:
            every, together = completed(version, settings.notices, settings.max_bytes, settings.follow)
            if notice := together.get(version[0].path):
                name, whole = f"notice {notice.name}", _ranked(every, notice)
        found.setdefault(name, whole)
    return list(found.values())


def _ranked(sources: Sequence[Source], notice: Notice) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda one: (notice.rank(one.path), one.path)))


def _distinct(versions: Sequence[tuple[Source, ...]], told: str) -> tuple[tuple[Source, ...], ...]:
    """The versions; raises `UsageError` where there is only one, or where a file is in two of them."""
    if len(versions) == 1:
        files = len(versions[0])
        raise UsageError(f"{told} one {'file only' if files == 1 else f'version only, of {files} files'}; {FEW}")
    paths = [one.path for version in versions for one in version]
    if twice := next((path for at, path in enumerate(paths) if path in paths[:at]), ""):
        raise UsageError(f"{twice}: is named twice; {FEW}")
    return tuple(versions)


def _of_configuration(versions: Versions, may_differ: frozenset[str], settings: Settings) -> Wanted:
    notice = versions.notice
    told = f"{notice.place.path}:{notice.place.line}"
    if versions.whole:
        named = [_ranked(_meant(one, settings), one) for one in versions.whole]
    else:
        named = _completed([(one,) for one in _ranked(_meant(notice, settings), notice)], settings)
    return Wanted(
        notice.name,
        _distinct(named, f"{told}: the notice {notice.name!r} has"),
        may_differ.union(versions.may_differ),
        told,
    )


def _meant(notice: Notice, settings: Settings) -> list[Source]:
    """The files that the patterns of a notice mean; raises `UsageError` for a pattern that means none."""
    from privaudit.discover import Filters, discover

    filters = Filters(include=notice.paths.match)
    walked = discover([str(notice.paths.base)], max_bytes=settings.max_bytes, filters=filters, follow=settings.follow)
    # A folder that cannot be listed is told of there, whatever is sought.
    found = [one for one in walked.sources if notice.paths.match(one.path)]
    if empty := notice.empty_pattern(one.path for one in found):
        place = notice.place
        raise UsageError(f"{place.path}:{place.line}: no file of the notice {notice.name!r} is meant by {empty!r}")
    return found

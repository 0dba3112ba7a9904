"""What a run is told: by the configuration, by its overrides for some paths, and by the command line."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from privaudit.model import Severity
from privaudit.record import TYPE_CHECKING, Any, NamedTuple
from privaudit.rulepack.schema import Place

if TYPE_CHECKING:
    from pathlib import Path

    from pathspec import GitIgnoreSpec

# A path that no command line and no file gives.
_NOWHERE = Place("", 0, 0)


class Item(NamedTuple):
    """A word of a setting and where it was written; the path of the place is an option's name for the command line."""

    value: str
    place: Place = _NOWHERE

    @property
    def told(self) -> str:
        """Where it was written, as the beginning of a message."""
        place = self.place
        return f"{place.path}:{place.line}:{place.column}" if place.line else place.path


class Paths(NamedTuple):
    """Patterns in the syntax of `.gitignore`, relative to the folder of the file that they stand in.

    No pattern at all means every path.
    """

    base: Path
    patterns: tuple[str, ...] = ()

    def match(self, path: str) -> bool:
        """Whether a path, relative to the current folder or absolute, is meant."""
        if not self.patterns:
            return True
        from pathlib import Path, PurePath

        whole = PurePath(Path.cwd(), path)
        if not whole.is_relative_to(self.base):
            # The path may lead through a link; the base does not.
            whole = PurePath(os.path.realpath(whole.parent), whole.name)
        return whole.is_relative_to(self.base) and _spec(self.patterns).match_file(whole.relative_to(self.base))

    def reach(self) -> Iterator[Path]:
        """Files and folders in which everything lies that can be meant."""
        for pattern in self.patterns or ("",):
            if pattern.startswith(("!", "#")):
                continue
            parts = pattern.rstrip("/").split("/")
            # A pattern with a slash before its end begins at the base; any other holds in every folder.
            fixed = itertools.takewhile(lambda part: not set(part) & set("*?[\\"), parts if "/" in pattern[:-1] else ())
            yield self.base.joinpath(*(part for part in fixed if part))


@functools.lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


class Notice(NamedTuple):
    """Files that are one notice together."""

    name: str
    paths: Paths
    place: Place

    def rank(self, path: str) -> int:
        """The number of the first pattern that means a path; the files of a notice come in this order."""
        return next((number for number, one in enumerate(self._single()) if one.match(path)), len(self.paths.patterns))

    def empty_pattern(self, paths: Iterable[str]) -> str:
        """The first pattern that means none of the paths; empty where each means some."""
        known = list(paths)
        return next((one.patterns[0] for one in self._single() if not any(map(one.match, known))), "")

    def _single(self) -> list[Paths]:
        return [Paths(self.paths.base, (pattern.removeprefix("!"),)) for pattern in self.paths.patterns]


class Versions(NamedTuple):
    """The language versions of a notice, and the kinds of facts (`FactKind`) in which they may differ.

    Each of the files of `notice` is a version; where versions have several files, `whole` names those of each one, and
    `notice` all of them.
    """

    notice: Notice
    may_differ: tuple[str, ...] = ()
    whole: tuple[Notice, ...] = ()


class Accepted(NamedTuple):
    """A suppression of the configuration: these rules or groups, in these files, for this reason.

    `until` is the first day on which it holds no longer.
    """

    rules: tuple[Item, ...]
    paths: Paths
    reason: str
    until: date | None
    place: Place


class Settings(NamedTuple):
    """Every setting with its default; the configuration keys bear the same names.

    `max_bytes` is a size in bytes, `timeout` in seconds, `max_memory` in megabytes (2^20 bytes); `jobs` is a number of
    processes, 0 for as many as there are processors; `as_of` is a day, `audience` a country (ISO 3166-1 alpha-2, upper
    case). `origins` says where each setting that is no default was written.
    """

    select: tuple[Item, ...] = ()
    ignore: tuple[Item, ...] = ()
    fail_on: tuple[Item, ...] = ()
    rules: tuple[Item, ...] = ()
    builtin: bool = True
    profile: str = "default"
    lang: str | None = None
    audience: str | None = None
    layer: bool = False
    as_of: date | None = None
    baseline: str | None = None
    include: Paths | None = None
    exclude: Paths | None = None
    force_exclude: bool = False
    encoding: str | None = None
    max_bytes: int = 20_000_000
    max_pages: int = 500
    timeout: int = 30
    max_memory: int = 1024
    max_depth: int = 500
    jobs: int = 1
    follow: bool = False
    formats: tuple[Item, ...] = ()
    quiet: bool = False
    show_passing: bool = False
    statistics: bool = False
    strict_suppressions: bool = False
    redact: bool = False
    strict_encoding: bool = False
    severity: tuple[tuple[Item, Severity], ...] = ()
    notices: tuple[Notice, ...] = ()
    parity: tuple[Versions, ...] = ()
    suppressions: tuple[Accepted, ...] = ()
    origins: Mapping[str, Place] = {}

    @property
    def levels(self) -> dict[str, Severity]:
        """The severities by rule or group; of several for one the last holds."""
        return {item.value: level for item, level in self.severity}

    def with_values(self, values: Mapping[str, Any], origins: Mapping[str, Place]) -> Settings:
        """These settings under others, which win; severities of single rules are added up."""
        merged = dict(values)
        if "severity" in values:
            merged["severity"] = (*self.severity, *values["severity"])
        return self._replace(**merged, origins={**self.origins, **origins})


class Override(NamedTuple):
    """Settings for some paths."""

    paths: Paths
    values: Mapping[str, Any]
    origins: Mapping[str, Place]


class Configuration(NamedTuple):
    """What a configuration file says, with the files that it extends; `path` is empty where there is none."""

    path: str = ""
    values: Mapping[str, Any] = {}
    origins: Mapping[str, Place] = {}
    overrides: tuple[Override, ...] = ()


class Plan:
    """The settings of a run: the configuration under the command line, and for each path its overrides between."""

    def __init__(self, configuration: Configuration, told: Mapping[str, Any]) -> None:
        """`told` holds what the command line gives, by the names of the settings; None is nothing given."""
        self.configuration = configuration
        self._told = {name: value for name, value in told.items() if value is not None}
        self._origins = {name: Place(f"--{name.replace('_', '-')}", 0, 0) for name in self._told}
        self._base = Settings().with_values(configuration.values, configuration.origins)
        self.run = self._base.with_values(self._told, self._origins)
        self._known: dict[tuple[int, ...], Settings] = {(): self.run}

    def named(self) -> Iterator[Item]:
        """Every rule or group that a severity or a suppression of the configuration names."""
        for values in (self.configuration.values, *(one.values for one in self.configuration.overrides)):
            yield from (item for item, _ in values.get("severity", ()))
            for one in values.get("suppressions", ()):
                yield from one.rules

    def every(self) -> Iterator[Settings]:
        """The settings of the run with each override alone, to be checked whether or not a document needs them."""
        for one in self.configuration.overrides:
            yield self._base.with_values(one.values, one.origins).with_values(self._told, self._origins)

    def of(self, path: str) -> Settings:
        """The settings for a document, whose path is relative to the current folder or absolute."""
        overrides = self.configuration.overrides
        matching = tuple(number for number, one in enumerate(overrides) if one.paths.match(path))
        found = self._known.get(matching)
        if found is None:
            found = self._base
            for number in matching:
                found = found.with_values(overrides[number].values, overrides[number].origins)
            found = self._known[matching] = found.with_values(self._told, self._origins)
        return found

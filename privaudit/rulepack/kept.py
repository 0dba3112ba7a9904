"""Rule sets as plain values and back, so that a checked pack need not be read from YAML again.

A value is kept under the hash of everything that went into it: the bytes of all files of the packs, the languages asked
for and the version of privaudit. What is made of the built-in pack comes with the package (`privaudit.ship`). It is
made of tuples, lists, strings and numbers only.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum

from privaudit import __version__, cache, model
from privaudit.digest import sha256
from privaudit.errors import InputError
from privaudit.record import TYPE_CHECKING, Any
from privaudit.regular import read_by_hand
from privaudit.rulepack import schema
from privaudit.rulepack.layout import builtin_path
from privaudit.rulepack.schema import LanguageData, Place, RuleSet, WordEntry

if TYPE_CHECKING:
    from pathlib import Path

_TYPES: list[Any] = [
    schema.RuleSet,
    schema.Rule,
    schema.Condition,
    schema.Near,
    schema.Place,
    schema.WordEntry,
    schema.Citation,
    schema.SeverityLine,
    schema.StanceLine,
    schema.GradeLine,
    schema.Requirement,
    schema.Period,
    schema.Source,
    schema.Closing,
    schema.Region,
    schema.LanguageData,
    schema.CitationWords,
    schema.Example,
    schema.Scope,
    schema.Detector,
    schema.Takes,
    model.PackInfo,
    model.Kind,
    model.Outcome,
    model.Severity,
    date,
]
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_PLAIN = frozenset({str, int, bool, float, type(None)})
_Files = list[tuple[str, os.stat_result]]
# To be raised when the schema changes.
_KEPT = "kept-19"
# Nanoseconds; the times of some file systems are even numbers of seconds.
_MOMENT = 2_000_000_000
# The folder beside the built-in pack that holds what was made of it when the package was built.
_SHIPPED = "kept"
# Seconds that the files of a package may come apart when it is installed.
_INSTALLING = 600


def shipped_key(folder: str) -> str:
    """What is made of a pack when the package is built is named after its files and their sizes."""
    return _shipped_key(folder, _files_of(folder))


def _shipped_key(folder: str, files: _Files) -> str:
    looks = sha256(f"{_KEPT}\0{__version__}".encode())
    for path, status in files:
        name = path[len(folder) :].replace(os.sep, "/")
        looks.update(f"\0{name}\0{status.st_size}".encode())
    return looks.hexdigest()[:32]


def _shipped(folder: str) -> str:
    """How the paths begin of what came with the package for its pack; empty if the pack has been changed since.

    It is trusted as the modules of the package are, among which it lies.
    """
    beside = os.path.join(os.path.dirname(folder), _SHIPPED)
    try:
        installed = os.stat(beside).st_mtime + _INSTALLING
    except OSError:
        return ""
    files = _files_of(folder)
    if any(status.st_mtime > installed for _, status in files):
        return ""
    return os.path.join(beside, f"{_shipped_key(folder, files)}-")


def _key_of(files: _Files, look: str, cached: str) -> str:
    """What everything made of these files of packs is kept under: the hash of all their bytes.

    `cached` is the folder that remembers the hash of files that look as before. Raises `OSError` and `InputError`.
    """
    known = cache.load(cached, look)
    if isinstance(known, str):
        return known
    key = _hash_of(files)
    # A file that was written a moment ago may be written again and look the same, as clocks of file systems are coarse.
    if all(status.st_ctime_ns < time.time_ns() - _MOMENT for _, status in files):
        cache.save(cached, look, key)
    return key


def hash_of(folders: Iterable[str]) -> str:
    """The hash of all bytes of these packs, with the version of privaudit; raises `OSError` and `InputError`."""
    return _hash_of(_files(folders))


def _hash_of(files: _Files) -> str:
    digest = sha256(f"{_KEPT}\0{__version__}".encode())
    for path, _ in files:
        data = read_by_hand(path)
        digest.update(f"\0{path}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:32]


def _look_of(files: _Files) -> str:
    """What changes whenever a file does, as far as can be told without reading it; times of change cannot be set."""
    looks = sha256(f"{_KEPT}\0{__version__}".encode())
    for path, status in files:
        looks.update(f"\0{path}\0{status.st_size}\0{status.st_mtime_ns}".encode())
        looks.update(f"\0{status.st_ctime_ns}\0{status.st_ino}".encode())
    return f"key-{looks.hexdigest()[:32]}"


def _files(folders: Iterable[str]) -> _Files:
    """The YAML files of packs with what the system knows of them, pack by pack and by path; raises `OSError`."""
    return [file for folder in folders for file in _files_of(folder)]


def _files_of(folder: str) -> _Files:
    if os.path.isfile(folder):
        return [(folder, os.stat(folder))]
    found: _Files = []
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                # As in the layout of packs, links to folders are not followed: they may lead in circles.
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.endswith((".yaml", ".yml")):
                    found.append((entry.path, entry.stat()))
    return sorted(found, key=lambda one: one[0])


class KnownPacks:
    """Rule packs with what an earlier run made of them; read from YAML only where nothing is kept."""

    def __init__(self, folders: Sequence[Path | str]) -> None:
        self._packs = tuple(map(str, folders))
        self._folder = cache.cache_folder()
        self._shipped = _shipped(self._packs[0]) if self._packs == (builtin_path(),) else ""

    @functools.cached_property
    def _seen(self) -> tuple[str, str]:
        """How the files of the packs look, and what is kept of them is named after; empty if they cannot be read."""
        if self._folder is None:
            return "", ""
        try:
            files = _files(self._packs)
            look = _look_of(files)
            return look, _key_of(files, look, self._folder)
        except (OSError, InputError):
            # Whoever loads the packs tells of it.
            return "", ""

    def languages(self) -> dict[str, LanguageData]:
        """As `load.load_languages`; raises `RuleError`."""
        found = self._unpacked("languages")
        if isinstance(found, dict):
            return found
        from privaudit.rulepack.load import load_languages

        made = load_languages(self._paths())
        self.keep("languages", pack(made))
        return made

    def rules(self, languages: Collection[str]) -> RuleSet:
        """As `load.load_rules`, without examples; raises `RuleError`."""
        # The words of each language of one's own packs may have faults; those of the built-in one have none.
        name = "rules" if self._shipped else "-".join(("rules", *sorted(languages)))
        found = self._unpacked(name)
        if isinstance(found, RuleSet):
            return found._replace(words=_Words(lambda: self._load(languages).words), folder=self._packs[0])
        made = self._load(languages)
        self.keep(name, pack(without_words(made)))
        return made

    def _load(self, languages: Collection[str]) -> RuleSet:
        from privaudit.rulepack.load import load_rules

        return load_rules(self._paths(), languages)

    def _paths(self) -> tuple[Path, ...]:
        from pathlib import Path

        return tuple(map(Path, self._packs))

    def recall(self, name: str) -> Any:
        """Plain values that an earlier run made of the same packs, else None."""
        found = self.shipped(name)
        if found is not None:
            return found
        # Before anything is read of the packs, so that nothing is kept of those that have changed meanwhile.
        _, key = self._seen
        return cache.load(self._folder, f"{key}-{name}") if key else None

    def shipped(self, name: str) -> Any:
        """Plain values that came with the package, else None."""
        return cache.read(f"{self._shipped}{name}") if self._shipped else None

    def keep(self, name: str, value: Any) -> None:
        """Keeps plain values for later runs with the same packs, unless these have changed meanwhile."""
        look, key = self._seen
        if not key:
            return
        try:
            same = _look_of(_files(self._packs)) == look
        except OSError:
            return
        if same:
            cache.save(self._folder, f"{key}-{name}", value)

    def _unpacked(self, name: str) -> Any:
        kept = self.recall(name)
        try:
            return unpack(kept) if kept is not None else None
        except (IndexError, TypeError, ValueError):
            return None


def without_words(ruleset: RuleSet) -> RuleSet:
    """The rules as they are kept: where they were written is another place for everybody."""
    nowhere = Place("", 0, 0)
    rules = tuple(rule._replace(place=nowhere) for rule in ruleset.rules)
    return ruleset._replace(words={}, rules=rules, folder="")


class _Words(Mapping[str, Mapping[str, tuple[WordEntry, ...]]]):
    """Words by language that are read when they are first asked for, which a run with a kept vocabulary never does."""

    def __init__(self, load: Callable[[], Mapping[str, Mapping[str, tuple[WordEntry, ...]]]]) -> None:
        self._load = load

    @functools.cached_property
    def _all(self) -> Mapping[str, Mapping[str, tuple[WordEntry, ...]]]:
        return self._load()

    def __getitem__(self, code: str) -> Mapping[str, tuple[WordEntry, ...]]:
        return self._all[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def pack(value: Any) -> Any:
    """A value of the schema as a list of plain steps, each of which makes a part of what earlier ones made.

    A step is what it makes (the number of a type, or one of those below), the parts that are plain, and for each other
    one its place and the number of its step. What is equal is made once.
    """
    steps: list[tuple[int, list[Any], list[tuple[int, int]]]] = []
    _packed(value, steps, {})
    return steps


# What a step makes beside the types of the schema.
_TUPLE, _MAPPING = -1, -2


def _packed(value: Any, steps: list[Any], known: dict[str, int]) -> int:
    """The number of the step that makes a value."""
    kind = type(value)
    number = _NUMBERS.get(kind)
    parts: list[Any]
    if number is None and kind is dict:
        number, parts = _MAPPING, [one for item in value.items() for one in item]
    elif number is None:
        number, parts = _TUPLE, list(value)
    elif isinstance(value, Enum):
        parts = [value.value]
    elif isinstance(value, date):
        parts = [value.year, value.month, value.day]
    else:
        parts = list(value)
    links = [(at, _packed(one, steps, known)) for at, one in enumerate(parts) if type(one) not in _PLAIN]
    for at, _ in links:
        parts[at] = None
    made = (number, parts, links)
    # By what it looks like, since 1 and True are equal.
    looks = repr(made)
    if looks not in known:
        known[looks] = len(steps)
        steps.append(made)
    return known[looks]


def unpack(kept: Any) -> Any:
    """What `pack` made plain, made whole again; `kept` is used up."""
    made: list[Any] = []
    for number, parts, links in kept:
        for at, link in links:
            parts[at] = made[link]
        if number >= 0:
            made.append(_TYPES[number](*parts))
        elif number == _TUPLE:
            made.append(tuple(parts))
        else:
            made.append(dict(zip(parts[::2], parts[1::2], strict=True)))
    return made[-1]

"""Rule sets as plain values and back, so that a checked pack need not be read from YAML again.

A value is kept under the hash of everything that went into it: the bytes of all files of the packs, the languages asked
for and the version of privaudit. It is made of tuples, lists, strings and numbers only.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from privaudit import __version__, cache, model
from privaudit.rulepack import schema
from privaudit.rulepack.schema import LanguageData, RuleSet, WordEntry

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
    schema.Requirement,
    schema.Period,
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
# To be raised when the schema changes.
_KEPT = "kept-9"


def key_of(folders: Sequence[Path], cached: Path | None = None) -> str:
    """What everything made of these packs is kept under: the hash of the bytes of all their files.

    `cached` is the folder that remembers the hash of files whose names, sizes and times of change are as before.
    """
    files = [file for folder in folders for file in _files(folder)]
    looks = hashlib.sha256(f"{_KEPT}\0{__version__}".encode())
    for path, status in files:
        looks.update(f"\0{path}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}".encode())
    name = f"key-{looks.hexdigest()[:32]}"
    known = cache.load(cached, name)
    if isinstance(known, str):
        return known
    digest = hashlib.sha256(f"{_KEPT}\0{__version__}".encode())
    for path, _ in files:
        data = Path(path).read_bytes()
        digest.update(f"\0{path}\0{len(data)}\0".encode())
        digest.update(data)
    key = digest.hexdigest()[:32]
    cache.save(cached, name, key)
    return key


def _files(folder: Path) -> list[tuple[str, os.stat_result]]:
    """The YAML files of a pack with what the system knows of them, by path."""
    if folder.is_file():
        return [(str(folder), folder.stat())]
    found: list[tuple[str, os.stat_result]] = []
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.endswith((".yaml", ".yml")):
                    found.append((entry.path, entry.stat()))
    return sorted(found, key=lambda one: one[0])


class KnownPacks:
    """Rule packs with what an earlier run made of them; read from YAML only where nothing is kept."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._packs = tuple(folders)
        self._folder = cache.cache_folder()
        self._key = key_of(folders, self._folder) if self._folder else ""

    def languages(self) -> dict[str, LanguageData]:
        """As `load.load_languages`; raises `RuleError`."""
        found = self._unpacked("languages")
        if isinstance(found, dict):
            return found
        from privaudit.rulepack.load import load_languages

        made = load_languages(self._packs)
        self.keep("languages", pack(made))
        return made

    def rules(self, languages: Collection[str]) -> RuleSet:
        """As `load.load_rules`, without examples; raises `RuleError`."""
        name = "-".join(("rules", *sorted(languages)))
        found = self._unpacked(name)
        if isinstance(found, RuleSet):
            return found._replace(words=_Words(lambda: self._load(languages).words))
        made = self._load(languages)
        self.keep(name, pack(made._replace(words={})))
        return made

    def _load(self, languages: Collection[str]) -> RuleSet:
        from privaudit.rulepack.load import load_rules

        return load_rules(self._packs, languages)

    def recall(self, name: str) -> Any:  # noqa: ANN401
        """Plain values that an earlier run made of the same packs, else None."""
        return cache.load(self._folder, f"{self._key}-{name}")

    def keep(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Keeps plain values for later runs with the same packs."""
        cache.save(self._folder, f"{self._key}-{name}", value)

    def _unpacked(self, name: str) -> Any:  # noqa: ANN401
        try:
            return unpack(self.recall(name))
        except (IndexError, TypeError, ValueError):
            return None


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


def pack(value: Any) -> Any:  # noqa: ANN401
    """A value of the schema as plain values: a tuple of its type's number and fields; tuples become lists.

    What is equal is one object, which `marshal` writes once.
    """
    return _packed(value, {})


def _packed(value: Any, known: dict[str, Any]) -> Any:  # noqa: ANN401
    kind = type(value)
    made: Any
    number = _NUMBERS.get(kind)
    if number is not None:
        if isinstance(value, Enum):
            made = (number, value.value)
        elif isinstance(value, date):
            made = (number, value.isoformat())
        else:
            made = (number, *(_packed(field, known) for field in value))
    elif isinstance(value, tuple):
        made = [_packed(one, known) for one in value]
    elif isinstance(value, dict):
        return {_packed(name, known): _packed(one, known) for name, one in value.items()}
    else:
        return value
    # By what it looks like, since 1 and True are equal.
    return known.setdefault(repr(made), made)


def unpack(kept: Any) -> Any:  # noqa: ANN401
    """What `pack` made plain, made whole again."""
    return _unpacked(kept, {})


def _unpacked(kept: Any, made: dict[int, Any]) -> Any:  # noqa: ANN401
    kind = type(kept)
    if kind is dict:
        return {_unpacked(name, made): _unpacked(one, made) for name, one in kept.items()}
    if kind is not tuple and kind is not list:
        return kept
    found = made.get(id(kept))
    if found is None:
        if kind is list:
            found = tuple([one if type(one) in _PLAIN else _unpacked(one, made) for one in kept])
        elif (type_ := _TYPES[kept[0]]) is date:
            found = date.fromisoformat(kept[1])
        else:
            found = type_(*[one if type(one) in _PLAIN else _unpacked(one, made) for one in kept[1:]])
        made[id(kept)] = found
    return found

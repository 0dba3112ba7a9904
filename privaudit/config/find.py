"""Which configuration file holds, and what it says with the files that it extends."""

from __future__ import annotations

import os
import re

from privaudit.config.settings import Configuration, Override
from privaudit.discover import shown
from privaudit.errors import ConfigError, Fault, InputError, UsageError
from privaudit.record import TYPE_CHECKING, Any
from privaudit.regular import is_regular, read_by_hand
from privaudit.repository import root_of
from privaudit.rulepack.schema import Place

if TYPE_CHECKING:
    from pathlib import Path

    from privaudit.config.parse import Parsed
    from privaudit.rulepack.yaml import FaultList

NAMES = (".privaudit.yaml", "privaudit.yaml")
_PROJECT = "pyproject.toml"
# What a project file with a table for privaudit holds: the whole name of the table, or the head of the one around it.
_TABLE = rb"""tool["']?[ \t]*\.[ \t]*["']?privaudit|^(?:\xef\xbb\xbf)?[ \t]*\[?[ \t]*["']?tool["']?[ \t]*[\]=]"""
# Names that people would expect to be read.
_NEAR_MISSES = (".privaudit.yml", "privaudit.yml")
# Lists of these are added up where a file extends another; of others, the nearer file's is taken.
_ADDED = ("rules", "notices", "parity", "suppressions", "severity")
# So many files may extend each other in a row.
_DEEPEST = 10


def find_config(here: Path | str) -> Path | None:
    """The file that holds for an absolute folder: the nearest from there up to the root of the repository.

    Without a repository only the folder itself is looked at. Raises `ConfigError` for a name that would be passed over.
    """
    folder = str(here)
    root = root_of(folder)
    while True:
        found = config_of(folder)
        if found is not None:
            return found
        for name in _NEAR_MISSES:
            near = os.path.join(folder, name)
            if is_regular(near):
                told = f"is not read; name it {name.removesuffix('.yml')}.yaml"
                raise ConfigError((Fault(shown(near), 0, 0, told),))
        if not root or folder == root:
            return None
        folder = os.path.dirname(folder)


def config_of(folder: Path | str) -> Path | None:
    """The configuration that a folder itself holds."""
    named = [place for name in NAMES if is_regular(place := os.path.join(folder, name))]
    project = os.path.join(folder, _PROJECT)
    if not named and not (is_regular(project) and _may_configure(project)):
        return None
    from pathlib import Path

    if named:
        return Path(named[0])
    from privaudit.config.toml import has_table

    return Path(project) if has_table(Path(project)) else None


def _may_configure(path: str) -> bool:
    """Whether a project file may hold a table for privaudit; reading all that name it as TOML would take too long."""
    try:
        data = read_by_hand(path)
    except (OSError, InputError):
        return True
    return b"privaudit" in data and re.search(_TABLE, data, re.MULTILINE) is not None


def load_config(given: str | None, isolated: bool) -> Configuration:
    """The configuration named by `--config`, else the one found; empty with `--isolated` or where there is none.

    Raises `ConfigError` with all faults, `UsageError` where options contradict each other or a named file is missing.
    """
    if isolated:
        if given is not None:
            raise UsageError("--config and --isolated contradict each other; give one of them")
        return Configuration()
    # Not the methods of Path, which raise errors for what no file system takes for a name.
    if given is not None and not os.path.isfile(given):
        there = os.path.exists(given)
        raise UsageError(
            f"--config: {given!r} is {'a folder or no regular file' if there else 'no file that there is'}"
        )
    path = _place(given) if given is not None else find_config(os.getcwd())
    if path is None:
        return Configuration()
    from privaudit.rulepack.yaml import FaultList

    loader = _Loader(FaultList())
    loader.load(path, ())
    faults = loader.faults.sorted()
    if faults:
        raise ConfigError(faults)
    return Configuration(shown(path), loader.values, loader.origins, tuple(loader.overrides))


def _place(given: Path | str) -> Path:
    """An absolute path whose folder is no link, so that the paths of documents can be told from it; the file may be."""
    from pathlib import Path

    path = Path(given)
    return Path(os.path.realpath(path.parent), path.name)


class _Loader:
    """Lays files over those that they extend, each once, where it is first named."""

    def __init__(self, faults: FaultList) -> None:
        self.faults = faults
        self.values: dict[str, Any] = {}
        self.origins: dict[str, Place] = {}
        self.overrides: list[Override] = []
        self._laid: set[Path] = set()

    def load(self, path: Path, within: tuple[Path, ...]) -> None:
        """Lays a file over what it extends; `within` are the files that extend this one, outermost first, unlinked."""
        within = (*within, path.resolve())
        parsed = _read(path, self.faults)
        for item in parsed.extends:
            told = _refused(item.value, path, within)
            if told:
                self.faults.add(item.place, f"'{item.value}' {told}")
                continue
            other = _place(path.parent / item.value)
            if other.resolve() not in self._laid:
                self.load(other, within)
        for name, value in parsed.values.items():
            self.values[name] = (*self.values.get(name, ()), *value) if name in _ADDED else value
        self.origins |= parsed.origins
        self.overrides += parsed.overrides
        self._laid.add(within[-1])


def _refused(name: str, path: Path, within: tuple[Path, ...]) -> str:
    """Why a file may not be extended by the one at `path`; empty where it may."""
    if "://" in name:
        return "is on the network, where privaudit reads nothing; keep a copy beside this file"
    if not os.path.isfile(path.parent / name):
        return "is no file that there is"
    other = (path.parent / name).resolve()
    if other in within:
        circle = " extends ".join(shown(one) for one in (*within[within.index(other) :], other))
        return f"makes a circle: {circle}"
    root = root_of(str(within[-1].parent))
    if root and not other.is_relative_to(root):
        return "lies outside of the repository, where others do not have it; copy it into the repository"
    return f"is extended over {_DEEPEST} files; extend it directly" if len(within) > _DEEPEST else ""


def _read(path: Path, faults: FaultList) -> Parsed:
    from privaudit.config.parse import parse_config

    if path.suffix == ".toml":
        from privaudit.config.toml import open_toml

        return parse_config(open_toml(path, shown(path), faults), path.parent)
    from privaudit.rulepack.yaml import open_yaml

    file = open_yaml(path, shown(path), faults, what="configuration", may_be_empty=True)
    return parse_config(file, path.parent)

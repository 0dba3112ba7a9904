"""Which configuration file holds, and what it says with the files that it extends."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privaudit.config.settings import Configuration, Override
from privaudit.discover import shown
from privaudit.errors import ConfigError, Fault, UsageError
from privaudit.repository import root_of
from privaudit.rulepack.schema import Place

if TYPE_CHECKING:
    from privaudit.config.parse import Parsed
    from privaudit.rulepack.yaml import FaultList

NAMES = (".privaudit.yaml", "privaudit.yaml")
_PROJECT = "pyproject.toml"
# Names that people would expect to be read.
_NEAR_MISSES = (".privaudit.yml", "privaudit.yml")
# Lists of these are added up where a file extends another; of others, the nearer file's is taken.
_ADDED = ("rules", "notices", "suppressions", "severity")


def find_config(here: Path) -> Path | None:
    """The file that holds for an absolute folder: the nearest from there up to the root of the repository.

    Without a repository only the folder itself is looked at. Raises `ConfigError` for a name that would be passed over.
    """
    root = root_of(here)
    for folder in (here, *here.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
        if (folder / _PROJECT).is_file():
            from privaudit.config.toml import has_table

            if has_table(folder / _PROJECT):
                return folder / _PROJECT
        for name in _NEAR_MISSES:
            if (folder / name).is_file():
                told = f"is not read; name it {name.removesuffix('.yml')}.yaml"
                raise ConfigError((Fault(shown(folder / name), 0, 0, told),))
        if folder == root or root is None:
            return None
    return None


def load_config(given: str | None, isolated: bool) -> Configuration:
    """The configuration named by `--config`, else the one found; empty with `--isolated` or where there is none.

    Raises `ConfigError` with all faults, `UsageError` where options contradict each other or a named file is missing.
    """
    if isolated:
        if given is not None:
            raise UsageError("--config and --isolated contradict each other; give one of them")
        return Configuration()
    path = Path(os.path.abspath(given)) if given is not None else find_config(Path.cwd())  # noqa: PTH100 - no links
    if path is None:
        return Configuration()
    if given is not None and not path.is_file():
        raise UsageError(f"--config: {given}: no such file")
    from privaudit.rulepack.yaml import FaultList

    faults = FaultList()
    found = _load(path, faults, ())
    if faults.sorted():
        raise ConfigError(faults.sorted())
    return found._replace(path=shown(path))


def _load(path: Path, faults: FaultList, within: tuple[Path, ...]) -> Configuration:
    """A file laid over those that it extends; `within` are the files that extend this one, outermost first."""
    parsed = _read(path, faults)
    values: dict[str, Any] = {}
    origins: dict[str, Place] = {}
    overrides: list[Override] = []
    for item in parsed.extends:
        other = Path(os.path.normpath(path.parent / item.value))
        if other in (*within, path):
            faults.add(item.place, f"'{item.value}' extends this file in turn; break the circle")
        elif not other.is_file():
            faults.add(item.place, f"'{item.value}': no such file")
        else:
            under = _load(other, faults, (*within, path))
            _lay(values, dict(under.values))
            origins |= under.origins
            overrides += under.overrides
    _lay(values, parsed.values)
    return Configuration(shown(path), values, {**origins, **parsed.origins}, (*overrides, *parsed.overrides))


def _lay(values: dict[str, Any], over: dict[str, Any]) -> None:
    for name, value in over.items():
        values[name] = (*values.get(name, ()), *value) if name in _ADDED else value


def _read(path: Path, faults: FaultList) -> Parsed:
    from privaudit.config.parse import parse_config

    if path.suffix == ".toml":
        from privaudit.config.toml import open_toml

        return parse_config(open_toml(path, shown(path), faults), path.parent)
    from privaudit.rulepack.yaml import open_yaml

    file = open_yaml(path, shown(path), faults, what="configuration", may_be_empty=True)
    return parse_config(file, path.parent)

"""Where rule packs are on disk, and which of their files holds what."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from privaudit.errors import UsageError
from privaudit.record import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

# In words/xx/: the words of facts, which no rule looks at.
FACTS_FILE = "facts.yaml"
# In words/xx/: the names of supervisory authorities, which rules look at and which are facts as well.
AUTHORITIES_FILE = "authorities.yaml"
_SUFFIXES = (".yaml", ".yml")
_NOWHERE: Mapping[Any, str] = MappingProxyType({})


def builtin_path() -> str:
    """Where the GDPR pack is: beside the package in a checkout, inside of it once installed."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    beside = os.path.join(os.path.dirname(package), "rules", "gdpr")
    return beside if os.path.isfile(os.path.join(beside, "pack.yaml")) else os.path.join(package, "rules", "gdpr")


def builtin_folder() -> Path:
    """The folder of the GDPR pack."""
    from pathlib import Path

    return Path(builtin_path())


class Layout(NamedTuple):
    """The files of a pack by what they hold, each group in a fixed order.

    `named`: rule files must bear the ids of their rules. `languages`, `words` and `facts` come with the name of their
    folder in `words`, empty for a file that stands in none.
    """

    folder: Path
    named: bool
    pack: tuple[Path, ...] = ()
    shared: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    languages: tuple[tuple[str, Path], ...] = ()
    words: tuple[tuple[str, Path], ...] = ()
    facts: tuple[tuple[str, Path], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing that a pack is made of."""
        return not (self.pack or self.shared or self.rules or self.languages or self.words)


def layout_of(path: Path) -> Layout:
    """The files of a pack folder, a folder of rule files or a single rule file; links to folders are not followed."""
    from pathlib import Path

    if not path.is_dir():
        return Layout(path, named=False, rules=(path,))
    pack: list[Path] = []
    shared: list[Path] = []
    rules: list[Path] = []
    languages: list[tuple[str, Path]] = []
    words: list[tuple[str, Path]] = []
    facts: list[tuple[str, Path]] = []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        parts = Path(folder).relative_to(path).parts
        for name in sorted(files):
            if not name.endswith(_SUFFIXES) or name.startswith("."):
                continue
            file = Path(folder, name)
            if not parts and name == "pack.yaml":
                pack.append(file)
            elif not parts and name == "shared.yaml":
                shared.append(file)
            elif parts[:1] != ("words",):
                rules.append(file)
            elif len(parts) > 1 and name == "language.yaml":
                languages.append((parts[1], file))
            elif len(parts) > 1 and name == FACTS_FILE:
                facts.append((parts[1], file))
            else:
                words.append((parts[1] if len(parts) > 1 else "", file))
    return Layout(
        path, bool(pack), tuple(pack), tuple(shared), tuple(rules), tuple(languages), tuple(words), tuple(facts)
    )


def shown(path: Path) -> str:
    """A path as people write it: relative to the current folder when below it, always with `/`."""
    from pathlib import Path

    here = str(Path.cwd())
    absolute = os.path.normpath(Path(here, path))
    return Path(absolute.removeprefix(here.rstrip(os.sep) + os.sep)).as_posix()


def pack_paths(extra: Sequence[str], builtin: bool, places: Mapping[Any, str]) -> tuple[str, ...]:
    """As `pack_folders`, as text."""
    return tuple(map(str, pack_folders(extra, builtin, places=places))) if extra or not builtin else (builtin_path(),)


def pack_folders(
    extra: Sequence[str | Path], builtin: bool = True, *, places: Mapping[Any, str] = _NOWHERE
) -> tuple[Path, ...]:
    """The packs to load, the built-in one first.

    Each of `extra` is a pack folder, a folder of rule files or a single rule file; `places` says where those of a
    configuration are named. Raises UsageError for a path that is none of these, and when no pack is left.
    """
    from pathlib import Path

    folders = [builtin_folder()] if builtin else []
    for given in extra:
        path = Path(given)
        told = f"{places[given]}: {given}" if places.get(given) else given
        if not path.exists():
            raise UsageError(f"{told}: no such rule pack; name a folder of rules or a rule file")
        if layout_of(path).empty:
            raise UsageError(f"{told}: holds no rule files (*.yaml); name a folder of rules or a rule file")
        if all(path.resolve() != other.resolve() for other in folders):
            folders.append(path)
    if not folders:
        raise UsageError("no rules are left to check; name a rule pack of your own with --rules")
    return tuple(folders)

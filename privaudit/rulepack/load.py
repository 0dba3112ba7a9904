"""Finds rule packs on disk and makes one checked rule set of them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from privaudit.errors import UsageError
from privaudit.model import PackInfo
from privaudit.rulepack.link import Expander, check_asked, check_circles, check_examples, check_names
from privaudit.rulepack.parse_condition import Uses
from privaudit.rulepack.parse_rule import RuleFile, parse_rule
from privaudit.rulepack.parse_shared import PackFile, SharedFile, parse_language, parse_pack, parse_shared
from privaudit.rulepack.parse_words import ANYWHERE, WordFile, Words, parse_word_file
from privaudit.rulepack.schema import LanguageData, Place, RuleSet, WordEntry
from privaudit.rulepack.yaml import FaultList, YamlFile, instead, open_yaml

_SUFFIXES = (".yaml", ".yml")
_WORDS_KEY = re.compile(r"^words:.*\n((?:(?:[ \t#].*)?\n)*)", re.MULTILINE)
_CONCEPT_KEY = re.compile(r"^[ \t]+['\"]?([a-z0-9-]+)['\"]?:", re.MULTILINE)


def builtin_folder() -> Path:
    """The GDPR pack: beside the package in a checkout, inside of it once installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "rules" / "gdpr"
    return beside if (beside / "pack.yaml").is_file() else package / "rules" / "gdpr"


def pack_folders(extra: Sequence[str | Path], builtin: bool = True) -> tuple[Path, ...]:
    """The packs to load, the built-in one first.

    Each of `extra` is a pack folder, a folder of rule files or a single rule file. Raises UsageError for a path that
    is none of these, and when no pack is left.
    """
    folders = [builtin_folder()] if builtin else []
    for given in extra:
        path = Path(given)
        if not path.exists():
            raise UsageError(f"{given}: no such rule pack; name a folder of rules or a rule file")
        if path.is_dir() and not _Layout.of(path).all():
            raise UsageError(f"{given}: holds no rule files (*.yaml); name a folder of rules or a rule file")
        if all(path.resolve() != other.resolve() for other in folders):
            folders.append(path)
    if not folders:
        raise UsageError("no rules are left to check; name a rule pack of your own with --rules")
    return tuple(folders)


def load_languages(packs: Iterable[Path]) -> dict[str, LanguageData]:
    """How the languages that the packs know are read; quick, since no rule or word is looked at.

    The languages of the built-in pack are always known: they tell what a text is not. Raises RuleError.
    """
    faults = FaultList()
    languages = _languages([_Layout.of(pack) for pack in packs], faults)
    faults.check()
    return languages


def load_rules(packs: Iterable[Path], languages: Collection[str] | None = None, examples: bool = False) -> RuleSet:
    """The rule set of the packs, in their order.

    `languages` limits the words that are read to these languages and those that hold everywhere; None reads all.
    Examples are read only where asked for. Raises RuleError with every fault of every file.
    """
    loading = _Loading(None if languages is None else frozenset((*languages, ANYWHERE)), examples)
    layouts = [_Layout.of(pack) for pack in packs]
    for layout in layouts:
        loading.read(layout)
    ruleset = loading.linked(_languages(layouts, loading.faults))
    loading.faults.check()
    return replace(ruleset, folder=str(layouts[0].folder) if layouts else "")


@dataclass(frozen=True, slots=True)
class _Layout:
    """The files of a pack by what they hold, each group in a fixed order. `named`: files bear the ids of their rules."""

    folder: Path
    named: bool
    pack: tuple[Path, ...] = ()
    shared: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    languages: tuple[tuple[str, Path], ...] = ()
    words: tuple[tuple[str, Path], ...] = ()

    @classmethod
    def of(cls, path: Path) -> _Layout:
        if not path.is_dir():
            return cls(path, False, rules=(path,))
        pack, shared, rules, languages, words = [], [], [], [], []
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
                else:
                    words.append((parts[1] if len(parts) > 1 else "", file))
        return cls(path, bool(pack), *(tuple(one) for one in (pack, shared, rules, languages, words)))

    def all(self) -> list[Path]:
        """Every file of the pack."""
        spoken = [file for _, file in (*self.languages, *self.words)]
        return [*self.pack, *self.shared, *self.rules, *spoken]


def _languages(layouts: Iterable[_Layout], faults: FaultList) -> dict[str, LanguageData]:
    layouts = list(layouts)
    builtin = builtin_folder()
    if all(layout.folder.resolve() != builtin for layout in layouts):
        layouts.insert(0, _Layout.of(builtin))
    found: dict[str, LanguageData] = {}
    for layout in layouts:
        for code, path in layout.languages:
            data = parse_language(open_yaml(path, shown(path), faults), code)
            if data:
                found[code] = data
    return dict(sorted(found.items()))


def shown(path: Path) -> str:
    """A path as people write it: relative to the current folder when below it, always with `/`."""
    absolute = os.path.normpath(Path.cwd() / path)
    below = os.path.join(Path.cwd(), "")  # noqa: PTH118 - the separator at the end is what is wanted
    return Path(absolute.removeprefix(below)).as_posix()


@dataclass(slots=True)
class _Loading:
    wanted: frozenset[str] | None
    examples: bool
    faults: FaultList = field(default_factory=FaultList)
    uses: Uses = field(default_factory=Uses)
    packs: list[PackFile] = field(default_factory=list)
    shared: SharedFile = field(default_factory=SharedFile)
    rules: dict[str, RuleFile] = field(default_factory=dict)
    word_files: list[WordFile] = field(default_factory=list)
    asked_languages: list[tuple[str, Place]] = field(default_factory=list)
    own_languages: dict[str, None] = field(default_factory=dict)
    unread: list[Path] = field(default_factory=list)

    # -- reading

    def read(self, layout: _Layout) -> None:
        """Reads the files of a pack."""
        for path in layout.pack:
            pack = parse_pack(self._open(path), self.uses)
            self.packs.append(pack)
            self.uses.languages += pack.languages
        if not layout.pack:
            self.packs.append(PackFile(PackInfo(layout.folder.resolve().stem, "")))
        for path in layout.shared:
            self._share(parse_shared(self._open(path), self.uses))
        for path in layout.rules:
            self._rule(self._open(path, rule=True), path, layout)
        for code, path in layout.words:
            if not code:
                self.faults.opened(shown(path))
                self.faults.add(Place(shown(path), 0, 0), "stands in no language; move it to words/xx/")
            elif self.wanted is None or code in self.wanted:
                self._words(self._open(path), code)
            else:
                self.unread.append(path)
            if not layout.pack and code and code != ANYWHERE:
                self.own_languages[code] = None

    def _open(self, path: Path, rule: bool = False) -> YamlFile:
        without = "" if self.examples else "examples"
        return open_yaml(path, shown(path), self.faults, without)

    def _share(self, parsed: SharedFile) -> None:
        for name, (condition, place) in parsed.conditions.items():
            if name in self.shared.conditions:
                self._twice("condition", name, place, self.shared.conditions[name][1])
            self.shared.conditions.setdefault(name, (condition, place))
        for name, (region, place) in parsed.regions.items():
            if name in self.shared.regions:
                self._twice("region", name, place, self.shared.regions[name][1])
            self.shared.regions.setdefault(name, (region, place))

    def _rule(self, file: YamlFile, path: Path, layout: _Layout) -> None:
        parsed = parse_rule(file, self.uses, path.stem if layout.named else None)
        if parsed.rule and parsed.id_place:
            other = self.rules.get(parsed.rule.id)
            if other and other.id_place:
                self._twice("rule", parsed.rule.id, parsed.id_place, other.id_place)
            else:
                self.rules[parsed.rule.id] = parsed
        if not layout.pack:
            self.own_languages.update((code, None) for code in parsed.words if code != ANYWHERE)

    def _words(self, file: YamlFile, code: str) -> None:
        parsed = parse_word_file(file)
        if parsed.language and parsed.language != code:
            message = f"language '{parsed.language}' in the folder of '{code}'; write '{code}'"
            self.faults.add(parsed.language_place, message)
        elif parsed.language and parsed.language != ANYWHERE:
            self.uses.languages.append((parsed.language, parsed.language_place))
        parsed.language = code
        self.word_files.append(parsed)

    def _twice(self, what: str, name: str, place: Place, first: Place) -> None:
        self.faults.add(
            place, f"{what} '{name}' is defined in {first.path}:{first.line} already; choose another name"
        )

    # -- linking

    def linked(self, languages: dict[str, LanguageData]) -> RuleSet:
        """The rule set, with faults noted where names lead nowhere."""
        rules = {name: parsed.rule for name, parsed in self.rules.items() if parsed.rule}
        places = {name: parsed.id_place for name, parsed in self.rules.items() if parsed.id_place}
        expander = Expander(self.shared.conditions, self.faults)
        examples = [example for one in (*self.rules.values(), *self.word_files) for example in one.examples]
        self._check_concepts()
        check_names(self.uses.regions, self.shared.regions, self.faults, lambda name: f"unknown region '{name}'")
        check_names(self.uses.rules, rules, self.faults, lambda name: f"unknown rule '{name}'")
        check_names(self.uses.languages, languages, self.faults, _no_language)
        check_asked((one for parsed in self.rules.values() for one in parsed.asked), rules, self.faults)
        check_circles(rules, places, self.faults)
        check_examples(examples, rules, self.faults)
        covered = {code: None for pack in self.packs for code, _ in pack.languages}
        covered.update(self.own_languages)
        return RuleSet(
            packs=tuple(pack.info for pack in self.packs),
            rules=tuple(expander.rule(rule) for rule in rules.values()),
            words=self._merged(),
            languages=languages,
            covered=tuple(covered),
            regions=tuple(region for region, _ in self.shared.regions.values()),
            notice=tuple(dict.fromkeys(name for pack in self.packs for name in pack.notice)),
            examples=tuple(examples),
        )

    def _merged(self) -> dict[str, dict[str, tuple[WordEntry, ...]]]:
        gathered: dict[str, Words] = {}
        sources = [(one.language, one.words) for one in self.word_files]
        sources += [item for parsed in self.rules.values() for item in parsed.words.items()]
        for code, words in sources:
            if self.wanted is None or code in self.wanted:
                concepts = gathered.setdefault(code, {})
                for name, entries in words.items():
                    concepts.setdefault(name, []).extend(entries)
        return {
            code: {name: tuple(entries) for name, entries in concepts.items()} for code, concepts in gathered.items()
        }

    def _check_concepts(self) -> None:
        known: set[str] = set()
        named = self.shared.conditions
        for one in (*self.word_files, *self.rules.values()):
            for name, place in one.places.items():
                known.add(name)
                if name in named:
                    first = named[name][1]
                    self.faults.add(
                        place, f"'{name}' is also a condition in {first.path}:{first.line}; rename one of the two"
                    )
        parts = [(name, place) for name, place in self.uses.parts if name not in named]
        if any(name not in known for name, _ in (*parts, *self.uses.concepts)):
            # Words of languages that nobody asked for may know the name; their keys are enough to tell.
            for path in self.unread:
                known |= _keys_of(path)
        check_names(
            parts, known | set(named) if not parts else known, self.faults, lambda name: f"no words for concept '{name}'"
        )
        for name, place in self.uses.concepts:
            if name in named:
                self.faults.add(place, f"'{name}' is a named condition; only concepts can stand here")
            elif name not in known:
                self.faults.add(place, f"no words for concept '{name}'{instead(name, known)}")


def _keys_of(path: Path) -> set[str]:
    """The concepts for which an unread word file seems to have words."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return set()
    return {key for found in _WORDS_KEY.findall(text) for key in _CONCEPT_KEY.findall(found)}


def _no_language(code: str) -> str:
    return f"unknown language '{code}': there is no words/{code}/language.yaml"

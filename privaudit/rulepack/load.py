"""Makes one checked rule set of rule packs on disk."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from privaudit.errors import InputError
from privaudit.model import PackInfo
from privaudit.regular import read_by_hand
from privaudit.rulepack.dates import check_mechanisms, dated
from privaudit.rulepack.layout import Layout, builtin_folder, layout_of, pack_folders, shown
from privaudit.rulepack.link import Expander, check_asked, check_circles, check_examples, check_names
from privaudit.rulepack.parse_condition import Uses
from privaudit.rulepack.parse_rule import RuleFile, parse_rule
from privaudit.rulepack.parse_shared import PackFile, SharedFile, parse_language, parse_pack, parse_shared
from privaudit.rulepack.parse_words import WordFile, Words, parse_word_file
from privaudit.rulepack.schema import ANYWHERE, Example, LanguageData, Place, RuleSet, WordEntry
from privaudit.rulepack.yaml import FaultList, YamlFile, open_yaml

__all__ = ["builtin_folder", "load_languages", "load_rules", "pack_folders"]

_WORDS_KEY = r"(?m)^words:.*\n((?:(?:[ \t#].*)?\n)*)"
_CONCEPT_KEY = r"(?m)^[ \t]+['\"]?([a-z0-9-]+)['\"]?:"


def load_languages(packs: Iterable[Path]) -> dict[str, LanguageData]:
    """How the languages that the packs know are read; quick, since no rule or word is looked at.

    The languages of the built-in pack are always known: they tell what a text is not. Raises RuleError.
    """
    faults = FaultList()
    languages = _languages([layout_of(Path(pack)) for pack in packs], faults)
    faults.check()
    return languages


def load_rules(packs: Iterable[Path], languages: Collection[str] | None = None, examples: bool = False) -> RuleSet:
    """The rule set of the packs, in their order.

    `languages` limits the words that are read to these languages and those that hold everywhere; None reads all.
    Examples are read only where asked for. Raises RuleError with every fault of every file.
    """
    loading = _Loading(None if languages is None else frozenset((*languages, ANYWHERE)), examples)
    layouts = [layout_of(Path(pack)) for pack in packs]
    for layout in layouts:
        loading.read(layout)
    ruleset = loading.linked(_languages(layouts, loading.faults))
    loading.faults.check()
    return ruleset._replace(folder=str(layouts[0].folder) if layouts else "")


def _languages(layouts: Sequence[Layout], faults: FaultList) -> dict[str, LanguageData]:
    layouts = list(layouts)
    builtin = builtin_folder()
    if all(layout.folder.resolve() != builtin for layout in layouts):
        layouts.insert(0, layout_of(builtin))
    found: dict[str, LanguageData] = {}
    for layout in layouts:
        for code, path in layout.languages:
            data = parse_language(open_yaml(path, shown(path), faults), code)
            if data:
                found[code] = data
    return dict(sorted(found.items()))


class _Loading:
    """Packs as far as they are read."""

    def __init__(self, wanted: frozenset[str] | None, examples: bool) -> None:
        self.wanted = wanted
        self.examples = examples
        self.faults = FaultList()
        self.uses = Uses()
        self.packs: list[PackFile] = []
        self.shared = SharedFile()
        self.rules: dict[str, RuleFile] = {}
        self.rule_names: set[str] = set()
        self.word_files: list[WordFile] = []
        # The languages for which packs without a pack.yaml have words.
        self.own_languages: dict[str, None] = {}
        # Word files of languages that nobody asked for, and those that could not be read.
        self.unread: list[Path] = []
        # Whether all files that define names for others could be read.
        self.whole = True

    # -- reading

    def read(self, layout: Layout) -> None:
        """Reads the files of a pack."""
        for path in layout.pack:
            pack = parse_pack(self._open(path), self.uses)
            self.packs.append(pack)
            self.uses.languages += pack.languages
        if not layout.pack:
            self.packs.append(PackFile(PackInfo(layout.folder.resolve().stem, "")))
        for path in layout.shared:
            self._share(self._open(path))
        for path in layout.rules:
            self._rule(self._open(path), path, layout)
        for code, path in layout.words:
            if not code:
                self.faults.opened(shown(path))
                self.faults.add(Place(shown(path), 0, 0), "belongs to no language; move it to words/xx/")
            elif self.wanted is None or code in self.wanted:
                self._words(self._open(path), code, path)
            else:
                self.unread.append(path)
            if not layout.pack and code and code != ANYWHERE:
                self.own_languages[code] = None

    def _open(self, path: Path) -> YamlFile:
        return open_yaml(path, shown(path), self.faults, "" if self.examples else "examples")

    def _share(self, file: YamlFile) -> None:
        self.whole = self.whole and file.root is not None
        parsed = parse_shared(file, self.uses)
        for name, (condition, place) in parsed.conditions.items():
            if name in self.shared.conditions:
                self._twice("condition", name, place, self.shared.conditions[name][1])
            self.shared.conditions.setdefault(name, (condition, place))
        for name, (region, place) in parsed.regions.items():
            if name in self.shared.regions:
                self._twice("region", name, place, self.shared.regions[name][1])
            self.shared.regions.setdefault(name, (region, place))
        self.shared.names.update(parsed.names)
        self.shared.valid.update(parsed.valid)

    def _rule(self, file: YamlFile, path: Path, layout: Layout) -> None:
        parsed = parse_rule(file, self.uses, path.stem if layout.named else None)
        if parsed.rule:
            parsed.rule = parsed.rule._replace(pack=self.packs[-1].info.id)
        # A broken rule keeps its name, so that those that build on it are not called wrong, too.
        self.rule_names.add(parsed.rule.id if parsed.rule else path.stem)
        if parsed.rule and parsed.id_place:
            other = self.rules.get(parsed.rule.id)
            if other and other.id_place:
                self._twice("rule", parsed.rule.id, parsed.id_place, other.id_place)
            else:
                self.rules[parsed.rule.id] = parsed
        if not layout.pack:
            self.own_languages.update((code, None) for code in parsed.words if code != ANYWHERE)

    def _words(self, file: YamlFile, code: str, path: Path) -> None:
        parsed = parse_word_file(file)
        if file.root is None:
            self.unread.append(path)
        if parsed.language and parsed.language != code:
            message = f"language '{parsed.language}' in the folder of '{code}'; write '{code}'"
            self.faults.add(parsed.language_place, message)
        elif parsed.language and parsed.language != ANYWHERE:
            self.uses.languages.append((parsed.language, parsed.language_place))
        parsed.language = code
        self.word_files.append(parsed)

    def _twice(self, what: str, name: str, place: Place, first: Place) -> None:
        message = f"{what} '{name}' is defined in {first.path}:{first.line} already; choose another name"
        self.faults.add(place, message)

    # -- linking

    def linked(self, languages: dict[str, LanguageData]) -> RuleSet:
        """The rule set, with faults noted where names lead nowhere."""
        rules = {name: parsed.rule for name, parsed in self.rules.items() if parsed.rule}
        places = {name: parsed.id_place for name, parsed in self.rules.items() if parsed.id_place}
        expander = Expander(self.shared.conditions, self.faults)
        examples = tuple(self._all_examples())
        self.uses.concepts += [(name, place) for name, place in self.uses.named if name not in self.shared.regions]
        if self.whole:
            self._check_concepts()
            check_names(self.uses.regions, self.shared.regions, self.faults, "unknown region '{}'")
        check_names(self.uses.rules, self.rule_names, self.faults, "unknown rule '{}'")
        check_names(
            self.uses.languages, languages, self.faults, "unknown language '{0}': there is no words/{0}/language.yaml"
        )
        check_asked((one for parsed in self.rules.values() for one in parsed.asked), rules, self.faults)
        check_mechanisms(self.uses.mechanisms, rules, self.faults)
        check_circles(rules, places, self.faults)
        check_examples(examples, rules, self.rule_names, self.faults)
        covered = dict.fromkeys(code for pack in self.packs for code, _ in pack.languages)
        covered.update(self.own_languages)
        return RuleSet(
            packs=tuple(pack.info for pack in self.packs),
            rules=dated([expander.rule(rule) for rule in rules.values()], self.shared.valid),
            words=self._merged(),
            languages=languages,
            covered=tuple(covered),
            regions=tuple(region for region, _ in self.shared.regions.values()),
            notice=tuple(dict.fromkeys(name for pack in self.packs for name in pack.notice)),
            names=self.shared.names,
            examples=examples,
        )

    def _all_examples(self) -> Iterator[Example]:
        for rule_file in self.rules.values():
            yield from rule_file.examples
        for word_file in self.word_files:
            yield from word_file.examples

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
        named = self.shared.conditions
        places = [one.places for one in self.word_files] + [one.places for one in self.rules.values()]
        known: set[str] = set().union(*places)
        for concepts in places:
            for name in concepts.keys() & named.keys():
                first = named[name][1]
                message = f"'{name}' is also a condition in {first.path}:{first.line}; rename one of the two"
                self.faults.add(concepts[name], message)
        for name, place in self.uses.concepts:
            if name in named:
                self.faults.add(place, f"'{name}' is a named condition, but only concepts can stand here")
        used = [one for one in (*self.uses.parts, *self.uses.concepts) if one[0] not in named]
        if any(name not in known for name, _ in used):
            # Words of languages that nobody asked for may know the name; their keys are enough to tell.
            for path in self.unread:
                known |= _keys_of(path)
            names = known | named.keys()
            complaint = "no language has words for '{}'"
            check_names(used, names, self.faults, complaint, "; add some to a file in words/ or mend the name")


def _keys_of(path: Path) -> set[str]:
    """The concepts for which an unread word file seems to have words."""
    try:
        text = read_by_hand(str(path)).decode("utf-8-sig")
    except (OSError, InputError, UnicodeDecodeError):
        return set()
    return {key for found in re.findall(_WORDS_KEY, text) for key in re.findall(_CONCEPT_KEY, found)}

"""The words of facts: how a language writes numbers, units, dates and the names of authorities (`words/xx/facts.yaml`).

They say what can be compared between languages, not what a notice must disclose, so no rule looks at them and a run
that judges rules does not read them. The names of authorities are words of rules as well, and stand in
`words/xx/authorities.yaml` for both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from privaudit.rulepack.fact_words import AUTHORITY, PERHAPS, FactWords
from privaudit.rulepack.layout import AUTHORITIES_FILE, layout_of, shown
from privaudit.rulepack.parse_words import Words, parse_word_file, parse_words
from privaudit.rulepack.schema import ANYWHERE, Place
from privaudit.rulepack.yaml import FaultList, YamlFile, open_yaml

_UNITS = "hour|day|workday|week|month|year"
_NAMES = re.compile(
    rf"(?:number-\d{{1,4}}|scale-\d{{4,9}}|range|unit-(?:{_UNITS})|span-\d{{1,4}}-(?:{_UNITS})|percent|currency-[a-z]{{3}}"
    r"|age-before|age-after|month-(?:[1-9]|1[0-2])|last-change|phone|postal-code|authority-of-[a-z]{2}(?:-[a-z0-9]+)*)"
    rf"(?:{PERHAPS})?"
)
_KEYS = ("language", "words", "called")


def load_facts(packs: Iterable[Path], languages: Collection[str] | None = None) -> FactWords:
    """The words of facts in these languages, and those that hold everywhere; None reads all languages.

    Raises `RuleError` with every fault of every file.
    """
    faults = FaultList()
    gathered: dict[str, Words] = {}
    called: dict[str, str] = {}
    for pack in packs:
        layout = layout_of(Path(pack))
        for code, path in layout.facts:
            if languages is None or code in languages or code == ANYWHERE:
                _read(open_yaml(path, shown(path), faults), code, gathered.setdefault(code, {}), called)
        for code, path in layout.words:
            if path.name == AUTHORITIES_FILE and (languages is None or code in languages or code == ANYWHERE):
                _read_authorities(open_yaml(path, shown(path), faults), gathered.setdefault(code, {}))
    faults.check()
    words = {code: {name: tuple(entries) for name, entries in facts.items()} for code, facts in gathered.items()}
    return FactWords(words, called)


def _read(file: YamlFile, code: str, words: Words, called: dict[str, str]) -> None:
    if file.root is None:
        return
    top = file.mapping(file.root, "a file of facts", _KEYS)
    given = file.text(top["language"].value, "language") if "language" in top else ""
    if given != code:
        file.fault(file.root, f"the language must be that of the folder; write 'language: {code}'")
    if "words" in top:
        places: dict[str, Place] = {}
        parse_words(file, top["words"].value, words, places)
        for name, place in places.items():
            if not _NAMES.fullmatch(name):
                file.faults.add(place, f"unknown fact '{name}'; rules/README.md lists the names that facts can have")
    if "called" in top:
        for name, entry in file.mapping(top["called"].value, "called").items():
            if phrase := file.text(entry.value, f"what '{name}' is called"):
                called[name] = phrase


def _read_authorities(file: YamlFile, words: Words) -> None:
    """Adds the names of authorities; the other words of the file are for rules alone."""
    for name, entries in parse_word_file(file).words.items():
        if name.startswith(AUTHORITY):
            words.setdefault(name, []).extend(entries)

"""What the rules of a pack share: `pack.yaml`, `shared.yaml` and `words/xx/language.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode

from privaudit.model import PackInfo
from privaudit.rulepack.dates import parse_date, parse_period
from privaudit.rulepack.parse_condition import Uses, parse_concepts, parse_condition
from privaudit.rulepack.schema import CitationWords, Condition, LanguageData, Period, Place, Region, Takes
from privaudit.rulepack.yaml import Entry, YamlFile

_PACK_KEYS = ("id", "version", "law", "languages", "reviewed", "notice")
_LANGUAGE_KEYS = ("language", "name", "stop_words", "abbreviations", "citation")
_CITATION_KEYS = ("article", "paragraph", "letter", "to", "and", "following", "other_acts")
_REGION_KEYS = ("opened_by", "heading", "takes", "unless")


@dataclass(slots=True)
class PackFile:
    """What `pack.yaml` says."""

    info: PackInfo
    languages: list[tuple[str, Place]] = field(default_factory=list)
    notice: tuple[str, ...] = ()


@dataclass(slots=True)
class SharedFile:
    """What `shared.yaml` says, with the place of each definition; `valid` are dates of rules, of any pack."""

    conditions: dict[str, tuple[Condition, Place]] = field(default_factory=dict)
    regions: dict[str, tuple[Region, Place]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    valid: dict[str, Period] = field(default_factory=dict)


def parse_pack(file: YamlFile, uses: Uses) -> PackFile:
    """Reads `pack.yaml`."""
    parsed = PackFile(PackInfo("", ""))
    if file.root is None:
        return parsed
    entry = file.mapping(file.root, "pack.yaml", _PACK_KEYS)
    for key in ("id", "version", "languages"):
        if key not in entry:
            file.fault(file.root, f"key '{key}' is missing; each pack.yaml needs id, version and languages")
    pack_id = file.name(entry["id"].value, "id") if "id" in entry else ""
    version = file.text(entry["version"].value, "version") if "version" in entry else ""
    reviewed = parse_date(file, entry["reviewed"].value, "reviewed") if "reviewed" in entry else None
    if "law" in entry:
        file.text(entry["law"].value, "law")
    parsed.info = PackInfo(pack_id, version, reviewed.isoformat() if reviewed else "")
    if "languages" in entry:
        parsed.languages = parse_languages(file, entry["languages"].value)
    if "notice" in entry:
        parsed.notice = parse_concepts(file, entry["notice"].value, "'notice'", uses)
    return parsed


def parse_languages(file: YamlFile, node: Node) -> list[tuple[str, Place]]:
    """The language codes of a list with their places."""
    found: list[tuple[str, Place]] = []
    for item in file.items(node, "'languages'"):
        code = file.text(item, "a language")
        if code and not (len(code) in (2, 3) and code.isascii() and code.isalpha() and code.islower()):
            file.fault(item, f"'{code}' is no language code; write two small letters such as en, nl or sv")
        elif code:
            found.append((code, file.place(item)))
    return found


def parse_shared(file: YamlFile, uses: Uses) -> SharedFile:
    """Reads `shared.yaml`."""
    parsed = SharedFile()
    if file.root is None:
        return parsed
    top = file.mapping(file.root, "shared.yaml", ("conditions", "regions", "names", "valid"))
    if "conditions" in top:
        for name, entry in file.mapping(top["conditions"].value, "conditions").items():
            condition = parse_condition(file, entry.value, f"condition '{name}'", uses)
            if file.name(entry.key, "condition") and condition:
                parsed.conditions[name] = (condition, file.place(entry.key))
    if "regions" in top:
        for name, entry in file.mapping(top["regions"].value, "regions").items():
            region = _region(file, name, entry, uses)
            if file.name(entry.key, "region") and region:
                parsed.regions[name] = (region, file.place(entry.key))
    if "names" in top:
        for name, entry in file.mapping(top["names"].value, "names").items():
            phrase = file.text(entry.value, f"name of '{name}'")
            if phrase:
                parsed.names[name] = phrase
                uses.named.append((name, file.place(entry.key)))
    if "valid" in top:
        for name, entry in file.mapping(top["valid"].value, "valid").items():
            if file.name(entry.key, "rule"):
                parsed.valid[name] = parse_period(file, entry.value, f"'valid' of '{name}'")
                uses.rules.append((name, file.place(entry.key)))
                uses.mechanisms.append((name, file.place(entry.key)))
    return parsed


def _region(file: YamlFile, name: str, entry: Entry, uses: Uses) -> Region | None:
    keys = file.mapping(entry.value, f"region '{name}'", _REGION_KEYS)
    if not isinstance(entry.value, MappingNode):
        return None
    if "takes" not in keys or not ("opened_by" in keys or "heading" in keys):
        file.fault(entry.key, f"region '{name}' needs 'takes' and at least one of 'opened_by' and 'heading'")
        return None
    takes = file.choice(keys["takes"].value, "value of takes", list(Takes))
    concepts = {
        key: parse_concepts(file, keys[key].value, f"'{key}' of region '{name}'", uses)
        for key in ("opened_by", "heading", "unless")
        if key in keys
    }
    if not takes:
        return None
    return Region(
        name, Takes(takes), concepts.get("opened_by", ()), concepts.get("heading", ()), concepts.get("unless", ())
    )


def parse_language(file: YamlFile, code: str) -> LanguageData | None:
    """Reads `words/xx/language.yaml`; `code` is the name of its folder."""
    if file.root is None:
        return None
    entry = file.mapping(file.root, "language.yaml", _LANGUAGE_KEYS)
    if "language" in entry:
        given = file.text(entry["language"].value, "language")
        if given and given != code:
            file.fault(entry["language"].value, f"language '{given}' in the folder of '{code}'; write '{code}'")
    else:
        file.fault(file.root, f"key 'language' is missing; write 'language: {code}'")
    name = file.text(entry["name"].value, "name") if "name" in entry else ""
    if "name" not in entry:
        file.fault(file.root, "key 'name' is missing; write the English name of the language")
    lists = {key: _texts(file, entry[key].value, key) for key in ("stop_words", "abbreviations") if key in entry}
    cites = file.mapping(entry["citation"].value, "citation", _CITATION_KEYS) if "citation" in entry else {}
    words = {key: _texts(file, one.value, key) for key, one in cites.items()}
    citation = CitationWords(
        article=words.get("article", ()),
        paragraph=words.get("paragraph", ()),
        letter=words.get("letter", ()),
        to=words.get("to", ()),
        and_=words.get("and", ()),
        following=words.get("following", ()),
        other_acts=words.get("other_acts", ()),
    )
    return LanguageData(code, name, lists.get("stop_words", ()), lists.get("abbreviations", ()), citation)


def _texts(file: YamlFile, node: Node, what: str) -> tuple[str, ...]:
    found = []
    for item in file.items(node, f"'{what}'"):
        if isinstance(item, ScalarNode) and item.value:
            found.append(item.value)
        else:
            file.text(item, f"a word of '{what}'")
    return tuple(found)

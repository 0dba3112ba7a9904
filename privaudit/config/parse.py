"""A configuration file's nodes as checked values; every fault is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from yaml.nodes import Node, ScalarNode

from privaudit.config.keys import KEYS, PER_PATH, Takes
from privaudit.config.settings import Accepted, Item, Notice, Override, Paths, Versions
from privaudit.config.words import is_encoding, language_of
from privaudit.discover import shown
from privaudit.model import Severity
from privaudit.record import Any, NamedTuple
from privaudit.rulepack.dates import parse_date
from privaudit.rulepack.schema import Place
from privaudit.rulepack.yaml import Entry, YamlFile, instead

_NEEDED = {"rule": "the rule or group whose findings it accepts", "reason": "why they are accepted"}
_FLAGS = {"true": True, "false": False}


class Parsed(NamedTuple):
    """One file: its settings, its overrides, and the files that it extends."""

    values: dict[str, Any]
    origins: dict[str, Place]
    overrides: tuple[Override, ...] = ()
    extends: tuple[Item, ...] = ()


def parse_config(file: YamlFile, base: Path) -> Parsed:
    """Reads the settings of a file; paths in it are relative to `base`, an absolute folder."""
    if file.root is None:
        return Parsed({}, {})
    entries = file.mapping(file.root, "the configuration", tuple(KEYS))
    parser = _Parser(file, base)
    extends = parser.items(entries.pop("extends").value, "extends") if "extends" in entries else ()
    overrides = parser.overrides(entries.pop("overrides").value) if "overrides" in entries else ()
    values, origins = parser.settings(entries)
    return Parsed(values, origins, overrides, extends)


class _Parser:
    def __init__(self, file: YamlFile, base: Path) -> None:
        self.file = file
        self.base = base

    def settings(self, entries: Mapping[str, Entry]) -> tuple[dict[str, Any], dict[str, Place]]:
        """The values of all entries that could be read, and where each stands."""
        values: dict[str, Any] = {}
        for name, entry in entries.items():
            value = self._value(name, entry.value)
            if value is not None:
                values[name] = value
        return values, {name: self.file.place(entries[name].key) for name in values}

    def overrides(self, node: Node) -> tuple[Override, ...]:
        """The settings for paths."""
        found = []
        for item in self.file.items(node, "overrides"):
            entries = self.file.mapping(item, "an override", ("paths", *KEYS))
            for name in [name for name in entries if name != "paths" and name not in PER_PATH]:
                told = f"'{name}' holds for a whole run; an override takes {', '.join(PER_PATH)}"
                self.file.fault(entries.pop(name).key, told)
            paths = self._paths_of(entries, item, "an override")
            values, origins = self.settings(entries)
            if paths:
                found.append(Override(paths, values, origins))
        return tuple(found)

    def items(self, node: Node, what: str) -> tuple[Item, ...]:
        """The words of a list, which may be written as one string with commas."""
        if isinstance(node, ScalarNode):
            whole = self.file.text(node, what)
            parts = [part.strip() for part in whole.split(",")]
            return tuple(Item(part, self.file.place(node)) for part in parts if part)
        members = [(self.file.text(one, f"a member of {what}"), one) for one in self.file.items(node, what)]
        return tuple(Item(text, self.file.place(one)) for text, one in members if text)

    def _value(self, name: str, node: Node) -> Any:
        takes = KEYS[name].takes
        if takes is Takes.FLAG:
            return _FLAGS.get(self.file.choice(node, f"value of {name}", tuple(_FLAGS)))
        if takes is Takes.NAMES:
            return self.items(node, name) or None
        if takes is Takes.PROFILE:
            return self.file.choice(node, f"value of {name}", ("default", "strict")) or None
        if takes is Takes.FILES:
            return tuple(one._replace(value=self._path(one.value)) for one in self.items(node, name)) or None
        if takes is Takes.PATTERNS:
            return self._patterns(node, name)
        if takes is Takes.FORMATS:
            return tuple(map(self._format, self.items(node, name))) or None
        if takes is Takes.LEVELS:
            return self._levels(node)
        if takes is Takes.NOTICES:
            return self._notices(node)
        if takes is Takes.PARITY:
            return self._parity(node)
        if takes is Takes.SUPPRESSIONS:
            return self._suppressions(node)
        if takes is Takes.DAY:
            return parse_date(self.file, node, name)
        return self._word(name, takes, node)

    def _word(self, name: str, takes: Takes, node: Node) -> Any:
        text = self.file.text(node, name)
        if not text:
            return None
        if takes is Takes.FILE:
            return self._path(text)
        if takes is Takes.LANGUAGE and (code := language_of(text)):
            return code
        if takes is Takes.COUNTRY and re.fullmatch("[A-Za-z]{2}", text):
            return text.upper()
        if takes is Takes.SIZE and re.fullmatch(r"[0-9_]{1,15}", text) and int(text.replace("_", "") or 0) > 0:
            return int(text.replace("_", ""))
        if takes is Takes.COUNT and re.fullmatch(r"[0-9]{1,4}", text):
            return int(text)
        if takes is Takes.ENCODING and is_encoding(text):
            return text
        told = {
            Takes.LANGUAGE: "is no language code; write two letters, such as en or sv",
            Takes.COUNTRY: "is no country code; write two letters, such as DE or SE",
            Takes.SIZE: "is no whole number from 1 up",
            Takes.COUNT: "is no whole number from 0 to 9999",
            Takes.ENCODING: "is no encoding; write one such as utf-8 or cp1252",
        }
        self.file.fault(node, f"'{text}' {told[takes]}")
        return None

    def _path(self, text: str) -> str:
        """A path as from the current folder, relative where it lies below."""
        return shown(self.base / text)

    def _format(self, item: Item) -> Item:
        name, equals, file = item.value.partition("=")
        return Item(f"{name}={self._path(file)}", item.place) if equals and file not in ("", "-") else item

    def _patterns(self, node: Node, what: str) -> Paths | None:
        from pathspec import GitIgnoreSpec

        found = self.items(node, what)
        for one in found:
            try:
                GitIgnoreSpec.from_lines([one.value])
            except ValueError:
                self.file.fault(node, f"'{one.value}' is no path pattern; write it as in .gitignore")
                return None
        return Paths(self.base, tuple(one.value for one in found)) if found else None

    def _paths_of(self, entries: dict[str, Entry], node: Node, what: str, key: str = "paths") -> Paths | None:
        if key not in entries:
            self.file.fault(node, f"{what} needs '{key}', the files that it holds for")
            return None
        return self._patterns(entries.pop(key).value, key)

    def _levels(self, node: Node) -> tuple[tuple[Item, Severity], ...] | None:
        found = []
        for name, entry in self.file.mapping(node, "severity").items():
            level = self.file.choice(entry.value, "severity", list(Severity))
            if level:
                found.append((Item(name, self.file.place(entry.key)), Severity(level)))
        return tuple(found) or None

    def _notices(self, node: Node) -> tuple[Notice, ...] | None:
        found = []
        for item in self.file.items(node, "notices"):
            entries = self.file.mapping(item, "a notice", ("name", "files"))
            if notice := self._named_files(entries, item):
                found.append(notice)
        return tuple(found) or None

    def _named_files(self, entries: dict[str, Entry], node: Node) -> Notice | None:
        paths = self._paths_of(entries, node, "a notice", "files")
        name = self._name(entries, node)
        return Notice(name, paths, self.file.place(node)) if name and paths else None

    def _name(self, entries: dict[str, Entry], node: Node) -> str:
        if "name" in entries:
            return self.file.text(entries["name"].value, "name")
        self.file.fault(node, "a notice needs a name, by which reports call it")
        return ""

    def _parity(self, node: Node) -> tuple[Versions, ...] | None:
        from privaudit.facts.values import FactKind

        found = []
        for item in self.file.items(node, "parity"):
            entries = self.file.mapping(item, "a notice", ("name", "files", "versions", "may_differ"))
            may_differ = self.items(entries["may_differ"].value, "may_differ") if "may_differ" in entries else ()
            for one in may_differ:
                if one.value not in list(FactKind):
                    told = f"unknown kind of fact '{one.value}'{instead(one.value, list(FactKind))}"
                    self.file.faults.add(one.place, told)
            whole: tuple[Notice, ...] = ()
            if "versions" in entries:
                notice, whole = self._versions(entries, item)
            else:
                notice = self._named_files(entries, item)
            if notice:
                found.append(Versions(notice, tuple(one.value for one in may_differ), whole))
        return tuple(found) or None

    def _versions(self, entries: dict[str, Entry], node: Node) -> tuple[Notice | None, tuple[Notice, ...]]:
        """The versions that each have several files, and all of them as one."""
        if "files" in entries:
            self.file.fault(
                node, "a notice has 'files', each a version, or 'versions', each of several files, not both"
            )
        name = self._name(entries, node)
        each = self.file.items(entries["versions"].value, "versions")
        paths = [(self._patterns(one, "a version"), self.file.place(one)) for one in each]
        whole = tuple(Notice(name, one, place) for one, place in paths if one)
        every = Paths(self.base, tuple(pattern for one in whole for pattern in one.paths.patterns))
        return Notice(name, every, self.file.place(node)) if name and whole else None, whole

    def _suppressions(self, node: Node) -> tuple[Accepted, ...] | None:
        found = []
        for item in self.file.items(node, "suppressions"):
            entries = self.file.mapping(item, "a suppression", ("rule", "paths", "reason", "until"))
            for key, what in _NEEDED.items():
                if entries and key not in entries:
                    self.file.fault(item, f"a suppression needs '{key}', {what}")
            if not {"rule", "reason"} <= entries.keys():
                continue
            rules = self.items(entries["rule"].value, "rule")
            reason = self.file.text(entries["reason"].value, "reason")
            paths = self._patterns(entries["paths"].value, "paths") if "paths" in entries else Paths(self.base)
            until = parse_date(self.file, entries["until"].value, "until") if "until" in entries else None
            if rules and reason and paths:
                found.append(Accepted(rules, paths, reason, until, self.file.place(item)))
        return tuple(found) or None

"""The keys of a configuration: what each takes, whether paths may have their own, and what it does."""

from __future__ import annotations

from enum import StrEnum

from privaudit.record import NamedTuple


class Takes(StrEnum):
    """What a key takes."""

    FLAG = "true or false"
    NAMES = "names"
    SIZE = "a whole number from 1 up"
    COUNT = "a whole number from 0 up"
    LANGUAGE = "a language code"
    COUNTRY = "a country code"
    DAY = "a date"
    ENCODING = "an encoding"
    PROFILE = "default or strict"
    FILE = "a path"
    FILES = "paths"
    PATTERNS = "path patterns"
    FORMATS = "formats"
    LEVELS = "severities by rule"
    OVERRIDES = "settings for paths"
    NOTICES = "notices of several files"
    PARITY = "language versions of notices"
    SUPPRESSIONS = "suppressions"


class Key(NamedTuple):
    """A key; `per_path` tells whether an override may give it for some paths."""

    takes: Takes
    told: str
    per_path: bool = False


KEYS: dict[str, Key] = {
    "extends": Key(Takes.FILES, "Configuration files that this one builds on, relative to it."),
    "select": Key(Takes.NAMES, "Only these rules, groups, kinds or prefixes with *.", True),
    "ignore": Key(Takes.NAMES, "Not these rules, groups, kinds or prefixes with *.", True),
    "profile": Key(Takes.PROFILE, "strict adds the rules that ask for more than the law.", True),
    "fail_on": Key(Takes.NAMES, "What fails the run: error, warning, note, never, weak, rules, groups or RULE:GRADE."),
    "severity": Key(Takes.LEVELS, "How much the findings of a rule or group weigh: error, warning or note.", True),
    "rules": Key(Takes.FILES, "Rule packs beside the built-in one, relative to this file."),
    "builtin": Key(Takes.FLAG, "Whether the built-in pack is used."),
    "lang": Key(Takes.LANGUAGE, "The language of the documents, such as sv.", True),
    "audience": Key(
        Takes.COUNTRY, "The country of the readers, such as DE; rules for other countries do not apply.", True
    ),
    "layer": Key(Takes.FLAG, "Whether a document is one layer of a notice, from which nothing can be missing.", True),
    "as_of": Key(Takes.DAY, "Judge by the law of this day."),
    "baseline": Key(Takes.FILE, "The baseline whose findings do not count, relative to this file."),
    "include": Key(Takes.PATTERNS, "In folders, exactly the files that match these patterns."),
    "exclude": Key(Takes.PATTERNS, "In folders, not the files that match these patterns."),
    "force_exclude": Key(Takes.FLAG, "Whether exclude holds for files that are named, too."),
    "encoding": Key(Takes.ENCODING, "The encoding of the documents, such as cp1252.", True),
    "strict_encoding": Key(
        Takes.FLAG, "Whether a document whose encoding had to be guessed counts as not audited in full.", True
    ),
    "max_bytes": Key(Takes.SIZE, "Files larger than this many bytes are not read."),
    "max_pages": Key(Takes.SIZE, "So many pages of a PDF are read.", True),
    "timeout": Key(Takes.SIZE, "Documents that take more than this many seconds are not audited.", True),
    "max_depth": Key(Takes.SIZE, "HTML in which more tags stand in each other is read tag by tag, and in part.", True),
    "max_memory": Key(Takes.SIZE, "Megabytes of memory that a process may take for a document.", True),
    "jobs": Key(Takes.COUNT, "How many processes audit documents at once; 0 for as many as there are processors."),
    "follow": Key(Takes.FLAG, "Whether symbolic links in folders are followed."),
    "formats": Key(Takes.FORMATS, "Reports to write, each NAME or NAME=FILE, files relative to this file."),
    "quiet": Key(Takes.FLAG, "Whether reports for people hold findings and errors only."),
    "show_passing": Key(Takes.FLAG, "Whether reports for people quote what is present, too."),
    "statistics": Key(Takes.FLAG, "Whether reports for people count findings by rule."),
    "strict_suppressions": Key(Takes.FLAG, "Whether unused and expired suppressions are errors."),
    "redact": Key(Takes.FLAG, "Whether reports leave out the words of the documents."),
    "overrides": Key(Takes.OVERRIDES, "Settings for some paths; later ones win."),
    "notices": Key(Takes.NOTICES, "Files that are one notice together, and are judged together."),
    "parity": Key(Takes.PARITY, "Language versions of one notice, which 'privaudit parity' compares."),
    "suppressions": Key(Takes.SUPPRESSIONS, "Findings that are accepted, each with its reason."),
}
PER_PATH = tuple(name for name, key in KEYS.items() if key.per_path)

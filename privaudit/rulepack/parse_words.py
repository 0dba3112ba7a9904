"""Words and examples: language files of a pack, and the same inside small private rule files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode

from privaudit.model import Outcome
from privaudit.rulepack.schema import Citation, Example, Place, WordEntry
from privaudit.rulepack.syntax import cut, refused
from privaudit.rulepack.yaml import Entry, YamlFile

_KEYS = ("language", "words", "examples")
_CITATION = r"(\d{1,2})(?:\.(\d{1,2}))?(?:\.([a-z]))?"
_LAST_ARTICLE = 99

Words = dict[str, list[WordEntry]]


@dataclass(slots=True)
class WordFile:
    """What one language file holds: entries by concept, where each concept is first named, and examples."""

    language: str
    language_place: Place
    words: Words = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)


def parse_word_file(file: YamlFile) -> WordFile:
    """Reads `words/xx/….yaml`."""
    parsed = WordFile("", Place(file.path, 0, 0))
    if file.root is None:
        return parsed
    top = file.mapping(file.root, "a word file", _KEYS)
    if "language" in top:
        parsed.language = file.text(top["language"].value, "language")
        parsed.language_place = file.place(top["language"].value)
    else:
        file.fault(file.root, "key 'language' is missing; write the code of the folder, such as 'language: en'")
    if "words" in top:
        parse_words(file, top["words"].value, parsed.words, parsed.places)
    if "examples" in top:
        for rule, entry in file.mapping(top["examples"].value, "examples").items():
            parsed.examples += parse_examples(file, entry, rule, parsed.language)
    return parsed


def parse_words(file: YamlFile, node: Node, words: Words, places: dict[str, Place]) -> None:
    """Adds the entries of a mapping from concept to list."""
    path = file.path
    for concept, entry in file.mapping(node, "words").items():
        if not file.name(entry.key, "concept"):
            continue
        places.setdefault(concept, file.place(entry.key))
        entries = words.setdefault(concept, [])
        for item in file.items(entry.value, f"the words of '{concept}'"):
            if isinstance(item, ScalarNode):
                pattern = item.value
                mark = item.start_mark
                # Most entries are plain; what the other styles may hide is looked at only there.
                if not pattern or (item.style and not _fit(file, item)):
                    if not pattern:
                        file.fault(item, f"an empty word in '{concept}'; delete the line")
                    continue
                if told := refused(pattern):
                    file.fault(item, f"'{cut(pattern)}' {told}")
                    continue
                entries.append(WordEntry(Place(path, mark.line + 1, mark.column + 1), pattern))
            elif isinstance(item, MappingNode):
                made = _map_entry(file, item)
                if made:
                    entries.append(made)
            else:
                file.fault(item, f"a word of '{concept}' must be text or a mapping, not a list; flatten it")


def _fit(file: YamlFile, node: ScalarNode) -> bool:
    """Whether a quoted pattern holds only what can stand in a normalised text."""
    value: str = node.value
    if node.style in ("|", ">"):
        file.fault(node, "a word must stand on one line; write it plain or in single quotes")
        return False
    if any(char < " " for char in value):
        file.fault(node, "a control character in a word; write patterns plain or in single quotes, never in double")
        return False
    if value != value.strip():
        file.fault(node, "white space at an end of a word; delete it")
        return False
    return True


def _map_entry(file: YamlFile, node: MappingNode) -> WordEntry | None:
    first = node.value[0][0] if node.value else None
    if isinstance(first, ScalarNode) and not first.value.isidentifier():
        file.fault(node, "a colon with a space makes a mapping of this word; put it in single quotes")
        return None
    entry = file.mapping(node, "a word", ("match", "case", "article", "link"))
    place = file.place(node)
    kinds = [key for key in ("match", "article", "link") if key in entry]
    if len(kinds) != 1:
        if len(entry) == len(node.value):
            # Else a key that was refused already may have been meant for one of them.
            file.fault(node, "a word is exactly one of {match: PATTERN}, {article: 6.1.f} and {link: PATTERN}")
        return None
    kind = kinds[0]
    exact = False
    if "case" in entry:
        if kind != "match":
            file.fault(entry["case"].key, f"'case' goes with 'match' only; leave it out beside '{kind}'")
        exact = bool(file.choice(entry["case"].value, "case", ("exact",)))
    value = entry[kind].value
    text = file.text(value, kind)
    if not text or (isinstance(value, ScalarNode) and value.style and not _fit(file, value)):
        return None
    if kind != "article" and (told := refused(text)):
        file.fault(value, f"'{cut(text)}' {told}")
        return None
    if kind == "match":
        return WordEntry(place, pattern=text, exact=exact)
    if kind == "link":
        return WordEntry(place, link=text)
    article = re.fullmatch(_CITATION, text)
    if not article or not 1 <= int(article[1]) <= _LAST_ARTICLE or (article[3] and not article[2]):
        file.fault(value, f"'{text}' is no article; write 77, 6.1 (paragraph) or 6.1.f (paragraph and letter)")
        return None
    return WordEntry(place, article=Citation(int(article[1]), int(article[2]) if article[2] else None, article[3]))


def parse_examples(file: YamlFile, entry: Entry, rule: str, language: str) -> list[Example]:
    """The examples of one rule: a mapping from outcome or grade to texts. Whether the rule has it is checked later."""
    found = []
    outcomes = {one.value: one for one in Outcome}
    for name, outcome in file.mapping(entry.value, f"the examples of '{rule}'").items():
        chosen = file.name(outcome.key, "outcome or grade")
        # What has a grade is disclosed, if only in part.
        wanted, grade = (outcomes[name], "") if name in outcomes else (Outcome.PRESENT, name)
        for item in file.items(outcome.value, f"the examples under '{name}'"):
            text = item.value if isinstance(item, ScalarNode) else ""
            if not text.strip():
                file.text(item, "an example")
            elif chosen:
                found.append(Example(file.place(item), rule, language, wanted, text, grade))
    return found

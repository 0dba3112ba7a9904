"""Which word entries show up in examples: a word that no example holds is untested."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from privaudit.document import Document
from privaudit.errors import InputError
from privaudit.language import annotate
from privaudit.match.hits import Hits
from privaudit.match.lexicon import Lexicon
from privaudit.match.pattern import Patterns, translate
from privaudit.match.prepare import vocabulary_of
from privaudit.match.search import ends_of
from privaudit.match.stance import with_it
from privaudit.match.units import units_of
from privaudit.model import Kind
from privaudit.read import read_document
from privaudit.rulepack.schema import ANYWHERE, CitationWords, RuleSet, WordEntry


def unmatched(ruleset: RuleSet) -> list[tuple[str, WordEntry]]:
    """The entries, with their languages, that match in no example of their language; `any` asks all languages."""
    patterns = Patterns()
    entries = [
        (code, concept, entry)
        for code, concepts in ruleset.words.items()
        for concept, listed in concepts.items()
        for entry in listed
        if _sound(entry, patterns)
    ]
    matched: set[int] = set()
    for code in sorted({example.language for example in ruleset.examples}):
        spoken = {number: one for number, one in enumerate(entries) if one[0] in (code, ANYWHERE)}
        named = {number: (concept, entry) for number, (_, concept, entry) in spoken.items()}
        matched |= _matched(ruleset, code, named, patterns)
    return [(code, entry) for number, (code, _, entry) in enumerate(entries) if number not in matched]


def _sound(entry: WordEntry, patterns: Patterns) -> bool:
    """Whether the entry can be searched at all."""
    written = entry.pattern if entry.pattern is not None else entry.link
    try:
        return written is None or bool(patterns.compiled(translate(written), entry.exact))
    except regex.error:
        return False


def _matched(ruleset: RuleSet, code: str, entries: dict[int, tuple[str, WordEntry]], patterns: Patterns) -> set[int]:
    """The numbers of the entries that match in an example of a language."""
    # Each entry is searched as a concept of its own.
    alone: dict[str, tuple[WordEntry, ...]] = {str(number): (entry,) for number, (_, entry) in entries.items()}
    language = ruleset.languages.get(code)
    citation = language.citation if language else CitationWords()
    lexicon = Lexicon(vocabulary_of(alone, alone), citation, patterns)
    mechanisms = {
        concept
        for rule in ruleset.rules
        if rule.kind is Kind.OUTDATED and rule.find is not None
        for concept in rule.find.concepts()
    }
    matched: set[int] = set()
    governing = {number for number, (_, entry) in entries.items() if entry.governs}
    for document in _documents(ruleset, code):
        units = units_of(document)
        hits = Hits(lexicon.search(document, units.sentences, ends_of(units.sentences)))
        matched |= {number for number in entries if number not in matched and hits.of(str(number))}
        mentions = {
            hit for number, (concept, _) in entries.items() if concept in mechanisms for hit in hits.of(str(number))
        }
        texts = [with_it(document, units, hit) for hit in sorted(mentions, key=lambda hit: (hit.span, hit.sentence))]
        for number in governing - matched:
            entry = entries[number][1]
            pattern = patterns.compiled(translate(entry.pattern or ""), entry.exact)
            if any(pattern.search(text) for text in texts):
                matched.add(number)
    return matched


def _documents(ruleset: RuleSet, code: str) -> Iterator[Document]:
    for text in dict.fromkeys(example.text for example in ruleset.examples if example.language == code):
        try:
            yield annotate(read_document("example.md", text.encode()), ruleset.languages, code)
        except InputError:
            continue

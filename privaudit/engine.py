"""The core: a document and rules in, one verdict for each rule out. No file, no terminal, no clock."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from datetime import date

from privaudit.document import Document, Problem
from privaudit.language import language_name
from privaudit.match.conditions import Evaluator
from privaudit.match.coverage import Coverage, coverage_of
from privaudit.match.hits import Hits
from privaudit.match.judge import Judge
from privaudit.match.lexicon import Lexicon, hits_in
from privaudit.match.pattern import Patterns
from privaudit.match.regions import find_regions
from privaudit.match.units import Units, units_of
from privaudit.match.vocabulary import Vocabulary
from privaudit.model import Outcome, Verdict
from privaudit.record import TYPE_CHECKING, Any, NamedTuple
from privaudit.rulepack.schema import CitationWords, Detector, Rule, RuleSet

if TYPE_CHECKING:
    from typing import Protocol

    class Store(Protocol):
        """Keeps plain values for the next run that uses the same rule packs."""

        def recall(self, name: str) -> Any:
            """What was kept under a name, else None."""

        def keep(self, name: str, value: Any) -> None:
            """Keeps plain values under a name."""


# A file looks like a privacy notice from this many of the pack's core concepts on.
_LIKE_A_NOTICE = 3
# A concept that more rules than this use says nothing of a single one.
_OWN_CONCEPT = 2


class CompiledRules:
    """Rules in the order in which they are judged, with a lexicon for each language, made when first needed."""

    def __init__(self, ruleset: RuleSet, patterns: Patterns | None = None, store: Store | None = None) -> None:
        """`patterns` may know some from an earlier run; `store` keeps what is worked out of the packs for the next."""
        self.ruleset = ruleset
        self.order = _ordered(ruleset.rules)
        self.patterns = patterns or Patterns()
        self._store = store
        self._lexicons: dict[str, Lexicon] = {}

    @functools.cached_property
    def _uses(self) -> Counter[str]:
        """How many rules look at each concept."""
        return Counter(concept for rule in self.ruleset.rules for concept in rule.concepts())

    @functools.cached_property
    def shared(self) -> frozenset[str]:
        """Concepts that so many rules look at that a hit of them shows no closeness to any."""
        kept = self._store.recall("shared") if self._store else None
        if kept is None:
            # A notice is read against itself in the words of its disclosures, whose own they stay.
            rules = [
                rule
                for rule in self.ruleset.rules
                if rule.against is None and rule.detect is not Detector.FOREIGN_AUTHORITY
            ]
            uses = Counter(concept for rule in rules for concept in rule.without_grades().concepts())
            kept = sorted(concept for concept, count in uses.items() if count > _OWN_CONCEPT)
            if self._store:
                self._store.keep("shared", kept)
        return frozenset(kept)

    def lexicon(self, code: str | None) -> Lexicon:
        """The words of a language; those that hold everywhere where the packs have none for it."""
        language = self.ruleset.languages.get(code or "")
        key = language.code if language else ""
        found = self._lexicons.get(key)
        if found is None:
            citation = language.citation if language else CitationWords()
            found = self._lexicons[key] = Lexicon(self._vocabulary(key), citation, self.patterns)
        return found

    def _vocabulary(self, key: str) -> Vocabulary:
        name = f"vocabulary-{key}"
        kept = self._store.recall(name) if self._store else None
        if kept is not None:
            return Vocabulary(*kept)
        regions = self.ruleset.regions
        opening = {concept for one in regions for concept in (*one.opened_by, *one.heading, *one.unless)}
        from privaudit.match.prepare import vocabulary_of

        made = vocabulary_of(self.ruleset.words_in(key), {*self._uses, *opening, *self.ruleset.notice})
        if self._store:
            self._store.keep(name, made.to_keep())
        return made


def _ordered(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules, each after those that it requires or yields to."""
    by_id = {rule.id: rule for rule in rules}
    done: dict[str, Rule] = {}

    def visit(rule: Rule) -> None:
        if rule.id in done or rule.id in open_:
            return
        open_.add(rule.id)
        for other in (*(requirement.rule for requirement in rule.requires), *rule.covered_by):
            if other in by_id:
                visit(by_id[other])
        done[rule.id] = rule

    open_: set[str] = set()
    for rule in rules:
        visit(rule)
    return tuple(done.values())


class Searched(NamedTuple):
    """An annotated document, cut into units and searched for the words of rules: what all questions are asked of."""

    document: Document
    rules: CompiledRules
    units: Units
    hits: Hits
    coverage: Coverage


def search(document: Document, rules: CompiledRules) -> Searched:
    """Searches an annotated document, each block with the words of its language."""
    units = units_of(document)
    hits = hits_in(document, units.sentences, units.block_of, rules.lexicon)
    return Searched(document, rules, units, hits, coverage_of(document, rules.ruleset.covered))


def looks_like_notice(searched: Searched) -> bool:
    """Whether a document holds enough of the packs' core concepts to be a privacy notice."""
    notice = searched.rules.ruleset.notice
    return sum(bool(searched.hits.of(concept)) for concept in notice) >= _LIKE_A_NOTICE


def judge(searched: Searched, as_of: date, audience: str | None = None) -> tuple[Verdict, ...]:
    """One verdict for each rule, in the rules' own order, by the law in force on `as_of`.

    Where the country of the readers is told (`audience`, ISO 3166-1 alpha-2), rules for other countries do not apply.
    """
    document, units, hits = searched.document, searched.units, searched.hits
    rules, ruleset = searched.rules, searched.rules.ruleset
    regions = find_regions(ruleset.regions, document, units, hits)
    evaluator = Evaluator(document, units, hits, regions, rules.patterns)
    names = {code: language.name for code, language in ruleset.languages.items()}
    vocabularies = {code: rules.lexicon(code).vocabulary for code in searched.coverage.covered}
    court = Judge(evaluator, searched.coverage, vocabularies, names, as_of, rules.shared, ruleset.names, audience)
    for rule in rules.order:
        court.judge(rule.on(as_of))
    return tuple(court.verdicts[rule.id] for rule in ruleset.rules)


def audit(document: Document, rules: CompiledRules, as_of: date) -> tuple[Verdict, ...]:
    """One verdict for each rule on an annotated document: `search`, then `judge`."""
    return judge(search(document, rules), as_of)


def problems(searched: Searched, verdicts: Iterable[Verdict]) -> tuple[Problem, ...]:
    """What kept a document, or a rule on it, from being judged in full."""
    found: list[Problem] = []
    languages = searched.rules.ruleset.languages
    for code in searched.coverage.uncovered:
        if code is None:
            found.append(Problem("language-unknown", "the language could not be told; name it with --lang"))
        else:
            name = languages[code].name if code in languages else language_name(code)
            told = f"the rules have no words for {name}; a rule pack with a folder words/{code} adds them (--rules)"
            found.append(Problem("language-uncovered", told))
    if searched.coverage.complete:
        found += [
            Problem("rule-inconclusive", f"{verdict.rule}: {verdict.because}")
            for verdict in verdicts
            if verdict.outcome is Outcome.INCONCLUSIVE
        ]
    return tuple(found)

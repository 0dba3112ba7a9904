"""The core: a document and rules in, one verdict for each rule out. No file, no terminal, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from privaudit.document import Block, Document, Problem
from privaudit.match.conditions import Evaluator
from privaudit.match.coverage import coverage_of
from privaudit.match.hits import Hits
from privaudit.match.judge import Judge
from privaudit.match.lexicon import Lexicon
from privaudit.match.pattern import Patterns
from privaudit.match.regions import find_regions
from privaudit.match.search import Sentence
from privaudit.match.units import Units, units_of
from privaudit.model import Outcome, Verdict
from privaudit.rulepack.schema import CitationWords, Rule, RuleSet, WordEntry

# A file looks like a privacy notice from this many of the pack's core concepts on.
_LIKE_A_NOTICE = 3
# A concept that more rules than this use says nothing of a single one.
_OWN_CONCEPT = 2


@dataclass(slots=True)
class CompiledRules:
    """Rules in the order in which they are judged, with a lexicon for each language, made when first needed."""

    ruleset: RuleSet
    order: tuple[Rule, ...]
    needed: frozenset[str]
    words: dict[str, dict[str, tuple[WordEntry, ...]]]
    shared: frozenset[str]
    patterns: Patterns
    _lexicons: dict[str, Lexicon] = field(default_factory=dict)

    def lexicon(self, code: str | None) -> Lexicon:
        """The words of a language; those that hold everywhere where the packs have none for it."""
        key = code if code in self.words else ""
        assert key is not None
        found = self._lexicons.get(key)
        if found is None:
            language = self.ruleset.languages.get(key)
            citation = language.citation if language else CitationWords()
            found = self._lexicons[key] = Lexicon(self.words[key], self.needed, citation, self.patterns)
        return found


def compile_rules(ruleset: RuleSet, patterns: Patterns | None = None) -> CompiledRules:
    """Makes a rule set ready for documents; compiles no pattern yet. `patterns` may know some from an earlier run."""
    anywhere = ruleset.words.get("any", {})
    words: dict[str, dict[str, tuple[WordEntry, ...]]] = {"": dict(anywhere)}
    for code, concepts in ruleset.words.items():
        if code != "any":
            words[code] = {
                name: (*concepts.get(name, ()), *anywhere.get(name, ())) for name in sorted({*concepts, *anywhere})
            }
    needed = set(ruleset.notice)
    for rule in ruleset.rules:
        needed |= rule.concepts()
    for region in ruleset.regions:
        needed.update((*region.opened_by, *region.heading, *region.unless))
    uses = Counter(concept for rule in ruleset.rules for concept in rule.concepts())
    shared = frozenset(concept for concept, count in uses.items() if count > _OWN_CONCEPT)
    return CompiledRules(ruleset, _ordered(ruleset.rules), frozenset(needed), words, shared, patterns or Patterns())


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


def find_hits(document: Document, rules: CompiledRules, units: Units) -> Hits:
    """All hits of an annotated document, each block searched with the words of its language."""
    stretches: list[tuple[str | None, list[Sentence], list[tuple[Block, list[Sentence]]]]] = []
    for sentence in units.sentences:
        block = document.blocks[units.block_of[sentence.number]]
        code = document.languages[block.index]
        if not stretches or stretches[-1][0] != code:
            stretches.append((code, [], []))
        _, sentences, blocks = stretches[-1]
        sentences.append(sentence)
        if not blocks or blocks[-1][0] is not block:
            blocks.append((block, []))
        blocks[-1][1].append(sentence)
    return Hits(*(rules.lexicon(code).search(document, sentences, blocks) for code, sentences, blocks in stretches))


def audit(document: Document, rules: CompiledRules, as_of: date) -> tuple[Verdict, ...]:
    """One verdict for each rule, in the rules' own order, by the law in force on `as_of`."""
    units = units_of(document)
    hits = find_hits(document, rules, units)
    regions = find_regions(rules.ruleset.regions, document, units, hits)
    evaluator = Evaluator(document, units, hits, regions, rules.patterns)
    names = {code: language.name for code, language in rules.ruleset.languages.items()}
    coverage = coverage_of(document, rules.ruleset.covered)
    judge = Judge(evaluator, coverage, rules.words, names, as_of, rules.shared)
    for rule in rules.order:
        judge.judge(rule)
    return tuple(judge.verdicts[rule.id] for rule in rules.ruleset.rules)


def problems(document: Document, rules: CompiledRules, verdicts: Iterable[Verdict]) -> tuple[Problem, ...]:
    """What kept a document, or a rule on it, from being judged in full."""
    found: list[Problem] = []
    coverage = coverage_of(document, rules.ruleset.covered)
    for code in coverage.uncovered:
        if code is None:
            found.append(Problem("language-unknown", "the language could not be told; name it with --lang"))
        else:
            language = rules.ruleset.languages.get(code)
            name = language.name if language else code
            found.append(Problem("language-uncovered", f"the rules have no words for {name}"))
    if coverage.complete:
        found += [
            Problem("rule-inconclusive", f"{verdict.rule}: {verdict.because}")
            for verdict in verdicts
            if verdict.outcome is Outcome.INCONCLUSIVE
        ]
    return tuple(found)


def looks_like_notice(document: Document, rules: CompiledRules) -> bool:
    """Whether a document holds enough of the packs' core concepts to be a privacy notice."""
    hits = find_hits(document, rules, units_of(document))
    return sum(bool(hits.of(concept)) for concept in rules.ruleset.notice) >= _LIKE_A_NOTICE

"""Advice on rule packs: what loads but is unfinished, unused, untested or slow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import regex

from privaudit.errors import Fault
from privaudit.match.coverage import lacking, lacks_words, sought_by
from privaudit.match.pattern import IT, Patterns, translate
from privaudit.match.shape import shape_of
from privaudit.model import OUTCOMES, Kind, Outcome
from privaudit.rulepack.fact_words import FactWords
from privaudit.rulepack.growth import growth_of
from privaudit.rulepack.layout import layout_of, shown
from privaudit.rulepack.schema import ANYWHERE, Place, Rule, RuleSet, WordEntry
from privaudit.rulepack.syntax import cut
from privaudit.rulepack.used import unmatched

# How many examples of each side a rule of a pack has in each language; a private rule may do with one.
_WANTED_EXAMPLES = 4
_GAP = regex.compile(" \u2026\\d{0,2} ")


def check_patterns(ruleset: RuleSet, sound: Path | None = None) -> tuple[Fault, ...]:
    """A fault for each word that is no pattern, or that no text can match. Compiles all patterns, so takes seconds.

    Words below the folder `sound` are taken to be patterns.
    """
    faults = []
    patterns = Patterns()
    known: dict[str, bool] = {}
    for _, _, entry in _entries(ruleset):
        path = entry.place.path
        if sound is not None:
            if path not in known:
                known[path] = _below(path, sound)
            if known[path]:
                continue
        written = entry.pattern if entry.pattern is not None else entry.link
        if written is None:
            continue
        source = translate(written)
        try:
            patterns.compiled(source, entry.exact)
        except (regex.error, RecursionError, OverflowError, ValueError) as error:
            faults.append(
                _fault(entry.place, f"'{_written(entry)}' is no pattern: {error}; put a backslash before special signs")
            )
            continue
        if "\u2026" in source and entry.pattern is not None:
            message = f"'{_written(entry)}' never matches: a gap is ' \u2026 ', with spaces, between words"
            faults.append(_fault(entry.place, message))
    return tuple(faults)


def lint(
    ruleset: RuleSet, packs: Iterable[Path], wanted: Path | None, facts: FactWords | None = None
) -> tuple[Fault, ...]:
    """Advice on a rule set that was loaded with its examples, and on the words of facts, by file and line.

    `packs` are the folders that it was loaded from; `wanted` limits the advice to one of them, or to a folder or file.
    """
    packs = list(packs)
    found = [
        *_on_rules(ruleset),
        *_on_limits(ruleset),
        *_on_examples(ruleset, packs),
        *_on_grades(ruleset),
        *_on_concepts(ruleset),
        *_on_words(ruleset),
        *_on_words(ruleset._replace(words=facts.words if facts else {})),
        *_on_languages(ruleset, packs),
    ]
    found += [
        _fault(
            entry.place, f"'{_written(entry)}' matches in no {_language(ruleset, code)} example; add one or delete it"
        )
        for code, entry in unmatched(ruleset)
    ]
    return tuple(fault for fault in sorted(set(found)) if wanted is None or _below(fault.path, wanted))


def _fault(place: Place, message: str) -> Fault:
    return Fault(place.path, place.line, place.column, message)


def _below(path: str, wanted: Path) -> bool:
    return Path(path).resolve().is_relative_to(wanted.resolve())


def _entries(ruleset: RuleSet) -> Iterator[tuple[str, str, WordEntry]]:
    for code, concepts in ruleset.words.items():
        for concept, entries in concepts.items():
            for entry in entries:
                yield code, concept, entry


def _written(entry: WordEntry) -> str:
    if entry.article is not None:
        parts = (entry.article.article, entry.article.paragraph, entry.article.letter)
        return "article " + ".".join(str(part) for part in parts if part is not None)
    return cut(entry.pattern if entry.pattern is not None else f"link {entry.link}")


def _language(ruleset: RuleSet, code: str) -> str:
    if code == ANYWHERE:
        return "other"
    return ruleset.languages[code].name if code in ruleset.languages else code


# -- rules


def _on_rules(ruleset: RuleSet) -> Iterator[Fault]:
    for rule in ruleset.rules:
        if rule.title == rule.id.replace("-", " "):
            yield _fault(rule.place, f"rule '{rule.id}' has no title; write a 'title' for readers")
        if not rule.references:
            yield _fault(rule.place, f"rule '{rule.id}' has no references; name the article, judgment or house rule")
        for key, text in (("why", rule.why), ("remedy", rule.remedy)):
            if not text:
                yield _fault(rule.place, f"rule '{rule.id}' has no '{key}'; tell readers {_TELLS[key]}")
        for outcome in _findings(rule):
            if outcome not in rule.messages:
                yield _fault(
                    rule.place, f"rule '{rule.id}' has no message for '{outcome}'; write a sentence in 'messages'"
                )


def _on_limits(ruleset: RuleSet) -> Iterator[Fault]:
    """Languages that a rule names itself, and in which no text can ever fulfil it."""
    for rule in ruleset.rules:
        for code in rule.languages:
            if missing := _missing(rule, ruleset, code):
                names = " or ".join(f"'{name}'" for name in sorted(missing))
                yield _fault(
                    rule.place,
                    f"rule '{rule.id}' can find nothing in {_language(ruleset, code)}, which has no words for {names}; "
                    f"add some to words/{code} or leave '{code}' out of 'languages'",
                )


def _missing(rule: Rule, ruleset: RuleSet, code: str) -> frozenset[str]:
    """Concepts without words in a language, for want of which the rule can come to no verdict there."""
    concepts = _concepts(ruleset, code)
    return frozenset().union(*(lacking(condition, concepts) for condition in sought_by(rule)))


_TELLS = {"why": "why it matters", "remedy": "what to write instead"}


def _findings(rule: Rule) -> list[Outcome]:
    """The outcomes that may be findings."""
    outcomes = {line.outcome for line in rule.severity if line.level is not None}
    outcomes |= {line.outcome for line in rule.stance if line.level is not None}
    return [outcome for outcome in OUTCOMES[rule.kind] if outcome in outcomes]


def _positive(rule: Rule) -> frozenset[Outcome]:
    if rule.kind is Kind.DISCLOSURE:
        return frozenset((Outcome.PRESENT, Outcome.PARTIAL))
    if rule.kind is Kind.PRACTICE:
        return frozenset((Outcome.FOUND,))
    relied_on = any(line.outcome is Outcome.RELIED_ON for line in rule.stance)
    return frozenset((Outcome.RELIED_ON if relied_on else Outcome.MENTIONED,))


def _on_examples(ruleset: RuleSet, packs: Sequence[Path]) -> Iterator[Fault]:
    counts: Counter[tuple[str, str, bool]] = Counter()
    positive = {rule.id: _positive(rule) for rule in ruleset.rules}
    for example in ruleset.examples:
        counts[example.rule, example.language, example.outcome in positive[example.rule]] += 1
    private = {shown(path) for pack in packs if not (layout := layout_of(pack)).named for path in layout.rules}
    for rule in ruleset.rules:
        least = 1 if rule.place.path in private else _WANTED_EXAMPLES
        for code in _spoken(rule, ruleset):
            for side, name in ((True, "positive"), (False, "negative")):
                count = counts[rule.id, code, side]
                if count < least:
                    had = f"{count or 'no'} {name} {_language(ruleset, code)} example{'' if count == 1 else 's'}"
                    yield _fault(rule.place, f"rule '{rule.id}' has {had}; at least {least} should show it at work")


def _on_grades(ruleset: RuleSet) -> Iterator[Fault]:
    """Steps of scales that no example shows in a language."""
    shown_at = {(example.rule, example.language, example.grade) for example in ruleset.examples}
    for rule in ruleset.rules:
        for line in rule.grades:
            for code in _spoken(rule, ruleset):
                if (rule.id, code, line.id) not in shown_at:
                    told = f"grade '{line.id}' of '{rule.id}' has no {_language(ruleset, code)} example"
                    yield _fault(rule.place, f"{told}; at least one should show it")


def _spoken(rule: Rule, ruleset: RuleSet) -> list[str]:
    """The covered languages that the rule has words for. A fact that no word says needs no more than one."""
    codes = [code for code in ruleset.covered if not rule.languages or code in rule.languages]
    if rule.detect is not None:
        return codes[:1]
    return [code for code in codes if not lacks_words(rule, _concepts(ruleset, code))]


# -- words


def _on_concepts(ruleset: RuleSet) -> Iterator[Fault]:
    used_by: dict[str, set[str] | None] = dict.fromkeys(ruleset.notice)
    for region in ruleset.regions:
        used_by.update(dict.fromkeys((*region.opened_by, *region.heading, *region.unless)))
    for rule in ruleset.rules:
        for name in rule.concepts():
            if not rule.languages:
                used_by[name] = None
            elif (codes := used_by.setdefault(name, set())) is not None:
                codes.update(rule.languages)
    told = {(name, code) for rule in ruleset.rules for code in rule.languages for name in _missing(rule, ruleset, code)}
    governed = {name for rule in ruleset.rules for line in rule.stance if line.when for name in line.when.concepts()}
    for code, concepts in ruleset.words.items():
        for name, entries in concepts.items():
            if not entries:
                continue
            place = entries[0].place
            if name not in used_by:
                yield _fault(
                    place, f"concept '{name}' is used by no rule, region or notice; use it or delete its words"
                )
                continue
            if name not in governed and any(entry.governs for entry in entries):
                governing = next(entry for entry in entries if entry.governs)
                yield _fault(governing.place, f"'{{it}}' in '{name}', which no stance asks; leave '{{it}}' out")
            limited = used_by[name]
            for other in ruleset.covered:
                known = _has(ruleset, name, other) or _has(ruleset, name, ANYWHERE)
                asked = (limited is None or other in limited) and (name, other) not in told
                if asked and not known and code in ruleset.covered:
                    yield _fault(
                        place, f"concept '{name}' has no {_language(ruleset, other)} words; add some to words/{other}"
                    )


def _concepts(ruleset: RuleSet, code: str) -> frozenset[str]:
    return frozenset(name for name, entries in ruleset.words_in(code).items() if entries)


def _has(ruleset: RuleSet, concept: str, code: str) -> bool:
    return bool(ruleset.words.get(code, {}).get(concept))


def _on_words(ruleset: RuleSet) -> Iterator[Fault]:
    seen: dict[tuple[str, str, object], Place] = {}
    for code, concept, entry in _entries(ruleset):
        first = seen.setdefault((code, concept, (entry.pattern, entry.article, entry.link, entry.exact)), entry.place)
        if first is not entry.place:
            where = f"{first.path}:{first.line}"
            yield _fault(entry.place, f"'{_written(entry)}' stands in '{concept}' already ({where}); delete one")
        if entry.pattern is None:
            continue
        grows = growing(entry.pattern, entry.exact)
        if grows:
            yield _fault(entry.place, f"'{_written(entry)}' grows faster than the text: {grows}")
        shape = shape_of(translate(entry.pattern))
        # Numbers have no letters: a postal code is known by its digits alone.
        if not shape.anchors and not entry.governs and r"\d" not in entry.pattern:
            yield _fault(
                entry.place,
                f"'{_written(entry)}' has no fixed letters, which makes it slow; add a word that must stand",
            )


def growing(pattern: str, exact: bool = False) -> str:
    """What makes a word as written grow faster than the text, as `growth_of` says it."""
    return growth_of(_GAP.sub(" ", pattern).replace("{it}", IT), exact)


def _on_languages(ruleset: RuleSet, packs: Iterable[Path]) -> Iterator[Fault]:
    for pack in packs:
        layout = layout_of(pack)
        for code, path in layout.languages if layout.named else ():
            if code not in ruleset.covered:
                message = f"language '{code}' is not among the 'languages' of pack.yaml, so no text in it is judged"
                yield Fault(shown(path), 1, 1, message)

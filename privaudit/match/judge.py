"""Verdicts: one for each rule, with the reason and the passages that bear it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from privaudit.document import Span
from privaudit.fingerprint import fingerprint
from privaudit.match.conditions import Evaluator, Filter, Ground
from privaudit.match.coverage import Coverage, lacks_words, proven
from privaudit.match.dates import relied_on
from privaudit.match.detect import detect
from privaudit.match.evidence import evidence_of, with_fingerprints
from privaudit.match.grade import grade_of
from privaudit.match.hits import Hit
from privaudit.match.nearmiss import near_misses
from privaudit.match.stance import Mention, mentions
from privaudit.match.telling import telling, topic_headings
from privaudit.match.unseen import told_of_hidden
from privaudit.match.vocabulary import Vocabulary
from privaudit.model import Evidence, Kind, Outcome, Severity, Verdict
from privaudit.rulepack.schema import Condition, Rule, Scope, StanceLine

_ANYWHERE = Filter()
_FOREIGN = "named in a language that the rules do not cover"
_SILENT = {
    Kind.DISCLOSURE: Outcome.NOT_APPLICABLE,
    Kind.OUTDATED: Outcome.ABSENT,
    Kind.PRACTICE: Outcome.ABSENT,
}


class Judge:
    """Judges the rules of a set on one document; rules must come after those that they require or yield to.

    `names` are those of languages by code. `shared` are concepts that so many rules use that a hit of them alone shows
    no closeness to any. `phrases` say concepts and regions in words for readers. `audience` is the readers' country
    where it is known.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        coverage: Coverage,
        vocabularies: Mapping[str, Vocabulary],
        names: Mapping[str, str],
        as_of: date,
        shared: frozenset[str],
        phrases: Mapping[str, str],
        audience: str | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.coverage = coverage
        self.vocabularies = vocabularies
        self.names = names
        self.as_of = as_of
        self.shared = shared
        self.phrases = phrases
        self.audience = audience
        self.verdicts: dict[str, Verdict] = {}
        self._reported: dict[str, frozenset[int]] = {}

    def judge(self, rule: Rule) -> Verdict:
        """The verdict of one rule, kept for the rules that depend on it."""
        verdict = self._verdict(rule)
        failures = self.evaluator.hits.failed
        if failures and (failed := _failed(rule, failures)):
            because = f"the search for {', '.join(failed)} ran out of time"
            verdict = self._make(rule, Outcome.INCONCLUSIVE, because=because)
        evidence = with_fingerprints(rule.id, verdict.evidence)
        whole = fingerprint(rule.id, *(one.fingerprint for one in evidence))
        verdict = verdict._replace(evidence=evidence, fingerprint=whole)
        if rule.grades:
            grade = grade_of(rule, verdict, self.evaluator, self.coverage, self.vocabularies, self.shared)
            verdict = verdict._replace(grade=grade)
        self.verdicts[rule.id] = verdict
        return verdict

    def _verdict(self, rule: Rule) -> Verdict:
        silent = _SILENT[rule.kind]
        if rule.kind is not Kind.OUTDATED and not rule.in_force.covers(self.as_of):
            because = f"not in force on {self.as_of.isoformat()}"
            return self._make(rule, silent, because=because)._replace(message=f"{rule.title}: {because}.")
        if rule.languages and not set(rule.languages) & {*self.coverage.covered, self.evaluator.document.language.code}:
            return self._make(rule, silent, because="holds for other languages only")
        if rule.countries and self.audience is not None and self.audience not in rule.countries:
            return self._make(rule, silent, because=f"holds for readers in {', '.join(rule.countries)} only")
        because = ""
        for requirement in rule.requires:
            other = self.verdicts.get(requirement.rule)
            if other is None:
                continue
            if other.outcome is Outcome.INCONCLUSIVE:
                return self._make(rule, Outcome.INCONCLUSIVE, because=f"depends on {other.rule}, which is inconclusive")
            if other.outcome not in requirement.outcomes:
                return self._make(rule, silent, because=f"{other.rule} is {other.outcome.value}")
        if rule.applies_when is not None:
            applies, because = self._applies(rule, rule.applies_when)
            if not applies:
                return self._unread(rule) or self._make(rule, silent, because=because)
        if rule.kind is Kind.DISCLOSURE:
            return self._disclosure(rule, because)
        if rule.kind is Kind.OUTDATED:
            return self._outdated(rule, because)
        return self._practice(rule, because)

    # -- the three kinds

    def _disclosure(self, rule: Rule, because: str) -> Verdict:
        which = Filter(frozenset(rule.outside))
        for outcome, condition in ((Outcome.PRESENT, rule.present), (Outcome.PARTIAL, rule.partial)):
            if condition is None:
                continue
            found = self.evaluator.surest(condition, Scope.BLOCK, which)
            if found:
                quoted = self._quoted(telling(self.evaluator, rule, which, found, self.shared))
                verdict = self._make(rule, outcome, because=because, evidence=quoted)
                if outcome is Outcome.PARTIAL and not self.coverage.complete:
                    # The part that was not read may say the rest.
                    return verdict._replace(severity=None, because=self._not_read())
                return verdict if outcome is Outcome.PRESENT else told_of_hidden(verdict, rule, self.evaluator, which)
        inconclusive = self._unread(rule)
        if inconclusive:
            return inconclusive
        line, column = self._place(rule, which)
        verdict = self._make(rule, Outcome.MISSING, because=because)
        misses = near_misses(rule, self.evaluator, which, self.shared, self.phrases)
        verdict = verdict._replace(near_misses=misses, line=line, column=column)
        return told_of_hidden(verdict, rule, self.evaluator, which)

    def _outdated(self, rule: Rule, because: str) -> Verdict:
        if rule.find is None:
            return self._make(rule, Outcome.ABSENT)
        which = Filter(frozenset(rule.outside), hidden=True)
        found = self._mentions(rule.find, which, rule)
        if not found:
            return self._unread(rule) or self._make(rule, Outcome.ABSENT)
        stances: dict[Outcome, list[tuple[Hit, StanceLine | None]]] = {}
        for hit in found:
            code = self._language(hit)
            if code not in self.coverage.covered:
                stances.setdefault(Outcome.INCONCLUSIVE, []).append((hit, None))
                continue
            line = Mention(self.evaluator, hit, self.vocabularies[code]).line(rule.stance)
            stances.setdefault(line.outcome if line else Outcome.MENTIONED, []).append((hit, line))
        outcome = next(one for one in (Outcome.RELIED_ON, Outcome.INCONCLUSIVE, Outcome.MENTIONED) if one in stances)
        if outcome is Outcome.MENTIONED and not self.coverage.complete:
            outcome = Outcome.INCONCLUSIVE
            stances[outcome] = stances[Outcome.MENTIONED]
        evidence = evidence_of(self.evaluator.document, self.evaluator.units, [hit for hit, _ in stances[outcome]])
        if outcome is Outcome.INCONCLUSIVE:
            because = self._not_read() if self.coverage.unread else _FOREIGN
            return self._make(rule, outcome, because=because, evidence=evidence)
        self._reported[rule.id] = frozenset(hit.sentence for hit, _ in stances[outcome])
        severity = self._highest(rule, outcome, [line for _, line in stances[outcome] if line])
        verdict = self._make(rule, outcome, because=because, evidence=evidence, severity=severity, judged=True)
        return relied_on(verdict, rule, self.as_of) if outcome is Outcome.RELIED_ON else verdict

    def _practice(self, rule: Rule, because: str) -> Verdict:
        if rule.detect is not None:
            there, pieces = detect(rule, self.evaluator, self.as_of)
            silent = not self.coverage.complete and (rule.topic or self.coverage.unread)
            if silent and not pieces:
                # It counts, or misses, words that the part that was not read may have in its own language.
                return self._make(rule, Outcome.INCONCLUSIVE, because=self._not_read())
            if there:
                return self._make(rule, Outcome.FOUND, because=because, evidence=pieces)
            return self._make(rule, Outcome.ABSENT)
        if rule.find is None:
            return self._make(rule, Outcome.ABSENT)
        which = Filter(frozenset(rule.outside))
        # That no word of something stands in the text is not known of what was not read.
        grounds = self._grounds(rule.find if self.coverage.complete else proven(rule.find), which)
        covered = self._covered(rule)
        grounds = [one for one in grounds if one.hit.sentence not in covered]
        if not grounds and self._is_negative(rule.find) and self._holds(rule.find, which):
            return self._unread(rule) or self._make(rule, Outcome.FOUND, because=because)
        sentences = frozenset(ground.hit.sentence for ground in grounds)
        contrary: list[Ground] = []
        if rule.against is not None and grounds:
            # One sentence is enough to contradict: the first of the surest part, without what introduces it.
            found = self.evaluator.surest(rule.against, Scope.SENTENCE, which, sentences)
            contrary = [ground for ground in found[0][1] if ground.hit.sentence == found[0][0]] if found else []
        if not grounds or (rule.against is not None and not contrary):
            return self._unread(rule) or self._make(rule, Outcome.ABSENT)
        self._reported[rule.id] = sentences
        return self._make(rule, Outcome.FOUND, because=because, evidence=self._quoted([*grounds, *contrary]))

    # -- parts of a verdict

    def _make(
        self,
        rule: Rule,
        outcome: Outcome,
        *,
        because: str = "",
        evidence: tuple[Evidence, ...] = (),
        severity: Severity | None = None,
        judged: bool = False,
    ) -> Verdict:
        if not judged:
            severity = self._severity(rule, outcome)
        first = evidence[0] if evidence else None
        return Verdict(
            rule=rule.id,
            kind=rule.kind,
            outcome=outcome,
            message=rule.messages.get(outcome) or _MESSAGES[outcome].format(title=rule.title),
            reference=rule.references[0] if rule.references else "",
            group=rule.group,
            severity=severity,
            because=because,
            remedy=rule.remedy,
            evidence=evidence,
            line=first.line if first else 1,
            column=first.column if first else 1,
        )

    def _severity(self, rule: Rule, outcome: Outcome) -> Severity | None:
        for line in rule.severity:
            if line.outcome in (None, outcome) and (line.when is None or self._holds(line.when, _ANYWHERE)):
                return line.level
        return None

    def _highest(self, rule: Rule, outcome: Outcome, lines: list[StanceLine]) -> Severity | None:
        usual = self._severity(rule, outcome)
        levels = [line.level if line.override else usual for line in lines] or [usual]
        return max((level for level in levels if level), key=lambda level: level.rank, default=None)

    def _applies(self, rule: Rule, condition: Condition) -> tuple[bool, str]:
        which = Filter(frozenset(rule.outside))
        scope = condition.within or Scope.DOCUMENT
        for _, grounds in self.evaluator.surest(condition, scope, which):
            # Words that few rules share say most, and of those the longest.
            hit = min(grounds, key=lambda one: (one.concept in self.shared, -len(one.hit.span), one.hit.span)).hit
            place = self.evaluator.document.map.source_span(hit.span)
            line, _ = self.evaluator.document.lines.place(place.start)
            words = self.evaluator.document.text(hit.span).strip()
            return True, f'applies because the text says "{words}", line {line}'
        if self._holds(condition, which):
            return True, ""
        return False, "nothing in the text triggers it"

    def _holds(self, condition: Condition, which: Filter) -> bool:
        """Whether a condition holds of the document; a merely negative one may hold without any hit."""
        scope = condition.within or Scope.DOCUMENT
        if self._is_negative(condition):
            return bool(self.evaluator.holds_in(condition, scope, which))
        return bool(self.evaluator.grounds(condition, scope, which))

    def _is_negative(self, condition: Condition) -> bool:
        """Whether a condition can hold without any hit."""
        if condition.op == "concept":
            return False
        if condition.op == "not":
            return True
        some = [self._is_negative(part) for part in condition.parts]
        return all(some) if condition.op == "all" else any(some)

    def _grounds(self, condition: Condition, which: Filter) -> list[Ground]:
        return [ground for _, grounds in self.evaluator.grounds(condition, Scope.BLOCK, which) for ground in grounds]

    def _mentions(self, condition: Condition, which: Filter, rule: Rule) -> list[Hit]:
        covered = self._covered(rule)
        subjects = _subjects(condition)
        return mentions(
            [
                ground.hit
                for ground in self._grounds(condition, which)
                if ground.concept in subjects
                and (ground.headings_count or ground.hit.sentence not in self.evaluator.units.heading)
                and ground.hit.sentence not in covered
            ]
        )

    def _covered(self, rule: Rule) -> frozenset[int]:
        """The sentences that rules of `covered_by` have reported."""
        return frozenset().union(*(self._reported.get(other, frozenset()) for other in rule.covered_by))

    def _quoted(self, grounds: list[Ground]) -> tuple[Evidence, ...]:
        heading = self.evaluator.units.heading
        body = [ground.hit for ground in grounds if ground.hit.sentence not in heading or ground.headings_count]
        return evidence_of(self.evaluator.document, self.evaluator.units, set(body))

    def _language(self, hit: Hit) -> str:
        return self.evaluator.document.languages[self.evaluator.units.block_of[hit.sentence]] or ""

    def _unread(self, rule: Rule) -> Verdict | None:
        """An inconclusive verdict where the silence of the text proves nothing, else None."""
        if not self.coverage.complete:
            return self._make(rule, Outcome.INCONCLUSIVE, because=self._not_read())
        for code in self.coverage.covered:
            if lacks_words(rule, self.vocabularies[code]):
                return self._make(rule, Outcome.INCONCLUSIVE, because=f"the rule has no words for {self._name(code)}")
        return None

    def _not_read(self) -> str:
        gaps = (*map(self._name, self.coverage.uncovered), *self.coverage.unread)
        return f"not all of the text could be read: {', '.join(gaps)}"

    def _name(self, code: str | None) -> str:
        return self.names.get(code, code) if code else "unknown language"

    def _place(self, rule: Rule, which: Filter) -> tuple[int, int]:
        """Where a missing disclosure would belong: the first heading of its topic, else the start."""
        spans = [hit.span for hit in topic_headings(self.evaluator, rule, which)]
        if not spans:
            return 1, 1
        first = min(spans)
        sentence = next(one.span for one in self.evaluator.units.sentences if one.span.holds(first))
        place = self.evaluator.document.map.source_span(Span(sentence.start, sentence.end))
        return self.evaluator.document.lines.place(place.start)


def _failed(rule: Rule, failures: set[str]) -> list[str]:
    """What a rule's outcome looks at and the search did not come to an end with."""
    rule = rule.without_grades()
    return sorted((rule.concepts() | rule.regions()) & failures)


def _subjects(condition: Condition) -> frozenset[str]:
    """The concepts that name what is looked for: of an `all`, those of its first part; the others say where."""
    if condition.op == "concept":
        return frozenset({condition.name})
    if condition.op == "all":
        return next((_subjects(part) for part in condition.parts if part.op != "not"), frozenset())
    if condition.op == "not":
        return frozenset()
    return frozenset().union(*(_subjects(part) for part in condition.parts))


_MESSAGES = {
    Outcome.PRESENT: "{title}: disclosed.",
    Outcome.PARTIAL: "{title}: only partly disclosed.",
    Outcome.MISSING: "{title}: not disclosed.",
    Outcome.NOT_APPLICABLE: "{title}: does not apply.",
    Outcome.RELIED_ON: "{title}: relied on, though no longer valid.",
    Outcome.MENTIONED: "{title}: mentioned only.",
    Outcome.FOUND: "{title}.",
    Outcome.ABSENT: "{title}: not found.",
    Outcome.INCONCLUSIVE: "{title}: could not be judged.",
}

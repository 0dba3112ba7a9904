"""How specific a disclosure is: the first step of its rule's scale that some passage of the document reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from privaudit.match.conditions import Evaluator, Filter
from privaudit.match.coverage import Coverage, lacking
from privaudit.match.evidence import evidence_of
from privaudit.match.telling import telling
from privaudit.match.vocabulary import Vocabulary
from privaudit.model import Evidence, Grade, Outcome, Verdict
from privaudit.rulepack.schema import GradeLine, Rule, Scope


def grade_of(
    rule: Rule,
    verdict: Verdict,
    evaluator: Evaluator,
    coverage: Coverage,
    vocabularies: Mapping[str, Vocabulary],
    shared: frozenset[str],
) -> Grade | None:
    """The grade of a disclosure that is made, with the passage that says most; None where none can be told.

    What was not read, or was searched for in vain since the time was up or a language has no words for it, might reach
    a better step. Then only the best of all is certain.
    """
    if verdict.outcome not in (Outcome.PRESENT, Outcome.PARTIAL):
        return None
    for line in rule.grades:
        if line.outcome not in (None, verdict.outcome):
            continue
        passage = _passage(rule, line, verdict, evaluator, shared)
        if passage:
            return Grade(line.id, line.title, line.weak, passage)
        if not coverage.complete or not _sought(line, evaluator, (vocabularies[code] for code in coverage.covered)):
            return None
    return None


def _passage(
    rule: Rule, line: GradeLine, verdict: Verdict, evaluator: Evaluator, shared: frozenset[str]
) -> tuple[Evidence, ...]:
    """The first of the passages that say most; without a condition it bears the verdict. Empty where there is none."""
    if line.when is None:
        return verdict.evidence[:1]
    which = Filter(frozenset(rule.outside))
    found = evaluator.surest(line.when, Scope.BLOCK, which)
    if not found:
        return ()
    hits = {ground.hit for ground in telling(evaluator, rule, which, found, shared)}
    return evidence_of(evaluator.document, evaluator.units, hits)[:1]


def _sought(line: GradeLine, evaluator: Evaluator, vocabularies: Iterable[Vocabulary]) -> bool:
    """Whether a step that no passage reaches was looked for in all words, and in each language."""
    if line.when is None:
        return True
    failed = evaluator.hits.failed
    if failed and not failed.isdisjoint(line.when.concepts() | line.when.regions()):
        return False
    return not any(lacking(line.when, words) for words in vocabularies)

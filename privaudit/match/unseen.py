"""Disclosures that stand nowhere but in text that a page hides: they tell readers nothing, and a report says so."""

from __future__ import annotations

from privaudit.match.conditions import Evaluator, Filter
from privaudit.match.evidence import evidence_of
from privaudit.model import Evidence, NearMiss, Outcome, Verdict
from privaudit.rulepack.schema import Condition, Rule, Scope


def told_of_hidden(verdict: Verdict, rule: Rule, evaluator: Evaluator, which: Filter) -> Verdict:
    """A verdict on a disclosure that is missing or partial, which says where hidden text holds what is lacking.

    A missing one belongs at that text, which is its nearest miss.
    """
    if not any(block.hidden for block in evaluator.document.blocks):
        return verdict
    if rule.present and (found := _hidden(rule.present, evaluator, which)):
        said = "In full it stands" if verdict.outcome is Outcome.PARTIAL else "It stands"
    elif verdict.outcome is Outcome.MISSING and rule.partial and (found := _hidden(rule.partial, evaluator, which)):
        said = "In part it stands"
    else:
        return verdict
    verdict = verdict._replace(message=f"{verdict.message} {said} only in text that the page hides.")
    if verdict.outcome is Outcome.PARTIAL:
        return verdict
    nearest = NearMiss(found[0], ("to be shown",))
    misses = (nearest, *verdict.near_misses[:1])
    return verdict._replace(near_misses=misses, line=found[0].line, column=found[0].column)


def _hidden(condition: Condition, evaluator: Evaluator, which: Filter) -> tuple[Evidence, ...]:
    """The passages of the first stretch of hidden text in which a condition holds by itself."""
    blocks, units = evaluator.document.blocks, evaluator.units
    for _, grounds in evaluator.grounds(condition, Scope.BLOCK, which._replace(hidden=True)):
        hits = [ground.hit for ground in grounds if ground.headings_count or ground.hit.sentence not in units.heading]
        # A word of a hidden menu may go with any that is shown: that is no disclosure.
        if all(blocks[units.block_of[hit.sentence]].hidden for hit in hits):
            return evidence_of(evaluator.document, units, hits)
    return ()

"""Which of the passages through which a disclosure holds are quoted: those that say most."""

from __future__ import annotations

from privaudit.match.conditions import Evaluator, Filter, Ground
from privaudit.match.hits import Hit
from privaudit.rulepack.schema import Rule, Scope

# A disclosure said all over a document is shown by this many passages.
_MOST_EVIDENCE = 4


def telling(
    evaluator: Evaluator, rule: Rule, which: Filter, found: list[tuple[int, list[Ground]]], shared: frozenset[str]
) -> list[Ground]:
    """Of each unit the sentence that says most, and of all units those that say most.

    Words that many rules share, such as those for personal data, tell less than a rule's own. Where too many passages
    say as much, those under a heading of the rule's topic come first.
    """

    def weight(told: tuple[int, list[Ground]]) -> tuple[bool, int, int, int]:
        """How much a sentence says through its grounds; a question says least, and of equals the first one more."""
        sentence, grounds = told
        concepts = {ground.concept for ground in grounds}
        states = evaluator.document.shadow[evaluator.units.sentences[sentence].span.end - 1] != "?"
        return states, len(concepts - shared), len(concepts), -sentence

    best: list[tuple[int, list[Ground]]] = []
    for _, grounds in found:
        sentences: dict[int, list[Ground]] = {}
        for ground in grounds:
            if ground.headings_count or ground.hit.sentence not in evaluator.units.heading:
                sentences.setdefault(ground.hit.sentence, []).append(ground)
        best.append(max(sentences.items(), key=weight))
    most = max(weight(one)[:2] for one in best)
    best = [one for one in best if weight(one)[:2] == most]
    if len(best) > _MOST_EVIDENCE:
        topical = {hit.sentence for hit in topic_headings(evaluator, rule, which)}
        best.sort(key=lambda one: (_is_under(evaluator, one[0], topical), weight(one)), reverse=True)
    return [ground for _, inside in best[:_MOST_EVIDENCE] for ground in inside]


def topic_headings(evaluator: Evaluator, rule: Rule, which: Filter) -> list[Hit]:
    """The hits in headings that show the rule's subject."""
    headings = evaluator.units.heading
    return [hit for name in rule.topic for hit in evaluator.hits_of(name, which) if hit.sentence in headings]


def _is_under(evaluator: Evaluator, sentence: int, headings: set[int]) -> bool:
    units = evaluator.units
    return any(not headings.isdisjoint(units.context(Scope.BLOCK, home)) for home in units.own(sentence, Scope.BLOCK))

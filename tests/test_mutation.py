"""Take the complete sample, delete the passage of one element, and exactly that element goes missing."""

import re
from datetime import date
from pathlib import Path

import pytest

from privaudit.engine import CompiledRules, audit
from privaudit.language import annotate
from privaudit.model import Kind, Outcome
from privaudit.read import read_document
from privaudit.rulepack.load import load_rules, pack_folders

SAMPLE = Path(__file__).parent.parent / "samples" / "complete.md"
PASSAGE = re.compile(r"<!-- passage: ([a-z0-9-]+) -->\n(?:.+\n)+")
ELEMENTS = PASSAGE.findall(SAMPLE.read_text(encoding="utf-8"))
DAY = date(2026, 11, 24)

# What falls with an element: its condition is gone with the passage, so it no longer applies.
DEPENDENTS = {
    "art13-1-f-transfers": {"art13-1-f-safeguards", "art13-1-f-copy"},
    "art13-1-f-safeguards": {"art13-1-f-copy"},
}
# What stays partial, since the sample speaks of it in passing elsewhere: the officer's address is a way to reach the
# controller, and the withdrawal of consent and the right to object name grounds without offering them as the basis.
LEFT_OVER = {"art13-1-a-contact": Outcome.PARTIAL, "art13-1-c-legal-basis": Outcome.PARTIAL}


@pytest.fixture(scope="module")
def rules() -> CompiledRules:
    return CompiledRules(load_rules(pack_folders([]), {"en"}))


def outcomes(text: str, rules: CompiledRules) -> dict[str, Outcome]:
    document = annotate(read_document("complete.md", text.encode()), rules.ruleset.languages)
    verdicts = audit(document, rules, DAY)
    return {verdict.rule: verdict.outcome for verdict in verdicts if verdict.kind is Kind.DISCLOSURE}


def test_the_sample_has_a_passage_for_each_element_that_applies(rules: CompiledRules) -> None:
    found = outcomes(SAMPLE.read_text(encoding="utf-8"), rules)
    applying = {rule for rule, outcome in found.items() if outcome is not Outcome.NOT_APPLICABLE}
    assert set(ELEMENTS) == applying
    assert all(found[element] is Outcome.PRESENT for element in ELEMENTS)


@pytest.mark.parametrize("element", ELEMENTS)
def test_without_its_passage_an_element_is_missing_and_nothing_else(element: str, rules: CompiledRules) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    without = PASSAGE.sub(lambda found: "" if found[1] == element else found[0], text)
    before, after = outcomes(text, rules), outcomes(without, rules)
    changed = {rule for rule in after if after[rule] is not before[rule]}
    assert after[element] is LEFT_OVER.get(element, Outcome.MISSING)
    assert changed - {element} <= DEPENDENTS.get(element, set())
    assert all(after[rule] is Outcome.NOT_APPLICABLE for rule in changed - {element})

"""Verdicts do not depend on text without any rule word, and every quote is the exact slice of its source."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privaudit.document import Document
from privaudit.engine import CompiledRules, audit
from privaudit.language import annotate
from privaudit.model import Evidence, Outcome, Verdict
from privaudit.read import read_document
from privaudit.rulepack.load import load_rules, pack_folders

SAMPLES = sorted((Path(__file__).parent.parent.parent / "samples").iterdir())
DAY = date(2026, 11, 24)
# Sentences about nothing that a rule looks for.
NEUTRAL = [
    "The heron stood at the edge of the pond and looked at the frost on the reeds.",
    "Snow fell on the hills in the morning, and the river was quiet.",
    "A grey cat slept below the old bench while the bells were ringing.",
]


@cache
def rules() -> CompiledRules:
    return CompiledRules(load_rules(pack_folders([])))


def judged(name: str, text: str) -> tuple[Document, tuple[Verdict, ...]]:
    document = annotate(read_document(name, text.encode()), rules().ruleset.languages)
    return document, audit(document, rules(), DAY)


def pieces(verdict: Verdict) -> list[Evidence]:
    return [*verdict.evidence, *(miss.evidence for miss in verdict.near_misses)]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_quote_is_the_slice_of_its_source(path: Path) -> None:
    document, verdicts = judged(path.name, path.read_text(encoding="utf-8"))
    for verdict in verdicts:
        for piece in pieces(verdict):
            assert piece.quote == document.source[piece.start : piece.end]
            assert document.lines.place(piece.start) == (piece.line, piece.column)
            assert document.lines.place(piece.end) == (piece.end_line, piece.end_column)
            assert all(piece.start <= start < end <= piece.end for start, end in piece.marks)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["complete.md", "privacy-shield-relied.md"]), st.sampled_from(NEUTRAL), st.data())
def test_a_paragraph_without_any_rule_word_changes_no_verdict(name: str, neutral: str, data: st.DataObject) -> None:
    path = next(path for path in SAMPLES if path.name == name)
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    at = data.draw(st.integers(2, len(paragraphs)))
    # Not between a list and the sentence that introduces it.
    if paragraphs[at - 1].rstrip().endswith(":") or paragraphs[at - 1].startswith("<!--"):
        at = len(paragraphs)
    longer = "\n\n".join([*paragraphs[:at], neutral, *paragraphs[at:]])
    _, before = judged(name, path.read_text(encoding="utf-8"))
    _, after = judged(name, longer)
    assert [(one.rule, one.outcome, one.severity) for one in before] == [
        (one.rule, one.outcome, one.severity) for one in after
    ]


def test_a_document_in_an_uncovered_language_is_inconclusive_and_never_missing() -> None:
    text = (
        "Tämä seloste kertoo, miten käsittelemme henkilötietoja verkkokaupassamme. Keräämme nimesi ja osoitteesi, kun "
        "teet tilauksen, ja käytämme niitä tilauksen toimittamiseen. Säilytämme tiedot kuusi vuotta lain mukaan."
    )
    _, verdicts = judged("seloste.md", "\n\n".join([text] * 4))
    assert {verdict.outcome for verdict in verdicts if verdict.kind.value == "disclosure"} == {Outcome.INCONCLUSIVE}


def test_a_part_in_an_uncovered_language_makes_silence_inconclusive_and_keeps_what_was_found() -> None:
    finnish = (
        "Tämä seloste kertoo, miten käsittelemme henkilötietoja verkkokaupassamme. Keräämme nimesi ja osoitteesi, kun "
        "teet tilauksen, ja käytämme niitä tilauksen toimittamiseen. Säilytämme tiedot kuusi vuotta lain mukaan. "
        "Sinulla on oikeus tarkastaa itseäsi koskevat tiedot ja vaatia virheen korjaamista."
    )
    english = "You may lodge a complaint with the supervisory authority if you think that we break the law. " * 4
    _, verdicts = judged("notice.md", f"{english}\n\n{finnish}\n\n{english}\n")
    outcomes = {verdict.rule: verdict.outcome for verdict in verdicts}
    assert outcomes["art13-2-d-complaint"] is Outcome.PRESENT
    assert outcomes["art13-2-b-portability"] is Outcome.INCONCLUSIVE
    assert Outcome.MISSING not in outcomes.values()

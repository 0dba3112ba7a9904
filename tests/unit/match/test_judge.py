"""Scopes, regions, conditions and their reasons, on small packs and texts."""

from datetime import date
from pathlib import Path

import pytest

from privaudit.engine import CompiledRules, audit, search
from privaudit.engine import judge as judge_all
from privaudit.language import annotate
from privaudit.model import Kind, Verdict
from privaudit.read import read_document
from privaudit.rulepack.load import load_languages, load_rules, pack_folders
from privaudit.rulepack.schema import Condition, Place, Rule, RuleSet

HEAD = "title: T\nkind: {kind}\nreferences: [GDPR Art. 13]\nseverity: error\nwhy: w\nremedy: r\n"
WORDS = """
words:
  en:
    apple: [apples?]
    pear: [pears?]
    plum: [plums?]
    opening: [information on]
    elsewhere: [California]
    named: [GDPR]
    article: [{article: 21}, {article: 6.1.f}]
    site: [{link: example\\.org}]
    old: [Shield]
    ended: ['{it} …3 ended']
    relied: ['rely on …3 {it}']
"""


def judge(tmp_path: Path, rule: str, text: str, kind: str = "disclosure", shared: str = "") -> Verdict:
    pack = tmp_path / "pack"
    (pack / "rules").mkdir(parents=True, exist_ok=True)
    (pack / "pack.yaml").write_text("id: p\nversion: 1\nlaw: L\nlanguages: [en]\nreviewed: 2026-01-01\n")
    if shared:
        (pack / "shared.yaml").write_text(shared)
    (pack / "rules" / "a-rule.yaml").write_text("id: a-rule\n" + HEAD.format(kind=kind) + rule + WORDS)
    folders = pack_folders([pack])
    compiled = CompiledRules(load_rules(folders))
    document = annotate(read_document("x.md", text.encode()), load_languages(folders), "en")
    verdicts = audit(document, compiled, date(2026, 11, 24))
    return next(verdict for verdict in verdicts if verdict.rule == "a-rule")


@pytest.mark.parametrize(
    ("scope", "text", "outcome"),
    [
        ("sentence", "Apples and pears.", "present"),
        ("sentence", "Apples are here. Pears are there.", "missing"),
        ("sentence", "Here are apples:\n\n* pears\n* plums\n", "present"),
        ("sentence", "| Apples | Nuts |\n|---|---|\n| pears | x |\n", "present"),
        ("sentence", "| Apples | Nuts |\n|---|---|\n| x | pears |\n", "missing"),
        ("block", "Apples are here. Pears are there.", "present"),
        ("block", "Apples.\n\nPears.", "missing"),
        ("block", "Here is a list:\n\n* apples\n* pears\n", "present"),
        ("block", "# Title\n\n## Apples\n\nPears.\n\n## Nuts\n\nNuts.", "present"),
        ("block", "# Title\n\n## Apples and pears\n\nNuts.\n\n## Nuts\n\nNuts.", "missing"),
        ("section", "# Title\n\n## Fruit\n\nApples.\n\nPears.\n\n## Nuts\n\nNuts.", "present"),
        ("section", "# Title\n\n## Fruit\n\nApples.\n\n## Nuts\n\nPears.", "missing"),
        ("section", "# Title\n\n## Fruit\n\nApples.\n\n### More\n\nPears.\n\n## Nuts\n\nNuts.", "present"),
        ("document", "Apples.\n\nNuts.\n\nPears.", "present"),
    ],
)
def test_scopes(tmp_path: Path, scope: str, text: str, outcome: str) -> None:
    rule = f"present:\n  all: [apple, pear]\n  within: {scope}\n"
    assert judge(tmp_path, rule, text).outcome.value == outcome


@pytest.mark.parametrize(
    ("condition", "text", "outcome"),
    [
        ("{all: [apple, {given: [pear, plum]}]}", "Apples. Pears.", "present"),
        ("{all: [apple, {given: [pear, plum]}]}", "Apples.", "missing"),
        ("{all: [apple, {given: [pear]}], within: sentence}", "Apples. Pears.", "missing"),
        ("{all: [apple, {not: [pear]}]}", "Apples.", "present"),
        ("{all: [apple, {not: [pear]}]}", "Apples. Pears.", "missing"),
        ("{all: [apple, {not: [pear], within: sentence}]}", "Apples. Pears.", "present"),
        ("{all: [apple, {any: [pear], within: document}]}", "Apples.\n\nPears.", "present"),
        ("{any: [apple], near: {of: pear, words: 2}}", "Apples and some pears.", "present"),
        ("{any: [apple], near: {of: pear, words: 2}}", "Apples and then at last some pears.", "missing"),
        ("{any: [apple], headings: counts}", "# Title\n\n## Apples\n\nNuts.\n\n## Nuts\n\nNuts.", "present"),
        ("{any: [article]}", "You may object under Articles 15 to 22.", "present"),
        ("{any: [article]}", "The legal basis is Art. 6(1)(f) GDPR.", "present"),
        ("{any: [article]}", "The legal basis is Art. 6(1)(b) GDPR.", "missing"),
        ("{any: [site]}", "See [the site](https://www.example.org/x).", "present"),
        ("{any: [site]}", "See the text about example dot org.", "missing"),
    ],
)
def test_operators(tmp_path: Path, condition: str, text: str, outcome: str) -> None:
    assert judge(tmp_path, f"present: {condition}\n", text).outcome.value == outcome


REGIONS = """
regions:
  reply: {opened_by: [opening], takes: rest}
  abroad: {heading: [elsewhere], takes: section, unless: [named]}
"""


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("You may ask for information on apples.", "missing"),
        ("Apples are red, and you may ask for information on pears.", "present"),
        ("You may ask for information on:\n\n* apples\n* pears\n", "missing"),
        ("# Title\n\n## California\n\nApples.\n\n## Nuts\n\nNuts.", "missing"),
        ("# Title\n\n## California and GDPR\n\nApples.\n\n## Nuts\n\nNuts.", "present"),
        ("# Title\n\n## California\n\nNuts.\n\n## Fruit\n\nApples.", "present"),
    ],
)
def test_hits_inside_a_region_do_not_exist(tmp_path: Path, text: str, outcome: str) -> None:
    rule = "outside: [reply, abroad]\npresent: {any: [apple]}\n"
    assert judge(tmp_path, rule, text, shared=REGIONS).outcome.value == outcome


def test_a_missing_disclosure_shows_what_came_close_and_what_it_lacks(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "present: {all: [apple, pear]}\n", "Nuts.\n\nWe sell apples.\n\nNuts.")
    assert [(miss.evidence.quote, miss.lacks) for miss in verdict.near_misses] == [("We sell apples.", ("pear",))]


def test_a_heading_of_a_menu_over_nearly_everything_parts_nothing_off(tmp_path: Path) -> None:
    rule = "outside: [abroad]\npresent: {any: [apple]}\n"
    shared = "regions: {abroad: {heading: [elsewhere], takes: section}}\n"
    text = "We sell apples, nuts and other things to people everywhere.\n"
    menu = f"# Notice\n\n## Home\n\n## California\n\n{text}"
    assert judge(tmp_path, rule, menu, shared=shared).outcome == "present"
    assert judge(tmp_path, rule, f"# California\n\n{text}", shared=shared).outcome == "missing"
    section = f"# Notice\n\n## All\n\nWe sell nuts.\n\n## States\n\n### West\n\n#### California\n\n{text}"
    assert judge(tmp_path, rule, section + f"\n## Rest\n\n{'Nuts. ' * 30}", shared=shared).outcome == "missing"


def test_what_a_passage_lacks_is_said_as_the_pack_names_it(tmp_path: Path) -> None:
    shared = "names:\n  pear: a pear or two\n"
    verdict = judge(tmp_path, "present: {all: [apple, pear]}\n", "Apples are here.", shared=shared)
    assert verdict.near_misses[0].lacks == ("a pear or two",)


def test_a_passage_inside_a_region_is_shown_as_close(tmp_path: Path) -> None:
    rule = "outside: [reply]\npresent: {any: [apple]}\n"
    verdict = judge(tmp_path, rule, "Ask for information on apples.", shared=REGIONS)
    assert [miss.lacks for miss in verdict.near_misses] == [("to stand outside of reply",)]


def test_a_missing_disclosure_stands_at_the_heading_of_its_topic(tmp_path: Path) -> None:
    rule = "topic: [plum]\npresent: {any: [apple]}\n"
    verdict = judge(tmp_path, rule, "# Title\n\n## Nuts\n\nNuts.\n\n## Plums\n\nNuts.\n")
    assert (verdict.line, verdict.column) == (7, 4)


def test_a_condition_that_applies_says_why(tmp_path: Path) -> None:
    rule = "applies_when: {any: [pear]}\npresent: {any: [apple]}\n"
    verdict = judge(tmp_path, rule, "Nuts.\n\nWe sell pears.")
    assert verdict.outcome.value == "missing"
    assert verdict.because == 'applies because the text says "pears", line 3'
    assert judge(tmp_path, rule, "We sell nuts.").outcome.value == "not-applicable"


STANCE = """valid: {from: 2016-07-12, until: 2020-07-16}
find: {any: [old], within: sentence}
stance:
  - {is: mentioned, when: {any: [ended]}}
  - {is: relied-on, when: {any: [relied]}}
  - {is: relied-on, severity: note}
"""


@pytest.mark.parametrize(
    ("text", "outcome", "severity"),
    [
        ("We rely on the Shield.", "relied-on", "error"),
        ("The Shield has ended.", "mentioned", None),
        ("The Shield.", "relied-on", "note"),
        ("The Shield has ended. We rely on the Shield.", "relied-on", "error"),
        ("We rely on pears, and the Shield has ended.", "mentioned", None),
        ("Nothing of that kind.", "absent", None),
    ],
)
def test_stance_goes_with_the_mechanism(tmp_path: Path, text: str, outcome: str, severity: str | None) -> None:
    verdict = judge(tmp_path, STANCE, text, kind="outdated")
    assert verdict.outcome.value == outcome
    assert (verdict.severity.value if verdict.severity else None) == severity


def test_evidence_quotes_the_sentence_and_marks_the_words(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "present: {any: [apple]}\n", "Nuts are sold. We sell *red* apples, too. Nuts.")
    (piece,) = verdict.evidence
    assert piece.quote == "We sell *red* apples, too."
    assert [piece.quote[start - piece.start : end - piece.start] for start, end in piece.marks] == ["apples"]


def test_evidence_comes_from_the_first_part_that_holds(tmp_path: Path) -> None:
    text = "Apples.\n\nPlums are sold.\n\nMore apples."
    plums_first = judge(tmp_path, "present: {any: [plum, apple]}\n", text)
    apples_first = judge(tmp_path, "present: {any: [pear, {any: [apple, plum]}]}\n", text)
    assert [piece.quote for piece in plums_first.evidence] == ["Plums are sold."]
    assert [piece.quote for piece in apples_first.evidence] == ["Apples.", "More apples."]


def test_no_more_than_four_passages_are_quoted_those_under_the_topic_first(tmp_path: Path) -> None:
    rule = "topic: [plum]\npresent: {any: [apple]}\n"
    text = "".join(f"Apple {number}.\n\n" for number in range(5)) + "## Plums\n\nApple 6.\n"
    quotes = [piece.quote for piece in judge(tmp_path, rule, text).evidence]
    assert quotes == ["Apple 0.", "Apple 1.", "Apple 2.", "Apple 6."]


def test_a_question_is_quoted_only_where_nothing_else_says_as_much(tmp_path: Path) -> None:
    verdict = judge(tmp_path, "present: {any: [apple]}\n", "Are there apples?\n\nThere are apples.")
    assert [one.quote for one in verdict.evidence] == ["There are apples."]
    assert [one.quote for one in judge(tmp_path, "present: {any: [apple]}\n", "Apples?").evidence] == ["Apples?"]


def test_what_is_given_is_no_evidence(tmp_path: Path) -> None:
    rule = "present:\n  all: [apple, {given: [pear]}]\n  within: block\n"
    verdict = judge(tmp_path, rule, "Apples are here. Nuts. Pears are there.")
    assert [one.quote for one in verdict.evidence] == ["Apples are here."]


AGAINST = """
find: {any: [apple]}
against:
  any:
    - {all: [pear, plum], within: sentence}
    - pear
"""


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("No apples.\n\nPears.", ["No apples.", "Pears."]),
        ("Pears.\n\nNo apples.", ["Pears.", "No apples."]),
        # The surest part speaks, and of it the first sentence alone.
        ("No apples.\n\nPears.\n\nPears, plums.\n\nPlums, pears.", ["No apples.", "Pears, plums."]),
        ("No apples.\n\nOf pears:\n\n* old plums from the wall\n* nuts\n", ["No apples.", "old plums from the wall"]),
    ],
)
def test_what_contradicts_is_quoted_beside_what_was_found(tmp_path: Path, text: str, quotes: list[str]) -> None:
    verdict = judge(tmp_path, AGAINST, text, "practice")
    assert (verdict.outcome.value, [one.quote for one in verdict.evidence]) == ("found", quotes)


def test_a_notice_is_read_against_itself_in_words_that_stay_those_of_its_disclosures() -> None:
    find, *others = (Condition("concept", "apple") for _ in range(6))
    told = Rule("told", "T", Kind.DISCLOSURE, Place("x", 1, 1), (), "", "", (), present=find)
    contrary = [told._replace(id=f"r{number}", against=one) for number, one in enumerate(others)]
    assert CompiledRules(RuleSet((), (told, *contrary), {}, {}, (), (), ())).shared == frozenset()
    plain = [one._replace(against=None) for one in contrary]
    assert CompiledRules(RuleSet((), (told, *plain), {}, {}, (), (), ())).shared == {"apple"}


@pytest.mark.parametrize("text", ["No apples.", "Pears.", "No apples, not even pears.", "Apples or pears. Plums."])
def test_without_another_sentence_against_it_nothing_is_contradicted(tmp_path: Path, text: str) -> None:
    verdict = judge(tmp_path, AGAINST, text, "practice")
    assert (verdict.outcome.value, verdict.evidence) == ("absent", ())


@pytest.mark.parametrize(
    ("countries", "audience", "outcome"),
    [
        ("countries: [AT, DE]\n", "DE", "missing"),
        ("countries: [AT, DE]\n", "SE", "not-applicable"),
        ("countries: [AT, DE]\n", None, "missing"),
        ("", "SE", "missing"),
    ],
)
def test_a_rule_for_some_countries(tmp_path: Path, countries: str, audience: str | None, outcome: str) -> None:
    judge(tmp_path, f"present: {{any: [apple]}}\n{countries}", "Pears.")
    folders = pack_folders([tmp_path / "pack"])
    document = annotate(read_document("x.md", b"Pears."), load_languages(folders), "en")
    found = judge_all(search(document, CompiledRules(load_rules(folders))), date(2026, 11, 24), audience)
    verdict = next(one for one in found if one.rule == "a-rule")
    assert verdict.outcome == outcome
    assert verdict.because == ("holds for readers in AT, DE only" if outcome == "not-applicable" else "")

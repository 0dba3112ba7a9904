"""How a comparison of language versions reads, and that nothing in the texts can break out of a format."""

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from privaudit.document import LanguageGuess, Problem
from privaudit.facts.values import FactKind
from privaudit.model import NearMiss, Outcome, PackInfo, Severity, State, Status
from privaudit.parity import Group, Parity
from privaudit.redact import redacted_parity
from privaudit.render import COMPARISON_FORMATS, render_parity
from privaudit.render.parity_words import counts, fact_sentence, labels, remarks, sentence
from privaudit.render.view import View
from tests.unit.comparisons import quoted, verdict
from tests.unit.schemas.conftest import faults, schema
from tests.unit.test_parity import DAYS, MORE_DAYS, compared, fact, version

PRESENT, MISSING = Outcome.PRESENT, Outcome.MISSING
HOSTILE = "\x1b[2J**x** <script>alert(1)</script> [a](javascript:b) @you\n# h\n> 1. `c` | d --> \u202e|\ud800"


def shown(name: str, *groups: Group, **view: Any) -> str:
    parity = Parity("1.2.3", (PackInfo("house", "1.10", "2026-01-31"),), "2026-11-26", groups, 1)
    return render_parity(name, parity, View(**view))


def test_versions_are_called_by_their_language() -> None:
    def named(*codes: str | None) -> list[str]:
        made = [version(code or "x") for code in codes]
        told = [
            one._replace(report=one.report._replace(language=LanguageGuess(code, 1.0, "option")))
            for one, code in zip(made, codes, strict=True)
        ]
        return labels(compared(*told))

    assert named("en", "de") == ["en", "de"]
    assert named("fr", "nl", "fr") == ["1:fr", "nl", "3:fr"]
    assert named("en", None) == ["en", "?"]


def test_an_element_in_a_sentence() -> None:
    group = compared(version("en", verdict(PRESENT)), version("de", verdict(MISSING)), version("fr", verdict(PRESENT)))
    assert sentence(group.elements[0], labels(group)) == "A title: present in en, fr; missing in de"
    group = compared(version("en", verdict(PRESENT)), version("de", verdict(Outcome.INCONCLUSIVE)))
    assert sentence(group.elements[0], labels(group)) == "A title: present in en; not judged in de"


def test_facts_in_a_sentence() -> None:
    group = compared(version("en", DAYS), version("de", MORE_DAYS), version("fr"))
    assert fact_sentence(group.facts, labels(group)) == "Span of time: 30 days in en; 60 days in de; neither in fr"
    group = compared(version("en", DAYS._replace(retention=True)), version("de"))
    assert fact_sentence(group.facts, labels(group)) == "Retention period: 30 days in en; not in de"
    week = fact(FactKind.PERIOD, "7 days")
    group = compared(version("en", DAYS, MORE_DAYS, week), version("de"))
    assert fact_sentence(group.facts, labels(group)).endswith("; none of these in de")


def test_the_counts() -> None:
    accepted = verdict(MISSING, severity=Severity.ERROR, state=State.SUPPRESSED)
    assert counts(compared(version("en", DAYS), version("de", MORE_DAYS))) == "1 difference; 0 rules and 0 facts agree"
    assert counts(compared(version("en", DAYS), version("de", DAYS))) == "No difference; 0 rules and 1 fact agree"
    group = compared(version("en", verdict(PRESENT), DAYS), version("de", accepted))
    assert counts(group) == "1 difference, 1 accepted; 0 rules and 0 facts agree"
    assert counts(compared(version("en", verdict(PRESENT)), version("de"))) == "Nothing could be compared"


def test_what_was_not_compared_is_told() -> None:
    assert remarks(compared(version("en"), version("de"))) == []
    (told,) = remarks(compared(version("en"), version("da", kinds=frozenset())))
    assert "no words for numbers, dates and authorities in da" in told
    (told,) = remarks(compared(version("en"), version("da", kinds=frozenset(), status=Status.PARTIAL)))
    assert told.startswith("Not all of every version could be read")


def hostile() -> Group:
    passage = quoted(HOSTILE, 3)
    one = version(
        "en",
        verdict(PRESENT, passage, reference=HOSTILE),
        verdict(MISSING, near_misses=(NearMiss(passage, ()),), rule="b-rule"),
        fact(FactKind.EMAIL, HOSTILE)._replace(evidence=passage),
        status=Status.PARTIAL,
    )
    report = one.report._replace(path=HOSTILE, problems=(Problem("not-read", HOSTILE),))
    other = version(
        "de", verdict(MISSING), verdict(PRESENT, passage, rule="b-rule"), fact(FactKind.EMAIL, "b@shop.example")
    )
    return compared(one._replace(report=report), other)._replace(name=HOSTILE)


@pytest.mark.parametrize("name", ["rich", "markdown"])
@pytest.mark.parametrize("view", [{}, {"show_passing": True}, {"quiet": True}])
def test_nothing_breaks_out(name: str, view: dict[str, bool]) -> None:
    text = shown(name, hostile(), **view)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\ud800" not in text
    text.encode()
    if name == "markdown":
        page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        assert "<script" not in page
        assert "<a " not in page
        assert "@you" not in text


def test_colours() -> None:
    group = compared(version("en", verdict(PRESENT, quoted("You may."))), version("de", verdict(MISSING)))
    assert "\x1b[" in shown("rich", group, color=True)
    assert "\x1b[" not in shown("rich", group)


@pytest.mark.parametrize("name", COMPARISON_FORMATS)
def test_each_format_tells_of_everything(name: str) -> None:
    first = compared(version("en", verdict(PRESENT, quoted("You may.")), DAYS), version("de", verdict(MISSING)))
    second = compared(version("sv", MORE_DAYS), version("nl"))._replace(name="App")
    text = shown(name, first, second)
    for part in (
        "You may.",
        "It says 30 days.",
        "It says 60 days.",
        "en.md",
        "de.md",
        "App",
        "a-rule",
        "2026-11-26",
        "1.10",
    ):
        assert part in text, part


@pytest.mark.parametrize("name", ["rich", "markdown"])
def test_the_nearest_passage_is_shown_where_a_disclosure_is_missing(name: str) -> None:
    near = NearMiss(quoted("Write to us if you are unhappy.", 9), ("an authority",))
    lacking = verdict(MISSING, near_misses=(near, near._replace(evidence=quoted("Or call.", 10))))
    text = shown(name, compared(version("en", verdict(PRESENT, "You may.")), version("de", lacking)))
    assert "nearest, line 9:" in text
    assert "Write to us if you are unhappy." in text
    assert "Or call." not in text
    assert "nearest" not in shown(name, compared(version("en", lacking), version("de", lacking)), show_passing=True)


def test_a_long_list_of_passages_is_cut_for_people() -> None:
    many = [fact(FactKind.PERIOD, "30 days", line) for line in range(1, 6)]
    group = compared(version("en", *many), version("de"))
    assert "and 3 more" in shown("rich", group)
    assert shown("markdown", group).count("It says") == 2
    assert shown("json", group).count('"quote"') == 5


def test_the_json_fits_its_schema() -> None:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(schema("parity"))
    page = quoted("It says so.", 2, page=4)
    groups = (
        compared(
            version("en", verdict(PRESENT, page), DAYS),
            version("de", verdict(MISSING, severity=Severity.ERROR, state=State.SUPPRESSED, justification="agreed")),
            version("da", kinds=frozenset(), unjudged=frozenset({"a-rule"})),
        ),
        hostile(),
    )
    text = shown("json", *groups)
    assert faults(validator, json.loads(text)) == []
    parity = redacted_parity(Parity("1", (), "2026-11-26", groups, 1))
    data = json.loads(render_parity("json", parity, View()))
    assert faults(validator, data) == []
    assert {fact["value"] for group in data["groups"] for fact in group["facts"]} == {"30 days", None}
    del data["groups"][0]["elements"][0]["behind"]
    assert faults(validator, data) != []


def test_the_schema_shares_the_parts_of_a_report() -> None:
    ours, theirs = schema("parity"), schema("report")
    # Only a version of several files says in which one a passage stands.
    del ours["$defs"]["evidence"]["properties"]["path"]
    for name in ("problem", "verdict", "grade", "evidence", "kind", "state"):
        assert ours["$defs"][name] == theirs["$defs"][name]
    for name in ("tool", "packs", "as_of"):
        assert ours["properties"][name] == theirs["properties"][name]
    document = theirs["$defs"]["document"]["properties"]
    version_of = ours["$defs"]["version"]["properties"]
    assert {name: version_of[name] for name in document.keys() - {"verdicts"}} == {
        name: value for name, value in document.items() if name != "verdicts"
    }
    assert ours["$defs"]["fact-kind"]["enum"] == list(FactKind)
    assert schema("config")["$defs"]["fact-kind"]["enum"] == list(FactKind)

from collections.abc import Sequence
from datetime import date

import pytest

from privaudit.document import Problem
from privaudit.engine import CompiledRules, audit
from privaudit.language import annotate
from privaudit.match.coverage import Coverage, coverage_of, lacking, lacks_words, proven
from privaudit.model import Kind, Outcome
from privaudit.read import HTML, read_document
from privaudit.rulepack.load import load_rules, pack_folders
from privaudit.rulepack.schema import NEVER, Condition, Near, Rule, Scope
from tests.unit.match.worlds import PLACE, opened


def coverage(*parts: tuple[str | None, int], covered: Sequence[str] = ("de", "en")) -> Coverage:
    """The coverage of a document with paragraphs of so many letters in these languages."""
    document = opened("\n\n".join("x" * size for _, size in parts))
    return coverage_of(document._replace(languages=tuple(code for code, _ in parts)), tuple(covered))


def test_a_document_in_a_covered_language_is_complete() -> None:
    assert coverage(("en", 100)) == (("en",), (), ())
    assert coverage(("en", 100)).complete


@pytest.mark.parametrize(("size", "complete"), [(5, True), (9, True), (10, False), (60, False)])
def test_uncovered_text_counts_from_a_tenth_of_the_letters(size: int, complete: bool) -> None:
    one = coverage(("en", 100 - size), ("da", size))
    assert one.complete is complete
    assert one.uncovered == (() if complete else ("da",))


def test_several_uncovered_languages_count_together() -> None:
    assert coverage(("en", 88), ("da", 6), (None, 6)).uncovered == (None, "da")


def test_languages_that_make_up_little_are_not_in_use() -> None:
    assert coverage(("en", 95), ("de", 5)).covered == ("en",)
    assert coverage(("en", 80), ("de", 20)).covered == ("de", "en")


def test_a_document_in_an_unknown_language_is_not_covered() -> None:
    assert coverage((None, 100)) == ((), (None,), ())


def test_hidden_text_does_not_count() -> None:
    document = opened(f"<p>{'x' * 100}</p><p hidden>{'y' * 100}</p>", HTML)
    assert coverage_of(document._replace(languages=("en", "da")), ("en",)) == (("en",), (), ())


def test_text_that_nobody_read_makes_a_document_incomplete() -> None:
    document = opened("x" * 100)._replace(languages=("en",))
    told = Problem("pages-without-text", "page 2 of 2 has no text layer")
    one = coverage_of(document._replace(problems=(Problem("encoding-guessed", "as cp1252"), told)), ("en",))
    assert one.unread == ("page 2 of 2 has no text layer",)
    assert not one.complete


def leaf(name: str) -> Condition:
    return Condition("concept", name)


def node(op: str, *parts: Condition) -> Condition:
    return Condition(op, parts=parts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        (leaf("known"), ""),
        (leaf("unknown"), "unknown"),
        (node("any", leaf("known"), leaf("unknown")), ""),
        (node("any", leaf("unknown"), leaf("other")), "other unknown"),
        (node("all", leaf("known"), leaf("unknown")), "unknown"),
        (node("all", node("any", leaf("known"), leaf("other")), leaf("unknown")), "unknown"),
        (node("all", leaf("known"), node("not", leaf("unknown"))), ""),
        (node("all", node("any", leaf("unknown"), leaf("known")), leaf("known")), ""),
        (leaf("known")._replace(near=Near("unknown", 3)), "unknown"),
        (leaf("known")._replace(near=Near("known", 3)), ""),
        # What holds on no day of the law lacks no words.
        (NEVER, ""),
    ],
)
def test_a_condition_can_hold_only_through_words_that_there_are(condition: Condition, missing: str) -> None:
    assert lacking(condition, {"known"}) == set(missing.split())


def test_what_rests_on_the_silence_of_the_whole_document_is_not_proven() -> None:
    anywhere = node("not", leaf("known"))._replace(within=Scope.DOCUMENT)
    here = node("not", leaf("known"))
    assert proven(leaf("known")) == leaf("known")
    assert proven(node("all", leaf("known"), here)) == node("all", leaf("known"), here)
    assert proven(node("any", node("all", leaf("known"), anywhere), leaf("other"))) == node(
        "any", node("all", leaf("known"), NEVER), leaf("other")
    )
    assert proven(node("all", here)._replace(within=Scope.DOCUMENT)).parts == (NEVER,)


@pytest.mark.parametrize("rule", ["marketing-without-objection", "retention-as-long-as-necessary"])
def test_a_practice_that_lies_in_silence_is_not_found_in_a_text_that_was_read_in_part(rule: str) -> None:
    text = "We send you our newsletter by e-mail. We keep your data as long as necessary."
    rules = CompiledRules(load_rules(pack_folders([]), ["en"]))
    document = annotate(read_document("x.md", text.encode()), rules.ruleset.languages, "en")
    gap = Problem("pages-without-text", "page 2 of 2 has no text layer")
    whole, part = (
        next(one for one in audit(document._replace(problems=problems), rules, date(2026, 1, 1)) if one.rule == rule)
        for problems in ((), (gap,))
    )
    assert whole.outcome is Outcome.FOUND
    assert (part.outcome, part.severity) == (Outcome.INCONCLUSIVE, None)
    assert part.because == "not all of the text could be read: page 2 of 2 has no text layer"


def rule(**conditions: Condition) -> Rule:
    return Rule("a", "T", Kind.DISCLOSURE, PLACE, (), "", "", (), **conditions)  # type: ignore[arg-type]


def test_a_rule_lacks_words_when_what_it_seeks_can_never_be_found() -> None:
    assert lacks_words(rule(present=leaf("unknown")), {"known"})
    assert lacks_words(rule(find=leaf("unknown")), {"known"})
    assert not lacks_words(rule(present=leaf("known")), {"known"})
    assert lacks_words(rule(find=leaf("known"), against=leaf("unknown")), {"known"})
    assert not lacks_words(rule(find=leaf("known"), against=leaf("known")), {"known"})


def test_words_for_less_than_the_whole_do_not_help() -> None:
    assert lacks_words(rule(present=leaf("unknown"), partial=leaf("known")), {"known"})


def test_a_rule_that_seeks_no_words_lacks_none() -> None:
    assert not lacks_words(rule(), set())

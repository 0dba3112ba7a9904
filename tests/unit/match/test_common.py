import re
import sys
import unicodedata

import pytest
import regex

from privaudit import load_rules, pack_folders
from privaudit.match.common import common_pattern, is_common
from privaudit.match.effort import is_quick
from privaudit.match.pattern import IGNORECASE, Patterns, anchored, translate
from privaudit.rulepack.schema import RuleSet

_COMMON = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if is_common(char))


def _regex(source: str, exact: bool) -> "regex.Pattern[str]":
    return regex.compile(source, regex.VERSION0 | (0 if exact else IGNORECASE))


def test_the_letters_of_the_covered_languages_are_common() -> None:
    assert is_common("Größe, œuvre, Ångström, één, naïef — „Zitat“ … 5 € ½"[:-2])
    assert {"A", "z", "ß", "ÿ", "Œ", "€", "’", "™", "\n", "\u00a0", "😀"} <= set(_COMMON)


@pytest.mark.parametrize("char", ["²", "½", "\u0301", "\u200d", "\ufe0f", "ı", "İ", "ſ", "Ⓐ", "\x1f", "\u2126", "م"])
def test_what_the_engines_may_see_differently_is_not_common(char: str) -> None:
    assert not is_common(f"a{char}b")


@pytest.mark.parametrize(
    "kind", [r"\w", r"\W", r"\d", r"\s", r"\S", ".", r"\p{L}", r"\p{Lu}", r"[\p{Ll}-]", r"[^\p{L}]"]
)
def test_both_engines_agree_on_every_common_character(kind: str) -> None:
    found = common_pattern(kind, exact=True)
    assert found is not None
    assert found.findall(_COMMON) == _regex(kind, exact=True).findall(_COMMON)


def test_both_engines_agree_on_the_cases_of_every_common_letter() -> None:
    for char in _COMMON:
        cases = {char.lower(), char.upper(), char.title(), char.casefold()}
        if len(cases) == 1 or not unicodedata.category(char).startswith("L"):
            continue
        others = "".join(one for one in cases if len(one) == 1 and one in _COMMON)
        for source in (re.escape(char), f"[{char}-{char}]", f"[^{char}]"):
            found = common_pattern(source, exact=False)
            assert found is not None
            assert found.findall(others) == _regex(source, exact=False).findall(others), char


@pytest.mark.parametrize(
    ("source", "exact"), [(r"\p{Lu}a", False), (r"\p{Sc}", True), (r"\P{L}", True), (r"(?<=a+)b", True)]
)
def test_what_cannot_be_said_to_re_is_left_to_regex(source: str, exact: bool) -> None:
    assert common_pattern(source, exact) is None


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(pack_folders([]))


@pytest.mark.parametrize("code", ["de", "en", "fr", "nl", "sv"])
def test_the_words_of_the_pack_match_the_same_in_both_engines(rules: RuleSet, code: str) -> None:
    said = " ".join([example.text for example in rules.examples if example.language == code][::20])
    text = "".join(char for char in said if is_common(char))
    for entries in rules.words_in(code).values():
        for entry in entries[::4]:
            if not entry.pattern or entry.governs or not is_quick(source := translate(entry.pattern), entry.exact):
                continue
            found = common_pattern(anchored(source), entry.exact)
            if found is not None:
                spans = [match.span() for match in found.finditer(text)]
                plain = _regex(anchored(source), entry.exact)
                assert spans == [match.span() for match in plain.finditer(text)], entry.pattern


def test_a_pattern_changes_the_engine_once_it_has_been_tried_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privaudit.match.pattern._OFTEN", 10)
    patterns = Patterns()
    kinds = [type(patterns.common("apples?", False, 4)) for _ in range(4)]
    assert kinds == [regex.Pattern, regex.Pattern, re.Pattern, re.Pattern]
    assert isinstance(patterns.common(r"(?<=x+)apples?", False, 20), regex.Pattern)

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.rulepack.growth import growth_of


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"right.*erasure", "whole sentences"),
        (r"right.+?erasure", "whole sentences"),
        (r"[^.]+ erasure", "whole sentences"),
        (r"(?:we |you )*share", "whole words"),
        (r"right.{0,300}erasure", "whole sentences"),
        (r"(?:\w+\s*)+x", "inside of another"),
        (r"(?:a*)*b", "inside of another"),
        (r"(?:(?:a|b)+c?)+d", "inside of another"),
        (r"(?:\w+){3}x", "another repeat of the same"),
        (r"\w*\w+x", "side by side"),
        (r"\d+-?\w+", "side by side"),
        (r"(?=\w*\w+)x", "side by side"),
        (r"cookies?|(?:a+a+)b", "side by side"),
        (r"(?:a|a)*[!]", "more than one way"),
        (r"x(?:a|b|ab)+y", "more than one way"),
        (r"(?:cookie|cook|ie)+s", "more than one way"),
        (r"(?:a?b?a?)*!", "more than one way"),
        (r"(?:\w|\d)*!", "more than one way"),
        (r"(?:[a-z]|_|[x-z])*!", "more than one way"),
        (r"(?:\w|\w\w)+[!?]", "more than one way"),
        (r"(?:a|A)*!", "more than one way"),
        (r"(?:щ|[жщ])*!", "more than one way"),
        (r"(?:a{1,3})*!", "more than one way"),
        (r"(?:a{2}|a{3})+!", "more than one way"),
        (r"(?:a|a){0,40}!", "more than one way"),
        (r"(?:(?P<one>a)|(?<two>a))*!", "more than one way"),
        (r"(?=(?:a|a)*!)x", "more than one way"),
        (r"(?:a|a|\bb)*!", "more than one way"),
    ],
)
def test_patterns_that_may_take_more_than_linear_time_are_told(pattern: str, said: str) -> None:
    assert said in growth_of(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"complain\w*",
        r"\w+ \w+",
        r"\d+(?:,\d+)*",
        r"\w+(?:-\w+)*",
        r"(?:\w{1,20} ){0,5}share",
        r"right to (?:access|erasure)s?",
        r"\w*ly\w*",
        r"\s+x",
        r"[\w.]+@\w+",
        r"\w++\w",
        r"(?<!non-)profit\p{L}*",
        r"(?:a|b|cd)*",
        r"(?:ab|ac)*!",
        r"(?:a{2}|b)*!",
        r"(?:ab|a{2}b)*!",
        r"(?:a{2}b|ab|bb)*!",
        r"(?:a|a){0,2}!",
        r"(?:a|a)!",
        r"(?:a|(?<=x)a)*",
        r"(?:a\b|a)*!",
        r"(?:a|a)*+!",
        r"(?:(?>a|ab)|(?>a))*!",
        r"(?:a|(?-i:A))*!",
    ],
)
def test_patterns_within_words_or_bounds_are_fine(pattern: str) -> None:
    assert growth_of(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "[", "a)", r"(a+)\1+", "(?P<a", r"\p{Nope}*", "[[a]]*", "*"])
def test_what_is_not_understood_is_not_judged(pattern: str) -> None:
    assert growth_of(pattern) == ""


def is_code(words: list[str]) -> bool:
    """Whether no text is made of the words in two ways (Sardinas and Patterson, 1953)."""
    if len(set(words)) < len(words):
        return False
    new = {one[len(other) :] for one in words for other in words if one != other and one.startswith(other)}
    seen: set[str] = set()
    while new:
        seen |= new
        pairs = {(rest, word) for rest in new for word in words} | {(word, rest) for rest in new for word in words}
        new = {longer[len(shorter) :] for longer, shorter in pairs if longer.startswith(shorter)} - seen
    return "" not in seen


@given(st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_repeat_is_told_exactly_where_a_text_is_made_of_its_words_in_two_ways(words: list[str]) -> None:
    assert bool(growth_of(f"(?:{'|'.join(words)})*!")) == (not is_code(words))


def test_letters_that_differ_where_case_matters_are_two() -> None:
    assert growth_of(r"(?:a|A)*!", exact=True) == ""
    assert growth_of(r"(?:a|A)*!", exact=False) != ""


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:" + "|".join(f"word{number}" for number in range(2000)) + ")*!",
        "(?:" + "a?" * 3000 + ")*!",
        "(?:" * 60 + "a|b" + "){1,9}" * 60 + "!",
        "ab" * 50_000,
    ],
)
def test_what_is_too_large_to_follow_costs_little(pattern: str) -> None:
    began = time.process_time()
    growth_of(pattern)
    assert time.process_time() - began < 10

import pytest

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
    ],
)
def test_patterns_within_words_or_bounds_are_fine(pattern: str) -> None:
    assert growth_of(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "[", "a)", r"(a+)\1+", "(?P<a", r"\p{Nope}*", "[[a]]*", "*"])
def test_what_is_not_understood_is_not_judged(pattern: str) -> None:
    assert growth_of(pattern) == ""

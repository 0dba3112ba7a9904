import pytest

from privaudit.match.effort import is_quick
from privaudit.match.pattern import translate


@pytest.mark.parametrize(
    "pattern",
    [
        "apple",
        r"(?:apple|apples|pear)\w*",
        "lodge … complaint",
        r"(?:we|they) (?:\w+,? ){0,8}(?:keep|store)",
        r"\w*fees?\w*",
        r"(?<!no )(?:fee|cost)(?= is)",
        r"rights?(?: \w+){0,6} (?:erasure|deletion)",
        r"(?:right|can),? (?:[\w-]+,? ){0,6}(?:complain|object)",
        r"[\p{L}\d&'.-]+(?: [\p{Lu}\d]+){0,4} Ltd",
        r"\p{Lu}[\w&.-]+(?: \p{Lu}[\w&.-]+){0,2} Ltd",
    ],
)
def test_a_pattern_that_can_go_on_in_few_ways_needs_no_limit(pattern: str) -> None:
    assert is_quick(translate(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\w*a\w*b c",
        r"(?:\w+ )*x",
        r"(?:\w+\s*){0,6}x",
        r"(?:a|a|a){0,20}b",
        "(?:a?){30}a{30}",
        "x …40 y …40 z …40 a",
        r"a(?=\w*b\w*c d)",
        r"(?P<name>x)",
    ],
)
def test_a_pattern_with_many_ways_or_of_which_nothing_is_known_needs_one(pattern: str) -> None:
    assert not is_quick(translate(pattern))

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
        # Alternatives of which at most one can be at a place.
        r"(?:names?|e-?mail(?: address(?:es)?)?|phone(?: numbers?)?)(?: (?:and|or) (?:names?|e-?mail|phones?)){0,14}",
        r"data (?:\w+ |, |\(|\)|-){0,20}(?:kept|held)",
        r"(?: \(?\d\)?| ff\.?){0,20} GDPR",
        r"(?:ab|a|abc){0,30} x",
        # Letters with which a word ends are at one place of it.
        r"(?:not|\w+n't) … (?:kept|\w+ing) …20 (?:longer|\p{L}+land)",
        r"(?:ask|want) …20 (?:access|\w*details?\w*|\w*data\w*)",
        # Letters that are at few places of a word.
        r"\w*details\w* …20 (?:kept|held)",
        # A sign that a part never is.
        r"apple(?: \([^)]{1,60}\)){0,20} pie",
        r"\+\d{1,3}[ ()./-]{0,3}\d(?:[ ()./-]{0,2}\d){5,12}",
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}",
        # A name at the end, of which less is a match or not, and that is all.
        r"by [A-Z][\p{L}&'.-]*(?: (?:&|[A-Z][\p{L}&'.-]*)){0,14}",
        # Anything up to some characters and a sign.
        r"apple(?:,? [^()]{0,60})? \((?:sweet|sour|,? ?\d{1,3} ){0,14}\)",
    ],
)
def test_a_pattern_that_can_go_on_in_few_ways_needs_no_limit(pattern: str) -> None:
    assert is_quick(translate(pattern), exact=False)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\w*a\w*b\w*c d",
        r"(?:\w+ )*x",
        r"(?:\w+\s*){0,6}x",
        r"(?:a|a|a){0,20}b",
        "(?:a?){30}a{30}",
        "x …40 y …40 z …40 a",
        r"a(?=\w*b\w*c\w*d e)",
        r"(?P<name>x)",
        r"(?:a|\w){0,20}b",
        r"(?:ab?|abc?){0,20}d",
        r"(?: \w+){0,14}(?:ing){0,14}(?: \w+){0,14}(?:ing){0,14} \w+(?:ing|ed)",
        r"(?:\w+(?:ing)? ){0,4}x",
        r"\w*aaa\w* …30 (?:kept|held)",
        r"(?:\([^)]{1,60}\)?){0,4}x",
        r"(?=[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,4})by",
    ],
)
def test_a_pattern_with_many_ways_or_of_which_nothing_is_known_needs_one(pattern: str) -> None:
    assert not is_quick(translate(pattern), exact=False)


def test_where_case_matters_small_letters_are_no_capitals() -> None:
    pattern = r"\p{Lu}\w*(?: (?:of|and|the|[\p{Lu}\d(]\w*)){0,20} Ltd"
    assert is_quick(pattern, exact=True)
    assert not is_quick(pattern, exact=False)

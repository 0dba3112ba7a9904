from collections.abc import Iterable

import pytest

from privaudit.match.edges import begins_of
from privaudit.match.fold import fold, without_signs
from privaudit.match.shape import NOTHING, Before, Open, list_of, needs_of, shape_of


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("cookies?", ("cookies", "cookie")),
        ("right to (?:access|erasure)", ("right to access", "right to erasure")),
        ("Saf[ea] harbou?r", ("safe harbour", "safe harbor", "safa harbour", "safa harbor")),
    ],
)
def test_a_finite_pattern_lists_its_matches_in_the_order_of_the_engine(pattern: str, words: tuple[str, ...]) -> None:
    assert shape_of(pattern).words == words


def test_words_may_go_on_to_the_end_of_the_word_around_them() -> None:
    assert list_of(r"(?:ship|order)\w*|Fee", False) == (
        Open("ship", right=True),
        Open("order", right=True),
        Open("fee"),
    )
    assert list_of(r"\w*law\w+", False) == (Open("law", left=True, right=True, more=1),)
    assert list_of("[Aa]t", True) == (Open("At"), Open("at"))
    assert list_of(r"\w*?law", False) == ()


@pytest.mark.parametrize(
    ("pattern", "anchor"),
    [
        # A word that ends in any case is looked for with its ends.
        (r"complain\w*", {" complain": Before((-1,))}),
        (r"(?:delete|remove)\w* it", {" delete": Before((-1,)), " remove": Before((-1,))}),
        (r"\d{1,2} days", {" days ": Before((1, 2))}),
        (r"(?:the |a )?\w+ fee", {" fee ": Before((0, 2, 4), word=True)}),
        (r"\w+ \w+ fee", {" fee ": None}),
        (r"no \w*fee\w* x", {"fee": Before((3,), word=True)}),
        (r"\w*fee\w* x", {"fee": Before((0,), word=True)}),
    ],
)
def test_an_anchor_says_what_each_match_holds_and_where_it_begins(
    pattern: str, anchor: dict[str, Before | None]
) -> None:
    assert anchor in shape_of(pattern).anchors


def test_a_group_needs_letters_in_each_of_its_branches() -> None:
    assert shape_of(r"(?:apple \w+|\w+ \w+ pear)").anchors == ({" apple ": Before((-1,)), " pear ": None},)
    assert shape_of(r"(?:apple \w+|\w+)").anchors == ()


def test_letters_of_a_group_that_tell_where_a_match_begins_are_kept_beside_the_cheapest() -> None:
    found = shape_of(r"(?:to \w+ \w+ whatever|apple)").anchors
    assert found == (
        {" whatever ": None, " apple ": Before((-1,))},
        {" to ": Before((-1,)), " apple ": Before((-1,))},
    )


def test_what_letters_cost_decides_which_are_taken() -> None:
    costs = {" apple ": 1, " pear ": 2, " data ": 3, " protection ": 2}

    def cost(letters: Iterable[str]) -> float:
        return sum(costs.get(one, 9) for one in letters)

    found = shape_of(r"(?:apple \w+ pear|data \w+ protection)", cost).anchors[0]
    assert list(found) == [" apple ", " protection "]


@pytest.mark.parametrize(
    ("pattern", "exact", "begin"),
    [
        (r"(?<![^\n])\W{0,4}fees?", False, "line"),
        (r"(?!The)\p{Lu}\w+ AG", True, "capital"),
        (r"\p{Lu}\w+ AG", False, ""),
        (r"(?:\p{Lu}|x)\w+ AG", True, ""),
        (r"\p{Lu}?\w+ AG", True, ""),
    ],
)
def test_where_matches_may_begin_is_told(pattern: str, exact: bool, begin: str) -> None:
    assert begins_of(pattern, exact) == begin


def test_signs_are_needed_as_they_stand() -> None:
    assert needs_of(r"\(\w+\)", False) == ("(",)
    assert needs_of(r"\w+[@#]\w+", False) == ("#", "@")
    assert needs_of(r"\w+", False) == ()


def test_unknown_syntax_promises_nothing() -> None:
    assert shape_of(r"(?P<name>x)") == NOTHING
    assert (list_of("(?i:x)", False), needs_of("(?i:x)", False), begins_of("(?i:x)", True)) == ((), (), "")


def test_folding_keeps_every_offset() -> None:
    text = "Stra\u00dfe \u0130I\u0131 \u1e9e"
    assert len(fold(text)) == len(text)


def test_signs_become_spaces_and_letters_stay() -> None:
    assert without_signs("e-mail, \u00e9t\u00e9_1 (x\u00b2)") == "e mail  \u00e9t\u00e9_1  x  "

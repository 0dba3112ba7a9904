import pytest

from privaudit.match.shape import NOTHING, fold, shape_of


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


@pytest.mark.parametrize(
    ("pattern", "required"),
    [
        (r"complain\w*", {"complain"}),
        (r"(?:delete|remove)\w* it", {"delete", "remove"}),
        (r"\d+ days?", {" days", " day"}),
    ],
)
def test_every_match_holds_one_of_the_required_strings(pattern: str, required: set[str]) -> None:
    assert shape_of(pattern).required == frozenset(required)


def test_unknown_syntax_promises_nothing() -> None:
    assert shape_of(r"(?P<name>x)") == NOTHING


def test_folding_keeps_every_offset() -> None:
    text = "Stra\u00dfe \u0130I\u0131 \u1e9e"
    assert len(fold(text)) == len(text)

import pytest

from privaudit.model import Evidence
from privaudit.render.quote import excerpt
from tests.unit.render.reports import passage


def text(evidence: Evidence, longest: int = 300) -> str:
    return "".join(piece for piece, _ in excerpt(evidence, longest))


def marked(evidence: Evidence, longest: int = 300) -> list[str]:
    return [piece for piece, is_marked in excerpt(evidence, longest) if is_marked]


def test_a_short_quote_is_shown_whole_with_its_marks() -> None:
    assert excerpt(passage("We sell red apples.", marked="red"), 300) == [
        ("We sell ", False), ("red", True), (" apples.", False),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["We", "apples."])
def test_a_mark_at_an_end_leaves_no_empty_piece(word: str) -> None:
    pieces = excerpt(passage("We sell apples.", marked=word), 300)
    assert (word, True) in pieces
    assert all(piece for piece, _ in pieces)


def test_white_space_is_folded_so_that_a_quote_is_one_line() -> None:
    assert text(passage("We\n  keep\tit\r\nhere.")) == "We keep it here."


def test_control_characters_become_visible() -> None:
    evidence = passage("We \x1b[31mkeep\u202e it.", marked="keep\u202e")
    assert text(evidence) == "We ␛[31mkeep⟨202E⟩ it."
    assert marked(evidence) == ["keep⟨202E⟩"]


def test_a_long_quote_is_cut_around_its_mark_at_words() -> None:
    evidence = passage("before " * 60 + "the mark " + "behind " * 60, marked="the mark")
    shown = text(evidence, 100)
    assert shown.startswith("… before ")
    assert shown.endswith(" behind …")
    assert marked(evidence, 100) == ["the mark"]
    assert set(shown.split()) == {"…", "before", "the", "mark", "behind"}
    assert len(shown) < 200


def test_a_long_quote_without_marks_keeps_its_beginning() -> None:
    shown = text(passage("word " * 100), 52)
    assert shown == "word " * 9 + "word …"


def test_what_lies_between_two_distant_marks_is_left_out() -> None:
    quote = "first mark " + "filler " * 100 + "second mark"
    evidence = passage(quote)._replace(marks=((100, 110), (100 + len(quote) - 11, 100 + len(quote))))
    shown = text(evidence, 400)
    assert marked(evidence, 400) == ["first mark", "second mark"]
    assert shown.startswith("first mark filler")
    assert " … " in shown
    assert shown.endswith("filler second mark")


def test_a_single_endless_word_is_cut_all_the_same() -> None:
    assert text(passage("w" * 500), 100) == "w" * 100 + " …"

"""No control character of a document reaches a terminal, and nothing that can be printed gets lost."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from privaudit.render.sanitise import one_line, visible

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\x07\x00\x7f\x9b" + BIDI)))
def test_no_control_character_is_left(text: str) -> None:
    for shown in (visible(text), one_line(text)):
        assert not any(unicodedata.category(char) == "Cc" or char in BIDI for char in shown)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_an_escape_sequence_becomes_visible() -> None:
    assert one_line("red \x1b[31m text\nnext") == "red \u241b[31m text next"

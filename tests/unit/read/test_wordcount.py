import pytest

from privaudit.read.wordcount import count_words, words_of


@pytest.mark.parametrize(("text", "words"), [("", 0), ("one, two  three!", 3), ("R&D", 2), ("été 2026", 2)])
def test_words_of_plain_text(text: str, words: int) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>one <b>two</b></p>three", 3),
        ("<p title='no no'>one<!-- no --></p>", 1),
        ("<head><title>no</title></head><script>no()</script><style>no</style>one", 1),
        ("<template><p>no</p></template>one<svg><text>no</text></svg>", 1),
        ("&eacute;t&eacute; &amp; one", 2),
        ("<p>one<p>two</div>three", 3),
        ("<svg><svg></svg>no</svg>one", 1),
        ("<![DOCTYPE no>one<![if no]>two<![endif]><![CDATA[no]]>three<![", 3),
    ],
)
def test_only_the_words_of_the_text_count(source: str, words: int) -> None:
    assert count_words(source.encode()) == words


def test_a_page_that_would_take_too_long_is_not_counted() -> None:
    assert count_words(b"<div x" * 600) is None
    assert count_words(b"<p>one</p>" * 600) == 600


def test_bytes_that_are_no_text_are_no_error() -> None:
    assert count_words(b"one \xff two") == 2

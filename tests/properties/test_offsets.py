"""Whatever the format, each block leads back to the source, and no word of the text gets lost."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privaudit.document import Document, Span
from privaudit.errors import InputError
from privaudit.read import HTML, MARKDOWN, TEXT, read_document

FORMATS = (TEXT, MARKDOWN, HTML)
# Words that stand for visible text: whatever is around them, each must reach the shadow.
VISIBLE = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]

TEXT_PIECES = [
    "\n", "\n\n", "\r\n", " ", "- ", "• ", "1. ", "a) ", "§ ", "===", "---", ":", ".", ";", ",", "\t", "\u00a0",
    "\u00ad", "\u200b", "…", "ﬁ", "Ã¤", "â€™", "\u0301", "  ", "\x0b", "\x1f", "\u2028", "SECTION 4", "2.3.1 ",
    "(i) ", "@", "http://", "-\n", "\u2010\n", "info [at] firm [dot] example", "|", "\ufeff", "\x00",
]  # fmt: skip
MARKDOWN_PIECES = [
    *TEXT_PIECES, "# ", "## ", "*", "**", "_", "`", "```\n", "\n> ", "\n- ", "\n  - ", "\n1. ", "[",
    "](https://a.example/)", "]", "![", "\\", "\\*", "&amp;", "&nbsp;", "\n| a | b |\n|---|---|\n", " | ", "\n---\n",
    "<b>", "</b>", "\n<div>\n", "\n</div>\n", "<https://b.example>", "  \n", "\n\n    ", "~~", "[^1]", "\n[^1]: ",
    "\n===\n", "\n[ref]: https://c.example\n", "&#80;", "~~~\n",
]  # fmt: skip
HTML_PIECES = [
    *TEXT_PIECES, "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<ul>", "</ul>", "<li>", "</li>", "<br>", "<br/>",
    "<table>", "</table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", "<h1>", "</h1>", "<h3>", "<dl>", "<dt>", "<dd>",
    "<a href='https://a.example'>", "</a>", "<p hidden>", "<div style='display: none'>", "<!-- note -->", "&amp;",
    "&nbsp", "&#80;", "&eacute;", "<span>", "</span>", "<script>let a = 1 < 2</script>", "<style>p {}</style>", " < ",
    "<3", "<details><summary>", "<hr>", "<option>", "<img alt='x'>", "<form>", "<label>", "<textarea>", "</textarea>",
    "<body>", "</body>", "<html lang=sv>", "<svg><path/></svg>",
]  # fmt: skip
PIECES = {TEXT: TEXT_PIECES, MARKDOWN: MARKDOWN_PIECES, HTML: HTML_PIECES}

many = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fragments(kind: str) -> st.SearchStrategy[str]:
    piece = st.one_of(st.sampled_from(PIECES[kind]), st.sampled_from(VISIBLE), st.text(max_size=6))
    return st.lists(piece, max_size=30).map("".join)


def try_read(source: str, kind: str) -> Document | None:
    try:
        return read_document("x", source.encode("utf-8", "replace"), kind)
    except InputError as error:
        one_line(error)
        return None


def one_line(error: InputError) -> None:
    assert len(str(error).splitlines()) == 1


def check_places(document: Document) -> None:
    source = document.source
    assert document.shadow == "\n".join(document.text(block.span) for block in document.blocks)
    places = []
    for block in document.blocks:
        text = document.text(block.span)
        assert text
        assert text == text.strip(" ")
        assert "  " not in text
        quote, place = document.quote(block.span)
        assert quote == source[place.start : place.end]
        places.append(place)
        for link in block.links:
            assert block.span.holds(link.text)
            assert 0 <= link.source.start <= link.source.end <= len(source)
        assert all(other < block.index for other in (*block.headings, *block.lead_ins))
        assert block.header is None or block.header < block.index
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
    assert all(before.end <= after.start for before, after in pairwise(places))
    ends = 0
    for offset in range(len(document.shadow)):
        place = document.map.source_span(Span(offset, offset + 1))
        assert ends <= place.end <= len(source)
        assert place.start <= place.end
        ends = place.end
        char = document.shadow[offset]
        if char.isascii() and char.isalnum() and len(place) == 1:
            assert document.source[place.start] == char or not document.source[place.start].isascii()


@pytest.mark.parametrize("kind", FORMATS)
def test_blocks_lead_back_to_the_source(kind: str) -> None:
    @many
    @given(fragments(kind))
    def check(source: str) -> None:
        if document := try_read(source, kind):
            check_places(document)

    check()


@pytest.mark.parametrize("kind", FORMATS)
def test_no_word_gets_lost(kind: str) -> None:
    """Fragments parted by white space, so that none grows into another's markup; quotes would swallow text lawfully."""

    @many
    @given(st.lists(st.one_of(st.sampled_from(PIECES[kind]), st.sampled_from(VISIBLE)), max_size=30).map(" ".join))
    @example("wordb <b> worda </p> < wordc </ul> <li> wordd")
    @example("# worda\n- wordb\n  - wordc\n\n| wordd | worde |\n|---|---|\n| wordf |")
    def check(source: str) -> None:
        wanted = re.findall(r"\bword[a-z]\b", source)
        document = try_read(source, kind)
        if document is None:
            return
        assert re.findall(r"word[a-z]", document.shadow) == wanted

    check()


@many
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)), st.sampled_from(FORMATS))
@example(b"<meta charset=undefined>\xff", HTML)
@example(b"<!doctype html><p>\xed\xa0\x80", HTML)
@example(b"---\nlang: \xff\n---\n", MARKDOWN)
@example(b"\xff\xfe\x00\xd8", TEXT)
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes, kind: str) -> None:
    try:
        document = read_document("x", data, kind)
    except InputError as error:
        one_line(error)
        return
    check_places(document)


@many
@given(st.sampled_from(FORMATS).flatmap(lambda kind: st.tuples(st.just(kind), fragments(kind))))
def test_reading_twice_gives_the_same(kind_and_source: tuple[str, str]) -> None:
    kind, source = kind_and_source
    first, second = try_read(source, kind), try_read(source, kind)
    if first is None or second is None:
        assert first is second
        return
    assert (first.shadow, first.blocks, first.problems) == (second.shadow, second.blocks, second.problems)

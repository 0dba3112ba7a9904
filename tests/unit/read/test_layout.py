from hypothesis import given
from hypothesis import strategies as st

from privaudit.read.columns import in_columns
from privaudit.read.layout import Arranged, arranged
from privaudit.read.page import Page, PageLine
from privaudit.read.text import Laid

HEIGHT = 842.0
FULL = "We keep the data of your order as long as the tax law of the country asks us to do"


def line(
    text: str, base: float, *, left: float = 72, size: float = 10, bold: bool = False, turned: int = 0
) -> PageLine:
    """A line whose letters are half as wide as they are high; a full one ends at the right margin."""
    return PageLine(text, left, left + len(text) * size / 2, base, size, bold, turned)


def paragraph(top: float, *texts: str, size: float = 10, left: float = 72) -> list[PageLine]:
    return [line(text, top - number * size * 1.2, size=size, left=left) for number, text in enumerate(texts)]


def page(number: int, *lines: PageLine) -> Page:
    return Page(number, HEIGHT, lines)


def told(layout: Arranged) -> list[tuple[str, bool, int | None]]:
    """Each line with whether it goes on with the one before, and its level as a heading."""
    found: list[tuple[str, bool, int | None]] = []
    for at, (joins, level, _) in layout.lines.items():
        end = layout.text.find("\n", at)
        found.append((layout.text[at : end if end >= 0 else None], joins, level or 0))
    return found


def joins(*pages: Page) -> list[bool]:
    return [joined for _, joined, _ in told(arranged(pages))]


def test_lines_that_fill_the_column_are_one_paragraph() -> None:
    assert joins(page(1, *paragraph(700, FULL, FULL, "and no longer.", FULL, "The end."))) == [
        False, True, True, False, True,
    ]  # fmt: skip


def test_more_space_begins_a_paragraph() -> None:
    lines = [*paragraph(700, FULL, FULL), *paragraph(660, FULL, FULL)]
    layout = arranged([page(1, *lines)])
    assert [joined for _, joined, _ in told(layout)] == [False, True, False, True]
    assert layout.text == f"{FULL}\n{FULL}\n\n{FULL}\n{FULL}"


def test_a_sentence_goes_on_on_the_next_page_and_a_new_one_does_not() -> None:
    first = page(1, *paragraph(700, FULL, FULL))
    layout = arranged([first, page(2, *paragraph(700, "so that you can complain.", "New one."))])
    assert [joined for _, joined, _ in told(layout)] == [False, True, True, False]
    assert layout.pages == ((0, 1), (len(FULL) * 2 + 1 + 3, 2))
    ended = page(1, *paragraph(700, FULL, FULL + "."))
    assert joins(ended, page(2, *paragraph(700, "Then we delete it."))) == [False, True, False]


def test_lines_of_every_page_come_once_and_break_no_sentence() -> None:
    pages = [
        page(number, line("Firm Ltd", 800), *paragraph(700, FULL, FULL), line(f"Page {number} of 3", 40))
        for number in (1, 2, 3)
    ]
    layout = arranged(pages)
    assert layout.text.count("Firm Ltd") == 1
    assert layout.text.startswith("Firm Ltd\n")
    assert layout.text.count("Page") == 1
    assert layout.text.endswith("Page 1 of 3")
    # The page of each line is known, wherever it has come to stand.
    assert [number for _, number in layout.pages] == [1, 2, 3, 1]
    assert [joined for _, joined, _ in told(layout)][1:-1] == [False, True, True, True, True, True]


def test_lines_that_repeat_within_the_text_stay() -> None:
    pages = [page(number, *paragraph(600, "Purpose", FULL), line("x", 300)) for number in (1, 2)]
    assert arranged(pages).text.count("Purpose") == 2


def test_notes_at_the_foot_and_slanted_text_come_after_the_rest() -> None:
    note = [line("1 Except where the law asks for more,", 90, size=7), line("such as for invoices.", 81, size=7)]
    first = page(1, line("DRAFT", 400, turned=3), *paragraph(700, FULL, FULL), *note)
    layout = arranged([first, page(2, *paragraph(700, "and no longer.", FULL))])
    assert [text for text, *_ in told(layout)] == [
        FULL, FULL, "and no longer.", FULL, "DRAFT", "1 Except where the law asks for more,", "such as for invoices.",
    ]  # fmt: skip
    assert [joined for _, joined, _ in told(layout)] == [False, True, True, False, False, False, False]
    assert [number for _, number in layout.pages] == [1, 2, 1]


def test_a_page_that_is_turned_as_a_whole_is_read() -> None:
    lines = [line(text, 700 - 12 * number, turned=6) for number, text in enumerate((FULL, FULL, "The end."))]
    assert [text for text, *_ in told(arranged([page(1, *lines)]))] == [FULL, FULL, "The end."]


def test_larger_and_bold_lines_are_headings_by_their_size() -> None:
    lines = [
        line("Privacy notice", 780 - 60, size=18),
        line("Who we are", 680, size=13),
        *paragraph(660, FULL, FULL),
        line("In short", 620, bold=True),
        *paragraph(600, FULL, FULL),
        line("This bold line is a sentence.", 560, bold=True),
    ]
    levels = {text: level for text, _, level in told(arranged([page(1, *lines)])) if level}
    assert levels == {"Privacy notice": 1, "Who we are": 2, "In short": 3}


def test_without_larger_lines_headings_are_left_to_their_looks() -> None:
    layout = arranged([page(1, *paragraph(700, "Who we are", FULL, FULL))])
    assert {laid.level for laid in layout.lines.values()} == {None}


def test_links_keep_their_places() -> None:
    first = line("See our page for more.", 700)._replace(links=((4, 12, "https://firm.example/"),))
    layout = arranged([page(1, *paragraph(760, "Notice."), first)])
    at = layout.text.index("our page")
    assert layout.lines[at - 4] == Laid(False, None, ((at, at + 8, "https://firm.example/"),))


def columns(count: int, left: str, right: str) -> list[PageLine]:
    middle = 72 + len(left) * 5.0
    return [
        PageLine(
            f"{left} {right}{number}",
            72,
            middle + 200,
            700 - 12.0 * number,
            10,
            gaps=((len(left), middle, middle + 40),),
        )
        for number in range(count)
    ]


def test_lines_across_two_columns_are_taken_apart() -> None:
    above, below = line("A line across both of the columns of the page, which is long", 760), line("Below.", 300)
    read = list(in_columns([above, *columns(8, "words of the left column", "words of the right one "), below]))
    assert [one.text for one in read] == [
        above.text,
        *["words of the left column"] * 8,
        *[f"words of the right one {number}" for number in range(8)],
        below.text,
    ]
    assert read[1].right < read[9].left


def test_the_links_of_columns_go_with_their_text() -> None:
    lines = columns(8, "words of the left column", "words of the right one ")
    lines[0] = lines[0]._replace(links=((0, 5, "left"), (25, 30, "right"), (20, 30, "both")))
    read = list(in_columns(lines))
    assert read[0].links == ((0, 5, "left"),)
    assert read[8].links == ((0, 5, "right"),)


def test_a_table_of_short_cells_and_a_few_gaps_are_no_columns() -> None:
    for lines in (columns(8, "orders", "contract"), columns(4, "words of the left column", "words of the right one ")):
        assert list(in_columns(lines)) == lines
    crossed = [*columns(8, "words of the left column", "words of the right one "), *paragraph(695, *[FULL] * 6)]
    assert list(in_columns(crossed)) == crossed


WORDS = st.lists(st.sampled_from([f"word{letter}" for letter in "abcdefgh"]), min_size=1, max_size=8).map(" ".join)
LINES = st.builds(
    PageLine,
    WORDS,
    st.sampled_from([72.0, 90.0, 320.0]),
    st.floats(100, 560),
    st.floats(0, HEIGHT),
    st.sampled_from([7.0, 10.0, 14.0]),
    st.booleans(),
    st.sampled_from([0, 0, 0, 3]),
)


@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=4))
def test_only_lines_that_stand_elsewhere_too_are_left_out(found: list[list[PageLine]]) -> None:
    pages = [Page(number, HEIGHT, tuple(lines)) for number, lines in enumerate(found, 1)]
    layout = arranged(pages)
    kept = [text for text, *_ in told(layout)]
    texts = [one.text for lines in found for one in lines]
    assert set(kept) == set(texts)
    assert len(kept) <= len(texts)
    assert list(layout.lines) == sorted(layout.lines)
    assert [at for at, _ in layout.pages] == sorted({at for at, _ in layout.pages})
    for number, lines in enumerate(found, 1):
        for one in lines:
            if texts.count(one.text) == 1:
                at = next(
                    at
                    for at in layout.lines
                    if layout.text.startswith(one.text + "\n", at) or layout.text[at:] == one.text
                )
                assert [page for start, page in layout.pages if start <= at][-1] == number

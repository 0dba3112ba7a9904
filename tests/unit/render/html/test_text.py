from privaudit.document import BlockKind
from privaudit.pane import PaneBlock, Run
from privaudit.render.html.text import Segment, shapes_of
from privaudit.render.html.verdicts import Passage


def over(start: int, end: int, name: str = "a", look: str = "present") -> Passage:
    return Passage(name, 1, look, "A title", start, end)


def paragraph(*runs: Run) -> PaneBlock:
    return PaneBlock(BlockKind.PARAGRAPH, runs)


def segments(block: PaneBlock, *passages: Passage) -> list[tuple[str, str]]:
    """The text under the ids of the passages that lie over it."""
    (shape,) = shapes_of((block,), passages, "en")
    return [(one.text, one.ids) for one in shape.pieces[0].segments]


def test_passages_may_lie_within_and_across_each_other() -> None:
    block = paragraph(Run("abcdefgh", 10, 18))
    inner = [over(10, 16, "outer"), over(12, 14, "inner")]
    assert segments(block, *inner) == [("ab", "outer"), ("cd", "outer inner"), ("ef", "outer"), ("gh", "")]
    across = [over(10, 14, "left"), over(12, 18, "right")]
    assert segments(block, *across) == [("ab", "left"), ("cd", "left right"), ("efgh", "right")]


def test_the_worst_passage_gives_the_look() -> None:
    block = paragraph(Run("abcd", 0, 4))
    (shape,) = shapes_of((block,), [over(0, 4, "a", "present"), over(0, 2, "b", "error")], None)
    assert [one.look for one in shape.pieces[0].segments] == ["error", "present"]


def test_a_run_that_stands_for_its_source_as_a_whole_is_not_cut() -> None:
    block = paragraph(Run("R", 0, 1), Run("&", 1, 6, plain=False), Run("D", 6, 7))
    assert segments(block, over(3, 7)) == [("R", ""), ("&", "a"), ("D", "a")]


def test_a_space_that_stands_for_nothing_in_the_source_is_kept() -> None:
    block = paragraph(Run("a", 0, 1), Run(" ", 1, 1, plain=False), Run("b", 1, 2))
    assert segments(block, over(0, 2)) == [("a", "a"), (" ", "a"), ("b", "a")]


def test_a_passage_begins_once_however_many_blocks_it_lies_over() -> None:
    pane = (paragraph(Run("ab", 0, 2)), paragraph(Run("cd", 5, 7)))
    shapes = shapes_of(pane, [over(1, 6)], None)
    begun = [[one.id for one in segment.begun] for shape in shapes for segment in shape.pieces[0].segments]
    assert begun == [[], ["a"], [], []]
    assert [segment.ids for shape in shapes for segment in shape.pieces[0].segments] == ["", "a", "a", ""]


def test_a_passage_outside_of_all_text_keeps_a_place() -> None:
    pane = (paragraph(Run("ab", 0, 2)), paragraph(Run("cd", 9, 11)))
    lone = over(4, 6)
    first, second = shapes_of(pane, [lone], None)
    assert first.pieces[0].segments == (Segment("ab"), Segment("", (lone,)))
    assert second.pieces[0].segments == (Segment("cd"),)


def test_the_target_of_a_link_is_shown_where_a_passage_lies_in_it() -> None:
    block = paragraph(Run("list", 1, 5), Run("https://x", 7, 16, target=True), Run(".", 17, 18))
    assert segments(block, over(7, 16)) == [("list", ""), ("https://x", "a"), (".", "")]
    assert segments(block, over(1, 18)) == [("list", "a"), (".", "a")]
    assert segments(block) == [("list.", "")]


def test_headings_stand_below_the_one_over_the_text_and_no_deeper_than_html_has_them() -> None:
    pane = tuple(PaneBlock(BlockKind.HEADING, (Run("x", 0, 1),), level) for level in (1, 2, 9))
    assert [(shape.tag, shape.pieces[0].depth) for shape in shapes_of(pane, (), None)] == [("h", 4), ("h", 5), ("h", 6)]


def test_items_of_one_list_stand_together() -> None:
    items = [
        PaneBlock(BlockKind.LIST_ITEM, (Run("x", 0, 1),), level, group=group)
        for level, group in ((1, 1), (2, 1), (1, 2))
    ]
    shapes = shapes_of((paragraph(), *items), (), None)
    assert [(shape.tag, [one.depth for one in shape.pieces]) for shape in shapes] == [
        ("p", [1]),
        ("ul", [1, 2]),
        ("ul", [1]),
    ]


def cell(text: str, row: int, header: int | None = None, kind: BlockKind = BlockKind.TABLE_CELL) -> PaneBlock:
    return PaneBlock(kind, (Run(text, 0, len(text)),), group=row, header=header)


def table(*blocks: PaneBlock) -> list[list[list[str]]]:
    """Each table as rows of cells, a cell's blocks joined, heads in capitals."""
    tables = []
    for shape in shapes_of(blocks, (), None):
        assert shape.tag == "table"
        rows = []
        for row in shape.rows:
            texts = ["+".join(piece.segments[0].text for piece in one.pieces) for one in row]
            rows.append([text.upper() if one.heading else text for one, text in zip(row, texts, strict=True)])
        tables.append(rows)
    return tables


def test_a_cell_stands_under_the_head_of_its_column() -> None:
    heads = [cell("a", 1), cell("b", 1), cell("c", 1)]
    assert table(*heads, cell("y", 2, 1), cell("x", 3, 0)) == [[["A", "B", "C"], ["", "y", ""], ["x", "", ""]]]


def test_a_list_in_a_cell_stays_in_it() -> None:
    heads = [cell("a", 1), cell("b", 1)]
    listed = [cell("y", 2, 1), cell("z", 2, 1, BlockKind.LIST_ITEM)]
    assert table(*heads, cell("x", 2, 0), *listed) == [[["A", "B"], ["x", "y+z"]]]


def test_a_row_of_heads_begins_a_table() -> None:
    assert table(cell("a", 1), cell("x", 2, 0), cell("b", 3), cell("y", 4, 2)) == [[["A"], ["x"]], [["B"], ["y"]]]


def test_rows_without_heads_are_a_table_too() -> None:
    assert table(cell("a", 1), cell("b", 1), cell("c", 2)) == [[["a", "b"], ["c"]]]


def test_a_block_names_its_language_where_it_is_another() -> None:
    pane = tuple(PaneBlock(BlockKind.PARAGRAPH, (Run("x", 0, 1),), language=code) for code in ("en", "sv", None))
    assert [shape.pieces[0].language for shape in shapes_of(pane, (), "en")] == [None, "sv", None]

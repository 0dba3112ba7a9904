from privaudit.document import LineTable, OffsetMap, Span


def test_lines_end_at_lf_crlf_and_cr_alone() -> None:
    table = LineTable("a\r\nb\rc\nd")
    assert [table.place(offset) for offset in (0, 3, 5, 7)] == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_a_plain_run_maps_character_by_character() -> None:
    assert OffsetMap([(0, 10, 5, True)]).source_span(Span(1, 3)) == Span(11, 13)


def test_a_replaced_run_maps_as_a_whole() -> None:
    offsets = OffsetMap([(0, 0, 2, True), (2, 2, 5, False), (3, 7, 2, True)])
    assert offsets.source_span(Span(2, 3)) == Span(2, 7)
    assert offsets.source_span(Span(1, 4)) == Span(1, 8)


def test_offsets_have_pages_where_a_format_has_them() -> None:
    table = LineTable("one\n\f\ntwo\n\f\nnote", ((0, 1), (6, 2), (12, 1)))
    assert [table.page(offset) for offset in (0, 3, 5, 6, 11, 12, 15)] == [1, 1, 1, 2, 2, 1, 1]
    assert LineTable("one\ntwo").page(4) is None

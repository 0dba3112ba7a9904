import pytest

from privaudit.document import Span
from privaudit.match.evidence import evidence_of, piece, source_piece, with_fingerprints
from privaudit.model import Evidence
from privaudit.read import HTML, TEXT
from tests.unit.match.worlds import opened, searched

WORDS = {"fruit": ["apples", "pears", "fruit"]}


def found(text: str, kind: str = "text/markdown") -> tuple[Evidence, ...]:
    """The evidence for all fruit in a text."""
    one = searched(opened(text, kind), WORDS)
    evidence = evidence_of(one.document, one.units, one.hits.of("fruit"))
    source = one.document.source
    assert all(piece.quote == source[piece.start : piece.end] for piece in evidence)
    assert all(piece.start <= start < end <= piece.end for piece in evidence for start, end in piece.marks)
    return evidence


def quotes(text: str, kind: str = "text/markdown") -> list[str]:
    return [piece.quote for piece in found(text, kind)]


def marks(evidence: Evidence) -> list[str]:
    return [evidence.quote[start - evidence.start : end - evidence.start] for start, end in evidence.marks]


def test_a_sentence_is_quoted_as_it_stands_in_the_source_with_its_place() -> None:
    (one,) = found("Nuts.\n\nNuts are here. We sell *red*\napples &amp; pears. Nuts.")
    assert one.quote == "We sell *red*\napples &amp; pears."
    assert (one.line, one.column, one.end_line, one.end_column) == (3, 16, 4, 20)
    assert marks(one) == ["apples", "pears"]


def test_neighbouring_sentences_of_a_block_are_one_piece() -> None:
    assert quotes("We sell apples. We sell pears. Nuts. We buy fruit.") == [
        "We sell apples. We sell pears.", "We buy fruit.",
    ]  # fmt: skip


def test_neighbouring_blocks_are_two_pieces_in_the_order_of_the_text() -> None:
    assert quotes("Apples.\n\nPears.") == ["Apples.", "Pears."]


def test_a_list_is_quoted_with_what_introduces_it() -> None:
    assert quotes("We sell fruit:\n\n- apples\n- nuts\n- pears\n") == ["We sell fruit:\n\n- apples", "pears"]


def test_what_introduces_a_list_is_quoted_with_its_first_item_and_a_short_item_with_what_introduces_it() -> None:
    assert quotes("We sell fruit:\n\n- nuts\n- more\n") == ["We sell fruit:\n\n- nuts"]
    assert quotes("We sell fruit.\n\n- nuts\n- more\n") == ["We sell fruit."]
    assert quotes("We sell these:\n\n- nuts\n- pears\n") == ["We sell these:\n\n- nuts\n- pears"]
    long = "pears that were picked in our own garden in the first days of September, and sold on the day after"
    assert quotes(f"We sell these:\n\n- {long}\n") == [long]


def test_a_long_lead_in_is_quoted_apart() -> None:
    long = "We sell fruit " + "of every kind that you can think of " * 8
    assert len(quotes(f"{long}:\n\n- apples\n")) == 2


def test_nothing_found_is_no_evidence() -> None:
    assert found("Nuts.") == ()


@pytest.mark.parametrize(
    ("source", "kind", "mark"),
    [
        ("<p>We sell ap<b>pl</b>es.</p>", HTML, "ap<b>pl</b>es"),
        ("<p>We sell &#97;pples.</p>", HTML, "&#97;pples"),
        ("We sell ap\u00adples.", TEXT, "ap\u00adples"),
        ("We sell ap**pl**es.", "text/markdown", "ap**pl**es"),
    ],
)
def test_marks_are_slices_of_the_source(source: str, kind: str, mark: str) -> None:
    assert [marks(one) for one in found(source, kind)] == [[mark]]


def test_marks_that_touch_are_one_and_those_outside_are_none() -> None:
    document = opened("We sell apples and pears.")
    one = source_piece(document, Span(3, 14), [Span(10, 14), Span(8, 11), Span(3, 7), Span(12, 20), Span(5, 5)])
    assert one.quote == "sell apples"
    assert one.marks == ((3, 7), (8, 14))


def test_spans_may_be_marked_beside_those_of_hits() -> None:
    document = opened("We sell apples.")
    one = piece(document, document.sentences[0][0], marked=[Span(8, 14)])
    assert marks(one) == ["apples"]


def test_columns_count_code_points() -> None:
    (one,) = found("😀é. We sell apples.", TEXT)
    assert (one.start, one.column, one.end_column) == (4, 5, 20)


def prints(*quoted: str, rule: str = "a-rule") -> list[str]:
    evidence = tuple(Evidence(quote, 0, len(quote), line, 1, line, 1) for line, quote in enumerate(quoted, 1))
    return [one.fingerprint for one in with_fingerprints(rule, evidence)]


def test_a_fingerprint_survives_moves_wrapping_and_case() -> None:
    assert prints("We sell apples.") == prints("Other.", "We  sell\napples.")[1:] == prints("WE SELL APPLES.")


def test_a_fingerprint_survives_a_suppression_within() -> None:
    mark = 'privaudit: ignore b reason="agreed"'
    assert (
        prints("We sell apples.") == prints(f"We sell\n# {mark}\napples.") == prints(f"We <!-- {mark} -->sell apples.")
    )


def test_a_fingerprint_tells_rule_text_and_repetition_apart() -> None:
    one, again = prints("We sell apples.", "We sell apples.")
    others = [*prints("We sell pears."), *prints("We sell apples.", rule="b")]
    assert len({one, again, *others}) == 4

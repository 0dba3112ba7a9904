import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.document import Span
from privaudit.match.regions import SpanSet, find_regions
from privaudit.rulepack.schema import Region, Takes
from tests.unit.match.worlds import opened, searched

WORDS = {"opening": ["information on"], "abroad": ["California"], "named": ["GDPR"]}


def taken(text: str, region: Region) -> list[str]:
    found = searched(opened(text), WORDS, (region,))
    spans = find_regions((region,), found.document, found.units, found.hits)[region.name]
    return [found.document.text(span) for span in spans]


TEXT = "# Notice\n\n## Access\n\nAsk us. You may get information on apples. We answer.\n\nPears.\n\n## Other\n\nPlums."


@pytest.mark.parametrize(
    ("takes", "text"),
    [
        (Takes.MATCH, ["information on"]),
        (Takes.SENTENCE, ["You may get information on apples."]),
        (Takes.REST, ["information on apples."]),
        (Takes.BLOCK, ["Ask us.", "You may get information on apples.", "We answer."]),
        (Takes.SECTION, ["Access", "Ask us. You may get information on apples. We answer.", "Pears."]),
    ],
)
def test_a_region_reaches_as_far_as_it_takes(takes: Takes, text: list[str]) -> None:
    assert taken(TEXT, Region("reply", takes, opened_by=("opening",))) == text


def test_the_rest_goes_on_into_the_list_that_is_introduced() -> None:
    region = Region("reply", Takes.REST, opened_by=("opening",))
    text = "Ask us. You may get information on:\n\n- apples\n- pears\n\nPlums."
    assert taken(text, region) == ["information on:", "apples", "pears"]


def test_a_block_is_a_whole_list() -> None:
    region = Region("reply", Takes.BLOCK, opened_by=("opening",))
    assert taken("You get:\n\n- information on us\n- pears\n\nPlums.", region) == ["information on us", "pears"]


@pytest.mark.parametrize("text", ["## California\n\nApples.", "## Rights\n\n### In California\n\nApples."])
def test_a_heading_takes_its_section_with_what_lies_below(text: str) -> None:
    region = Region("other-law", Takes.SECTION, heading=("abroad",))
    found = taken(f"# Notice\n\nBefore.\n\n{text}\n\n#### Deeper\n\nPears.\n\n## Next\n\nPlums.", region)
    assert found[0] in {"California", "In California"}
    assert found[1:] == ["Apples.", "Deeper", "Pears."]


def test_words_for_headings_open_nothing_in_the_body_and_the_other_way_round() -> None:
    heading = Region("other-law", Takes.SECTION, heading=("abroad",))
    body = Region("reply", Takes.SENTENCE, opened_by=("abroad",))
    assert taken("# Notice\n\nIn California you may object.", heading) == []
    assert taken("# California\n\nYou may object.", body) == []


def test_unless_bars_the_same_sentence_only() -> None:
    region = Region("reply", Takes.SENTENCE, opened_by=("opening",), unless=("named",))
    assert taken("Information on GDPR.", region) == []
    assert taken("Information on us. The GDPR holds.", region) == ["Information on us."]


def test_without_a_heading_above_a_section_is_the_block() -> None:
    region = Region("reply", Takes.SECTION, opened_by=("opening",))
    assert taken("Information on us. Apples.\n\nPears.", region) == ["Information on us.", "Apples."]


def test_regions_of_one_name_come_together_sorted_and_each_once() -> None:
    first = Region("reply", Takes.SENTENCE, opened_by=("opening",))
    second = Region("reply", Takes.SENTENCE, opened_by=("abroad", "opening"))
    found = searched(opened("In California. Information on us."), WORDS, (first, second))
    spans = find_regions((first, second), found.document, found.units, found.hits)
    assert [found.document.text(span) for span in spans["reply"]] == ["In California.", "Information on us."]


def test_a_region_that_nothing_opens_is_empty() -> None:
    assert taken("Apples.", Region("reply", Takes.BLOCK, opened_by=("opening",))) == []


SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 8))


@given(st.lists(SPANS, max_size=6), SPANS)
def test_a_set_of_spans_meets_what_one_of_them_meets(spans: list[Span], other: Span) -> None:
    assert SpanSet(spans).meets(other) is any(span.meets(other) for span in spans)


def test_a_section_that_several_hits_take_is_taken_once_and_a_hit_in_its_heading_takes_it_all_the_same() -> None:
    region = Region("reply", Takes.SECTION, opened_by=("opening",), heading=("abroad",))
    text = "## California\n\nYou get information on us, and information on you.\n\nInformation on all.\n\n## Next"
    assert taken(text, region) == [
        "California",
        "You get information on us, and information on you.",
        "Information on all.",
    ]

import pytest

from privaudit.match.units import Units, units_of
from privaudit.read import HTML
from privaudit.rulepack.schema import Scope
from tests.unit.match.worlds import opened

TEXT = """# Notice

Before all.

## Fruit

We sell apples. We buy pears.

You may have:

- plums
- nuts
  - walnuts

### More

Deep.

## Other

End.
"""


class Cut:
    """A document cut into units, asked by the texts of its sentences."""

    def __init__(self, text: str, kind: str = "text/markdown") -> None:
        self.document = opened(text, kind)
        self.units: Units = units_of(self.document)
        self.sentences = [self.document.text(one.span) for one in self.units.sentences]

    def unit(self, sentence: str, scope: Scope) -> int:
        (unit,) = self.units.own(self.sentences.index(sentence), scope)
        return unit

    def said(self, numbers: object) -> list[str]:
        return [self.sentences[number] for number in numbers]  # type: ignore[attr-defined]

    def members(self, sentence: str, scope: Scope) -> list[str]:
        return self.said(self.units.members(scope, self.unit(sentence, scope)))

    def context(self, sentence: str, scope: Scope) -> list[str]:
        return self.said(self.units.context(scope, self.unit(sentence, scope)))


def test_sentences_are_numbered_through_the_document_and_know_their_block() -> None:
    cut = Cut(TEXT)
    assert cut.sentences == [
        "Notice", "Before all.", "Fruit", "We sell apples.", "We buy pears.", "You may have:", "plums", "nuts",
        "walnuts", "More", "Deep.", "Other", "End.",
    ]  # fmt: skip
    assert [one.number for one in cut.units.sentences] == list(range(13))
    assert cut.units.block_of == (0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    assert cut.said(sorted(cut.units.heading)) == ["Notice", "Fruit", "More", "Other"]


def test_a_sentence_is_alone_and_an_item_is_read_with_what_introduces_it() -> None:
    cut = Cut(TEXT)
    assert cut.members("We buy pears.", Scope.SENTENCE) == ["We buy pears."]
    assert cut.context("We buy pears.", Scope.SENTENCE) == []
    assert cut.context("plums", Scope.SENTENCE) == ["You may have:"]
    assert cut.context("walnuts", Scope.SENTENCE) == ["You may have:", "nuts"]


def test_only_the_last_sentence_of_a_paragraph_introduces_a_list() -> None:
    cut = Cut("We sell fruit. You may have:\n\n- plums\n")
    assert cut.context("plums", Scope.SENTENCE) == ["You may have:"]


def test_a_sentence_knows_the_list_that_it_introduces() -> None:
    cut = Cut(TEXT)
    introduced = cut.units.introduced_by(cut.sentences.index("You may have:"))
    assert cut.said(introduced) == ["plums", "nuts", "walnuts"]
    assert cut.units.introduced_by(cut.sentences.index("We buy pears.")) == ()


def test_a_block_is_a_paragraph_or_a_list_read_with_the_headings_above_and_the_lead_in() -> None:
    cut = Cut(TEXT)
    assert cut.members("We sell apples.", Scope.BLOCK) == ["We sell apples.", "We buy pears."]
    assert cut.context("We sell apples.", Scope.BLOCK) == ["Notice", "Fruit"]
    assert cut.members("plums", Scope.BLOCK) == ["plums", "nuts", "walnuts"]
    assert cut.context("plums", Scope.BLOCK) == ["Notice", "Fruit", "You may have:"]
    everything = cut.units.everything(Scope.BLOCK, cut.unit("plums", Scope.BLOCK))
    assert cut.said(everything) == ["Notice", "Fruit", "You may have:", "plums", "nuts", "walnuts"]


def test_a_table_row_is_a_block_read_with_its_heads() -> None:
    cut = Cut("| Kind | Time |\n|---|---|\n| orders | a year |\n| mail | a month |\n")
    assert cut.members("orders", Scope.BLOCK) == ["orders", "a year"]
    assert cut.context("orders", Scope.BLOCK) == ["Kind", "Time"]
    assert cut.context("a year", Scope.SENTENCE) == ["Time"]


def test_a_list_in_a_cell_is_read_with_its_row() -> None:
    cut = Cut(
        "<table><tr><th>Kind</th><th>Time</th></tr><tr><td>orders</td><td><ul><li>a year</ul></td></tr></table>", HTML
    )
    assert cut.members("orders", Scope.BLOCK) == ["orders", "a year"]
    assert cut.context("a year", Scope.SENTENCE) == ["Time"]


def test_a_section_holds_those_inside_it_and_the_title_opens_none() -> None:
    cut = Cut(TEXT)
    fruit = cut.document.blocks[2].index
    assert cut.said(cut.units.members(Scope.SECTION, fruit)) == [
        "Fruit", "We sell apples.", "We buy pears.", "You may have:", "plums", "nuts", "walnuts", "More", "Deep.",
    ]  # fmt: skip
    assert cut.units.own(cut.sentences.index("Deep."), Scope.SECTION) == (fruit, 8)
    assert cut.members("Before all.", Scope.SECTION) == ["Notice", "Before all."]
    assert cut.unit("Before all.", Scope.SECTION) == -1


def test_the_document_holds_everything() -> None:
    cut = Cut(TEXT)
    assert cut.members("End.", Scope.DOCUMENT) == cut.sentences
    assert list(cut.units.numbers(Scope.DOCUMENT)) == [0]


def test_what_a_sentence_belongs_to_or_is_read_with() -> None:
    cut = Cut(TEXT)
    lead_in = cut.sentences.index("You may have:")
    own, of = cut.units.own(lead_in, Scope.BLOCK), cut.units.of(lead_in, Scope.BLOCK)
    assert own == (cut.unit("You may have:", Scope.BLOCK),)
    assert of == (*own, cut.unit("plums", Scope.BLOCK))


def test_an_unknown_unit_is_empty() -> None:
    cut = Cut("One.")
    assert cut.units.members(Scope.BLOCK, 99) == cut.units.everything(Scope.BLOCK, 99) == []


@pytest.mark.parametrize("scope", list(Scope))
def test_some_sentences_hold_in_the_units_of_each(scope: Scope) -> None:
    units = Cut(TEXT).units
    numbers = range(len(units.sentences))
    for some in ({number, other} for number in numbers for other in numbers):
        assert units.holding(some, scope) == {unit for number in some for unit in units.of(number, scope)}
    assert units.holding(frozenset(), scope) == frozenset()

import marshal

import pytest

from privaudit.match.prepare import vocabulary_of
from privaudit.match.vocabulary import ConceptWords, Vocabulary
from privaudit.rulepack.schema import Citation, WordEntry
from tests.unit.match.worlds import PLACE


def made(*entries: WordEntry) -> tuple[Vocabulary, ConceptWords]:
    vocabulary = vocabulary_of({"fruit": entries}, ["fruit"])
    words = vocabulary.of("fruit")
    assert words is not None
    return vocabulary, words


def word(pattern: str, exact: bool = False) -> WordEntry:
    return WordEntry(PLACE, pattern=pattern, exact=exact)


def test_a_list_of_words_needs_no_pattern_and_keeps_its_order() -> None:
    vocabulary, words = made(word("apples?|Pears"))
    ((exact, alternatives),) = words.plain
    assert [(vocabulary.letters[number], text) for number, text, *_ in alternatives] == [
        (" apples ", "apples"),
        (" apple ", "apple"),
        (" pears ", "pears"),
    ]
    assert (exact, words.written) == (False, ())
    assert [vocabulary.owners(one[0]) for one in alternatives] == [(("fruit", 0, rank),) for rank in range(3)]


def test_where_the_case_matters_a_word_is_found_by_its_letters_and_compared() -> None:
    vocabulary, words = made(word("IMY", exact=True))
    ((exact, ((number, text, _, unsure, *_),)),) = words.plain
    assert (exact, text, unsure, vocabulary.letters[number]) == (True, "IMY", True, " imy ")
    assert words.written == ()


def test_signs_and_spaces_are_one_to_letters_so_that_such_words_are_compared() -> None:
    vocabulary, words = made(word("e-mail|fee"))
    ((_, alternatives),) = words.plain
    assert [(vocabulary.letters[number], unsure) for number, _, _, unsure, *_ in alternatives] == [
        (" e mail ", True),
        (" fee ", False),
    ]


def test_letters_that_a_text_cannot_hold_are_ruled_out_and_no_others() -> None:
    vocabulary, _ = made(word("right of access|erasure|of|complaints?|data"))
    possible = {vocabulary.letters[number] for number in vocabulary.possible("the right to erase data, of course")}
    # "of" is too short to be ruled out.
    assert {" data ", " of "} <= possible
    assert not possible & {" complaint ", " complaints "}


def test_a_pattern_is_called_for_by_the_letters_that_are_least_likely() -> None:
    vocabulary, words = made(word(r"complain\w* to \w+ authority"))
    assert len(words.written) == 1
    one = words.pattern(0)
    anchors = [[vocabulary.letters[number] for number in anchor.numbers] for anchor in one.anchors]
    assert anchors == [[" complain"], [" authority "]]
    assert [anchor.begins for anchor in one.anchors] == [(((-1,), False),), None]
    assert vocabulary.owners(one.anchors[0].numbers[0]) == (("fruit", 0, -1),)
    assert vocabulary.owners(one.anchors[1].numbers[0]) == ()


def test_a_pattern_without_letters_is_always_tried() -> None:
    _, words = made(word(r"\w+"), word(r"\w+ fee"), word(r"\(\w+\)"))
    assert [one.source for one in map(words.pattern, words.always)] == [r"\w+", r"\(\w+\)"]
    assert words.pattern(2).needs == ("(",)


def test_digits_are_letters_like_any_but_confirmed_since_one_stands_for_all() -> None:
    vocabulary, words = made(word(r"Directive 95|\d{2} days"))
    assert len(words.written) == 1
    one = words.pattern(0)
    assert [vocabulary.letters[number] for number in one.anchors[0].numbers] == [" directive 00 ", " 00 days "]
    assert words.plain == ()


def test_links_articles_and_what_governs_stand_apart() -> None:
    entries = (
        WordEntry(PLACE, link=r"a\.example"),
        WordEntry(PLACE, article=Citation(6, 1, "f")),
        word("{it} has ended"),
        word("apple"),
    )
    vocabulary, words = made(*entries)
    assert words.links == ((r"a\.example", False),)
    assert words.articles == (Citation(6, 1, "f"),)
    assert len(words.governing) == 1
    assert "{it}" not in words.governing[0][0]
    assert vocabulary.letters == [" apple "]
    assert vocabulary.links == {"fruit": ("a.example",)}
    assert vocabulary.cites


def test_a_link_of_which_no_string_is_known_may_be_any() -> None:
    vocabulary, _ = made(WordEntry(PLACE, link=r"a\.example"), WordEntry(PLACE, link=r"\w+"))
    assert vocabulary.links == {"fruit": ("a.example", "")}


def test_only_concepts_that_are_needed_and_have_words_are_known() -> None:
    vocabulary = vocabulary_of({"fruit": (word("apple"),), "nuts": (word("nut"),), "none": ()}, ["fruit", "none", "x"])
    assert "fruit" in vocabulary
    assert [concept in vocabulary for concept in ("nuts", "none", "x")] == [False, False, False]
    assert vocabulary.of("nuts") is None
    assert vocabulary.letters == [" apple "]
    assert not vocabulary.cites


@pytest.mark.parametrize(
    "entries",
    [
        (word("apples?"), word(r"pear\w*"), word("IMY", exact=True), word("{it} ended")),
        (WordEntry(PLACE, article=Citation(21)), WordEntry(PLACE, link="x")),
    ],
)
def test_what_is_kept_is_plain_and_gives_the_same_again(entries: tuple[WordEntry, ...]) -> None:
    vocabulary, words = made(*entries)
    again = Vocabulary(*marshal.loads(marshal.dumps(vocabulary.to_keep())))  # noqa: S302
    assert (again.letters, again.cites) == (vocabulary.letters, vocabulary.cites)
    assert [again.owners(number) for number in range(len(again.letters))] == [
        vocabulary.owners(number) for number in range(len(again.letters))
    ]
    same = again.of("fruit")
    assert same is not None
    assert vars(same) == vars(words)
    assert again.possible("apples and pears") == vocabulary.possible("apples and pears")

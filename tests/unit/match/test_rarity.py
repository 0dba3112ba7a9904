from privaudit.match.rarity import Rarity

NAMED = Rarity(["data … kept", "(?:our|your) data", "data we transmi(?:t|tted)", "Data Protection Act", "12 months"])


def test_what_many_patterns_name_is_frequent() -> None:
    assert NAMED.of([" data "]) > 3 * NAMED.of([" kept "])


def test_what_none_names_is_as_rare_as_what_one_does() -> None:
    assert NAMED.of([" host "]) == NAMED.of([" kept "])


def test_each_of_several_letters_may_occur() -> None:
    assert NAMED.of([" data ", " kept "]) == NAMED.of([" data "]) + NAMED.of([" kept "])


def test_several_words_are_rarer_than_the_rarest_of_them() -> None:
    assert NAMED.of([" data protection "]) < NAMED.of([" protection "])


def test_the_beginning_of_a_word_stands_for_all_that_begin_so() -> None:
    assert Rarity(["transmit", "transmits"]).of([" transmi"]) > Rarity(["transmit", "transmi"]).of([" transmi "])


def test_short_words_numbers_and_signs_are_frequent() -> None:
    assert NAMED.of([" "]) > NAMED.of([" 00 "]) > NAMED.of([" to "]) > NAMED.of([" protection "])

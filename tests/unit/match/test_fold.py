import regex

from privaudit.match.fold import fold, is_wordy


def test_characters_are_parts_of_words_where_regex_says_so() -> None:
    codes = (*range(0x3000), *range(0xA000, 0x11000), *range(0x1F000, 0x20000), 0xE0001, 0xF0000)
    every = [chr(code) for code in codes]
    wordy = set(regex.findall(r"\w", "".join(every)))
    assert [char for char in every if is_wordy(char) is not (char in wordy)] == []


def test_every_character_stays_in_its_place_when_folded() -> None:
    text = "GROẞE Straße, İstanbul, ŉ ΐ ﬁ \u0131 ſ 42"
    assert fold(text) == "große straße, istanbul, ŉ ΐ ﬁ i s 00"
    assert fold(text[:3]) == "gro"

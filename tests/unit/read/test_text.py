from itertools import pairwise

import pytest

from privaudit.document import Document, Span
from privaudit.errors import InputError
from privaudit.read import read_document
from tests.unit.read.looks import TEXT, kinds, links, open_document, texts

LONG = "We keep the data of your order for as long as the tax law of the country asks us to."
MORE = "We ask the post to bring the parcel to your door, and give it your name and your address."
WRAPPED = """The data of your order are kept by the com-
pany that sells the bicycle to you, and by
nobody else in the world. It keeps them on a
third-party server that stands in a well-
known town, where a third-
party keeps watch over it by day and night.
"""
WHOLE = (
    "The data of your order are kept by the company that sells the bicycle to you, and by nobody else in the world. "
    "It keeps them on a third-party server that stands in a well-known town, where a third-party keeps watch over it "
    "by day and night."
)


def plain(source: str) -> list[tuple[str, str]]:
    return kinds(open_document(source, TEXT))


def headings(source: str) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in plain(source) if kind.startswith("heading")]


def quotes(document: Document) -> list[str]:
    return [document.quote(block.span)[0] for block in document.blocks]


def test_blank_lines_part_paragraphs() -> None:
    assert plain(f"{LONG}\n\n \t \n{MORE}\n\n\n\nThe end.\n") == [
        ("paragraph", LONG), ("paragraph", MORE), ("paragraph", "The end."),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_one_paragraph_and_words_broken_at_their_ends_are_whole(end: str) -> None:
    document = open_document(WRAPPED.replace("\n", end), TEXT)
    assert texts(document) == [WHOLE]
    assert quotes(document) == [WRAPPED.strip().replace("\n", end)]


def test_a_word_that_has_a_hyphen_of_its_own_keeps_it_at_the_end_of_a_line() -> None:
    # "third-" is a prefix of its own, "bike-" is not but "bike-friendly" stands in the text elsewhere.
    source = """This is a bike-friendly shop in the north of
the city, which keeps a list of the bike-
friendly shops in the whole of the country
and keeps watch over all of the other com-
panies that are in the list with their name.
"""
    text = texts(open_document(source, TEXT))[0]
    assert "of the bike-friendly shops in" in text
    assert "other companies that" in text


def test_a_wrapped_paragraph_leads_back_to_the_source_word_by_word() -> None:
    document = open_document(WRAPPED, TEXT)
    start = document.shadow.index("company")
    assert document.quote(Span(start, start + len("company that")))[0] == "com-\npany that"


def test_one_line_a_paragraph_is_not_joined() -> None:
    assert plain(f"{LONG}\n\n{MORE} {LONG}\n{LONG} {MORE}\n")[1:] == [
        ("paragraph", f"{MORE} {LONG}"), ("paragraph", f"{LONG} {MORE}"),
    ]  # fmt: skip


def test_a_line_that_ends_in_a_comma_goes_on() -> None:
    assert plain("We keep your name,\nand your address.\n") == [("paragraph", "We keep your name, and your address.")]


def test_short_lines_under_each_other_are_read_together() -> None:
    document = open_document("Oakfield Cycles Ltd\n12 Mill Lane\nBrighton\n\nWe sell bicycles.\n", TEXT)
    assert kinds(document) == [
        ("paragraph", "Oakfield Cycles Ltd"), ("paragraph", "12 Mill Lane"), ("paragraph", "Brighton"),
        ("paragraph", "We sell bicycles."),
    ]  # fmt: skip
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] == groups[2] != groups[3]


@pytest.mark.parametrize(
    "mark", ["-", "*", "•", "●", "▪", "◦", "‣", "·", "–", "—", "⁃", "■", "\uf0b7", "o", "(a)", "b)", "3)", "(iv)"]
)
def test_bullets_make_a_list_and_are_no_text(mark: str) -> None:
    document = open_document(f"You may:\n\n{mark} object\n{mark}  erase\n\nOther.\n", TEXT)
    assert kinds(document) == [
        ("paragraph", "You may:"), ("list-item1", "object"), ("list-item1", "erase"), ("paragraph", "Other."),
    ]  # fmt: skip
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0,), ()]
    assert document.blocks[1].group == document.blocks[2].group != document.blocks[0].group


def test_blank_lines_inside_a_list_do_not_end_it_and_a_paragraph_does() -> None:
    document = open_document("- one\n\n- two\n\nText between the two.\n\n- three\n", TEXT)
    groups = [block.group for block in document.blocks]
    assert groups[0] == groups[1] != groups[3]
    assert document.blocks[3].lead_ins == (2,)


def test_an_item_goes_on_over_wrapped_lines() -> None:
    source = """You may ask us at any time and free of charge
for the following things, by letter or mail:
- a copy of all of the data that we hold of
  you, in a form that machines can read
- that we erase them within a month's time.
"""
    document = open_document(source, TEXT)
    assert texts(document)[1:] == [
        "a copy of all of the data that we hold of you, in a form that machines can read",
        "that we erase them within a month's time.",
    ]
    assert [block.lead_ins for block in document.blocks] == [(), (0,), (0,)]
    assert quotes(document)[1] == "a copy of all of the data that we hold of\n  you, in a form that machines can read"


def test_paragraphs_that_go_on_with_a_colon_are_its_list() -> None:
    document = open_document("You may:\n\naccess your data;\n\nerase them.\n\nWe are glad.\n", TEXT)
    assert [(block.kind.value, block.lead_ins) for block in document.blocks] == [
        ("paragraph", ()), ("list-item", (0,)), ("list-item", (0,)), ("paragraph", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["-5 degrees", "-- x", "a-b", "on the way", "*starred"])
def test_a_sign_without_a_space_is_no_bullet(text: str) -> None:
    assert plain(f"{text}\n") == [("paragraph", text)]


def test_numbers_give_sections_their_depth() -> None:
    document = open_document(
        f"1. Who we are\n\n{LONG}\n\n2. Data\n\n2.1 Kinds of data\n\n{LONG}\n\n2.1.1 Names\n\n{LONG}\n\n"
        f"Section 3: Rights\n\n{LONG}\n",
        TEXT,
    )
    assert [pair for pair in kinds(document) if pair[0] != "paragraph"] == [
        ("heading2", "1. Who we are"), ("heading2", "2. Data"), ("heading3", "2.1 Kinds of data"),
        ("heading4", "2.1.1 Names"), ("heading2", "Section 3: Rights"),
    ]  # fmt: skip
    above = {text: block.headings for text, block in zip(texts(document), document.blocks, strict=True)}
    assert above["2.1.1 Names"] == (2, 3)
    assert above["Section 3: Rights"] == ()
    assert document.blocks[6].headings == (2, 3, 5)


@pytest.mark.parametrize(
    "title", ["What we keep", "YOUR RIGHTS", "IV. Roman", "B. Lettered", "Why do we ask?", "§ 5 Rechte"]
)
def test_a_short_line_above_a_text_is_a_heading(title: str) -> None:
    document = open_document(f"{MORE}\n\n{title}\n\n{LONG}\n", TEXT)
    assert [block.kind.value for block in document.blocks] == ["paragraph", "heading", "paragraph"]
    assert document.blocks[2].headings == (1,)


@pytest.mark.parametrize(
    "line",
    [
        "Contact us today.",
        "Ask us, please;",
        "what we keep",
        "dpo@oakfield.example",
        "www.oakfield.example",
        "What do we keep, and for how long do we keep it, and why do we keep it at all then",
        "We may pass these data on to:",
        "12345",
    ],
)
def test_a_sentence_an_address_or_a_long_line_is_no_heading(line: str) -> None:
    assert headings(f"{MORE}\n\n{line}\n\n{LONG}\n") == []


def test_a_line_with_a_colon_above_a_list_introduces_it() -> None:
    document = open_document("Write to us:\n- by mail\n- by post\n", TEXT)
    assert [(block.kind.value, block.lead_ins) for block in document.blocks] == [
        ("paragraph", ()), ("list-item", (0,)), ("list-item", (0,)),
    ]  # fmt: skip


def test_the_last_line_stands_above_nothing() -> None:
    assert headings(f"{LONG}\n\nThe shop team\n") == []


def test_a_menu_is_no_pile_of_headings() -> None:
    assert headings(f"Home\nShop\nBasket\nContact\n\nPrivacy notice\n\n{LONG}\n") == [("heading3", "Privacy notice")]


def test_the_first_heading_is_the_title() -> None:
    assert headings(f"Our notice\n\n{LONG}\n\nYOUR RIGHTS\n{LONG}\n\nWhat we keep\n{LONG}\n") == [
        ("heading1", "Our notice"), ("heading2", "YOUR RIGHTS"), ("heading3", "What we keep"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "-", "~", "*", "_"])
def test_an_underlined_line_is_a_heading_and_the_line_below_is_no_text(sign: str) -> None:
    document = open_document(f"{MORE}\n\nyour rights.\n{sign * 12}\n{LONG}\n", TEXT)
    assert [text for text in texts(document) if text not in {LONG, MORE}] == ["your rights."]
    assert [block.kind.value for block in document.blocks] == ["paragraph", "heading", "paragraph"]


def test_double_lines_stand_above_single_ones() -> None:
    source = f"{LONG}\n\nOne\n===\n\n{LONG}\n\nTwo\n---\n\n{LONG}\n\nThree\n---\n{LONG}\n\nFour\n====\n{LONG}\n"
    assert headings(source)[1:] == [("heading2", "Two"), ("heading2", "Three"), ("heading1", "Four")]
    document = open_document(source, TEXT)
    assert [document.text(document.blocks[index].span) for index in document.blocks[4].headings] == ["One", "Two"]


@pytest.mark.parametrize("rule", ["---", "==========", "* * *", "___", "~~~~"])
def test_a_rule_between_paragraphs_makes_no_heading_of_the_text_above(rule: str) -> None:
    assert headings(f"{LONG}\n\n{rule}\n\n{MORE}\n") == []


def test_a_long_sentence_directly_above_a_rule_stays_text() -> None:
    assert headings(f"{LONG} {MORE}\n----------\n{MORE}\n") == []


def test_signs_are_made_plain_and_invisible_ones_go() -> None:
    document = open_document("“Apples”\u00a0& p\u00adears\u200b ﬁne – it’s\t so…\n", TEXT)
    assert texts(document) == ['"Apples" & pears fine - it\'s so...']
    assert quotes(document) == ["“Apples”\u00a0& p\u00adears\u200b ﬁne – it’s\t so…"]


def test_addresses_are_links_with_their_place() -> None:
    document = open_document(
        "Write to dpo@oak.example or dpo [at] oak [dot] example; see https://oak.example/x.\n", TEXT
    )
    assert links(document) == [
        ("dpo@oak.example", "mailto:dpo@oak.example"),
        ("dpo [at] oak [dot] example", "mailto:dpo@oak.example"),
        ("https://oak.example/x", "https://oak.example/x"),
    ]
    assert [document.source[link.source.start : link.source.end] for link in document.blocks[0].links] == [
        "dpo@oak.example", "dpo [at] oak [dot] example", "https://oak.example/x",
    ]  # fmt: skip


def test_every_block_is_a_slice_of_the_source_in_its_order() -> None:
    source = f"1. Who\n\n{WRAPPED}\n“Two”\n-----\n\n• ein\u00adgang\n• R&D…\n\nOakfield\nMill Lane\n"
    document = open_document(source, TEXT)
    places = [document.quote(block.span)[1] for block in document.blocks]
    assert all(before.end <= after.start for before, after in pairwise(places))
    assert quotes(document) == [
        "1. Who", WRAPPED.strip(), "“Two”", "ein\u00adgang", "R&D…", "Oakfield", "Mill Lane",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "reason"), [("A Title\n=======\n", "only headings"), ("-----\n", "no readable text")]
)
def test_a_file_without_text_is_refused(source: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        open_document(source, TEXT)


@pytest.mark.parametrize(
    ("path", "code"), [("notice.sv.txt", "sv"), ("notice.SV.txt", "sv"), ("notice.v2.txt", None), ("notice.txt", None)]
)
def test_a_file_name_may_say_the_language(path: str, code: str | None) -> None:
    assert read_document(path, b"Some text.").declared.code == code

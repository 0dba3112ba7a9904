import pytest

from privaudit.document import Span
from privaudit.read.shadow import ShadowBuilder


def shadow_of(text: str, entities: bool = False) -> str:
    builder = ShadowBuilder(text)
    builder.begin()
    builder.text(0, len(text), entities)
    builder.end()
    return builder.finish()[0]


@pytest.mark.parametrize(
    ("source", "shadow"),
    [
        ("one  two\tthree\nfour\u00a0five\u2009six", "one two three four five six"),
        ("  at the ends \r\n ", "at the ends"),
        ("Pri\u00advacy Sh\u200bield\u2060 \ufeffhere", "Privacy Shield here"),
        ("‘a’ “b” „c“ «d» ‹e› it`s", '\'a\' "b" "c" "d" \'e\' it\'s'),
        ("a–b—c‐d‑e−f", "a-b-c-d-e-f"),
        ("and so on…", "and so on..."),
        ("oﬃce ﬁle ＧＤＰＲ", "office file GDPR"),
        ("fo\u0308r a\u030ar", "för år"),
        ("fÃ¶r Ã¥tkomst", "för åtkomst"),
        ("Ãœbermittlung, dÃ©jÃ\u00a0 lÃ\u00a0", "Übermittlung, déjà là"),
        ("Âme, NÃO, Ã et Â", "Âme, NÃO, Ã et Â"),
        ("the userâ€™s â€œdataâ€\x9d", 'the user\'s "data"'),
        ("åäö éèê ß ñ ğ œ", "åäö éèê ß ñ ğ œ"),
        ("Privacy Shield™ and note²", "Privacy Shield™ and note²"),
        ("Straße İ ı ſ", "Straße İ ı s"),
    ],
)
def test_writing_is_made_plain(source: str, shadow: str) -> None:
    assert shadow_of(source) == shadow


@pytest.mark.parametrize(
    ("source", "shadow"),
    [
        ("Pri&shy;vacy &amp; &#80;rivacy", "Privacy & Privacy"),
        ("a&nbsp;b&#160;c&#xa0;d", "a b c d"),
        ("&bdquo;Daten&ldquo; &ndash; f&uuml;r", '"Daten" - für'),
        ("AT&T, R&D and &nosuch; stay", "AT&T, R&D and &nosuch; stay"),
        ("&lt;b&gt; is text, &amp;lt; is decoded once", "<b> is text, &lt; is decoded once"),
        (f"&#{'9' * 6000};", "\ufffd" + "9" * 5980 + ";"),
    ],
)
def test_entities_are_decoded_where_asked(source: str, shadow: str) -> None:
    assert shadow_of(source, entities=True) == shadow
    assert shadow_of(source.partition(" ")[0]) == source.partition(" ")[0]


@pytest.mark.parametrize(
    ("source", "word", "quote"),
    [
        ("the Pri\u00advacy  Shield", "Privacy Shield", "Pri\u00advacy  Shield"),
        ("a &amp; b", "&", "&amp;"),
        ("our oﬃce", "office", "oﬃce"),
        # A part of what was written with one character is quoted with the whole of it.
        ("our oﬃce", "off", "oﬃ"),
        ("and so on… here", "...", "…"),
        ("fÃ¶r dig", "för", "fÃ¶r"),
        ("fo\u0308r dig", "ör", "o\u0308r"),
        ("one \n\t two", "e t", "e \n\t t"),
        ("x\u00a0y", " ", "\u00a0"),
    ],
)
def test_every_stretch_leads_back_to_what_was_written(source: str, word: str, quote: str) -> None:
    builder = ShadowBuilder(source)
    builder.begin()
    builder.text(0, len(source), entities=True)
    builder.end()
    shadow, places = builder.finish()
    start = shadow.index(word)
    place = places.source_span(Span(start, start + len(word)))
    assert source[place.start : place.end] == quote


def test_blocks_are_parted_by_one_line_feed_and_empty_ones_leave_nothing() -> None:
    source = "one|  |two"
    builder = ShadowBuilder(source)
    spans = []
    for start, end in ((0, 3), (4, 6), (7, 10)):
        begun = builder.begin()
        builder.text(start, end)
        spans.append((begun, builder.end()))
    assert builder.finish()[0] == "one\ntwo"
    assert (spans[0], spans[2]) == ((0, 3), (4, 7))


def test_the_hyphen_of_a_line_break_can_be_taken_back() -> None:
    source = "informa-\ntion"
    builder = ShadowBuilder(source)
    builder.begin()
    builder.text(0, 8)
    builder.drop_last("-")
    builder.text(9, 13)
    builder.end()
    shadow, places = builder.finish()
    assert shadow == "information"
    assert places.source_span(Span(0, 11)) == Span(0, 13)
    assert places.source_span(Span(6, 9)) == Span(6, 11)

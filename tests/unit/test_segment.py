import pytest

from privaudit.document import Span
from privaudit.segment import Segmenter

ENGLISH = Segmenter(
    frozenset({"e.g.", "i.e.", "etc.", "art.", "inc.", "no.", "u.s.", "dr.", "lit.", "abs."}),
    frozenset({"we", "you", "the", "this", "they"}),
)
GERMAN = Segmenter(
    frozenset({"z.", "b.", "z. b.", "art.", "abs.", "lit.", "bzw.", "ggf."}), frozenset({"die", "wir", "sie"})
)
SWEDISH = Segmenter(frozenset({"t.ex.", "bl.a.", "art."}), frozenset({"vi", "du", "det"}))
DUTCH = Segmenter(frozenset({"d.w.z.", "bijv.", "art."}), frozenset({"wij", "u", "de"}))


def split(segmenter: Segmenter, text: str) -> list[str]:
    spans = segmenter.split(text, Span(0, len(text)))
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("segmenter", "sentences"),
    [
        (ENGLISH, ["We keep data.", "You may object."]),
        (ENGLISH, ["Data goes to the U.S. Department of Commerce."]),
        (ENGLISH, ["Data goes to the U.S.", "We rely on clauses."]),
        (ENGLISH, ["It takes part in the EU-U.S. Privacy Shield."]),
        (ENGLISH, ["We use cookies, logs etc.", "The data stay here."]),
        (ENGLISH, ["Some data, e.g. Names and addresses, are needed."]),
        (ENGLISH, ["Acme Inc. Denver is responsible."]),
        (ENGLISH, ["Ask J. Smith about it."]),
        (ENGLISH, ["3. Recipients of your data"]),
        (ENGLISH, ["In force since 25. May 2018."]),
        (ENGLISH, ['He said "stop."', "We stopped."]),
        (ENGLISH, ["Why do we ask?", "Because it is needed!", "You decide."]),
        (ENGLISH, ["See policy.example.com for more."]),
        (GERMAN, ["Grundlage ist Art. 6 Abs. 1 lit. f DSGVO."]),
        (GERMAN, ["Daten, z. B. Ihre Adresse, bzw. Sie selbst."]),
        (SWEDISH, ["Vi samlar in t.ex. Namn och adress.", "Det sker här."]),
        (DUTCH, ["Wij bewaren dit, d.w.z. De gegevens, lang."]),
        (ENGLISH, ["no capital. so no new sentence"]),
    ],
)
def test_sentences(segmenter: Segmenter, sentences: list[str]) -> None:
    assert split(segmenter, " ".join(sentences)) == sentences


def test_a_sentence_may_end_with_a_number_in_groups() -> None:
    assert split(ENGLISH, "Call 019-11 22 33. Pupils may write.") == ["Call 019-11 22 33.", "Pupils may write."]


def test_spans_stay_inside_the_block() -> None:
    shadow = "One. Two.\nThree. Four."
    assert ENGLISH.split(shadow, Span(10, 22)) == (Span(10, 16), Span(17, 22))

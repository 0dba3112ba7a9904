from datetime import date

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from privaudit.document import Document
from privaudit.match.conditions import Evaluator
from privaudit.match.detect import detect, occurrences
from privaudit.match.pattern import Patterns, anchored
from privaudit.match.regions import find_regions
from privaudit.model import Evidence, Kind
from privaudit.rulepack.schema import Detector, Region, Rule, Takes
from tests.unit.match.worlds import PLACE, opened, searched

DAY = date(2026, 11, 22)
WORDS = {
    "updated": ["last updated"],
    "act": [r"Act 20\d\d", r"20\d\d/\d+/EC"],
    "vendor": ["our partner"],
    # How a notice speaks of its author, words with a capital that name none, legal forms.
    "acting": [r"\p{Lu}\w+(?: \p{Lu}\w+)? (?:uses|keeps)"],
    "common": ["The", "Users?"],
    "forms": ["Ltd", "GmbH"],
}
REGION = Region("third-party", Takes.SENTENCE, opened_by=("vendor",))


def asked(
    what: Detector,
    text: str | Document,
    topic: str | tuple[str, ...] = (),
    day: date = DAY,
    outside: tuple[str, ...] = (),
) -> tuple[bool, list[Evidence]]:
    document = opened(text) if isinstance(text, str) else text
    found = searched(document, WORDS, (REGION,))
    regions = find_regions((REGION,), document, found.units, found.hits)
    evaluator = Evaluator(document, found.units, found.hits, regions)
    rule = Rule(
        "a-rule",
        "T",
        Kind.PRACTICE,
        PLACE,
        (),
        "",
        "",
        (),
        detect=what,
        topic=(topic,) if isinstance(topic, str) else topic,
        outside=outside,
    )
    holds, evidence = detect(rule, evaluator, day)
    assert all(one.quote == document.source[one.start : one.end] for one in evidence)
    return holds, list(evidence)


def marks(evidence: list[Evidence]) -> list[str]:
    return [one.quote[start - one.start : end - one.start] for one in evidence for start, end in one.marks]


def test_mojibake_is_quoted_in_its_passage_with_the_broken_signs_marked() -> None:
    text = "We keep it.\n\nOur cafÃ© is the firmâ€™s own."
    holds, (piece,) = asked(Detector.MOJIBAKE, text)
    assert holds
    assert piece.quote == "Our cafÃ© is the firmâ€™s own."
    assert marks([piece]) == ["Ã©", "â€™"]
    assert piece.line == 3


@pytest.mark.parametrize("text", ["Vår café är öppen för âldern.", "ÅÄÖ, Île, Âge and São.", "One Ã© alone."])
def test_letters_with_accents_and_a_single_slip_are_no_mojibake(text: str) -> None:
    assert asked(Detector.MOJIBAKE, text) == (False, [])


def test_lost_characters_are_mojibake() -> None:
    assert asked(Detector.MOJIBAKE, "Our caf\ufffd is \ufffdpen.")[0]


def test_question_marks_for_letters_are_mojibake() -> None:
    holds, (first, second) = asked(Detector.MOJIBAKE, "Vi beh?ver den f?r leveransen.\n\nDu har r??tt, men hur?")
    assert holds
    assert marks([first, second]) == ["?", "?", "??"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi beh?ver den f?r leveransen. Varför?",
        "See shop.example/a?b, www.shop.example?page=c and (list?all) or page?x=1. Why?Because. And?",
        "What do you keep? Who sees it? How long? Why?",
        '<p><a href="page?one">a</a> <a href="page?two">b</a> <a href="page?three">c</a></p>',
    ],
)
def test_questions_and_addresses_are_no_mojibake(text: str) -> None:
    assert asked(Detector.MOJIBAKE, text) == (False, [])


@pytest.mark.parametrize(("count", "stub"), [(10, True), (149, True), (150, False), (1000, False)])
def test_a_short_text_is_a_stub_and_shows_no_passage(count: int, stub: bool) -> None:
    assert asked(Detector.STUB, "word " * count) == (stub, [])


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        ("Our partner was last updated.", False),
        ("Our partner was updated.", True),
        ("Oakfield keeps data. It was last updated by our partner.", False),
        ("Nothing.", True),
    ],
)
def test_a_short_text_that_touches_most_of_the_topics_is_no_stub(text: str, stub: bool) -> None:
    assert asked(Detector.STUB, text, ("updated", "vendor", "acting")) == (stub, [])


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("Last updated: May 2022.", True),
        ("Last updated: May 2023.", False),
        ("Last updated: May 2026.", False),
        ("Last updated: May 2027.", True),
        ("Last updated: May 2019.\n\nLast updated: May 2025.", False),
        ("Last updated: May.", False),
        ("Last updated for Directive 2002/58/EC.", False),
        ("Last updated for the Data Act 2003.", False),
        ("Last updated for the Data Act 2003 in May 2025.", False),
        ("Last updated for the Data Act 2025 in May 2019.", True),
        ("Last updated under the rules of the Act on Electronic Communications of 2003.", False),
        ("In 2016 the law was made.", False),
        ("The law of 2016. Last updated: soon.", False),
    ],
)
def test_a_date_is_stale_after_three_years_or_ahead(text: str, stale: bool) -> None:
    holds, evidence = asked(Detector.STALE_DATE, text, ("updated", "act"))
    assert holds is stale
    assert [one.quote for one in evidence] == ([text] if stale else [])


def test_the_first_sentence_with_the_newest_year_is_shown() -> None:
    text = "Last updated: 2018. Last updated: May 2019. Last updated: June 2019."
    assert [one.quote for one in asked(Detector.STALE_DATE, text, "updated")[1]] == ["Last updated: May 2019."]


def test_the_day_of_the_audit_decides_what_is_stale() -> None:
    text = "Last updated: May 2022."
    assert asked(Detector.STALE_DATE, text, "updated", date(2025, 12, 31))[0] is False
    assert asked(Detector.STALE_DATE, text, "updated", date(2026, 1, 1))[0] is True


OAKFIELD = "Oakfield uses your data. Oakfield keeps it. Ask Oakfield, or see what Oakfield offers. "


def left_in(text: str) -> list[str]:
    return [one.quote for one in asked(Detector.OTHER_COMPANY, text, ("acting", "common", "forms"))[1]]


def test_a_name_that_hardly_occurs_acts_in_the_place_of_the_author() -> None:
    assert left_in(OAKFIELD + "Brightwater keeps your name.") == ["Brightwater keeps your name."]


@pytest.mark.parametrize(
    "text",
    [
        OAKFIELD,
        OAKFIELD + "Oakfield Cycles keeps your name.",
        # Words with a capital that are no names.
        OAKFIELD + "The User keeps the key.",
        # The company behind a brand.
        OAKFIELD + "Brightwater Ltd runs it. Brightwater keeps your name.",
        # Nobody is named often enough to be the author.
        "Oakfield keeps your name. Brightwater uses it.",
    ],
)
def test_the_author_and_its_company_are_no_others(text: str) -> None:
    assert left_in(text) == []


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["Oak", "Oak-Elm", "Oak's", "Elm", "Élan", "O&O", "Oak.Elm", "Oak-Oak"]),
        min_size=1,
        unique=True,
    ),
    st.lists(
        st.sampled_from(["Oak", "Elm", "Élan", "-", "'s", "&O", "O", ".", " ", "s", "_", "e\u0301", "oak "]),
        max_size=30,
    ),
)
def test_a_name_is_counted_where_it_is_no_part_of_a_word(names: list[str], pieces: list[str]) -> None:
    text = "".join(pieces)
    wanted = {name: len(regex.findall(anchored(regex.escape(name)), text)) for name in names}
    assert occurrences(text, names, Patterns()) == wanted


def spoken(languages: tuple[str | None, ...], *texts: str) -> Document:
    """A document whose paragraphs are in the languages given."""
    return opened("\n\n".join(texts))._replace(languages=languages)


OWN = "We keep the data of your order for as long as the tax law of the country asks us to. " * 5
FOREIGN = "Vi sparar uppgifterna om din order så länge som skattelagen i landet kräver det av oss. " * 3


def test_a_passage_in_another_language_is_shown_by_its_first_sentence() -> None:
    holds, evidence = asked(Detector.MIXED_LANGUAGE, spoken(("en", "sv"), OWN, FOREIGN))
    assert holds
    assert [one.quote for one in evidence] == [FOREIGN.partition(". ")[0] + "."]


@pytest.mark.parametrize(
    ("languages", "texts"),
    [
        (("en", "en"), (OWN, FOREIGN)),
        (("en", None), (OWN, FOREIGN)),
        (("en", "sv"), (OWN, "Vi sparar dem.")),
        (("en", "sv"), (OWN * 20, FOREIGN)),
    ],
)
def test_short_rare_or_unknown_passages_mix_nothing(languages: tuple[str | None, ...], texts: tuple[str, ...]) -> None:
    assert asked(Detector.MIXED_LANGUAGE, spoken(languages, *texts)) == (False, [])


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Wij gebruiken deze gegevens ook voor onze nieuwsbrief, zodat u niet wordt vergeten.", True),
        # Named Dutch by its little words alone.
        ("We keep the data of your order for as long as the tax law of the country asks us to.", False),
    ],
)
def test_an_aside_counts_where_all_of_its_letters_are_of_that_language(text: str, mixed: bool) -> None:
    document = spoken(("en", "en"), OWN, text)._replace(asides=((1, "nl"),))
    assert asked(Detector.MIXED_LANGUAGE, document)[0] is mixed

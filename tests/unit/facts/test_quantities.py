"""Spans of time, ages, amounts and percentages: the same value whatever the language."""

import re
from decimal import Decimal

import pytest

from privaudit.facts.numbers import NUMBER, number_in, written
from privaudit.facts.quantities import period
from tests.unit.facts.conftest import Read, Tell

SPANS = {
    "30 days": {
        "en": ["We delete it after 30 days.", "Within thirty (30) days.", "A 30-day delay.", "30 calendar days"],
        "de": ["Wir löschen es nach 30 Tagen.", "dreißig Kalendertage", "die 30-Tage-Frist", "dreißigtägige Frist"],
        "fr": ["Nous l'effaçons au bout de 30 jours.", "trente (30) jours calendaires"],
        "nl": ["We wissen het na 30 dagen.", "binnen dertig kalenderdagen", "een 30-daagse termijn"],
        "sv": ["Vi raderar det efter 30 dagar.", "inom trettio dagar", "en 30-dagars frist"],
    },
    "2 years": {
        "en": ["for two years", "for 24 months", "a two-year term"],
        "de": ["zwei Jahre lang", "für vierundzwanzig Monate", "eine zweijährige Frist"],
        "fr": ["pendant deux ans", "pour une durée de 24 mois", "deux années civiles"],
        "nl": ["gedurende twee jaar", "24 maanden", "een tweejarige termijn"],
        "sv": ["i två år", "under 24 månader", "en tvåårsperiod"],
    },
    "14 days": {
        "en": ["two weeks", "a fortnight", "fourteen days"],
        "de": ["zwei Wochen", "vierzehntägig", "14 Tage"],
        "fr": ["deux semaines", "quatorze jours"],
        "nl": ["twee weken", "veertien dagen"],
        "sv": ["två veckor", "fjorton dagar"],
    },
    "6 months": {
        "en": ["six months", "half a year"],
        "de": ["sechs Monate", "ein halbes Jahr", "sechsmonatige Frist"],
        "fr": ["six mois"],
        "nl": ["zes maanden", "een half jaar"],
        "sv": ["sex månader", "ett halvår"],
    },
    "10 working days": {
        "en": ["ten working days", "10 business days"],
        "de": ["zehn Werktage", "10 Arbeitstagen"],
        "fr": ["dix jours ouvrés", "10 jours ouvrables"],
        "nl": ["tien werkdagen"],
        "sv": ["tio arbetsdagar", "10 bankdagar"],
    },
    "72 hours": {
        "en": ["72 hours"],
        "de": ["zweiundsiebzig Stunden"],
        "fr": ["72 heures", "soixante-douze heures"],
        "nl": ["72 uur"],
        "sv": ["72 timmar"],
    },
    "18 months": {
        "en": ["a year and a half", "1.5 years"],
        "de": ["anderthalb Jahre", "1,5 Jahre"],
        "fr": ["un an et demi", "dix-huit mois"],
        "nl": ["anderhalf jaar"],
        "sv": ["ett och ett halvt år", "1,5 år"],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(value, code, text) for value, texts in SPANS.items() for code, some in texts.items() for text in some],
)
def test_a_span_of_time(tell: Tell, value: str, language: str, text: str) -> None:
    assert tell(language, text) == {f"period {value}"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Once a month we send a letter."),
        ("de", "Einmal im Monat, nach einem Monat."),
        ("fr", "Au bout d'un mois."),
        ("nl", "Na een maand."),
        ("sv", "Efter en månad."),
    ],
)
def test_an_article_may_be_a_number(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"period 1 month?"}


def test_one_as_a_number(tell: Tell) -> None:
    assert tell("en", "within one month") == tell("nl", "binnen één maand") == {"period 1 month"}
    assert tell("de", "innerhalb eines Monats") == tell("sv", "inom en månad") == {"period 1 month?"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "from six to twelve months"),
        ("de", "sechs bis zwölf Monate"),
        ("fr", "de six à douze mois"),
        ("nl", "6-12 maanden"),
        ("sv", "sex till tolv månader"),
    ],
)
def test_both_ends_of_a_range(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"period 6 months", "period 1 year"}


def test_a_range_goes_up(tell: Tell) -> None:
    assert tell("en", "in 2018 and 30 days later") == {"period 30 days"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Nous sommes ouverts de 9 heures à 18 heures."),
        ("nl", "Wij zijn open tot 17 uur."),
    ],
)
def test_a_time_of_the_day_is_no_span(tell: Tell, language: str, text: str) -> None:
    assert all(one.endswith("?") for one in tell(language, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "children under 16"),
        ("en", "anyone under the age of 16"),
        ("en", "people who are 16 years old or older"),
        ("de", "Kinder unter 16 Jahren"),
        ("de", "vor Vollendung des 16. Lebensjahres"),
        ("de", "16-Jährige"),
        ("fr", "les enfants de moins de 16 ans"),
        ("fr", "les personnes âgées de 16 ans"),
        ("nl", "kinderen jonger dan 16 jaar"),
        ("nl", "wie 16 jaar of ouder is"),
        ("sv", "barn under 16 år"),
        ("sv", "du som fyllt 16 år"),
        ("sv", "16-åringar"),
    ],
)
def test_an_age(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"age 16 years old"}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("sv", "Vi sparar dem under tio år.", "10 years"),
        ("en", "It is deleted in under 30 days.", "30 days"),
        ("de", "Es dauert unter 30 Tagen.", "30 days"),
        ("fr", "Il a moins de 30 jours.", "30 days"),
        ("nl", "Wat ouder is dan twee jaar.", "2 years"),
        ("de", "die zehnjährige Aufbewahrung", "10 years"),
    ],
)
def test_a_span_is_no_age(tell: Tell, language: str, text: str, value: str) -> None:
    assert tell(language, text) == {f"period {value}"}


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "up to EUR 20 million", "20000000 EUR"),
        ("de", "bis zu 20 Mio. Euro", "20000000 EUR"),
        ("fr", "jusqu'à 20 millions d'euros", "20000000 EUR"),
        ("nl", "tot 20 miljoen euro", "20000000 EUR"),
        ("sv", "upp till 20 miljoner euro", "20000000 EUR"),
        ("en", "€1,250.50", "1250.5 EUR"),
        ("de", "1.250,50 €", "1250.5 EUR"),
        ("fr", "1 250,50 €", "1250.5 EUR"),
        ("sv", "200 kronor", "200 SEK"),
        ("en", "SEK 200", "200 SEK"),
        ("en", "£15", "15 GBP"),
    ],
)
def test_an_amount(tell: Tell, language: str, text: str, value: str) -> None:
    assert tell(language, text) == {f"amount {value}"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "4 per cent"), ("de", "4 Prozent"), ("fr", "4 %"), ("nl", "4 procent"), ("sv", "fyra procent")],
)
def test_a_percentage(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"percentage 4 %"}


@pytest.mark.parametrize(
    "text",
    [
        "Regulation (EU) 2016/679, Art. 6(1)(f), section 30.2 of Act 12",
        "Version 1.2.3 of 24/7 support",
        "Room 30, days later",
    ],
)
def test_other_numbers_are_nothing(tell: Tell, text: str) -> None:
    assert tell("en", text) == set()


def test_the_words_are_marked(read: Read) -> None:
    document, facts = read(
        "en", "# Storage\n\nWe keep the log for **thirty**\ndays &mdash; and no longer. We keep nothing else.\n"
    )
    (fact,) = facts
    evidence = fact.evidence
    assert evidence.quote == document.source[evidence.start : evidence.end]
    assert evidence.quote == "We keep the log for **thirty**\ndays &mdash; and no longer."
    assert [document.source[start:end] for start, end in evidence.marks] == ["thirty**\ndays"]
    assert (evidence.line, evidence.end_line) == (3, 4)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("30", "de", "30"),
        ("1,5", "de", "1.5"),
        ("1.5", "en", "1.5"),
        ("1,000", "en", "1000"),
        ("1.000", "de", "1000"),
        ("1 000", "fr", "1000"),
        ("1'000", "de", "1000"),
        ("1,000,000", "en", "1000000"),
        ("1.000.000,25", "nl", "1000000.25"),
        ("1,000.25", "en", "1000.25"),
        # Nobody can tell.
        ("1.000", "en", None),
        ("1,000", "de", None),
        ("1,000,25", "en", None),
        ("1.2.3", "en", None),
        ("1.23456", "en", None),
        ("9" * 2_000_000, "en", None),
    ],
)
def test_digits(text: str, language: str, value: str | None) -> None:
    assert number_in(text, language) == (None if value is None else Decimal(value))


def test_where_digits_are_a_number() -> None:
    text = "30 days, 1 000 or 2,5; A4, 2016/679, x.5, 12.5 %, n5"
    assert [found[0] for found in NUMBER.finditer(text)] == ["30", "1 000", "2,5", "12.5"]
    assert re.search(NUMBER, "h2o") is None


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        ("1", "day", "1 day"),
        ("2", "week", "14 days"),
        ("12", "month", "1 year"),
        ("13", "month", "13 months"),
        ("1.5", "year", "18 months"),
        ("0", "month", "0 months"),
        ("1", "workday", "1 working day"),
        ("48", "hour", "48 hours"),
    ],
)
def test_units_that_are_the_same(number: str, unit: str, value: str) -> None:
    assert period(Decimal(number), unit) == value


def test_numbers_are_written_plainly() -> None:
    assert [written(Decimal(one)) for one in ("20000000", "1250.50", "0.10", "100")] == [
        "20000000",
        "1250.5",
        "0.1",
        "100",
    ]

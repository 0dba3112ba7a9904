"""The date of the last change, in the ways in which languages write it."""

import pytest

from tests.unit.facts.conftest import Read, Tell

SAME = {
    "en": [
        "Last updated: 5 March 2026",
        "Last modified on March 5, 2026.",
        "This notice was last revised on the 5th of March 2026.",
        "Version: 2026-03-05",
        "Effective date: 5 Mar. 2026",
        "*Version of 5 March 2026*",
        "| Last updated | 5 March 2026 |\n|---|---|\n| a | b |",
    ],
    "de": [
        "Stand: 5. März 2026",
        "Zuletzt am 05.03.2026 aktualisiert.",
        "Diese Hinweise wurden zuletzt am 5. März 2026 geändert.",
        "Letzte Änderung: 5.3.2026",
        "Fassung vom 5. März 2026",
    ],
    "fr": [
        "Dernière mise à jour : 5 mars 2026",
        "Mise à jour le 05/03/2026",
        "Version du 5 mars 2026",
        "Cette politique a été modifiée pour la dernière fois le 5 mars 2026.",
    ],
    "nl": [
        "Laatst bijgewerkt: 5 maart 2026",
        "Deze verklaring is voor het laatst gewijzigd op 05-03-2026.",
        "Versie van 5 maart 2026",
        "Laatste wijziging: 5 mrt. 2026",
    ],
    "sv": [
        "Senast uppdaterad: 5 mars 2026",
        "Senast ändrad den 5 mars 2026.",
        "Senaste uppdatering 2026-03-05",
        "Policyn uppdaterades den 5 mars 2026.",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, some in SAME.items() for text in some])
def test_the_date_of_the_last_change(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"last-change 2026-03-05"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Last updated: March 2026"),
        ("de", "Stand: März 2026"),
        ("fr", "Dernière mise à jour : mars 2026"),
        ("nl", "Laatst gewijzigd in maart 2026"),
        ("sv", "Senast uppdaterad i mars 2026"),
    ],
)
def test_a_month(tell: Tell, language: str, text: str) -> None:
    assert tell(language, text) == {"last-change 2026-03"}


@pytest.mark.parametrize(
    "text",
    [
        # Day and month, or month and day.
        "Last updated: 03/05/2026",
        "The GDPR applies since 25 May 2018.",
        "Last updated: 31 February 2026",
        "Last updated: yesterday",
        "Last updated: 1 March 1826",
        "Last updated now and then, since the law asks for that and since readers like it. Founded on 5 March 2026.",
    ],
)
def test_no_date_of_a_change(tell: Tell, text: str) -> None:
    assert tell("en", text) == set()


def test_what_only_one_reading_allows(tell: Tell) -> None:
    assert (
        tell("en", "Last updated: 25/03/2026") == tell("en", "Last updated: 03/25/2026") == {"last-change 2026-03-25"}
    )
    assert tell("en", "Last updated: 05/05/2026") == {"last-change 2026-05-05"}


def test_words_and_date_are_marked(read: Read) -> None:
    document, facts = read("sv", "Vi är Ekbacken AB. Den 5 mars 2026\nuppdaterades\npolicyn senast. Vi säljer ekar.\n")
    assert facts == ()
    document, facts = read("sv", "Vi är Ekbacken AB. Senast uppdaterad:\n5 mars 2026. Vi säljer ekar.\n")
    (fact,) = facts
    assert fact.evidence.quote == "Senast uppdaterad:\n5 mars 2026."
    assert [document.source[start:end] for start, end in fact.evidence.marks] == ["Senast uppdaterad", "5 mars 2026"]

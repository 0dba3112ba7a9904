"""Addresses, telephone numbers, postal codes and authorities."""

import pytest

from privaudit.facts.contacts import email, phone
from privaudit.rulepack.fact_words import authorities_in
from privaudit.rulepack.facts import load_facts
from privaudit.rulepack.load import pack_folders
from tests.unit.facts.conftest import Read, Tell


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Privacy@Shop.example", "privacy@shop.example"),
        ("mailto:privacy@shop.example?subject=Data", "privacy@shop.example"),
        ("privacy (at) shop (dot) example", "privacy@shop.example"),
        ("privacy[@]shop.example", "privacy@shop.example"),
        ("privacy ((at)) shop ((punkt)) example", "privacy@shop.example"),
        ("privacy@shop.example. Once", "privacy@shop.example"),
        ("privacy at shop", ""),
        ("mailto:", ""),
    ],
)
def test_an_address(written: str, address: str) -> None:
    assert email(written) == address


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+46 8 123 45 67", "+4681234567"),
        ("+46 (0)8-123 45 67", "+4681234567"),
        ("0046 8 1234567", "+4681234567"),
        ("tel. 08-123 45 67", "081234567"),
        ("tel:+4681234567", "+4681234567"),
        ("08-12", ""),
    ],
)
def test_a_telephone_number(written: str, number: str) -> None:
    assert phone(written) == number


def test_contacts_in_a_text(tell: Tell) -> None:
    text = (
        "Ekbacken AB, Storgatan 4, 411 05 Göteborg. Skriv till info@ekbacken.example "
        "eller [ring](tel:+4631123456). Org.nr 556677-8899."
    )
    assert tell("sv", text) == {"e-mail info@ekbacken.example", "phone +4631123456", "postal-code 41105"}


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("de", "Lindenweg 3, 50667 Köln", "50667"),
        ("en", "Lindenweg 3, D-50667 Cologne", "50667"),
        ("nl", "Kade 1, 1017 GA Amsterdam", "1017GA"),
        ("fr", "3 rue du Lac, 1000 Bruxelles", "1000"),
        ("en", "12 High Street, London, SW1A 1AA", "SW1A1AA"),
        ("sv", "Lillgatan 2, 411 05 Göteborg", "41105"),
    ],
)
def test_a_postal_code(tell: Tell, language: str, text: str, code: str) -> None:
    assert tell(language, text) == {f"postal-code {code}"}


def test_a_number_before_a_noun_is_no_postal_code(tell: Tell) -> None:
    assert tell("de", "Wir haben über 10000 Kunden.") == {"postal-code 10000?"}


SAME = {
    "CNIL, France": {
        "en": ["the CNIL", "the French DPA", "the Commission Nationale de l'Informatique et des Libertés"],
        "de": ["die französische Datenschutzbehörde", "die CNIL"],
        "fr": ["la CNIL", "l'autorité française de protection des données"],
        "nl": ["de Franse toezichthouder"],
        "sv": ["den franska tillsynsmyndigheten", "[CNIL](https://www.cnil.fr/)"],
    },
    "AP, Netherlands": {
        "en": ["the Dutch DPA", "Autoriteit Persoonsgegevens (AP)"],
        "de": ["die niederländische Datenschutzaufsichtsbehörde"],
        "fr": ["l'autorité néerlandaise de protection des données"],
        "nl": ["de Autoriteit Persoonsgegevens"],
        "sv": ["den nederländska dataskyddsmyndigheten"],
    },
    "IMY, Sweden": {
        "en": ["the Swedish Authority for Privacy Protection", "IMY"],
        "de": ["die schwedische Datenschutzbehörde", "[hier](https://www.imy.se)"],
        "fr": ["l'autorité suédoise de protection des données"],
        "nl": ["de Zweedse privacytoezichthouder"],
        "sv": ["Integritetsskyddsmyndigheten", "Datainspektionen"],
    },
    "BfDI, Germany": {
        "en": ["the Federal Commissioner for Data Protection and Freedom of Information"],
        "de": ["der Bundesbeauftragte für den Datenschutz und die Informationsfreiheit", "der BfDI"],
        "fr": ["le Commissaire fédéral allemand à la protection des données"],
    },
    "EDPB": {
        "en": ["the European Data Protection Board", "the EDPB"],
        "de": ["der Europäische Datenschutzausschuss", "der EDSA"],
        "fr": ["le Comité européen de la protection des données"],
        "nl": ["het Europees Comité voor gegevensbescherming"],
        "sv": ["Europeiska dataskyddsstyrelsen"],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [(name, code, text) for name, texts in SAME.items() for code, some in texts.items() for text in some],
)
def test_an_authority_in_any_language(tell: Tell, name: str, language: str, text: str) -> None:
    assert tell(language, f"{text}.") == {f"authority {name}"}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "une autorité de protection des données", {"authority APD/GBA, Belgium?"}),
        ("fr", "l'Autorité de protection des données (APD)", {"authority APD/GBA, Belgium"}),
        ("nl", "de Gegevensbeschermingsautoriteit (GBA)", {"authority APD/GBA, Belgium"}),
        ("sv", "Datatilsynet", {"authority Datatilsynet, Denmark?", "authority Datatilsynet, Norway?"}),
        ("sv", "danska Datatilsynet", {"authority Datatilsynet, Denmark", "authority Datatilsynet, Norway?"}),
        ("fr", "le CEPD", {"authority EDPB", "authority EDPS?"}),
        ("en", "[a guide](https://www.cnil.fr/en/guides/cookies)", {"authority CNIL, France?"}),
        ("sv", "CNPD", {"authority CNPD, Luxembourg?", "authority CNPD, Portugal?"}),
        (
            "fr",
            "la Commission Nationale pour la Protection des Données (CNPD)",
            {"authority CNPD, Luxembourg", "authority CNPD, Portugal?"},
        ),
        ("en", "the Information and Data Protection Commissioner", {"authority IDPC, Malta"}),
        ("en", "the Data Protection Authority", {"authority APD/GBA, Belgium?"}),
        ("de", "unsere Datenschutzbehörde", {"authority Datenschutzbehörde, Austria?"}),
        ("de", "die Datenschutzbehörde in Wien", {"authority Datenschutzbehörde, Austria"}),
        ("de", "Fragen Sie den DSB oder die zuständige Datenschutzstelle.", set()),
    ],
)
def test_names_that_may_be_another(tell: Tell, language: str, text: str, told: set[str]) -> None:
    found = tell(language, f"{text}.")
    assert {one for one in found if not one.endswith("?")} == {one for one in told if not one.endswith("?")}
    assert found <= told


def test_what_nobody_sees_is_no_fact(read: Read) -> None:
    _, facts = read(
        "en", "<p hidden>Write to old@shop.example within 30 days.</p>\n\n<p>Write to new@shop.example.</p>\n"
    )
    assert [one.value for one in facts] == ["new@shop.example"]


def test_every_authority_has_a_name_for_readers() -> None:
    facts = load_facts(pack_folders([]))
    known = {
        f"authority-of-{one}"
        for words in facts.words.values()
        for name in words
        if name.startswith("authority-of-")
        for one in authorities_in(name)
    }
    assert known == set(facts.called)
    assert len(set(facts.called.values())) == len(facts.called)

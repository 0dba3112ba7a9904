from privaudit.language import annotate, detect
from privaudit.read import read_document
from privaudit.rulepack.load import load_languages, pack_folders

LANGUAGES = load_languages(pack_folders([]))
ENGLISH = (
    "We process your personal data in order to deliver what you have ordered, and we keep it for as long as the law "
    "requires. You may ask us which data we hold about you, and you may have it corrected or erased at any time. "
)
SWEDISH = (
    "Vi behandlar dina personuppgifter för att kunna leverera det som du har beställt, och vi sparar dem så länge som "
    "lagen kräver. Du kan fråga oss vilka uppgifter vi har om dig, och du kan få dem rättade eller raderade. "
)
DANISH = (
    "Vi behandler dine personoplysninger for at kunne levere det, som du har bestilt, og vi gemmer dem så længe, som "
    "loven kræver. Du kan spørge os, hvilke oplysninger vi har om dig, og du kan få dem rettet eller slettet. "
)


def language(text: str, name: str = "notice.md", override: str | None = None) -> tuple[str | None, str]:
    guess = annotate(read_document(name, text.encode()), LANGUAGES, override).language
    return guess.code, guess.source


def test_counted_words_settle_what_is_plain() -> None:
    assert language(ENGLISH) == ("en", "detected")
    assert language(SWEDISH) == ("sv", "detected")


def test_a_look_alike_is_not_taken_for_its_neighbour() -> None:
    assert language(DANISH * 2)[0] == "da"
    assert detect(DANISH)[0] == "da"


def test_what_is_declared_comes_first() -> None:
    assert language("Names and numbers.", "notice.sv.md") == ("sv", "file-name")
    assert language("---\nlang: nl\n---\n\nNames and numbers.") == ("nl", "front-matter")
    assert language('<html lang="nl-BE"><body><p>Names.</p></body></html>', "notice.html") == ("nl", "html")
    assert language(ENGLISH, "notice.sv.md", override="nl") == ("nl", "option")


def test_a_false_declaration_gives_way_to_the_text() -> None:
    assert language(ENGLISH * 3, "notice.sv.md") == ("en", "detected")


def test_nothing_to_go_by_is_unknown() -> None:
    assert language("4711 0815 12345") == (None, "unknown")


def test_long_blocks_speak_for_themselves_and_short_ones_like_their_neighbours() -> None:
    long = SWEDISH * 2
    text = f"{ENGLISH}\n\n{ENGLISH * 3}\n\n{long}\n\nOslo\n\n{long}\n\n{ENGLISH * 2}\n"
    document = annotate(read_document("notice.md", text.encode()), LANGUAGES)
    assert document.language.code == "en"
    assert document.languages == ("en", "en", "sv", "sv", "sv", "en")


def test_the_same_text_always_has_the_same_language() -> None:
    assert len({detect(DANISH[:120]) for _ in range(5)}) == 1


def test_a_short_text_in_another_language_is_an_aside_of_its_page() -> None:
    banner = "Wij gebruiken deze gegevens ook voor onze nieuwsbrief, zodat u niet wordt vergeten."
    document = annotate(
        read_document("notice.md", f"# Privacybeleid\n\n{ENGLISH * 2}\n\n{banner}\n".encode()), LANGUAGES
    )
    assert document.language.code == "en"
    assert [code for _, code in document.asides] == ["nl"]
    assert not annotate(read_document("notice.md", f"# Notice\n\n{ENGLISH * 2}\n".encode()), LANGUAGES).asides

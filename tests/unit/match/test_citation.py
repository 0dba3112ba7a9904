import pytest

from privaudit.match.citation import CitationReader
from privaudit.rulepack.schema import Citation, CitationWords

ENGLISH = CitationReader(
    CitationWords(
        article=("article", "articles", "art.", "arts."),
        paragraph=("paragraph", "para."),
        letter=("lit.", "point", "letter"),
        to=("to", "-", "through"),
        and_=("and", "or", "as well as"),
        following=("ff.", "et seq."),
        other_acts=("ECHR", "Charter", "Directive"),
    )
)
GERMAN = CitationReader(
    CitationWords(
        article=("Art.", "Artikel"),
        paragraph=("Abs.", "Absatz"),
        letter=("lit.", "Buchstabe"),
        to=("bis", "-"),
        and_=("und", "sowie"),
        following=("ff.",),
        other_acts=("BDSG", "GG"),
    )
)


def articles(reader: CitationReader, text: str) -> set[int]:
    return {number for cited in reader.find(text, 0, len(text)) for number in range(cited.first, cited.last + 1)}


@pytest.mark.parametrize(
    ("reader", "text", "expected"),
    [
        (ENGLISH, "your rights under Articles 15 to 22 GDPR", set(range(15, 23))),
        (ENGLISH, "Art. 15-20", set(range(15, 21))),
        (ENGLISH, "Articles 15, 16, 17 and 18", {15, 16, 17, 18}),
        (ENGLISH, "Art. 15 ff. GDPR", set(range(15, 23))),
        (ENGLISH, "Article 13 et seq.", set(range(13, 23))),
        (ENGLISH, "Art. 15 GDPR and Art. 21 GDPR", {15, 21}),
        (ENGLISH, "Article 8 ECHR", set()),
        (ENGLISH, "Article 6 GDPR, not Article 8 of the Charter", {6}),
        (ENGLISH, "Article 6 of the GDPR repealing the Directive", {6}),
        (ENGLISH, "article 2018", set()),
        (ENGLISH, "15 to 22 articles", set()),
        (GERMAN, "Rechte aus Art. 15 bis 18 sowie Art. 20 DSGVO", {15, 16, 17, 18, 20}),
        (GERMAN, "Art. 10 GG", set()),
        (GERMAN, "Art. 15 der Datenschutz-Grundverordnung und § 34 BDSG", {15}),
    ],
)
def test_articles(reader: CitationReader, text: str, expected: set[int]) -> None:
    assert articles(reader, text) == expected


@pytest.mark.parametrize(
    ("reader", "text", "wanted", "named"),
    [
        (ENGLISH, "Art. 6(1)(b) GDPR", Citation(6, 1, "b"), True),
        (ENGLISH, "Art. 6 (1) (b) GDPR", Citation(6, 1, "b"), True),
        (ENGLISH, "Art. 6 para. 1 lit. b", Citation(6, 1, "b"), True),
        (ENGLISH, "Art. 6 para. 1 lit. b", Citation(6, 1, "f"), False),
        (ENGLISH, "Article 6(1)(a) and (f)", Citation(6, 1, "f"), True),
        (ENGLISH, "Article 6.1.c", Citation(6, 1, "c"), True),
        (ENGLISH, "Article 6", Citation(6, 1), False),
        (GERMAN, "Art. 6 Abs. 1 S. 1 lit. f DSGVO", Citation(6, 1, "f"), True),
        (GERMAN, "Art. 6 Absatz 1 Buchstabe a", Citation(6, 1, "a"), True),
        (GERMAN, "Art. 6 Abs. 1 f DSGVO", Citation(6, 1, "f"), True),
        (GERMAN, "Art. 6 Abs. 1 f und andere", Citation(6, 1, "f"), False),
        (GERMAN, "Art. 6 Abs. 1 lit. a, b und f DSGVO", Citation(6, 1, "f"), True),
        (GERMAN, "Art. 6 Abs. 1 lit. b, e-mail", Citation(6, 1, "e"), False),
        (ENGLISH, "Article 6(1)(f), a person may", Citation(6, 1, "a"), False),
        (ENGLISH, "Article 6.1 f) GDPR", Citation(6, 1, "f"), True),
        (ENGLISH, "Article 6, 1, b) GDPR", Citation(6, 1, "b"), True),
        (ENGLISH, "Article 6(1) b)", Citation(6, 1, "b"), True),
        (ENGLISH, "Article 6(1) a notice", Citation(6, 1, "a"), False),
    ],
)
def test_paragraphs_and_letters(reader: CitationReader, text: str, wanted: Citation, named: bool) -> None:
    assert any(cited.names(wanted) for cited in reader.find(text, 0, len(text))) is named


def test_reads_no_further_than_the_end() -> None:
    text = "Articles 15 to 22"
    assert articles(ENGLISH, text[:11]) == {15}
    assert [cited.last for cited in ENGLISH.find(text, 0, 11)] == [15]

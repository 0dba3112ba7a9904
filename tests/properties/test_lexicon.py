"""The one-pass search and the plain search find the same, whatever the words and the text."""

from unittest.mock import patch

import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privaudit.document import Block, BlockKind, Document, LineTable, Link, OffsetMap, Span
from privaudit.match.hits import Hits
from privaudit.match.lexicon import Lexicon, reference
from privaudit.match.pattern import Patterns, anchored
from privaudit.match.prepare import vocabulary_of
from privaudit.match.search import Sentence, ends_of
from privaudit.rulepack.schema import CitationWords, Place, WordEntry

PLACE = Place("words.yaml", 1, 1)

PATTERNS = [
    "data",
    "personal data",
    "complain(?:t|ts|ing)?",
    "lodge … complaint",
    "lodge …2 complaint",
    "(?:right|rights) to (?:object|be forgotten)",
    r"Art\. ?6",
    "e-?mail",
    r"\d{1,3} (?:days|months)",
    "cookie\\w*",
    "(?<!no )transfer",
    "[Ss]hield|shields",
    "a|ab|abc",
    "ab?c?",
    "(?:un)?lawful(?:ly)?",
    r"\$\d+",
    "straße",
    "İstanbul",
    "(?:we|they) (?:keep|store|retain) (?:it|them)",
    "store(?= it)",
    "data$",
    "(?:it|them)$|x",
    "'quoted'",
    "²",
    "95/46|Directive 95",
    r"\d{4} ?[A-Z]{2}",
    r"\p{Lu}\w+ (?:AG|SE|Ltd)",
    r"(?:\w+ )?(?:GmbH|AG)",
    r"\w*data",
    r"\w*data\w*|complaints",
    r"(?:cookie|complain|e-)\w+",
    r"(?:the |a )?(?:formal|un)\w* complaint",
    r"(?:no|to) \w*(?:transfer|object)",
    r"(?:we|they) (?:\w+ ){0,3}(?:it|them|data)",
    r"[\w-]+ (?:data|AG)",
    r"(?!Fruit)\p{Lu}\w+ (?:\w+ )?(?:AG|data)",
    r"(?:at|[Ww]e|TO) (?!keep)\w+",
    r"(?<![^\n])\W{0,2}(?:we|data|lodge)",
    r"(?<![^\n])(?:data|we) …3 (?:it|them)",
    r"(?:DATA|Data|we|no|Personal) (?:data|Shield)",
    r"[.;(] ?(?:data|we)",
    r"\(data\)|we, it",
    r"(?:e-mail|e mail|email)s?",
    r"data(?:-|_| )?data",
]
WORDS = [
    "data", "Personal", "DATA", "complaints", "lodge", "a", "formal", "complaint", "right", "to", "object",
    "be", "forgotten", "Art. 6", "art.6", "email", "e-mail", "30", "days", "cookies", "no", "transfer",
    "Shield", "shields", "ab", "abc", "abcd", "aab", "unlawfully", "$5", "Straße", "STRASSE", "istanbul",
    "İstanbul", "we", "keep", "it", "store", "them", "'quoted'", "x²", "²", "_data", "data_", "data-",
    "é",
    "95/46", "95/64", "1234 AB", "1234ab", "\u0663", "Fruit AG", "fruit ag", "Sea SE", "GmbH", "gmbh", "Directive 95",
    "e mail", "e-mails", "datadata", "privatedata", "dataprivate", "complainant", "cookie", "they", "the",
    "unformal", "at",
    "e\u0301data", "ſhield", "Kb", ",", ".", ";", "(", ")",
]  # fmt: skip


def make(texts: list[str]) -> tuple[Document, list[Sentence]]:
    shadow, sentences = "", []
    for number, text in enumerate(texts):
        start = len(shadow)
        # Blocks stand on lines of their own; sentences of one block have a space between them.
        shadow += text + ("\n" if number % 2 else " ")
        sentences.append(Sentence(number, Span(start, start + len(text))))
    block = Block(0, BlockKind.PARAGRAPH, Span(0, len(shadow)), 0)
    whole = OffsetMap([(0, 0, len(shadow), True)])
    return Document("x", "text/plain", "", shadow, shadow, whole, (block,), lines=LineTable(shadow)), sentences


def entries(patterns: list[str], exact: bool) -> dict[str, tuple[WordEntry, ...]]:
    return {
        f"concept-{number}": (WordEntry(PLACE, pattern=pattern, exact=exact and number % 2 == 0),)
        for number, pattern in enumerate(patterns)
    }


def lexicon_of(concepts: dict[str, tuple[WordEntry, ...]]) -> Lexicon:
    return Lexicon(vocabulary_of(concepts, concepts), CitationWords(), Patterns())


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=8, unique=True),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=4),
    st.sampled_from([" ", "", "-", ", "]),
    st.booleans(),
    st.booleans(),
)
@example(["a|ab|abc", "ab?c?"], [["abc", "ab", "abcd"]], " ", False, False)
def test_one_pass_finds_what_plain_search_finds(
    patterns: list[str], texts: list[list[str]], joint: str, exact: bool, much: bool
) -> None:
    document, sentences = make([joint.join(words) for words in texts])
    concepts = entries(patterns, exact)
    lexicon = lexicon_of(concepts)
    # In a long run all letters are looked for, in a short one those that the text may hold, and patterns that have been
    # tried often are tried by another engine, but in sentences that are long.
    with (
        patch("privaudit.match.lexicon._MUCH", 0 if much else 60_000),
        patch("privaudit.match.pattern._OFTEN", 0 if much else 1000),
        patch("privaudit.match.search.LONGEST", 20 if much else 2000),
    ):
        fast = Hits(lexicon.search(document, sentences, ends_of(sentences)))
        for name, words in concepts.items():
            plain = reference(words, lexicon.patterns, document, sentences)
            assert fast.of(name) == sorted(set(plain), key=lambda hit: hit.span)


TARGETS = [
    "https://a.example/x",
    "HTTPS://A.EXAMPLE",
    "mailto:dpo@b.example",
    "mailto:Straße@b.example",
    "#top",
    "2016",
]


@given(st.lists(st.sampled_from(TARGETS), max_size=4))
def test_links_are_found_as_by_trying_each(targets: list[str]) -> None:
    sources = [r"a\.example", r"^mailto:(?:dpo|office)@", r"mailto:[^?]+", "straße|top$", r"\d{4}", r"\w+:", "x"]
    document, sentences = make(["Read more"])
    links = tuple(Link(target, Span(0, number + 1), Span(0, number + 1)) for number, target in enumerate(targets))
    document = document._replace(blocks=(document.blocks[0]._replace(span=sentences[0].span, links=links),))
    concepts: dict[str, tuple[WordEntry, ...]] = {source: (WordEntry(PLACE, link=source),) for source in sources}
    hits = Hits(lexicon_of(concepts).search(document, sentences, ends_of(sentences)))
    for source in sources:
        plain = [link.text for link in links if regex.search(anchored(source), link.target, regex.IGNORECASE)]
        assert [hit.span for hit in hits.of(source)] == plain


def test_a_word_never_crosses_the_end_of_a_sentence() -> None:
    document, sentences = make(["You may lodge.", "A complaint."])
    concepts = entries(["lodge … complaint", "complaint"], False)
    hits = Hits(lexicon_of(concepts).search(document, sentences, ends_of(sentences)))
    assert [hit.sentence for hit in hits.of("concept-1")] == [1]
    assert not hits.of("concept-0")

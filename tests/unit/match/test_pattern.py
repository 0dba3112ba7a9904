"""A source that costs less finds the same."""

from pathlib import Path

import pytest
import regex

from privaudit.match.pattern import END, IGNORECASE, START, Patterns, anchored, lighter, translate
from privaudit.rulepack.load import load_rules, pack_folders

SAMPLE = Path(__file__).parents[3] / "samples" / "complete.md"
TEXTS = (
    "we share data: (personal) data, DATA-sets; \u00a7 12 GDPR 'data'. e-mail data@x.example, _data data12 data\u00b2",
    "",
)


def found(source: str, flags: int, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in regex.compile(source, regex.VERSION0 | flags).finditer(text)]


@pytest.mark.parametrize(
    ("pattern", "begins", "ends"),
    [
        ("data", True, True),
        ("(?:personal )?data", True, True),
        (r"\(?data\)?", False, False),
        (r"data(?: sets?)*", True, True),
        ("\u00a7 \\d+", False, True),
        ("data|\\(personal", False, True),
        (r"\w* ?data", False, True),
        ("(?=d)data", True, True),
        ("(?=d)", False, False),
        ("d{0,3}", False, False),
        (r"\w+[:;]", True, False),
        ("[a-z]+", True, True),
        ("[a-\u00e9]+", False, False),
        ("(?i:data)", False, False),
        ("", False, False),
    ],
)
def test_only_beside_letters_the_end_of_a_word_is_enough(pattern: str, begins: bool, ends: bool) -> None:
    source = anchored(translate(pattern))
    light = lighter(source)
    assert (START not in light, END not in light) == (begins, ends)
    for text in TEXTS:
        assert found(light, IGNORECASE, text) == found(source, IGNORECASE, text)


def test_patterns_of_the_pack_find_the_same() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    words = load_rules(pack_folders([]), {"en"}).words["en"]
    sources = {translate(one.pattern) for every in words.values() for one in every if one.pattern}
    lightened = [one for one in sources if lighter(anchored(one)) != anchored(one)]
    assert len(lightened) > len(sources) / 2
    for one in sorted(lightened)[::4]:
        assert found(lighter(anchored(one)), 0, text) == found(anchored(one), 0, text), one


def test_only_words_of_entries_are_compiled_in_another_way() -> None:
    fresh = Patterns()
    assert fresh.compiled("data", exact=True).pattern == lighter(anchored("data"))
    assert fresh.plain("data").pattern == "data"

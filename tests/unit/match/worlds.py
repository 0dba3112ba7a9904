"""Small documents and words for the tests of the matching."""

from collections.abc import Mapping, Sequence

from privaudit.document import Document
from privaudit.engine import CompiledRules, Searched, search
from privaudit.language import annotate
from privaudit.read import MARKDOWN, read_document
from privaudit.rulepack.schema import ANYWHERE, LanguageData, Place, Region, RuleSet, WordEntry

PLACE = Place("words.yaml", 1, 1)
ENGLISH = LanguageData("en", "English", ("the", "of", "and", "we", "to", "is"))


def opened(text: str, kind: str = MARKDOWN, lang: str = "en") -> Document:
    """A text as an annotated document in one language."""
    return annotate(read_document("notice", text.encode(), kind), {"en": ENGLISH}, lang)


def words(patterns: Mapping[str, Sequence[str]]) -> dict[str, tuple[WordEntry, ...]]:
    return {name: tuple(WordEntry(PLACE, pattern=one) for one in some) for name, some in patterns.items()}


def searched(document: Document, patterns: Mapping[str, Sequence[str]], regions: tuple[Region, ...] = ()) -> Searched:
    """A document searched for concepts, each with its patterns."""
    ruleset = RuleSet((), (), {ANYWHERE: words(patterns)}, {"en": ENGLISH}, ("en",), regions, tuple(patterns))
    return search(document, CompiledRules(ruleset))

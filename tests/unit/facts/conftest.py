from collections.abc import Callable

import pytest

from privaudit.document import Document
from privaudit.engine import CompiledRules, search
from privaudit.facts.find import find_facts
from privaudit.facts.found import Lexicons
from privaudit.facts.values import Fact
from privaudit.language import annotate
from privaudit.read import read_document
from privaudit.rulepack.facts import load_facts
from privaudit.rulepack.load import load_rules, pack_folders

Read = Callable[[str, str], tuple[Document, tuple[Fact, ...]]]
Tell = Callable[[str, str], set[str]]


@pytest.fixture(scope="session")
def read() -> Read:
    """A Markdown text in a language as a document, with the facts that the built-in pack finds in it."""
    rules = CompiledRules(load_rules(pack_folders([])))
    lexicons = Lexicons(load_facts(pack_folders([])))

    def facts(language: str, text: str) -> tuple[Document, tuple[Fact, ...]]:
        document = annotate(read_document("notice.md", text.encode()), rules.ruleset.languages, language)
        return document, find_facts(search(document, rules), lexicons)

    return facts


@pytest.fixture(scope="session")
def tell(read: Read) -> Tell:
    """The facts of a text as `kind value`, with a question mark behind what may be one."""

    def told(language: str, text: str) -> set[str]:
        return {f"{one.kind} {one.value}{'?' if one.perhaps else ''}" for one in read(language, text)[1]}

    return told

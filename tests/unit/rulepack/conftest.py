from collections.abc import Callable
from pathlib import Path

import pytest

from privaudit.errors import RuleError
from privaudit.rulepack.load import load_rules
from privaudit.rulepack.schema import RuleSet

LANGUAGE = "language: en\nname: English\nstop_words: [the, of, and, we]\ncitation: {article: [article, art.]}\n"
PACK = "id: house\nversion: '1.10'\nlanguages: [en]\nreviewed: 2026-01-31\n"
WORDS = "language: en\nwords:\n  complain: [complain]\n  authority: [authority]\n"
RULE = "id: {id}\nkind: disclosure\nseverity: error\npresent: {{all: [complain, authority]}}\n"

Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small valid pack, with files of it replaced or added, and returns its folder."""

    def written(files: dict[str, str]) -> Path:
        folder = tmp_path / "house"
        whole = {
            "pack.yaml": PACK,
            "words/en/language.yaml": LANGUAGE,
            "words/en/words.yaml": WORDS,
            "rules/house-complaint.yaml": RULE.format(id="house-complaint"),
            **files,
        }
        for name, text in whole.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return written


def load(folder: Path) -> RuleSet:
    return load_rules([folder], examples=True)


def faults(folder: Path) -> list[str]:
    """The faults of a pack as `file:line:column: message`, files by name only."""
    with pytest.raises(RuleError) as caught:
        load(folder)
    return [f"{Path(one.path).name}:{one.line}:{one.column}: {one.message}" for one in caught.value.faults]

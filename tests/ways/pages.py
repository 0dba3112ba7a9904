"""The pages of the documentation, and the examples in them."""

from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent.parent


def examples(page: str, language: str) -> list[str]:
    """The code blocks of a language in a page, in their order; the path of a page counts from the root on."""
    tokens = MarkdownIt("commonmark").parse((ROOT / page).read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info.split()[:1] == [language]]

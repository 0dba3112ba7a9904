"""What parsing Markdown and HTML costs, beside other parsers: the floor below which no reading can come.

    python benchmarks/parsers.py FOLDER... [--language en] [--least BYTES] [--most BYTES] [--runs N]

FOLDER holds real policies in Markdown, which are read where they are; the pages are made of them. Each parser reads
each document in turn; seconds are those of computing. `reading` is all that privaudit does with a document: two parses
of Markdown (blocks, then the text in them), blocks, text, links and their places. Of the others, only those that tell
for each piece of text where it stands could take the place of the parser: none of those for Markdown does, they give
lines at best. What is not installed is left out with a line that says so:

    pip install markdown-it-py mistune cmarkgfm selectolax lxml html5lib
"""

import importlib
from collections.abc import Callable
from typing import Any

from yardstick import Text, builtin_rules, documents, interleaved, options_for_documents

from privaudit import read_document


def tree_sitter(grammar: str) -> Callable[[str], object]:
    """The parser that privaudit uses."""
    binding = importlib.import_module("tree_sitter")
    parser = binding.Parser(binding.Language(importlib.import_module(grammar).language()))
    return lambda text: parser.parse(text.encode())


def of(module: str, use: Callable[[Any], Callable[[str], object]]) -> Callable[[], Callable[[str], object]]:
    """A parser of a module, which is imported when it is made."""
    return lambda: use(importlib.import_module(module))


MARKDOWN = {
    "tree-sitter-markdown, blocks": lambda: tree_sitter("tree_sitter_markdown"),
    "cmarkgfm": of("cmarkgfm", lambda module: module.github_flavored_markdown_to_html),
    "mistune": of("mistune", lambda module: module.create_markdown(renderer="ast")),
    "markdown-it-py": of("markdown_it", lambda module: module.MarkdownIt().parse),
}
HTML = {
    "tree-sitter-html": lambda: tree_sitter("tree_sitter_html"),
    "selectolax (lexbor)": of("selectolax.lexbor", lambda module: module.LexborHTMLParser),
    "lxml": of("lxml.html", lambda module: module.fromstring),
    "html5lib": of("html5lib", lambda module: module.parse),
}


def made(parsers: dict[str, Callable[[], Callable[[str], object]]]) -> dict[str, Callable[[str], object]]:
    """The parsers that are installed, ready for use."""
    found: dict[str, Callable[[str], object]] = {}
    for name, make in parsers.items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"{name}: left out, {error}")  # noqa: T201
    return found


def main() -> None:
    """Measures and prints."""
    parser = options_for_documents(__doc__)
    options = parser.parse_args()
    texts = documents(options.folder, builtin_rules(), options.language, options.least, options.most)
    if not texts:
        parser.error(f"no document in {options.language} of {options.least:,} to {options.most:,} bytes")
    to_html = importlib.import_module("markdown_it").MarkdownIt().render
    pages = {text.name: f"<!doctype html><html><body>{to_html(text.data.decode())}</body></html>" for text in texts}
    kinds: dict[str, Callable[[Text], object]] = {
        "reading of Markdown": lambda text: read_document(text.name, text.data),
        "reading of HTML": lambda text: read_document("page.html", pages[text.name].encode()),
    }
    for name, parse in made(MARKDOWN).items():
        kinds[name] = lambda text, parse=parse: parse(text.data.decode())  # type: ignore[misc]
    for name, parse in made(HTML).items():
        kinds[name] = lambda text, parse=parse: parse(pages[text.name])  # type: ignore[misc]
    print(f"{len(texts)} documents, {options.runs} runs; ms a document:")  # noqa: T201
    for name, one in interleaved(kinds, texts, options.runs).items():
        print(f"{name:30} {one.milliseconds:7.2f}")  # noqa: T201


if __name__ == "__main__":
    main()

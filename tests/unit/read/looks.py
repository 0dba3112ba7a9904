"""How the tests of the readers look at a document."""

from privaudit.document import Document
from privaudit.read import HTML, MARKDOWN, TEXT, read_document

__all__ = ["HTML", "MARKDOWN", "TEXT", "kinds", "links", "open_document", "texts"]


def open_document(source: str, kind: str) -> Document:
    return read_document("policy", source.encode(), kind)


def texts(document: Document) -> list[str]:
    return [document.text(block.span) for block in document.blocks]


def kinds(document: Document) -> list[tuple[str, str]]:
    """Each block as its kind, with the level where it has one, and its text."""
    return [
        (f"{block.kind}{block.level or ''}", text) for block, text in zip(document.blocks, texts(document), strict=True)
    ]


def links(document: Document) -> list[tuple[str, str]]:
    """Each link as its text and target."""
    return [(document.text(link.text), link.target) for block in document.blocks for link in block.links]

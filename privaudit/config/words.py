"""Values that the configuration and the command line write alike."""

from __future__ import annotations

import re


def language_of(text: str) -> str | None:
    """A language code of two or three letters, as in BCP 47; a region behind it is left out. None for what is none."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", text)
    return found[1].lower() if found else None


def is_encoding(name: str) -> bool:
    """Whether a name is that of an encoding of text."""
    import codecs

    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))
    except (LookupError, ValueError):
        return False

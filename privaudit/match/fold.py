"""The text as its letters are looked for: in one case, and without signs. Every character stays in its place."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

# Stands for every digit, so that a pattern may need one; what holds a digit must be confirmed by its pattern.
DIGIT = "0"


def fold(text: str) -> str:
    """The text in one case and with one digit for all, character for character, so that offsets stay."""
    low = text.casefold()
    if len(low) != len(text):
        low = _fold_in_place(text, [char for char in set(text) if len(char.casefold()) > 1])
    low = re.sub(r"\d", DIGIT, low)
    return low.replace("\u0131", "i") if "\u0131" in low else low


@functools.cache
def folded_char(char: str) -> str:
    """A character folded."""
    return fold(char)


def _fold_in_place(text: str, long: Sequence[str]) -> str:
    """The text in one case, but for characters of which folding makes several, as of a sharp s: they are lowered."""
    if not long:
        return text.casefold()
    low = "i" if long[0] == "\u0130" else long[0].lower()
    return low.join([_fold_in_place(part, long[1:]) for part in text.split(long[0])])


# General categories of which all characters are parts of words (Unicode Technical Standard 18, annex C).
_WORDY = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Nd", "Mn", "Mc", "Me", "Pc"))
# And those of which none is, but for joiners and for letters in circles and squares.
_SIGNS = frozenset(
    ("No", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs")
)
_UNLIKE = (("\u200c", "\u200d"), ("\u24b6", "\u24e9"), ("\U0001f130", "\U0001f189"))


@functools.cache
def is_wordy(char: str) -> bool:
    """Whether a character is part of a word as `regex` sees it, which is loaded only for the few left in doubt."""
    category = unicodedata.category(char)
    if category in _WORDY:
        return True
    if category in _SIGNS and not any(first <= char <= last for first, last in _UNLIKE):
        return False
    import regex

    return regex.match(r"\w", char) is not None


def without_signs(text: str) -> str:
    """The text with a space for each character that is no part of a word, so that offsets stay."""
    for char in set(text):
        if char != " " and not is_wordy(char):
            text = text.replace(char, " ")
    return text

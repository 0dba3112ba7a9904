"""Numbers as languages write them, in digits and in words."""

from __future__ import annotations

import re
from decimal import Decimal

# Digits with their separators: not a part of a word, an address or a reference such as 2016/679.
NUMBER = re.compile(
    r"(?<![\w/])(?<!\w[.,])\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?(?![\w/])|(?<![\w/])(?<!\w[.,])\d+(?:[.,]\d+)*(?![\w/])"
)
# Characters of what can still be an amount of something.
_LONGEST = 20
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_GROUPED = re.compile(r"\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*(?:([.,])\d{1,2})?")


def number_in(text: str, language: str | None) -> Decimal | None:
    """What digits say; None where that is not sure, as for 1.000 in English.

    English parts thousands with a comma, the other languages with a full stop, a space or an apostrophe.
    """
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return Decimal(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace(",", "."))
    grouped = _GROUPED.fullmatch(text)
    if not grouped:
        return None
    separator, point = grouped[1], grouped[2]
    if point == separator or (point is None and separator == ("." if language == "en" else ",")):
        return None
    plain = text.replace(separator, "")
    return Decimal(plain.replace(point, ".") if point else plain)


def written(number: Decimal) -> str:
    """A number without needless zeros or an exponent."""
    return f"{number.normalize():f}"

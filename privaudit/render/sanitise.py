"""Text of documents made safe to show: no control character reaches a terminal, no line break a line."""

from __future__ import annotations

import re

# C0 and C1 controls, line separators, bidirectional overrides and isolates (Unicode, "Trojan Source").
_UNSAFE = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def visible(text: str) -> str:
    """The text with each control character as a sign that can be seen."""
    return text if text.isprintable() else re.sub(_UNSAFE, _sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\u27e8{code:04X}\u27e9"


def one_line(text: str) -> str:
    """The text in one line: white space folded, control characters made visible."""
    return visible(_SPACE.sub(" ", text).strip())

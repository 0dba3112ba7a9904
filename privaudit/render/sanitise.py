"""Text of documents made safe to show: no control character reaches a terminal, no line break a line."""

from __future__ import annotations

import re

# C1 controls, line separators, what steers direction or cannot be seen (Unicode, "Trojan Source" and tag characters),
# what no encoding can write, and what is no character at all. Letters of every script stay, and with them the soft
# hyphen, which every terminal shows as nothing or as a hyphen.
UNSEEN = (
    "\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff"
)
_UNSAFE = f"[\x00-\x1f{UNSEEN}]"
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
# The old way of writing a workflow command, which counts anywhere in a line (actions/runner, ActionCommand).
_OLD_COMMAND = "##["


def visible(text: str) -> str:
    """The text with each control character as a sign that can be seen."""
    if _OLD_COMMAND in text:
        text = text.replace(_OLD_COMMAND, "##\\[")
    return text if text.isprintable() else re.sub(_UNSAFE, _sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return encodable(found[0]) if 0xD800 <= code <= 0xDFFF else f"\u27e8{code:04X}\u27e9"


def encodable(text: str) -> str:
    r"""The text with what no encoding can write replaced: a byte of a file name that is no text as `\xff`, else U+FFFD.

    Python keeps such a byte as a lone surrogate (PEP 383), which no strict reader of JSON takes.
    """
    return re.sub("[\ud800-\udfff]", _byte, text)


def as_bytes(path: str) -> bytes:
    """The bytes of a file name, as the file system has them."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", path).encode("utf-8", "surrogateescape")


def _byte(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else "\ufffd"


def one_line(text: str) -> str:
    """The text in one line: white space folded, control characters made visible."""
    return visible(_SPACE.sub(" ", text).strip())

"""Pages without the text that they are about: an empty frame for a script to fill, or a way to another page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privaudit.document import Block, BlockKind

_SCRIPT = re.compile(rb"<script\b[^>]{0,500}\bsrc\s*=", re.IGNORECASE)
_REFRESH = re.compile(rb"<meta\b[^>]{0,200}http-equiv\s*=\s*[\"']?refresh\b[^>]{0,500}\burl\s*=", re.IGNORECASE)
# A page that leads on says no more than this on the way (words).
_ON_THE_WAY = 40


def empty_page(data: bytes, blocks: Sequence[Block], shadow: str) -> str:
    """Why there is nothing to audit on a page, and what to do; empty where there is."""
    shown = [block for block in blocks if not block.hidden]
    words = sum(len(shadow[block.span.start : block.span.end].split()) for block in shown)
    if _REFRESH.search(data) and words <= _ON_THE_WAY:
        return "the page only leads to another one; save that one"
    if any(block.kind is not BlockKind.HEADING for block in shown):
        return ""
    if _SCRIPT.search(data):
        return "the page shows no text of its own, a script fills it; save it from a browser once it is shown"
    return "the page shows no text: all that it holds is hidden" if any(block.hidden for block in blocks) else ""

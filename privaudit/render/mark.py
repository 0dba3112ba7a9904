"""What tells reports of privaudit from notices, which they quote, and beside which they may lie in a folder."""

from __future__ import annotations

# The first line of a report in Markdown, never shown.
MARK = "<!-- privaudit report -->"
# And of a comment on a change, by which a bot finds the one to update; never to be changed.
COMPARISON = "<!-- privaudit diff -->"
# A page says so among its first elements.
_HEAD = 4096


def is_report(source: str) -> bool:
    """Whether a text is a report, a comparison, a history or a working paper that privaudit wrote."""
    return source.startswith((MARK, COMPARISON)) or '<meta name="generator" content="privaudit ' in source[:_HEAD]

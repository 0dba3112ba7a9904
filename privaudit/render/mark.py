"""What tells reports of privaudit from notices, which they quote, and beside which they may lie in a folder."""

from __future__ import annotations

import re

# The first line of a report in Markdown; not shown where Markdown is.
MARK = "<!-- privaudit report -->"
# A page says so among its first elements.
_HEAD = 4096


def is_report(source: str) -> bool:
    """Whether a text is a report, a comparison, a history or a working paper that privaudit wrote."""
    made = r"<!-- privaudit (?:report|diff) -->"
    return bool(re.match(made, source) or re.search(r'<meta name="generator" content="privaudit ', source[:_HEAD]))

"""Invented verdicts and comparisons."""

import hashlib
from typing import Any

from privaudit.compare import Comparison, Side, compare
from privaudit.model import Evidence, Kind, Outcome, PackInfo, Severity, Verdict
from tests.unit.render.reports import document

_KINDS = {
    Outcome.RELIED_ON: Kind.OUTDATED,
    Outcome.MENTIONED: Kind.OUTDATED,
    Outcome.FOUND: Kind.PRACTICE,
    Outcome.ABSENT: Kind.PRACTICE,
}


def quoted(quote: str, line: int = 1, **more: Any) -> Evidence:
    """A passage with the fingerprint that its words have."""
    mark = hashlib.sha256(" ".join(quote.split()).casefold().encode("utf-8", "surrogatepass")).hexdigest()[:16]
    values = {"fingerprint": mark, **more}
    return Evidence(quote, line * 100, line * 100 + len(quote), line, 1, line, len(quote) + 1, **values)


def verdict(outcome: Outcome, *quotes: str | Evidence, severity: Severity | None = None, **more: Any) -> Verdict:
    """A verdict with passages in the lines 1, 2, …"""
    values = {"kind": _KINDS.get(outcome, Kind.DISCLOSURE), "rule": "a-rule", "message": "M.", "reference": "R", **more}
    evidence = tuple(quoted(one, number) if isinstance(one, str) else one for number, one in enumerate(quotes, 1))
    return Verdict(outcome=outcome, severity=severity, evidence=evidence, **values)


def compared(
    old: Verdict | list[Verdict],
    new: Verdict | list[Verdict],
    text: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Comparison:
    """The comparison of verdicts; `text` is the new source, `before` and `after` say more of the documents."""
    first, second = ([one] if isinstance(one, Verdict) else one for one in (old, new))
    return compare(
        Side(document(*first, path="old.md")._replace(**(before or {}))),
        Side(document(*second, path="new.md")._replace(**(after or {})), text),
        {"a-rule": "a title"},
        version="1.2.3",
        packs=[PackInfo("house", "1.10", "2026-01-31")],
        as_of="2026-11-26",
    )

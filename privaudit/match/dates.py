"""What it means to rely on a mechanism on a day: before its time, in it, near its end, or after it."""

from __future__ import annotations

from datetime import date

from privaudit.model import Severity, Verdict
from privaudit.rulepack.schema import Rule, Source


def relied_on(verdict: Verdict, rule: Rule, day: date) -> Verdict:
    """The verdict on a text that relies on the mechanism of a rule, by the law of a day.

    It is a finding from the first day on which the mechanism is no longer valid, and may be a milder one from the day
    on which it is valid only for what began before.
    """
    start, until = rule.valid.start, rule.valid.until
    if until is not None and until <= day:
        return verdict
    end = f", until {day_of(until, rule.valid.until_source)}" if until else ""
    if start is not None and day < start:
        because = f"not yet valid on {day.isoformat()}, from {day_of(start, rule.valid.start_source)}"
        return verdict._replace(severity=None, because=because, message=f"{rule.title}: relied on, and not yet valid.")
    closing = rule.closing
    if closing is not None and closing.day <= day:
        because = f"valid on {day.isoformat()} only for what began before {day_of(closing.day, closing.source)}{end}"
        return verdict._replace(
            severity=_milder(verdict.severity, closing.level), because=because, message=closing.message
        )
    because = f"valid on {day.isoformat()}{end}"
    return verdict._replace(severity=None, because=because, message=f"{rule.title}: relied on, and valid.")


def day_of(day: date, source: Source) -> str:
    """A day in ISO 8601, with a word of warning where nobody has looked it up."""
    return day.isoformat() if source.verified else f"about {day.isoformat()} (date not verified)"


def _milder(one: Severity | None, other: Severity | None) -> Severity | None:
    return min(one, other, key=lambda level: level.rank) if one and other else None

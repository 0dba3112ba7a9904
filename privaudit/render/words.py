"""Words and signs for what a report knows by codes."""

from __future__ import annotations

import re

from privaudit.language import language_name
from privaudit.model import Evidence, Kind, Outcome, Severity, State, Status, Verdict

OUTCOMES = {
    Outcome.PRESENT: "present",
    Outcome.PARTIAL: "partial",
    Outcome.MISSING: "missing",
    Outcome.NOT_APPLICABLE: "does not apply",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.RELIED_ON: "relied on",
    Outcome.MENTIONED: "only mentioned",
    Outcome.FOUND: "found",
    Outcome.ABSENT: "not found",
}
SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
STATUSES = {Status.AUDITED: "audited", Status.PARTIAL: "partly audited", Status.NOT_AUDITED: "not audited"}
STATES = {State.BASELINED: "in the baseline", State.SUPPRESSED: "suppressed"}
KINDS = {
    Kind.DISCLOSURE: "Disclosures",
    Kind.OUTDATED: "Outdated mechanisms, laws and authorities",
    Kind.PRACTICE: "Practices",
}
_SOURCES = {
    "option": "given with --lang",
    "front-matter": "declared in the front matter",
    "html": "declared by the page",
    "file-name": "told by the file name",
    "detected": "detected",
}
_CODE = re.compile(r"[A-Za-z]{2,3}")


def language(code: str | None) -> str:
    """A language with its code, such as `Swedish (sv)`."""
    if not code:
        return "language not known"
    name = language_name(code)
    return name if name == code else f"{name} ({code})"


def told_by(source: str) -> str:
    """How the language of a document is known."""
    return _SOURCES.get(source, "")


def accepted(state: State, justification: str) -> str:
    """Why a finding or passage does not count, such as `suppressed: agreed with counsel`; empty where it does."""
    if state is State.NEW:
        return ""
    said = STATES[state]
    return f"{said}: {justification}" if justification and justification != said else said


def graded(verdict: Verdict) -> str:
    """How specific a disclosure is, such as `vague (weak): no more than "as long as necessary"`; empty without a grade.

    Where the passage is none of those that bear the verdict, it ends with its place.
    """
    grade = verdict.grade
    if grade is None:
        return ""
    known = {(one.start, one.end) for one in verdict.evidence}
    elsewhere = [place(one) for one in grade.evidence if (one.start, one.end) not in known]
    return f"{grade.id}{' (weak)' if grade.weak else ''}: {', '.join((grade.title, *elsewhere))}"


def tag(code: str | None) -> str:
    """The value of a `lang` attribute; empty, which says that the language is not known, for what is no code."""
    return code if code and _CODE.fullmatch(code) else ""


def place(evidence: Evidence) -> str:
    """Where a passage stands, such as `line 4`, or `page 2` in a document with pages.

    Nobody sees the lines of the text that was taken out of such a document.
    """
    return f"line {evidence.line}" if evidence.page is None else f"page {evidence.page}"


def sentence(text: str) -> str:
    """The text with a capital at its beginning and a full stop at its end."""
    return capital(text) if text[-1:] in ".!?" else f"{capital(text)}."


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]

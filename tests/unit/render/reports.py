"""Invented reports for the tests of the renderers."""

from typing import Any

from privaudit.document import LanguageGuess
from privaudit.model import (
    DocumentReport,
    Evidence,
    Kind,
    Outcome,
    PackInfo,
    Report,
    RuleInfo,
    Severity,
    Status,
    Summary,
    Verdict,
)


def passage(quote: str, line: int = 3, column: int = 1, marked: str = "", **more: Any) -> Evidence:
    """Evidence that begins at offset 100, with a word of it marked."""
    at = 100 + quote.index(marked)
    marks = ((at, at + len(marked)),) if marked else ()
    return Evidence(quote, 100, 100 + len(quote), line, column, line, column + len(quote), marks, **more)


def missing(rule: str = "a-rule", severity: Severity | None = Severity.ERROR, **more: Any) -> Verdict:
    values: dict[str, Any] = {"message": "Not disclosed.", "reference": "GDPR Art. 13", "remedy": "Say it.", **more}
    return Verdict(rule, Kind.DISCLOSURE, Outcome.MISSING, severity=severity, **values)


def relied_on(*evidence: Evidence, rule: str = "b-rule", **more: Any) -> Verdict:
    values: dict[str, Any] = {"severity": Severity.WARNING, "message": "Relied on.", "reference": "Decision", **more}
    return Verdict(rule, Kind.OUTDATED, Outcome.RELIED_ON, evidence=evidence, **values)


def present(*evidence: Evidence, rule: str = "c-rule", **more: Any) -> Verdict:
    return Verdict(rule, Kind.DISCLOSURE, Outcome.PRESENT, "Disclosed.", "GDPR Art. 13", evidence=evidence, **more)


def document(*verdicts: Verdict, path: str = "privacy.md", **more: Any) -> DocumentReport:
    values: dict[str, Any] = {"language": LanguageGuess("en", 0.99, "detected"), "status": Status.AUDITED, **more}
    return DocumentReport(path, "text/markdown", "0" * 64, 12_345, verdicts=verdicts, **values)


def report(*documents: DocumentReport, **more: Any) -> Report:
    known = {verdict.rule: verdict.kind for one in documents for verdict in one.verdicts}
    rules = tuple(
        RuleInfo(rule, "A title", kind, None, ("GDPR Art. 13",), "why", "fix") for rule, kind in known.items()
    )
    values: dict[str, Any] = {"summary": Summary(documents=len(documents)), **more}
    return Report("1.2.3", (PackInfo("house", "1.10", "2026-01-31"),), "2026-11-22", rules, documents, **values)

"""A report without the words of the documents, for those who may see what was found and not what is written there.

Places, fingerprints and paths stay. A fingerprint is a hash of a passage: who guesses the passage can tell.
"""

from __future__ import annotations

from privaudit.model import REDACTED, DocumentReport, Evidence, Report, Verdict
from privaudit.since import without_passage


def redacted(report: Report) -> Report:
    """The report with dots in place of each passage that it quotes; messages that quote one stop before it."""
    return report._replace(
        documents=tuple(map(_document, report.documents)),
        configuration=tuple(map(_document, report.configuration)),
        stale=tuple(entry._replace(quote="") for entry in report.stale),
    )


def _document(document: DocumentReport) -> DocumentReport:
    return document._replace(verdicts=tuple(map(_verdict, document.verdicts)))


def _verdict(verdict: Verdict) -> Verdict:
    return verdict._replace(
        message=without_passage(verdict.message),
        evidence=tuple(map(_evidence, verdict.evidence)),
        near_misses=tuple(miss._replace(evidence=_evidence(miss.evidence)) for miss in verdict.near_misses),
    )


def _evidence(evidence: Evidence) -> Evidence:
    # How long the marked words are tells of short ones, such as a name.
    return evidence._replace(quote=REDACTED if evidence.quote else "", marks=())

"""A report without the words of the documents, for those who may see what was found and not what is written there.

Places, fingerprints and paths stay. A fingerprint is a hash of a passage: who guesses the passage can tell.
"""

from __future__ import annotations

from privaudit.facts.values import ANY_LANGUAGE
from privaudit.model import REDACTED, DocumentReport, Evidence, Report, Verdict
from privaudit.parity import Group, Parity, Row
from privaudit.since import without_passage


def redacted(report: Report) -> Report:
    """The report with dots in place of each passage that it quotes; messages that quote one stop before it."""
    return report._replace(
        documents=tuple(map(_document, report.documents)),
        configuration=tuple(map(_document, report.configuration)),
        stale=tuple(entry._replace(quote="") for entry in report.stale),
    )


def redacted_parity(parity: Parity) -> Parity:
    """The comparison of language versions without passages, addresses and telephone numbers."""
    return parity._replace(groups=tuple(map(_group, parity.groups)))


def _group(group: Group) -> Group:
    versions = [one._replace(report=_document(one.report), facts=()) for one in group.versions]
    elements = [
        one._replace(verdicts=tuple(_verdict(verdict) if verdict else None for verdict in one.verdicts))
        for one in group.elements
    ]
    return group._replace(versions=tuple(versions), elements=tuple(elements), facts=tuple(map(_row, group.facts)))


def _row(row: Row) -> Row:
    value = REDACTED if row.kind in ANY_LANGUAGE else row.value
    return row._replace(value=value, passages=tuple(tuple(map(_evidence, pieces)) for pieces in row.passages))


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

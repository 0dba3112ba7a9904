"""A report without the words of the documents, for those who may see what was found and not what is written there.

Places, fingerprints and paths stay. A fingerprint is a hash of a passage: who guesses the passage can tell.
"""

from __future__ import annotations

import re

from privaudit.compare import Change, Comparison, Side
from privaudit.facts.values import ANY_LANGUAGE
from privaudit.model import REDACTED, DocumentReport, Evidence, Report, Verdict
from privaudit.parity import Group, Parity, Row
from privaudit.since import without_passage

# The words for which a rule applies (`privaudit.match.judge`).
_TRIGGER = re.compile(r'the text says ".*", (line \d+)', re.DOTALL)


def redacted(report: Report) -> Report:
    """The report with dots in place of each passage that it quotes; what is said of a verdict quotes none either."""
    return report._replace(
        documents=tuple(map(_document, report.documents)),
        configuration=tuple(map(_document, report.configuration)),
        stale=tuple(entry._replace(quote="") for entry in report.stale),
    )


def redacted_parity(parity: Parity) -> Parity:
    """The comparison of language versions without passages, addresses and telephone numbers."""
    return parity._replace(groups=tuple(map(_group, parity.groups)))


def _group(group: Group) -> Group:
    versions = [
        one._replace(report=_document(one.report), facts=(), files=tuple(map(_document, one.files)))
        for one in group.versions
    ]
    elements = [
        one._replace(verdicts=tuple(_verdict(verdict) if verdict else None for verdict in one.verdicts))
        for one in group.elements
    ]
    return group._replace(versions=tuple(versions), elements=tuple(elements), facts=tuple(map(_row, group.facts)))


def _row(row: Row) -> Row:
    value = REDACTED if row.kind in ANY_LANGUAGE else row.value
    return row._replace(value=value, passages=tuple(tuple(map(_evidence, pieces)) for pieces in row.passages))


def redacted_comparison(comparison: Comparison) -> Comparison:
    """The comparison of two versions without their words."""
    return comparison._replace(
        old=_side(comparison.old), new=_side(comparison.new), changes=tuple(map(_change, comparison.changes))
    )


def _side(side: Side) -> Side:
    return side._replace(report=_document(side.report), text="")


def _change(change: Change) -> Change:
    return change._replace(
        old=_verdict(change.old),
        new=_verdict(change.new),
        gone=tuple(map(_evidence, change.gone)),
        standing=tuple(one._replace(evidence=_evidence(one.evidence)) for one in change.standing),
        fresh=tuple(map(_evidence, change.fresh)),
    )


def _document(document: DocumentReport) -> DocumentReport:
    return document._replace(verdicts=tuple(map(_verdict, document.verdicts)))


def _verdict(verdict: Verdict) -> Verdict:
    return verdict._replace(
        message=without_passage(verdict.message),
        because=_TRIGGER.sub(r"of what stands in \1", verdict.because),
        evidence=tuple(map(_evidence, verdict.evidence)),
        near_misses=tuple(miss._replace(evidence=_evidence(miss.evidence)) for miss in verdict.near_misses),
        grade=grade._replace(evidence=tuple(map(_evidence, grade.evidence))) if (grade := verdict.grade) else None,
    )


def _evidence(evidence: Evidence) -> Evidence:
    # How long the marked words are tells of short ones, such as a name.
    return evidence._replace(quote=REDACTED if evidence.quote else "", marks=())

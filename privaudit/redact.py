"""A report without the words of the documents, for those who may see what was found and not what is written there.

Places, fingerprints and paths stay. A fingerprint is a hash of a passage: who guesses the passage can tell.
"""

from __future__ import annotations

import re

from privaudit.compare import Change, Comparison, Side
from privaudit.model import REDACTED, DocumentReport, Evidence, Report, Verdict
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
    )


def _evidence(evidence: Evidence) -> Evidence:
    # How long the marked words are tells of short ones, such as a name.
    return evidence._replace(quote=REDACTED if evidence.quote else "", marks=())

"""How much findings weigh where the configuration says so."""

from __future__ import annotations

from collections.abc import Mapping

from privaudit.gate import Threshold
from privaudit.model import DocumentReport, Kind, Outcome, Severity, Verdict

A_LAYER = "one layer of a notice, which need not hold everything"


def weighed(document: DocumentReport, levels: Mapping[str, Severity], *, layer: bool = False) -> DocumentReport:
    """The report with findings of the rules and groups in `levels` at those severities; a rule's own beats its group's.

    In a `layer`, a disclosure that is missing or partial is no finding: another layer makes it.
    """
    if not levels and not layer:
        return document
    return document._replace(verdicts=tuple(_weighed(verdict, levels, layer) for verdict in document.verdicts))


def asked(document: DocumentReport, threshold: Threshold) -> DocumentReport:
    """The report with a note for each disclosure that is made and whose grade fails the run, so that it can be seen."""
    return document._replace(verdicts=tuple(_asked(verdict, threshold) for verdict in document.verdicts))


def _asked(verdict: Verdict, threshold: Threshold) -> Verdict:
    # One that is made in part is a finding already, unless there is a reason why it is none.
    if verdict.severity or verdict.outcome is not Outcome.PRESENT or not threshold.grades_as_too_little(verdict):
        return verdict
    because = f"is as specific as \u201c{verdict.grade.title}\u201d, and more is asked for" if verdict.grade else ""
    return verdict._replace(severity=Severity.NOTE, because=because)


def _weighed(verdict: Verdict, levels: Mapping[str, Severity], layer: bool) -> Verdict:
    if verdict.severity is None:
        return verdict
    if layer and verdict.kind is Kind.DISCLOSURE and verdict.outcome in (Outcome.MISSING, Outcome.PARTIAL):
        return verdict._replace(severity=None, because=A_LAYER)
    level = levels.get(verdict.rule) or levels.get(verdict.group or "")
    return verdict._replace(severity=level) if level else verdict

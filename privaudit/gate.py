"""The exit code, decided here and nowhere else.

0: everything was audited and nothing reaches the threshold. 1: findings reach it. 2: wrong use, a broken rule pack, no
document. 3: something could not be audited. 2 beats 3, and 3 beats 1: a gate never passes on what nobody read.
"""

from __future__ import annotations

from collections.abc import Mapping

from privaudit.model import Outcome, Report, Severity, State, Status, Verdict
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from privaudit.compare import Comparison
    from privaudit.parity import Parity

CLEAN, FINDINGS, WRONG_USE, INCOMPLETE = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143


class Threshold(NamedTuple):
    """What fails: findings from a severity up (None: no severity does), and any finding of these rules or groups.

    `grades` are, by rule, those that fail where the disclosure is made; one that is missing fails there, too.
    """

    severity: Severity | None = Severity.ERROR
    rules: frozenset[str] = frozenset()
    grades: Mapping[str, frozenset[str]] = {}

    def reached_by(self, verdict: Verdict) -> bool:
        """Whether a verdict is a new finding that fails the gate."""
        if verdict.severity is None or verdict.state is not State.NEW:
            return False
        if verdict.rule in self.rules or (verdict.group or "") in self.rules:
            return True
        if verdict.rule in self.grades and (verdict.outcome is Outcome.MISSING or self.grades_as_too_little(verdict)):
            return True
        return self.severity is not None and verdict.severity.rank >= self.severity.rank

    def grades_as_too_little(self, verdict: Verdict) -> bool:
        """Whether a disclosure has one of the grades that fail."""
        return verdict.grade is not None and verdict.grade.id in self.grades.get(verdict.rule, ())

    @property
    def is_never(self) -> bool:
        """Whether nothing at all fails."""
        return self.severity is None and not self.rules and not self.grades


def exit_code(report: Report, threshold: Threshold) -> int:
    """The exit code for a report."""
    if report.errors or not (report.documents or report.idle):
        return WRONG_USE
    if any(document.status is not Status.AUDITED for document in report.documents):
        return INCOMPLETE
    if any(threshold.reached_by(verdict) for place in report.places for verdict in place.verdicts):
        return FINDINGS
    return CLEAN


def comparison_code(comparison: Comparison, threshold: Threshold) -> int:
    """The exit code for two versions: a disclosure that was lost fails at any threshold but `never`."""
    if not comparison.is_complete:
        return INCOMPLETE
    for change in comparison.changes:
        if change.is_loss and not threshold.is_never:
            return FINDINGS
        if change.is_new_finding and threshold.reached_by(change.new):
            return FINDINGS
    return CLEAN


def parity_code(parity: Parity) -> int:
    """The exit code for language versions: any difference that nobody has accepted fails."""
    if not all(group.is_complete for group in parity.groups):
        return INCOMPLETE
    return FINDINGS if any(group.differs for group in parity.groups) else CLEAN


def corpus_code(incomplete: int) -> int:
    """The exit code for a corpus with so many documents or shards not audited in full; no finding fails it."""
    return INCOMPLETE if incomplete else CLEAN

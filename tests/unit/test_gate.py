import pytest

from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.gate import Threshold, exit_code
from privaudit.model import DocumentReport, Kind, Outcome, Report, Severity, State, Status, Verdict


def verdict(
    severity: Severity | None, rule: str = "a-rule", group: str | None = None, state: State = State.NEW
) -> Verdict:
    return Verdict(rule, Kind.PRACTICE, Outcome.FOUND, "", "", group=group, severity=severity, state=state)


def report(*verdicts: Verdict, status: Status = Status.AUDITED, errors: tuple[str, ...] = ()) -> Report:
    document = DocumentReport("a.md", "text/markdown", "", 1, UNKNOWN_LANGUAGE, status, (), verdicts)
    return Report("1", (), "2026-11-24", (), (document,), errors=errors)


@pytest.mark.parametrize(
    ("severity", "threshold", "code"),
    [
        (Severity.ERROR, Threshold(), 1),
        (Severity.WARNING, Threshold(), 0),
        (Severity.WARNING, Threshold(Severity.WARNING), 1),
        (Severity.NOTE, Threshold(Severity.NOTE), 1),
        (Severity.ERROR, Threshold(None), 0),
        (Severity.NOTE, Threshold(None, frozenset({"a-rule"})), 1),
        (Severity.NOTE, Threshold(None, frozenset({"a-group"})), 1),
        (None, Threshold(Severity.NOTE, frozenset({"a-rule"})), 0),
    ],
)
def test_what_reaches_the_threshold(severity: Severity | None, threshold: Threshold, code: int) -> None:
    assert exit_code(report(verdict(severity, group="a-group")), threshold) == code


@pytest.mark.parametrize("state", [State.BASELINED, State.SUPPRESSED])
def test_only_new_findings_count(state: State) -> None:
    assert exit_code(report(verdict(Severity.ERROR, state=state)), Threshold()) == 0


@pytest.mark.parametrize("status", [Status.PARTIAL, Status.NOT_AUDITED])
def test_incomplete_beats_findings(status: Status) -> None:
    assert exit_code(report(verdict(Severity.ERROR), status=status), Threshold()) == 3


def test_wrong_use_beats_incomplete() -> None:
    assert exit_code(report(status=Status.NOT_AUDITED, errors=("x: no such file",)), Threshold()) == 2


def test_no_document_is_wrong_use() -> None:
    assert exit_code(Report("1", (), "2026-11-24", (), ()), Threshold()) == 2

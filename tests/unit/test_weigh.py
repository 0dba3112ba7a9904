from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.model import DocumentReport, Kind, Outcome, Severity, Status, Verdict
from privaudit.weigh import A_LAYER, weighed


def verdict(rule: str, kind: Kind, outcome: Outcome, severity: Severity | None, group: str | None = None) -> Verdict:
    return Verdict(rule, kind, outcome, "", "", group, severity)


TRAM = verdict("tram", Kind.PRACTICE, Outcome.FOUND, Severity.NOTE, "vehicle")
MISSING = verdict("complaint", Kind.DISCLOSURE, Outcome.MISSING, Severity.ERROR)
PARTIAL = verdict("rights", Kind.DISCLOSURE, Outcome.PARTIAL, Severity.WARNING)
PRESENT = verdict("contact", Kind.DISCLOSURE, Outcome.PRESENT, None)
OUTDATED = verdict("shield", Kind.OUTDATED, Outcome.RELIED_ON, Severity.ERROR)
ALL = (TRAM, MISSING, PARTIAL, PRESENT, OUTDATED)
REPORT = DocumentReport("a.md", "", "", 1, UNKNOWN_LANGUAGE, Status.AUDITED, (), ALL)


def test_without_levels_nothing_changes() -> None:
    assert weighed(REPORT, {}) is REPORT


def test_a_rule_and_a_group_and_what_is_no_finding_stays_none() -> None:
    levels = {"vehicle": Severity.ERROR, "complaint": Severity.NOTE, "contact": Severity.ERROR}
    assert [one.severity for one in weighed(REPORT, levels).verdicts] == [
        Severity.ERROR, Severity.NOTE, Severity.WARNING, None, Severity.ERROR,
    ]  # fmt: skip


def test_the_level_of_a_rule_beats_that_of_its_group() -> None:
    levels = {"tram": Severity.WARNING, "vehicle": Severity.ERROR}
    assert weighed(REPORT, levels).verdicts[0].severity is Severity.WARNING


def test_a_layer_lacks_nothing_and_its_defects_count() -> None:
    found = weighed(REPORT, {"complaint": Severity.ERROR}, layer=True).verdicts
    assert [one.severity for one in found] == [Severity.NOTE, None, None, None, Severity.ERROR]
    assert [one.because for one in found] == ["", A_LAYER, A_LAYER, "", ""]
    assert [one.outcome for one in found] == [one.outcome for one in ALL]

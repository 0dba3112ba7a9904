from typing import Any

import pytest

from privaudit.model import Outcome, Severity, State, Status, Verdict
from privaudit.since import since
from tests.unit.comparisons import quoted, verdict
from tests.unit.render.reports import document

PRESENT, PARTIAL, MISSING = Outcome.PRESENT, Outcome.PARTIAL, Outcome.MISSING
RELIED_ON, MENTIONED, FOUND, ABSENT = Outcome.RELIED_ON, Outcome.MENTIONED, Outcome.FOUND, Outcome.ABSENT
ERROR, WARNING = Severity.ERROR, Severity.WARNING
NEW, BASELINED, SUPPRESSED = State.NEW, State.BASELINED, State.SUPPRESSED
LACKS = verdict(MISSING, severity=ERROR, fingerprint="f", message="A title: not disclosed.")


def marked(new: Verdict, *old: Verdict, **more: Any) -> Verdict:
    """The verdict after comparison with the one that `main` had."""
    (found,) = since(document(new), document(*old, **more), "main").verdicts
    return found


def test_a_new_file_is_all_new() -> None:
    report = document(LACKS)
    assert since(report, None, "main") == report


def test_a_file_that_could_not_be_read_before_is_all_new() -> None:
    assert marked(LACKS, status=Status.NOT_AUDITED) == LACKS


def test_a_finding_that_was_there_is_accepted() -> None:
    found = marked(LACKS, LACKS)
    assert (found.state, found.justification) == (BASELINED, "already in main")
    assert found.message == LACKS.message


@pytest.mark.parametrize(
    "old",
    [
        verdict(PRESENT, fingerprint="g"),
        verdict(PARTIAL, "Half.", severity=ERROR, fingerprint="g"),
        verdict(Outcome.NOT_APPLICABLE, fingerprint="f"),
        LACKS._replace(severity=WARNING),
        LACKS._replace(state=SUPPRESSED),
        LACKS._replace(rule="b-rule"),
    ],
)
def test_what_was_none_weighed_less_or_was_suppressed_is_news(old: Verdict) -> None:
    assert marked(LACKS, old).state is NEW


def test_passages_are_marked_one_by_one() -> None:
    old = verdict(RELIED_ON, quoted("Here.", 9), severity=ERROR)
    found = marked(verdict(RELIED_ON, "Here.", "There.", severity=ERROR), old)
    assert [one.state for one in found.evidence] == [BASELINED, NEW]
    assert [one.justification for one in found.evidence] == ["already in main", ""]
    assert found.state is NEW
    moved = marked(verdict(RELIED_ON, "HERE.", severity=ERROR), old)
    assert (moved.state, moved.justification) == (BASELINED, "already in main")


def test_a_mention_that_became_reliance_is_news() -> None:
    old = verdict(MENTIONED, "We use the Shield.", severity=WARNING)
    assert marked(verdict(RELIED_ON, "We use the Shield.", severity=ERROR), old).state is NEW
    assert marked(verdict(RELIED_ON, "We use the Shield.", severity=ERROR), old._replace(severity=None)).state is NEW


def test_a_passage_that_was_suppressed_is_news_and_one_that_is_stays_so() -> None:
    passage = quoted("Here.")
    accepted = passage._replace(state=SUPPRESSED, justification="told")
    old = verdict(FOUND, accepted, severity=ERROR, state=SUPPRESSED)
    assert marked(verdict(FOUND, passage, severity=ERROR), old).state is NEW
    new = verdict(FOUND, accepted, severity=ERROR)
    assert marked(new, verdict(FOUND, passage, severity=ERROR)).evidence == (accepted,)


def test_what_is_no_finding_stays_as_it_is() -> None:
    for one in (verdict(PRESENT, "Here."), verdict(ABSENT), verdict(MENTIONED, "Here.")):
        assert marked(one, one) == one


def test_a_lost_passage_is_quoted() -> None:
    old = verdict(PRESENT, quoted("You may\n complain.", 131), quoted("Or else.", 140))
    assert marked(LACKS, old).message == 'A title: not disclosed; main said in line 131: "You may complain."'
    partial = verdict(PARTIAL, "You may complain.", severity=WARNING, message="A title: half.")
    assert marked(partial, old).message == 'A title: half; main said in line 140: "Or else."'
    assert marked(partial, old).state is NEW
    half = verdict(PARTIAL, "For long.", severity=ERROR)
    assert marked(LACKS, half).message.endswith('; main said in line 1: "For long."')


def test_a_long_passage_is_cut() -> None:
    said = marked(LACKS, verdict(PRESENT, "word " * 100)).message
    assert said.endswith(' word word…"')
    assert len(said) < 270


@pytest.mark.parametrize("old", [verdict(PRESENT), verdict(MISSING), verdict(Outcome.INCONCLUSIVE, "a")])
def test_nothing_is_quoted_where_nothing_was_lost(old: Verdict) -> None:
    assert marked(LACKS, old).message == LACKS.message
    better = verdict(PARTIAL, "Now.", severity=WARNING)
    assert marked(better, verdict(MISSING, severity=ERROR)).message == better.message


def test_findings_about_suppressions_are_told_apart() -> None:
    def about(fingerprint: str) -> Verdict:
        return verdict(FOUND, rule="suppression-unused", group="suppression", severity=WARNING, fingerprint=fingerprint)

    found = since(document(about("1"), about("2")), document(about("0"), about("1")), "main")
    assert [one.state for one in found.verdicts] == [BASELINED, NEW]

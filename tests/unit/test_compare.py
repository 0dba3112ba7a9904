import pytest

from privaudit.compare import Change, ChangeKind, unlike, words_of
from privaudit.gate import Threshold, comparison_code
from privaudit.model import Outcome, Severity, State, Status, Verdict
from tests.unit.comparisons import compared, quoted, verdict

PRESENT, PARTIAL, MISSING = Outcome.PRESENT, Outcome.PARTIAL, Outcome.MISSING
NOT_APPLICABLE, INCONCLUSIVE = Outcome.NOT_APPLICABLE, Outcome.INCONCLUSIVE
RELIED_ON, MENTIONED, FOUND, ABSENT = Outcome.RELIED_ON, Outcome.MENTIONED, Outcome.FOUND, Outcome.ABSENT
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def change(old: Verdict, new: Verdict, text: str = "") -> Change:
    (found,) = compared(old, new, text).changes
    return found


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (PRESENT, MISSING, ChangeKind.LOST),
        (PARTIAL, MISSING, ChangeKind.LOST),
        (PRESENT, PARTIAL, ChangeKind.WEAKENED),
        (MISSING, PRESENT, ChangeKind.WON),
        (MISSING, PARTIAL, ChangeKind.WON),
        (PARTIAL, PRESENT, ChangeKind.STRENGTHENED),
        (PRESENT, NOT_APPLICABLE, ChangeKind.NOT_DUE),
        (MISSING, NOT_APPLICABLE, ChangeKind.NOT_DUE),
        (NOT_APPLICABLE, MISSING, ChangeKind.DUE),
        (NOT_APPLICABLE, PRESENT, ChangeKind.DUE),
        (PRESENT, INCONCLUSIVE, ChangeKind.UNCLEAR),
        (INCONCLUSIVE, MISSING, ChangeKind.CLEAR),
        (ABSENT, RELIED_ON, ChangeKind.NEW),
        (ABSENT, MENTIONED, ChangeKind.NEW),
        (MENTIONED, RELIED_ON, ChangeKind.RELIED_ON),
        (RELIED_ON, MENTIONED, ChangeKind.MENTIONED),
        (MENTIONED, ABSENT, ChangeKind.GONE),
        (FOUND, ABSENT, ChangeKind.GONE),
        (ABSENT, FOUND, ChangeKind.NEW),
        (FOUND, INCONCLUSIVE, ChangeKind.UNCLEAR),
    ],
)
def test_kinds_of_change(before: Outcome, after: Outcome, kind: ChangeKind) -> None:
    found = change(verdict(before, "Old."), verdict(after, "New."))
    assert (found.kind, found.rule, found.title) == (kind, "a-rule", "a title")
    assert found.is_loss is (kind in (ChangeKind.LOST, ChangeKind.WEAKENED))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_same_verdict_is_no_change(outcome: Outcome) -> None:
    found = compared(verdict(outcome, "Same."), verdict(outcome, "Same."))
    unclear = int(outcome is INCONCLUSIVE)
    assert (found.changes, found.unchanged, found.unclear) == ((), 1 - unclear, unclear)


def test_what_only_moved_or_was_wrapped_anew_is_no_change() -> None:
    old = verdict(RELIED_ON, quoted("We rely on  it.", 3), quoted("And on that.", 9), severity=ERROR)
    new = verdict(RELIED_ON, quoted("And on that.", 2), quoted("we rely\non it.", 30), severity=ERROR)
    assert compared(old, new).changes == ()


def test_disclosures_in_other_words_are_no_change() -> None:
    assert compared(verdict(PRESENT, "You may complain."), verdict(PRESENT, "Complain to us.")).changes == ()
    partly = verdict(PARTIAL, "For long.", severity=WARNING)
    assert compared(partly, verdict(PARTIAL, "For very long.", severity=WARNING)).changes == ()


def test_a_lost_passage_is_gone_or_still_stands_where_it_proves_nothing() -> None:
    old = verdict(PRESENT, quoted("You may  complain.", 4), quoted("Write to the authority.", 5), quoted("Kept.", 6))
    new = verdict(PARTIAL, quoted("Kept.", 1), quoted("Ask us.", 2))
    found = change(old, new, "Kept.\r\nAsk us.\r\n\r\nIf it fails you\nmay **complain**.\n")
    assert [one.quote for one in found.gone] == ["Write to the authority."]
    assert [(one.evidence.quote, one.line) for one in found.standing] == [("You may  complain.", 4)]
    assert [one.quote for one in found.fresh] == ["Ask us."]


def test_a_passage_is_found_by_whole_words() -> None:
    old = verdict(PRESENT, "art")
    assert change(old, verdict(MISSING), "We start.\nArt matters.").standing[0].line == 2
    assert change(old, verdict(MISSING), "We start.").gone == old.evidence
    linked = verdict(PRESENT, "You may <a href='x'>complain</a>.")
    assert change(linked, verdict(MISSING), "<p>Yes.</p>\n<p>You <b\nid=b>may</b> complain.").standing[0].line == 2
    signs = verdict(PRESENT, "–")
    assert change(signs, verdict(MISSING), "– – –").gone == signs.evidence


def test_new_passages_of_a_finding() -> None:
    old = verdict(RELIED_ON, "Here.", severity=ERROR)
    found = change(old, verdict(RELIED_ON, "Here.", "There.", severity=ERROR))
    assert (found.kind, [one.quote for one in found.fresh]) == (ChangeKind.MORE, ["There."])
    assert found.is_new_finding
    assert not found.is_loss


def test_new_passages_of_what_is_no_finding_are_no_change() -> None:
    assert compared(verdict(MENTIONED, "Here."), verdict(MENTIONED, "Here.", "There.")).changes == ()


def test_an_accepted_passage_is_no_change() -> None:
    accepted = quoted("There.", 2, state=State.SUPPRESSED)
    new = verdict(RELIED_ON, "Here.", accepted, severity=ERROR)
    assert compared(verdict(RELIED_ON, "Here.", severity=ERROR), new).changes == ()


def test_a_second_passage_alike_is_new() -> None:
    one, two = quoted("Here.", 1, fingerprint="first"), quoted("Here.", 2, fingerprint="second")
    found = change(verdict(FOUND, one, severity=ERROR), verdict(FOUND, one, two, severity=ERROR))
    assert found.fresh == (two,)


def test_other_mark_up_makes_no_new_passage() -> None:
    old = verdict(FOUND, "We take a <b>fee</b> for R&amp;D requests.", severity=ERROR)
    assert compared(old, verdict(FOUND, "We take a **fee** for R&D requests.", severity=ERROR)).changes == ()
    assert words_of("<a href='x'>We</a>&nbsp;ask") == words_of("[We](https://x.example/y) *ask*") == "we ask"
    assert words_of("less < more (than) that > this") == "less more than that this"


def test_passages_without_words_are_told_by_their_fingerprints() -> None:
    one, two = quoted("\ufffd\ufffd", 1), quoted("\ufffd", 2)
    assert unlike([one, two], [one]) == (two,)
    assert unlike([one], [one]) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"), [(WARNING, ERROR, ChangeKind.GRAVER), (ERROR, None, ChangeKind.MILDER)]
)
def test_another_severity(before: Severity, after: Severity | None, kind: ChangeKind) -> None:
    found = change(verdict(MISSING, severity=before), verdict(MISSING, severity=after))
    assert found.kind is kind
    assert found.is_new_finding is (kind is ChangeKind.GRAVER)


def test_a_finding_that_is_accepted_no_longer_counts_again() -> None:
    accepted = verdict(MISSING, severity=ERROR, state=State.SUPPRESSED)
    found = change(accepted, verdict(MISSING, severity=ERROR))
    assert (found.kind, found.is_new_finding) == (ChangeKind.GRAVER, True)
    found = change(verdict(MISSING, severity=ERROR), accepted)
    assert (found.kind, found.is_worse) == (ChangeKind.MILDER, False)
    one, two = quoted("Here."), quoted("There.", 2)
    old = verdict(FOUND, one, two._replace(state=State.SUPPRESSED), severity=ERROR)
    found = change(old, verdict(FOUND, one, two, severity=ERROR))
    assert (found.kind, found.fresh) == (ChangeKind.MORE, (two,))


def test_findings_about_suppressions_are_new_or_gone() -> None:
    def about(fingerprint: str) -> Verdict:
        return verdict(FOUND, rule="suppression-unused", group="suppression", severity=ERROR, fingerprint=fingerprint)

    found = compared([about("1"), about("2")], [about("2"), about("3")])
    assert [(one.kind, one.is_new_finding) for one in found.changes] == [
        (ChangeKind.NEW, True),
        (ChangeKind.GONE, False),
    ]
    assert found.unchanged == 1


def test_the_worst_comes_first() -> None:
    old = [
        verdict(PRESENT, rule="b"),
        verdict(ABSENT, rule="c"),
        verdict(PRESENT, rule="a"),
        verdict(MISSING, rule="0"),
    ]
    new = [verdict(MISSING, rule="b"), verdict(FOUND, rule="c"), verdict(MISSING, rule="a"), verdict(PRESENT, rule="0")]
    assert [one.rule for one in compared(old, new).changes] == ["a", "b", "c", "0"]


def test_rules_that_judged_one_side_only_say_nothing() -> None:
    assert compared([verdict(PRESENT, rule="a")], [verdict(MISSING, rule="b")]).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "threshold", "code"),
    [
        (verdict(PRESENT), verdict(MISSING, severity=ERROR), Threshold(), 1),
        (verdict(PRESENT), verdict(MISSING), Threshold(), 1),
        (verdict(PRESENT), verdict(PARTIAL, severity=WARNING), Threshold(), 1),
        (verdict(PRESENT), verdict(MISSING), Threshold(None, frozenset({"b-rule"})), 1),
        (verdict(PRESENT), verdict(MISSING, severity=ERROR), Threshold(None), 0),
        (verdict(PRESENT), verdict(MISSING, severity=ERROR, state=State.SUPPRESSED), Threshold(), 0),
        (verdict(PRESENT), verdict(NOT_APPLICABLE), Threshold(), 0),
        (verdict(MISSING, severity=ERROR), verdict(MISSING, severity=ERROR), Threshold(), 0),
        (verdict(MISSING, severity=ERROR), verdict(PARTIAL, severity=WARNING), Threshold(WARNING), 0),
        (verdict(NOT_APPLICABLE), verdict(MISSING, severity=ERROR), Threshold(), 1),
        (verdict(NOT_APPLICABLE), verdict(PRESENT), Threshold(Severity.NOTE), 0),
        (verdict(ABSENT), verdict(FOUND, severity=WARNING), Threshold(), 0),
        (verdict(ABSENT), verdict(FOUND, severity=WARNING), Threshold(WARNING), 1),
        (verdict(ABSENT), verdict(FOUND, severity=WARNING), Threshold(None, frozenset({"a-rule"})), 1),
        (verdict(ABSENT), verdict(FOUND, severity=ERROR, state=State.BASELINED), Threshold(), 0),
        (verdict(MENTIONED, severity=WARNING), verdict(RELIED_ON, severity=ERROR), Threshold(), 1),
        (verdict(RELIED_ON, severity=ERROR), verdict(MENTIONED, severity=ERROR), Threshold(), 0),
        (verdict(RELIED_ON, "a", severity=ERROR), verdict(RELIED_ON, "a", "b", severity=ERROR), Threshold(), 1),
        (verdict(FOUND, "a", severity=WARNING), verdict(FOUND, "a", severity=ERROR), Threshold(), 1),
        (verdict(MISSING, severity=ERROR), verdict(PRESENT), Threshold(), 0),
    ],
)
def test_exit_codes(old: Verdict, new: Verdict, threshold: Threshold, code: int) -> None:
    assert comparison_code(compared(old, new), threshold) == code


@pytest.mark.parametrize("status", [Status.PARTIAL, Status.NOT_AUDITED])
def test_what_was_not_read_in_full_is_incomplete(status: Status) -> None:
    old, new = verdict(PRESENT), verdict(MISSING, severity=ERROR)
    for found in (compared(old, new, before={"status": status}), compared(old, new, after={"status": status})):
        assert not found.is_complete
        assert comparison_code(found, Threshold()) == 3
        assert comparison_code(found, Threshold(None)) == 3

"""What is accepted, and what is said of a suppression, from reports made by hand."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.directive import Directive
from privaudit.document import UNKNOWN_LANGUAGE, Span
from privaudit.gate import Threshold
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, Severity, State, Status, Verdict
from privaudit.suppress import Names, Suppression, accepted, inline, settled, weighed

DAY = date(2026, 11, 26)
NAMES = Names(frozenset({"tram", "bicycle", "vehicle", "bus"}), frozenset({"tram", "bicycle", "vehicle"}))


def piece(start: int, state: State = State.NEW) -> Evidence:
    return Evidence("tram", start, start + 4, 1, start + 1, 1, start + 5, fingerprint=f"f{start}", state=state)


def found(*evidence: Evidence, rule: str = "tram", group: str | None = "vehicle") -> Verdict:
    return Verdict(rule, Kind.PRACTICE, Outcome.FOUND, "Found.", "", group, Severity.WARNING, evidence=evidence)


def document(*verdicts: Verdict, status: Status = Status.AUDITED) -> DocumentReport:
    return DocumentReport("a.md", "text/markdown", "", 99, UNKNOWN_LANGUAGE, status, (), verdicts)


def written(*rules: str, reason: str = "agreed", until: date | None = None, target: Span | None = None) -> Directive:
    return Directive(3, 1, Span(0, 9), rules, reason, until, target)


def about(
    one: Directive, *verdicts: Verdict, status: Status = Status.AUDITED, day: date = DAY
) -> list[tuple[str, str]]:
    report = inline(document(*verdicts, status=status), [one], NAMES, day)
    return [(verdict.rule, verdict.message) for verdict in report.verdicts if verdict.group == "suppression"]


def states(one: Directive, verdict: Verdict, day: date = DAY) -> list[State]:
    report = inline(document(verdict), [one], NAMES, day)
    return [report.verdicts[0].state, *(each.state for each in report.verdicts[0].evidence)]


@pytest.mark.parametrize("rule", ["tram", "vehicle"])
def test_a_finding_is_marked_by_rule_or_group_and_says_why(rule: str) -> None:
    report = inline(document(found(piece(0), piece(10))), [written(rule)], NAMES, DAY)
    assert len(report.verdicts) == 1
    verdict = report.verdicts[0]
    assert (verdict.state, verdict.justification) == (State.SUPPRESSED, "agreed")
    assert {(one.state, one.justification) for one in verdict.evidence} == {(State.SUPPRESSED, "agreed")}


def test_other_rules_and_other_passages_stay_new() -> None:
    assert states(written("bicycle"), found(piece(0))) == [State.NEW, State.NEW]
    one = written("tram", target=Span(8, 20))
    assert states(one, found(piece(0), piece(10))) == [State.NEW, State.NEW, State.SUPPRESSED]
    assert states(one, found(piece(4))) == [State.NEW, State.NEW]
    assert states(one, found(piece(5))) == [State.SUPPRESSED, State.SUPPRESSED]


def test_a_finding_without_a_passage_is_meant_wherever_the_suppression_stands() -> None:
    assert states(written("tram", target=Span(50, 60)), found()) == [State.SUPPRESSED]
    assert states(written("tram", target=Span(9, 9)), found()) == [State.SUPPRESSED]


def test_what_is_no_finding_is_not_accepted() -> None:
    assert about(written("tram"), found(piece(0))._replace(severity=None)) == [
        ("suppression-unused", "No finding needs the suppression of tram.")
    ]


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2026, 12, 30), True), (date(2026, 12, 31), False), (date(2027, 1, 1), False)]
)
def test_until_is_the_first_day_no_longer(day: date, holds: bool) -> None:
    one = written("tram", until=date(2026, 12, 31))
    assert (states(one, found(piece(0)), day)[0] is State.SUPPRESSED) is holds
    told = "The suppression of tram held until 2026-12-31; its findings count again."
    assert about(one, found(piece(0)), day=day) == ([] if holds else [("suppression-expired", told)])


def test_one_that_has_expired_and_that_no_finding_needs_is_only_unused() -> None:
    one = written("tram", until=date(2020, 1, 1))
    assert [rule for rule, _ in about(one)] == ["suppression-unused"]


def test_an_expired_one_gives_way_to_one_that_holds() -> None:
    old, new = written("tram", until=date(2020, 1, 1)), written("vehicle", reason="newly agreed")
    for pair in permutations((old, new)):
        report = inline(document(found(piece(0))), pair, NAMES, DAY)
        assert report.verdicts[0].justification == "newly agreed"


def test_without_a_reason_nothing_is_accepted() -> None:
    one = written("tram", reason="")
    assert states(one, found(piece(0)))[0] is State.NEW
    assert about(one, found(piece(0))) == [
        ("suppression-without-reason", "The suppression of tram has no reason, so it does nothing.")
    ]


def test_one_that_cannot_be_understood_is_told() -> None:
    one = Directive(3, 1, Span(0, 9), fault="it names no rule")
    assert about(one) == [("suppression-malformed", "The suppression cannot be understood: it names no rule.")]


def test_an_unknown_rule_is_told_with_the_nearest_even_beside_one_that_is_needed() -> None:
    told = "The suppression names no rule that there is: trams; did you mean tram?"
    assert about(written("tram", "trams"), found(piece(0))) == [("suppression-unused", told)]
    assert about(written("zzz")) == [("suppression-unused", "The suppression names no rule that there is: zzz.")]


def test_of_several_rules_those_that_no_finding_needs_are_told() -> None:
    told = [("suppression-unused", "No finding needs the suppression of bicycle.")]
    assert about(written("tram", "bicycle"), found(piece(0))) == told
    assert about(written("bicycle", "bus", "vehicle"), found(piece(0))) == told
    assert about(written("tram", "vehicle"), found(piece(0))) == []


def test_nothing_is_called_unused_that_this_run_cannot_know() -> None:
    assert about(written("tram"), status=Status.PARTIAL) == []
    assert about(written("bus")) == []
    assert about(written("tram", "bus"), found(piece(0))) == []
    not_read = document(status=Status.NOT_AUDITED)
    assert inline(not_read, [written("tram")], NAMES, DAY) is not_read


@pytest.mark.parametrize(("strict", "level"), [(False, Severity.WARNING), (True, Severity.ERROR)])
def test_strictness_makes_unused_and_expired_ones_errors(strict: bool, level: Severity) -> None:
    unused, expired = written("bicycle"), written("tram", until=DAY)
    report = inline(document(found(piece(0))), [unused, expired], NAMES, DAY, strict=strict)
    assert {one.severity for one in report.verdicts if one.group == "suppression"} == {level}


def test_findings_about_suppressions_know_their_place_and_differ_from_each_other() -> None:
    twice = [written("tram", reason="")._replace(line=line) for line in (3, 7)]
    report = inline(document(), twice, NAMES, DAY)
    assert [one.line for one in report.verdicts] == [3, 7]
    assert len({one.fingerprint for one in report.verdicts}) == 2
    moved = inline(document(), [one._replace(line=one.line + 5) for one in twice], NAMES, DAY)
    assert [one.fingerprint for one in moved.verdicts] == [one.fingerprint for one in report.verdicts]


def test_accepted_tells_which_were_needed_expired_ones_too() -> None:
    given_ = [
        Suppression((rule,), "agreed", until, 1, 1)
        for rule, until in (("bicycle", None), ("tram", date(2020, 1, 1)), ("vehicle", None))
    ]
    assert accepted(document(found(piece(0))), given_, DAY)[1] == {1: {"tram"}, 2: {"vehicle"}}


def test_one_of_the_configuration_that_is_uncertain_is_not_called_unused() -> None:
    one = Suppression(("tram",), "agreed", None, 1, 1)
    assert weighed(one, (), DAY, NAMES, certain=False) == []
    assert [verdict.rule for verdict in weighed(one, (), DAY, NAMES, certain=True)] == ["suppression-unused"]


@pytest.mark.parametrize(
    ("states_", "whole"),
    [
        ([State.NEW, State.SUPPRESSED], State.NEW),
        ([State.BASELINED, State.NEW], State.NEW),
        ([State.SUPPRESSED, State.SUPPRESSED], State.SUPPRESSED),
        ([State.BASELINED, State.SUPPRESSED], State.BASELINED),
    ],
)
def test_a_finding_is_new_while_any_of_its_passages_is(states_: list[State], whole: State) -> None:
    verdict = found(*(piece(10 * number, state) for number, state in enumerate(states_)))
    assert settled(verdict).state is whole


suppressions = st.builds(
    written,
    st.sampled_from(["tram", "bicycle", "vehicle", "bus", "nothing"]),
    reason=st.sampled_from(["", "agreed"]),
    until=st.none() | st.sampled_from([date(2026, 11, 26), date(2026, 11, 27)]),
    target=st.none() | st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(0, 30)),
)
verdicts = st.lists(
    st.builds(
        lambda starts, rule: found(*map(piece, sorted(starts)), rule=rule),
        st.sets(st.integers(0, 40), max_size=3),
        st.sampled_from(["tram", "bicycle"]),
    ),
    max_size=3,
)


@given(st.lists(suppressions, max_size=4), verdicts)
def test_suppressing_adds_to_what_counts_only_by_findings_about_suppressions(
    found_: list[Directive], before: list[Verdict]
) -> None:
    """Nothing is lost, nothing is raised, and the order of suppressions changes no state."""
    after = inline(document(*before), found_, NAMES, DAY)
    gate = Threshold(Severity.NOTE)
    own = [one for one in after.verdicts if one.group != "suppression"]
    assert [one._replace(state=State.NEW, justification="", evidence=()) for one in own] == [
        one._replace(evidence=()) for one in before
    ]
    assert all(gate.reached_by(old) or not gate.reached_by(new) for old, new in zip(before, own, strict=True))
    backwards = inline(document(*before), found_[::-1], NAMES, DAY)
    assert [one.state for one in backwards.verdicts[: len(own)]] == [one.state for one in own]


stretches = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda one: Span(one[0], one[0] + one[1]))


@given(
    st.lists(st.tuples(st.sampled_from(["tram", "vehicle", "bus"]), st.none() | stretches), max_size=8),
    st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True).map(sorted),
)
def test_every_passage_is_accepted_by_the_first_suppression_that_meets_it(
    written: list[tuple[str, Span | None]], starts: list[int]
) -> None:
    suppressions = [
        Suppression((rule,), str(number), None, 1, 1, target) for number, (rule, target) in enumerate(written)
    ]
    marked, used = accepted(document(found(*map(piece, starts))), suppressions, DAY)
    meeting = {
        start: [
            number
            for number, (rule, target) in enumerate(written)
            if rule != "bus" and (target is None or target.meets(Span(start, start + 4)))
        ]
        for start in starts
    }
    for one in marked.verdicts[0].evidence:
        assert one.justification == (str(meeting[one.start][0]) if meeting[one.start] else "")
    assert set(used) == {number for numbers in meeting.values() for number in numbers}

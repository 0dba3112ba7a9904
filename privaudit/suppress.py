"""Findings that somebody accepted: marked and not dropped, with what is wrong about a suppression as findings.

A suppression without a reason does nothing. One that has expired does nothing either and says so; one that no finding
needs is told, so that it can be taken out.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import accumulate

from privaudit.directive import Directive
from privaudit.document import Span
from privaudit.fingerprint import fingerprint
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, RuleInfo, Severity, State, Status, Verdict
from privaudit.record import NamedTuple

MALFORMED = "suppression-malformed"
WITHOUT_REASON = "suppression-without-reason"
EXPIRED = "suppression-expired"
UNUSED = "suppression-unused"
_REFERENCE = "suppressions of privaudit"
_TITLES = {
    MALFORMED: ("A suppression that cannot be understood", 'Write it as: ignore RULE reason="…" until=YYYY-MM-DD.'),
    WITHOUT_REASON: ("A suppression without a reason", "Say why the finding is accepted, or take the suppression out."),
    EXPIRED: ("A suppression that has expired", "Mend what was found, or give the suppression a later day."),
    UNUSED: ("A suppression that no finding needs", "Take the suppression out."),
}
_WHY = "An accepted finding is a decision that somebody must be able to read, to question and to end."
RULES: tuple[RuleInfo, ...] = tuple(
    RuleInfo(rule, title, Kind.PRACTICE, "suppression", (_REFERENCE,), _WHY, remedy)
    for rule, (title, remedy) in _TITLES.items()
)


class Names(NamedTuple):
    """Ids and groups of rules: all that there are, and those of which this run judges every rule."""

    known: frozenset[str]
    judged: frozenset[str]


class Suppression(NamedTuple):
    """What is accepted: rules or groups in a stretch of the source (None: in the whole document), and why.

    `line` and `column` count from 1 in the file where it is written. `until` is the first day on which it holds no
    longer.
    """

    rules: tuple[str, ...]
    reason: str
    until: date | None
    line: int
    column: int
    target: Span | None = None

    def expired(self, day: date) -> bool:
        """Whether it holds no longer on a day."""
        return self.until is not None and day >= self.until

    def names(self, verdict: Verdict, evidence: Evidence | None = None) -> set[str]:
        """Those of its rules and groups that mean a finding, or a passage of it.

        A finding without a passage is meant wherever the suppression stands.
        """
        if evidence and self.target is not None and not self.target.meets(Span(evidence.start, evidence.end)):
            return set()
        return {verdict.rule, verdict.group or verdict.rule}.intersection(self.rules)


def inline(
    document: DocumentReport, found: Sequence[Directive], names: Names, day: date, *, strict: bool = False
) -> DocumentReport:
    """The report with the findings that the document's own suppressions accept marked, and with those about them."""
    if not found or document.status is Status.NOT_AUDITED:
        return document
    about: list[Verdict] = []
    holding: list[Suppression] = []
    for one in found:
        if one.fault:
            about.append(_about(MALFORMED, one.line, one.column, f"The suppression cannot be understood: {one.fault}."))
        elif not one.reason:
            told = f"The suppression of {', '.join(one.rules)} has no reason, so it does nothing."
            about.append(_about(WITHOUT_REASON, one.line, one.column, told))
        else:
            holding.append(Suppression(one.rules, one.reason, one.until, one.line, one.column, one.target))
    document, used = accepted(document, holding, day)
    whole = document.status is Status.AUDITED
    for number, suppression in enumerate(holding):
        about += weighed(suppression, used.get(number, ()), day, names, certain=whole, strict=strict)
    return document._replace(verdicts=(*document.verdicts, *numbered(about)))


def accepted(
    document: DocumentReport, suppressions: Sequence[Suppression], day: date
) -> tuple[DocumentReport, dict[int, set[str]]]:
    """The report with accepted findings marked, and the rules and groups that a finding needed, by suppression.

    Suppressions are told by their numbers. An expired one marks nothing, but what there would be to accept counts.
    """
    used: dict[int, set[str]] = {}

    stretches = _Stretches(suppressions)

    def by(verdict: Verdict, evidence: Evidence | None) -> Suppression | None:
        holding = None
        for number in stretches.for_finding(verdict, evidence):
            one = suppressions[number]
            if named := one.names(verdict, evidence):
                used.setdefault(number, set()).update(named)
                if holding is None and not one.expired(day):
                    holding = one
        return holding

    verdicts = tuple(_accepted(verdict, by) if verdict.is_finding else verdict for verdict in document.verdicts)
    return document._replace(verdicts=verdicts), used


class _Stretches:
    """Suppressions by the rules and groups that they name and by where they hold, quick to ask."""

    def __init__(self, suppressions: Sequence[Suppression]) -> None:
        self._everywhere: dict[str, list[int]] = {}
        self._every: dict[str, list[int]] = {}
        placed: dict[str, list[tuple[int, int, int]]] = {}
        for number, one in enumerate(suppressions):
            for rule in set(one.rules):
                self._every.setdefault(rule, []).append(number)
                if one.target is None:
                    self._everywhere.setdefault(rule, []).append(number)
                else:
                    placed.setdefault(rule, []).append((*one.target, number))
        # In the order of their starts, with how far those up to each of them reach.
        self._placed = {
            rule: (sorted(found), list(accumulate((end for _, end, _ in sorted(found)), max)))
            for rule, found in placed.items()
        }

    def for_finding(self, verdict: Verdict, evidence: Evidence | None) -> list[int]:
        """The numbers, in order, of those that may mean a finding or a passage of it; all that do are among them."""
        names = {verdict.rule, verdict.group or verdict.rule}
        if evidence is None:
            return sorted({number for name in names for number in self._every.get(name, ())})
        found = {number for name in names for number in self._everywhere.get(name, ())}
        for name in names:
            stretches, reach = self._placed.get(name, ([], []))
            at = bisect_left(stretches, (evidence.end,)) - 1
            while at >= 0 and reach[at] > evidence.start:
                found.add(stretches[at][2])
                at -= 1
        return sorted(found)


def _accepted(verdict: Verdict, by: Callable[[Verdict, Evidence | None], Suppression | None]) -> Verdict:
    if not verdict.evidence:
        one = by(verdict, None)
        return verdict._replace(state=State.SUPPRESSED, justification=one.reason) if one else verdict
    pieces = []
    for piece in verdict.evidence:
        one = by(verdict, piece)
        pieces.append(piece._replace(state=State.SUPPRESSED, justification=one.reason) if one else piece)
    return settled(verdict._replace(evidence=tuple(pieces)))


def settled(verdict: Verdict) -> Verdict:
    """A finding with passages in the state that follows from theirs: new while any of them is."""
    states = {piece.state for piece in verdict.evidence}
    if not states or State.NEW in states:
        return verdict
    state = State.BASELINED if State.BASELINED in states else State.SUPPRESSED
    reasons = dict.fromkeys(piece.justification for piece in verdict.evidence if piece.justification)
    return verdict._replace(state=state, justification="; ".join(reasons))


def weighed(
    one: Suppression, used: Collection[str], day: date, names: Names, *, certain: bool, strict: bool = False
) -> list[Verdict]:
    """What is to be said of a suppression itself; `used` are those of its rules and groups that a finding needed.

    `certain` says that everything that it could meet was read.
    """
    level = Severity.ERROR if strict else Severity.WARNING
    told = ""
    if unknown := [rule for rule in one.rules if rule not in names.known]:
        near = difflib.get_close_matches(unknown[0], sorted(names.known), n=1)
        meant = f"; did you mean {near[0]}?" if near else "."
        told = f"The suppression names no rule that there is: {unknown[0]}{meant}"
    elif used and one.expired(day):
        told = f"The suppression of {', '.join(one.rules)} held until {one.until}; its findings count again."
        return [_about(EXPIRED, one.line, one.column, told, level)]
    elif certain and (idle := [rule for rule in one.rules if rule in names.judged and rule not in used]):
        told = f"No finding needs the suppression of {', '.join(idle)}."
    return [_about(UNUSED, one.line, one.column, told, level)] if told else []


def _about(rule: str, line: int, column: int, message: str, severity: Severity = Severity.ERROR) -> Verdict:
    remedy = _TITLES[rule][1]
    return Verdict(
        rule, Kind.PRACTICE, Outcome.FOUND, message, _REFERENCE, "suppression", severity,
        remedy=remedy, line=line, column=column,
    )  # fmt: skip


def numbered(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The findings with fingerprints of their own: several suppressions may be wrong in the same way."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for one in verdicts:
        key = (one.rule, one.message)
        seen[key] += 1
        found.append(one._replace(fingerprint=fingerprint(*key, str(seen[key]))))
    return tuple(found)

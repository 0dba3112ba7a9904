"""The history of a file in words that all formats for people share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from privaudit.compare import Change, ChangeKind
from privaudit.history import Course, History, Phase, Turn, Version
from privaudit.model import DocumentReport, Kind, Outcome, Status
from privaudit.record import NamedTuple
from privaudit.render.view import packs_told, plural
from privaudit.rulepack.schema import Source

_COMMIT = 10
# Characters of a subject.
_MOST = 100
_OUTCOMES = {
    Outcome.NOT_APPLICABLE: "not due",
    Outcome.RELIED_ON: "relied on",
    Outcome.MENTIONED: "mentioned",
    Outcome.INCONCLUSIVE: "not to be judged",
}


class Line(NamedTuple):
    """What one turn did to several rules alike: in a word, whether it is for the worse, and the rules."""

    label: str
    is_worse: bool
    rules: tuple[str, ...]


def opening(history: History) -> str:
    """What the history is of."""
    days = [one.version.day.isoformat() for one in history.versions]
    since = f" since {history.since.isoformat()}" if history.since else ""
    reach = f" from {days[0]} to {days[-1]}" if days and days[0] != days[-1] else f" of {days[0]}" if days else ""
    told = f"told up to {history.as_of.isoformat()}"
    return f"{history.file}: {plural(len(history.versions), 'commit')}{since or reach}, {told}"


def called(history: History) -> str:
    """The names that the file had, one after the other; empty where it was always called the same."""
    names: list[tuple[str, date]] = []
    for one in history.versions:
        if not names or names[-1][0] != one.version.path:
            names.append((one.version.path, one.version.day))
    told = [f"{path} until {after.isoformat()}" for (path, _), (_, after) in pairwise(names)]
    return f"Called {', '.join(told)}, then {names[-1][0]}" if told else ""


def said_by(history: History) -> str:
    """What the history rests on."""
    packs = packs_told(history.packs)
    return f"Each day by its own law, as of {history.as_of.isoformat()}; rules: {packs}. This is no legal advice."


def remarks(history: History) -> Iterator[str]:
    """What is not known, a line each."""
    if history.cut:
        yield history.cut
    alike: dict[str, list[Version]] = {}
    for one in history.versions:
        if one.status not in (None, Status.AUDITED):
            alike.setdefault("; ".join(one.problems), []).append(one.version)
    for reasons, versions in alike.items():
        told = f"{name(versions[0])} of {versions[0].day.isoformat()}"
        if len(versions) > 1:
            told = f"{len(versions)} commits from {told} to {name(versions[-1])} of {versions[-1].day.isoformat()}"
        yield f"{told} {'were' if len(versions) > 1 else 'was'} not audited in full: {reasons}"


def name(version: Version) -> str:
    """What a version is called."""
    return version.name[:_COMMIT]


def subject(version: Version) -> str:
    """What a version says of itself, cut short where it goes on and on."""
    return version.subject if len(version.subject) <= _MOST else f"{version.subject[:_MOST]}\u2026"


def cause(turn: Turn, history: History) -> tuple[str, str]:
    """What brought a turn: a commit with its subject, or the law with what it is about."""
    if not turn.by_law:
        return name(turn.version), subject(turn.version)
    courses = {course.rule: course for course in history.courses}
    changed = {change.rule for change in turn.changes}
    # Of the rules whose dates fall on the day, those that the text has to do with.
    concerned = [courses[rule] for rule in turn.by_law if rule in changed] or [courses[rule] for rule in turn.by_law]
    named = [one.title for one in concerned if one.kind is Kind.OUTDATED]
    if rest := sum(one.kind is not Kind.OUTDATED for one in concerned):
        named.append(f"the dates of {plural(rest, 'rule')}")
    return "law", ", ".join(named)


def lines(turn: Turn) -> list[Line]:
    """The changes of a turn, those alike in one line, the worst first."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    for change in turn.changes:
        grouped.setdefault((_label(change, turn), change.is_worse), []).append(change.rule)
    return [Line(label, worse, tuple(rules)) for (label, worse), rules in grouped.items()]


def _label(change: Change, turn: Turn) -> str:
    new = change.new
    if change.kind is ChangeKind.NEW and new.kind is Kind.OUTDATED and not new.is_finding:
        return _OUTCOMES[new.outcome]
    label = change.kind.value.replace("-", " ")
    if turn.by_law and new.kind is Kind.OUTDATED and change.kind is ChangeKind.GRAVER:
        label = "for nothing new" if new.because else "no longer valid"
    if change.kind is ChangeKind.DUE:
        label = f"due, {new.outcome.value}"
    return f"{label} ({new.severity.value})" if new.severity else label


def beginning(turn: Turn) -> str:
    """What to call the turn with which a text is there."""
    return "text back" if turn.again else "first text"


def begins(report: DocumentReport) -> str:
    """What the first text says, in one line."""
    verdicts = report.verdicts
    made = sum(one.outcome in (Outcome.PRESENT, Outcome.PARTIAL) for one in verdicts)
    relied = [one.rule for one in verdicts if one.outcome is Outcome.RELIED_ON]
    rests = f", relies on {', '.join(relied)}" if relied else ""
    return f"{plural(made, 'disclosure')} made{rests}"


def mechanisms(history: History) -> list[Course]:
    """The mechanisms, laws and authorities that the text relied on or mentioned."""
    told = (Outcome.RELIED_ON, Outcome.MENTIONED)
    found = [one for one in history.courses if one.kind is Kind.OUTDATED]
    return _shown(history, [one for one in found if any(phase.outcome in told for phase in one.phases)])


def disclosures(history: History) -> list[Course]:
    """The disclosures that were ever due."""
    found = [one for one in history.courses if one.kind is Kind.DISCLOSURE]
    return _shown(history, [one for one in found if any(not _is_nothing(phase) for phase in one.phases)])


def practices(history: History) -> list[Course]:
    """The practices that were ever found."""
    found = [one for one in history.courses if one.kind is Kind.PRACTICE]
    return _shown(history, [one for one in found if any(phase.outcome is Outcome.FOUND for phase in one.phases)])


def _shown(history: History, courses: list[Course]) -> list[Course]:
    """Those with something since the first day that is listed, in the order of their first days."""
    since = history.since

    def days(course: Course) -> list[date]:
        told = [phase for phase in course.phases if not _is_nothing(phase)]
        return [phase.start for phase in told if since is None or history.until(phase) >= since]

    return sorted((one for one in courses if days(one)), key=lambda one: days(one)[0])


def _is_nothing(phase: Phase) -> bool:
    return phase.outcome in (Outcome.NOT_APPLICABLE, Outcome.ABSENT)


def validity(course: Course) -> str:
    """When a mechanism was good; dates that nobody has looked up are told as such."""
    start, until = course.valid.start, course.valid.until
    begin = _dated(start, course.valid.start_source) if start else ""
    if until is None:
        return f"since {begin}" if begin else "always"
    return f"{begin} until {_dated(until, course.valid.until_source)}".strip()


def _dated(day: date, source: Source) -> str:
    return day.isoformat() if source.verified else f"about {day.isoformat()} (not verified)"


def overdue(course: Course) -> str:
    """How long a mechanism stayed after its end."""
    if not course.overdue and not course.is_standing:
        return ""
    about = "" if course.valid.until_source.verified else "about "
    return about + plural(course.overdue, "day") + (", still there" if course.is_standing else "")


def phases(course: Course) -> str:
    """The phases of a rule in one line, without those in which there was nothing and whatever each weighed."""
    told: list[Phase] = []
    for phase in course.phases:
        if told and told[-1].outcome is phase.outcome and told[-1].until == phase.start:
            told[-1] = told[-1]._replace(until=phase.until)
        elif not _is_nothing(phase):
            told.append(phase)
    return ", ".join(f"{outcome(one.outcome)} {_days(one)}" for one in told)


def outcome(value: Outcome) -> str:
    """An outcome in a word for readers."""
    return _OUTCOMES.get(value, value.value)


def _days(phase: Phase) -> str:
    return f"{phase.start.isoformat()}–{phase.until.isoformat()}" if phase.until else f"since {phase.start.isoformat()}"

"""What changed between two versions, in sentences for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from privaudit.compare import Change, ChangeKind, Comparison, Side
from privaudit.model import Evidence, Kind, Outcome, State, Status, Verdict
from privaudit.render.view import packs_told, plural

LABELS = {kind: kind.value.replace("-", " ") for kind in ChangeKind}
# Lines named of a verdict with many passages.
_MOST_LINES = 4
_COMMIT = 10


def sentence(change: Change) -> str:
    """The change in one sentence without its full stop; passages follow it where there are any."""
    title = change.title[:1].upper() + change.title[1:]
    return f"{title}{_WORDS[change.kind](change)}"


def reason(change: Change) -> str:
    """Why the new verdict is what it is, where that says more than the sentence."""
    new = change.new
    if change.kind in (ChangeKind.UNCLEAR, ChangeKind.NOT_DUE, ChangeKind.DUE):
        return new.because
    if new.justification and not change.is_loss and not change.is_new_finding:
        return f"accepted: {new.justification}"
    says_more = change.kind in _WITH_MESSAGE and new.is_finding and new.message != f"{change.title}."
    return new.message if says_more else ""


def before_and_after(change: Change) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The passages to show: of the old version those that no longer count, of the new one those that are new."""
    old = tuple(sorted((*change.gone, *(one.evidence for one in change.standing)), key=lambda one: one.start))
    if change.kind in (ChangeKind.WON, ChangeKind.NEW, ChangeKind.MORE, ChangeKind.DUE, ChangeKind.CLEAR):
        return (), change.fresh
    if change.kind in (ChangeKind.LOST, ChangeKind.GONE, ChangeKind.NOT_DUE, ChangeKind.UNCLEAR):
        return old, ()
    return old, change.fresh


def counts(comparison: Comparison) -> str:
    """How many changes there are, such as `1 lost, 2 new findings; 60 rules as before`; empty where there are none."""
    if not comparison.changes:
        return ""
    kinds = Counter(change.kind for change in comparison.changes if change.is_worse)
    parts = [f"{kinds[kind]} {kind.value}" for kind in (ChangeKind.LOST, ChangeKind.WEAKENED) if kinds[kind]]
    new = sum(change.is_new_finding for change in comparison.changes)
    unclear = kinds[ChangeKind.UNCLEAR]
    rest = len(comparison.changes) - sum(change.is_worse for change in comparison.changes)
    parts += [plural(new, "new finding")] if new else []
    parts += [f"{unclear} no longer to be judged"] if unclear else []
    parts += [f"{plural(rest, 'other change')}"] if rest else []
    same = f"{plural(comparison.unchanged, 'rule')} as before" if comparison.unchanged else ""
    return "; ".join(part for part in (", ".join(parts), same) if part)


def nothing(comparison: Comparison) -> str:
    """What to say where there is no change to report; empty where there is one."""
    if comparison.changes:
        return ""
    old, new = comparison.old.report, comparison.new.report
    if Status.NOT_AUDITED in (old.status, new.status):
        return "Nothing could be compared."
    if not comparison.is_complete:
        return "No change was found in what could be read of both, but not all of it could be."
    if old.sha256 == new.sha256:
        return "Nothing changed: the two are the same, byte for byte."
    verb = "has" if comparison.unchanged == 1 else "have"
    return f"Nothing changed: {plural(comparison.unchanged, 'rule')} {verb} the same verdict in both."


def remarks(comparison: Comparison) -> list[str]:
    """What to know of the comparison as a whole."""
    found = []
    old, new = comparison.old.report.language.code, comparison.new.report.language.code
    if old and new and old != new:
        found.append(f"The two are in different languages ({old} and {new}), so no passage of one is in the other.")
    if comparison.unclear:
        found.append(f"{plural(comparison.unclear, 'rule')} could be judged in neither.")
    return found


def side_name(side: Side) -> str:
    """What a side is called, with the start of its commit where it is from one."""
    return f"{side.report.path} ({side.commit[:_COMMIT]})" if side.commit else side.report.path


def said_by(comparison: Comparison) -> str:
    """What the comparison rests on."""
    return f"Law as of {comparison.as_of} for both; rules: {packs_told(comparison.packs)}. This is no legal advice."


def _lines(evidence: Sequence[Evidence]) -> str:
    paged = any(one.page is not None for one in evidence)
    lines = list(dict.fromkeys(one.page if one.page is not None else one.line for one in evidence))
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    what = "page" if paged else "line"
    return f"{what} {shown}" if len(lines) == 1 else f"{what}s {shown}"


def _before(change: Change) -> str:
    where = _lines(change.old.evidence)
    part = "in part in " if change.old.outcome is Outcome.PARTIAL else ""
    return f", {part}{where} before," if where else ""


def _now(change: Change) -> str:
    where = _lines(change.new.evidence)
    return f", {where}," if where else ""


def _in(change: Change) -> str:
    where = _lines(change.new.evidence)
    return f", in {where}" if where else ""


def _lost(change: Change) -> str:
    if change.gone or not change.standing:
        return f"{_before(change)} is gone"
    lines = ", ".join(str(one.line) for one in change.standing[:_MOST_LINES])
    return f"{_before(change)} is no longer disclosed, though its passage still stands (line {lines})"


def _new(change: Change) -> str:
    if change.new.kind is Kind.PRACTICE:
        return f"{_now(change)} is new"
    verb = "is mentioned" if change.new.outcome is Outcome.MENTIONED else "is relied on"
    return f"{_now(change)} {verb} and was not before"


def _more(change: Change) -> str:
    where = _lines(change.fresh)
    if len(change.gone) >= len(change.fresh):
        return f" is still there in other words, {where}"
    return f" is now in {plural(len(change.fresh), 'more passage')}, {where}"


def _weight(change: Change) -> str:
    missing = " is missing, which" if change.new.outcome is Outcome.MISSING else ""
    return f"{_now(change)}{missing} counts as {_counted(change.new)} now, and as {_counted(change.old)} before"


def _counted(verdict: Verdict) -> str:
    if verdict.severity is None:
        return "no finding"
    return verdict.severity.value if verdict.state is State.NEW else "accepted"


def _due(change: Change) -> str:
    if change.new.outcome is Outcome.MISSING:
        return " is due now, and missing"
    part = " in part" if change.new.outcome is Outcome.PARTIAL else ""
    return f"{_now(change)} is due now, and disclosed{part}"


def _won(change: Change) -> str:
    part = " in part" if change.new.outcome is Outcome.PARTIAL else ""
    return f"{_now(change)} is disclosed{part} now"


_WORDS: dict[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.LOST: _lost,
    ChangeKind.WEAKENED: lambda change: f"{_before(change)} is disclosed only in part now{_in(change)}",
    ChangeKind.NEW: _new,
    ChangeKind.RELIED_ON: lambda change: f"{_now(change)} is relied on now, and was only mentioned before",
    ChangeKind.MORE: _more,
    ChangeKind.GRAVER: _weight,
    ChangeKind.MILDER: _weight,
    ChangeKind.DUE: _due,
    ChangeKind.UNCLEAR: lambda change: f"{_before(change)} can no longer be judged",
    ChangeKind.CLEAR: lambda change: f"{_now(change)} could not be judged before, and is {change.new.outcome} now",
    ChangeKind.WON: _won,
    ChangeKind.STRENGTHENED: lambda change: f"{_now(change)} is disclosed in full now, and was in part before",
    ChangeKind.GONE: lambda change: f"{_before(change)} is gone",
    ChangeKind.MENTIONED: lambda change: f"{_now(change)} is only mentioned now, and was relied on before",
    ChangeKind.NOT_DUE: lambda change: f"{_before(change)} is no longer due",
}
_WITH_MESSAGE = frozenset(
    {ChangeKind.WEAKENED, ChangeKind.NEW, ChangeKind.RELIED_ON, ChangeKind.MORE, ChangeKind.GRAVER, ChangeKind.DUE}
)

"""The history of a file as a timeline in SVG: a row for each rule, a bar for each phase. It holds no script and loads
nothing, and its colours follow those of the page or, by itself, what the reader prefers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from privaudit.history import Course, History, Phase
from privaudit.model import Kind, Outcome, Severity
from privaudit.render import history_words as words
from privaudit.render.sanitise import one_line
from privaudit.render.view import View

STYLE = """
.timeline { --paper: #ffffff; --ink: #1d2329; --soft: #525c67; --line: #d5dae0; --good: #1c6236; --bad: #b3202d;
  --warn: #b06f00; --mild: #1b7f96; --plain: #9aa4ae; }
@media screen and (prefers-color-scheme: dark) {
  .timeline { --paper: #171b20; --ink: #dfe4ea; --soft: #a3adb8; --line: #363e48; --good: #6fbf8a; --bad: #ff8a8a;
    --warn: #f2c572; --mild: #8ed3e8; --plain: #6c7782; }
}
.timeline text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.timeline .soft { fill: var(--soft); }
.timeline .paper { fill: var(--paper); }
.timeline line { stroke: var(--line); stroke-width: 1; }
.timeline .law { stroke: var(--soft); stroke-dasharray: 3 3; }
.timeline .commit { fill: var(--soft); }
.timeline .good { fill: var(--good); }
.timeline .bad { fill: var(--bad); }
.timeline .warn { fill: var(--warn); }
.timeline .mild { fill: var(--mild); }
.timeline .plain { fill: var(--plain); }
"""
_WIDTH, _LEFT, _RIGHT, _ROW, _TOP = 1080, 290, 20, 20, 66
_LEGEND = (
    ("good", 10, "disclosed, or relied on while valid"),
    ("bad", 260, "an error"),
    ("warn", 360, "a warning"),
    ("mild", 470, "a note"),
    ("plain", 560, "no finding: only mentioned, missing without a fault, or not to be judged"),
)
_WEIGHTS = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "mild"}
_NOTHING = (Outcome.NOT_APPLICABLE, Outcome.ABSENT)


def render(history: History, view: View) -> str:  # noqa: ARG001 - drawn to one size
    """The timeline as a file of its own, with a line feed at its end."""
    return drawn(history, f"<style>{STYLE}</style>") + "\n"


def drawn(history: History, style: str = "") -> str:
    """The timeline as an element; `style` goes into it, for one that stands alone."""
    scale = _Scale(history)
    rows = [*words.mechanisms(history), *words.practices(history), *words.disclosures(history)]
    height = _TOP + _ROW * len(rows) + 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img">',
        f"<title>{_told(words.opening(history))}</title>",
        style,
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>',
        f'<text x="10" y="18">{_told(words.opening(history))}</text>',
        *_axis(scale, height - 44),
        *_law(history, scale, height - 44),
        *_commits(history, scale),
    ]
    for number, course in enumerate(rows):
        parts += _row(course, history, scale, _TOP + _ROW * number)
    parts += _legend(height - 18)
    parts.append("</svg>")
    return "\n".join(part for part in parts if part)


class _Scale:
    """Days as places from left to right."""

    def __init__(self, history: History) -> None:
        days = [one.version.day for one in history.versions]
        days += [phase.start for course in history.courses for phase in course.phases]
        self.first = history.since or min(days, default=history.as_of)
        self.last = history.as_of
        self.days = max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        """Where a day is; what lies before the first is there."""
        days = min(max(0, (day - self.first).days), self.days)
        return round(_LEFT + days * (_WIDTH - _LEFT - _RIGHT) / self.days, 1)

    def years(self) -> Iterator[date]:
        """The first days of years, few enough to be read."""
        step = 1 + (self.last.year - self.first.year) // 16
        for year in range(self.first.year + 1, self.last.year + 1, step):
            yield date(year, 1, 1)


def _axis(scale: _Scale, bottom: int) -> Iterator[str]:
    for day in scale.years():
        x = scale.x(day)
        yield f'<line x1="{x}" y1="{_TOP - 10}" x2="{x}" y2="{bottom}"/>'
        yield f'<text class="soft" x="{x + 2}" y="{_TOP - 30}">{day.year}</text>'


def _law(history: History, scale: _Scale, bottom: int) -> Iterator[str]:
    for turn in history.turns:
        if turn.by_law:
            x = scale.x(turn.day)
            told = f"{turn.day.isoformat()}: {words.cause(turn, history)[1]}"
            place = f'x1="{x}" y1="{_TOP - 10}" x2="{x}" y2="{bottom}"'
            yield f'<line class="law" {place}><title>{_told(told)}</title></line>'


def _commits(history: History, scale: _Scale) -> Iterator[str]:
    yield f'<text class="soft" x="10" y="{_TOP - 12}">commits</text>'
    seen: set[float] = set()
    for one in history.versions:
        x = scale.x(one.version.day)
        # Of thousands on one spot the first is enough.
        if x not in seen:
            seen.add(x)
            told = f"{one.version.day.isoformat()} {words.name(one.version)} {words.subject(one.version)}"
            yield f'<circle class="commit" cx="{x}" cy="{_TOP - 16}" r="3.5"><title>{_told(told)}</title></circle>'


def _row(course: Course, history: History, scale: _Scale, y: int) -> Iterator[str]:
    name = course.title if course.kind is Kind.OUTDATED else course.rule
    short = name if len(name) <= 42 else f"{name[:41].rstrip()}…"
    yield f'<text x="10" y="{y + 14}">{_told(short[:1].upper() + short[1:] if name == course.title else short)}</text>'
    for phase in course.phases:
        until = history.until(phase)
        if phase.outcome in _NOTHING or until < scale.first:
            continue
        x = scale.x(phase.start)
        width = max(1.5, round(scale.x(until) - x, 1))
        told = f"{name}: {words.outcome(phase.outcome)}, {phase.start.isoformat()} to {until.isoformat()}"
        yield (
            f'<rect class="{_look(phase)}" x="{x}" y="{y + 4}" width="{width}" height="{_ROW - 7}" rx="2">'
            f"<title>{_told(told)}</title></rect>"
        )


def _look(phase: Phase) -> str:
    if phase.severity:
        return _WEIGHTS[phase.severity]
    return "good" if phase.outcome in (Outcome.PRESENT, Outcome.RELIED_ON) else "plain"


def _legend(y: int) -> Iterator[str]:
    for look, x, text in _LEGEND:
        yield f'<rect class="{look}" x="{x}" y="{y - 10}" width="12" height="12" rx="2"/>'
        yield f'<text class="soft" x="{x + 18}" y="{y}">{text}</text>'


def _told(text: str) -> str:
    return escape(one_line(text))

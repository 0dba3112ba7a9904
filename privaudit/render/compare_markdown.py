"""The comparison of two versions as Markdown, for a comment on a change: short, and safe whatever the texts say."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.compare import Change, Comparison, Side
from privaudit.model import Evidence, Status
from privaudit.render.compare_words import (
    LABELS,
    before_and_after,
    counts,
    nothing,
    reason,
    remarks,
    said_by,
    sentence,
    side_name,
)
from privaudit.render.mark import COMPARISON
from privaudit.render.markdown import escaped, quoted
from privaudit.render.view import View
from privaudit.render.words import place

# Passages of either side quoted for a change, and changes told in full; GitHub takes 65,536 characters for a comment.
_MOST_PASSAGES = 2
_MOST_CHANGES = 20


def render(comparison: Comparison, view: View) -> str:
    """The comparison as Markdown, with a line feed at its end."""
    return "".join(f"{line}\n" for line in _lines(comparison, view))


def _lines(comparison: Comparison, view: View) -> Iterator[str]:
    yield COMPARISON
    yield "### What this changes in the privacy notice"
    yield ""
    if told := counts(comparison):
        yield f"**{escaped(told)}**"
        yield ""
    yield f"From {_side(comparison.old)} to {_side(comparison.new)}."
    for side in (comparison.old, comparison.new):
        yield from _unread(side)
    for line in (nothing(comparison), *remarks(comparison)):
        if line:
            yield from ["", escaped(line)]
    worse = [change for change in comparison.changes if change.is_worse]
    if worse:
        yield ""
    for change in worse[:_MOST_CHANGES]:
        yield from _change(change)
    if len(worse) > _MOST_CHANGES:
        rules = ", ".join(escaped(change.rule) for change in worse[_MOST_CHANGES:])
        yield f"- **and {len(worse) - _MOST_CHANGES} more**: {rules}"
    others = [change for change in comparison.changes if not change.is_worse]
    if others and not view.quiet:
        yield from ["", "Also changed:" if worse else "Changed:", ""]
        # Said in one line each, without their passages: nobody has to act on them.
        for one in others:
            said = reason(one)
            yield (
                f"- {LABELS[one.kind]}: {escaped(sentence(one))} ({escaped(one.rule)})"
                f"{f': {escaped(said)}' if said else ''}"
            )
    yield ""
    yield f"privaudit {escaped(comparison.version)}. {escaped(said_by(comparison))}"


def _side(side: Side) -> str:
    language = side.report.language.code
    return f"{escaped(side_name(side))}, {escaped(language) if language else 'language unknown'}"


def _unread(side: Side) -> Iterator[str]:
    if side.report.status is Status.AUDITED:
        return
    yield ""
    for problem in side.report.problems:
        yield f"- **{escaped(side_name(side))} was not read in full**: {escaped(problem.message)}"


def _change(change: Change) -> Iterator[str]:
    level = f", {change.new.severity.value}" if change.new.severity else ""
    said = reason(change)
    yield (
        f"- **{LABELS[change.kind]}{level}**: {escaped(sentence(change))} "
        f"({escaped(change.rule)}; {escaped(change.new.reference)}).{f' {escaped(said)}' if said else ''}"
    )
    before, after = before_and_after(change)
    lines = [*_passages("before", before), *_passages("now", after)]
    for number, line in enumerate(lines):
        if number:
            yield "  >"
        yield f"  > {line}"


def _passages(when: str, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    for one in evidence[:_MOST_PASSAGES]:
        # The words in front keep "1." and "-" from beginning a list.
        yield f"{place(one)} {when}: \u201c{quoted(one)}\u201d"
    if len(evidence) > _MOST_PASSAGES:
        yield f"and {len(evidence) - _MOST_PASSAGES} more"

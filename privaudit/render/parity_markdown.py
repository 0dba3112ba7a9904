"""Language versions as Markdown, for a comment or a file: short, and safe whatever the texts say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privaudit.model import Evidence, Status
from privaudit.parity import Element, Group, Parity, Row, Version
from privaudit.render.mark import MARK
from privaudit.render.markdown import as_text, escaped, quoted
from privaudit.render.parity_words import (
    LABELS,
    by_kind,
    counts,
    differing,
    fact_sentence,
    labels,
    nearest,
    place_of,
    remarks,
    said_by,
    sentence,
    told_elements,
)
from privaudit.render.view import View
from privaudit.render.words import OUTCOMES, language

# Passages of one version quoted for an element or a fact.
_MOST = 2


def render(parity: Parity, view: View) -> str:
    """The comparison as Markdown, with a line feed at its end."""
    return as_text(_lines(parity, view))


def _lines(parity: Parity, view: View) -> Iterator[str]:
    yield MARK
    yield "# Language versions compared"
    for group in parity.groups:
        yield ""
        if group.name:
            yield from (f"## {escaped(group.name)}", "")
        yield from _group(group, view)
    yield from ("", f"privaudit {escaped(parity.version)}. {escaped(said_by(parity))}")


def _group(group: Group, view: View) -> Iterator[str]:
    names = labels(group)
    yield f"**{escaped(counts(group))}.**"
    yield ""
    for name, version in zip(names, group.versions, strict=True):
        report = version.report
        files = " + ".join(escaped(one.path) for one in version.parts)
        yield f"- **{escaped(name)}**: {files}, {escaped(language(report.language.code))}"
        if report.status is not Status.AUDITED:
            for problem in report.problems:
                yield f"  - not read in full ({escaped(problem.code)}): {escaped(problem.message)}"
    for remark in remarks(group):
        yield from ("", escaped(remark))
    elements, kinds = differing(group)
    shown = [one for one in elements if one.counts or not view.quiet]
    if shown or kinds:
        yield ""
    for element in shown:
        yield from _element(element, names, group.versions)
    for rows in kinds:
        yield from _facts(rows, names, group.versions)
    if view.show_passing:
        yield from ("", "The same in all:", "")
        for element in told_elements(group):
            yield from _element(element, names, group.versions)
        for rows in by_kind(row for row in group.facts if not row.counts):
            yield from _facts(rows, names, group.versions)
    if not view.quiet:
        yield from _table(group, names)


def _element(element: Element, names: Sequence[str], versions: Sequence[Version]) -> Iterator[str]:
    label = (
        f"**{LABELS[element.difference]}**{', accepted' if element.accepted else ''}: " if element.difference else ""
    )
    yield f"- {label}{escaped(sentence(element, names))} ({escaped(element.rule)}; {escaped(element.reference)})"
    pieces = [verdict.evidence if verdict else () for verdict in element.verdicts]
    yield from _passages(names, versions, pieces)
    for name, version, verdict in zip(names, versions, element.verdicts, strict=True) if element.difference else ():
        for miss in nearest(verdict):
            yield "  >"
            yield f"  > {escaped(name)}, nearest, {escaped(place_of(miss, version))}: \u201c{quoted(miss)}\u201d"


def _facts(rows: Sequence[Row], names: Sequence[str], versions: Sequence[Version]) -> Iterator[str]:
    yield f"- {'**differs**: ' if rows[0].counts else ''}{escaped(fact_sentence(rows, names))}"
    pieces = [
        sorted({one for row in rows for one in row.passages[number]}, key=lambda one: one.start)
        for number in range(len(names))
    ]
    yield from _passages(names, versions, pieces)


def _passages(names: Sequence[str], versions: Sequence[Version], pieces: Sequence[Sequence[Evidence]]) -> Iterator[str]:
    first = True
    for name, version, evidence in zip(names, versions, pieces, strict=True):
        for one in evidence[:_MOST]:
            if not first:
                yield "  >"
            first = False
            # The words in front keep "1." and "-" from beginning a list.
            yield f"  > {escaped(name)}, {escaped(place_of(one, version))}: \u201c{quoted(one)}\u201d"


def _table(group: Group, names: Sequence[str]) -> Iterator[str]:
    told = [*(one for one in group.elements if one.difference), *told_elements(group)]
    if not told:
        return
    yield ""
    yield f"| rule | {' | '.join(map(escaped, names))} |"
    yield f"|---|{'---|' * len(names)}"
    for element in sorted(told, key=lambda one: one.rule):
        cells = (OUTCOMES[one.outcome] if one else "–" for one in element.verdicts)
        yield f"| {escaped(element.rule)} | {' | '.join(cells)} |"

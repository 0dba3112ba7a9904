"""The report as values for the templates."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.document import Problem
from privaudit.model import DocumentReport, Kind, Report, RuleInfo, Severity, Status
from privaudit.record import NamedTuple
from privaudit.render import words
from privaudit.render.html.matrix import Matrix, matrix_of
from privaudit.render.html.text import Shape, shapes_of
from privaudit.render.html.verdicts import Card, Part, count, parts_of, passages_of
from privaudit.render.rows import unread
from privaudit.render.view import View, law_told, plural


class Sheet(NamedTuple):
    """One document, or a configuration file: `audited` is False for what was read in part or not at all.

    `counts` are its new errors, warnings and notes; `remarks` are problems that kept nothing from being read.
    """

    id: str
    told: DocumentReport
    audited: bool
    status: str
    language: str
    tag: str
    source: str
    counts: tuple[int, ...]
    unread: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    parts: tuple[Part, ...]
    text: tuple[Shape, ...] | None

    @property
    def cards(self) -> tuple[Card, ...]:
        """All verdicts in the order in which they are shown."""
        return tuple(card for part in self.parts for card in part.cards)


class Choice(NamedTuple):
    """A group of the filter for rules: a kind with those of its rules that the report has."""

    kind: str
    title: str
    rules: tuple[tuple[int, RuleInfo], ...]


class Page(NamedTuple):
    """Everything that the templates use."""

    report: Report
    counts: tuple[tuple[str, str, int], ...]
    headline: str
    law: str
    sheets: tuple[Sheet, ...]
    configuration: tuple[Sheet, ...]
    matrix: Matrix
    choices: tuple[Choice, ...]
    languages: tuple[tuple[str, str], ...]
    incomplete: tuple[Sheet, ...]
    verdicts: int


def page_of(report: Report, view: View) -> Page:
    """The page for a report, with the text of the documents that the view has."""
    infos = {rule.id: rule for rule in report.rules}
    rules = {rule: number for number, rule in enumerate(_rule_ids(report))}
    sheets = tuple(
        _sheet(document, f"d{number}", rules, infos, view) for number, document in enumerate(report.documents, 1)
    )
    own = tuple(_sheet(one, f"c{number}", rules, infos, view) for number, one in enumerate(report.configuration, 1))
    languages = {sheet.told.language.code or "": sheet.language for sheet in sheets}
    return Page(
        report=report,
        counts=tuple(_counts(report)),
        headline=_headline(report),
        law=law_told(report).removeprefix("law as of "),
        sheets=sheets,
        configuration=own,
        matrix=matrix_of(report, [sheet.cards for sheet in sheets]),
        choices=tuple(_choices(report)),
        languages=tuple(sorted(languages.items())),
        incomplete=tuple(sheet for sheet in sheets if not sheet.audited),
        verdicts=sum(len(sheet.cards) for sheet in (*sheets, *own)),
    )


def _rule_ids(report: Report) -> Iterator[str]:
    """The ids of all rules: those that the report tells of, then others that have a verdict."""
    named = [rule.id for rule in report.rules]
    yield from named
    others = {verdict.rule for place in report.places for verdict in place.verdicts} - set(named)
    yield from sorted(others)


def _sheet(
    document: DocumentReport, prefix: str, rules: dict[str, int], infos: dict[str, RuleInfo], view: View
) -> Sheet:
    pane = view.panes.get(document.path)
    parts = parts_of(document, prefix, rules, infos, pane is not None)
    kept = unread(document)
    code = document.language.code
    return Sheet(
        id=prefix,
        told=document,
        audited=document.status is Status.AUDITED,
        status=words.STATUSES[document.status],
        language=words.language(code),
        tag=words.tag(code),
        source=words.told_by(document.language.source),
        counts=tuple(count(document, severity) for severity in Severity),
        unread=kept,
        remarks=() if kept else document.problems,
        parts=parts,
        text=None if pane is None else shapes_of(pane, passages_of(parts), code),
    )


def _counts(report: Report) -> Iterator[tuple[str, str, int]]:
    """What the head of the page counts: class, words, number."""
    summary = report.summary
    for name, number in (("error", summary.errors), ("warning", summary.warnings), ("note", summary.notes)):
        yield name, plural(number, name).partition(" ")[2], number
    if summary.baselined:
        yield "accepted", "in the baseline", summary.baselined
    if summary.suppressed:
        yield "accepted", "suppressed", summary.suppressed


def _headline(report: Report) -> str:
    summary = report.summary
    counts = ", ".join(f"{number} {said}" for _, said, number in _counts(report))
    return f"{counts} in {plural(summary.documents, 'document')}"


def _choices(report: Report) -> Iterator[Choice]:
    for kind in Kind:
        some = tuple((number, rule) for number, rule in enumerate(report.rules) if rule.kind is kind)
        if some:
            yield Choice(kind.value, words.KINDS[kind], some)

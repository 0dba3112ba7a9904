"""A working paper as values: for each document every element with its outcome, passages and places.

An auditor files it: it holds what a second reader needs to follow each verdict, and nothing that changes from run to
run, such as the hour.
"""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.document import Problem
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, Report, RuleInfo, State, Verdict
from privaudit.record import NamedTuple
from privaudit.render import words
from privaudit.render.rows import unread
from privaudit.render.view import accepted, counted, law_told, packs_told, plural

# Characters of a passage; only what is no sentence is longer.
LONGEST = 2000
# What the readers of the paper fill in.
READERS = ("Prepared by", "Reviewed by")
JUDGEMENT = "☐ agreed  ☐ not agreed, because:"
# Outcomes of rules that looked for something and did not find it.
_SILENT = (Outcome.ABSENT,)


class Cited(NamedTuple):
    """A passage with its place in words; `lacks` says what a passage that came close lacks, `accepted` why it counts
    no more."""

    evidence: Evidence
    place: str
    lacks: str = ""
    accepted: str = ""


class Element(NamedTuple):
    """A verdict as an entry of the paper. `number` counts from 1 in each document; `rule` is id and version.

    `weight` is the severity of a finding in words, with why it does not count where that is so; empty for none.
    """

    number: int
    title: str
    references: str
    rule: str
    outcome: str
    weight: str
    verdict: Verdict
    passages: tuple[Cited, ...]
    nearest: tuple[Cited, ...]


class Section(NamedTuple):
    """The elements of a kind; `absent` are those that were looked for and not found, in a line each."""

    title: str
    elements: tuple[Element, ...]
    absent: tuple[Element, ...]


class Sheet(NamedTuple):
    """The paper of one document."""

    told: DocumentReport
    status: str
    language: str
    unread: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    sections: tuple[Section, ...]


def sheets(report: Report) -> Iterator[Sheet]:
    """A sheet for each document, and for each configuration file that has findings, in the order of the report."""
    infos = {rule.id: rule for rule in report.rules}
    versions = {pack.id: pack.version for pack in report.packs}
    for document in report.places:
        kept = unread(document)
        told_by = words.told_by(document.language.source)
        yield Sheet(
            told=document,
            status=words.STATUSES[document.status],
            language=words.language(document.language.code) + (f", {told_by}" if told_by else ""),
            unread=kept,
            remarks=() if kept else document.problems,
            sections=tuple(_sections(document, infos, versions)),
        )


def basis(report: Report) -> Iterator[tuple[str, str]]:
    """By what the paper was made, as names and values."""
    yield "Tool", f"privaudit {report.version}"
    yield "Rule packs", packs_told(report.packs)
    yield "Law", law_told(report).removeprefix("law ")
    yield (
        "Result",
        f"{counted(report.summary)}{accepted(report.summary)} in {plural(report.summary.documents, 'document')}",
    )


def identity(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What tells the document, as names and values."""
    told = sheet.told
    if told.sha256:
        yield "SHA-256", told.sha256
        yield "Form", f"{told.media_type}, {plural(told.characters, 'character')}"
        yield "Language", sheet.language
    yield "Status", sheet.status


def entry(element: Element) -> Iterator[tuple[str, str]]:
    """What is said of an element beside its passages, as names and values."""
    verdict = element.verdict
    yield "Source", element.references
    yield "Rule", element.rule
    yield "Finding", element.weight
    yield "Said", verdict.message
    yield "Grade", words.graded(verdict)
    yield "Because", verdict.because
    yield "Remedy", verdict.remedy if verdict.is_finding else ""


def _sections(document: DocumentReport, infos: dict[str, RuleInfo], versions: dict[str, str]) -> Iterator[Section]:
    number = 0
    for kind in Kind:
        elements: list[Element] = []
        absent: list[Element] = []
        for verdict in document.verdicts:
            if verdict.kind is kind:
                number += 1
                element = _element(number, verdict, infos.get(verdict.rule), versions)
                (absent if verdict.outcome in _SILENT and not verdict.is_finding else elements).append(element)
        if elements or absent:
            yield Section(words.KINDS[kind], tuple(elements), tuple(absent))


def _element(number: int, verdict: Verdict, info: RuleInfo | None, versions: dict[str, str]) -> Element:
    return Element(
        number=number,
        title=words.capital(info.title) if info else verdict.rule,
        references=", ".join(info.references) if info else verdict.reference,
        rule=" ".join(filter(None, (verdict.rule, *_version(info, versions)))),
        outcome=words.OUTCOMES[verdict.outcome]
        + ("" if info is None or info.in_force else "; the rule is not in force on the day of the law applied"),
        weight=_weight(verdict),
        verdict=verdict,
        passages=tuple(
            Cited(one, _place(one), accepted=words.accepted(one.state, one.justification)) for one in verdict.evidence
        ),
        nearest=tuple(
            Cited(one.evidence, _place(one.evidence), lacks=", ".join(one.lacks)) for one in verdict.near_misses
        ),
    )


def _version(info: RuleInfo | None, versions: dict[str, str]) -> tuple[str, ...]:
    """The pack of a rule with its version, in brackets; nothing for a check of privaudit itself."""
    if info is None or not info.pack:
        return ()
    return (f"({' '.join(filter(None, (info.pack, versions.get(info.pack))))})",)


def _weight(verdict: Verdict) -> str:
    if verdict.severity is None:
        return ""
    said = words.SEVERITIES[verdict.severity]
    return said if verdict.state is State.NEW else f"{said}, {words.accepted(verdict.state, verdict.justification)}"


def _place(one: Evidence) -> str:
    page = f"page {one.page}, " if one.page else ""
    return f"{page}line {one.line}, column {one.column} (characters {one.start} to {one.end})"

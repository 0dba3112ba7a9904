"""A report: documents sorted, findings counted, nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from privaudit.document import UNKNOWN_LANGUAGE, Document, Problem
from privaudit.gate import Threshold, exit_code
from privaudit.model import (
    BaselineEntry,
    DocumentReport,
    Grade,
    Kind,
    Report,
    RuleInfo,
    Severity,
    Skipped,
    State,
    Status,
    Summary,
    Verdict,
)
from privaudit.rulepack.schema import Rule, RuleSet

_KINDS = list(Kind)
# Said of a document that was read whole all the same.
_HARMLESS = frozenset({"encoding-guessed", "characters-lost"})


def document_report(document: Document, verdicts: tuple[Verdict, ...], problems: tuple[Problem, ...]) -> DocumentReport:
    """The result of a document that was read; partial where problems kept a part or a rule from being judged."""
    every = (*document.problems, *problems)
    incomplete = any(problem.code not in _HARMLESS for problem in every)
    return DocumentReport(
        path=document.path,
        media_type=document.media_type,
        sha256=document.sha256,
        characters=len(document.source),
        language=document.language,
        status=Status.PARTIAL if incomplete else Status.AUDITED,
        problems=every,
        verdicts=tuple(sorted(verdicts, key=_order)),
    )


def unread_report(path: str, media_type: str, sha256: str, reason: str) -> DocumentReport:
    """The result of a document that could not be read."""
    problem = Problem("not-read", reason)
    return DocumentReport(path, media_type, sha256, 0, UNKNOWN_LANGUAGE, Status.NOT_AUDITED, (problem,))


def configuration_report(path: str, verdicts: tuple[Verdict, ...]) -> DocumentReport:
    """Findings about a configuration file, which is audited as no document is."""
    return DocumentReport(path, "", "", 0, UNKNOWN_LANGUAGE, Status.AUDITED, (), verdicts)


def _order(verdict: Verdict) -> tuple[int, str]:
    return _KINDS.index(verdict.kind), verdict.rule


def rule_info(rule: Rule, day: date) -> RuleInfo:
    """What a report by the law of a day repeats of a rule."""
    due = rule.in_force.covers(day)
    told = (rule.id, rule.title, rule.kind, rule.group, rule.references, rule.why, rule.remedy)
    grades = tuple(Grade(line.id, line.title, line.weak) for line in rule.grades)
    return RuleInfo(*told, due, rule.pack, grades)


def assemble(
    version: str,
    ruleset: RuleSet,
    rules: Iterable[Rule],
    documents: Iterable[DocumentReport],
    *,
    as_of: date,
    skipped: Iterable[Skipped] = (),
    errors: Iterable[str] = (),
    threshold: Threshold,
    configuration: Iterable[DocumentReport] = (),
    stale: Iterable[BaselineEntry] = (),
    idle: str = "",
) -> Report:
    """The report over all documents, with its counts and exit code."""
    infos = [rule_info(rule, as_of) for rule in rules]
    places = (*(documents := tuple(documents)), *(configuration := tuple(configuration)))
    if any(verdict.group == "suppression" for place in places for verdict in place.verdicts):
        from privaudit.suppress import RULES

        told = {verdict.rule for place in places for verdict in place.verdicts}
        infos += [info for info in RULES if info.id in told]
    infos.sort(key=lambda info: (_KINDS.index(info.kind), info.id))
    report = Report(
        version=version,
        packs=ruleset.packs,
        as_of=as_of.isoformat(),
        rules=tuple(infos),
        documents=tuple(sorted(documents, key=lambda document: document.path)),
        skipped=tuple(sorted(skipped, key=lambda one: one.path)),
        errors=tuple(errors),
        configuration=tuple(configuration),
        stale=tuple(stale),
        idle=idle,
    )
    summary = summarise(report)
    return report._replace(summary=summary._replace(exit_code=exit_code(report._replace(summary=summary), threshold)))


def summarise(report: Report) -> Summary:
    """Counts over all documents; the exit code is still 0."""
    verdicts = [verdict for place in report.places for verdict in place.verdicts if verdict.is_finding]
    levels = Counter(verdict.severity for verdict in verdicts if verdict.state is State.NEW)
    states = Counter(verdict.state for verdict in verdicts)
    audited = sum(document.status is not Status.NOT_AUDITED for document in report.documents)
    return Summary(
        documents=len(report.documents),
        audited=audited,
        incomplete=sum(document.status is not Status.AUDITED for document in report.documents),
        errors=levels[Severity.ERROR],
        warnings=levels[Severity.WARNING],
        notes=levels[Severity.NOTE],
        baselined=states[State.BASELINED],
        suppressed=states[State.SUPPRESSED],
    )

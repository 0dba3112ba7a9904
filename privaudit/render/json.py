"""The JSON report, version 1: the same report gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from privaudit.model import REDACTED, DocumentReport, Evidence, Grade, PackInfo, Report, Verdict
from privaudit.record import Any
from privaudit.render.sanitise import UNSEEN, encodable

SCHEMA = "privaudit-report/1"
# What a terminal acts on or shows as nothing; JSON may hold it as it is, but who prints a report sees it.
_UNSEEN = f"[{UNSEEN}]"


def render(report: Report) -> str:
    """The report as JSON, with a line feed at its end."""
    return writable(json.dumps(as_data(report), ensure_ascii=False, indent=1) + "\n")


def writable(text: str) -> str:
    """JSON that every encoding can write and every reader reads; a byte of a file name that is no text as `\\xff`.

    What a runner would take for a workflow command is written as an escape, which a reader sees nothing of.
    """
    return re.sub(_UNSEEN, _escape, text).replace("##[", "##\\u005b")


def _escape(found: re.Match[str]) -> str:
    if "\ud800" <= found[0] <= "\udfff":
        return encodable(found[0]).replace("\\", "\\\\")
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def head(schema: str, version: str, packs: Iterable[PackInfo]) -> dict[str, Any]:
    """How every JSON of this program begins: the schema that it follows, and by what it was made."""
    return {
        "schema": schema,
        "tool": {"name": "privaudit", "version": version},
        "packs": [{"id": pack.id, "version": pack.version, "reviewed": pack.reviewed} for pack in packs],
    }


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain values, in the order of the contract."""
    summary = report.summary
    data: dict[str, Any] = {
        **head(SCHEMA, report.version, report.packs),
        "as_of": report.as_of,
        "rules": [
            {
                "id": rule.id,
                "pack": rule.pack,
                "title": rule.title,
                "kind": rule.kind.value,
                "group": rule.group,
                "references": list(rule.references),
                "why": rule.why,
                "remedy": rule.remedy,
                **({} if rule.in_force else {"in_force": False}),
                **({"grades": [_grade_data(one) for one in rule.grades]} if rule.grades else {}),
            }
            for rule in report.rules
        ],
        "summary": {
            "documents": summary.documents,
            "audited": summary.audited,
            "incomplete": summary.incomplete,
            "errors": summary.errors,
            "warnings": summary.warnings,
            "notes": summary.notes,
            "baselined": summary.baselined,
            "suppressed": summary.suppressed,
            "exit_code": summary.exit_code,
        },
        "skipped": [{"path": one.path, "reason": one.reason} for one in report.skipped],
    }
    if report.errors:
        data["errors"] = list(report.errors)
    if report.idle:
        data["idle"] = report.idle
    if report.configuration:
        data["configuration"] = [
            {"path": one.path, "verdicts": [verdict_data(verdict) for verdict in one.verdicts]}
            for one in report.configuration
        ]
    if report.stale:
        data["stale"] = [
            {"path": one.path, "rule": one.rule, "fingerprint": one.fingerprint, "quote": one.quote}
            for one in report.stale
        ]
    data["documents"] = [document_data(document) for document in report.documents]
    return data


def document_data(document: DocumentReport) -> dict[str, Any]:
    """A document's result as plain values."""
    language = document.language
    return {
        "path": document.path,
        "media_type": document.media_type,
        "sha256": document.sha256,
        "characters": document.characters,
        "language": {"code": language.code, "confidence": language.confidence, "source": language.source},
        "status": document.status.value,
        "problems": [{"code": problem.code, "message": problem.message} for problem in document.problems],
        "verdicts": [verdict_data(verdict) for verdict in document.verdicts],
    }


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain values."""
    data: dict[str, Any] = {
        "rule": verdict.rule,
        "group": verdict.group,
        "kind": verdict.kind.value,
        "outcome": verdict.outcome.value,
        "severity": verdict.severity.value if verdict.severity else None,
        "message": verdict.message,
        "reference": verdict.reference,
        "because": verdict.because,
        "remedy": verdict.remedy,
        "fingerprint": verdict.fingerprint,
        "state": verdict.state.value,
        "line": verdict.line,
        "column": verdict.column,
        "evidence": [evidence_data(one) for one in verdict.evidence],
        "near_misses": [
            {"evidence": evidence_data(miss.evidence), "lacks": list(miss.lacks)} for miss in verdict.near_misses
        ],
    }
    if verdict.grade:
        passages = [evidence_data(one) for one in verdict.grade.evidence]
        data["grade"] = {**_grade_data(verdict.grade), "evidence": passages}
    if verdict.justification:
        data["justification"] = verdict.justification
    return data


def _grade_data(grade: Grade) -> dict[str, Any]:
    return {"id": grade.id, "title": grade.title, "weak": grade.weak}


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """A passage as plain values."""
    data: dict[str, Any] = {
        "quote": None if evidence.quote == REDACTED else evidence.quote,
        "line": evidence.line,
        "column": evidence.column,
        "end_line": evidence.end_line,
        "end_column": evidence.end_column,
        "start": evidence.start,
        "end": evidence.end,
        "page": evidence.page,
        "marks": [list(mark) for mark in evidence.marks],
        "fingerprint": evidence.fingerprint,
        "state": evidence.state.value,
    }
    if evidence.justification:
        data["justification"] = evidence.justification
    return data

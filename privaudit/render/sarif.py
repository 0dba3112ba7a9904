"""SARIF 2.1.0 (OASIS), with what GitHub code scanning asks for.

Source: "SARIF support for code scanning", GitHub Docs. Columns are code points; a missing disclosure stands at the
heading where it would belong. What was not read is a notification of a run that did not succeed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from privaudit.model import DocumentReport, Report, RuleInfo, Severity, State
from privaudit.record import Any
from privaudit.render.json import writable
from privaudit.render.paths import in_repository
from privaudit.render.rows import Row, rows_of, unread
from privaudit.render.sanitise import as_bytes, one_line
from privaudit.render.view import View, plural, stale_told

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
# Characters that GitHub takes of a description.
_LONGEST = 1024
# Results that GitHub takes of a run; it refuses a file that holds more.
_MOST = 25_000


def render(report: Report, view: View) -> str:
    """The report as a SARIF log with one run."""
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    levels: dict[str, Severity] = {}
    rows = [(row, document) for document in report.places for row in rows_of(document)]
    for row, _ in rows:
        rule = row.verdict.rule
        levels[rule] = max(levels.get(rule, row.severity), row.severity, key=lambda one: one.rank)
    shown = _worst(rows)
    notes = _notifications(report, view)
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "privaudit",
                "version": report.version,
                "semanticVersion": report.version,
                "rules": [_rule(rule, levels.get(rule.id)) for rule in report.rules],
            }
        },
        "automationDetails": {"id": f"privaudit/{'+'.join(pack.id for pack in report.packs)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not notes,
                "toolExecutionNotifications": [*notes, *_left_out(len(rows) - len(shown)), *_stale(report)],
            }
        ],
        "results": [_result(row, document, numbers, view) for row, document in shown],
        "properties": {
            "asOf": report.as_of,
            "packs": [f"{pack.id} {pack.version}, reviewed {pack.reviewed or 'never'}" for pack in report.packs],
            "notice": "no legal advice",
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return writable(json.dumps(log, ensure_ascii=False, indent=1) + "\n")


def _worst(rows: list[tuple[Row, DocumentReport]]) -> list[tuple[Row, DocumentReport]]:
    """As many rows as GitHub takes, in their order: new ones rather than accepted ones, and then the graver ones."""
    if len(rows) <= _MOST:
        return rows

    def weight(number: int) -> tuple[bool, int]:
        row, _ = rows[number]
        return row.state is not State.NEW, -row.severity.rank

    return [rows[number] for number in sorted(sorted(range(len(rows)), key=weight)[:_MOST])]


def _left_out(count: int) -> Iterator[dict[str, Any]]:
    if count:
        text = f"{plural(count, 'result')} more left out, the mildest: code scanning takes {_MOST:,} of a run"
        yield {"level": "warning", "message": {"text": text}}


def _rule(rule: RuleInfo, level: Severity | None) -> dict[str, Any]:
    references = ", ".join(rule.references)
    severity = level or Severity.NOTE
    why = one_line(rule.why) or rule.title
    help_ = f"{why}\n\n{one_line(rule.remedy)}\n\n{references}".strip()
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": _cut(rule.title)},
        "fullDescription": {"text": _cut(why)},
        "help": {"text": help_},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["gdpr", rule.kind.value],
            "precision": "high",
            "problem.severity": _PROBLEM[severity],
        },
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\u2026"


def _result(row: Row, document: DocumentReport, numbers: dict[str, int], view: View) -> dict[str, Any]:
    verdict = row.verdict
    region: dict[str, Any] = {"startLine": row.line, "startColumn": row.column}
    if (row.end_line, row.end_column) > (row.line, row.column):
        region |= {"endLine": row.end_line, "endColumn": row.end_column}
    result: dict[str, Any] = {
        "ruleId": verdict.rule,
        "level": _LEVELS[row.severity],
        "message": {"text": one_line(row.told)},
        "locations": [{"physicalLocation": {**_artifact(document, view), "region": region}}],
        "partialFingerprints": _fingerprints(row),
        "properties": {"outcome": verdict.outcome.value, "reference": verdict.reference},
    }
    if verdict.rule in numbers:
        result["ruleIndex"] = numbers[verdict.rule]
    if row.evidence and row.evidence.page is not None:
        result["properties"]["page"] = row.evidence.page
    if verdict.grade:
        result["properties"]["grade"] = verdict.grade.id
    if verdict.because:
        result["properties"]["because"] = one_line(verdict.because)
    # Accepted findings are marked and not dropped, or GitHub would close their alerts and open them again.
    if row.state is not State.NEW:
        kind = "external" if row.state is State.BASELINED else "inSource"
        result["suppressions"] = [{"kind": kind, "justification": one_line(row.justification) or row.state.value}]
    if row.state is State.BASELINED:
        result["baselineState"] = "unchanged"
    return result


def _fingerprints(row: Row) -> dict[str, str]:
    """What GitHub tells results by is its own hash of their line, which uploading adds.

    A result without a passage stands at a line that says nothing of it, so that a new title would make it another.
    """
    found = {"privaudit/v1": row.fingerprint}
    return found if row.evidence else {**found, "primaryLocationLineHash": f"{row.fingerprint}:1"}


def _artifact(document: DocumentReport, view: View) -> dict[str, Any]:
    path = in_repository(document.path, view)
    return {"artifactLocation": {"uri": quote(as_bytes(path))}}


def _stale(report: Report) -> Iterator[dict[str, Any]]:
    for entry in report.stale:
        yield {"level": "note", "message": {"text": f"no longer needed in the baseline: {one_line(stale_told(entry))}"}}


def _notifications(report: Report, view: View) -> list[dict[str, Any]]:
    found = [
        {
            "level": "error",
            "message": {"text": f"{problem.code}: {one_line(problem.message)}"},
            "locations": [{"physicalLocation": _artifact(document, view)}],
        }
        for document in report.places
        for problem in unread(document)
    ]
    return [*found, *({"level": "error", "message": {"text": one_line(error)}} for error in report.errors)]

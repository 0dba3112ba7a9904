"""The history of a file as JSON, version 1: the same commits and rules give the same bytes."""

from __future__ import annotations

import json

from privaudit.compare import Change
from privaudit.history import Course, History, Told, Turn
from privaudit.model import Verdict
from privaudit.record import Any
from privaudit.render.json import head, writable
from privaudit.render.view import View

SCHEMA = "privaudit-history/1"


def render(history: History, view: View) -> str:  # noqa: ARG001 - programs want all of it
    """The history as JSON, with a line feed at its end."""
    data = {
        **head(SCHEMA, history.version, history.packs),
        "file": history.file,
        "since": _day(history.since),
        "as_of": history.as_of.isoformat(),
        "not_known": history.cut or None,
        "exit_code": history.exit_code,
        "versions": [_version(one) for one in history.versions],
        "turns": [_turn(one) for one in history.turns],
        "rules": [_course(one) for one in history.courses],
    }
    return writable(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _version(told: Told) -> dict[str, Any]:
    version = told.version
    errors, warnings, notes = told.findings
    return {
        "commit": version.name,
        "date": version.day.isoformat(),
        "subject": version.subject,
        "path": version.path,
        "object": version.text or None,
        "status": told.status.value if told.status else None,
        "language": told.language,
        "problems": list(told.problems),
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "date": turn.day.isoformat(),
        "cause": "law" if turn.by_law else "commit",
        "commit": turn.version.name,
        "law": list(turn.by_law),
        "first": turn.first is not None,
        "gone": not turn.version.text,
        "changes": [_change(one) for one in turn.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    passages = change.fresh or change.new.evidence or change.gone
    first = passages[0] if passages else None
    return {
        "change": change.kind.value,
        "rule": change.rule,
        "worse": change.is_worse,
        "old": _verdict(change.old),
        "new": _verdict(change.new),
        "quote": first.quote if first else None,
        "line": first.line if first else None,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"outcome": verdict.outcome.value, "severity": verdict.severity.value if verdict.severity else None}


def _course(course: Course) -> dict[str, Any]:
    valid = course.valid
    return {
        "rule": course.rule,
        "title": course.title,
        "kind": course.kind.value,
        "group": course.group,
        "valid": {
            "from": _day(valid.start),
            "until": _day(valid.until),
            "verified": valid.start_source.verified and valid.until_source.verified,
        },
        "phases": [
            {
                "from": phase.start.isoformat(),
                "until": _day(phase.until),
                "outcome": phase.outcome.value,
                "severity": phase.severity.value if phase.severity else None,
            }
            for phase in course.phases
        ],
        "days_after_end": course.overdue,
        "still_there": course.is_standing,
    }

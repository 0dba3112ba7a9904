"""GitLab's Code Quality report: an array of findings, each with a fingerprint of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from privaudit.model import Report, Severity, State
from privaudit.record import Any
from privaudit.render.json import writable
from privaudit.render.paths import in_repository
from privaudit.render.rows import rows_of, unread
from privaudit.render.sanitise import as_bytes, one_line
from privaudit.render.view import View

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report, view: View) -> str:
    """The report as JSON."""
    return writable(json.dumps(_unique(_issues(report, view)), ensure_ascii=False, indent=1) + "\n")


def _unique(issues: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The issues, none with the fingerprint of another: GitLab would show the first of them only."""
    seen: dict[str, int] = {}
    found = []
    for issue in issues:
        print_ = issue["fingerprint"]
        seen[print_] = seen.get(print_, 0) + 1
        if seen[print_] > 1:
            print_ = hashlib.sha256(f"{print_}\0{seen[print_]}".encode()).hexdigest()[: len(print_)]
        found.append({**issue, "fingerprint": print_})
    return found


def _issues(report: Report, view: View) -> Iterator[dict[str, Any]]:
    for document in report.places:
        path = in_repository(document.path, view)
        for problem in unread(document):
            print_ = hashlib.sha256(as_bytes(f"{document.path}\0{problem.code}"))
            yield _issue(problem.message, problem.code, print_.hexdigest()[:32], "critical", path, 1)
        for row in rows_of(document):
            if row.state is State.NEW:
                yield _issue(row.told, row.verdict.rule, row.fingerprint, _LEVELS[row.severity], path, row.line)


def _issue(message: str, rule: str, fingerprint: str, level: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": one_line(message),
        "check_name": rule,
        "fingerprint": fingerprint,
        "severity": level,
        "location": {"path": path.removeprefix("./"), "lines": {"begin": line}},
    }

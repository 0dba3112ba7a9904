"""The comparison of two versions as JSON, version 1: the same versions give the same bytes."""

from __future__ import annotations

import json
from collections import Counter

from privaudit.compare import Change, ChangeKind, Comparison, Side
from privaudit.record import Any
from privaudit.render.json import document_data, evidence_data, head, verdict_data, writable
from privaudit.render.view import View

SCHEMA = "privaudit-diff/1"


def render(comparison: Comparison, view: View) -> str:  # noqa: ARG001 - programs want all of it
    """The comparison as JSON, with a line feed at its end."""
    kinds = Counter(change.kind for change in comparison.changes)
    data = {
        **head(SCHEMA, comparison.version, comparison.packs),
        "as_of": comparison.as_of,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "summary": {
            "complete": comparison.is_complete,
            **{kind.value: kinds[kind] for kind in ChangeKind},
            "new_findings": sum(change.is_new_finding for change in comparison.changes),
            "unchanged": comparison.unchanged,
            "unclear_in_both": comparison.unclear,
            "exit_code": comparison.exit_code,
        },
        "changes": [_change(change) for change in comparison.changes],
    }
    return writable(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _side(side: Side) -> dict[str, Any]:
    data = document_data(side.report)
    del data["verdicts"]
    return {**data, "commit": side.commit or None}


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": change.kind.value,
        "rule": change.rule,
        "title": change.title,
        "loss": change.is_loss,
        "new_finding": change.is_new_finding,
        "old": verdict_data(change.old),
        "new": verdict_data(change.new),
        "gone": [evidence_data(one) for one in change.gone],
        "standing": [{"evidence": evidence_data(one.evidence), "new_line": one.line} for one in change.standing],
        "fresh": [evidence_data(one) for one in change.fresh],
    }

"""The comparison of language versions as JSON, version 1: the same versions give the same bytes."""

from __future__ import annotations

import json

from privaudit.model import REDACTED
from privaudit.parity import Element, Group, Parity, Row, Version
from privaudit.record import Any
from privaudit.render.json import document_data, evidence_data, head, verdict_data, writable
from privaudit.render.view import View

SCHEMA = "privaudit-parity/1"


def render(parity: Parity, view: View) -> str:  # noqa: ARG001 - programs want all of it
    """The comparison as JSON, with a line feed at its end."""
    groups = parity.groups
    data = {
        **head(SCHEMA, parity.version, parity.packs),
        "as_of": parity.as_of,
        "summary": {
            "complete": all(group.is_complete for group in groups),
            "elements": sum(one.counts for group in groups for one in group.elements),
            "facts": sum(one.counts for group in groups for one in group.facts),
            "accepted": sum(one.accepted for group in groups for one in group.elements),
            "exit_code": parity.exit_code,
        },
        "groups": [_group(group) for group in groups],
    }
    return writable(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name or None,
        "versions": [_version(version) for version in group.versions],
        "elements": [_element(element) for element in group.elements],
        "facts": [_row(row) for row in group.facts],
    }


def _version(version: Version) -> dict[str, Any]:
    data = document_data(version.report)
    del data["verdicts"]
    return {**data, "facts": sorted(kind.value for kind in version.kinds)}


def _element(element: Element) -> dict[str, Any]:
    return {
        "rule": element.rule,
        "title": element.title,
        "kind": element.kind.value,
        "reference": element.reference,
        "difference": element.difference.value if element.difference else None,
        "counts": element.counts,
        "accepted": element.accepted,
        "behind": list(element.behind),
        "verdicts": [verdict_data(one) if one else None for one in element.verdicts],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "value": None if row.value == REDACTED else row.value,
        "retention": row.retention,
        "counts": row.counts,
        "missing": list(row.missing),
        "passages": [[evidence_data(one) for one in passages] for passages in row.passages],
    }

"""The comparison of language versions as JSON, version 1: the same versions give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from privaudit.model import REDACTED, DocumentReport, Evidence, Verdict
from privaudit.notice import moved
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
        "elements": [_element(element, group.versions) for element in group.elements],
        "facts": [_row(row, group.versions) for row in group.facts],
    }


def _version(version: Version) -> dict[str, Any]:
    data = {**_document(version.report), "facts": sorted(kind.value for kind in version.kinds)}
    return {**data, "files": [_document(one) for one in version.files]} if version.files else data


def _document(report: DocumentReport) -> dict[str, Any]:
    data = document_data(report)
    del data["verdicts"]
    return data


def _verdict(verdict: Verdict, version: Version) -> dict[str, Any]:
    data = verdict_data(verdict)
    if version.files:
        data["evidence"] = [_passage(one, version) for one in verdict.evidence]
        for told, miss in zip(data["near_misses"], verdict.near_misses, strict=True):
            told["evidence"] = _passage(miss.evidence, version)
    return data


def _passage(passage: Evidence, version: Version) -> dict[str, Any]:
    """A passage with its place in its file, and that file where the version has several."""
    if not version.files:
        return evidence_data(passage)
    return {"path": version.path_of(passage), **evidence_data(moved(passage, -version.start_of(passage)))}


def _element(element: Element, versions: Sequence[Version]) -> dict[str, Any]:
    return {
        "rule": element.rule,
        "title": element.title,
        "kind": element.kind.value,
        "reference": element.reference,
        "difference": element.difference.value if element.difference else None,
        "counts": element.counts,
        "accepted": element.accepted,
        "behind": list(element.behind),
        "verdicts": [
            _verdict(one, version) if one else None for one, version in zip(element.verdicts, versions, strict=True)
        ],
    }


def _row(row: Row, versions: Sequence[Version]) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "value": None if row.value == REDACTED else row.value,
        "retention": row.retention,
        "counts": row.counts,
        "missing": list(row.missing),
        "passages": [
            [_passage(one, version) for one in passages]
            for passages, version in zip(row.passages, versions, strict=True)
        ],
    }

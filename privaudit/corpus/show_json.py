"""The summary of a corpus as JSON, version 1: the same counts give the same bytes."""

from __future__ import annotations

import json

from privaudit.corpus.summary import COUNTED, Line, Summary
from privaudit.model import Kind
from privaudit.record import Any
from privaudit.render.json import head, writable
from privaudit.render.view import View

SCHEMA = "privaudit-corpus/1"
# What a share is called, and of how many documents it is one.
_SHARES = {
    Kind.DISCLOSURE: ("lacking", "due"),
    Kind.OUTDATED: ("relying", "judged"),
    Kind.PRACTICE: ("found", "judged"),
}


def render(summary: Summary, view: View) -> str:  # noqa: ARG001 - programs want all of it
    """The summary as JSON, with a line feed at its end."""
    data = {
        **head(SCHEMA, summary.version, summary.packs),
        "as_of": summary.as_of,
        "output": summary.output,
        "summary": {
            "documents": summary.documents,
            "audited": summary.audited,
            "partial": summary.partly,
            "not_audited": summary.not_audited,
            "rows": summary.rows,
            "repeated_ids": summary.repeated,
            "skipped": summary.skipped,
            "exit_code": summary.exit_code,
        },
        "damaged": list(summary.damage),
        "languages": [
            {
                "code": one.code,
                "documents": one.documents,
                "audited": one.audited,
                "partial": one.partly,
                "not_audited": one.not_audited,
            }
            for one in summary.languages
        ],
        "disclosures": [_line(one) for one in summary.of(Kind.DISCLOSURE)],
        "mechanisms": [_line(one) for one in summary.of(Kind.OUTDATED)],
        "practices": [_line(one) for one in summary.of(Kind.PRACTICE)],
    }
    return writable(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def _line(line: Line) -> dict[str, Any]:
    share, base = _SHARES[line.kind]
    names = COUNTED[line.kind]
    return {
        "name": line.name,
        "title": line.title,
        share: None if line.share is None else round(line.share, 4),
        base: line.base,
        "audited": dict(zip(names, line.audited, strict=True)),
        "partial": dict(zip(names, line.partly, strict=True)),
    }

"""A saved JSON report read back, so that it can be rendered in other formats."""

from __future__ import annotations

import json
from collections.abc import Mapping

from privaudit.document import LanguageGuess, Problem
from privaudit.errors import UsageError
from privaudit.model import (
    REDACTED,
    BaselineEntry,
    DocumentReport,
    Evidence,
    Kind,
    NearMiss,
    Outcome,
    PackInfo,
    Report,
    RuleInfo,
    Severity,
    Skipped,
    State,
    Status,
    Summary,
    Verdict,
)
from privaudit.record import Any
from privaudit.render.json import SCHEMA
from privaudit.report import configuration_report


def report_of(text: str, name: str) -> Report:
    """The report that was saved as JSON; raises `UsageError`, which calls the file by `name`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: is no JSON: {error}") from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        said = f"its schema is {schema!r}, not {SCHEMA!r}" if schema else f"it names no schema such as {SCHEMA!r}"
        raise UsageError(f"{name}: is no JSON report that this version of privaudit reads: {said}")
    try:
        return _report(data)
    except KeyError as error:
        raise UsageError(f"{name}: is no whole report: {error.args[0]!r} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{name}: is no whole report: {error}") from None


def _report(data: Mapping[str, Any]) -> Report:
    return Report(
        version=_text(data["tool"], "version"),
        packs=tuple(
            PackInfo(_text(one, "id"), _text(one, "version"), one.get("reviewed", "")) for one in data["packs"]
        ),
        as_of=_text(data, "as_of"),
        rules=tuple(map(_rule, data["rules"])),
        documents=tuple(map(_document, data["documents"])),
        skipped=tuple(Skipped(_text(one, "path"), _text(one, "reason")) for one in data["skipped"]),
        errors=tuple(map(str, data.get("errors", ()))),
        summary=Summary(**{name: int(data["summary"][name]) for name in Summary._fields}),
        configuration=tuple(map(_configuration, data.get("configuration", ()))),
        idle=_text(data, "idle") if "idle" in data else "",
        stale=tuple(
            BaselineEntry(*(_text(one, key) for key in ("path", "rule", "fingerprint", "quote")))
            for one in data.get("stale", ())
        ),
    )


def _configuration(data: Mapping[str, Any]) -> DocumentReport:
    return configuration_report(_text(data, "path"), tuple(map(_verdict, data["verdicts"])))


def _rule(data: Mapping[str, Any]) -> RuleInfo:
    return RuleInfo(
        _text(data, "id"),
        _text(data, "title"),
        Kind(data["kind"]),
        data["group"],
        tuple(map(str, data["references"])),
        _text(data, "why"),
        _text(data, "remedy"),
    )


def _document(data: Mapping[str, Any]) -> DocumentReport:
    language = data["language"]
    return DocumentReport(
        path=_text(data, "path"),
        media_type=_text(data, "media_type"),
        sha256=_text(data, "sha256"),
        characters=int(data["characters"]),
        language=LanguageGuess(language["code"], float(language["confidence"]), _text(language, "source")),
        status=Status(data["status"]),
        problems=tuple(Problem(_text(one, "code"), _text(one, "message")) for one in data["problems"]),
        verdicts=tuple(map(_verdict, data["verdicts"])),
    )


def _verdict(data: Mapping[str, Any]) -> Verdict:
    return Verdict(
        rule=_text(data, "rule"),
        kind=Kind(data["kind"]),
        outcome=Outcome(data["outcome"]),
        message=_text(data, "message"),
        reference=_text(data, "reference"),
        group=data["group"],
        severity=Severity(data["severity"]) if data["severity"] is not None else None,
        because=_text(data, "because"),
        remedy=_text(data, "remedy"),
        evidence=tuple(map(_evidence, data["evidence"])),
        near_misses=tuple(
            NearMiss(_evidence(one["evidence"]), tuple(map(str, one["lacks"]))) for one in data["near_misses"]
        ),
        fingerprint=_text(data, "fingerprint"),
        state=State(data["state"]),
        line=int(data["line"]),
        column=int(data["column"]),
        justification=_text(data, "justification") if "justification" in data else "",
    )


def _evidence(data: Mapping[str, Any]) -> Evidence:
    return Evidence(
        quote=REDACTED if data["quote"] is None else _text(data, "quote"),
        start=int(data["start"]),
        end=int(data["end"]),
        line=int(data["line"]),
        column=int(data["column"]),
        end_line=int(data["end_line"]),
        end_column=int(data["end_column"]),
        marks=tuple((int(first), int(last)) for first, last in data["marks"]),
        page=data["page"],
        fingerprint=_text(data, "fingerprint"),
        state=State(data["state"]),
        justification=_text(data, "justification") if "justification" in data else "",
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise TypeError(f"{key!r} is no text")
    return value

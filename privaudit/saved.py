"""A saved JSON report read back, so that it can be rendered in other formats.

Who made it is not known. What formats print as it stands, since it is a name, a number or a date, must be one here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from privaudit.document import LanguageGuess, Problem
from privaudit.errors import UsageError
from privaudit.model import (
    REDACTED,
    BaselineEntry,
    DocumentReport,
    Evidence,
    Grade,
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

_NAME = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_DIGITS = re.compile("[0-9a-f]*")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile("[a-z]{2,3}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]+")


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
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UsageError(f"{name}: is no whole report: {error}") from None


def _report(data: Mapping[str, Any]) -> Report:
    return Report(
        version=_told(data["tool"], "version", _VERSION),
        packs=tuple(
            PackInfo(
                _text(one, "id"), _text(one, "version"), _told(one, "reviewed", _DAY) if one.get("reviewed") else ""
            )
            for one in data["packs"]
        ),
        as_of=_told(data, "as_of", _DAY),
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
        _told(data, "id", _NAME),
        _text(data, "title"),
        Kind(data["kind"]),
        _group(data),
        tuple(map(str, data["references"])),
        _text(data, "why"),
        _text(data, "remedy"),
        data.get("in_force", True) is not False,
        _told(data, "pack", _NAME) if data.get("pack") else "",
        tuple(map(_grade, data.get("grades", ()))),
    )


def _document(data: Mapping[str, Any]) -> DocumentReport:
    language = data["language"]
    return DocumentReport(
        path=_text(data, "path"),
        media_type=_text(data, "media_type"),
        sha256=_told(data, "sha256", _DIGITS),
        characters=int(data["characters"]),
        language=LanguageGuess(
            None if language["code"] is None else _told(language, "code", _LANGUAGE),
            _share(language["confidence"]),
            _told(language, "source", _NAME),
        ),
        status=Status(data["status"]),
        problems=tuple(Problem(_told(one, "code", _NAME), _text(one, "message")) for one in data["problems"]),
        verdicts=tuple(map(_verdict, data["verdicts"])),
    )


def _verdict(data: Mapping[str, Any]) -> Verdict:
    return Verdict(
        rule=_told(data, "rule", _NAME),
        kind=Kind(data["kind"]),
        outcome=Outcome(data["outcome"]),
        message=_text(data, "message"),
        reference=_text(data, "reference"),
        group=_group(data),
        severity=Severity(data["severity"]) if data["severity"] is not None else None,
        because=_text(data, "because"),
        remedy=_text(data, "remedy"),
        evidence=tuple(map(_evidence, data["evidence"])),
        near_misses=tuple(
            NearMiss(_evidence(one["evidence"]), tuple(map(str, one["lacks"]))) for one in data["near_misses"]
        ),
        fingerprint=_told(data, "fingerprint", _DIGITS),
        state=State(data["state"]),
        line=int(data["line"]),
        column=int(data["column"]),
        justification=_text(data, "justification") if "justification" in data else "",
        grade=_grade(data["grade"]) if data.get("grade") else None,
    )


def _grade(data: Mapping[str, Any]) -> Grade:
    return Grade(
        id=_told(data, "id", _NAME),
        title=_text(data, "title"),
        weak=bool(data["weak"]),
        evidence=tuple(map(_evidence, data.get("evidence", ()))),
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
        page=None if data["page"] is None else int(data["page"]),
        fingerprint=_told(data, "fingerprint", _DIGITS),
        state=State(data["state"]),
        justification=_text(data, "justification") if "justification" in data else "",
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data[key]
    if not isinstance(value, str):
        raise TypeError(f"{key!r} is no text")
    return value


def _told(data: Mapping[str, Any], key: str, form: re.Pattern[str]) -> str:
    """A text of a form that it must have."""
    value = _text(data, key)
    if not form.fullmatch(value):
        raise ValueError(f"{key!r} is {value[:40]!r}")
    return value


def _group(data: Mapping[str, Any]) -> str | None:
    return None if data["group"] is None else _told(data, "group", _NAME)


def _share(value: object) -> float:
    """A number from 0 to 1."""
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"{value!r} is no share")
    return float(value)

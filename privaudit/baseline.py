"""The baseline: findings that were there when a gate was set up, so that only new ones fail.

A JSON file with one sorted entry a line and neither line numbers nor times in it, so that two branches seldom conflict
and a moved passage changes nothing. An entry is told by its fingerprint; path, rule and quote are there for people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable

from privaudit.directive import without_directives
from privaudit.errors import UsageError
from privaudit.model import BaselineEntry, DocumentReport, State, Status, Verdict
from privaudit.record import Any, NamedTuple
from privaudit.suppress import settled

SCHEMA = "privaudit-baseline/1"
ACCEPTED = "in the baseline"
# How much of a passage an entry repeats (characters).
_QUOTED = 80
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)", re.MULTILINE)
# Findings about suppressions are never part of a baseline: they are mended by a stroke.
_NEVER = "suppression"


class Seen(NamedTuple):
    """A document with what it is known by in a baseline, and the rules that were judged on it."""

    identity: str
    report: DocumentReport
    rules: Collection[str]


def entries_of(documents: Iterable[Seen]) -> tuple[BaselineEntry, ...]:
    """An entry for each passage of a finding, and for each finding without one, that is not suppressed."""
    found = set()
    for document in documents:
        for verdict in document.report.verdicts:
            if not verdict.is_finding or verdict.group == _NEVER:
                continue
            for piece in verdict.evidence:
                if piece.state is not State.SUPPRESSED:
                    found.add(BaselineEntry(document.identity, verdict.rule, piece.fingerprint, _start(piece.quote)))
            if not verdict.evidence and verdict.state is not State.SUPPRESSED:
                found.add(BaselineEntry(document.identity, verdict.rule, verdict.fingerprint))
    return tuple(sorted(found))


def _start(quote: str) -> str:
    line = " ".join(without_directives(quote).split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED].rstrip()}\u2026"


def written(entries: Iterable[BaselineEntry]) -> str:
    """The text of a baseline file."""
    lines = []
    for one in sorted(entries):
        data = {"path": one.path, "rule": one.rule, "fingerprint": one.fingerprint}
        if one.quote:
            data["quote"] = one.quote
        # Escapes for what no encoding can write, such as a byte of a file name that is no text.
        lines.append(
            re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=False))
        )
    body = ",\n".join(lines)
    return (
        f'{{"schema": "{SCHEMA}", "entries": [\n{body}\n]}}\n'
        if lines
        else f'{{"schema": "{SCHEMA}", "entries": []}}\n'
    )


def read_baseline(text: str, name: str) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline file; raises `UsageError`, which calls the file by `name`."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        raise UsageError(
            f"{name}:{line}: holds the marks of a merge conflict; keep the entries of both sides, or write it anew "
            f"with privaudit baseline"
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: is no JSON: {error}; write it anew with privaudit baseline") from None
    schema = data.get("schema") if isinstance(data, dict) else None
    if schema != SCHEMA:
        newer = isinstance(schema, str) and schema.startswith("privaudit-baseline/")
        told = "a newer version of privaudit wrote it" if newer else f"it is no baseline, whose schema is {SCHEMA!r}"
        raise UsageError(f"{name}: cannot be read: {told}")
    try:
        return tuple(sorted({_entry(one) for one in data["entries"]}))
    except (KeyError, TypeError, AttributeError):
        raise UsageError(f"{name}: holds an entry without path, rule and fingerprint; write it anew") from None


def _entry(data: dict[str, Any]) -> BaselineEntry:
    found = BaselineEntry(data["path"], data["rule"], data["fingerprint"], data.get("quote", ""))
    if not all(isinstance(one, str) for one in found):
        raise TypeError
    return found


def baselined(document: DocumentReport, fingerprints: Collection[str], justification: str = ACCEPTED) -> DocumentReport:
    """The report with the findings marked, passage by passage, whose fingerprints are known."""
    return document._replace(
        verdicts=tuple(
            marked(verdict, fingerprints, justification) if verdict.is_finding else verdict
            for verdict in document.verdicts
        )
    )


def marked(verdict: Verdict, fingerprints: Collection[str], justification: str) -> Verdict:
    """A finding that is accepted as far as it, or each of its passages, is among the fingerprints."""
    if verdict.state is not State.NEW:
        return verdict
    if not verdict.evidence:
        known = verdict.fingerprint in fingerprints
        return verdict._replace(state=State.BASELINED, justification=justification) if known else verdict
    evidence = tuple(
        piece._replace(state=State.BASELINED, justification=justification)
        if piece.state is State.NEW and piece.fingerprint in fingerprints
        else piece
        for piece in verdict.evidence
    )
    return settled(verdict._replace(evidence=evidence))


def stale_entries(
    entries: Iterable[BaselineEntry],
    documents: Iterable[Seen],
    gone: Collection[str] = (),
    known: Collection[str] | None = None,
) -> tuple[BaselineEntry, ...]:
    """The entries whose finding is no longer there.

    Judged is only what this run can know: entries of documents that were audited in full, for rules that were judged or
    that are no longer `known` (None: all are), and of files that are `gone`.
    """
    seen = {one.identity: one for one in documents if one.report.status is Status.AUDITED}
    found = {identity: _fingerprints(one.report) for identity, one in seen.items()}

    def stale(entry: BaselineEntry) -> bool:
        if entry.path in gone:
            return True
        if entry.path not in seen or entry.fingerprint in found[entry.path]:
            return False
        return entry.rule in seen[entry.path].rules or (known is not None and entry.rule not in known)

    return tuple(filter(stale, entries))


def _fingerprints(document: DocumentReport) -> set[str]:
    found = set()
    for verdict in document.verdicts:
        if verdict.is_finding:
            found.add(verdict.fingerprint)
            found.update(piece.fingerprint for piece in verdict.evidence)
    return found

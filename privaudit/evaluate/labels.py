"""Labelled documents, read from JSON Lines: one object a document.

::

    {"id": "…", "lang": "en", "file": "docs/notice.md",
     "labels": {"art13-2-d-complaint": {"status": "present", "quotes": ["…"]}},
     "outdated": {"outdated-privacy-shield": {"stance": "mentioned", "quotes": ["…"]}}}

`file` is relative to the labels; `text` may hold the document itself instead. A status is `present`, `partial`,
`absent` or `na`, a stance `relied-on` or `mentioned`; either may stand alone instead of in an object. Where readers may
differ, `either` leaves the stance open and `alt` names mechanisms that may be reported as well.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from privaudit.errors import UsageError
from privaudit.record import Any, NamedTuple

STATUSES = ("present", "partial", "absent", "na")
STANCES = ("relied-on", "mentioned")


class Labelled(NamedTuple):
    """A document with what readers found: `labels` by rule id, `outdated` (None: not labelled) by group.

    `name` is how the document is called, `data` its bytes.
    """

    id: str
    name: str
    data: bytes
    language: str
    labels: dict[str, str]
    outdated: dict[str, str] | None
    alternatives: frozenset[str] = frozenset()
    stance_open: bool = False


class _FaultyLineError(Exception):
    pass


def load_labels(path: Path, elements: Collection[str], groups: Collection[str]) -> tuple[Labelled, ...]:
    """The labelled documents of a file, in its order.

    `elements` and `groups` are the rules and groups that may be labelled. Raises `UsageError` with every fault, each as
    `file:line: what is wrong`.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found: list[Labelled] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            one = _labelled(line, path.parent, elements, groups)
            if one.id in lines:
                raise _FaultyLineError(f"'{one.id}' is labelled in line {lines[one.id]} already")
        except _FaultyLineError as error:
            faults.append(f"{path}:{number}: {error}")
        else:
            lines[one.id] = number
            found.append(one)
    if faults:
        raise UsageError("\n".join(faults))
    if not found:
        raise UsageError(f"{path}: no labelled document")
    return tuple(found)


def _labelled(line: str, folder: Path, elements: Collection[str], groups: Collection[str]) -> Labelled:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _FaultyLineError(f"no JSON: {error.msg}, column {error.colno}") from None
    if not isinstance(row, dict):
        raise _FaultyLineError("not an object")
    name, data = _document(row, folder)
    outdated = row.get("outdated", row.get("expect"))
    if "labels" not in row and outdated is None:
        raise _FaultyLineError("neither 'labels' nor 'outdated'")
    return Labelled(
        id=_text(row, "id"),
        name=name,
        data=data,
        language=_text(row, "lang"),
        labels=dict(_values(row.get("labels", {}), "labels", "status", elements, STATUSES)),
        outdated=None if outdated is None else dict(_values(outdated, "outdated", "stance", groups, STANCES)),
        alternatives=frozenset(name for name, _ in _values(row.get("alt", {}), "alt", "stance", groups, STANCES)),
        stance_open=bool(row.get("either")),
    )


def _document(row: dict[str, Any], folder: Path) -> tuple[str, bytes]:
    if "text" in row:
        return f"{_text(row, 'id')}.md", _text(row, "text").encode("utf-8", "surrogatepass")
    file = folder / _text(row, "file")
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        raise _FaultyLineError(f"document '{row['file']}' cannot be read: {error.strerror or error}") from None


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise _FaultyLineError(f"'{key}' is missing or no text")
    return value


def _values(
    labels: object, what: str, key: str, known: Collection[str], allowed: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    if not isinstance(labels, dict):
        raise _FaultyLineError(f"'{what}' is no object")
    for name, label in labels.items():
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            raise _FaultyLineError(f"unknown element '{name}'" + (f"; did you mean {near[0]}?" if near else ""))
        value = label.get(key) if isinstance(label, dict) else label
        if value not in allowed:
            raise _FaultyLineError(f"'{name}' has the {key} {value!r}; write one of: {', '.join(allowed)}")
        yield name, value

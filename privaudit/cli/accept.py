"""What a run accepts beyond the documents' own suppressions: by the configuration, and by the baseline."""

from __future__ import annotations

import os
from pathlib import Path

from privaudit.errors import UsageError
from privaudit.model import Status
from privaudit.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from privaudit.baseline import Seen
    from privaudit.cli.audit import Auditor
    from privaudit.config.settings import Accepted
    from privaudit.model import BaselineEntry, DocumentReport, Verdict
    from privaudit.rulepack.schema import Place
    from privaudit.suppress import Suppression


def by_configuration(
    auditor: Auditor, documents: Sequence[DocumentReport], walked: Sequence[str]
) -> tuple[list[DocumentReport], tuple[DocumentReport, ...]]:
    """The documents with what the configuration accepts, and findings about its suppressions by the file they stand in.

    A suppression is called unused only where the run looked at every file that it can mean: those in the absolute
    folders that were `walked`, and the documents.
    """
    from privaudit.report import configuration_report
    from privaudit.suppress import accepted, numbered, weighed
    from privaudit.weigh import weighed as at_levels

    entries: tuple[Accepted, ...] = auditor.plan.run.suppressions
    used: dict[int, set[str]] = {}
    met: dict[int, bool] = {}
    found = []
    for document in documents:
        here = [number for number, one in enumerate(entries) if one.paths.match(document.path)]
        for number in here:
            met[number] = met.get(number, True) and document.status is Status.AUDITED
        made = [_suppression(entries[number]) for number in here]
        document, needed = accepted(document, made, auditor.day)
        for number, rules in needed.items():
            used.setdefault(here[number], set()).update(rules)
        found.append(document)
    settings = auditor.plan.run
    names = auditor.names(settings)
    looked_at = [Path(one) for one in (*walked, *(os.path.abspath(document.path) for document in documents))]  # noqa: PTH100 - no links
    about: dict[str, list[Verdict]] = {}
    for number, one in enumerate(entries):
        whole = all(any(path.is_relative_to(folder) for folder in looked_at) for path in one.paths.reach())
        certain = whole and met.get(number, True)
        strict = settings.strict_suppressions
        told = weighed(_suppression(one), used.get(number, ()), auditor.day, names, certain=certain, strict=strict)
        about.setdefault(one.place.path, []).extend(told)
    reports = [configuration_report(path, numbered(told)) for path, told in sorted(about.items()) if told]
    return found, tuple(at_levels(report, settings.levels) for report in reports)


def _suppression(one: Accepted) -> Suppression:
    from privaudit.suppress import Suppression

    rules = tuple(item.value for item in one.rules)
    return Suppression(rules, one.reason, one.until, one.place.line, one.place.column)


def by_baseline(
    name: str, documents: Sequence[Seen], root: str, known: Collection[str], place: Place | None = None
) -> tuple[list[DocumentReport], tuple[BaselineEntry, ...]]:
    """The documents with what the baseline holds, and its entries that are no longer needed.

    Paths in a baseline are relative to `root`; `known` are the ids of all rules, and `place` is where the baseline is
    named. Raises `UsageError` where it cannot be read.
    """
    from privaudit.baseline import baselined, read_baseline, stale_entries
    from privaudit.cli.source import read_text

    if not name:
        raise UsageError("--baseline: lacks a file name")
    if not os.path.lexists(name):
        named = f"{place.path}:{place.line}:{place.column}: " if place and place.line else ""
        raise UsageError(f"{named}{name}: no such baseline; write it with: privaudit baseline --output {name}")
    entries = read_baseline(read_text(name), name)
    accepted = frozenset(entry.fingerprint for entry in entries)
    here = {one.identity for one in documents}
    # Not Path.exists, which raises an error for a name that no file system takes.
    gone = {entry.path for entry in entries} - here
    gone = {path for path in gone if not os.path.exists(os.path.join(root, path))}  # noqa: PTH110, PTH118
    found = [baselined(one.report, accepted) for one in documents]
    return found, stale_entries(entries, documents, gone, known)

"""The text of documents beside a report, for formats that show it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from privaudit.digest import sha256
from privaudit.errors import InputError
from privaudit.record import TYPE_CHECKING
from privaudit.regular import read_regular

if TYPE_CHECKING:
    from privaudit.cli.options import Output
    from privaudit.document import Document
    from privaudit.model import DocumentReport, Report
    from privaudit.render.view import View

# Formats that show the whole text.
_SHOWING = frozenset({"html"})


def with_read(view: View, targets: Iterable[Output], report: Report, documents: Iterable[Document]) -> View:
    """The view with the text of the documents that a report was made from, where a format shows it."""
    if not wanted(targets):
        return view
    by_path = {document.path: document for document in documents}
    found = ((told, by_path[told.path]) for told in report.documents if told.path in by_path)
    return _with(view, found)


def with_unchanged(view: View, targets: Iterable[Output], report: Report) -> View:
    """The view with the text of the files that a saved report speaks of, of those that are as they were audited."""
    if not wanted(targets):
        return view
    found = ((told, document) for told in report.documents if (document := _unchanged(told)))
    return _with(view, found)


def wanted(targets: Iterable[Output]) -> bool:
    """Whether a format shows the text of documents."""
    return any(target.format in _SHOWING for target in targets)


def _with(view: View, found: Iterable[tuple[DocumentReport, Document]]) -> View:
    """The built-in words tell the language of each block: a saved report does not know which packs there were."""
    from privaudit.language import annotate
    from privaudit.pane import pane_of
    from privaudit.rulepack.kept import KnownPacks
    from privaudit.rulepack.layout import pack_folders

    languages = KnownPacks(pack_folders([])).languages()
    panes = {}
    for told, document in found:
        override = told.language.code if told.language.source == "option" else None
        panes[told.path] = pane_of(annotate(document._replace(declared=told.language), languages, override))
    return view._replace(panes=panes)


def _unchanged(told: DocumentReport) -> Document | None:
    """The document of a saved report read again; None where the file is not, or does not read, as it did."""
    from privaudit.read import read_document

    try:
        if not told.verdicts:
            return None
        data = read_regular(told.path, sys.maxsize)
        if sha256(data).hexdigest() != told.sha256:
            return None
        document = read_document(told.path, data, told.media_type)
    except (OSError, ValueError, InputError):
        return None
    # In another encoding, or by another version of the readers, offsets would lead astray.
    fits = len(document.source) == told.characters and all(
        document.source[start:end] == quote for start, end, quote in _quotes(told)
    )
    return document if fits else None


def _quotes(told: DocumentReport) -> Iterator[tuple[int, int, str]]:
    for verdict in told.verdicts:
        for one in (*verdict.evidence, *(miss.evidence for miss in verdict.near_misses)):
            yield one.start, one.end, one.quote

"""What a run does with each source: read and annotate it, search it, judge it or say why not."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from privaudit.digest import sha256
from privaudit.errors import InputError
from privaudit.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from typing import TypeVar

    from privaudit.discover import Source
    from privaudit.document import Document
    from privaudit.engine import Searched
    from privaudit.model import DocumentReport, Skipped
    from privaudit.rulepack.schema import LanguageData

    T = TypeVar("T")

# What repositories hold beside their texts; one of them may speak of privacy at length and be no notice.
_PROJECT_FILE = (
    r"(?:readme|changelog|changes|contributing|licen[cs]e|copying|authors|security|support|governance|install"
    r"|code[-_ ]of[-_ ]conduct|roadmap|todo|requirements\w*)(?:[._-].*)?"
)
_PROGRESS_FROM = 10


class Read(NamedTuple):
    """A source with its document, or the reason why there is none."""

    source: Source
    document: Document | None = None
    problem: str = ""


def read_source(
    source: Source,
    languages: dict[str, LanguageData],
    override: str | None,
    encoding: str | None,
    limits: tuple[int, int, int, int] | None = None,
) -> Read:
    """The source as an annotated document, or with the reason why it is none.

    `limits` are those of `privaudit.read.Limits`.
    """
    from privaudit.language import annotate
    from privaudit.read import Limits, read_document

    if source.data is None:
        return Read(source, problem=source.problem)
    try:
        document = read_document(source.path, source.data, None, encoding, Limits(*(limits or ())))
        return Read(source, annotate(document, languages, override))
    except InputError as error:
        return Read(source, problem=str(error))


def left_out(path: str, searched: Searched | None) -> str:
    """Why a file of a walked folder is not audited; empty for a notice."""
    from privaudit.render.mark import is_report

    # Reports quote notices; one that was written where the next run looks is none.
    if searched is not None and is_report(searched.document.source):
        return "is a report of privaudit"
    return "does not look like a notice" if is_no_notice(path, searched) else ""


def is_no_notice(path: str, searched: Searched | None) -> bool:
    """Whether a file of a walked folder is none of a notice's: neither its name nor its text says so.

    A README and its like must bear the title of a notice, too.
    """
    from privaudit.engine import looks_like_notice
    from privaudit.walk import says_notice

    name = path.rpartition("/")[2]
    # NOTICE in capitals is what goes with a licence.
    if re.fullmatch(_PROJECT_FILE, name, re.IGNORECASE) or os.path.splitext(name)[0] == "NOTICE":
        return searched is None or not looks_like_notice(searched) or not _is_titled(searched.document)
    if says_notice(name):
        return False
    return searched is None or not looks_like_notice(searched)


def _is_titled(document: Document) -> bool:
    from privaudit.document import BlockKind
    from privaudit.walk import says_notice

    first = next((block for block in document.blocks if block.kind is BlockKind.HEADING), None)
    return first is not None and says_notice(document.text(first.span))


def audited(searched: Searched, wanted: frozenset[str], day: date, audience: str | None = None) -> DocumentReport:
    """The report on a document: the verdicts of the wanted rules, by the law of a day, for readers of a country."""
    from privaudit.engine import judge, problems
    from privaudit.report import document_report

    verdicts = tuple(verdict for verdict in judge(searched, day, audience) if verdict.rule in wanted)
    return document_report(searched.document, verdicts, problems(searched, verdicts))


def unread(one: Read) -> DocumentReport:
    """The report on a source that is no document."""
    from privaudit.read import media_type_of
    from privaudit.report import unread_report

    digest = sha256(one.source.data).hexdigest() if one.source.data is not None else ""
    return unread_report(one.source.path, media_type_of(one.source.path), digest, one.problem)


def nothing_found(paths: Sequence[str], skipped: Sequence[Skipped]) -> str:
    """What to say where no document was left to audit."""
    where = ", ".join(paths)
    if skipped:
        return (
            f"{where}: no document looks like a notice ({len(skipped)} skipped); name a file to audit it all the same"
        )
    return f"{where}: no document found; privaudit reads .md, .html, .txt, .pdf, .docx and .odt"


def with_progress(results: Iterable[T], total: int) -> Iterator[T]:
    """The results of a run, with a line on standard error that counts them, on a terminal and for many of them."""
    if total < _PROGRESS_FROM or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    for number, one in enumerate(results, 1):
        sys.stderr.write(f"\rauditing {number}/{total} ")
        sys.stderr.flush()
        yield one
    sys.stderr.write("\r\x1b[K")

"""A notice made of several files: read as one text, judged once, told file by file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from privaudit.document import Block, Document, LineTable, Link, OffsetMap, Span
from privaudit.fingerprint import fingerprint
from privaudit.model import Evidence, Grade, NearMiss, Outcome, Verdict
from privaudit.record import NamedTuple

# What silence means for a rule, which nobody can tell of a notice that was not read whole.
_SILENT = (Outcome.MISSING, Outcome.ABSENT)
_BETWEEN = "\n"


class Joined(NamedTuple):
    """Several documents as one; `starts` are the offsets in its source at which each begins."""

    document: Document
    starts: tuple[int, ...]
    paths: tuple[str, ...]

    def file_of(self, offset: int) -> int:
        """The number of the document in which a source offset lies."""
        return bisect_right(self.starts, offset) - 1


class _Lines(LineTable):
    """Lines, columns and pages as they are in each file."""

    __slots__ = ("_begins", "_tables")

    def __init__(self, tables: Sequence[LineTable], begins: Sequence[int]) -> None:
        super().__init__("")
        self._tables = tables
        self._begins = begins

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column in the file in which the offset lies."""
        number = bisect_right(self._begins, offset) - 1
        return self._tables[number].place(offset - self._begins[number])

    def page(self, offset: int) -> int | None:
        """The page of the file in which the offset lies."""
        number = bisect_right(self._begins, offset) - 1
        return self._tables[number].page(offset - self._begins[number])


def join(documents: Sequence[Document]) -> Joined:
    """Annotated documents as one; the first gives it its name and its language."""
    shadow: list[str] = []
    source: list[str] = []
    starts: list[int] = []
    runs: list[tuple[int, int, int, bool]] = []
    blocks: list[Block] = []
    shadow_at = source_at = groups = 0
    asides: list[tuple[int, str]] = []
    sentences: list[tuple[Span, ...]] = []
    for one in documents:
        starts.append(source_at)
        first = len(blocks)
        runs += [(at + shadow_at, place + source_at, size, plain) for at, place, size, plain in one.map.runs()]
        blocks += [_moved(block, first, shadow_at, source_at, groups) for block in one.blocks]
        sentences += [tuple(_shifted(span, shadow_at) for span in spans) for spans in one.sentences]
        asides += [(index + first, code) for index, code in one.asides]
        groups += max((block.group for block in one.blocks), default=0) + 1
        shadow.append(one.shadow)
        source.append(one.source)
        shadow_at += len(one.shadow) + len(_BETWEEN)
        source_at += len(one.source) + len(_BETWEEN)
    document = documents[0]._replace(
        source=_BETWEEN.join(source),
        shadow=_BETWEEN.join(shadow),
        map=OffsetMap(runs),
        blocks=tuple(blocks),
        problems=tuple(problem for one in documents for problem in one.problems),
        languages=tuple(code for one in documents for code in one.languages),
        sentences=tuple(sentences),
        asides=tuple(asides),
        lines=_Lines([one.lines for one in documents], starts),
    )
    return Joined(document, tuple(starts), tuple(one.path for one in documents))


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved(block: Block, first: int, shadow: int, source: int, groups: int) -> Block:
    links = tuple(Link(one.target, _shifted(one.text, shadow), _shifted(one.source, source)) for one in block.links)
    return Block(
        index=block.index + first,
        kind=block.kind,
        span=_shifted(block.span, shadow),
        group=block.group + groups,
        level=block.level,
        headings=tuple(index + first for index in block.headings),
        lead_ins=tuple(index + first for index in block.lead_ins),
        header=None if block.header is None else block.header + first,
        hidden=block.hidden,
        links=links,
    )


def shared_out(
    verdicts: Sequence[Verdict], joined: Joined, name: str, unread: Sequence[str] = ()
) -> tuple[tuple[Verdict, ...], ...]:
    """The verdicts on a notice for each of its files, with the passages that stand there.

    A finding without a passage is told of the first file. Where files of the notice were `unread`, wholly or in part,
    nothing is missing from it: that is inconclusive.
    """
    shares: list[list[Verdict]] = [[] for _ in joined.paths]
    if unread:
        # What was not read may be more specific.
        verdicts = [verdict._replace(grade=None) for verdict in verdicts]
    for verdict in verdicts:
        if unread and verdict.outcome in _SILENT:
            because = f"{', '.join(unread)} of the notice {name} could not be read in full"
            inconclusive = verdict._replace(
                outcome=Outcome.INCONCLUSIVE, severity=None, because=because, near_misses=(), message=because
            )
            for share in shares:
                share.append(inconclusive)
            continue
        for number, one in enumerate(_shared_out(verdict, joined, name)):
            shares[number].append(one)
    return tuple(map(tuple, shares))


def _shared_out(verdict: Verdict, joined: Joined, name: str) -> list[Verdict]:
    pieces: list[list[Evidence]] = [[] for _ in joined.paths]
    for piece in verdict.evidence:
        number = joined.file_of(piece.start)
        pieces[number].append(_at_home(piece, joined.starts[number]))
    # Near misses of other files would be quoted with places of this one.
    near = tuple(
        NearMiss(miss.evidence, miss.lacks) for miss in verdict.near_misses if joined.file_of(miss.evidence.start) == 0
    )
    if not verdict.evidence:
        rest = verdict._replace(near_misses=(), line=1, column=1)
        if verdict.is_finding:
            rest = rest._replace(severity=None, because=f"told of {joined.paths[0]} for the whole notice {name}")
        # The heading at which the finding belongs may be one of another file.
        first = verdict._replace(near_misses=near, line=1, column=1)
        return [first, *[rest] * (len(joined.paths) - 1)]
    holding = [joined.paths[number] for number, found in enumerate(pieces) if found]
    elsewhere = f"stands in {', '.join(holding)} of the notice {name}"
    found = []
    for number, here in enumerate(pieces):
        whole = fingerprint(verdict.rule, *(piece.fingerprint for piece in here))
        if here:
            grade = _grade_in(number, verdict.grade, joined)
            found.append(verdict._replace(evidence=tuple(here), fingerprint=whole, near_misses=(), grade=grade))
        else:
            bare = verdict._replace(
                evidence=(), fingerprint=whole, near_misses=(), severity=None, line=1, column=1, grade=None
            )
            found.append(bare._replace(because=elsewhere))
    return found


def _grade_in(number: int, grade: Grade | None, joined: Joined) -> Grade | None:
    """The grade of the notice, with its passage where it stands in this file."""
    if grade is None:
        return None
    here = [one for one in grade.evidence if joined.file_of(one.start) == number]
    return grade._replace(evidence=tuple(_at_home(one, joined.starts[number]) for one in here))


def _at_home(piece: Evidence, start: int) -> Evidence:
    marks = tuple((first - start, last - start) for first, last in piece.marks)
    return piece._replace(start=piece.start - start, end=piece.end - start, marks=marks)

"""Evidence: the passages of the source that bear a verdict, with the matched words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from privaudit.document import BlockKind, Document, Span
from privaudit.fingerprint import fingerprint
from privaudit.match.hits import Hit
from privaudit.match.units import Units
from privaudit.model import Evidence
from privaudit.rulepack.schema import Scope

# The sentence that introduces a list is quoted with the item while both together stay this long (characters).
_LONGEST_WITH_LEAD_IN = 300
# A list item of no more characters, such as a bare name, says little without what introduces it.
_SHORT_ITEM = 20


def evidence_of(document: Document, units: Units, hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """One piece for each stretch of neighbouring sentences that hold hits, in text order."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in hits:
        by_sentence.setdefault(hit.sentence, []).append(hit)
    pieces: list[Evidence] = []
    numbers = sorted(by_sentence)
    at = quoted = 0
    while at < len(numbers):
        first = last = numbers[at]
        at += 1
        while at < len(numbers) and numbers[at] == last + 1 and units.block_of[numbers[at]] == units.block_of[first]:
            last = numbers[at]
            at += 1
        span = Span(units.sentences[first].span.start, units.sentences[last].span.end)
        found = [hit for number in range(first, last + 1) for hit in by_sentence[number]]
        if last + 1 in units.introduced_by(last):
            # A list follows at once; its first item is quoted together with this sentence, which is nothing without it
            # unless it ends in a full stop.
            following = units.sentences[last + 1].span
            bears = at < len(numbers) and numbers[at] == last + 1
            open_ = document.shadow[span.end - 1] not in ".!?"
            if (bears or open_) and following.end - span.start <= _LONGEST_WITH_LEAD_IN:
                span = Span(span.start, following.end)
                if bears:
                    found += by_sentence[numbers[at]]
                    at += 1
        elif len(span) <= _SHORT_ITEM:
            span = _with_lead_in(document, units, first, span, quoted)
        quoted = span.end
        pieces.append(piece(document, span, found))
    return tuple(pieces)


def _with_lead_in(document: Document, units: Units, item: int, span: Span, quoted: int) -> Span:
    """A short list item together with the sentence that introduces it, where that is near and not quoted already."""
    if document.blocks[units.block_of[item]].kind is not BlockKind.LIST_ITEM:
        return span
    lead_in = max((number for number in units.context(Scope.SENTENCE, item) if number < item), default=item)
    start = units.sentences[lead_in].span.start
    return Span(start, span.end) if quoted <= start and span.end - start <= _LONGEST_WITH_LEAD_IN else span


def piece(document: Document, span: Span, hits: Iterable[Hit] = (), marked: Iterable[Span] = ()) -> Evidence:
    """The evidence for a shadow span; `marked` are source spans to mark beside those of the hits."""
    place = document.map.source_span(span)
    marks = list(marked)
    for hit in hits:
        mark = document.map.source_span(hit.span)
        if hit.source is not None and place.holds(hit.source):
            mark = hit.source
        marks.append(mark)
    return source_piece(document, place, marks)


def source_piece(document: Document, place: Span, marks: Iterable[Span] = ()) -> Evidence:
    """The evidence for a source span, with source spans to mark."""
    line, column = document.lines.place(place.start)
    end_line, end_column = document.lines.place(place.end)
    return Evidence(
        quote=document.source[place.start : place.end],
        start=place.start,
        end=place.end,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        marks=_merged([mark for mark in marks if place.holds(mark) and len(mark)]),
        page=document.lines.page(place.start),
    )


def _merged(marks: list[Span]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for mark in sorted(marks):
        if merged and mark.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], mark.end))
        else:
            merged.append((mark.start, mark.end))
    return tuple(merged)


def with_fingerprints(rule: str, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The pieces with fingerprints that survive moves, re-wrapping, suppressions within and changes elsewhere.

    They say nothing of the file; a report on several puts its path in.
    """
    seen: Counter[str] = Counter()
    marked = []
    for one in evidence:
        text = " ".join(_words_of(one.quote).split()).casefold()
        marked.append(one._replace(fingerprint=fingerprint(rule, text, str(seen[text]))))
        seen[text] += 1
    return tuple(marked)


def _words_of(quote: str) -> str:
    """A passage without a suppression in it, which changes nothing of what it says."""
    if "privaudit:" not in quote:
        return quote
    # Few documents hold any, and its patterns take time to compile.
    from privaudit.directive import without_directives

    return without_directives(quote)

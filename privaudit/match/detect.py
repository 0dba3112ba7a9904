"""Facts of a document that no word can say: damage, a foreign language, age, size, another company's name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date

from privaudit.document import Block, Document, Span
from privaudit.language import detect as language_of
from privaudit.match.authority import foreign_authority
from privaudit.match.conditions import Evaluator, Filter
from privaudit.match.evidence import piece, source_piece
from privaudit.match.hits import Hit
from privaudit.match.pattern import END, Patterns
from privaudit.model import Evidence
from privaudit.rulepack.schema import Detector, Rule

_STUB_WORDS = 150
_STALE_YEARS = 3
# A year so many characters behind "updated" is the date; one further on belongs to an act or a standard.
_DATE_REACH = 40
_OWN_VOICE = 200
_MIXED_SHARE = 0.05
_LEAST_MOJIBAKE = 2

# Patterns with their flags.
# UTF-8 read as Windows-1252 or ISO 8859-1, and the sign for a character that was lost.
_MOJIBAKE = (
    "[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009d“”˜¢¦]?|\ufffd|ï¿½",
    0,
)
_MOJIBAKE_SIGNS = "ÃÂâ\ufffdï"
# A question mark between the letters of a word that is no address: what is written for a letter that a program cannot
# write. One or two may be a slip.
_LOST = (r"\?{1,2}(?<=(?<!\S)\p{L}{1,30}\?{1,2})(?=\p{Ll}{1,30}[,.;:!)]?(?!\S))", 0)
_LEAST_LOST = 3
_YEAR = (r"\b(?:19[89]\d|20\d\d)\b", 0)
# Names as they stand in the text: capitals, up to three words.
_NAME = (r"\p{Lu}[\w&'-]+(?:\.[\w&'-]+)*(?: \p{Lu}[\w&'-]+(?:\.[\w&'-]+)*){0,2}", 0)
_CAPITALISED = (r"(?<!\w)\p{Lu}\w*", 0)
PATTERNS = (_MOJIBAKE, _LOST, _YEAR, _NAME, _CAPITALISED, (END, 0))
# The author of a notice is named at least so often, another company so much more seldom that it was left in.
_LEAST_OWN = 4
_NAME_REACH = 60
_MOST_FOREIGN = 3


def detect(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:
    """Whether the fact holds of the document, and the passages that show it, if any can."""
    assert rule.detect is not None
    return _DETECTORS[rule.detect](rule, evaluator, as_of)


def _mojibake(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:  # noqa: ARG001
    document = evaluator.document
    found: list[Span] = []
    for signs, pattern, least in ((_MOJIBAKE_SIGNS, _MOJIBAKE, _LEAST_MOJIBAKE), ("?", _LOST, _LEAST_LOST)):
        if any(sign in document.source for sign in signs):
            own = [Span(*match.span()) for match in evaluator.patterns.plain(*pattern).finditer(document.source)]
            found += own if len(own) >= least else []
    pieces = _in_blocks(document, sorted(found))
    return bool(pieces), pieces[:5]


def _in_blocks(document: Document, found: list[Span]) -> tuple[Evidence, ...]:
    """A passage for each block of text that holds one of the source spans."""
    pieces = []
    starts = [span.start for span in found]
    for block in document.blocks:
        place = document.map.source_span(block.span)
        near = found[bisect_left(starts, place.start) : bisect_left(starts, place.end)]
        inside = [span for span in near if place.holds(span)]
        if inside:
            first = inside[0]
            start = document.source.rfind(" ", place.start, max(place.start, first.start - 60)) + 1 or place.start
            end = document.source.find(" ", min(place.end, first.end + 60), place.end)
            end = place.end if end < 0 else end
            start = max(start, place.start)
            marks = [span for span in inside if start <= span.start and span.end <= end]
            pieces.append(source_piece(document, Span(start, end), marks))
    return tuple(pieces)


def _mixed_language(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:  # noqa: ARG001
    document = evaluator.document
    sizes: Counter[str] = Counter()
    firsts: dict[str, Block] = {}
    for block, code in zip(document.blocks, document.languages, strict=True):
        if code:
            sizes[code] += len(block.span)
            if code != document.language.code and len(block.span) >= _OWN_VOICE:
                firsts.setdefault(code, block)
    total = sum(sizes.values()) or 1
    first = {block.index for code, block in firsts.items() if sizes[code] >= _MIXED_SHARE * total}
    # Short English texts stand on pages of every language; others show for whom a page was made. Languages share their
    # little words ("die", "als", "wie"), so the letters of the text must speak for the same one.
    for index, code in document.asides:
        text = document.text(document.blocks[index].span)
        if code != "en" and document.sentences[index] and language_of(text)[0] == code:
            first.add(index)
    return bool(first), tuple(piece(document, document.sentences[index][0]) for index in sorted(first))


def _stub(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:  # noqa: ARG001
    """A short text that does not touch most of what a notice is about either (the concepts of the rule's topic)."""
    if len(evaluator.document.shadow.split()) >= _STUB_WORDS:
        return False, ()
    touched = sum(any(True for _ in evaluator.hits_of(concept, Filter())) for concept in rule.topic)
    return 2 * touched <= len(rule.topic), ()


def _stale_date(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:
    """The latest year said beside "last updated" and the like lies too far back, or ahead.

    The first concept of the rule's topic finds such words, the others years that belong to an act.
    """
    document, units = evaluator.document, evaluator.units
    dating, *cited = rule.topic
    acts: dict[int, list[Span]] = {}
    for hit in (hit for concept in cited for hit in evaluator.hits_of(concept, Filter())):
        acts.setdefault(hit.sentence, []).append(hit.span)
    dated: list[tuple[int, int]] = []
    for hit in evaluator.hits_of(dating, Filter(frozenset(rule.outside))):
        span = units.sentences[hit.sentence].span
        years = evaluator.patterns.plain(*_YEAR).finditer(
            document.shadow, hit.span.start, min(span.end, hit.span.end + _DATE_REACH)
        )
        dated += [
            (int(year[0]), hit.sentence)
            for year in years
            if not any(act.holds(Span(*year.span())) for act in acts.get(hit.sentence, ()))
        ]
    if not dated:
        return False, ()
    newest = max(year for year, _ in dated)
    # The day is not read, so the last day of the year speaks for the text.
    if as_of.year - newest <= _STALE_YEARS and newest <= as_of.year:
        return False, ()
    sentence = min(number for year, number in dated if year == newest)
    return True, (piece(document, units.sentences[sentence].span),)


def _other_company(rule: Rule, evaluator: Evaluator, as_of: date) -> tuple[bool, tuple[Evidence, ...]]:  # noqa: ARG001
    """A name that the text hardly uses acts where its author, who is named all over it, should.

    The rule's topic says how: the first concept finds such sentences, the last the legal forms of companies, and those
    between words with a capital that name no author.
    """
    document, units = evaluator.document, evaluator.units
    acting, *others, forms = rule.topic
    which = Filter(frozenset(rule.outside))
    common = _words_of(document, evaluator, others)
    named: dict[str, list[Hit]] = {}
    for hit in evaluator.hits_of(acting, which):
        for found in evaluator.patterns.plain(*_NAME).finditer(document.text(hit.span)):
            words = [word for word in found[0].split() if word not in common]
            if words:
                named.setdefault(words[0], []).append(hit)
    used = occurrences(document.shadow, named, evaluator.patterns)
    own = max(used, key=lambda name: (used[name], name), default="")
    if not own or used[own] < _LEAST_OWN:
        return False, ()
    # A brand all over the text and one company behind it belong together.
    legal = _before(document, evaluator.hits_of(forms, Filter()))
    foreign = [
        hit
        for name, hits in named.items()
        if name != own and used[name] <= _MOST_FOREIGN and used[own] >= _LEAST_OWN * used[name]
        if name not in legal or own in legal
        for hit in hits
    ]
    said: dict[int, list[Hit]] = {}
    for hit in foreign:
        said.setdefault(hit.sentence, []).append(hit)
    return bool(foreign), tuple(piece(document, units.sentences[number].span, said[number]) for number in sorted(said))


def occurrences(text: str, names: Collection[str], patterns: Patterns) -> dict[str, int]:
    """How often each name occurs that is no part of another word; names of documents are no patterns to keep."""
    words, ends = patterns.plain(*_CAPITALISED), patterns.plain(END)
    # A name begins with a word, and where it occurs, with that whole word.
    lengths: dict[str, set[int]] = {}
    for name in names:
        first = next(words.finditer(name))
        lengths.setdefault(first[0], set()).add(len(name))
    counts = dict.fromkeys(names, 0)
    behind = dict.fromkeys(names, 0)
    for word in words.finditer(text):
        start = word.start()
        for length in lengths.get(word[0], ()):
            name = text[start : start + length]
            if name in counts and start >= behind[name] and ends.match(text, start + length):
                counts[name] += 1
                behind[name] = start + length
    return counts


def _words_of(document: Document, evaluator: Evaluator, concepts: Iterable[str]) -> frozenset[str]:
    hits = [hit for concept in concepts for hit in evaluator.hits_of(concept, Filter())]
    return frozenset(word for hit in hits for word in re.findall(r"\w[\w&'-]*", document.text(hit.span)))


def _before(document: Document, hits: Iterable[Hit]) -> frozenset[str]:
    """The words that stand shortly before hits."""
    texts = (document.shadow[max(0, hit.span.start - _NAME_REACH) : hit.span.start] for hit in hits)
    return frozenset(word for text in texts for word in text.split()[-3:])


_DETECTORS: dict[Detector, Callable[[Rule, Evaluator, date], tuple[bool, tuple[Evidence, ...]]]] = {
    Detector.MOJIBAKE: _mojibake,
    Detector.MIXED_LANGUAGE: _mixed_language,
    Detector.STUB: _stub,
    Detector.STALE_DATE: _stale_date,
    Detector.OTHER_COMPANY: _other_company,
    Detector.FOREIGN_AUTHORITY: lambda rule, evaluator, _: foreign_authority(rule, evaluator),
}

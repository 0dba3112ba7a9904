"""The verdicts on one document as they are shown: numbered, sorted into parts, each passage with its anchor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from privaudit.model import DocumentReport, Evidence, Outcome, RuleInfo, Severity, State, Verdict
from privaudit.record import NamedTuple
from privaudit.render import words
from privaudit.render.quote import excerpt

# How much of a passage is quoted (characters).
_LONGEST = 700
# Outcomes that say something even where they are no finding.
_SPEAKING = (Outcome.PARTIAL, Outcome.MENTIONED, Outcome.RELIED_ON, Outcome.FOUND, Outcome.MISSING)


class Quote(NamedTuple):
    """A passage of a verdict. `id` is its place in the list, `anchor` that in the text, empty where no text is shown.

    `accepted` says why the passage alone does not count.
    """

    id: str
    anchor: str
    place: str
    pieces: tuple[tuple[str, bool], ...]
    lacks: tuple[str, ...] = ()
    accepted: str = ""


class Card(NamedTuple):
    """A verdict with its place in the page. `level` is what filters know it by.

    That is `error`, `warning` or `note` for a new finding, `accepted` for one that is not new, and `none` for the rest;
    `look` tells `present` from that. `rule` is a number for filters, and for the link to the table of rules where that
    has it (`explained`).
    """

    id: str
    number: int
    rule: int
    explained: bool
    level: str
    look: str
    title: str
    outcome: str
    severity: str
    grade: str
    verdict: Verdict
    accepted: str
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]


class Part(NamedTuple):
    """Verdicts that are shown together; `brief` where each is a line."""

    title: str
    cards: tuple[Card, ...]
    brief: bool = False


class Passage(NamedTuple):
    """A stretch of the source to highlight, for a piece of evidence or, where `look` is `nearest`, a near miss."""

    id: str
    number: int
    look: str
    label: str
    start: int
    end: int


def parts_of(
    document: DocumentReport, prefix: str, rules: Mapping[str, int], infos: Mapping[str, RuleInfo], has_text: bool
) -> tuple[Part, ...]:
    """The parts of a document in the order of their weight; ids begin with `prefix`, numbers go on through them."""
    by_weight = sorted(document.verdicts, key=lambda one: -one.severity.rank if one.severity else 0)
    parts: list[Part] = []
    number = 0
    for title, brief, some in _sorted(by_weight):
        if not some:
            continue
        cards = []
        for verdict in some:
            number += 1
            name, rule = f"{prefix}v{number}", rules[verdict.rule]
            cards.append(_card(verdict, name, number, rule, infos.get(verdict.rule), has_text))
        parts.append(Part(title, tuple(cards), brief))
    return tuple(parts)


def _sorted(verdicts: list[Verdict]) -> Iterator[tuple[str, bool, list[Verdict]]]:
    """Title, brevity and verdicts of each part."""

    def plain(*outcomes: Outcome) -> list[Verdict]:
        return [one for one in verdicts if not one.is_finding and one.outcome in outcomes]

    yield "Findings", False, [one for one in verdicts if one.is_finding and one.state is State.NEW]
    yield "Accepted findings", False, [one for one in verdicts if one.is_finding and one.state is not State.NEW]
    yield "Inconclusive: could not be judged", True, plain(Outcome.INCONCLUSIVE)
    yield "Present", False, plain(Outcome.PRESENT)
    yield "Worth knowing, and no finding", False, plain(*_SPEAKING)
    yield "Does not apply", True, plain(Outcome.NOT_APPLICABLE)
    yield "Looked for and not found", True, plain(Outcome.ABSENT)


def _card(verdict: Verdict, name: str, number: int, rule: int, info: RuleInfo | None, has_text: bool) -> Card:
    level, look = _level(verdict)
    return Card(
        id=name,
        number=number,
        rule=rule,
        explained=info is not None,
        level=level,
        look=look,
        title=words.capital(info.title) if info else verdict.rule,
        outcome=words.OUTCOMES[verdict.outcome],
        severity=words.SEVERITIES[verdict.severity] if verdict.severity else "",
        grade=words.graded(verdict),
        verdict=verdict,
        accepted=words.accepted(verdict.state, verdict.justification),
        quotes=tuple(_quotes(f"{name}e", verdict.evidence, has_text, verdict.state)),
        nearest=tuple(
            _quote(f"{name}n{place}", miss.evidence, has_text, lacks=miss.lacks)
            for place, miss in enumerate(verdict.near_misses, 1)
        ),
    )


def _level(verdict: Verdict) -> tuple[str, str]:
    if verdict.severity is None:
        return "none", "present" if verdict.outcome is Outcome.PRESENT else "plain"
    level = verdict.severity.value if verdict.state is State.NEW else "accepted"
    return level, level


def _quotes(prefix: str, evidence: Iterable[Evidence], has_text: bool, whole: State) -> Iterator[Quote]:
    for place, one in enumerate(evidence, 1):
        # What holds for the verdict as a whole is said there.
        accepted = words.accepted(one.state, one.justification) if whole is State.NEW else ""
        yield _quote(f"{prefix}{place}", one, has_text, accepted=accepted)


def _quote(name: str, one: Evidence, has_text: bool, lacks: tuple[str, ...] = (), accepted: str = "") -> Quote:
    anchor = f"{name}t" if has_text else ""
    return Quote(name, anchor, words.capital(words.place(one)), tuple(excerpt(one, _LONGEST)), lacks, accepted)


def passages_of(parts: Iterable[Part]) -> list[Passage]:
    """What is to be highlighted in the text of a document."""
    found: list[Passage] = []
    for card in (card for part in parts for card in part.cards):
        verdict = card.verdict
        label = f"{card.title}: {card.outcome}"
        for quote, one in zip(card.quotes, verdict.evidence, strict=True):
            look = "accepted" if quote.accepted else card.look
            found.append(Passage(quote.id, card.number, look, label, one.start, one.end))
        for quote, miss in zip(card.nearest, verdict.near_misses, strict=True):
            near = miss.evidence
            label = f"{card.title}: nearest passage"
            found.append(Passage(quote.id, card.number, "nearest", label, near.start, near.end))
    return found


def count(document: DocumentReport, severity: Severity) -> int:
    """How many new findings of a severity a document has."""
    return sum(one.severity is severity and one.state is State.NEW for one in document.verdicts)

"""What language versions say differently, in sentences for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from privaudit.facts.values import FactKind
from privaudit.model import Evidence, Kind, Status, Verdict
from privaudit.parity import Difference, Element, Group, Parity, Row, Version
from privaudit.render.view import packs_told, plural
from privaudit.render.words import OUTCOMES, capital

LABELS = {kind: kind.value for kind in Difference}
FACTS = {
    FactKind.AUTHORITY: "supervisory authority",
    FactKind.EMAIL: "e-mail address",
    FactKind.PHONE: "telephone number",
    FactKind.POSTAL_CODE: "postal code",
    FactKind.LAST_CHANGE: "date of the last change",
    FactKind.PERIOD: "span of time",
    FactKind.AGE: "age",
    FactKind.AMOUNT: "amount of money",
    FactKind.PERCENTAGE: "percentage",
}


def labels(group: Group) -> list[str]:
    """What to call each version: its language where no other has it, with its number before that where one has."""
    codes = [version.report.language.code or "?" for version in group.versions]
    counts = Counter(codes)
    return [code if counts[code] == 1 else f"{number}:{code}" for number, code in enumerate(codes, 1)]


def sentence(element: Element, names: Sequence[str]) -> str:
    """Which versions come to which outcome: `Right of access: present in en, fr; missing in de`."""
    told: dict[str, list[str]] = {}
    for name, verdict in zip(names, element.verdicts, strict=True):
        outcome = OUTCOMES[verdict.outcome] if verdict else "not judged"
        told.setdefault(outcome, []).append(name)
    parts = [f"{outcome} in {', '.join(which)}" for outcome, which in told.items()]
    return f"{capital(element.title)}: {'; '.join(parts)}"


def place_of(passage: Evidence, version: Version) -> str:
    """Where a passage stands: `line 3`, and in which file, where the version has several."""
    path = version.path_of(passage)
    return f"{path}, line {passage.line}" if path else f"line {passage.line}"


def nearest(verdict: Verdict | None) -> tuple[Evidence, ...]:
    """The passage that comes closest to a disclosure which was not found; it may be made in words of its own."""
    return tuple(miss.evidence for miss in verdict.near_misses[:1]) if verdict else ()


def fact_sentence(rows: Sequence[Row], names: Sequence[str]) -> str:
    """Which versions state which value of one kind: `Retention period: 30 days in en, de; 60 days in fr`."""
    parts = [f"{row.value} in {', '.join(_stating(row, names))}" for row in rows]
    silent = [name for number, name in enumerate(names) if all(number in row.missing for row in rows)]
    if silent:
        parts.append(
            f"{'neither' if len(rows) == 2 else 'none of these' if len(rows) > 2 else 'not'} in {', '.join(silent)}"
        )
    return f"{capital(fact_name(rows[0]))}: {'; '.join(parts)}"


def fact_name(row: Row) -> str:
    """What a fact is called."""
    return "retention period" if row.retention else FACTS[row.kind]


def by_kind(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each kind together, those about storage apart from other spans of time."""
    ordered = sorted(rows, key=lambda row: (list(FactKind).index(row.kind), not row.retention))
    return [list(some) for _, some in groupby(ordered, key=fact_name)]


def differing(group: Group) -> tuple[list[Element], list[list[Row]]]:
    """The elements and the kinds of facts in which versions differ, those that are accepted among them."""
    return (
        [one for one in group.elements if one.difference],
        by_kind(row for row in group.facts if row.counts),
    )


def counts(group: Group) -> str:
    """How much there is of what, such as `2 differences; 66 rules and 12 facts agree`."""
    elements, rows = differing(group)
    counted = sum(one.counts for one in elements) + len(rows)
    accepted = sum(one.accepted for one in elements)
    agreeing = sum(one.compares and not one.difference for one in group.elements)
    same = sum(one.compares and not one.counts for one in group.facts)
    if not (counted or accepted or agreeing or same):
        return "Nothing could be compared"
    told = plural(counted, "difference") if counted else "No difference"
    told += f", {accepted} accepted" if accepted else ""
    return f"{told}; {plural(agreeing, 'rule')} and {plural(same, 'fact')} agree"


def remarks(group: Group) -> list[str]:
    """What to know of the comparison as a whole."""
    found = []
    if not group.is_complete:
        found.append("Not all of every version could be read: what was not found there may be said all the same.")
    for name, version in zip(labels(group), group.versions, strict=True):
        if version.report.status is Status.AUDITED and len(version.kinds) < len(FactKind):
            found.append(
                f"The rules have no words for numbers, dates and authorities in {name}; these were not compared."
            )
    return found


def said_by(parity: Parity) -> str:
    """What the comparison rests on."""
    return f"Law as of {parity.as_of} for all; rules: {packs_told(parity.packs)}. This is no legal advice."


def told_elements(group: Group) -> list[Element]:
    """The elements that agree and that a reader wants to see: all disclosures, and whatever else was found."""
    return [
        one
        for one in group.elements
        if not one.difference
        and (one.kind is Kind.DISCLOSURE or any(verdict and verdict.evidence for verdict in one.verdicts))
    ]


def _stating(row: Row, names: Sequence[str]) -> list[str]:
    return [name for name, passages in zip(names, row.passages, strict=True) if passages]

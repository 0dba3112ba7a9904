"""Counts over records, which can be written down and added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from privaudit.corpus.rows import Result
from privaudit.record import Any


class Tally:
    """What is counted of records.

    `documents` by status and language code (empty where it is not known), `outcomes` by status, kind, rule or group and
    outcome. `damage` has a line for each shard that could not be read to its end.
    """

    def __init__(self) -> None:
        self.documents: Counter[tuple[str, str]] = Counter()
        self.outcomes: Counter[tuple[str, str, str, str]] = Counter()
        self.rows = 0
        self.repeated = 0
        self.skipped = 0
        self.damage: list[str] = []

    def add(self, result: Result) -> None:
        """Counts what came of a record."""
        self.rows += len(result.rows)
        self.repeated += result.repeated
        self.skipped += result.skipped
        if result.damage:
            self.damage.append(result.damage)
        if result.status is not None:
            status = result.status.value
            self.documents[status, result.language or ""] += 1
            self.outcomes.update((status, *outcome) for outcome in result.outcomes)

    def include(self, other: Tally) -> None:
        """Adds what another one has counted."""
        self.documents.update(other.documents)
        self.outcomes.update(other.outcomes)
        self.rows += other.rows
        self.repeated += other.repeated
        self.skipped += other.skipped
        self.damage += other.damage

    def to_keep(self) -> dict[str, Any]:
        """Everything as plain values of JSON."""
        return {
            "documents": _listed(self.documents),
            "outcomes": _listed(self.outcomes),
            "rows": self.rows,
            "repeated": self.repeated,
            "skipped": self.skipped,
            "damage": self.damage,
        }

    @classmethod
    def kept(cls, data: dict[str, Any]) -> Tally:
        """What `to_keep` wrote down; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
        made = cls()
        made.documents = Counter({(str(status), str(code)): int(n) for status, code, n in data["documents"]})
        made.outcomes = Counter({
            (str(status), str(kind), str(name), str(outcome)): int(n)
            for status, kind, name, outcome, n in data["outcomes"]
        })  # fmt: skip
        made.rows, made.repeated, made.skipped = int(data["rows"]), int(data["repeated"]), int(data["skipped"])
        made.damage = [str(one) for one in data["damage"]]
        return made


def _listed(counts: Counter[Any]) -> Iterable[list[Any]]:
    return [[*key, number] for key, number in sorted(counts.items())]

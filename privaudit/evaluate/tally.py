"""Counting: what was said of labelled elements, right and wrong.

Two questions are asked of each element and document. *Disclosed*: was it found (present or partial) where a reader
found it. *Missing*: was it reported missing where a reader found it absent. A label `partial` is grey and counts
neither way; under a label `na` only a report of it missing counts, as a false alarm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from privaudit.record import NamedTuple

FOUND = frozenset({"present", "partial"})
MISSING = "missing"


class Score(NamedTuple):
    """Precision, recall and F1, each 0 to 1 or NaN where nothing was to be found or said."""

    precision: float
    recall: float
    f1: float


class Counts(NamedTuple):
    """Documents by answer: of the question whether an element is disclosed, and of whether it is missing."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0
    missing_tp: int = 0
    missing_fp: int = 0
    missing_fn: int = 0
    grey: int = 0

    def __add__(self, other: tuple[int, ...]) -> Counts:  # type: ignore[override]
        return Counts(*map(sum, zip(self, other, strict=True)))

    @property
    def labelled(self) -> int:
        """How many documents answer whether the element is disclosed."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def disclosed(self) -> Score:
        """How well what is disclosed was found."""
        return score(self.tp, self.fp, self.fn)

    @property
    def missing(self) -> Score:
        """How well what is absent was reported missing."""
        return score(self.missing_tp, self.missing_fp, self.missing_fn)

    @property
    def accuracy(self) -> float:
        """The share of right answers to whether an element is disclosed."""
        return (self.tp + self.tn) / self.labelled if self.labelled else math.nan


def score(tp: int, fp: int, fn: int) -> Score:
    """Precision, recall and F1 of counts."""
    return Score(_share(tp, tp + fp), _share(tp, tp + fn), _share(2 * tp, 2 * tp + fp + fn))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def total(counts: Iterable[Counts]) -> Counts:
    """All counts added up."""
    whole = Counts()
    for one in counts:
        whole += one
    return whole


def mean(values: Iterable[float]) -> float:
    """The mean of those that are numbers."""
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def judged(status: str, outcome: str | None, has_na: bool) -> Counts:
    """The counts of one label. `has_na`: whether readers also answered `na` for the element.

    Where they did not, a verdict that the rule does not apply cannot be called a missed absence.
    """
    if outcome is None or status == "partial":
        return Counts(grey=1)
    found, missing = outcome in FOUND, outcome == MISSING
    if status == "present":
        return Counts(tp=int(found), fn=int(not found), missing_fp=int(missing))
    if status == "absent":
        blamed = not missing and (outcome != "not-applicable" or has_na)
        return Counts(fp=int(found), tn=int(not found), missing_tp=int(missing), missing_fn=int(blamed))
    return Counts(missing_fp=int(missing))


class Stances(NamedTuple):
    """Mechanisms found and over-found, and how many of those found have the stance that readers gave them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    right: int = 0
    other: int = 0

    def __add__(self, other: tuple[int, ...]) -> Stances:  # type: ignore[override]
        return Stances(*map(sum, zip(self, other, strict=True)))

    @property
    def found(self) -> Score:
        """How well mechanisms were found."""
        return score(self.tp, self.fp, self.fn)

    @property
    def stance(self) -> float:
        """The share of found mechanisms with the right stance."""
        return _share(self.right, self.right + self.other)


def stances(
    wanted: Mapping[str, str], said: Mapping[str, str], alternatives: frozenset[str], stance_open: bool
) -> Stances:
    """The counts of one document's mechanisms."""
    both = Counter(wanted[name] == said[name] for name in wanted if name in said and not stance_open)
    return Stances(
        tp=sum(name in said for name in wanted),
        fp=sum(name not in wanted and name not in alternatives for name in said),
        fn=sum(name not in said for name in wanted),
        right=both[True],
        other=both[False],
    )

"""What a corpus comes to: documents, languages, and how many lack or rely on what.

Shares are over documents that were audited in full. Those of which a part or a rule could not be judged are counted
beside them: what is not found there may still be said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from privaudit.corpus.rows import IN_FORCE
from privaudit.corpus.tally import Tally
from privaudit.gate import corpus_code
from privaudit.model import Kind, Outcome, PackInfo, Status
from privaudit.record import NamedTuple
from privaudit.rulepack.schema import Rule

# The outcomes by kind, as they are counted.
COUNTED = {
    Kind.DISCLOSURE: ("present", "partial", "missing", "not-applicable", "inconclusive"),
    Kind.OUTDATED: ("relied-on", IN_FORCE, "mentioned", "absent", "inconclusive"),
    Kind.PRACTICE: ("found", "absent", "inconclusive"),
}
# What a share is of, and what counts for it.
_SHARE_OF = {
    Kind.DISCLOSURE: ((Outcome.MISSING,), (Outcome.PRESENT, Outcome.PARTIAL, Outcome.MISSING)),
    Kind.OUTDATED: ((Outcome.RELIED_ON,), (Outcome.RELIED_ON, IN_FORCE, Outcome.MENTIONED, Outcome.ABSENT)),
    Kind.PRACTICE: ((Outcome.FOUND,), (Outcome.FOUND, Outcome.ABSENT)),
}


class Line(NamedTuple):
    """A disclosure, a group of mechanisms or a practice: how many documents have which outcome.

    `audited` counts documents that were audited in full, `partly` the others, each in the order of `COUNTED`. `share`
    is `hits` of `base`: documents that lack the disclosure among those that owe it, that rely on the mechanism when it
    was no longer good, or in which the practice is found. None where there is no document to be a share of.
    """

    kind: Kind
    name: str
    title: str
    audited: tuple[int, ...]
    partly: tuple[int, ...]
    hits: int
    base: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        return self.hits / self.base if self.base else None


class Language(NamedTuple):
    """Documents in a language (None: not known)."""

    code: str | None
    audited: int
    partly: int
    not_audited: int

    @property
    def documents(self) -> int:
        """All of them."""
        return self.audited + self.partly + self.not_audited


class Summary(NamedTuple):
    """The figures of a corpus. `as_of` is the day for records that have none of their own (ISO 8601)."""

    version: str
    packs: tuple[PackInfo, ...]
    as_of: str
    output: str
    audited: int
    partly: int
    not_audited: int
    rows: int
    repeated: int
    skipped: int
    damage: tuple[str, ...]
    languages: tuple[Language, ...]
    lines: tuple[Line, ...]
    exit_code: int

    @property
    def documents(self) -> int:
        """All of them."""
        return self.audited + self.partly + self.not_audited

    def of(self, kind: Kind) -> tuple[Line, ...]:
        """The lines of a kind, those with the greatest share first."""
        some = [line for line in self.lines if line.kind is kind]
        return tuple(sorted(some, key=lambda line: (-(line.share or 0.0), line.name)))


def summary_of(
    tally: Tally, rules: Sequence[Rule], *, version: str, packs: tuple[PackInfo, ...], as_of: str, output: str
) -> Summary:
    """The summary of what was counted, with a line for each of the rules or their groups, met or not."""
    by_status: Counter[str] = Counter()
    for (status, _), number in tally.documents.items():
        by_status[status] += number
    audited, partly, not_audited = (by_status[one.value] for one in Status)
    codes = {code for _, code in tally.documents}
    languages = [
        Language(code or None, *(tally.documents[status.value, code] for status in Status)) for code in sorted(codes)
    ]
    return Summary(
        version,
        packs,
        as_of,
        output,
        audited,
        partly,
        not_audited,
        tally.rows,
        tally.repeated,
        tally.skipped,
        tuple(tally.damage),
        tuple(sorted(languages, key=lambda one: (-one.documents, one.code or "~"))),
        tuple(_line(kind, name, title, tally) for (kind, name), title in _titles(rules).items()),
        corpus_code(partly + not_audited + len(tally.damage)),
    )


def _titles(rules: Iterable[Rule]) -> dict[tuple[Kind, str], str]:
    found: dict[tuple[Kind, str], list[str]] = {}
    for rule in rules:
        name = (rule.group or rule.id) if rule.kind is Kind.OUTDATED else rule.id
        found.setdefault((rule.kind, name), []).append(rule.title)
    return {
        (kind, name): titles[0] if len(titles) == 1 else name.removeprefix("outdated-").replace("-", " ")
        for (kind, name), titles in sorted(found.items())
    }


def _line(kind: Kind, name: str, title: str, tally: Tally) -> Line:
    def count(status: Status, outcome: str) -> int:
        return tally.outcomes[status.value, kind.value, name, outcome]

    hit, base = (sum(count(Status.AUDITED, outcome) for outcome in some) for some in _SHARE_OF[kind])
    return Line(
        kind,
        name,
        title,
        tuple(count(Status.AUDITED, outcome) for outcome in COUNTED[kind]),
        tuple(count(Status.PARTIAL, outcome) for outcome in COUNTED[kind]),
        hit,
        base,
    )

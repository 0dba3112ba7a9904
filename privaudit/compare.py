"""Two versions of a document side by side: what the newer one lost and won, found by their reports. No file, no clock.

Passages are told by their fingerprints, so that one that only moved is neither lost nor new; where those differ, by
their words, so that a changed mark-up does not make a passage a new one.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from privaudit.document import LineTable
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, PackInfo, State, Status, Verdict
from privaudit.record import NamedTuple

_WORD = re.compile(r"\w+")
# Tags, and the targets of links in Markdown.
_MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>|(?<=\])\([^()\s]*\)")
# How much a document says of what a rule looks for, within each kind of rule.
_STRENGTH = {
    Outcome.MISSING: 0,
    Outcome.PARTIAL: 1,
    Outcome.PRESENT: 2,
    Outcome.ABSENT: 0,
    Outcome.MENTIONED: 1,
    Outcome.FOUND: 2,
    Outcome.RELIED_ON: 2,
}


class ChangeKind(StrEnum):
    """What became of a verdict, the worst first."""

    # A disclosure that was made, or made in part, is missing; one that was made is made in part.
    LOST = "lost"
    WEAKENED = "weakened"
    # An outdated mechanism or a practice that was not there; a mention that became reliance.
    NEW = "new"
    RELIED_ON = "relied-on"
    # The same as before, in further passages; or it counts for more, or is accepted no longer.
    MORE = "more"
    GRAVER = "graver"
    # A disclosure that did not apply, applies.
    DUE = "due"
    # Could not be judged any more, or could not be judged before.
    UNCLEAR = "unclear"
    CLEAR = "clear"
    WON = "won"
    STRENGTHENED = "strengthened"
    GONE = "gone"
    MENTIONED = "mentioned"
    MILDER = "milder"
    NOT_DUE = "not-due"


_ORDER = {kind: number for number, kind in enumerate(ChangeKind)}
_LOSSES = frozenset({ChangeKind.LOST, ChangeKind.WEAKENED})
_NEW_FINDINGS = frozenset(
    {ChangeKind.NEW, ChangeKind.RELIED_ON, ChangeKind.MORE, ChangeKind.GRAVER, ChangeKind.DUE, ChangeKind.CLEAR}
)


class Side(NamedTuple):
    """One of the two: its report, its text as it was read, and the commit that it is from, empty for a file."""

    report: DocumentReport
    text: str = ""
    commit: str = ""


class Standing(NamedTuple):
    """A passage of the old report that the new text still has, in `line`, but that proves nothing there any more."""

    evidence: Evidence
    line: int


class Change(NamedTuple):
    """What became of one rule's verdict.

    `gone` are passages of the old verdict that the new text no longer has, `standing` those that it still has without
    their bearing the new verdict, and `fresh` passages that bear the new verdict only. What bears both is in neither.
    """

    kind: ChangeKind
    title: str
    old: Verdict
    new: Verdict
    gone: tuple[Evidence, ...] = ()
    standing: tuple[Standing, ...] = ()
    fresh: tuple[Evidence, ...] = ()

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self.new.rule

    @property
    def is_loss(self) -> bool:
        """Whether a disclosure says less than before, and nobody has accepted that."""
        return self.kind in _LOSSES and self.new.state is State.NEW

    @property
    def is_new_finding(self) -> bool:
        """Whether there is a finding that was none, or not this grave, or not in all these places."""
        return self.kind in _NEW_FINDINGS and self.new.is_finding and self.new.state is State.NEW

    @property
    def is_worse(self) -> bool:
        """Whether somebody should look at it: a loss, a new finding, or what can no longer be judged."""
        return self.is_loss or self.is_new_finding or self.kind is ChangeKind.UNCLEAR


class Comparison(NamedTuple):
    """Two versions and the changes between them, the worst first; `as_of` is an ISO 8601 date.

    `unchanged` counts rules with the same verdict on both sides, `unclear` those inconclusive on both.
    """

    version: str
    packs: tuple[PackInfo, ...]
    as_of: str
    old: Side
    new: Side
    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    unclear: int = 0
    exit_code: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether both sides were audited in full, so that silence means that nothing changed."""
        return all(side.report.status is Status.AUDITED for side in (self.old, self.new))


def compare(
    old: Side, new: Side, titles: Mapping[str, str], *, version: str, packs: Iterable[PackInfo], as_of: str
) -> Comparison:
    """What changed from one version to the next, for all rules that judged both; the exit code is still 0.

    Both must have been judged by the same rules and as of the same day. `titles` are those of the rules.
    """
    both = _pairs(old.report, new.report)
    finder = _Finder(new.text)
    found = (_change(first, second, titles.get(second.rule, second.rule), finder) for first, second in both)
    changes = sorted((change for change in found if change), key=_rank)
    unclear = sum(one.outcome is two.outcome is Outcome.INCONCLUSIVE for one, two in both)
    return Comparison(
        version=version,
        packs=tuple(packs),
        as_of=as_of,
        old=old,
        new=new,
        changes=tuple(changes),
        unchanged=len(both) - len(changes) - unclear,
        unclear=unclear,
    )


def unlike(evidence: Iterable[Evidence], others: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The passages of the first that the second do not have, each as often as it occurs."""
    others = list(others)
    prints = {one.fingerprint for one in others if one.fingerprint}
    left = [words_of(one.quote) for one in others]
    found = []
    # Those known by their fingerprints take their words with them, so that a second one alike has nothing left.
    for one in sorted(evidence, key=lambda one: one.fingerprint not in prints):
        words = words_of(one.quote)
        if words and words in left:
            left.remove(words)
        elif one.fingerprint not in prints:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def words_of(text: str) -> str:
    """The words of a passage without its mark-up, in lower case with single spaces."""
    return " ".join(_WORD.findall(html.unescape(_MARKUP.sub(" ", text)).casefold()))


def _rank(change: Change) -> tuple[bool, int, str]:
    return not change.is_worse, _ORDER[change.kind], change.rule


def _pairs(old: DocumentReport, new: DocumentReport) -> list[tuple[Verdict, Verdict]]:
    """The verdicts of each rule on both sides."""
    before, after = ({key_of(verdict): verdict for verdict in one.verdicts} for one in (old, new))
    found = [(before[key], verdict) for key, verdict in after.items() if key in before]
    # Findings about suppressions are there or not; no rule says that there is none.
    found += [(_absent(verdict), verdict) for key, verdict in after.items() if key not in before and key[1]]
    found += [(verdict, _absent(verdict)) for key, verdict in before.items() if key not in after and key[1]]
    return found


def key_of(verdict: Verdict) -> tuple[str, str]:
    """What a verdict is known by on both sides: its rule, and for one about a suppression that one as well."""
    return verdict.rule, verdict.fingerprint if verdict.group == "suppression" else ""


def _absent(verdict: Verdict) -> Verdict:
    return verdict._replace(outcome=Outcome.ABSENT, severity=None, evidence=(), message="")


def _change(old: Verdict, new: Verdict, title: str, finder: _Finder) -> Change | None:
    fresh = unlike(new.evidence, old.evidence)
    counted = [[one for one in verdict.evidence if one.state is State.NEW] for verdict in (new, old)]
    kind = _kind(old, new, bool(further := unlike(*counted)))
    if kind is None:
        return None
    places = [(one, finder.line(one.quote)) for one in unlike(old.evidence, new.evidence)]
    gone = tuple(one for one, line in places if line is None)
    standing = tuple(Standing(one, line) for one, line in places if line is not None)
    return Change(kind, title, old, new, gone, standing, further if kind is ChangeKind.MORE else fresh)


def _kind(old: Verdict, new: Verdict, has_further: bool) -> ChangeKind | None:
    before, after = old.outcome, new.outcome
    if before is after:
        return _same_outcome(old, new, has_further)
    if Outcome.INCONCLUSIVE in (before, after):
        return ChangeKind.UNCLEAR if after is Outcome.INCONCLUSIVE else ChangeKind.CLEAR
    if Outcome.NOT_APPLICABLE in (before, after):
        return ChangeKind.NOT_DUE if after is Outcome.NOT_APPLICABLE else ChangeKind.DUE
    weaker = _STRENGTH[after] < _STRENGTH[before]
    if new.kind is Kind.DISCLOSURE:
        if weaker:
            return ChangeKind.LOST if after is Outcome.MISSING else ChangeKind.WEAKENED
        return ChangeKind.WON if before is Outcome.MISSING else ChangeKind.STRENGTHENED
    if weaker:
        return ChangeKind.GONE if after is Outcome.ABSENT else ChangeKind.MENTIONED
    return ChangeKind.NEW if before is Outcome.ABSENT else ChangeKind.RELIED_ON


def _same_outcome(old: Verdict, new: Verdict, has_further: bool) -> ChangeKind | None:
    before, after = (one.severity.rank if one.severity and one.state is State.NEW else 0 for one in (old, new))
    if before != after:
        return ChangeKind.GRAVER if after > before else ChangeKind.MILDER
    # Other words for what is partly disclosed are no further defect.
    if has_further and new.is_finding and new.kind is not Kind.DISCLOSURE:
        return ChangeKind.MORE
    return None


class _Finder:
    """Finds passages in a text by their words, whatever white space, punctuation and mark-up lie between them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def _words(self) -> tuple[str, list[int]]:
        plain = _MARKUP.sub(lambda found: " " * len(found[0]), self._text)
        found = [(word[0].casefold(), word.start()) for word in _WORD.finditer(plain)]
        return f" {' '.join(word for word, _ in found)} ", [start for _, start in found]

    @functools.cached_property
    def _lines(self) -> LineTable:
        return LineTable(self._text)

    def line(self, quote: str) -> int | None:
        """The line in which the passage begins, counted from 1; None where the text does not have it."""
        words, starts = self._words
        sought = " ".join(word.casefold() for word in _WORD.findall(_MARKUP.sub(" ", quote)))
        at = words.find(f" {sought} ") if sought else -1
        return None if at < 0 else self._lines.place(starts[words.count(" ", 0, at)])[0]

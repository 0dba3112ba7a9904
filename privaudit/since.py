"""What a revision already had: findings that are no news since then are marked, and what was lost is quoted.

Values in, values out; the older version is judged by whoever calls, by the same rules, under the same identity and as
of the same day.
"""

from __future__ import annotations

import re

from privaudit.baseline import marked
from privaudit.compare import key_of, unlike
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, State, Verdict

# How much of a lost passage a message repeats (characters).
_QUOTED = 200
_STATED = (Outcome.MISSING, Outcome.PARTIAL, Outcome.PRESENT)


def since(new: DocumentReport, old: DocumentReport | None, revision: str) -> DocumentReport:
    """The report with findings that `revision` had marked as accepted, passage by passage; all others stay new.

    `old` is None for a file that was not there. A finding that weighed less then, or was suppressed, is news. The
    message of a disclosure that says less than before ends with what it said.
    """
    if old is None:
        return new
    before = {key_of(verdict): verdict for verdict in old.verdicts}
    verdicts = (_since(verdict, before.get(key_of(verdict)), revision) for verdict in new.verdicts)
    return new._replace(verdicts=tuple(verdicts))


def _since(new: Verdict, old: Verdict | None, revision: str) -> Verdict:
    if old is None:
        return new
    if passage := _lost(new, old):
        message = new.message.removesuffix(".")
        new = new._replace(message=f'{message}; {revision} said in line {passage.line}: "{_start(passage.quote)}"')
    if new.severity is None or old.severity is None or old.severity.rank < new.severity.rank:
        return new
    known = {one.fingerprint for one in old.evidence if one.state is not State.SUPPRESSED}
    known |= {old.fingerprint} if old.state is not State.SUPPRESSED else set()
    return marked(new, known, f"already in {revision}")


def _lost(new: Verdict, old: Verdict) -> Evidence | None:
    """The passage that a disclosure has lost, where it says less than before."""
    if new.kind is not Kind.DISCLOSURE or new.outcome not in _STATED or old.outcome not in _STATED:
        return None
    if _STATED.index(new.outcome) >= _STATED.index(old.outcome):
        return None
    return next(iter(unlike(old.evidence, new.evidence) or old.evidence), None)


def without_passage(message: str) -> str:
    """A message of a verdict without the passage that it may end with."""
    return re.sub(r'( said in line \d+): ".*"$', r"\1.", message, flags=re.DOTALL)


def _start(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED].rstrip()}\u2026"

"""What an audit says: verdicts with evidence, gathered in a report. Standard library only."""

from __future__ import annotations

from enum import StrEnum

from privaudit.document import LanguageGuess, Problem
from privaudit.record import NamedTuple


class Kind(StrEnum):
    """What a rule looks for."""

    DISCLOSURE = "disclosure"
    OUTDATED = "outdated"
    PRACTICE = "practice"


class Outcome(StrEnum):
    """What a rule found; which outcomes are possible depends on its kind (`OUTCOMES`)."""

    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"
    RELIED_ON = "relied-on"
    MENTIONED = "mentioned"
    FOUND = "found"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"


OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    Kind.DISCLOSURE: (
        Outcome.PRESENT,
        Outcome.PARTIAL,
        Outcome.MISSING,
        Outcome.NOT_APPLICABLE,
        Outcome.INCONCLUSIVE,
    ),
    Kind.OUTDATED: (
        Outcome.RELIED_ON,
        Outcome.MENTIONED,
        Outcome.ABSENT,
        Outcome.INCONCLUSIVE,
    ),
    Kind.PRACTICE: (Outcome.FOUND, Outcome.ABSENT, Outcome.INCONCLUSIVE),
}


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """3 for an error, 2 for a warning, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


class State(StrEnum):
    """Whether a finding counts: only new ones decide the exit code."""

    NEW = "new"
    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


class Status(StrEnum):
    """How much of a document was audited."""

    AUDITED = "audited"
    PARTIAL = "partial"
    NOT_AUDITED = "not-audited"


# What stands for a passage that is not to be shown; no passage consists of dots alone.
REDACTED = "\u2026\u2026\u2026"


class Evidence(NamedTuple):
    """A passage of the source: `quote` is exactly `source[start:end]`, or `REDACTED`.

    Lines and columns count from 1, columns in code points; `end_column` is exclusive. `marks` are the source offsets
    of the matched words inside the quote. `page` counts from 1 where a format has pages. `justification` says why the
    passage is accepted where its state is not new.
    """

    quote: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    marks: tuple[tuple[int, int], ...] = ()
    page: int | None = None
    fingerprint: str = ""
    state: State = State.NEW
    justification: str = ""


class NearMiss(NamedTuple):
    """A passage that came close to a missing disclosure, and what it lacks, in words for people."""

    evidence: Evidence
    lacks: tuple[str, ...]


class Grade(NamedTuple):
    """A step on the scale on which a rule tells how specific a disclosure is, from a named period to a mere phrase.

    `weak` tells a step that is below what the law asks. `evidence` is the passage that reaches it; empty where the
    step is told of the rule, or where the passage stands in another file of the same notice.
    """

    id: str
    title: str
    weak: bool = False
    evidence: tuple[Evidence, ...] = ()


class Verdict(NamedTuple):
    """What one rule says of one document. It is a finding when `severity` is not None.

    `line` and `column` say where a finding without evidence belongs: hidden text that holds it, the nearest heading of
    its topic, else 1, 1.
    `justification` says why the whole finding is accepted where its state is not new. `grade` is the most specific step
    that the disclosure reaches anywhere in the document; None where the rule has no scale or nothing fits.
    """

    rule: str
    kind: Kind
    outcome: Outcome
    message: str
    reference: str
    group: str | None = None
    severity: Severity | None = None
    because: str = ""
    remedy: str = ""
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    fingerprint: str = ""
    state: State = State.NEW
    line: int = 1
    column: int = 1
    justification: str = ""
    grade: Grade | None = None

    @property
    def is_finding(self) -> bool:
        """Whether the verdict carries a severity."""
        return self.severity is not None


class DocumentReport(NamedTuple):
    """One document's result. A document that was not audited has no verdicts."""

    path: str
    media_type: str
    sha256: str
    characters: int
    language: LanguageGuess
    status: Status
    problems: tuple[Problem, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


class RuleInfo(NamedTuple):
    """What a report repeats of a rule, so that it can be read without the pack.

    `in_force` is False for one that is not in force on the day of the report, so that its silence means nothing.
    `pack` is the id of the pack that it stands in, empty where nobody knows. `grades` is its scale, the most specific
    step first.
    """

    id: str
    title: str
    kind: Kind
    group: str | None
    references: tuple[str, ...]
    why: str
    remedy: str
    in_force: bool = True
    pack: str = ""
    grades: tuple[Grade, ...] = ()


class PackInfo(NamedTuple):
    """A rule pack by its id, version and the date of its last legal review (ISO 8601)."""

    id: str
    version: str
    reviewed: str = ""


class Skipped(NamedTuple):
    """A file of a walked folder that was left out, and why."""

    path: str
    reason: str


class Summary(NamedTuple):
    """Counts over all documents; `errors`, `warnings` and `notes` count new findings only."""

    documents: int = 0
    audited: int = 0
    incomplete: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    baselined: int = 0
    suppressed: int = 0
    exit_code: int = 0


class BaselineEntry(NamedTuple):
    """A passage of an accepted finding, or one without; `quote` is the start of the passage, empty where there is none.

    `path` is the document's from the root of the repository on.
    """

    path: str
    rule: str
    fingerprint: str
    quote: str = ""


class Report(NamedTuple):
    """Everything a renderer may know. `as_of` is an ISO 8601 date; documents are sorted by path.

    `configuration` holds findings about configuration files, such as a suppression that is no longer needed; these are
    no documents that were audited. `stale` lists what can be struck from the baseline. `idle`
    says why no document had to be audited, such as that none has changed; empty where one was or should have been.
    """

    version: str
    packs: tuple[PackInfo, ...]
    as_of: str
    rules: tuple[RuleInfo, ...]
    documents: tuple[DocumentReport, ...]
    skipped: tuple[Skipped, ...] = ()
    errors: tuple[str, ...] = ()
    summary: Summary = Summary()
    configuration: tuple[DocumentReport, ...] = ()
    stale: tuple[BaselineEntry, ...] = ()
    idle: str = ""

    @property
    def places(self) -> tuple[DocumentReport, ...]:
        """Everything that may hold findings: the documents, then the configuration."""
        return (*self.documents, *self.configuration)

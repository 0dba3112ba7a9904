"""More findings never lower the exit code."""

from hypothesis import given
from hypothesis import strategies as st

from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.gate import Threshold, exit_code
from privaudit.model import DocumentReport, Kind, Outcome, Report, Severity, State, Status, Verdict

verdicts = st.builds(
    Verdict,
    rule=st.sampled_from(["one", "two"]),
    kind=st.just(Kind.PRACTICE),
    outcome=st.just(Outcome.FOUND),
    message=st.just(""),
    reference=st.just(""),
    severity=st.none() | st.sampled_from(Severity),
    state=st.sampled_from(State),
)
documents = st.builds(
    DocumentReport,
    path=st.sampled_from(["a", "b"]),
    media_type=st.just("text/plain"),
    sha256=st.just(""),
    characters=st.just(1),
    language=st.just(UNKNOWN_LANGUAGE),
    status=st.sampled_from(Status),
    verdicts=st.lists(verdicts, max_size=4).map(tuple),
)
thresholds = st.builds(
    Threshold,
    severity=st.none() | st.sampled_from(Severity),
    rules=st.frozensets(st.sampled_from(["one", "two"])),
)
# 2 beats 3, and 3 beats 1.
RANK = {0: 0, 1: 1, 3: 2, 2: 3}


@given(st.lists(documents, min_size=1, max_size=3), verdicts, thresholds)
def test_more_findings_never_lower_the_exit_code(
    found: list[DocumentReport], more: Verdict, threshold: Threshold
) -> None:
    before = Report("1", (), "2026-11-24", (), tuple(found))
    longer = found[0]._replace(verdicts=(*found[0].verdicts, more))
    after = before._replace(documents=(longer, *found[1:]))
    assert RANK[exit_code(after, threshold)] >= RANK[exit_code(before, threshold)]

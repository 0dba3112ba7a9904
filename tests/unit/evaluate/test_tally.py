import math

import pytest

from privaudit.evaluate.tally import Counts, judged, mean, score, stances, total


@pytest.mark.parametrize(
    ("status", "outcome", "has_na", "counts"),
    [
        ("present", "present", True, Counts(tp=1)),
        ("present", "partial", True, Counts(tp=1)),
        ("present", "missing", True, Counts(fn=1, missing_fp=1)),
        ("present", "inconclusive", True, Counts(fn=1)),
        ("absent", "missing", True, Counts(tn=1, missing_tp=1)),
        ("absent", "partial", True, Counts(fp=1, missing_fn=1)),
        ("absent", "inconclusive", True, Counts(tn=1, missing_fn=1)),
        ("absent", "not-applicable", True, Counts(tn=1, missing_fn=1)),
        # Readers who never answer `na` cannot blame a tool that knows it.
        ("absent", "not-applicable", False, Counts(tn=1)),
        ("na", "missing", True, Counts(missing_fp=1)),
        ("na", "present", True, Counts()),
        ("partial", "missing", True, Counts(grey=1)),
        ("present", None, True, Counts(grey=1)),
    ],
)
def test_what_a_label_counts(status: str, outcome: str | None, has_na: bool, counts: Counts) -> None:
    assert judged(status, outcome, has_na) == counts


def test_scores() -> None:
    counts = total([Counts(tp=3, fp=1), Counts(fn=2, tn=4, missing_tp=1, missing_fn=3)])
    assert counts.disclosed[:2] == (0.75, 0.6)
    assert counts.disclosed.f1 == pytest.approx(2 / 3)
    assert counts.missing == (1.0, 0.25, 0.4)
    assert counts.accuracy == 0.7
    assert all(math.isnan(value) for value in score(0, 0, 0))
    assert mean([1.0, math.nan, 0.0]) == 0.5


def test_mechanisms_are_found_and_have_a_stance() -> None:
    wanted = {"shield": "relied-on", "harbor": "mentioned", "seal": "mentioned"}
    said = {"shield": "relied-on", "harbor": "relied-on", "odr": "relied-on", "law": "mentioned"}
    counts = stances(wanted, said, frozenset({"law"}), stance_open=False)
    assert counts == (2, 1, 1, 1, 1)
    assert counts.stance == 0.5
    assert stances(wanted, said, frozenset(), stance_open=True)[3:] == (0, 0)

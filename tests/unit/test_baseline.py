"""The baseline as values and as a file, from reports made by hand."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.baseline import Seen, baselined, entries_of, read_baseline, stale_entries, written
from privaudit.document import UNKNOWN_LANGUAGE
from privaudit.errors import UsageError
from privaudit.model import BaselineEntry, DocumentReport, Evidence, Kind, Outcome, Severity, State, Status, Verdict

RULES = ("tram", "complaint")


def piece(quote: str, fingerprint: str, state: State = State.NEW) -> Evidence:
    return Evidence(quote, 0, len(quote), 1, 1, 1, len(quote) + 1, fingerprint=fingerprint, state=state)


def tram(*evidence: Evidence, fingerprint: str = "whole") -> Verdict:
    return Verdict(
        "tram", Kind.PRACTICE, Outcome.FOUND, "", "", "vehicle", Severity.NOTE, evidence=evidence,
        fingerprint=fingerprint,
    )  # fmt: skip


def missing(state: State = State.NEW) -> Verdict:
    return Verdict(
        "complaint", Kind.DISCLOSURE, Outcome.MISSING, "", "", severity=Severity.ERROR, fingerprint="none", state=state
    )


def seen(*verdicts: Verdict, identity: str = "legal/a.md", status: Status = Status.AUDITED) -> Seen:
    report = DocumentReport("a.md", "text/markdown", "", 99, UNKNOWN_LANGUAGE, status, (), verdicts)
    return Seen(identity, report, RULES)


def entry(fingerprint: str, rule: str = "tram", path: str = "legal/a.md", quote: str = "") -> BaselineEntry:
    return BaselineEntry(path, rule, fingerprint, quote)


# -- what is recorded


def test_each_passage_and_each_finding_without_one() -> None:
    document = seen(tram(piece("A tram.", "f1"), piece("Two\n trams.", "f2")), missing())
    assert entries_of([document]) == (
        entry("none", "complaint"),
        entry("f1", quote="A tram."),
        entry("f2", quote="Two trams."),
    )


def test_what_is_suppressed_no_finding_or_about_a_suppression_is_not_recorded() -> None:
    about = missing()._replace(rule="suppression-unused", group="suppression")
    document = seen(
        tram(piece("A tram.", "f1", State.SUPPRESSED), piece("Trams.", "f2")),
        missing(State.SUPPRESSED),
        about,
        tram(piece("No.", "f3"))._replace(severity=None),
    )
    assert [one.fingerprint for one in entries_of([document])] == ["f2"]


def test_what_is_in_the_baseline_already_is_recorded_again() -> None:
    document = seen(tram(piece("A tram.", "f1", State.BASELINED)), missing(State.BASELINED))
    assert [one.fingerprint for one in entries_of([document])] == ["none", "f1"]


def test_a_long_quote_is_cut_and_a_suppression_in_it_left_out() -> None:
    quote = 'A tram <!-- privaudit: ignore bus reason="agreed" -->' + " and another" * 20
    start = entries_of([seen(tram(piece(quote, "f1")))])[0].quote
    assert start.startswith("A tram and another and")
    assert start.endswith("…")
    assert len(start) <= 81


# -- the file


def test_an_entry_is_a_line_sorted_by_path_and_rule() -> None:
    text = written([entry("f1"), entry("none", "complaint"), entry("f9", path="a.md", quote="Ett spårvagnsljud")])
    assert text == (
        '{"schema": "privaudit-baseline/1", "entries": [\n'
        '{"path": "a.md", "rule": "tram", "fingerprint": "f9", "quote": "Ett spårvagnsljud"},\n'
        '{"path": "legal/a.md", "rule": "complaint", "fingerprint": "none"},\n'
        '{"path": "legal/a.md", "rule": "tram", "fingerprint": "f1"}\n'
        "]}\n"
    )
    assert written([]) == '{"schema": "privaudit-baseline/1", "entries": []}\n'


texts = st.text(max_size=8) | st.just("a\udcff.md")
entries = st.lists(st.builds(BaselineEntry, texts, texts, texts, texts), max_size=6)


@given(entries, st.randoms())
def test_what_is_written_is_read_in_whatever_order(made: list[BaselineEntry], random: object) -> None:
    text = written(made)
    text.encode()
    assert read_baseline(text, "b.json") == tuple(sorted(set(made)))
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert written(shuffled) == text
    assert len(text.splitlines()) >= len(made)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "b.json: is no JSON: "),
        ("{", "b.json: is no JSON: "),
        ("[" * 100_000, "b.json: is no JSON: "),
        ("[]", "b.json: cannot be read: it is no baseline, whose schema is 'privaudit-baseline/1'"),
        ('{"schema": "privaudit-report/1"}', "it is no baseline"),
        ('{"schema": "privaudit-baseline/2", "entries": []}', "a newer version of privaudit wrote it"),
        ('{"schema": "privaudit-baseline/1"}', "an entry without path, rule and fingerprint"),
        ('{"schema": "privaudit-baseline/1", "entries": 3}', "an entry without path, rule and fingerprint"),
        ('{"schema": "privaudit-baseline/1", "entries": ["x"]}', "an entry without path, rule and fingerprint"),
        ('{"schema": "privaudit-baseline/1", "entries": [{"path": "a", "rule": "b"}]}', "an entry without"),
        (
            '{"schema": "privaudit-baseline/1", "entries": [{"path": 1, "rule": "b", "fingerprint": "c"}]}',
            "an entry without",
        ),
        (
            '{"schema": "privaudit-baseline/1", "entries": [\n<<<<<<< HEAD\n=======\n>>>>>>> x\n]}',
            "b.json:2: holds the",
        ),
        ('{"schema": "privaudit-baseline/1", "entries": [\r\n{},\r\n=======\r\n]}', "b.json:3: holds the marks of a"),
    ],
)
def test_what_is_no_baseline_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_baseline(text, "b.json")
    assert told in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (["a.md"], ["z.md"]),
        (["b.md", "d.md"], ["x.md"]),
    ],
)
def test_entries_of_two_branches_merge(tmp_path: Path, ours: list[str], theirs: list[str]) -> None:
    base = [entry("f1", path=path) for path in ("c.md", "e.md", "m.md", "y.md")]
    branches = {"base": [], "ours": ours, "theirs": theirs}
    for name, more in branches.items():
        (tmp_path / name).write_text(written([*base, *(entry("f2", path=path) for path in more)]))
    merged = subprocess.run(
        ["git", "merge-file", "-p", *(str(tmp_path / name) for name in ("ours", "base", "theirs"))],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [one.path for one in read_baseline(merged, "b.json")] == sorted(
        [*ours, *theirs, *(one.path for one in base)]
    )


# -- what it accepts


def test_passages_are_marked_one_by_one() -> None:
    report = baselined(seen(tram(piece("a", "f1"), piece("b", "f2")), missing()).report, {"f1", "none"})
    assert [[one.state for one in verdict.evidence] for verdict in report.verdicts] == [
        [State.BASELINED, State.NEW],
        [],
    ]
    assert [verdict.state for verdict in report.verdicts] == [State.NEW, State.BASELINED]
    assert [verdict.justification for verdict in report.verdicts] == ["", "in the baseline"]


def test_the_fingerprint_of_the_whole_accepts_no_passage() -> None:
    report = baselined(seen(tram(piece("a", "f1"))).report, {"whole"})
    assert report.verdicts[0].state is State.NEW


def test_what_is_suppressed_stays_so() -> None:
    report = baselined(seen(missing(State.SUPPRESSED)).report, {"none"})
    assert report.verdicts[0].state is State.SUPPRESSED


@given(st.lists(st.sampled_from(["f1", "f2", "f3"]), unique=True), st.booleans())
def test_a_baseline_of_a_report_accepts_all_of_it(prints: list[str], lacks: bool) -> None:
    whole = seen(tram(*(piece(one, one) for one in prints)), *((missing(),) if lacks else ()))
    known = {one.fingerprint for one in entries_of([whole])}
    report = baselined(whole.report, known)
    assert not any(one.state is State.NEW for one in report.verdicts)
    assert stale_entries(entries_of([whole]), [whole]) == ()


# -- what is no longer needed


def test_an_entry_is_stale_once_its_finding_is_mended() -> None:
    one = entry("f1")
    assert stale_entries([one], [seen(tram(piece("a", "f1")))]) == ()
    assert stale_entries([one], [seen(tram(piece("a", "f2")))]) == (one,)
    assert stale_entries([one], [seen(tram(piece("a", "f1", State.SUPPRESSED)))]) == ()


def test_a_missing_disclosure_that_becomes_partial_leaves_a_stale_entry() -> None:
    partial = missing()._replace(outcome=Outcome.PARTIAL, evidence=(piece("a", "f1"),), fingerprint="other")
    assert stale_entries([entry("none", "complaint")], [seen(partial)]) == (entry("none", "complaint"),)


def test_what_this_run_cannot_know_is_not_stale() -> None:
    one = entry("f1")
    assert stale_entries([one], []) == ()
    assert stale_entries([one], [seen(identity="legal/b.md")]) == ()
    assert stale_entries([one], [seen(status=Status.PARTIAL)]) == ()
    assert stale_entries([entry("f1", "not-judged")], [seen()]) == ()


def test_entries_of_files_and_rules_that_are_gone_are_stale() -> None:
    one = entry("f1")
    assert stale_entries([one], [], {"legal/a.md"}) == (one,)
    other = entry("f1", "dropped")
    assert stale_entries([other], [seen()], (), {"tram"}) == (other,)


def test_the_file_is_json_that_others_read() -> None:
    data = json.loads(written([entry("f1", quote='"quoted"\n')]))
    assert data["entries"] == [{"path": "legal/a.md", "rule": "tram", "fingerprint": "f1", "quote": '"quoted"\n'}]

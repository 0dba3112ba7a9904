"""Notices of several files: one text to judge, each file's own places in what is told."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privaudit.cli.main import run
from privaudit.document import Document, LanguageGuess, LineTable, Problem
from privaudit.model import (
    DocumentReport,
    Evidence,
    Kind,
    NearMiss,
    Outcome,
    Severity,
    State,
    Status,
    Verdict,
)
from privaudit.notice import gathered, join, shared_out
from privaudit.read import read_document

FIRST = "# Privacy\n\nOakfield Ltd is the controller: write to privacy@oakfield.example.\n\n* We keep\n* your orders\n"
SECOND = "<h2>Cookies &amp; more</h2><p>You may  object to <a href='https://x.example'>this</a>.</p>"


def read(name: str, text: str) -> Document:
    one = read_document(name, text.encode())
    return one._replace(languages=("en",) * len(one.blocks), sentences=tuple((block.span,) for block in one.blocks))


def evidence(document: Document, quote: str) -> Evidence:
    start = document.source.index(quote)
    line, column = document.lines.place(start)
    marks = ((start, start + 2),)
    return Evidence(quote, start, start + len(quote), line, column, line, column + len(quote), marks, fingerprint=quote)


@given(st.permutations([("a.md", FIRST), ("b.html", SECOND), ("c.txt", "We share it.\n\nNobody else.\n")]))
def test_every_block_of_the_whole_is_the_block_of_its_file(files: list[tuple[str, str]]) -> None:
    parts = [read(*one) for one in files]
    joined = join(parts)
    whole = joined.document
    position = 0
    for number, part in enumerate(parts):
        for block, spans in zip(part.blocks, part.sentences, strict=True):
            mine = whole.blocks[position]
            assert mine.index == position
            assert mine.kind is block.kind
            assert whole.text(mine.span) == part.text(block.span)
            quote, place = whole.quote(mine.span)
            assert quote == part.quote(block.span)[0]
            assert joined.file_of(place.start) == number
            assert whole.lines.place(place.start) == part.lines.place(part.quote(block.span)[1].start)
            assert [whole.text(span) for span in whole.sentences[position]] == [part.text(span) for span in spans]
            assert [whole.text(whole.blocks[one].span) for one in (*mine.headings, *mine.lead_ins)] == [
                part.text(part.blocks[one].span) for one in (*block.headings, *block.lead_ins)
            ]
            assert [(one.target, whole.text(one.text), whole.source[slice(*one.source)]) for one in mine.links] == [
                (one.target, part.text(one.text), part.source[slice(*one.source)]) for one in block.links
            ]
            position += 1
    assert position == len(whole.blocks)
    groups = [
        {block.group for block in whole.blocks if joined.file_of(whole.quote(block.span)[1].start) == n}
        for n in range(3)
    ]
    assert not groups[0] & groups[1] | groups[1] & groups[2] | groups[0] & groups[2]


def verdict(outcome: Outcome, *pieces: Evidence, severity: Severity | None = Severity.ERROR) -> Verdict:
    return Verdict("a-rule", Kind.DISCLOSURE, outcome, "m", "", severity=severity, evidence=pieces, line=9, column=9)


def test_passages_go_to_the_file_in_which_they_stand_with_its_offsets() -> None:
    joined = join([read("a.md", FIRST), read("b.html", SECOND)])
    there = evidence(joined.document, "You may  object")
    first, second = shared_out([verdict(Outcome.PARTIAL, there)], joined, "Oakfield")
    assert (first[0].severity, first[0].evidence) == (None, ())
    assert first[0].because == "stands in b.html of the notice Oakfield"
    (piece,) = second[0].evidence
    assert SECOND[piece.start : piece.end] == piece.quote
    assert SECOND[slice(*piece.marks[0])] == "Yo"
    assert piece.line == 1
    assert second[0].severity is Severity.ERROR


def test_what_is_missing_is_told_once_of_the_first_file() -> None:
    joined = join([read("a.md", FIRST), read("b.html", SECOND)])
    near = NearMiss(evidence(joined.document, "You may"), ("x",))
    first, second = shared_out([verdict(Outcome.MISSING)._replace(near_misses=(near,))], joined, "Oakfield")
    assert (first[0].severity, first[0].line, first[0].near_misses) == (Severity.ERROR, 1, ())
    assert (second[0].severity, second[0].outcome) == (None, Outcome.MISSING)
    assert second[0].because == "told of a.md for the whole notice Oakfield"


def test_what_came_close_is_told_of_its_file() -> None:
    joined = join([read("a.md", FIRST), read("b.html", SECOND)])
    near = NearMiss(evidence(joined.document, "You may"), ("x",))
    _, second = shared_out([verdict(Outcome.MISSING)._replace(near_misses=(near,))], joined, "Oakfield")
    [miss] = second[0].near_misses
    assert SECOND[miss.evidence.start : miss.evidence.end] == "You may"


def report(path: str, status: Status, *verdicts: Verdict) -> DocumentReport:
    language = LanguageGuess("en", 1.0, "option")
    return DocumentReport(path, "text/markdown", "0", 5, language, status, (Problem("p", "why"),), verdicts)


def test_what_was_shared_out_is_put_together_again() -> None:
    joined = join([read("a.md", FIRST), read("b.html", SECOND)])
    told = [
        verdict(Outcome.PARTIAL, evidence(joined.document, "We keep"), evidence(joined.document, "You may")),
        verdict(Outcome.MISSING)._replace(rule="b-rule"),
        verdict(Outcome.PRESENT, evidence(joined.document, "You may"), severity=None)._replace(rule="c-rule"),
    ]
    first, second = shared_out(told, joined, "Oakfield")
    reports = [report("a.md", Status.AUDITED, *first), report("b.html", Status.AUDITED, *second)]
    whole = gathered(reports, joined.starts)
    assert [(one.rule, one.outcome, one.severity, one.evidence) for one in whole.verdicts] == [
        (one.rule, one.outcome, one.severity, one.evidence) for one in told
    ]
    assert (whole.path, whole.status, whole.characters) == ("a.md", Status.AUDITED, 10)
    assert [one.message for one in whole.problems] == ["a.md: why", "b.html: why"]


def test_a_finding_counts_as_long_as_one_file_has_not_accepted_it() -> None:
    joined = join([read("a.md", FIRST), read("b.html", SECOND)])
    pieces = (evidence(joined.document, "We keep"), evidence(joined.document, "You may"))
    shares = shared_out([verdict(Outcome.PARTIAL, *pieces)], joined, "Oakfield")
    accepted = [[one._replace(state=State.SUPPRESSED) for one in share] for share in shares]

    def state(*verdicts: Sequence[Verdict]) -> State:
        reports = [report(f"{at}.md", Status.AUDITED, *some) for at, some in enumerate(verdicts)]
        return gathered(reports, joined.starts).verdicts[0].state

    assert state(accepted[0], accepted[1]) is State.SUPPRESSED
    assert state(accepted[0], shares[1]) is State.NEW


def test_a_whole_is_read_in_part_where_a_file_is_not_read() -> None:
    unread = report("a.md", Status.NOT_AUDITED)
    assert gathered([unread, unread], [0, 0]).status is Status.NOT_AUDITED
    whole = gathered([unread, report("b.md", Status.AUDITED)], [0, 0])
    assert (whole.status, whole.path) == (Status.PARTIAL, "b.md")


@pytest.fixture
def in_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRIVAUDIT_CACHE_DIR", str(tmp_path / ".cache"))
    whole = (Path(__file__).parents[2] / "samples" / "complete.md").read_text(encoding="utf-8")
    cut = whole.index("\n## ", len(whole) // 2)
    Path("legal").mkdir()
    Path("legal/privacy.md").write_text(whole[:cut], encoding="utf-8")
    Path("legal/rights.md").write_text(f"# Your rights\n{whole[cut:]}", encoding="utf-8")
    Path("privaudit.yaml").write_text("notices: [{name: Oakfield, files: [/legal/privacy.md, /legal/rights.md]}]\n")
    return tmp_path


@pytest.mark.parametrize("named", [".", "legal", "legal/rights.md", "legal/privacy.md"])
def test_a_notice_in_two_files_is_whole_whichever_of_them_is_named(
    in_two_files: Path, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    assert in_two_files.is_dir()
    assert run(["check", named, "--format", "json"]) == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert [document["path"] for document in documents] == ["legal/privacy.md", "legal/rights.md"]
    for document in documents:
        text = Path(document["path"]).read_text(encoding="utf-8")
        pieces = [piece for one in document["verdicts"] for piece in one["evidence"]]
        assert pieces
        assert all(text[piece["start"] : piece["end"]] == piece["quote"] for piece in pieces)


def test_without_the_configuration_each_lacks_what_the_other_says(
    in_two_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_two_files.is_dir()
    assert run(["check", "legal", "--isolated"]) == 1
    assert "legal/rights.md:" in capsys.readouterr().out


def test_a_file_of_the_notice_that_cannot_be_read_leaves_the_rest_inconclusive(
    in_two_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("legal/rights.md").write_bytes(b"\x00\x01\x02%PDF")
    assert in_two_files.is_dir()
    assert run(["check", "legal", "--format", "json"]) == 3
    (first, second) = json.loads(capsys.readouterr().out)["documents"]
    assert second["status"] == "not-audited"
    assert not [one["rule"] for one in first["verdicts"] if one["outcome"] in ("missing", "absent")]


def test_a_file_in_two_notices_is_wrong_use(in_two_files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_two_files.is_dir()
    notices = "notices:\n- {name: One, files: [legal/]}\n- {name: Two, files: [rights.md]}\n"
    Path("privaudit.yaml").write_text(notices, encoding="utf-8")
    assert run(["check", "legal"]) == 2
    assert capsys.readouterr().err == (
        "error: privaudit.yaml:3: legal/rights.md belongs to the notice 'One' already; name it in one of them\n"
    )


def test_the_pages_of_a_file_stay_its_own() -> None:
    text, paged = read("a.md", FIRST), read("b.txt", "We share it.\n\nNobody else.\n")
    paged = paged._replace(lines=LineTable(paged.source, ((0, 1), (14, 2))))
    whole = join([text, paged]).document
    assert whole.lines.page(whole.source.index("We keep")) is None
    assert whole.lines.page(whole.source.index("We share")) == 1
    assert whole.lines.page(whole.source.index("Nobody")) == 2


def test_a_pattern_that_means_no_file_is_wrong_use(in_two_files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert in_two_files.is_dir()
    Path("legal/rights.md").unlink()
    assert run(["check", "legal"]) == 2
    assert capsys.readouterr().err == (
        "error: privaudit.yaml:1: no file of the notice 'Oakfield' is meant by '/legal/rights.md'\n"
    )

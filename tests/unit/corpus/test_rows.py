from datetime import date
from typing import Any

from privaudit.corpus.record import Record
from privaudit.corpus.rows import Result, Row, Showing, result_of
from privaudit.corpus.tally import Tally
from privaudit.document import LanguageGuess, Problem
from privaudit.model import DocumentReport, Evidence, Grade, Kind, Outcome, PackInfo, Severity, State, Status, Verdict

RECORD = Record("a.jsonl", 4, "x", "https://x.example")
DAY = date(2020, 5, 1)
PACKS = (PackInfo("gdpr", "1"), PackInfo("own", "2"))


def evidence(quote: str, line: int, state: State = State.NEW) -> Evidence:
    return Evidence(quote, 10 * line, 10 * line + len(quote), line, 1, line, 5, state=state)


def verdict(rule: str, kind: Kind, outcome: Outcome, severity: Severity | None = None, **more: Any) -> Verdict:
    return Verdict(rule, kind, outcome, "message", "reference", severity=severity)._replace(**more)


def report(*verdicts: Verdict, status: Status = Status.AUDITED, problems: tuple[Problem, ...] = ()) -> DocumentReport:
    return DocumentReport("p", "text/plain", "", 9, LanguageGuess("en", 1.0, "html"), status, problems, verdicts)


def result(made: DocumentReport, record: Record = RECORD, showing: Showing | None = None) -> Result:
    return result_of(record, made, DAY, PACKS, showing or Showing())


MISSING = verdict("complaint", Kind.DISCLOSURE, Outcome.MISSING, Severity.ERROR, line=3)
PRESENT = verdict("controller", Kind.DISCLOSURE, Outcome.PRESENT, evidence=(evidence("We are X.", 1),))
RELIED = verdict(
    "shield", Kind.OUTDATED, Outcome.RELIED_ON, Severity.WARNING, group="shields",
    evidence=(evidence("accepted", 5, State.SUPPRESSED), evidence("under the Shield", 7)),
)  # fmt: skip


def test_a_row_for_each_finding_with_the_first_passage_that_counts() -> None:
    missing, relied = result(report(MISSING, PRESENT, RELIED)).rows
    common: dict[str, Any] = {
        "document_id": "x", "url": "https://x.example", "date": "2020-05-01", "language": "en", "status": "audited",
        "pack_version": "gdpr 1, own 2", "problem": None, "state": "new", "shard": "a.jsonl", "record": 4,
    }  # fmt: skip
    assert missing == Row(
        **common, rule="complaint", group=None, kind="disclosure", outcome="missing", severity="error", grade=None,
        quote=None, line=3, start=None, end=None,
    )  # fmt: skip
    assert relied == Row(
        **common, rule="shield", group="shields", kind="outdated", outcome="relied-on", severity="warning",
        grade=None, quote="under the Shield", line=7, start=70, end=86,
    )  # fmt: skip


def test_every_verdict_where_all_are_wanted_and_no_words_where_they_are_not() -> None:
    rows = result(report(MISSING, PRESENT, RELIED), showing=Showing(True, True)).rows
    assert [(row.rule, row.quote, row.start) for row in rows] == [
        ("complaint", None, None), ("controller", None, 10), ("shield", None, 70),
    ]  # fmt: skip
    # Without a passage, only a finding belongs anywhere.
    absent = verdict("tram", Kind.PRACTICE, Outcome.ABSENT)
    assert [row.line for row in result(report(absent), showing=Showing(True)).rows] == [None]


def test_a_row_names_the_grade_of_a_disclosure() -> None:
    graded = PRESENT._replace(grade=Grade("full", "Name and address", weak=False))
    (row,) = result(report(graded), showing=Showing(True)).rows
    assert (row.rule, row.grade) == ("controller", "full")


def test_a_record_without_a_finding_is_a_row_all_the_same() -> None:
    (row,) = result(report(PRESENT)).rows
    assert (row.rule, row.problem, row.status, row.document_id) == (None, None, "audited", "x")


def test_what_was_not_audited_is_a_row_with_its_problem() -> None:
    problems = (Problem("a", "first"), Problem("b", "second"))
    (row,) = result(report(status=Status.NOT_AUDITED, problems=problems)).rows
    assert (row.rule, row.problem, row.status) == (None, "first; second", "not-audited")


def test_a_repeated_id_is_told_in_each_of_its_rows_and_counts_as_audited() -> None:
    made = result(report(MISSING, RELIED), RECORD._replace(repeated=True))
    assert [row.problem for row in made.rows] == ["an earlier record has the same id"] * 2
    assert (made.status, made.repeated) == (Status.AUDITED, True)


def test_damage_is_no_document() -> None:
    record = Record("a.jsonl", 4, fault="is cut short", damage=True)
    made = result(report(status=Status.NOT_AUDITED, problems=(Problem("a", "is cut short"),)), record)
    assert (made.status, made.damage, made.outcomes) == (None, "a.jsonl: is cut short", ())
    assert (made.rows[0].document_id, made.rows[0].problem, made.rows[0].date) == ("a.jsonl:4", "is cut short", None)


def test_of_a_group_the_rule_that_says_most_counts() -> None:
    def of(*outcomes: tuple[Outcome, Severity | None]) -> list[tuple[str, str, str]]:
        verdicts = [verdict(f"r{at}", Kind.OUTDATED, *one, group="g") for at, one in enumerate(outcomes)]
        return list(result(report(*verdicts)).outcomes)

    absent, unsure = (Outcome.ABSENT, None), (Outcome.INCONCLUSIVE, None)
    mentioned, good = (Outcome.MENTIONED, None), (Outcome.RELIED_ON, None)
    relied = (Outcome.RELIED_ON, Severity.ERROR)
    assert of(absent, unsure, absent) == [("outdated", "g", "inconclusive")]
    assert of(mentioned, unsure) == [("outdated", "g", "mentioned")]
    assert of(mentioned, good) == [("outdated", "g", "relied-on-in-force")]
    assert of(good, relied, mentioned) == [("outdated", "g", "relied-on")]
    assert list(result(report(MISSING, PRESENT)).outcomes) == [
        ("disclosure", "complaint", "missing"), ("disclosure", "controller", "present"),
    ]  # fmt: skip


def test_a_tally_adds_up_and_can_be_written_down() -> None:
    first, second = Tally(), Tally()
    first.add(result(report(MISSING, RELIED)))
    second.add(result(report(MISSING), RECORD._replace(repeated=True)))
    second.add(Result(skipped=True))
    second.add(Result((), damage="a: is cut short"))
    first.include(Tally.kept(second.to_keep()))
    assert first.documents == {("audited", "en"): 2}
    assert first.outcomes["audited", "disclosure", "complaint", "missing"] == 2
    assert (first.rows, first.repeated, first.skipped, first.damage) == (3, 1, 1, ["a: is cut short"])

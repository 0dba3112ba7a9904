from datetime import date, timedelta

import pytest

from privaudit.document import Document, LanguageGuess, Problem
from privaudit.gate import Threshold
from privaudit.model import (
    DocumentReport,
    Kind,
    Outcome,
    PackInfo,
    Report,
    Severity,
    Skipped,
    State,
    Status,
    Verdict,
)
from privaudit.read import read_document
from privaudit.report import assemble, document_report, rule_info, unread_report
from privaudit.rulepack.schema import Period, Place, Rule, RuleSet

DAY = date(2026, 11, 22)


def ruleset(*rules: Rule) -> RuleSet:
    return RuleSet((PackInfo("house", "1"),), rules, {}, {}, (), (), ())


def rule(name: str, kind: Kind = Kind.DISCLOSURE) -> Rule:
    return Rule(name, f"Title of {name}", kind, Place("x.yaml", 1, 1), ("GDPR Art. 13",), "why", "fix", (), "a-group")


def verdict(
    name: str, kind: Kind = Kind.DISCLOSURE, severity: Severity | None = None, state: State = State.NEW
) -> Verdict:
    return Verdict(name, kind, Outcome.MISSING, "m", "r", severity=severity, state=state)


def audited(path: str, *verdicts: Verdict, status: Status = Status.AUDITED) -> DocumentReport:
    return DocumentReport(path, "text/plain", "0", 10, LanguageGuess("en", 1.0, "option"), status, (), verdicts)


def assembled(*documents: DocumentReport, rules: tuple[Rule, ...] = (), **more: tuple[Skipped, ...]) -> Report:
    return assemble("1.0", ruleset(*rules), rules, documents, as_of=DAY, threshold=Threshold(), **more)  # type: ignore[arg-type]


@pytest.fixture
def notice() -> Document:
    return read_document("notice.txt", "Wir löschen.\n".encode())


def test_a_document_is_reported_by_what_was_read_of_it(notice: Document) -> None:
    one = document_report(notice._replace(language=LanguageGuess("de", 0.8, "detected")), (), ())
    assert (one.path, one.media_type, one.characters, one.language.code) == ("notice.txt", "text/plain", 13, "de")
    assert one.sha256 == notice.sha256
    assert len(one.sha256) == 64
    assert one.status is Status.AUDITED


def test_problems_of_reading_and_of_judging_come_together_and_make_it_partial(notice: Document) -> None:
    broken = notice._replace(problems=(Problem("html-broken", "broken"),))
    one = document_report(broken, (verdict("a"),), (Problem("rule-inconclusive", "a: no words"),))
    assert one.status is Status.PARTIAL
    assert [problem.code for problem in one.problems] == ["html-broken", "rule-inconclusive"]
    assert [found.rule for found in one.verdicts] == ["a"]


def test_a_guessed_encoding_leaves_the_document_whole(notice: Document) -> None:
    guessed = notice._replace(problems=(Problem("encoding-guessed", "read as cp1252"),))
    one = document_report(guessed, (), ())
    assert one.status is Status.AUDITED
    assert [problem.code for problem in one.problems] == ["encoding-guessed"]


def test_verdicts_come_by_kind_and_rule(notice: Document) -> None:
    given = (verdict("a", Kind.PRACTICE), verdict("z"), verdict("b", Kind.OUTDATED), verdict("c"))
    assert [one.rule for one in document_report(notice, given, ()).verdicts] == ["c", "z", "b", "a"]


def test_a_document_that_was_not_read_has_no_verdicts_and_says_why() -> None:
    one = unread_report("x.md", "text/markdown", "abc", "the file is empty")
    assert one.status is Status.NOT_AUDITED
    assert one.verdicts == ()
    assert one.problems == (Problem("not-read", "the file is empty"),)
    assert (one.language.code, one.characters, one.sha256) == (None, 0, "abc")


def test_a_report_repeats_its_rules() -> None:
    info = rule_info(rule("a-rule"), DAY)
    assert info[:5] == ("a-rule", "Title of a-rule", Kind.DISCLOSURE, "a-group", ("GDPR Art. 13",))
    assert info[5:] == ("why", "fix", True, "", ())
    assert rule_info(rule("a-rule")._replace(pack="own"), DAY).pack == "own"


def test_a_report_says_which_rules_are_not_in_force_on_its_day() -> None:
    later = rule("a-rule")._replace(in_force=Period(DAY + timedelta(days=1)))
    assert [rule_info(later, day).in_force for day in (DAY, DAY + timedelta(days=1))] == [False, True]


def test_everything_is_sorted() -> None:
    rules = (rule("p", Kind.PRACTICE), rule("b"), rule("o", Kind.OUTDATED), rule("a"))
    skipped = (Skipped("z.md", "x"), Skipped("y.md", "x"))
    one = assembled(audited("b.md"), audited("a.md"), rules=rules, skipped=skipped)
    assert [info.id for info in one.rules] == ["a", "b", "o", "p"]
    assert [document.path for document in one.documents] == ["a.md", "b.md"]
    assert [skip.path for skip in one.skipped] == ["y.md", "z.md"]
    assert (one.version, one.as_of, one.packs) == ("1.0", "2026-11-22", (PackInfo("house", "1"),))


def test_new_findings_are_counted_by_level_and_others_by_state() -> None:
    error, warning, note = Severity.ERROR, Severity.WARNING, Severity.NOTE
    summary = assembled(
        audited("a.md", verdict("a", severity=error), verdict("b", severity=error), verdict("c", severity=warning)),
        audited(
            "b.md",
            verdict("a", severity=note),
            verdict("b", severity=error, state=State.BASELINED),
            verdict("c", severity=warning, state=State.SUPPRESSED),
            verdict("d", severity=note, state=State.SUPPRESSED),
            verdict("e"),
            verdict("f", state=State.BASELINED),
        ),
    ).summary
    assert (summary.errors, summary.warnings, summary.notes) == (2, 1, 1)
    assert (summary.baselined, summary.suppressed) == (1, 2)


def test_documents_are_counted_by_how_far_they_were_audited() -> None:
    one = assembled(audited("a.md"), audited("b.md", status=Status.PARTIAL), audited("c.md", status=Status.NOT_AUDITED))
    assert (one.summary.documents, one.summary.audited, one.summary.incomplete) == (3, 2, 2)
    assert one.summary.exit_code == 3


@pytest.mark.parametrize(
    ("found", "code"),
    [(verdict("a", severity=Severity.ERROR), 1), (verdict("a", severity=Severity.NOTE), 0), (verdict("a"), 0)],
)
def test_the_exit_code_is_part_of_the_summary(found: Verdict, code: int) -> None:
    assert assembled(audited("a.md", found)).summary.exit_code == code


def test_an_error_is_kept_and_beats_everything() -> None:
    one = assemble(
        "1.0",
        ruleset(),
        (),
        [audited("a.md", status=Status.NOT_AUDITED)],
        as_of=DAY,
        errors=["x.md: no such file or folder"],
        threshold=Threshold(),
    )
    assert one.errors == ("x.md: no such file or folder",)
    assert one.summary.exit_code == 2


def test_no_document_is_wrong_use() -> None:
    assert assembled().summary.exit_code == 2

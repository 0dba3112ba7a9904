import json
from typing import Any

from privaudit.document import LanguageGuess, Problem
from privaudit.model import NearMiss, Outcome, Report, Severity, Skipped, State, Status, Summary
from privaudit.render.json import render
from tests.unit.render.reports import document, missing, passage, present, relied_on, report


def parsed(one: Report) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(one))
    return data


def test_the_head_follows_the_contract_in_its_order() -> None:
    summary = Summary(2, 1, 1, 3, 2, 1, 4, 5, 1)
    data = parsed(report(document(missing()), summary=summary, skipped=(Skipped("README.md", "no notice"),)))
    assert list(data) == ["schema", "tool", "packs", "as_of", "rules", "summary", "skipped", "documents"]
    assert data["schema"] == "privaudit-report/1"
    assert data["tool"] == {"name": "privaudit", "version": "1.2.3"}
    assert data["packs"] == [{"id": "house", "version": "1.10", "reviewed": "2026-01-31"}]
    assert data["as_of"] == "2026-11-22"
    assert data["rules"] == [
        {
            "id": "a-rule", "pack": "", "title": "A title", "kind": "disclosure", "group": None,
            "references": ["GDPR Art. 13"], "why": "why", "remedy": "fix",
        }
    ]  # fmt: skip
    assert data["summary"] == {
        "documents": 2, "audited": 1, "incomplete": 1, "errors": 3, "warnings": 2, "notes": 1, "baselined": 4,
        "suppressed": 5, "exit_code": 1,
    }  # fmt: skip
    assert data["skipped"] == [{"path": "README.md", "reason": "no notice"}]


def test_a_document_follows_the_contract() -> None:
    problems = (Problem("language-uncovered", "no words for Danish"),)
    one = document(language=LanguageGuess("da", 0.9, "file-name"), status=Status.PARTIAL, problems=problems)
    assert parsed(report(one))["documents"] == [
        {
            "path": "privacy.md", "media_type": "text/markdown", "sha256": "0" * 64, "characters": 12345,
            "language": {"code": "da", "confidence": 0.9, "source": "file-name"}, "status": "partial",
            "problems": [{"code": "language-uncovered", "message": "no words for Danish"}], "verdicts": [],
        }
    ]  # fmt: skip


def test_a_verdict_follows_the_contract() -> None:
    evidence = passage("We rely on it.", 41, 2, "rely", fingerprint="f1", state=State.BASELINED)
    one = relied_on(evidence, group="a-group", because="since", remedy="fix", fingerprint="f0", line=41, column=2)
    assert parsed(report(document(one)))["documents"][0]["verdicts"] == [
        {
            "rule": "b-rule", "group": "a-group", "kind": "outdated", "outcome": "relied-on", "severity": "warning",
            "message": "Relied on.", "reference": "Decision", "because": "since", "remedy": "fix",
            "fingerprint": "f0", "state": "new", "line": 41, "column": 2,
            "evidence": [
                {
                    "quote": "We rely on it.", "line": 41, "column": 2, "end_line": 41, "end_column": 16,
                    "start": 100, "end": 114, "page": None, "marks": [[103, 107]], "fingerprint": "f1",
                    "state": "baselined",
                }
            ],
            "near_misses": [],
        }
    ]  # fmt: skip


def test_severity_is_null_unless_the_verdict_is_a_finding() -> None:
    verdicts = parsed(report(document(present(), missing(severity=Severity.NOTE))))["documents"][0]["verdicts"]
    assert [one["severity"] for one in verdicts] == [None, "note"]
    assert verdicts[0]["outcome"] == Outcome.PRESENT.value


def test_near_misses_name_the_passage_and_what_it_lacks() -> None:
    one = missing(near_misses=(NearMiss(passage("We keep it.", 7), ("a time", "a reason")),))
    (miss,) = parsed(report(document(one)))["documents"][0]["verdicts"][0]["near_misses"]
    assert miss["lacks"] == ["a time", "a reason"]
    assert (miss["evidence"]["quote"], miss["evidence"]["line"]) == ("We keep it.", 7)


def test_a_quote_is_never_cut_or_changed() -> None:
    quote = "“Ä\x1b[31m\n\t\u202e\x00 </script> 😀 " + "long " * 500
    verdicts = parsed(report(document(present(passage(quote)))))["documents"][0]["verdicts"]
    assert verdicts[0]["evidence"][0]["quote"] == quote


def test_no_control_character_is_written_raw() -> None:
    text = render(report(document(path="x\x1b[31m\x07\r.md")))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\r" not in text


def test_a_path_that_is_no_text_can_be_written() -> None:
    text = render(report(document(path="a\udcff😀.md")))
    assert text.encode().decode() == text
    assert json.loads(text)["documents"][0]["path"] == "a\\xff😀.md"


def test_letters_stay_readable_and_the_text_ends_with_a_line_feed() -> None:
    text = render(report(document(path="säkerhet.md")))
    assert '"säkerhet.md"' in text
    assert text.endswith("}\n")


def test_errors_are_told_when_there_are_any() -> None:
    assert parsed(report(document(), errors=("x.md: no such file or folder",)))["errors"] == [
        "x.md: no such file or folder"
    ]
    assert "errors" not in parsed(report(document()))


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(report(document(missing()))) == render(report(document(missing())))

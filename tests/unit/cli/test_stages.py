import hashlib
import sys
from io import StringIO

import pytest

from privaudit.cli.stages import Read, is_no_notice, left_out, nothing_found, read_source, unread, with_progress
from privaudit.discover import Source
from privaudit.engine import Searched
from privaudit.model import Skipped, Status
from tests.unit.match.worlds import ENGLISH, opened, searched

CONCEPTS = {"controller": ["controller"], "complain": ["complain"], "retention": ["keep"]}
NOTICE = "The controller is Oakfield. You may complain. We keep your data."


def found(text: str) -> Searched:
    return searched(opened(text), CONCEPTS)


def source(data: bytes | None, path: str = "privacy.md", problem: str = "") -> Source:
    return Source(path, True, data, problem)


def test_a_source_is_read_and_annotated() -> None:
    one = read_source(source(b"We keep it. We sell it."), {"en": ENGLISH}, "en", None)
    assert one.problem == ""
    assert one.document is not None
    assert one.document.languages == ("en",)
    assert [one.document.text(span) for span in one.document.sentences[0]] == ["We keep it.", "We sell it."]


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (source(None, problem="not a regular file"), "not a regular file"),
        (source(b""), "empty"),
        (source(b"# Title\n"), "only headings"),
        (source(b"%PDF-1.7 \x00"), "PDF"),
    ],
)
def test_a_source_that_is_no_document_has_its_reason(one: Source, problem: str) -> None:
    read = read_source(one, {"en": ENGLISH}, None, None)
    assert read.document is None
    assert problem in read.problem


def test_the_encoding_that_was_told_is_used() -> None:
    read = read_source(source("Vi sparar åäö.".encode("cp1252")), {"en": ENGLISH}, "en", "cp1252")
    assert read.document is not None
    assert read.document.source == "Vi sparar åäö."
    assert "utf-8" in read_source(source(b"\xe5"), {"en": ENGLISH}, "en", "utf-8").problem


@pytest.mark.parametrize(
    "name",
    [
        "privacy.md", "Datenschutz.html", "dataskydd.txt", "privacyverklaring.md", "AVG.md", "rgpd.txt",
        "legal-notice.md", "cookies.html", "policies.md", "dsgvo.md", "integritetspolicy.md",
    ],
)  # fmt: skip
def test_a_name_may_say_that_a_file_is_a_notice(name: str) -> None:
    assert not is_no_notice(f"docs/{name}", found("Apples."))
    assert not is_no_notice(f"docs/{name}", None)


@pytest.mark.parametrize("name", ["legal.md", "terms.html", "gravgrund.txt"])
def test_any_other_file_must_look_like_one(name: str) -> None:
    assert is_no_notice(name, found("The controller is Oakfield. You may complain."))
    assert is_no_notice(name, None)
    assert not is_no_notice(name, found(NOTICE))


def test_the_name_of_the_folder_says_nothing() -> None:
    assert is_no_notice("privacy/apples.md", found("Apples."))


@pytest.mark.parametrize("name", ["README.md", "readme.sv.md", "SECURITY.md", "CHANGELOG.txt", "NOTICE", "NOTICE.txt"])
def test_a_file_of_a_project_needs_the_text_and_the_title_of_a_notice(name: str) -> None:
    assert is_no_notice(name, found(NOTICE))
    assert is_no_notice(name, found(f"# A tool\n\n{NOTICE}"))
    assert is_no_notice(name, found("# Privacy notice\n\nApples."))
    assert is_no_notice(name, None)
    assert not is_no_notice(name, found(f"# Privacy notice\n\n{NOTICE}"))


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("<!-- privaudit report -->\n# Audit\n\n", "is a report of privaudit"),
        ("<!-- privaudit diff -->\n", "is a report of privaudit"),
        ('<!DOCTYPE html>\n<meta name="generator" content="privaudit 1.0">\n', "is a report of privaudit"),
        ("<!-- privaudit: ignore bicycle -->\n", ""),
        ('<meta name="generator" content="WordPress">\n', ""),
        ("We were audited by privaudit.\n\n", ""),
    ],
)
def test_a_report_is_no_notice_whatever_it_quotes_and_is_called(start: str, why: str) -> None:
    assert left_out("privacy.md", found(f"{start}{NOTICE}")) == why


def test_what_is_left_out_for_its_text_says_so() -> None:
    assert left_out("legal.md", found("Apples.")) == "does not look like a notice"


def test_the_report_on_what_is_no_document() -> None:
    one = unread(Read(source(b"\x00", "a.html"), problem="the file is binary"))
    assert (one.path, one.media_type, one.status) == ("a.html", "text/html", Status.NOT_AUDITED)
    assert one.sha256 == hashlib.sha256(b"\x00").hexdigest()
    assert [problem.message for problem in one.problems] == ["the file is binary"]
    assert unread(Read(source(None), problem="not a regular file")).sha256 == ""


def test_nothing_found_says_where_and_what_to_do() -> None:
    assert (
        nothing_found(["a", "b"], [])
        == "a, b: no document found; privaudit reads .md, .html, .txt, .pdf, .docx and .odt"
    )
    said = nothing_found(["."], [Skipped("README.md", "x")])
    assert said == ".: no document looks like a notice (1 skipped); name a file to audit it all the same"


class Terminal(StringIO):
    """A standard error that is a terminal, or is none."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(("count", "is_terminal", "shown"), [(10, True, True), (9, True, False), (50, False, False)])
def test_progress_is_shown_for_many_documents_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, count: int, is_terminal: bool, shown: bool
) -> None:
    stream = Terminal(is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(with_progress(iter(range(count)), count)) == list(range(count))
    written = stream.getvalue()
    assert (f"auditing {count}/{count}" in written) is shown
    assert bool(written) is shown

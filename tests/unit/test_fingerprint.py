"""Fingerprints."""

from privaudit.document import LanguageGuess
from privaudit.fingerprint import fingerprint, identified
from privaudit.model import DocumentReport, Evidence, Kind, Outcome, Status, Verdict


def test_a_fingerprint_is_the_same_in_every_run() -> None:
    assert fingerprint("a", "b") == "59b271ae1bbcb1d3"
    assert fingerprint("ab") != fingerprint("a", "b")


def test_a_path_that_is_no_text_has_a_fingerprint_too() -> None:
    assert fingerprint("a\udcff.md") != fingerprint("a\udcfe.md")


def test_a_document_is_told_from_another_by_what_it_is_known_by_and_not_by_how_it_was_named() -> None:
    piece = Evidence("We sell.", 0, 8, 1, 1, 1, 9, fingerprint="1")
    verdict = Verdict("r", Kind.PRACTICE, Outcome.FOUND, "m", "", evidence=(piece,), fingerprint="2")
    one = DocumentReport("a.md", "", "", 1, LanguageGuess("en", 1.0, "option"), Status.AUDITED, (), (verdict,))

    def prints(document: DocumentReport, identity: str) -> tuple[str, str]:
        found = identified(document, identity).verdicts[0]
        return found.fingerprint, found.evidence[0].fingerprint

    assert prints(one, "legal/a.md") == prints(one._replace(path="../legal/a.md"), "legal/a.md")
    assert len({*prints(one, "legal/a.md"), *prints(one, "b.md")}) == 4

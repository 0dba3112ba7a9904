"""What the summary of a corpus is told in, at a terminal and on a page."""

from __future__ import annotations

from privaudit.corpus.summary import Line, Summary
from privaudit.model import Kind
from privaudit.render.view import packs_told

TITLES = {
    Kind.DISCLOSURE: "Disclosures that are missing",
    Kind.OUTDATED: "Outdated mechanisms that are relied on",
    Kind.PRACTICE: "Practices that are found",
}
BASES = {
    Kind.DISCLOSURE: "of the documents audited in full that owe it",
    Kind.OUTDATED: "of the documents audited in full; relied on at a time when it was no longer good",
    Kind.PRACTICE: "of the documents audited in full",
}
DISCLAIMER = "This is no legal advice. It says what the texts of notices show, not whether they are true."


def share(line: Line) -> str:
    """A share in per cent, a dash where there is nothing to be a share of."""
    return "–" if line.share is None else f"{100 * line.share:.1f} %"


def number(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}"


def headline(summary: Summary) -> str:
    """How many documents there are, and how many of them were audited."""
    told = [f"{number(summary.audited)} audited in full", f"{number(summary.partly)} in part"]
    told.append(f"{number(summary.not_audited)} not audited")
    noun = "document" if summary.documents == 1 else "documents"
    return f"{number(summary.documents)} {noun}: {', '.join(told)}"


def remarks(summary: Summary) -> list[str]:
    """What is to be known beside the counts."""
    found = [f"Not read to the end: {one}" for one in summary.damage]
    if summary.repeated:
        told = "1 record has" if summary.repeated == 1 else f"{number(summary.repeated)} records have"
        found.append(f"{told} the id of an earlier one; each is counted.")
    if summary.skipped:
        told = "1 file that does" if summary.skipped == 1 else f"{number(summary.skipped)} files that do"
        found.append(f"Left out: {told} not look like a notice.")
    return found


def said_by(summary: Summary) -> str:
    """What the figures rest on."""
    return (
        f"privaudit {summary.version}, rules: {packs_told(summary.packs)}. "
        f"Law as of each record's own date, else as of {summary.as_of}."
    )

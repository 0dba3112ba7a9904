"""The working paper: Markdown, or HTML where it goes to a file of that name."""

from __future__ import annotations

from collections.abc import Iterator

from privaudit.model import Report
from privaudit.render.mark import MARK
from privaudit.render.markdown import as_text, errors, escaped, quoted
from privaudit.render.paper import JUDGEMENT, LONGEST, READERS, Cited, Element, Sheet, basis, entry, identity, sheets
from privaudit.render.view import View


def render(report: Report, view: View) -> str:
    """The paper, with a line feed at its end; the same for the same report, whoever makes it and when."""
    if view.file.lower().endswith((".html", ".htm")):
        from privaudit.render.html.workpaper import page

        return page(report)
    return as_text(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield MARK
    yield "# Working paper: audit of privacy notices"
    yield from _table(basis(report))
    yield from errors(report)
    for sheet in sheets(report):
        yield from _sheet(sheet)
    if report.skipped:
        yield from ("", "## Left out", "")
        yield from (f"- {escaped(one.path)}: {escaped(one.reason)}" for one in report.skipped)
    yield from ("", "## Sign-off", "", "| | Name | Date | Signature |", "|---|---|---|---|")
    yield from (f"| {reader} | | | |" for reader in READERS)
    yield from ("", "The passages are quoted from the files named above by their hash. This is no legal advice.")


def _table(rows: Iterator[tuple[str, str]]) -> Iterator[str]:
    yield from ("", "| | |", "|---|---|")
    yield from (f"| {name} | {escaped(value)} |" for name, value in rows if value)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield from ("", f"## {escaped(sheet.told.path)}")
    yield from _table(identity(sheet))
    for what, problems in (("Not read in full", sheet.unread), ("Remark", sheet.remarks)):
        if problems:
            yield ""
        for problem in problems:
            yield f"- **{what}** ({escaped(problem.code)}): {escaped(problem.message)}"
    for section in sheet.sections:
        yield from ("", f"### {section.title}")
        for element in section.elements:
            yield from _element(element)
        if section.absent:
            yield from ("", "#### Looked for and not found", "")
            yield from (
                # A number with a plain full stop would begin a list in the list.
                f"- {one.number}&#46; {escaped(one.title)} ({escaped(one.references)}; {escaped(one.rule)})"
                for one in section.absent
            )
            yield from ("", JUDGEMENT)


def _element(element: Element) -> Iterator[str]:
    yield from ("", f"#### {element.number}. {escaped(element.title)}: {escaped(element.outcome)}")
    yield from _table(entry(element))
    for name, passages in (("Passage", element.passages), ("Came close", element.nearest)):
        for cited in passages:
            yield from _passage(name, cited)
    yield from ("", JUDGEMENT)


def _passage(name: str, cited: Cited) -> Iterator[str]:
    told = "; ".join(filter(None, (cited.place, cited.lacks and f"lacks {cited.lacks}", cited.accepted)))
    yield from ("", f"{name}, {escaped(told)}:", "")
    yield f"> “{quoted(cited.evidence, LONGEST)}”"

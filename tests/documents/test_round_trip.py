"""The samples as PDF, Word and OpenDocument files: the same words, blocks that lead back, and the same verdicts."""

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from privaudit import CompiledRules, annotate, audit, load_rules, pack_folders, read_document
from privaudit.document import Document
from privaudit.model import Outcome
from tests.documents.blocks import SAMPLES, Block, blocks_of
from tests.documents.offices import written_docx, written_odt
from tests.documents.pdfs import pdf
from tests.properties.test_offsets import check_places

DAY = date(2026, 11, 1)
FORMATS: dict[str, Callable[[list[Block]], bytes]] = {
    "notice.pdf": lambda blocks: pdf(blocks, header="A running header", footer="- # -"),
    "columns.pdf": lambda blocks: pdf(blocks, columns=2, footer="Page #", height=500),
    "notice.docx": written_docx,
    "notice.odt": written_odt,
}


@functools.cache
def rules() -> CompiledRules:
    return CompiledRules(load_rules(pack_folders([])))


@functools.cache
def written(sample: Path, name: str) -> Document:
    document = read_document(name, FORMATS[name](blocks_of(sample)))
    return annotate(document, rules().ruleset.languages)


def outcomes(document: Document) -> dict[str, Outcome]:
    return {verdict.rule: verdict.outcome for verdict in audit(document, rules(), DAY)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_rule_comes_to_the_same_verdict(sample: Path, name: str) -> None:
    original = annotate(read_document(sample.name, sample.read_bytes()), rules().ruleset.languages)
    document = written(sample, name)
    assert outcomes(document) == outcomes(original)
    assert document.problems == ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_word_is_lost_and_all_lead_back(sample: Path, name: str) -> None:
    document = written(sample, name)
    check_places(document)
    wanted = " ".join(" ".join(block.text for block in blocks_of(sample)).split())
    found = " ".join(document.shadow.split())
    if name.endswith(".pdf"):
        # Lines of pages and bullets come beside the text.
        assert set(wanted.split()) <= set(found.split())
    else:
        assert found == wanted


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_evidence_is_a_slice_with_its_page(sample: Path, name: str) -> None:
    document = written(sample, name)
    pages = document.lines.pages()
    found = [piece for verdict in audit(document, rules(), DAY) for piece in verdict.evidence]
    assert found
    for piece in found:
        assert piece.quote == document.source[piece.start : piece.end]
        assert document.lines.place(piece.start) == (piece.line, piece.column)
        begun = [number for start, number in pages if start <= piece.start]
        assert piece.page == (begun[-1] if begun else None)
    if name.endswith(".pdf"):
        # A form feed parts the text of pages.
        body = [piece for piece in found if piece.start < pages[-1][0]]
        assert all(piece.page == document.source.count("\f", 0, piece.start) + 1 for piece in body)

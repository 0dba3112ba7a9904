"""What each fuzzer feeds, and what must hold whatever the bytes are. A broken promise is an `AssertionError`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2.raw

# The readers are loaded when they are used, which is too late to watch what an input reaches in them.
import privaudit.read.columns
import privaudit.read.decode
import privaudit.read.docx
import privaudit.read.html
import privaudit.read.inline
import privaudit.read.layout
import privaudit.read.markdown
import privaudit.read.odt
import privaudit.read.pdf
import privaudit.read.pieces
import privaudit.read.structure
import privaudit.read.tags
import privaudit.read.text  # noqa: F401
from fuzz.soup import mended
from privaudit.config.parse import parse_config
from privaudit.document import UNKNOWN_LANGUAGE, Document, Span
from privaudit.errors import InputError, UsageError
from privaudit.match.fold import fold
from privaudit.match.pattern import translate
from privaudit.match.shape import shape_of
from privaudit.read import read_document
from privaudit.read.carry import packed, unpacked
from privaudit.read.docx import read_docx
from privaudit.read.limits import Limits
from privaudit.read.odt import read_odt
from privaudit.read.pdf import read_pdf
from privaudit.read.shadow import ShadowBuilder
from privaudit.read.structure import Assembler
from privaudit.render import RENDERERS
from privaudit.render.view import View
from privaudit.rulepack.growth import growth_of
from privaudit.rulepack.parse_condition import Uses
from privaudit.rulepack.parse_rule import parse_rule
from privaudit.rulepack.parse_words import parse_word_file
from privaudit.rulepack.syntax import refused
from privaudit.rulepack.yaml import FaultList, YamlFile, open_yaml
from privaudit.saved import report_of
from tests.documents.offices import document_xml, hand_docx, odf_part
from tests.documents.offices import odt as hand_odt

_FOLDER = Path(tempfile.mkdtemp(prefix="privaudit-fuzz-"))


def text(data: bytes) -> None:
    """The reader of plain text."""
    _read("a.txt", data)


def markdown(data: bytes) -> None:
    """The reader of Markdown."""
    _read("a.md", data)


def html(data: bytes) -> None:
    """The reader of HTML."""
    _read("a.html", data)


def _read(name: str, data: bytes) -> None:
    try:
        document = read_document(name, data)
    except InputError as error:
        assert str(error)
        return
    _sound(document)


_DOCX_PARTS = ("footnotes", "styles", "numbering", "header", "endnotes")


def docx(data: bytes) -> None:
    """The reader of Word files: the body, then other parts, parted by zeros; as they are, and mended."""
    for body, *rest in _parts(data):
        parts: dict[str, str | bytes] = {}
        links = [("link", "hyperlink", "https://a.example/")]
        for name, content in zip(_DOCX_PARTS, rest, strict=False):
            parts[f"word/{name}.xml"] = document_xml(content, name, "")
            links.append((name, name, f"{name}.xml"))
        _read_apart(read_docx, hand_docx(body, parts, links))


def odt(data: bytes) -> None:
    """The reader of OpenDocument texts: the body, its styles and the styles' part, parted by zeros."""
    for body, styles, heads, *_ in ((*parts, "", "") for parts in _parts(data)):
        parts: dict[str, str | bytes] = {"styles.xml": odf_part("office:document-styles", heads)} if heads else {}
        _read_apart(read_odt, hand_odt(body, styles, parts))


def _parts(data: bytes) -> Iterator[list[str]]:
    parts = data.decode("utf-8", "replace").split("\0")
    yield parts
    yield [mended(part) for part in parts]


def pdf(data: bytes) -> None:
    """The reader of PDF, in this process."""
    try:
        _read_apart(lambda data: read_pdf(data, Limits(pages=20)), data)
    finally:
        while _OPENED:
            pypdfium2.raw.FPDF_CloseDocument(_OPENED.pop())


def _load(*given: object) -> object:
    file = _LOAD(*given)
    _OPENED.extend([file] if file else [])
    return file


# The reader leaves it to the end of its process to close a file, and this process goes on.
_OPENED: list[object] = []
_LOAD = pypdfium2.raw.FPDF_LoadMemDocument64
pypdfium2.raw.FPDF_LoadMemDocument64 = _load


def _read_apart(read: Callable[[bytes], Assembler], data: bytes) -> None:
    """What a process of its own reads, and what comes of it on the way out of that process."""
    try:
        document = read(data).finish("a", "", b"", UNKNOWN_LANGUAGE, ())
    except (InputError, RecursionError) as error:
        assert str(error)
        return
    _sound(document)
    carried = unpacked(json.loads(packed(document)), "a", "", document.sha256)
    assert packed(carried) == packed(document)


def _sound(document: Document) -> None:
    """Every block lies in the shadow, its quote is a slice of the source, and the map never goes back within it."""
    assert document.blocks
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.shadow)
        last = block.span.end
        quote, place = document.quote(block.span)
        assert quote == document.source[place.start : place.end]
        _monotone(document, block.span)
        for link in block.links:
            assert 0 <= link.source.start <= link.source.end <= len(document.source)
            assert 0 <= link.text.start <= link.text.end <= len(document.shadow)


def _monotone(document: Document, span: Span) -> None:
    before = 0
    for at in range(span.start, min(span.end, span.start + 300)):
        place = document.map.source_span(Span(at, at + 1))
        assert before <= place.start <= place.end <= len(document.source)
        before = place.start


def shadow(data: bytes) -> None:
    """The shadow text and its map, piece by piece."""
    source = data.decode("utf-8", "replace")
    builder = ShadowBuilder(source)
    builder.begin()
    middle = len(source) // 2
    builder.text(0, middle, entities=True)
    builder.space(middle, middle)
    builder.text(middle, len(source))
    end = builder.end()
    made, places = builder.finish()
    assert end == len(made)
    assert "  " not in made
    assert made == made.strip()
    assert len(fold(made)) == len(made)
    before = 0
    for at in range(len(made)):
        place = places.source_span(Span(at, at + 1))
        assert before <= place.start <= place.end <= len(source)
        before = place.start


def _opened(data: bytes) -> tuple[YamlFile, FaultList]:
    path = _FOLDER / "file.yaml"
    path.write_bytes(data)
    faults = FaultList()
    return open_yaml(path, "file.yaml", faults), faults


def rules(data: bytes) -> None:
    """The loader of YAML, and the parsers of rules and words: faults with places, and nothing else."""
    file, faults = _opened(data)
    assert (file.root is None) == bool(faults.sorted())
    parse_rule(file, Uses(), None)
    parse_word_file(file)
    assert all(fault.message for fault in faults.sorted())


def pattern(data: bytes) -> None:
    """What is worked out of a pattern without compiling it."""
    written = data.decode("utf-8", "replace")
    if not refused(written):
        shape_of(translate(written))
        growth_of(written)


def configuration(data: bytes) -> None:
    """The parser of configurations."""
    file, faults = _opened(data)
    parse_config(file, _FOLDER)
    assert all(fault.message for fault in faults.sorted())


def saved(data: bytes) -> None:
    """A saved report: refused in one line, or rendered in every format."""
    try:
        report = report_of(data.decode("utf-8", "replace"), "report.json")
    except UsageError as error:
        assert str(error)
        return
    for name in RENDERERS:
        RENDERERS[name](report, View()).encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (text, markdown, html, docx, odt, pdf, shadow, rules, pattern, configuration, saved)
}

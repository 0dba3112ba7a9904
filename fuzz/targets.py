"""What each fuzzer feeds, and what must hold whatever the bytes are. A broken promise is an `AssertionError`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

# The readers are loaded when they are used, which is too late to watch what an input reaches in them.
import privaudit.read.decode
import privaudit.read.html
import privaudit.read.inline
import privaudit.read.markdown
import privaudit.read.structure
import privaudit.read.tags
import privaudit.read.text  # noqa: F401
from privaudit.config.parse import parse_config
from privaudit.document import Document, Span
from privaudit.errors import InputError, UsageError
from privaudit.match.pattern import translate
from privaudit.match.shape import fold, shape_of
from privaudit.read import read_document
from privaudit.read.shadow import ShadowBuilder
from privaudit.render import RENDERERS
from privaudit.render.view import View
from privaudit.rulepack.growth import growth_of
from privaudit.rulepack.parse_condition import Uses
from privaudit.rulepack.parse_rule import parse_rule
from privaudit.rulepack.parse_words import parse_word_file
from privaudit.rulepack.syntax import refused
from privaudit.rulepack.yaml import FaultList, YamlFile, open_yaml
from privaudit.saved import report_of

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
    one.__name__: one for one in (text, markdown, html, shadow, rules, pattern, configuration, saved)
}

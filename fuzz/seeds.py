"""What each fuzzer begins with: samples of the project, or small inputs made of them; and what was found before."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from privaudit.config.scaffold import CONFIG
from tests.documents.blocks import Block, blocks_of
from tests.documents.offices import p, r
from tests.documents.pdfs import MARGIN, by_hand, drawn, lines, pdf, stream
from tests.faults.test_f01_rules import built_in

ROOT = Path(__file__).resolve().parent.parent
REGRESSIONS = ROOT / "fuzz" / "regressions"
# Bytes of a seed, and of what grows out of it.
LONGEST = 4096
_MOST = 200


def seeds(name: str) -> list[bytes]:
    """The inputs that a fuzzer begins with, in an order that is always the same."""
    found = [path.read_bytes() for path in sorted(REGRESSIONS.glob(f"{name}-*"))]
    made = list(_MAKERS[name]())
    random.Random(0).shuffle(made)  # noqa: S311 - an order, no secret
    return [one[:LONGEST] for one in (*found, *made[:_MOST])]


def _files(folder: str, files: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (path.read_bytes() for path in sorted((ROOT / folder).rglob(files)))


def _patterns() -> Iterator[bytes]:
    return (written.encode() for written, _ in built_in())


def _configurations() -> Iterator[bytes]:
    yield CONFIG.encode()
    # The examples in it, as they would stand without the sign that makes them comments.
    yield "\n".join(line.removeprefix("# ") for line in CONFIG.splitlines() if ": " in line or "   - " in line).encode()
    yield b"overrides:\n  - paths: [a/]\n    lang: sv\nsuppressions:\n  - rule: last-updated\n    reason: x\n"
    yield b'notices:\n  - name: shop\n    files: [a.md, b.md]\nformats: ["json=a.json"]\nmax_bytes: 1000\ntimeout: 3\n'


def _reports() -> Iterator[bytes]:
    """A saved report for each verdict that says something, with the one rule that it is of."""
    for path in sorted((ROOT / "tests/golden/expected").glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        rules = {rule["id"]: rule for rule in report["rules"]}
        (document,) = report["documents"]
        for verdict in document["verdicts"]:
            if verdict["outcome"] not in {"absent", "not-applicable"}:
                one = {**document, "verdicts": [verdict]}
                yield _compact({**report, "rules": [rules[verdict["rule"]]], "documents": [one]})


def _compact(report: object) -> bytes:
    return json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode()


def _blocks() -> Iterator[list[Block]]:
    for path in sorted((ROOT / "samples").iterdir()):
        blocks = blocks_of(path)
        yield from (blocks[at : at + 4] for at in range(0, len(blocks), 4))


# Parts of the file, parted by a zero: see `targets.docx`.
_DOCX = (
    p("Who we are", '<w:pStyle w:val="Heading1"/>') + p("We keep ") + p("• invoices", "", "<w:b/>"),
    p("one", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    + '\0\0\0<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>',
    f"<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{p('What')}</w:tc><w:tc>{p('Why')}</w:tc></w:tr>"
    '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    f"{p('a')}</w:tc></w:tr></w:tbl>",
    f'<w:p>{r("Text")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    f'\0<w:footnote w:id="1">{p("The note")}</w:footnote>',
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://a.example"</w:instrText>'
    f'<w:fldChar w:fldCharType="separate"/></w:r>{r("here")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del>{r('gone')}</w:del><w:ins>{r('in')}</w:ins></w:p>{p('more')}",
    f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{p('box')}</w:txbxContent></w:drawing>"
    f"</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p('box')}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>",
    f'<w:p><w:hyperlink r:id="link">{r("a@b.example")}</w:hyperlink><w:r><w:tab/><w:sym w:char="F0B7"/></w:r></w:p>\0\0'
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/><w:basedOn w:val="b"/></w:style>'
    f"\0\0{p('foot')}",
    f"<w:sdt><w:sdtContent>{p('x', '', '<w:vanish/>')}<w:altChunk/></w:sdtContent></w:sdt>\0\0"
    '<w:style w:type="paragraph" w:default="1" w:styleId="b"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>',
    "<w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath><w:r><w:ruby><w:rubyBase><w:r><w:t>k</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
)


def _docx() -> Iterator[bytes]:
    yield from (one.encode() for one in _DOCX)
    yield from (
        "".join(p(escaped) for block in blocks for escaped, _ in block.parts()).encode() for blocks in _blocks()
    )


_ODT = (
    '<text:h text:outline-level="2">Who</text:h><text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>',
    "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item>"
    "</text:list></text:list-item></text:list>",
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>What</text:p></table:table-cell>"
    "</table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
    "</table:table-row></table:table>",
    "<text:p>Text<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note</text:p>"
    "</text:note-body></text:note></text:p>",
    '<text:p><text:a xlink:href="https://a.example">here</text:a><draw:frame><draw:text-box><text:p>box</text:p>'
    "</draw:text-box></draw:frame></text:p>",
    "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    '<text:section text:display="none"><text:p>x</text:p>'
    "</text:section><text:section><text:section-source/><text:p>y</text:p></text:section>",
    '<text:p text:style-name="b">seen</text:p><text:p><text:span text:style-name="a">x</text:span></text:p>\0'
    '<style:style style:name="a" style:parent-style-name="b"/><style:style style:name="b"><style:text-properties '
    'text:display="none"/></style:style>',
    "<text:p>body</text:p>\0\0<style:master-page><style:header><text:p>head</text:p></style:header></style:master-page>",
)


def _odt() -> Iterator[bytes]:
    yield from (one.encode() for one in _ODT)
    for blocks in _blocks():
        yield "".join(f"<text:p>{escaped}</text:p>" for block in blocks for escaped, _ in block.parts()).encode()


def _pdf() -> Iterator[bytes]:
    """Without compression, so that what changes in a file changes its pages."""
    from reportlab import rl_config

    rl_config.pageCompression = 0
    yield drawn(lines("Who we are", "We keep your data for two years and no longer."))
    yield drawn(
        lines("Page one"), lines("Page two", left=MARGIN * 3, size=20), lambda canvas: canvas.rect(0, 0, 500, 700)
    )
    yield drawn(lines("The left column", "goes on"), lines("x"), lines("The right", left=320))
    content = stream(b"BT /F1 12 Tf 72 700 Td (We keep it.) Tj 0 -14 Td <FEFF00E9> Tj ET q 1 0 0 1 0 0 cm Q")
    kids = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    link = b"[<< /Type /Annot /Subtype /Link /Rect [72 690 140 712] /A << /S /URI /URI (https://a.example) >> >>]"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s /Annots %s >>"
    yield by_hand([b"<< /Type /Catalog /Pages 2 0 R >>", kids, page % (font, link), content])
    picture = stream(
        b"\xff" * 12, b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
    )
    scanned = stream(b"q 612 0 0 792 0 0 cm /I Do Q")
    shown = b"<< /XObject << /I 5 0 R >> >>"
    yield by_hand([b"<< /Type /Catalog /Pages 2 0 R >>", kids, page % (shown, b"[]"), scanned, picture])
    for blocks in _blocks():
        if len(made := pdf(blocks, footer="- # -")) <= LONGEST:
            yield made


_MAKERS: dict[str, Callable[[], Iterator[bytes]]] = {
    "text": _files("samples", "*.txt"),
    "markdown": _files("samples", "*.md"),
    "html": _files("samples", "*.html"),
    "docx": _docx,
    "odt": _odt,
    "pdf": _pdf,
    "shadow": _files("samples", "*.*"),
    "rules": _files("rules", "*.yaml"),
    "pattern": _patterns,
    "configuration": _configurations,
    "saved": _reports,
}
NAMES = tuple(_MAKERS)

"""Word files and OpenDocument texts for tests: written by python-docx, or part by part."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import unescape

import docx
from docx.oxml import parse_xml

from privaudit.document import BlockKind
from tests.documents.blocks import Block

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def written_docx(blocks: Iterable[Block]) -> bytes:
    """A Word file of these blocks, as python-docx writes it."""
    document = docx.Document()
    for block in blocks:
        kind, level, text, _ = block
        if kind is BlockKind.HEADING:
            document.add_heading(text, min(level, 9))
        elif kind is BlockKind.LIST_ITEM:
            style = "List Bullet" if level < 2 else f"List Bullet {min(level, 3)}"
            _linked(document, document.add_paragraph(style=style), block)
        elif kind is BlockKind.TABLE_CELL:
            cells = text.split("\t")
            table: Any = document.add_table(1, len(cells))
            for number, cell in enumerate(cells):
                table.cell(0, number).text = cell
        else:
            _linked(document, document.add_paragraph(), block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _linked(document: Any, paragraph: Any, block: Block) -> None:
    """Fills a paragraph; python-docx reads links but writes none."""
    for part, target in block.parts():
        if target:
            name = document.part.relate_to(unescape(target), f"{R}/hyperlink", is_external=True)
            link = f'<w:hyperlink xmlns:w="{W}" xmlns:r="{R}" r:id="{name}">{r(part)}</w:hyperlink>'
            paragraph._p.append(parse_xml(link))
        elif part:
            paragraph.add_run(unescape(part))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), text, stored)
    return out.getvalue()


def relations(*entries: tuple[str, str, str]) -> str:
    """Relations of a part: id, last word of the type, target; a target with a colon is an address."""
    told = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for name, kind, target in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def hand_docx(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: Iterable[tuple[str, str, str]] = ()
) -> bytes:
    """A Word file with this body; further parts by name, with `links` as the document's relations."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": document_xml(body),
            "word/_rels/document.xml.rels": relations(*links),
            **(parts or {}),
        }
    )


def document_xml(body: str, root: str = "document", inner: str = "body") -> str:
    names = (
        f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    inside = f"<w:{inner}>{body}</w:{inner}>" if inner else body
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {names}>{inside}</w:{root}>'


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{text}</w:t></w:r>'


_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{whole}:1.0"'
    for name, whole in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("manifest", "manifest"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip


def odt(body: str, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OpenDocument text with this body and these automatic styles."""
    content = (
        f'<office:document-content {_ODF} xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(parts or {})})


def odf_part(root: str, inside: str) -> str:
    return f"<{root} {_ODF}>{inside}</{root}>"


def written_odt(blocks: Iterable[Block]) -> bytes:
    return odt("".join(map(_odf_block, blocks)))


def _odf_block(block: Block) -> str:
    text = "".join(
        f'<text:a xlink:href="{target}">{part}</text:a>' if target else part for part, target in block.parts()
    )
    if block.kind is BlockKind.HEADING:
        return f'<text:h text:outline-level="{block.level}">{text}</text:h>'
    if block.kind is BlockKind.LIST_ITEM:
        opening, closing = "<text:list><text:list-item>", "</text:list-item></text:list>"
        return f"{opening * block.level}<text:p>{text}</text:p>{closing * block.level}"
    if block.kind is BlockKind.TABLE_CELL:
        cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in text.split("\t"))
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    return f"<text:p>{text}</text:p>"

"""Word files and OpenDocument texts for tests: written by python-docx, or part by part."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import docx

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
    for kind, level, text in blocks:
        if kind is BlockKind.HEADING:
            document.add_heading(text, min(level, 9))
        elif kind is BlockKind.LIST_ITEM:
            document.add_paragraph(text, style="List Bullet" if level < 2 else f"List Bullet {min(level, 3)}")
        elif kind is BlockKind.TABLE_CELL:
            cells = text.split("\t")
            table: Any = document.add_table(1, len(cells))
            for number, cell in enumerate(cells):
                table.cell(0, number).text = cell
        else:
            document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


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


def hand_docx(body: str, parts: Mapping[str, str] | None = None, links: Iterable[tuple[str, str, str]] = ()) -> bytes:
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


def odt(body: str, styles: str = "", parts: Mapping[str, str] | None = None) -> bytes:
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
    return odt("".join(_odf_block(*block) for block in blocks))


def _odf_block(kind: BlockKind, level: int, text: str) -> str:
    from xml.sax.saxutils import escape

    text = escape(text)
    if kind is BlockKind.HEADING:
        return f'<text:h text:outline-level="{level}">{text}</text:h>'
    if kind is BlockKind.LIST_ITEM:
        opening, closing = "<text:list><text:list-item>" * level, "</text:list-item></text:list>" * level
        return f"{opening}<text:p>{text}</text:p>{closing}"
    if kind is BlockKind.TABLE_CELL:
        cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in text.split("\t"))
        return f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    return f"<text:p>{text}</text:p>"

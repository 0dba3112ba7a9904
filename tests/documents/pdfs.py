"""PDF files for tests: laid out by reportlab, or written by hand where it would not write them."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from privaudit.document import BlockKind
from tests.documents.blocks import Block

WIDTH, HEIGHT = A4
MARGIN = 72
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10.5, leading=13, spaceAfter=6)
ITEM = ParagraphStyle("item", parent=TEXT, leftIndent=18, bulletIndent=4)


def pdf(
    blocks: Iterable[Block],
    *,
    columns: int = 1,
    header: str = "",
    footer: str = "",
    password: str | None = None,
    height: float = HEIGHT,
) -> bytes:
    """A PDF of these blocks; `#` in header and footer is the number of the page."""
    out = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner", canPrint=0) if password is not None else None
    document = BaseDocTemplate(out, pagesize=(WIDTH, height), encrypt=encrypt, invariant=1)
    space = (WIDTH - 2 * MARGIN) / columns
    frames = [
        Frame(
            MARGIN + number * space, MARGIN, space, height - 2 * MARGIN, leftPadding=0, rightPadding=18 * (columns > 1)
        )
        for number in range(columns)
    ]

    def furniture(canvas: Canvas, _: Any) -> None:
        canvas.setFont("Helvetica", 9)
        for text, at in ((header, height - 40), (footer, 36)):
            if text:
                canvas.drawString(MARGIN, at, text.replace("#", str(canvas.getPageNumber())))

    document.addPageTemplates([PageTemplate("page", frames, onPage=furniture)])
    document.build([_flowable(block) for block in blocks])
    return out.getvalue()


def _flowable(block: Block) -> Flowable:
    kind, level = block.kind, block.level
    text = "".join(f'<a href="{target}">{part}</a>' if target else part for part, target in block.parts())
    sheet = getSampleStyleSheet()
    if kind is BlockKind.HEADING:
        style = sheet["Title" if level == 1 else f"Heading{min(level, 6)}"]
        return Paragraph(text, style)
    if kind is BlockKind.LIST_ITEM:
        style = ParagraphStyle("deep", parent=ITEM, leftIndent=18 * level, bulletIndent=18 * level - 14)
        return Paragraph(text, style, bulletText="\u2022")
    if kind is BlockKind.TABLE_CELL:
        return Table([[Paragraph(escape(cell), TEXT) for cell in block.text.split("\t")]])
    return Paragraph(text, TEXT)


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    """A PDF whose pages are drawn."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, left: float = MARGIN, top: float = 700, size: float = 11) -> Callable[[Canvas], None]:
    """Draws lines under each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for number, text in enumerate(texts):
            canvas.drawString(left, top - number * size * 1.25, text)

    return draw


def by_hand(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return out


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(data), keys, data)

"""Small PDF files that stand for the signed plans: one rendering, cut into one file per unit."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf

from lib.official.model import Block, Document, Header, Heading, PageBreak, Paragraph
from lib.official.pdf import write_pdf
from units.models import Unit

TOP_MARGIN = 50.0  # points; where the writer puts the page number


def papers(units: Sequence[Unit]) -> dict[str, bytes]:
    """A one-page PDF by unit code; each says it is a demonstration, not a document."""
    rendered = write_pdf(_all_pages(units))
    with pikepdf.open(BytesIO(rendered)) as whole:
        return {
            unit.code: _one_page(whole, number)
            for number, unit in enumerate(units, start=len(whole.pages) - len(units))
        }


def _all_pages(units: Sequence[Unit]) -> Document:
    body: list[Block] = []
    for unit in units:
        body += [
            PageBreak(),
            Heading(1, "Tài liệu mẫu", numbered=False),
            Heading(2, f"Kế hoạch triển khai của {unit.name}", numbered=False),
            Paragraph(
                "Tệp này do Cổng Thi đua tạo ra để tập huấn, không phải văn bản của "
                f"{unit.name}. Số liệu và người ký đều là ví dụ."
            ),
        ]
    header = Header(issuing_body=("TÀI LIỆU MẪU",), place="Tây Ninh", year=2024)
    return Document(header=header, kind="KẾ HOẠCH", subject="Tài liệu mẫu", body=tuple(body))


def _one_page(whole: pikepdf.Pdf, number: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as single:
        single.pages.append(whole.pages[number])
        # The number on top counts the pages of all units together: it is cut off.
        left, bottom, right, top = (float(edge) for edge in single.pages[0].mediabox)
        single.pages[0].cropbox = pikepdf.Rectangle(left, bottom, right, top - TOP_MARGIN)
        single.save(out, deterministic_id=True)
    return out.getvalue()

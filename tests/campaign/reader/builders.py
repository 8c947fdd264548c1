"""Files a reader is given: Word files with automatic numbers, our own documents, broken ones."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from lib.official.model import (
    Appendix,
    Bullet,
    Column,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Signature,
    Table,
)

LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))

OURS = Document(
    header=Header(
        issuing_body=("Ủy ban nhân dân", "tỉnh Tây Ninh"),
        symbol="KH-UBND",
        number="412",
        place="Tây Ninh",
        issued_date=date(2025, 2, 3),
        issuer="Ủy ban nhân dân tỉnh",
    ),
    kind="Kế hoạch",
    subject="Phát động thi đua xây dựng nông thôn mới năm 2025",
    bases=("Căn cứ Kế hoạch số 07/KH-UBND ngày 06/01/2025 của Ủy ban nhân dân tỉnh về công tác thi đua;",),
    body=(
        Heading(1, "Mục đích"),
        Paragraph("Tạo khí thế thi đua sôi nổi, rộng khắp trong toàn tỉnh, " * 4 + "thiết thực."),
        Heading(1, "Tổ chức thực hiện"),
        Heading(2, "Sở Nông nghiệp và Môi trường"),
        Bullet(
            "Chủ trì, phối hợp với Sở Nội vụ hướng dẫn các tiêu chí thi đua, bảo đảm rõ ràng, dễ thực"
            " hiện ở từng địa phương và hoàn thành trước ngày 15 tháng 3 năm 2025;"
        ),
        Bullet("Tổng hợp kết quả."),
        Heading(2, "Đề nghị Hội Nông dân tỉnh"),
        Bullet("Vận động hội viên tham gia."),
    ),
    closing="Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Nội vụ",
    signature=Signature(position="Phó Chủ tịch", name="Lê Văn Mẫu", authority=("TM. Ủy ban nhân dân", "KT. Chủ tịch")),
    recipients=("Bộ Nội vụ", "Các sở, ban, ngành, đoàn thể và các cơ quan trung ương đóng tại tỉnh", "Lưu: VT, NC"),
    appendices=(
        Appendix(
            title="Danh mục nhiệm vụ",
            blocks=(
                Table(
                    (
                        Column("STT", 0.5),
                        Column("Nội dung nhiệm vụ", 3),
                        Column("Cơ quan chủ trì", 2),
                        Column("Cơ quan phối hợp", 2),
                        Column("Thời gian", 1.2),
                    ),
                    (
                        Row(("I. Tuyên truyền",), RowKind.GROUP),
                        Row(("1", "Mở chuyên mục về nông thôn mới trên sóng phát thanh, truyền hình của tỉnh", "Báo và Phát thanh, Truyền hình Tây Ninh", "Sở Nông nghiệp và Môi trường; UBND các xã, phường", "Quý II/2025")),
                        *(
                            Row((str(place), "Tổ chức kiểm tra, giám sát tại các xã, phường trong tỉnh", "Sở Nội vụ", "Các sở, ngành liên quan", "Tháng 11/2025"))
                            for place in range(2, 30)
                        ),
                    ),
                ),
            ),
        ),
    ),
)  # fmt: skip


class Word:
    """A Word file whose numbers Word writes by itself."""

    def __init__(self):
        self.document = docx.Document()
        lists = self.document.part.numbering_part.element
        for key, levels in (("90", LEVELS), ("91", (("bullet", "\uf02d"),))):
            inside = "".join(
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                f'<w:lvlText w:val="{text}"/></w:lvl>'
                for depth, (kind, text) in enumerate(levels)
            )
            spaces = nsdecls("w")
            lists.insert(0, parse_xml(f'<w:abstractNum {spaces} w:abstractNumId="{key}">{inside}</w:abstractNum>'))  # fmt: skip
            lists.append(parse_xml(f'<w:num {spaces} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))  # fmt: skip

    def add(self, text, depth=None, *, dash=False):
        paragraph = self.document.add_paragraph(text)
        if depth is not None or dash:
            key = "91" if dash else "90"
            place = f'<w:ilvl w:val="{depth or 0}"/><w:numId w:val="{key}"/>'
            number = parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>")
            paragraph._p.get_or_add_pPr().append(number)
        return self

    def content(self):
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()


def zipped(**parts):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def body(inside):
    return f"<w:document {nsdecls('w')}><w:body>{inside}</w:body></w:document>"


def blank_pdf(pages=1, **options):
    file = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(file, **options)
    return file.getvalue()

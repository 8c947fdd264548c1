"""How each kind of line is set: one table from which Word styles and the PDF's CSS are both made.

Sizes, cases and places: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II and IV. One choice inside the
ranges it leaves: quốc hiệu 12, tiêu ngữ 13, text 14.
"""

from dataclasses import dataclass
from enum import StrEnum

from lib.official.model import Align

FONT = "Times New Roman"
PDF_FONT = "Tinos"  # the same widths, free to embed
INDENT = 12.7  # first line of a paragraph, in millimetres
PARAGRAPH_GAP = 6.0  # between paragraphs, in points
SIGNATURE_GAP = 68.0  # room for the hand and the seal, in points
RULE_GAP = 2.0  # between a line and the rule drawn below it, in points
AFTER_RULE = 4.0  # below the rule, in points
CELL_PADDING = 1.5  # left and right in a table's cell, in millimetres
GROUP_FILL = "F2F2F2"
# How two columns share the width: the header's right half holds the long national name.
HEADER_SHARES = (0.4, 0.6)
SIGNATURE_SHARES = (0.48, 0.52)
FACT_SHARES = (0.38, 0.62)


class Style(StrEnum):
    """The kinds of lines. A value is the id of the Word style and the class in the PDF's HTML."""

    GOVERNING = "GoverningBody"
    ISSUING = "IssuingBody"
    STATE_NAME = "StateName"
    MOTTO = "Motto"
    PARTY_NAME = "PartyName"
    NUMBER = "DocumentNumber"
    DRAFT = "DraftMark"
    PLACE_DATE = "PlaceAndDate"
    LETTER_SUBJECT = "LetterSubject"
    KIND = "DocumentKind"
    SUBJECT = "DocumentSubject"
    ADDRESSEE = "Addressee"
    ADDRESSEE_ITEM = "AddresseeItem"
    BASIS = "LegalBasis"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    BODY = "BodyText"
    LEAD = "LeadIn"
    LIST_LEAD = "ListLeadIn"
    BULLET = "DashItem"
    NOTE = "AttachmentNote"
    CAPTION = "Caption"
    CELL_HEAD = "CellHead"
    CELL = "CellText"
    FACT = "FactText"
    RECIPIENTS = "Recipients"
    RECIPIENT = "RecipientItem"
    AUTHORITY = "Authority"
    SIGN_NOTE = "SignNote"
    SIGNER = "Signer"
    VERIFICATION = "Verification"
    APPENDIX = "AppendixNumber"
    APPENDIX_TITLE = "AppendixTitle"
    APPENDIX_REFERENCE = "AppendixReference"
    PAGE_NUMBER = "Header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a line is set; `name` is what Word's list of styles shows. Gaps in points."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    before: float = 0.0
    after: float = 0.0
    first_indent: float = 0.0
    side_indent: float = 0.0
    keep_with_next: bool = False
    outline_level: int | None = None


LOOKS: dict[Style, Look] = {
    Style.GOVERNING: Look(name="Cơ quan chủ quản", size=12, align=Align.CENTER),
    Style.ISSUING: Look(name="Cơ quan ban hành", size=12, bold=True, align=Align.CENTER),
    Style.STATE_NAME: Look(name="Quốc hiệu", size=12, bold=True, align=Align.CENTER),
    Style.MOTTO: Look(name="Tiêu ngữ", size=13, bold=True, align=Align.CENTER),
    Style.PARTY_NAME: Look(name="Tiêu đề văn bản Đảng", size=14, bold=True, align=Align.CENTER),
    Style.NUMBER: Look(name="Số, ký hiệu", size=13, align=Align.CENTER, before=6),
    Style.DRAFT: Look(name="Dự thảo", size=13, bold=True, align=Align.CENTER, before=3),
    Style.PLACE_DATE: Look(
        name="Địa danh, thời gian", size=13, italic=True, align=Align.CENTER, before=6
    ),
    Style.LETTER_SUBJECT: Look(
        name="Trích yếu công văn", size=12, align=Align.CENTER, before=6, side_indent=2
    ),
    Style.KIND: Look(
        name="Tên loại", size=14, bold=True, align=Align.CENTER, before=18, keep_with_next=True
    ),
    Style.SUBJECT: Look(
        name="Trích yếu",
        size=14,
        bold=True,
        align=Align.CENTER,
        side_indent=10,
        keep_with_next=True,
    ),
    Style.ADDRESSEE: Look(name="Kính gửi", size=14, align=Align.CENTER, before=12, after=6),
    Style.ADDRESSEE_ITEM: Look(name="Kính gửi từng nơi", size=14, after=3, side_indent=40),
    Style.BASIS: Look(
        name="Căn cứ",
        size=14,
        italic=True,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
    ),
    Style.HEADING_1: Look(
        name="heading 1",
        size=14,
        bold=True,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
        keep_with_next=True,
        outline_level=1,
    ),
    Style.HEADING_2: Look(
        name="heading 2",
        size=14,
        bold=True,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
        keep_with_next=True,
        outline_level=2,
    ),
    Style.HEADING_3: Look(
        name="heading 3",
        size=14,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
        keep_with_next=True,
        outline_level=3,
    ),
    Style.BODY: Look(
        name="Body Text",
        size=14,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
    ),
    Style.LEAD: Look(
        name="Dẫn vào bảng",
        size=14,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        after=PARAGRAPH_GAP,
        first_indent=INDENT,
        keep_with_next=True,
    ),
    Style.LIST_LEAD: Look(
        name="Dẫn vào danh sách",
        size=14,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
        keep_with_next=True,
    ),
    Style.BULLET: Look(
        name="Gạch đầu dòng",
        size=14,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
    ),
    Style.NOTE: Look(
        name="Ghi chú kèm theo",
        size=14,
        italic=True,
        align=Align.JUSTIFY,
        before=PARAGRAPH_GAP,
        first_indent=INDENT,
    ),
    Style.CAPTION: Look(
        name="caption",
        size=13,
        bold=True,
        align=Align.CENTER,
        before=8,
        after=4,
        keep_with_next=True,
    ),
    Style.CELL_HEAD: Look(
        name="Đầu cột", size=12, bold=True, align=Align.CENTER, before=2, after=2
    ),
    Style.CELL: Look(name="Ô bảng", size=12, before=2, after=2),
    Style.FACT: Look(name="Mục thông tin", size=14, before=3, after=3),
    Style.RECIPIENTS: Look(name="Nơi nhận", size=12, bold=True, italic=True),
    Style.RECIPIENT: Look(name="Danh sách nơi nhận", size=11),
    Style.AUTHORITY: Look(name="Quyền hạn, chức vụ", size=14, bold=True, align=Align.CENTER),
    Style.SIGN_NOTE: Look(name="Chú thích chữ ký", size=13, italic=True, align=Align.CENTER),
    Style.SIGNER: Look(
        name="Họ tên người ký", size=14, bold=True, align=Align.CENTER, before=SIGNATURE_GAP
    ),
    Style.VERIFICATION: Look(
        name="Mã kiểm tra", size=11, italic=True, align=Align.CENTER, before=12
    ),
    Style.APPENDIX: Look(
        name="Số phụ lục",
        size=14,
        bold=True,
        align=Align.CENTER,
        keep_with_next=True,
        outline_level=1,
    ),
    Style.APPENDIX_TITLE: Look(
        name="Tên phụ lục",
        size=14,
        bold=True,
        align=Align.CENTER,
        side_indent=5,
        keep_with_next=True,
        outline_level=2,
    ),
    Style.APPENDIX_REFERENCE: Look(
        name="Tham chiếu phụ lục", size=14, italic=True, align=Align.CENTER, after=12
    ),
    Style.PAGE_NUMBER: Look(name="header", size=13, align=Align.CENTER),
}

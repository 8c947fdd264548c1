"""Công văn lấy ý kiến hiệp y: what is asked, of whom, by when, with the list."""

from collections.abc import Sequence

from awards.datasets.listed import Listed, headcount
from awards.documents.nominees import BOARD, list_annex
from awards.models import Consultation
from lib.official.model import Document, Header, Paragraph, Signature
from lib.vietnamese import long_date


def consultation_letter(asked: Consultation, rows: Sequence[Listed]) -> Document:
    """Before the registry gives a number its place is blank."""
    campaign, who = asked.campaign, headcount(rows)
    number = asked.number.partition("/")[0].strip() or None
    return Document(
        header=Header(
            governing_body="SỞ NỘI VỤ",
            issuing_body=("BAN THI ĐUA - KHEN THƯỞNG",),
            number=number,
            symbol="BTĐKT",
            place=campaign.place,
            issued_date=asked.asked_on if number else None,
            year=asked.asked_on.year,
            issuer=BOARD,
        ),
        subject=f"V/v lấy ý kiến hiệp y khen thưởng thực hiện {campaign.name}",
        addressees=(asked.body,),
        body=(
            Paragraph(
                f"{BOARD} đang thẩm định hồ sơ đề nghị khen thưởng {who} có thành tích trong thực "
                f"hiện {campaign.name} (danh sách kèm theo)."
            ),
            Paragraph(
                f"Để có cơ sở trình Hội đồng Thi đua - Khen thưởng tỉnh, {BOARD} đề nghị {asked.body} "
                "cho ý kiến bằng văn bản đối với từng trường hợp theo chức năng, nhiệm vụ được giao, "
                "nêu rõ: thống nhất hoặc không thống nhất đề nghị khen thưởng và lý do; việc chấp "
                "hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước."
            ),
            Paragraph(
                f"Ý kiến xin gửi về {BOARD} trước hoặc trong {long_date(asked.due_date)} để tổng hợp. "
                "Trường hợp chưa nhận được văn bản trả lời, Ban ghi rõ là chưa có ý kiến khi trình."
            ),
        ),
        closing=f"Rất mong nhận được sự phối hợp của {asked.body}",
        signature=Signature(position="TRƯỞNG BAN"),
        recipients=("Như trên", "Lãnh đạo Sở Nội vụ (để báo cáo)", "Lưu: VT, BTĐKT"),
        appendices=(list_annex("Danh sách đề nghị khen thưởng", rows),),
    )

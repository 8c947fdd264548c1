"""Công văn đôn đốc and công văn trao đổi: one letter in two voices, with its annexed list."""

from campaign.datasets.chasing_letter import Letter
from lib.official.model import (
    Align,
    Appendix,
    Column,
    Document,
    Header,
    Paragraph,
    Row,
    Signature,
    Table,
)
from lib.vietnamese import long_date, short_date

BOARD = "Ban Thi đua - Khen thưởng"
# More names than these fill the page: then they stand in the annexed list alone.
MOST_ADDRESSEES = 7


def letter_document(letter: Letter) -> Document:
    """The same form for both: it is a state body that writes, also to a body of the Party."""
    return Document(
        header=Header(
            governing_body="SỞ NỘI VỤ",
            issuing_body=("BAN THI ĐUA - KHEN THƯỞNG",),
            symbol="BTĐKT",
            place=letter.campaign.place,
            year=letter.on.year,
            issuer=BOARD,
        ),
        subject=f"V/v {_purpose(letter)} {_what(letter)}",
        addressees=_addressees(letter),
        body=tuple(Paragraph(text) for text in (_basis(letter), _state(letter), _wish(letter))),
        closing=_closing(letter),
        signature=Signature(position="TRƯỞNG BAN", name=letter.signer),
        recipients=(
            "Như trên",
            "Lãnh đạo Sở Nội vụ (để báo cáo)",
            "Lưu: VT, BTĐKT",
        ),
        appendices=(_annex(letter),),
    )


def _purpose(letter: Letter) -> str:
    return "đề nghị phối hợp gửi" if letter.is_request else "đôn đốc gửi"


def _what(letter: Letter) -> str:
    """The one thing all of them owe, or that there are several."""
    matter = "kế hoạch, báo cáo"
    if len(letter.matters) == 1:
        (only,) = letter.matters
        matter = f"{only[0].lower()}{only[1:]}"
    return f"{matter} thực hiện {letter.campaign.name}"


def _missing(letter: Letter) -> str:
    """Who owes several things may have sent some of them."""
    return "chưa gửi" if len(letter.matters) == 1 else "chưa gửi đầy đủ"


def _addressees(letter: Letter) -> tuple[str, ...]:
    if len(letter.units) <= MOST_ADDRESSEES:
        return letter.units
    return ("Các cơ quan, đơn vị, địa phương (danh sách kèm theo)",)


def _basis(letter: Letter) -> str:
    campaign = letter.campaign
    number = f" số {campaign.document_number}" if campaign.document_number else ""
    kind = campaign.document_type.capitalize()
    subject = f"{campaign.subject[0].lower()}{campaign.subject[1:]}".rstrip(".")
    verb = "Căn cứ" if letter.is_request else "Thực hiện"
    return (
        f"{verb} {kind}{number} {long_date(campaign.issued_on)} của {campaign.issuer} về việc "
        f"{subject}, các cơ quan, đơn vị, địa phương gửi kế hoạch triển khai và báo cáo về "
        f"{campaign.receiver} để tổng hợp."
    )


def _state(letter: Letter) -> str:
    how_many = (
        letter.units[0] if len(letter.units) == 1
        else f"{len(letter.units):02d} cơ quan, đơn vị, địa phương (danh sách kèm theo)"
    )  # fmt: skip
    return (
        f"Theo dõi của {BOARD}, đến hết {long_date(letter.on)}, {how_many} {_missing(letter)} "
        f"{_what(letter)}."
    )


def _wish(letter: Letter) -> str:
    by = f"trước {long_date(letter.new_due_date)}"
    if letter.is_request:
        return (
            f"Để có cơ sở tổng hợp, báo cáo {letter.campaign.issuer}, {BOARD} trân trọng trao đổi "
            f"và đề nghị quý cơ quan, đơn vị quan tâm, phối hợp gửi nội dung nêu trong danh sách "
            f"{by}."
        )
    return (
        f"Để bảo đảm tiến độ chung, {BOARD} đề nghị thủ trưởng cơ quan, đơn vị, địa phương chỉ "
        f"đạo hoàn thành và gửi nội dung nêu trong danh sách {by}. Trường hợp đã gửi bằng bản giấy "
        f"hoặc qua văn phòng điện tử, đề nghị thông tin lại để {BOARD} ghi nhận."
    )


def _closing(letter: Letter) -> str:
    if letter.is_request:
        return f"{BOARD} rất mong nhận được sự quan tâm, phối hợp của quý cơ quan, đơn vị."
    return f"{BOARD} đề nghị các cơ quan, đơn vị, địa phương quan tâm thực hiện."


def _annex(letter: Letter) -> Appendix:
    return Appendix(
        title=f"Danh sách cơ quan, đơn vị, địa phương {_missing(letter)} {_what(letter)}",
        blocks=(
            Table(
                columns=(
                    Column("STT", 1, Align.CENTER),
                    Column("Cơ quan, đơn vị, địa phương", 6),
                    Column("Nội dung chưa gửi", 5),
                    Column("Hạn gửi", 2.4, Align.CENTER),
                    Column("Số ngày quá hạn", 1.8, Align.CENTER),
                ),
                rows=tuple(
                    Row(
                        (
                            str(place), row.unit, row.content, short_date(row.due),
                            str(row.days_past) if row.days_past > 0 else "",
                        )
                    )
                    for place, row in enumerate(letter.rows, start=1)
                ),
            ),
        ),
    )  # fmt: skip

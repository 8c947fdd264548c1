"""Certificates for preprinted forms: each text where its layout puts it, in millimetres."""

from collections.abc import Callable, Iterable, Mapping

from awards.models import CertificateLayout, CertificateText, Grant
from lib.official.placed import Paper, Placed, write_placed
from lib.vietnamese import long_date

Name = CertificateText.Name
PLACE = "Tây Ninh"

WORDS: Mapping[str, Callable[[Grant], str]] = {
    Name.RECIPIENT: lambda grant: grant.name,
    Name.POSITION: lambda grant: ", ".join(filter(None, (grant.position, grant.unit_name))),
    Name.REASON: lambda grant: (
        f"Đã có thành tích xuất sắc trong thực hiện {grant.decision.campaign.name}"
    ),
    Name.PLACE_DATE: lambda grant: f"{PLACE}, {_day(grant)}",
    Name.SIGNER_POSITION: lambda grant: grant.decision.signer_position.replace(", ", "\n").upper(),
    Name.SIGNER_NAME: lambda grant: grant.decision.signer_name,
    Name.DECISION: lambda grant: f"Quyết định số {grant.decision.number}, {_day(grant)}",
    Name.GOLDEN_BOOK: lambda grant: f"Số sổ vàng: {grant.golden_book_number}",
}
SAMPLE = {
    Name.RECIPIENT: "Nguyễn Thị Điển Hình",
    Name.POSITION: "Chuyên viên Phòng Nghiệp vụ, Sở Mẫu tỉnh Tây Ninh",
    Name.REASON: "Đã có thành tích xuất sắc trong thực hiện đợt thi đua (mẫu)",
    Name.PLACE_DATE: "Tây Ninh, ngày 10 tháng 12 năm 2024",
    Name.SIGNER_POSITION: "CHỦ TỊCH",
    Name.SIGNER_NAME: "Nguyễn Văn Mẫu",
    Name.DECISION: "Quyết định số 00/QĐ-UBND, ngày 10 tháng 12 năm 2024",
    Name.GOLDEN_BOOK: "Số sổ vàng: 01",
}


def certificates(
    layout: CertificateLayout, texts: Iterable[CertificateText], grants: Iterable[Grant]
) -> bytes:
    """One page for each award; fetch decision and campaign along."""
    shown = [text for text in texts if text.is_shown]
    pages = [[_placed(layout, text, WORDS[text.name](grant)) for text in shown] for grant in grants]
    return write_placed(_paper(layout), pages, title=f"{layout.form.name}: bằng để in")


def test_page(layout: CertificateLayout, texts: Iterable[CertificateText]) -> bytes:
    """To be printed on plain paper and held against the form: rulers, crosses, measures."""
    page = [_placed(layout, text, SAMPLE[Name(text.name)]) for text in texts if text.is_shown]
    return write_placed(_paper(layout), [page], title=f"In thử {layout.form.name}", rulers=True)


def _placed(layout: CertificateLayout, text: CertificateText, words: str) -> Placed:
    return Placed(
        text=words,
        x=float(text.x + layout.shift_x),
        y=float(text.y + layout.shift_y),
        width=float(text.width),
        size=float(text.size),
        centered=text.align == CertificateText.Align.CENTER,
        bold=text.is_bold,
        label=text.get_name_display(),
    )


def _paper(layout: CertificateLayout) -> Paper:
    return Paper(float(layout.width), float(layout.height))


def _day(grant: Grant) -> str:
    return long_date(grant.decision.decided_on) if grant.decision.decided_on else ""

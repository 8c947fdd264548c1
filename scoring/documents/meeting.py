"""Biên bản hội nghị của khối: who was there, what was said, what the vote came to."""

from collections.abc import Iterator, Sequence

from lib.official.model import (
    Block,
    Bullet,
    Document,
    Header,
    Heading,
    Paragraph,
    Signature,
)
from lib.vietnamese import long_date
from scoring.datasets.ballot import Counted
from scoring.documents.minutes import BLANK, votes_of
from scoring.models import Attendance, BlockMeeting

PERCENT = 100
SUBJECTS = {
    BlockMeeting.Kind.PLEDGE: "Hội nghị ký kết giao ước thi đua năm {year}",
    BlockMeeting.Kind.MID_YEAR: "Hội nghị sơ kết 6 tháng đầu năm {year}",
    BlockMeeting.Kind.YEAR_END: "Hội nghị tổng kết năm {year}",
    BlockMeeting.Kind.OTHER: "Hội nghị {block} năm {year}",
}


def meeting_minutes(
    meeting: BlockMeeting, attendances: Sequence[Attendance], counted: Sequence[Counted]
) -> Document:
    """Fetch the year and its block along; `counted` are the votes the meeting is told of."""
    year = meeting.block_year
    block = str(year.block)
    subject = SUBJECTS[BlockMeeting.Kind(meeting.kind)].format(year=year.year, block=block)
    return Document(
        header=Header(
            issuing_body=(block.upper(),), symbol="BB-KTĐ", place="Tây Ninh",
            issued_date=meeting.held_on, issuer=block,
        ),
        kind="BIÊN BẢN",
        subject=subject,
        body=(
            Heading(1, "Thời gian, địa điểm, thành phần"),
            Paragraph(f"Thời gian: {long_date(meeting.held_on)}; địa điểm: {meeting.place or BLANK}."),
            Paragraph(f"Chủ trì: {meeting.chaired_by or BLANK}; thư ký: {meeting.secretary or BLANK}."),
            *_present(attendances),
            Heading(1, "Nội dung, kết luận"),
            *_said(meeting.minutes),
            *votes_of(counted),
        ),
        closing="Biên bản được thông qua tại hội nghị",
        signatures=(
            Signature(position="THƯ KÝ", name=meeting.secretary),
            Signature(position="CHỦ TRÌ", name=meeting.chaired_by),
        ),
        recipients=(
            "Ban Thi đua - Khen thưởng (Sở Nội vụ)", "Các đơn vị trong khối", "Lưu: VT",
        ),
    )  # fmt: skip


def _present(attendances: Sequence[Attendance]) -> Iterator[Block]:
    here = [row for row in attendances if row.is_present]
    away = [row for row in attendances if not row.is_present]
    yield Paragraph(f"Có mặt: {len(here)}/{len(attendances)} đơn vị thành viên.")
    for row in here:
        yield Bullet(f"{row.unit}: {row.people}" if row.people else str(row.unit))
    yield Paragraph(f"Vắng: {', '.join(str(row.unit) for row in away) or 'không'}.")


def _said(minutes: str) -> Iterator[Block]:
    lines = [line.strip() for line in minutes.splitlines() if line.strip()]
    for line in lines or [BLANK] * 4:
        yield Paragraph(line)

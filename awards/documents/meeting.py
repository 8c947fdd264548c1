"""Papers of the council: invitation, minutes of the meeting, record of the counting of votes."""

from collections.abc import Iterator, Sequence

from awards.datasets.council import CountedBallot, MeetingPaper
from awards.datasets.listed import headcount
from awards.documents.nominees import list_annex
from awards.models import Meeting
from lib import clock
from lib.official.model import (
    Align,
    Block,
    Bullet,
    Column,
    Document,
    Header,
    Heading,
    Paragraph,
    Row,
    Signature,
    Table,
)
from lib.vietnamese import long_date, number

DOTS = "…" * 29
COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"


def invitation(paper: MeetingPaper) -> Document:
    meeting = paper.meeting
    return Document(
        header=_header(meeting, symbol="GM-HĐTĐKT"),
        kind="Giấy mời",
        subject=meeting.title,
        addressees=tuple(row.invited_as for row in paper.members),
        body=(
            Paragraph(f"{meeting.get_body_display()} trân trọng kính mời ông/bà dự họp."),
            Paragraph(f"Thời gian: {_when(meeting)}."),
            Paragraph(f"Địa điểm: {meeting.place or DOTS}."),
            Paragraph(f"Chủ trì: {meeting.chair or DOTS}."),
            Paragraph(
                f"Nội dung: xét, cho ý kiến đối với {headcount(paper.rows)} đề nghị khen thưởng "
                f"thực hiện {meeting.campaign.name} (danh sách kèm theo; hồ sơ xem trên Cổng Thi đua)."
            ),
            Paragraph(
                "Thành viên không dự họp được xin báo lại Thư ký trước phiên họp để gửi phiếu lấy ý "
                "kiến bằng văn bản; phiếu được tính trên tổng số thành viên Hội đồng."
            ),
        ),
        closing="Rất mong ông/bà thu xếp thời gian dự họp đầy đủ, đúng giờ",
        signature=Signature(authority=("TL. CHỦ TỊCH HỘI ĐỒNG",), position="THƯ KÝ HỘI ĐỒNG",
                            name=meeting.secretary),
        recipients=("Như trên", "Lưu: VT, BTĐKT"),
        appendices=(list_annex("Danh sách đề nghị khen thưởng trình Hội đồng", paper.rows),),
    )  # fmt: skip


def minutes(paper: MeetingPaper) -> Document:
    """As far as it was noted; what was not is dots to be filled in by hand."""
    meeting = paper.meeting
    return Document(
        header=_header(meeting, symbol="BB-HĐTĐKT"),
        kind="Biên bản",
        subject=f"Họp {meeting.get_body_display()}: {meeting.title}",
        body=(
            Heading(1, "Thời gian, địa điểm"),
            Paragraph(f"Thời gian: {_when(meeting)}. Địa điểm: {meeting.place or DOTS}."),
            Heading(1, "Thành phần"),
            Paragraph(f"Chủ trì: {meeting.chair or DOTS}. Thư ký: {meeting.secretary or DOTS}."),
            Paragraph(
                f"Tổng số thành viên: {paper.count}; có mặt: {paper.present}; lấy ý kiến bằng văn "
                f"bản: {paper.in_writing}; vắng: {paper.absent}. Số thành viên dự họp "
                f"{'đủ' if paper.has_quorum else 'chưa đủ'} theo quy định (cần ít nhất {paper.needed})."
            ),
            *(Bullet(row.said) for row in paper.members),
            Heading(1, "Nội dung xét khen thưởng"),
            Paragraph(f"Hội đồng xét {headcount(paper.rows)} (danh sách kèm theo)."),
            *_ballots(paper.ballots),
            Heading(1, "Ý kiến tại phiên họp"),
            *(Paragraph(line) for line in paper.minutes_lines or (DOTS, DOTS)),
            Heading(1, "Kết luận"),
            *_conclusions(paper),
        ),
        closing="Biên bản được các thành viên dự họp thống nhất thông qua",
        signatures=(
            Signature(position="THƯ KÝ", name=meeting.secretary),
            Signature(position="CHỦ TRÌ", name=meeting.chair),
        ),
        recipients=("Thành viên Hội đồng", "Sở Nội vụ (Ban Thi đua - Khen thưởng)", "Lưu: VT, HĐTĐKT"),
        appendices=(
            list_annex("Danh sách và kết luận của Hội đồng", paper.rows,
                       reference=f"(Kèm theo Biên bản họp {long_date(clock.local_day(meeting.meets_at))})"),
        ),
    )  # fmt: skip


def counting_record(paper: MeetingPaper, counted: CountedBallot) -> Document:
    """Biên bản kiểm phiếu: sums and nothing else."""
    meeting, ballot = paper.meeting, counted.ballot
    return Document(
        header=_header(meeting, symbol="BB-HĐTĐKT"),
        kind="Biên bản",
        subject=f"Kiểm phiếu xét {ballot.form.name}",
        body=(
            Paragraph(f"Tại phiên họp {_when(meeting)}, {meeting.get_body_display()} bỏ phiếu kín."),
            Paragraph(f"Ban kiểm phiếu: {ballot.counters or DOTS}."),
            Heading(1, "Số phiếu"),
            Paragraph(
                f"Tổng số thành viên Hội đồng: {ballot.members}. Số phiếu thu về: {ballot.slips}, "
                f"trong đó lấy ý kiến bằng văn bản: {counted.in_writing}. Không bỏ phiếu: "
                f"{ballot.members - (ballot.slips or 0)}."
            ),
            Heading(1, "Kết quả"),
            Paragraph(
                f"Tỷ lệ tính trên tổng số thành viên Hội đồng; mức phải đạt: từ "
                f"{number(ballot.threshold)}%, tức ít nhất {counted.least} phiếu."
            ),
            _results(counted),
        ),
        closing="Biên bản lập xong, được công bố tại phiên họp",
        signatures=(
            Signature(position="BAN KIỂM PHIẾU"),
            Signature(position="THƯ KÝ", name=meeting.secretary),
            Signature(position="CHỦ TRÌ", name=meeting.chair),
        ),
        recipients=("Lưu: VT, HĐTĐKT",),
    )  # fmt: skip


def _results(counted: CountedBallot) -> Table:
    return Table(
        columns=(
            Column("STT", 0.7, Align.CENTER),
            Column("Họ và tên, tên tập thể", 4),
            Column("Phiếu đồng ý", 1.3, Align.CENTER),
            Column("Tỷ lệ trên tổng số thành viên", 1.7, Align.CENTER),
            Column("Kết quả", 1.3, Align.CENTER),
        ),
        rows=tuple(
            Row((str(place), row.name, str(row.votes), f"{number(row.percent, 1)}%", row.word))
            for place, row in enumerate(counted.rows, start=1)
        ),
    )


def _ballots(ballots: Sequence[CountedBallot]) -> Iterator[Block]:
    for counted in ballots:
        ballot = counted.ballot
        yield Paragraph(
            f"{ballot.title}: bỏ phiếu kín, thu về {ballot.slips}/{ballot.members} phiếu; "
            f"{counted.passed}/{len(counted.rows)} trường hợp đạt từ {number(ballot.threshold)}% tổng "
            "số thành viên (Biên bản kiểm phiếu kèm theo)."
        )


def _conclusions(paper: MeetingPaper) -> Iterator[Block]:
    agreed = [row for row in paper.rows if row.note == paper.AGREED]
    others = [row for row in paper.rows if row.note != paper.AGREED]
    yield Paragraph(f"Hội đồng thống nhất đề nghị khen thưởng {headcount(agreed)}.")
    if others:
        yield Paragraph("Các trường hợp còn lại:")
        yield from (Bullet(f"{row.name}: {row.note}") for row in others)


def _when(meeting: Meeting) -> str:
    local = meeting.meets_at.astimezone(clock.LOCAL)
    return f"{local.hour} giờ {local.minute:02d}, {long_date(local)}"


def _header(meeting: Meeting, *, symbol: str) -> Header:
    day = clock.local_day(meeting.meets_at)
    return Header(
        governing_body="UBND TỈNH TÂY NINH",
        issuing_body=("HỘI ĐỒNG THI ĐUA -", "KHEN THƯỞNG"),
        symbol=symbol,
        place=meeting.campaign.place,
        issued_date=day if symbol.startswith("BB") else None,
        year=day.year,
        issuer=COUNCIL,
    )

"""Biên bản kiểm tra, after the form of minutes in Nghị định 30/2020/NĐ-CP (Phụ lục III, mẫu 1.9).

What is not written yet is a row of dots to be filled in by hand: the same paper serves before the
visit, as a form, and after it, to be signed by both sides.
"""

from collections.abc import Iterator, Sequence
from datetime import date, time

from campaign.datasets.minutes import Found, Member, Minutes, minutes_of, team_of
from campaign.models import Campaign, Finding, InspectionRound, Visit, VisitMember
from lib.official.model import Block, Bullet, Document, Header, Heading, Paragraph, Signature
from lib.vietnamese import long_date
from units.models import Unit

Kind = Finding.Kind
WHOLE_LINE = "…" * 29  # as wide as the first line of a paragraph
HEADINGS = {
    Kind.STRENGTH: "Ưu điểm",
    Kind.SHORTCOMING: "Tồn tại, hạn chế",
    Kind.REQUEST: "Kiến nghị",
}


def minutes_document(visit: Visit) -> Document:
    """The minutes of a visit; fetch its round, campaign and unit along."""
    said, team, unit = minutes_of(visit), team_of(visit), visit.unit
    round_, campaign = visit.round, visit.round.campaign
    return Document(
        header=Header(
            governing_body=campaign.issuer,
            issuing_body=("Đoàn kiểm tra",),
            symbol="BB-ĐKT",
            issuer="Đoàn kiểm tra",
        ),
        kind="Biên bản",
        subject=f"Kiểm tra việc thực hiện {campaign.name} tại {unit.name}",
        body=(
            *_opening(visit, said, round_),
            *_present(team, said, unit),
            *_content(said, campaign),
            Heading(1, "Kết luận, kiến nghị"),
            *_paragraphs(said.conclusion, lines=4),
            *_follow_ups(said.findings),
        ),
        closing=_closing(visit.day, said.ends),
        signatures=(
            Signature(position="Đại diện đơn vị", name=said.unit_signer),
            Signature(position="Thư ký", name=_named(team, VisitMember.Role.SECRETARY)),
            Signature(position="Trưởng đoàn", name=_named(team, VisitMember.Role.HEAD)),
        ),
        recipients=(unit.name, "Sở Nội vụ (Ban Thi đua - Khen thưởng)", "Lưu: ĐKT"),
    )


def _opening(visit: Visit, said: Minutes, round_: InspectionRound) -> Iterator[Block]:
    basis = f"Thực hiện {round_.basis}, {round_.name}." if round_.basis else f"{round_.name}."
    yield Paragraph(basis)
    yield Paragraph(f"Thời gian bắt đầu: {_hour(said.begins)}, {long_date(visit.day)}.")
    yield Paragraph(f"Địa điểm: {said.place or WHOLE_LINE[:24]}")


def _present(team: Sequence[Member], said: Minutes, unit: Unit) -> Iterator[Block]:
    yield Heading(1, "Thành phần tham dự")
    yield Heading(2, "Đoàn kiểm tra")
    for member in team:
        who = f"{member.name}, {member.position}" if member.position else member.name
        yield Bullet(f"{who} – {member.role_label}")
    for role in (VisitMember.Role.HEAD, VisitMember.Role.SECRETARY):
        if not _named(team, role):
            yield Bullet(f"{WHOLE_LINE[:20]} – {role.label}")
    yield Heading(2, unit.name)
    lines = [line.strip(" -–;.") for line in said.attendance.splitlines()]
    people = [line for line in lines if line] or [WHOLE_LINE[:27]] * 2
    yield from (Bullet(person) for person in people)


def _content(said: Minutes, campaign: Campaign) -> Iterator[Block]:
    yield Heading(1, "Nội dung kiểm tra")
    yield Paragraph(
        f"Kiểm tra việc triển khai, thực hiện {campaign.name} theo {campaign.document_type.capitalize()}"
        f" {_number(campaign)}{long_date(campaign.issued_on)} của {campaign.issuer}."
    )
    yield Heading(2, "Diễn biến")
    yield from _paragraphs(said.course, lines=6)
    for kind, heading in HEADINGS.items():
        yield Heading(2, heading)
        found = said.of_kind(kind)
        yield from (Bullet(_finding(one)) for one in found)
        if not found:
            # Once there is a conclusion, an empty part says that there was nothing.
            yield Paragraph("Không có." if said.conclusion else WHOLE_LINE)


def _follow_ups(findings: Sequence[Found]) -> Iterator[Block]:
    due = [one for one in findings if one.due_date]
    if due:
        yield Paragraph("Đơn vị khắc phục và báo cáo kết quả trên Cổng Thi đua theo hạn sau:")
    for one in sorted(due, key=lambda found: found.due_date or date.max):
        yield Bullet(f"{one.text.rstrip('.')}: chậm nhất {long_date(one.due_date or date.max)}.")


def _finding(one: Found) -> str:
    where = f" (mục {one.plan_item.code} của Kế hoạch)" if one.plan_item else ""
    return f"{one.text.rstrip('.;')}{where}."


def _paragraphs(text: str, *, lines: int) -> Iterator[Block]:
    written = [line.strip() for line in text.splitlines() if line.strip()]
    yield from (Paragraph(line) for line in written or [WHOLE_LINE] * lines)


def _closing(day: date, ends: time | None) -> str:
    return (
        f"Biên bản đã được đọc cho hai bên cùng nghe, thống nhất ký tên và được lập thành 03 bản. "
        f"Cuộc kiểm tra kết thúc vào hồi {_hour(ends)}, {long_date(day)}"
    )


def _hour(at: time | None) -> str:
    return f"{at.hour} giờ {at.minute:02d}" if at else "…… giờ ……"


def _number(campaign: Campaign) -> str:
    return f"số {campaign.document_number} " if campaign.document_number else ""


def _named(team: Sequence[Member], role: str) -> str:
    return next((member.name for member in team if member.role == role), "")

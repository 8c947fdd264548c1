"""Tờ trình, biên bản xét khen thưởng và báo cáo thành tích, by the official document model.

After domain guide §4.5 and §5.7: the letter to the Chairman with the list as an appendix, the
minutes of the unit's council, and one report for each nominee with room for the confirmations.
"""

from collections.abc import Iterator

from awards.datasets.paper import PaperFacts
from awards.models import Dossier, Nomination, PaperKind, Recipient
from lib.official.model import (
    Align,
    Appendix,
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
from lib.vietnamese import long_date, short_date

BLANK = "…………………………"
DIRECT = "x"


def paper_document(facts: PaperFacts) -> Document:
    writers = {PaperKind.LETTER: _letter, PaperKind.MINUTES: _minutes}
    return writers.get(PaperKind(facts.kind), _report)(facts)


def _header(dossier: Dossier, symbol: str, *, number: str = "") -> Header:
    return Header(
        governing_body=dossier.campaign.issuer.upper(),
        issuing_body=(dossier.unit.name.upper(),),
        symbol=f"{symbol}-{dossier.unit.short_name}",
        number=number or None,
        place=dossier.campaign.place,
        issued_date=dossier.letter_date,
        year=dossier.campaign.year,
        issuer=dossier.unit.name,
    )


def _how_many(facts: PaperFacts) -> str:
    words = {
        Recipient.COLLECTIVE: "tập thể",
        Recipient.INDIVIDUAL: "cá nhân",
        Recipient.HOUSEHOLD: "hộ gia đình",
    }
    said = [f"{facts.count(kind):02d} {word}" for kind, word in words.items() if facts.count(kind)]
    return ", ".join(said)


def _forms(facts: PaperFacts) -> str:
    return ", ".join(dict.fromkeys(row.form.name for row in facts.nominations))


def _bases(facts: PaperFacts) -> tuple[str, ...]:
    campaign = facts.dossier.campaign
    laws = dict.fromkeys(row.form.legal_basis.rpartition("; ")[2] for row in facts.nominations)
    bases = ["Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", *laws]
    number = f" số {campaign.document_number}" if campaign.document_number else ""
    bases.append(
        f"{campaign.document_type.capitalize()}{number} {long_date(campaign.issued_on)} của "
        f"{campaign.issuer}"
    )
    if facts.guideline and facts.guideline.issued_on:
        bases.append(
            f"Hướng dẫn số {facts.guideline.number} {long_date(facts.guideline.issued_on)} của "
            f"{facts.guideline.issuer}"
        )
    if facts.dossier.council_met_on:
        bases.append(
            f"Biên bản họp Hội đồng Thi đua - Khen thưởng {long_date(facts.dossier.council_met_on)}"
            f" của {facts.dossier.unit.name}"
        )
    return tuple(f"Căn cứ {one}" for one in bases)


def _letter(facts: PaperFacts) -> Document:
    dossier = facts.dossier
    reason = dossier.reason or f"Đã có thành tích xuất sắc trong {dossier.campaign.name}"
    template = (Paragraph(f"(Theo {facts.template})"),) if facts.template else ()
    return Document(
        header=_header(dossier, "TTr", number=dossier.letter_number.split("/")[0]),
        kind="Tờ trình",
        subject=f"Về việc đề nghị khen thưởng thành tích trong {dossier.campaign.name}",
        addressees=("Chủ tịch UBND tỉnh", "Sở Nội vụ (qua Ban Thi đua - Khen thưởng)"),
        bases=_bases(facts),
        body=(
            Paragraph(
                f"{dossier.unit.name} kính trình xem xét, tặng {_forms(facts)} cho"
                f" {_how_many(facts)} (có danh sách và hồ sơ kèm theo)."
            ),
            Paragraph(f"Lý do khen: {reason.rstrip('.')}."),
            *template,
        ),
        closing=f"{dossier.unit.name} kính trình xem xét, quyết định",
        signature=Signature(
            position=dossier.signer_position or "Thủ trưởng đơn vị", name=dossier.signer_name
        ),
        recipients=("Như trên", f"Lưu: VT, {dossier.unit.short_name}"),
        appendices=(
            Appendix(title="Danh sách đề nghị khen thưởng", blocks=(_list(facts),), landscape=True),
        ),
    )


def _list(facts: PaperFacts) -> Table:
    columns = (
        Column("STT", 0.5, Align.CENTER),
        Column("Họ và tên, tên tập thể", 2.2),
        Column("Chức vụ, đơn vị", 2.2),
        Column("Nội dung thành tích (tóm tắt)", 3.6),
        Column("Hình thức đề nghị", 1.8),
        Column("Trực tiếp lao động", 0.9, Align.CENTER),
    )
    rows = tuple(
        Row(
            (
                str(place),
                row.candidate.name,
                _place_of(row),
                row.summary,
                row.form.short_name,
                DIRECT if row.candidate.is_direct_worker else "",
            )
        )
        for place, row in enumerate(facts.nominations, start=1)
    )
    return Table(columns, rows)


def _place_of(row: Nomination) -> str:
    parts = (row.candidate.position, row.candidate.workplace, row.candidate.unit.name)
    return ", ".join(part for part in parts if part)


def _minutes(facts: PaperFacts) -> Document:
    dossier = facts.dossier
    day = long_date(dossier.council_met_on) if dossier.council_met_on else BLANK
    members = dossier.council_members or BLANK
    present = dossier.council_present if dossier.council_present is not None else BLANK
    notes = [line.strip() for line in dossier.council_notes.splitlines() if line.strip()]
    return Document(
        header=_header(dossier, "BB"),
        kind="Biên bản",
        subject=f"Họp xét khen thưởng thành tích trong {dossier.campaign.name}",
        body=(
            Heading(1, "Thời gian, thành phần"),
            Paragraph(f"Thời gian: {day}."),
            Paragraph(f"Hội đồng có {members} thành viên, có mặt {present}."),
            Paragraph(f"Chủ trì: {dossier.council_chair or BLANK}."),
            Paragraph(f"Thư ký: {dossier.council_secretary or BLANK}."),
            Heading(1, "Nội dung"),
            *(Paragraph(line) for line in notes or [BLANK]),
            Heading(1, "Kết quả"),
            Paragraph(f"Hội đồng thống nhất đề nghị khen thưởng {_how_many(facts)}, gồm:"),
            *(
                Bullet(f"{row.candidate.name}, {_place_of(row)}: {row.form.name}")
                for row in facts.nominations
            ),
        ),
        closing="Biên bản được thông qua tại cuộc họp",
        signatures=(
            Signature(position="Thư ký", name=dossier.council_secretary),
            Signature(position="Chủ trì", name=dossier.council_chair),
        ),
        recipients=("Sở Nội vụ (Ban Thi đua - Khen thưởng)", "Lưu: VT"),
    )


def _report(facts: PaperFacts) -> Document:
    row, dossier = facts.nomination, facts.dossier
    if row is None:
        raise ValueError("A report is of one nomination.")
    kind = f" ({facts.template})" if facts.template else ""
    return Document(
        header=_header(dossier, "BC"),
        kind="Báo cáo thành tích",
        subject=f"Đề nghị tặng {row.form.name}{kind}",
        body=(
            Heading(
                1,
                "Thông tin chung" if row.candidate.recipient != "individual" else "Sơ lược lý lịch",
            ),
            *(Bullet(line) for line in _about(row)),
            Heading(1, "Thành tích đạt được"),
            *(Paragraph(line) for line in row.achievement.splitlines() if line.strip()),
            *_initiative(row),
        ),
        closing="",
        signatures=(
            Signature(position="Xác nhận của đơn vị đề nghị", name=dossier.signer_name),
            Signature(position="Người báo cáo", name=_reporter(row)),
        ),
        recipients=("Sở Nội vụ (Ban Thi đua - Khen thưởng)", "Lưu: VT"),
    )


def _about(row: Nomination) -> Iterator[str]:
    candidate = row.candidate
    if candidate.recipient == Recipient.INDIVIDUAL:
        yield f"Họ và tên: {candidate.name}"
        # Personal data stay out of what council and leadership read: filled in by hand.
        yield f"Ngày sinh: {BLANK}"
        if candidate.gender:
            yield f"Giới tính: {candidate.get_gender_display()}"
        yield f"Chức vụ, nơi công tác: {_place_of(row)}"
    else:
        yield f"Tên: {candidate.name}"
        yield f"Đơn vị: {candidate.workplace or candidate.unit.name}"
        if candidate.member_count:
            women = f", trong đó {candidate.women_count} nữ" if candidate.women_count else ""
            yield f"Số người: {candidate.member_count}{women}"
    if row.achieved_from and row.achieved_to:
        yield (
            "Thời gian lập thành tích: từ "
            f"{short_date(row.achieved_from)} đến {short_date(row.achieved_to)}"
        )


def _initiative(row: Nomination) -> tuple[Block, ...]:
    if not row.initiative_name:
        return ()
    number = f" (Quyết định công nhận số {row.initiative_number})" if row.initiative_number else ""
    return (Paragraph(f"Sáng kiến: {row.initiative_name}{number}."),)


def _reporter(row: Nomination) -> str:
    return row.candidate.name if row.candidate.recipient == Recipient.INDIVIDUAL else ""

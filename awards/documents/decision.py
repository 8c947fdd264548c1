"""Tờ trình of Sở Nội vụ and the decision of the chairman, each with its list."""

from collections.abc import Sequence
from datetime import date

from awards.bonus import Money
from awards.datasets.listed import Listed, groups_of, headcount
from awards.documents.nominees import list_annex
from awards.law import bases_on, local_government_on
from awards.models import Decision, Proposal
from campaign.models import Campaign
from lib.official.model import Document, Header, Paragraph, Run, Signature
from lib.vietnamese import long_date, number

SNV = "Sở Nội vụ"
CHAIRMAN = "Chủ tịch Ủy ban nhân dân tỉnh"


def proposal_letter(
    proposal: Proposal, rows: Sequence[Listed], *, minutes: Sequence[str], on: date
) -> Document:
    """`minutes`: the meetings of the council it stands on, in words."""
    campaign, day = proposal.campaign, proposal.dated_on or on
    law, decree = bases_on(day)
    return Document(
        header=Header(
            governing_body="UBND TỈNH TÂY NINH",
            issuing_body=("SỞ NỘI VỤ",),
            number=_number(proposal.number),
            symbol="TTr-SNV",
            place=campaign.place,
            issued_date=proposal.dated_on,
            year=day.year,
            issuer=SNV,
        ),
        kind="Tờ trình",
        subject=f"Về việc khen thưởng thực hiện {campaign.name}",
        addressees=(f"{CHAIRMAN} Tây Ninh",),
        bases=(law, decree, _plan(campaign), *minutes),
        body=(
            Paragraph(
                f"{SNV} đã thẩm định hồ sơ, Hội đồng Thi đua - Khen thưởng tỉnh đã họp xét và thống "
                f"nhất. {SNV} kính trình {CHAIRMAN} xem xét, quyết định khen thưởng {headcount(rows)} "
                f"đã có thành tích xuất sắc trong thực hiện {campaign.name}, cụ thể:"
            ),
            *(Paragraph(f"- {group.form}: {headcount(group.rows)};") for group in groups_of(rows)),
            Paragraph("(Danh sách và hồ sơ kèm theo)"),
        ),
        closing=f"Kính trình {CHAIRMAN} xem xét, quyết định",
        signature=_signature(proposal.signer_position or "GIÁM ĐỐC", proposal.signer_name),
        recipients=("Như trên", "Lãnh đạo Sở", "Lưu: VT, BTĐKT"),
        appendices=(list_annex("Danh sách đề nghị khen thưởng", rows),),
        draft=not proposal.number,
    )


def decision_paper(
    decision: Decision, rows: Sequence[Listed], money: Money, *, on: date
) -> Document:
    campaign, proposal, day = decision.campaign, decision.proposal, decision.decided_on or on
    law, decree = bases_on(day)
    letter = ""
    if proposal is not None:
        dated = f" {long_date(proposal.dated_on)}" if proposal.dated_on else ""
        letter = f"Theo đề nghị của Giám đốc {SNV} tại Tờ trình số {proposal.number or '…'}{dated}"
    return Document(
        header=Header(
            issuing_body=("ỦY BAN NHÂN DÂN", "TỈNH TÂY NINH"),
            number=_number(decision.number),
            symbol="QĐ-UBND",
            place=campaign.place,
            issued_date=decision.decided_on,
            year=day.year,
            issuer=f"{CHAIRMAN} Tây Ninh",
        ),
        kind="Quyết định",
        subject=decision.subject,
        decider=f"{CHAIRMAN} Tây Ninh",
        bases=(local_government_on(day), law, decree, _plan(campaign), letter),
        body=(
            _article(
                1, f"Khen thưởng {headcount(rows)} (có danh sách kèm theo) đã có thành tích xuất sắc "
                f"trong thực hiện {campaign.name}.",
            ),
            _article(2, _money(money)),
            _article(
                3, "Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, "
                f"Giám đốc {SNV}, thủ trưởng các cơ quan, đơn vị liên quan và các tập thể, cá nhân, "
                "hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
            ),
        ),
        signature=_signature(decision.signer_position or "CHỦ TỊCH", decision.signer_name),
        recipients=("Như Điều 3", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Lưu: VT, SNV (BTĐKT)"),
        appendices=(list_annex("Danh sách khen thưởng", rows),),
        draft=decision.status == Decision.Status.DRAFT,
    )  # fmt: skip


def _article(place: int, text: str) -> Paragraph:
    return Paragraph((Run(f"Điều {place}. ", bold=True), Run(text)))


def _money(money: Money) -> str:
    said = (
        f"Tiền thưởng kèm theo danh hiệu, hình thức khen thưởng: {number(money.from_fund)} đồng, "
    )
    said += "chi từ Quỹ thi đua, khen thưởng của tỉnh."
    if money.by_units:
        said += (
            f" Doanh nghiệp, đơn vị lực lượng vũ trang tự chi từ quỹ của mình: "
            f"{number(money.by_units)} đồng."
        )
    return said


def _plan(campaign: Campaign) -> str:
    numbered = f" số {campaign.document_number}" if campaign.document_number else ""
    kind = campaign.document_type.capitalize()
    return (
        f"Căn cứ {kind}{numbered} {long_date(campaign.issued_on)} của {campaign.issuer} về "
        f"{campaign.name}"
    )


def _number(text: str) -> str | None:
    """The figure alone: the symbol stands in the header anyway."""
    return text.partition("/")[0].strip() or None


def _signature(position: str, name: str) -> Signature:
    """“KT. CHỦ TỊCH, PHÓ CHỦ TỊCH” as it is typed becomes two lines of authority."""
    first, comma, second = position.partition(",")
    if comma:
        return Signature(authority=(first.strip(),), position=second.strip(), name=name)
    return Signature(position=first.strip(), name=name)

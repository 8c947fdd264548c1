"""Demonstration of awards of before, and of look-alikes among nominations (all marked “mẫu”).

Two units nominate one person for one bridge, a school nominates again what it was honoured for,
and two people only share a name: what Ban Thi đua decides on.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from awards.actions.likeness import compare_sent
from awards.importers.history import row_key
from awards.models import AwardForm, Candidate, Dossier, Nomination, PastAward, Recipient
from campaign.models import Campaign
from units.models import Membership, Unit

BRIDGE = (
    "Vận động hội viên và nhân dân góp 120 triệu đồng làm cầu qua rạch Bảo tại ấp Long Hòa, dài 24 mét, "
    "hoàn thành trong 45 ngày; tặng 60 suất quà cho gia đình chính sách xã Long Thuận."
)
BRIDGE_AGAIN = (
    "Làm cầu qua rạch Bảo tại ấp Long Hòa dài 24 mét, vận động nhân dân góp 120 triệu đồng, hoàn thành trong 45 "
    "ngày. Luôn gương mẫu, chấp hành tốt chủ trương của Đảng, chính sách pháp luật của Nhà nước."
)
LESSONS = (
    "Bồi dưỡng 32 học sinh giỏi môn Lịch sử, đạt 5 giải cấp tỉnh; xây dựng 12 bài giảng điện tử về Chiến dịch "
    "Điện Biên Phủ, chia sẻ cho 18 trường trong huyện dùng chung."
)
CLINIC = "Khám bệnh, cấp thuốc miễn phí cho 640 người nghèo ở các xã biên giới trong 12 ngày."
PATROL = "Tổ chức 36 đợt tuần tra song phương, giữ vững an ninh trật tự khu vực biên giới."

PERSON, COLLECTIVE, HOUSEHOLD = Recipient.INDIVIDUAL, Recipient.COLLECTIVE, Recipient.HOUSEHOLD
MERIT, PAPER, TITLE = "BK-TINH", "GK", "CSTDCS"


@dataclass(frozen=True)
class Given:
    """One award of before: whom, at which unit, which form, when and what for."""

    recipient: str
    name: str
    unit: str
    form: str
    year: int
    achievement: str = ""
    position: str = ""


GIVEN = (
    Given(COLLECTIVE, "Trường THPT Bàu Năng (mẫu)", "SGDDT", MERIT, 2023, LESSONS),
    Given(COLLECTIVE, "Phòng Nghiệp vụ Y (mẫu)", "SYT", MERIT, 2022, CLINIC),
    Given(COLLECTIVE, "Đồn Biên phòng Ba Đồn (mẫu)", "BCHBDBP", MERIT, 2023, PATROL),
    Given(COLLECTIVE, "Phòng Giáo dục và Đào tạo (mẫu)", "HGD", PAPER, 2022),
    Given(COLLECTIVE, "Tổ 1 (mẫu)", "HTB", PAPER, 2023),
    Given(COLLECTIVE, "Tổ 1 (mẫu)", "HTC", PAPER, 2023),
    Given(PERSON, "Nguyễn Thị Ánh Mai (mẫu)", "SGDDT", TITLE, 2021, "", "Giáo viên"),
    Given(PERSON, "Nguyễn Thị Ánh Mai (mẫu)", "SGDDT", TITLE, 2022, "", "Tổ trưởng chuyên môn"),
    Given(PERSON, "Nguyễn Thị Ánh Mai (mẫu)", "SGDDT", MERIT, 2023, LESSONS, "Tổ trưởng chuyên môn"),
    Given(PERSON, "Trần Quốc Đạt (mẫu)", "SNV", PAPER, 2022, "", "Chuyên viên"),
    Given(PERSON, "Lê Thị Hồng Thắm (mẫu)", "HLHPN", MERIT, 2022, "", "Chủ tịch Hội xã"),
    Given(PERSON, "Phạm Văn Bền (mẫu)", "HND", PAPER, 2021, "", "Hội viên"),
    Given(HOUSEHOLD, "Hộ ông Cao Văn Út (mẫu)", "HBC", PAPER, 2022, "Hiến 800 mét vuông đất làm đường."),
)  # fmt: skip


@dataclass(frozen=True)
class Sent:
    """One nomination in a dossier of its own, sent to Ban Thi đua."""

    recipient: str
    name: str
    unit: str
    achievement: str
    position: str = ""


SENT = (
    Sent(PERSON, "Đặng Văn Lành (mẫu)", "HND", BRIDGE, "Chi hội trưởng Chi hội Nông dân"),
    Sent(PERSON, "Ông DANG VAN LANH (mẫu)", "HBC", BRIDGE_AGAIN, "Hội viên"),
    Sent(COLLECTIVE, "Trường Trung học phổ thông Bàu Năng (mẫu)", "SGDDT", LESSONS),
    Sent(PERSON, "Lê Thị Hồng Thắm (mẫu)", "SYT", CLINIC, "Điều dưỡng trưởng"),
)


@transaction.atomic
def write_history(campaign: Campaign, *, now: datetime) -> tuple[int, int]:
    """How many awards of before and how many nominations were made; none the second time."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    forms = {form.code: form for form in AwardForm.objects.order_by("-valid_from")}
    if PastAward.objects.filter(is_demonstration=True).exists() or MERIT not in forms:
        return 0, 0
    awards = [_award(given, units[given.unit], forms[given.form]) for given in GIVEN]
    PastAward.objects.bulk_create(awards)
    sent = [
        _nominate(one, campaign, officer, forms[MERIT], now)
        for one in SENT
        if (officer := _officer(units[one.unit]))
    ]
    compare_sent(at=now)
    return len(awards), len(sent)


def _award(given: Given, unit: Unit, form: AwardForm) -> PastAward:
    award = PastAward(
        recipient=given.recipient, name=given.name, unit=unit, unit_name=unit.name,
        position=given.position, form=form, form_name=form.name, year=given.year,
        achievement=given.achievement, decided_by=form.decider,
        decided_on=date(given.year, 12, 20), decision_number=f"{given.year % 100}12/QĐ-MẪU",
        is_demonstration=True,
    )  # fmt: skip
    award.note_keys()
    award.row_key = row_key(award)
    return award


def _officer(unit: Unit) -> Membership | None:
    roles = [Membership.Role.HEAD, Membership.Role.OFFICER]
    return Membership.objects.filter(unit=unit, role__in=roles).order_by("role", "pk").first()


def _nominate(
    sent: Sent, campaign: Campaign, officer: Membership, form: AwardForm, now: datetime
) -> Nomination:
    by = officer.user
    unit = officer.unit
    last = Dossier.objects.of(campaign, unit).aggregate(last=Max("number"))["last"] or 0
    dossier = Dossier.objects.create(
        campaign=campaign, unit=unit, number=last + 1, created_at=now, created_by=by,
        letter_number="00/TTr-MẪU", letter_date=now.date(), reason="Dữ liệu mẫu.",
    )  # fmt: skip
    candidate = Candidate(
        recipient=sent.recipient, unit=unit, name=sent.name, position=sent.position,
        is_demonstration=True, created_at=now, created_by=by,
    )  # fmt: skip
    candidate.note_key()
    candidate.save()
    row = Nomination(
        dossier=dossier, candidate=candidate, form=form, achievement=sent.achievement,
        summary=sent.achievement[:200], achieved_from=campaign.starts_on,
        achieved_to=min(now.date(), campaign.ends_on), integrity=Nomination.Integrity.CLEAN,
        created_at=now, created_by=by,
    )  # fmt: skip
    row.note_keys()
    row.save()
    dossier.submit(by=by, at=now)
    return row

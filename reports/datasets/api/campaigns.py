"""Đợt thi đua, kỳ báo cáo, mục của Kế hoạch: what everybody with a role reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from campaign.models import Assignment, Campaign, Duty, PlanItem, ReportingPeriod
from campaign.models.plan import CampaignQuerySet, PlanItemQuerySet
from campaign.models.progress import ReportingPeriodQuerySet
from lib.vietnamese import fold
from reports.datasets.api.asked import After, Asked, Page, first_of, keyset
from reports.datasets.api.shape import Word, page_of, told, word
from units.permissions import has_a_role


@dataclass(frozen=True)
class CampaignTold:
    """Một đợt thi đua."""

    id: str = told("Mã đợt", "2024")
    name: str = told("Tên gọi")
    is_current: bool = told("Là đợt hiện hành: đợt được lấy khi bỏ trống tham số “dot”", True)
    document_number: str = told("Số, ký hiệu của Kế hoạch; rỗng khi không ghi", "1228/KH-UBND")
    issued_on: date = told("Ngày ban hành", "2024-03-18")
    issuer: str = told("Cơ quan ban hành", "UBND tỉnh Tây Ninh")
    subject: str = told("Trích yếu")
    theme: str = told("Chủ đề; rỗng khi không có")
    starts_on: date = told("Ngày bắt đầu", "2024-03-18")
    ends_on: date = told("Ngày kết thúc", "2024-12-31")
    sub_plan_due_date: date = told("Hạn gửi kế hoạch triển khai", "2024-03-22")
    page: str = told("Trang trên cổng")


def campaigns(asked: Asked, after: After, size: int) -> Page[CampaignTold]:
    return keyset(_campaigns(asked), after, size, _tell_campaigns)


def campaign(asked: Asked, code: str) -> CampaignTold | None:
    return first_of(_campaigns(asked).filter(code=code), _tell_campaigns)


def _campaigns(asked: Asked) -> CampaignQuerySet:
    """Whoever has a role reads them."""
    return Campaign.objects.all() if has_a_role(asked.user) else Campaign.objects.none()


def _tell_campaigns(rows: list[Campaign]) -> Sequence[CampaignTold]:
    current = Campaign.objects.current()
    return [
        CampaignTold(
            id=row.code,
            name=row.name,
            is_current=row == current,
            document_number=row.document_number,
            issued_on=row.issued_on,
            issuer=row.issuer,
            subject=row.subject,
            theme=row.theme,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            sub_plan_due_date=row.sub_plan_due_date,
            page=page_of(row.get_absolute_url()),
        )
        for row in rows
    ]


# --- periods --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PeriodTold:
    """Một kỳ báo cáo của đợt thi đua."""

    id: str = told("Định danh: mã đợt, dấu hai chấm, mã kỳ", "2024:thang-4-2024")
    campaign: str = told("Mã đợt thi đua", "2024")
    code: str = told("Mã kỳ, dùng cho tham số “ky”", "thang-4-2024")
    name: str = told("Tên kỳ", "tháng 4/2024")
    kind: Word = told("Loại kỳ", words=ReportingPeriod.Kind)
    status: Word = told("Tình trạng", words=ReportingPeriod.Status)
    data_from: date = told("Số liệu từ ngày", "2024-03-15")
    data_to: date = told("Số liệu đến hết ngày", "2024-04-14")
    opens_on: date = told("Ngày mở", "2024-04-10")
    due_date: date = told("Hạn gửi", "2024-04-17")
    page: str = told("Trang trên cổng")


def code_of(period: ReportingPeriod) -> str:
    """The name of a period in the letters of an address; names are unique in a campaign."""
    return slugify(fold(period.name).replace("/", "-"))


def period_in(periods: Iterable[ReportingPeriod], code: str) -> ReportingPeriod | None:
    return next((period for period in periods if code_of(period) == code), None)


def periods(asked: Asked, after: After, size: int) -> Page[PeriodTold]:
    rows = _periods(asked).filter(campaign=asked.campaign())
    return keyset(rows, after, size, _tell_periods)


def period(asked: Asked, code: str) -> PeriodTold | None:
    campaign_code, _, own = code.rpartition(":")
    found = period_in(_periods(asked).filter(campaign__code=campaign_code), own)
    return _tell_periods([found])[0] if found else None


def _periods(asked: Asked) -> ReportingPeriodQuerySet:
    return ReportingPeriod.objects.visible_to(asked.user).select_related("campaign")


def _tell_periods(rows: list[ReportingPeriod]) -> Sequence[PeriodTold]:
    return [
        PeriodTold(
            id=f"{row.campaign.code}:{code_of(row)}",
            campaign=row.campaign.code,
            code=code_of(row),
            name=row.name,
            kind=word(ReportingPeriod.Kind, row.kind),
            status=word(ReportingPeriod.Status, row.status),
            data_from=row.data_from,
            data_to=row.data_to,
            opens_on=row.opens_on,
            due_date=row.due_date,
            page=page_of(row.get_absolute_url()),
        )
        for row in rows
    ]


# --- rows of the plan -----------------------------------------------------------------------------


@dataclass(frozen=True)
class AssignedTold:
    """Đơn vị được giao hoặc phối hợp một nhiệm vụ."""

    unit: str = told("Mã đơn vị", "SNV")
    role: Word = told("Vai trò", words=Assignment.Role)


@dataclass(frozen=True)
class DutyTold:
    """Nhiệm vụ ở phần IV của Kế hoạch."""

    verb: Word = told("Vai trò nêu trong Kế hoạch", words=Duty.Verb)
    is_request: bool = told("Là đề nghị, không phải giao", False)
    other_actors: str = told("Nơi phối hợp ngoài danh mục đơn vị; rỗng khi không có")
    assigned: tuple[AssignedTold, ...] = told("Các đơn vị")


@dataclass(frozen=True)
class PlanItemTold:
    """Một mục của Kế hoạch. Mã theo văn bản và không bao giờ đổi."""

    id: str = told("Định danh: mã đợt, dấu hai chấm, mã mục", "2024:II.1")
    campaign: str = told("Mã đợt thi đua", "2024")
    code: str = told("Mã mục", "II.1")
    parent: str | None = told("Mã mục chứa mục này", "II")
    kind: Word = told("Loại mục", words=PlanItem.Kind)
    position: int = told("Thứ tự trong văn bản", 12)
    heading: str = told("Đề mục; rỗng khi không có")
    text: str = told("Lời văn, đã sửa lỗi nếu có")
    is_withdrawn: bool = told("Đã bị văn bản sau bãi bỏ", False)
    duty: DutyTold | None = told("Nhiệm vụ, khi mục là một nhiệm vụ")
    page: str = told("Trang trên cổng")


def plan_items(asked: Asked, after: After, size: int) -> Page[PlanItemTold]:
    rows = _items(asked).filter(campaign=asked.campaign())
    if kind := asked.said["loai"]:
        rows = rows.filter(kind=kind)
    if parent := asked.said["thuoc"]:
        rows = rows.filter(Q(parent__code=parent))
    if unit := asked.said["don_vi"]:
        given = Assignment.objects.filter(unit__code=unit).values("duty__item")
        rows = rows.filter(pk__in=given)
    return keyset(rows, after, size, _tell_items)


def plan_item(asked: Asked, code: str) -> PlanItemTold | None:
    campaign_code, _, own = code.partition(":")
    return first_of(_items(asked).filter(campaign__code=campaign_code, code=own), _tell_items)


def _items(asked: Asked) -> PlanItemQuerySet:
    """Whoever has a role reads the plan, and whom its duties fall on."""
    rows = PlanItem.objects.all() if has_a_role(asked.user) else PlanItem.objects.none()
    return rows.select_related("campaign", "parent", "duty").prefetch_related(
        "duty__assignments__unit"
    )


def _tell_items(rows: list[PlanItem]) -> Sequence[PlanItemTold]:
    return [
        PlanItemTold(
            id=f"{row.campaign.code}:{row.code}",
            campaign=row.campaign.code,
            code=row.code,
            parent=row.parent.code if row.parent else None,
            kind=word(PlanItem.Kind, row.kind),
            position=row.position,
            heading=row.heading,
            text=row.text,
            is_withdrawn=row.withdrawn_by_id is not None,
            duty=_duty(row.duty) if hasattr(row, "duty") else None,
            page=page_of(reverse("campaign:plan-item", args=[row.campaign.code, row.code])),
        )
        for row in rows
    ]


def _duty(duty: Duty) -> DutyTold:
    assigned = sorted(duty.assignments.all(), key=lambda row: (row.unit.sort_order, row.role))
    return DutyTold(
        verb=word(Duty.Verb, duty.verb),
        is_request=duty.is_request,
        other_actors=duty.other_actors,
        assigned=tuple(
            AssignedTold(row.unit.code, word(Assignment.Role, row.role)) for row in assigned
        ),
    )

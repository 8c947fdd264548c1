"""Hoạt động: the list of the page “Hoạt động”, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from campaign.datasets.activity_list import ActivityFilters, activities_asked_for, set_back
from campaign.datasets.past import activities_at
from campaign.models import Activity, Participation
from lib import clock
from reports.datasets.api.asked import After, Asked, Page, changed_since, first_of, keyset
from reports.datasets.api.shape import UnitRef, Word, page_of, told, unit_ref, word


@dataclass(frozen=True)
class ParticipantTold:
    """Đơn vị phối hợp."""

    unit: UnitRef = told("Đơn vị")
    answer: Word = told("Trả lời về việc cùng tham gia", words=Participation.State)


@dataclass(frozen=True)
class ActivityTold:
    """Một hoạt động, công trình, phần việc hoặc việc đỡ đầu."""

    id: str = told(
        "Định danh (UUID), giữ nguyên từ khi đăng ký", "5f0c2a9e-2f6b-4c39-9a53-0c1d6c1f6f11"
    )
    campaign: str = told("Mã đợt thi đua", "2024")
    kind: Word = told("Loại", words=Activity.Kind)
    title: str = told("Nội dung")
    status: Word = told("Tình trạng", words=Activity.Status)
    is_overdue: bool = told("Đã quá ngày kết thúc mà chưa xong", False)
    lead: UnitRef = told("Đơn vị chủ trì, giữ số liệu của hoạt động")
    registered_by: UnitRef = told("Đơn vị đã đăng ký hoặc bổ sung")
    participants: tuple[ParticipantTold, ...] = told("Các đơn vị phối hợp")
    plan_items: tuple[str, ...] = told("Mã các mục Kế hoạch hoạt động gắn với")
    place: str = told("Địa điểm; rỗng khi chưa ghi")
    beneficiary: str = told("Nơi được đỡ đầu, hỗ trợ; rỗng khi không có")
    starts_on: date | None = told("Ngày bắt đầu", "2024-05-02")
    ends_on: date | None = told("Ngày kết thúc", "2024-05-07")
    done_on: date | None = told("Ngày hoàn thành")
    result: str = told("Kết quả; rỗng khi chưa có")
    quantity: Decimal | None = told("Số lượng dự kiến", "100.00")
    quantity_done: Decimal | None = told("Số lượng đã thực hiện", "96.00")
    quantity_unit: str = told("Đơn vị tính của số lượng; rỗng khi không có", "suất quà")
    cost: Decimal | None = told("Kinh phí dự kiến, triệu đồng", "50.00")
    cost_spent: Decimal | None = told("Kinh phí đã dùng, triệu đồng", "48.50")
    was_added: bool = told("Bổ sung trong đợt, không có trong kế hoạch triển khai", False)
    same_as: str | None = told("Định danh hoạt động chung mà hoạt động này đã gộp vào")
    page: str = told("Trang trên cổng")


def activities(asked: Asked, after: After, size: int) -> Page[ActivityTold]:
    campaign, said = asked.campaign(), asked.said
    if campaign is None:
        return Page(())
    filters = ActivityFilters(
        block=said["khoi"], unit=said["don_vi"], kind=said["loai"], state=said["trang_thai"],
        item=said["muc"], search=said["tim"],
    )  # fmt: skip
    on = clock.local_day(asked.by or asked.at)
    rows = _whole(activities_asked_for(asked.user, campaign, on=on, filters=filters, by=asked.by))
    if said["thay_doi_tu"]:
        rows = changed_since(rows, said["thay_doi_tu"], "added_at")
    return keyset(rows, after, size, lambda found: _tell(found, asked))


def activity(asked: Asked, code: str) -> ActivityTold | None:
    try:
        key = UUID(code)
    except ValueError:
        return None
    seen = Activity.objects.visible_to(asked.user).filter(key=key)
    rows = _whole(activities_at(seen, None))
    return first_of(rows, lambda found: _tell(found, asked))


def _whole(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    related = rows.select_related("campaign", "lead_unit", "registered_by", "same_as")
    return related.prefetch_related("plan_items", "participations__unit")


def _tell(rows: list[Activity], asked: Asked) -> Sequence[ActivityTold]:
    at = asked.by or asked.at
    return [_one(row, is_overdue=row.is_overdue(at=at)) for row in set_back(rows)]


def _one(row: Activity, *, is_overdue: bool) -> ActivityTold:
    joined = sorted(row.participations.all(), key=lambda each: each.unit.sort_order)
    return ActivityTold(
        id=str(row.key),
        campaign=row.campaign.code,
        kind=word(Activity.Kind, row.kind),
        title=row.title,
        status=word(Activity.Status, row.status),
        is_overdue=is_overdue,
        lead=unit_ref(row.lead_unit),
        registered_by=unit_ref(row.registered_by),
        participants=tuple(
            ParticipantTold(unit_ref(each.unit), word(Participation.State, each.state))
            for each in joined
        ),
        plan_items=tuple(sorted(item.code for item in row.plan_items.all())),
        place=row.place,
        beneficiary=row.beneficiary,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        done_on=row.done_on,
        result=row.result,
        quantity=row.quantity,
        quantity_done=row.quantity_done,
        quantity_unit=row.quantity_unit,
        cost=row.cost,
        cost_spent=row.cost_spent,
        was_added=row.was_added,
        same_as=str(row.same_as.key) if row.same_as else None,
        page=page_of(row.get_absolute_url()),
    )

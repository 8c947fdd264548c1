"""The table of activities as people fill it in: its columns, and a row as they would type it.

The page, the paste from Excel, the sheet to fill in and the export are the same columns.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaign.models import Activity, PlannedActivity, SubPlan
from lib.vietnamese import short_date

# Between a unit and its department in one cell; names of units hold hyphens, never this dash.
UNIT_AND_PART = " – "


@dataclass(frozen=True)
class ActivityColumn:
    """`also` are other headings people give the column, without tones or capitals."""

    name: str
    header: str
    width: int
    also: tuple[str, ...] = ()


COLUMNS = (
    ActivityColumn(
        "title", "Nội dung", 48,
        ("noi dung hoat dong", "hoat dong", "ten hoat dong", "cong trinh, phan viec",
         "noi dung, cong trinh, phan viec", "noi dung cong viec", "cong viec"),
    ),
    ActivityColumn(
        "plan_codes", "Mục KH", 14,
        ("muc ke hoach", "muc cua ke hoach", "ma muc", "muc", "can cu muc", "ma muc ke hoach"),
    ),
    ActivityColumn(
        "lead", "Chủ trì", 26, ("don vi chu tri", "bo phan chu tri", "co quan chu tri")
    ),
    ActivityColumn(
        "partners", "Phối hợp", 30, ("don vi phoi hop", "noi phoi hop", "co quan phoi hop")
    ),
    ActivityColumn("place", "Địa điểm", 22, ("noi to chuc", "dia diem to chuc")),
    ActivityColumn("starts_on", "Bắt đầu", 12, ("ngay bat dau", "tu ngay", "thoi gian bat dau")),
    ActivityColumn("ends_on", "Kết thúc", 12, ("ngay ket thuc", "den ngay", "thoi gian ket thuc")),
    ActivityColumn("quantity", "Số lượng", 10, ("chi tieu", "khoi luong")),
    ActivityColumn("quantity_unit", "ĐVT", 10, ("don vi tinh", "dv tinh")),
    ActivityColumn(
        "cost", "Kinh phí (triệu đồng)", 14, ("kinh phi", "kinh phi (trieu dong)", "du toan")
    ),
    ActivityColumn("cost_source", "Nguồn", 18, ("nguon kinh phi", "nguon von")),
    ActivityColumn("product", "Sản phẩm", 24, ("san pham, ket qua", "ket qua", "san pham ket qua")),
    ActivityColumn(
        "person_responsible", "Người phụ trách", 22, ("phu trach", "nguoi thuc hien", "can bo phu trach")
    ),
    # Last, so that rows copied without headings from an older sheet keep their places.
    ActivityColumn("kind", "Loại", 20, ("loai hoat dong", "phan loai", "loai hinh")),
    ActivityColumn(
        "beneficiary", "Nơi được đỡ đầu", 28,
        ("noi duoc do dau, ho tro", "don vi duoc do dau", "noi duoc ho tro", "noi do dau"),
    ),
)  # fmt: skip
HEADERS = {column.name: column.header for column in COLUMNS}


def typed_number(value: Decimal | None) -> str:
    """A number as it can be read back without a question: no dots, a comma where needed."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def typed_date(day: date | None) -> str:
    return short_date(day) if day else ""


def typed_lead(activity: PlannedActivity) -> str:
    unit = activity.lead_unit.name if activity.lead_unit else ""
    return UNIT_AND_PART.join(part for part in (unit, activity.lead_text) if part)


def typed_row(activity: PlannedActivity) -> dict[str, str]:
    """An activity as somebody would type it, by column; relations should be prefetched."""
    units = sorted(activity.participants.all(), key=lambda unit: unit.sort_order)
    partners = [unit.name for unit in units]
    if activity.participants_text:
        partners.append(activity.participants_text)
    facts = {**typed_facts(activity), "lead": typed_lead(activity), "partners": "; ".join(partners)}
    return {column.name: facts[column.name] for column in COLUMNS}


def typed_facts(activity: PlannedActivity | Activity) -> dict[str, str]:
    """What is typed of an activity, registered or under way, apart from its units."""
    items = sorted(activity.plan_items.all(), key=lambda item: item.position)
    return {
        "title": activity.title,
        "plan_codes": ", ".join(item.code for item in items),
        "place": activity.place,
        "starts_on": typed_date(activity.starts_on),
        "ends_on": typed_date(activity.ends_on),
        "quantity": typed_number(activity.quantity),
        "quantity_unit": activity.quantity_unit,
        "cost": typed_number(activity.cost),
        "cost_source": activity.cost_source,
        "product": activity.product,
        "person_responsible": activity.person_responsible,
        "kind": activity.get_kind_display(),
        "beneficiary": activity.beneficiary,
    }


def activities_in_order(sub_plan: SubPlan) -> list[PlannedActivity]:
    """Every activity with what a row shows, in three queries however many there are."""
    rows = sub_plan.activities.select_related("lead_unit")
    return list(rows.prefetch_related("plan_items", "participants").order_by("position", "pk"))

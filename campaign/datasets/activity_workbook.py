"""The table of activities as a workbook a unit fills in and sends back (`lib.roundtrip`)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from campaign.datasets.activity_table import COLUMNS, typed_row
from campaign.datasets.vocabulary import Vocabulary
from campaign.models import PlannedActivity, SubPlan
from lib import sheet
from lib.roundtrip.model import Field, FieldKind, Filled, Form, Identity, Line
from lib.vietnamese import moment

PAGE = "Hoạt động"
SPARE_ROWS = 60
_KINDS: Mapping[str, FieldKind] = {
    "starts_on": "day", "ends_on": "day", "quantity": "decimal", "cost": "decimal",
}  # fmt: skip
_STATE_LENGTH = 16


def table_state(activities: Sequence[PlannedActivity]) -> str:
    """A digest of what the table says: another one as soon as any cell is another."""
    said = [[str(activity.key), typed_row(activity)] for activity in activities]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:_STATE_LENGTH]


def table_identity(sub_plan: SubPlan, state: str, *, at: datetime) -> Identity:
    return Identity(
        kind="campaign.activities",
        title="Bảng hoạt động đăng ký",
        scope=sub_plan.campaign.code,
        scope_name=str(sub_plan.campaign),
        unit=sub_plan.unit.code,
        unit_name=str(sub_plan.unit),
        version=sub_plan.version,
        state=state,
        issued_at=moment(at),
    )


def table_form(
    sub_plan: SubPlan, activities: Sequence[PlannedActivity], vocabulary: Vocabulary
) -> Form:
    kinds = tuple(str(label) for label in PlannedActivity.Kind.labels)
    picks: dict[str, str | tuple[str, ...]] = {**picks_of(vocabulary), "kind": kinds}
    fields = [
        Field(
            column.name, column.header, column.width, _KINDS.get(column.name, "text"),
            picks=picks.get(column.name, ""),
        )
        for column in COLUMNS
    ]  # fmt: skip
    lines = [
        Line(str(activity.key), {"ordinal": number, **typed_row(activity), **_exact(activity)})
        for number, activity in enumerate(activities, start=1)
    ]
    notes = (
        f"Bảng hoạt động đăng ký của {sub_plan.unit}",
        f"{sub_plan.campaign}, kế hoạch triển khai lần {sub_plan.version}.",
        "Điền vào các ô nền vàng nhạt. Hoạt động mới: ghi vào dòng trống phía dưới.",
        "Bỏ một hoạt động: xóa trắng các ô của dòng đó. Xong thì lưu lại và gửi tệp này lên Cổng.",
    )
    ordinal = Field("ordinal", "STT", 5, "integer", is_input=False)
    return Form(PAGE, [ordinal, *fields], lines, notes, SPARE_ROWS)


def _exact(activity: PlannedActivity) -> dict[str, Filled]:
    return {name: getattr(activity, name) for name, kind in _KINDS.items() if kind == "decimal"}


def picks_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Where on the pages of `pick_lists` each column finds what to pick from."""
    units = f"='Đơn vị'!$A$2:$A${len(vocabulary.all_units()) + 1}"
    codes = f"='Mã mục'!$A$2:$A${len(vocabulary.items) + 1}"
    kinds = f"='Loại'!$A$2:$A${len(PlannedActivity.Kind) + 1}"
    return {"plan_codes": codes, "lead": units, "partners": units, "kind": kinds}


def pick_lists(vocabulary: Vocabulary) -> list[sheet.Sheet]:
    """The pages beside the table: codes of the plan with their words, names of units, kinds."""
    kinds = [sheet.Row([kind]) for kind in PlannedActivity.Kind.labels]
    codes = [sheet.Row([item.code, item.text]) for item in vocabulary.items.values()]
    names = [sheet.Row([unit.name, unit.short_name, unit.code]) for unit in vocabulary.all_units()]
    return [
        sheet.Sheet("Mã mục", [sheet.Column("Mã", 10), sheet.Column("Văn bản", 110)], codes),
        sheet.Sheet(
            "Đơn vị",
            [sheet.Column("Tên", 60), sheet.Column("Viết tắt", 20), sheet.Column("Mã", 12)],
            names,
        ),
        sheet.Sheet("Loại", [sheet.Column("Loại", 24)], kinds),
    ]

"""A small province: two blocks, six units, one of every fate on 25/3/2024."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.models import Campaign, Extension, PlanItem
from lib import clock
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    DutyFactory,
    ObligationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)
from units.models import Block, Unit

AS_OF = clock.closes_at(date(2024, 3, 25)) - timedelta(microseconds=1)
EXTENDED_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
ON_TIME_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
LATE_AT = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)


@dataclass
class Province:
    campaign: Campaign
    culture: Block
    others: Block
    on_time: Unit
    late: Unit
    missing: Unit
    extended: Unit
    exempt: Unit
    encouraged: Unit
    covered: PlanItem
    uncovered: PlanItem


def unit_in(block, name):
    unit = UnitFactory(name=name)
    BlockMembershipFactory(block=block, unit=unit)
    return unit


@pytest.fixture
def province(db):
    return a_province()


def a_province():
    campaign = CampaignFactory()
    culture, others = BlockFactory(name="Văn hóa - Xã hội"), BlockFactory(name="Doanh nghiệp")
    here = Province(
        campaign, culture, others,
        on_time=unit_in(culture, "Sở Văn hóa, Thể thao và Du lịch"),
        late=unit_in(culture, "Sở Y tế"),
        missing=unit_in(culture, "Sở Giáo dục và Đào tạo"),
        extended=unit_in(others, "Công ty Xổ số kiến thiết"),
        exempt=unit_in(others, "Công ty mới thành lập"),
        encouraged=unit_in(others, "Công ty Cao su"),
        covered=DutyFactory(item__code="IV.7.1").item,
        uncovered=DutyFactory(item__code="IV.9.2").item,
    )  # fmt: skip
    _owe(here)
    _send(here)
    return here


def _owe(here):
    for unit in (here.on_time, here.late, here.missing, here.extended):
        ObligationFactory(unit=unit)
    ObligationFactory(unit=here.exempt, exempt=True)
    ObligationFactory(unit=here.encouraged, encouraged=True)
    owed = here.extended.obligations.get()
    owed.extend(
        Extension(
            obligation=owed, due_date=date(2024, 3, 29), reason="Thay đổi lãnh đạo",
            document_number="21/BTĐ", by=UserFactory(), at=EXTENDED_AT,
        )
    )  # fmt: skip


def _send(here):
    heading = PlanItemFactory(
        solution=True, code="III.1", text_issued="1. Đẩy mạnh hoạt động tuyên truyền"
    )
    one, two = (PlanItemFactory(bullet=True, code=f"III.1.{n}", parent=heading) for n in (1, 2))
    good = SubPlanFactory(
        accepted=True, unit=here.on_time, submitted_at=ON_TIME_AT,
        document_number="170/KH-SVHTTDL", document_date=date(2024, 3, 18),
    )  # fmt: skip
    late = SubPlanFactory(
        submitted=True, unit=here.late, submitted_at=LATE_AT, document_number="45/KH-SYT"
    )
    PlannedActivityFactory(sub_plan=good, title="Hội thi", plan_items=[one, two, here.covered])
    PlannedActivityFactory(sub_plan=good, title="Triển lãm", plan_items=[two])
    PlannedActivityFactory(sub_plan=late, title="Khám bệnh", plan_items=[one])

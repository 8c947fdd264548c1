"""April and May 2024 in the small province: a joint show, a correction, works, exemplars, words.

By hand: talks (CT01) 3 + 4 in April, 5 − 1 (correction of April) in May; shows (CT07) one joint
and one own in April.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from campaign.models import Exemplar, Indicator, ReportingPeriod
from tests.factories.campaign import PlannedActivityFactory
from tests.factories.progress import (
    ActivityFactory,
    AdjustmentFactory,
    FigureFactory,
    IndicatorFactory,
    ParticipationFactory,
    ProgressReportFactory,
    RegisteredTargetFactory,
    ReportingPeriodFactory,
    ReportObligationFactory,
    ReportSectionFactory,
)

APRIL_AT = datetime(2024, 4, 16, 2, 0, tzinfo=UTC)
LATE_AT = datetime(2024, 4, 19, 2, 0, tzinfo=UTC)
CUT_OFF = datetime(2024, 5, 20, 2, 0, tzinfo=UTC)
MAY_AT = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)
AFTER = datetime(2024, 5, 21, 2, 0, tzinfo=UTC)


@dataclass
class Months:
    april: ReportingPeriod
    may: ReportingPeriod
    talks: Indicator
    shows: Indicator
    works: Indicator
    money: Indicator


def play(here):
    """`here`: the province of `conftest`."""
    owing = [here.on_time, here.late, here.missing]
    april, may = (ReportingPeriodFactory(month=n, owing=owing) for n in (4, 5))
    ReportObligationFactory(period=may, unit=here.exempt, exempt=True)
    months = Months(
        april, may,
        talks=IndicatorFactory(code="CT01", name="Cuộc tuyên truyền", position=1),
        shows=IndicatorFactory(code="CT07", name="Hoạt động văn nghệ", position=2, joint=True),
        works=IndicatorFactory(code="CT20", name="Công trình", position=3, works=True),
        money=IndicatorFactory(code="CT11", name="Kinh phí", position=4, money=True),
    )  # fmt: skip
    _april(here, months)
    _may(here, months)
    return months


def _april(here, months):
    first = ProgressReportFactory(
        unit=here.on_time, period=months.april, accepted=True, submitted_at=APRIL_AT
    )
    second = ProgressReportFactory(
        unit=here.late, period=months.april, accepted=True, submitted_at=LATE_AT
    )
    show = ActivityFactory(lead_unit=here.on_time, title="Hội diễn chung")
    ParticipationFactory(activity=show, unit=here.late, confirmed=True)
    FigureFactory(report=first, indicator=months.talks, value=3)
    FigureFactory(report=second, indicator=months.talks, value=4)
    FigureFactory(report=first, indicator=months.shows, activity=show, value=1)
    FigureFactory(report=second, indicator=months.shows, value=1)


def _may(here, months):
    first = ProgressReportFactory(
        unit=here.on_time, period=months.may, accepted=True, submitted_at=MAY_AT
    )
    FigureFactory(report=first, indicator=months.talks, value=5)
    FigureFactory(report=first, indicator=months.money, value=Decimal("12.5"))
    FigureFactory(report=first, indicator=months.shows, not_applicable=True)
    AdjustmentFactory(
        report=first, period=months.april, indicator=months.talks, difference=Decimal(-1)
    )
    ReportSectionFactory(
        report=first, code="II.1", text="Đã nói chuyện truyền thống.\n- Có 500 người dự."
    )
    ReportSectionFactory(report=first, code="V", nothing=True)
    Exemplar.objects.create(
        report=first, kind="individual", name="Trần Thị Hoa (mẫu)", position="Viên chức",
        achievement="Cứu người đuối nước",
    )  # fmt: skip
    plan = here.on_time.sub_plans.get()
    RegisteredTargetFactory(sub_plan=plan, indicator=months.talks, value=20)
    done = PlannedActivityFactory(sub_plan=plan, kind="work", title="Thư viện tặng xã biên giới")
    PlannedActivityFactory(sub_plan=plan, kind="work", title="Tuyến đường hoa")
    work = ActivityFactory(
        work=True, done=True, lead_unit=here.on_time, key=done.key, registration=done,
        title=done.title, result="Đã bàn giao",
    )  # fmt: skip
    FigureFactory(report=first, indicator=months.works, activity=work, value=1)
    late = ProgressReportFactory(
        unit=here.late, period=months.may, submitted=True, submitted_at=AFTER
    )
    FigureFactory(report=late, indicator=months.talks, value=100)

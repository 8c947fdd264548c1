"""The months after the sub-plans, in small: April 2024 (data of 15/3 to 14/4, due 17/4)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from campaign.models import (
    Activity,
    Adjustment,
    Evidence,
    Exemplar,
    Figure,
    FigureQuestion,
    Indicator,
    Obligation,
    Participation,
    ProgressReport,
    RegisteredTarget,
    ReportingPeriod,
    ReportSection,
)
from lib import clock
from lib.vietnamese import fold
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory, SubPlanFactory
from tests.factories.files import StoredFileFactory
from tests.factories.units import UnitFactory

OPENED_ON = date(2024, 4, 10)
REPORT_CREATED_AT = datetime(2024, 4, 11, 2, 0, tzinfo=UTC)
REPORT_SENT_AT = datetime(2024, 4, 15, 2, 0, tzinfo=UTC)
REPORT_DECIDED_AT = datetime(2024, 4, 18, 2, 0, tzinfo=UTC)

Status = ProgressReport.Status


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A count that units add up, unless a trait says otherwise."""

    class Meta:
        model = Indicator
        skip_postgeneration_save = True

    class Params:
        joint = factory.Trait(aggregate=Indicator.Aggregate.JOINT)
        distinct = factory.Trait(aggregate=Indicator.Aggregate.DISTINCT, measure="đơn vị")
        works = factory.Trait(aggregate=Indicator.Aggregate.WORKS, measure="công trình")
        money = factory.Trait(measure="triệu đồng", decimals=2)

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"CT{n + 1:02d}")
    name = factory.Sequence(lambda n: f"Số cuộc tuyên truyền loại {n + 1}")
    measure = "cuộc"
    position = factory.Sequence(lambda n: n + 1)

    @factory.post_generation
    def plan_items(self, create, extracted, **kwargs):
        if create and extracted:
            self.plan_items.set(extracted)


class ReportingPeriodFactory(factory.django.DjangoModelFactory):
    """An open month. `ReportingPeriodFactory(month=5)` is the data of 15/4 to 14/5."""

    class Meta:
        model = ReportingPeriod
        django_get_or_create = ("campaign", "name")
        skip_postgeneration_save = True

    class Params:
        month = 4
        planned = factory.Trait(status=ReportingPeriod.Status.PLANNED, collects_from=None)
        locked = factory.Trait(status=ReportingPeriod.Status.LOCKED)

    campaign = factory.SubFactory(CampaignFactory)
    kind = ReportingPeriod.Kind.MONTH
    name = factory.LazyAttribute(lambda period: f"tháng {period.month}/2024")
    status = ReportingPeriod.Status.OPEN
    data_from = factory.LazyAttribute(lambda period: date(2024, period.month - 1, 15))
    data_to = factory.LazyAttribute(lambda period: date(2024, period.month, 14))
    opens_on = factory.LazyAttribute(lambda period: date(2024, period.month, 10))
    due_date = factory.LazyAttribute(lambda period: date(2024, period.month, 17))
    collects_from = factory.SelfAttribute("data_from")

    @factory.post_generation
    def owing(self, create, extracted, **kwargs):
        """`owing=[unit, …]` also writes the obligations, as opening the period does."""
        if create and extracted:
            self.owing_units.set(extracted)
            known = set(self.obligations.values_list("unit", flat=True))
            for unit in extracted:
                if unit.pk not in known:
                    ReportObligationFactory(period=self, unit=unit)


class ReportObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation
        django_get_or_create = ("period", "unit")

    class Params:
        encouraged = factory.Trait(level=Obligation.Level.ENCOURAGED)
        exempt = factory.Trait(level=Obligation.Level.EXEMPT, level_reason="Mới thành lập")

    period = factory.SubFactory(ReportingPeriodFactory)
    campaign = factory.SelfAttribute("period.campaign")
    unit = factory.SubFactory(UnitFactory)
    kind = Obligation.Kind.PROGRESS_REPORT
    due_date = factory.SelfAttribute("period.due_date")
    extended_to = None
    closes_at = factory.LazyAttribute(
        lambda owed: clock.closes_at(owed.extended_to or owed.due_date)
    )


class ProgressReportFactory(factory.django.DjangoModelFactory):
    """A draft unless a trait says otherwise: `ProgressReportFactory(accepted=True, unit=unit)`.

    The unit owes it: the obligation is made where there is none, and met by the first version
    that counts.
    """

    class Meta:
        model = ProgressReport
        skip_postgeneration_save = True

    class Params:
        sent = factory.Trait(
            submitted_at=REPORT_SENT_AT,
            submitted_by=factory.SubFactory(UserFactory),
            receipt_code=factory.Sequence(lambda n: f"2024-B{n:09X}"),
        )
        decided = factory.Trait(
            sent=True,
            decided_at=REPORT_DECIDED_AT,
            decided_by=factory.SubFactory(UserFactory),
            reviewer=factory.SelfAttribute("decided_by"),
        )
        awaiting_head = factory.Trait(status=Status.AWAITING_HEAD)
        submitted = factory.Trait(sent=True, status=Status.SUBMITTED)
        under_review = factory.Trait(
            sent=True, status=Status.UNDER_REVIEW, reviewer=factory.SubFactory(UserFactory)
        )
        returned = factory.Trait(
            decided=True, status=Status.RETURNED, return_due_date=date(2024, 4, 23)
        )
        accepted = factory.Trait(decided=True, status=Status.ACCEPTED)
        withdrawn = factory.Trait(sent=True, status=Status.WITHDRAWN)

    period = factory.SubFactory(ReportingPeriodFactory)
    unit = factory.SubFactory(UnitFactory)
    created_at = REPORT_CREATED_AT
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def obligation_met(self, create, extracted, **kwargs):
        """`obligation_met=False` leaves the ledger alone."""
        if not create or extracted is False:
            return
        owed = Obligation.objects.filter(
            period=self.period, unit=self.unit
        ).first() or ReportObligationFactory(period=self.period, unit=self.unit)
        if self.submitted_at and self.status != Status.WITHDRAWN and owed.met_at is None:
            owed.note_met(self.submitted_at)


class ReportSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportSection

    class Params:
        nothing = factory.Trait(answer=ReportSection.Answer.NOTHING, text="")

    report = factory.SubFactory(ProgressReportFactory)
    code = "II.1"
    answer = ReportSection.Answer.TEXT
    text = "Đã tổ chức 03 cuộc tuyên truyền tại cơ quan."


class FigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Figure

    class Params:
        unanswered = factory.Trait(answer=Figure.Answer.UNANSWERED, value=None)
        not_applicable = factory.Trait(answer=Figure.Answer.NOT_APPLICABLE, value=None)

    report = factory.SubFactory(ProgressReportFactory)
    indicator = factory.SubFactory(
        IndicatorFactory, campaign=factory.SelfAttribute("..report.period.campaign")
    )
    answer = Figure.Answer.VALUE
    value = Decimal(3)


class RegisteredTargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegisteredTarget

    sub_plan = factory.SubFactory(SubPlanFactory)
    indicator = factory.SubFactory(
        IndicatorFactory, campaign=factory.SelfAttribute("..sub_plan.campaign")
    )
    value = Decimal(10)


class AdjustmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adjustment

    report = factory.SubFactory(ProgressReportFactory, period__month=5)
    period = factory.SubFactory(ReportingPeriodFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    difference = Decimal(2)
    reason = "Đếm thiếu hai cuộc của chi đoàn"
    by = factory.SubFactory(UserFactory)
    at = REPORT_CREATED_AT


class ExemplarFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exemplar

    report = factory.SubFactory(ProgressReportFactory)
    kind = Exemplar.Kind.INDIVIDUAL
    name = "Nguyễn Văn An (mẫu)"
    position = "Chi đoàn Sở"
    achievement = "Hiến máu 20 lần"


class FigureQuestionFactory(factory.django.DjangoModelFactory):
    """About the report's first figure, unless told otherwise."""

    class Meta:
        model = FigureQuestion

    report = factory.SubFactory(ProgressReportFactory)
    indicator = factory.LazyAttribute(lambda asked: FigureFactory(report=asked.report).indicator)
    text = "Vì sao tăng gấp ba?"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = REPORT_DECIDED_AT


class ActivityFactory(factory.django.DjangoModelFactory):
    """Planned, led by the unit that has it. `ActivityFactory(done=True, participants=[unit])`."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        work = factory.Trait(kind=Activity.Kind.WORK)
        sponsorship = factory.Trait(
            kind=Activity.Kind.SPONSORSHIP, beneficiary="Đồn Biên phòng Xa Mát"
        )
        running = factory.Trait(status=Activity.Status.RUNNING)
        done = factory.Trait(
            status=Activity.Status.DONE, done_on=date(2024, 4, 9), result="Đã tổ chức"
        )
        postponed = factory.Trait(
            status=Activity.Status.POSTPONED, status_reason="Chờ bố trí kinh phí"
        )
        cancelled = factory.Trait(
            status=Activity.Status.CANCELLED, status_reason="Không còn phù hợp"
        )

    campaign = factory.SubFactory(CampaignFactory)
    lead_unit = factory.SubFactory(UnitFactory)
    registered_by = factory.SelfAttribute("lead_unit")
    title = factory.Sequence(lambda n: f"Chương trình nghệ thuật chào mừng lần {n + 1}")
    place = "Nhà Văn hóa"
    starts_on = date(2024, 4, 1)
    ends_on = date(2024, 4, 10)
    title_key = factory.LazyAttribute(lambda activity: fold(activity.title))
    beneficiary_key = factory.LazyAttribute(lambda activity: fold(activity.beneficiary))
    beneficiary = ""
    added_at = REPORT_CREATED_AT
    added_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def plan_items(self, create, extracted, **kwargs):
        if create and extracted:
            self.plan_items.set(extracted)

    @factory.post_generation
    def participants(self, create, extracted, **kwargs):
        """Units asked to take part; confirmed ones are made by `ParticipationFactory`."""
        for unit in (extracted or ()) if create else ():
            ParticipationFactory(activity=self, unit=unit)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    class Params:
        answered = factory.Trait(by=factory.SubFactory(UserFactory), at=REPORT_CREATED_AT)
        confirmed = factory.Trait(answered=True, state=Participation.State.CONFIRMED)
        contested = factory.Trait(
            answered=True, state=Participation.State.CONTESTED, note="Đơn vị không tham gia"
        )

    activity = factory.SubFactory(ActivityFactory)
    unit = factory.SubFactory(UnitFactory)


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A picture of an activity; `EvidenceFactory(activity=None, report=report)` is a report's."""

    class Meta:
        model = Evidence

    activity = factory.SubFactory(ActivityFactory)
    stored = factory.SubFactory(StoredFileFactory)
    name = "anh-1.jpg"
    added_at = REPORT_CREATED_AT
    added_by = factory.SubFactory(UserFactory)

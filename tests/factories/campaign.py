"""The campaign of 2024 in small. Times are those of the days around its due day, 22/3/2024."""

from datetime import UTC, date, datetime

import factory

from campaign.models import (
    Assignment,
    Campaign,
    Duty,
    DutyParty,
    Obligation,
    PlanItem,
    PlannedActivity,
    SubPlan,
    SubPlanFile,
)
from lib import clock
from tests.factories.accounts import UserFactory
from tests.factories.files import StoredFileFactory
from tests.factories.units import UnitFactory

CREATED_AT = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)
SUBMITTED_AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
LATE_AT = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)
DECIDED_AT = datetime(2024, 3, 27, 2, 0, tzinfo=UTC)

Status = SubPlan.Status


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign
        django_get_or_create = ("code",)

    code = "2024"
    name = "Đợt Thi đua đặc biệt năm 2024"
    document_type = "KẾ HOẠCH"
    issued_on = date(2024, 3, 7)
    place = "Tây Ninh"
    issuer = "UBND tỉnh Tây Ninh"
    subject = "Phát động Đợt Thi đua đặc biệt"
    theme = "Đoàn kết, mẫu mực, chủ động, sáng tạo, Quyết thắng"
    guiding_thought = "Giữ vững đoàn kết, mẫu mực nêu gương"
    starts_on = date(2024, 3, 7)
    ends_on = date(2024, 12, 31)
    sub_plan_due_date = date(2024, 3, 22)
    receiver = "Sở Nội vụ (qua Ban Thi đua - Khen thưởng)"


class PlanItemFactory(factory.django.DjangoModelFactory):
    """A duty of part IV unless a trait says otherwise."""

    class Meta:
        model = PlanItem

    class Params:
        content = factory.Trait(
            kind=PlanItem.Kind.CONTENT_ITEM, code=factory.Sequence(lambda n: f"II.{n + 1}")
        )
        solution = factory.Trait(
            kind=PlanItem.Kind.SOLUTION_HEADING, code=factory.Sequence(lambda n: f"III.{n + 1}")
        )
        bullet = factory.Trait(
            kind=PlanItem.Kind.SOLUTION_BULLET, code=factory.Sequence(lambda n: f"III.1.{n + 1}")
        )
        addressee = factory.Trait(
            kind=PlanItem.Kind.ASSIGNMENT_HEADING, code=factory.Sequence(lambda n: f"IV.{n + 1}")
        )
        corrected = factory.Trait(
            text_issued="Hoạt động đèn on, đáp nghĩa", text_corrected="Hoạt động đền ơn, đáp nghĩa"
        )

    campaign = factory.SubFactory(CampaignFactory)
    code = factory.Sequence(lambda n: f"IV.3.{n + 1}")
    kind = PlanItem.Kind.ASSIGNMENT_BULLET
    position = factory.Sequence(lambda n: n + 1)
    heading = "IV. TỔ CHỨC THỰC HIỆN"
    text_issued = factory.Sequence(lambda n: f"Tổ chức hoạt động kỷ niệm {n}.")


class DutyFactory(factory.django.DjangoModelFactory):
    """`DutyFactory(unit=unit)` also gives it to the unit, by name."""

    class Meta:
        model = Duty
        skip_postgeneration_save = True

    class Params:
        campaign = factory.SubFactory(CampaignFactory)
        request = factory.Trait(is_request=True)
        coordinate = factory.Trait(verb=Duty.Verb.COORDINATE, lead_basis=Duty.LeadBasis.NOT_STATED)

    item = factory.SubFactory(PlanItemFactory, campaign=factory.SelfAttribute("..campaign"))
    verb = Duty.Verb.LEAD
    lead_basis = Duty.LeadBasis.EXPLICIT

    @factory.post_generation
    def unit(self, create, extracted, **kwargs):
        if create and extracted:
            DutyPartyFactory(duty=self, unit=extracted)
            AssignmentFactory(duty=self, unit=extracted)


class DutyPartyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DutyParty

    class Params:
        blocks = factory.Trait(unit=None, unit_class=DutyParty.Class.BLOCKS)
        districts = factory.Trait(unit=None, unit_class=DutyParty.Class.DISTRICTS)
        everyone = factory.Trait(unit=None, unit_class=DutyParty.Class.ALL)

    duty = factory.SubFactory(DutyFactory)
    role = DutyParty.Role.ASSIGNEE
    unit = factory.SubFactory(UnitFactory)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    class Params:
        lead = factory.Trait(role=DutyParty.Role.LEAD)
        coordinator = factory.Trait(role=DutyParty.Role.COORDINATOR)

    duty = factory.SubFactory(DutyFactory)
    unit = factory.SubFactory(UnitFactory)
    role = DutyParty.Role.ASSIGNEE
    expanded_on = date(2024, 3, 7)


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    class Params:
        encouraged = factory.Trait(level=Obligation.Level.ENCOURAGED)
        exempt = factory.Trait(level=Obligation.Level.EXEMPT, level_reason="Mới thành lập")
        on_time = factory.Trait(met_at=SUBMITTED_AT)
        late = factory.Trait(met_at=LATE_AT)

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SubFactory(UnitFactory)
    kind = Obligation.Kind.SUB_PLAN
    due_date = factory.SelfAttribute("campaign.sub_plan_due_date")
    extended_to = None
    closes_at = factory.LazyAttribute(
        lambda owed: clock.closes_at(owed.extended_to or owed.due_date)
    )


class SubPlanFactory(factory.django.DjangoModelFactory):
    """A draft unless a trait says otherwise: `SubPlanFactory(accepted=True, unit=unit)`.

    Whatever has been sent carries its receipt and one signed file, and its unit owes it: the
    obligation is made where there is none, and met by the first version that counts.
    """

    class Meta:
        model = SubPlan
        skip_postgeneration_save = True

    class Params:
        sent = factory.Trait(
            submitted_at=SUBMITTED_AT,
            submitted_by=factory.SubFactory(UserFactory),
            receipt_code=factory.Sequence(lambda n: f"2024-{n:010X}"),
        )
        decided = factory.Trait(
            sent=True,
            decided_at=DECIDED_AT,
            decided_by=factory.SubFactory(UserFactory),
            reviewer=factory.SelfAttribute("decided_by"),
        )
        awaiting_head = factory.Trait(status=Status.AWAITING_HEAD)
        submitted = factory.Trait(sent=True, status=Status.SUBMITTED)
        under_review = factory.Trait(
            sent=True, status=Status.UNDER_REVIEW, reviewer=factory.SubFactory(UserFactory)
        )
        returned = factory.Trait(
            decided=True, status=Status.RETURNED, return_due_date=date(2024, 4, 1)
        )
        void = factory.Trait(
            returned=True,
            voided_at=DECIDED_AT,
            voided_by=factory.SelfAttribute("decided_by"),
        )
        accepted = factory.Trait(decided=True, status=Status.ACCEPTED)
        withdrawn = factory.Trait(sent=True, status=Status.WITHDRAWN)

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SubFactory(UnitFactory)
    created_at = CREATED_AT
    created_by = factory.SubFactory(UserFactory)
    document_number = factory.Sequence(lambda n: f"{n + 10}/KH-STN")
    document_date = date(2024, 3, 18)
    signer_name = "Trần Thị Lan"
    signer_position = "Giám đốc"
    legal_basis = "Căn cứ Kế hoạch ngày 07/3/2024 của UBND tỉnh Tây Ninh"
    purpose = "Tuyên truyền sâu rộng truyền thống đánh giặc giữ nước."
    theme = "“Đoàn kết, mẫu mực, chủ động, sáng tạo, Quyết thắng”"
    organisation = "Văn phòng chủ trì, các phòng phối hợp thực hiện."
    commendation = "Khen thưởng tập thể, cá nhân có thành tích xuất sắc."
    ho_chi_minh_link = "Gắn với học tập và làm theo tư tưởng Hồ Chí Minh."

    @factory.post_generation
    def signed_file(self, create, extracted, **kwargs):
        """`signed_file=False` leaves it out; `signed_file=True` also gives one to a draft."""
        wanted = self.submitted_at is not None if extracted is None else extracted
        if create and wanted:
            SubPlanFileFactory(sub_plan=self, added_by=self.created_by)

    @factory.post_generation
    def obligation_met(self, create, extracted, **kwargs):
        """`obligation_met=False` leaves the ledger alone."""
        if not create or extracted is False:
            return
        owed = Obligation.objects.filter(
            campaign=self.campaign, unit=self.unit, kind=Obligation.Kind.SUB_PLAN
        ).first() or ObligationFactory(campaign=self.campaign, unit=self.unit)
        counts = self.submitted_at and not self.voided_at and self.status != Status.WITHDRAWN
        if counts and owed.met_at is None:
            owed.note_met(self.submitted_at)


class SubPlanFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SubPlanFile

    sub_plan = factory.SubFactory(SubPlanFactory)
    stored = factory.SubFactory(StoredFileFactory)
    name = "Ke-hoach-trien-khai.pdf"
    kind = SubPlanFile.Kind.SIGNED
    added_at = CREATED_AT
    added_by = factory.SubFactory(UserFactory)


class PlannedActivityFactory(factory.django.DjangoModelFactory):
    """`PlannedActivityFactory(plan_items=[item])` ties it to rows of the plan."""

    class Meta:
        model = PlannedActivity
        skip_postgeneration_save = True

    class Params:
        # What a draft may still lack.
        bare = factory.Trait(lead_unit=None, starts_on=None, ends_on=None, quantity=None)

    sub_plan = factory.SubFactory(SubPlanFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Hội thi tìm hiểu lịch sử lần {n + 1}")
    lead_unit = factory.SelfAttribute("sub_plan.unit")
    place = "Hội trường đơn vị"
    starts_on = date(2024, 4, 15)
    ends_on = date(2024, 5, 7)
    quantity = 1
    quantity_unit = "cuộc"
    product = "Báo cáo kết quả"
    person_responsible = "Lê Văn Minh"

    @factory.post_generation
    def plan_items(self, create, extracted, **kwargs):
        if create and extracted:
            self.plan_items.set(extracted)

    @factory.post_generation
    def participants(self, create, extracted, **kwargs):
        if create and extracted:
            self.participants.set(extracted)

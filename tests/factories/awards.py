"""Awards of 2024. A nomination lies in a draft dossier unless a trait says otherwise.

Traits of `DossierFactory` and `NominationFactory` make rows as they stand after a step; a
nomination with a trait of the board gets a dossier that is complete.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from awards.models import (
    AchievementSource,
    AnnualResult,
    AwardForm,
    AwardGuideline,
    AwardPaper,
    BaseSalary,
    Candidate,
    Decision,
    Dossier,
    EligibilityRule,
    FormRecipient,
    Grant,
    GuidelineForm,
    GuidelinePaper,
    GuidelineQuota,
    Meeting,
    Nomination,
    PastAward,
    PersonalData,
    Recipient,
)
from lib.vietnamese import fold
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.files import StoredFileFactory
from tests.factories.progress import ActivityFactory
from tests.factories.units import UnitFactory

DRAFTED_AT = datetime(2024, 10, 1, 2, 0, tzinfo=UTC)
SENT_AT = datetime(2024, 11, 1, 2, 0, tzinfo=UTC)
RECEIVED_AT = datetime(2024, 11, 5, 2, 0, tzinfo=UTC)
APPRAISED_AT = datetime(2024, 11, 12, 2, 0, tzinfo=UTC)
SINCE = date(2024, 1, 1)

Status, Nominated = Dossier.Status, Nomination.Status


class AwardFormFactory(factory.django.DjangoModelFactory):
    """Bằng khen của Chủ tịch UBND tỉnh, for anybody, unless told otherwise."""

    class Meta:
        model = AwardForm
        skip_postgeneration_save = True

    class Params:
        flag = factory.Trait(
            code="CO-TINH", kind=AwardForm.Kind.TITLE, name="Cờ thi đua của UBND tỉnh",
            short_name="Cờ thi đua tỉnh", is_thematic=False, thematic_note="Danh hiệu hằng năm.",
            ballot_required=True, ballot_threshold=Decimal(80), only=["collective"],
        )  # fmt: skip

    code = factory.Sequence(lambda n: f"BK-{n}")
    kind = AwardForm.Kind.COMMENDATION
    name = "Bằng khen của Chủ tịch UBND tỉnh"
    short_name = "Bằng khen tỉnh"
    decider = AwardForm.Decider.PROVINCE
    decided_by = "Chủ tịch UBND tỉnh"
    legal_basis = "Điều 74 Luật Thi đua, khen thưởng năm 2022"
    is_thematic = True
    ballot_required = False
    position = factory.Sequence(lambda n: n + 1)
    valid_from = SINCE

    @factory.post_generation
    def only(self, create, extracted, **kwargs):
        """Whom it is for; all three kinds where nothing is said."""
        if create:
            for recipient in extracted or Recipient.values:
                FormRecipient.objects.create(form=self, recipient=recipient, factor=Decimal("1.5"))


class BaseSalaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BaseSalary

    valid_from = date(2024, 7, 1)
    amount = 2_340_000
    legal_basis = "NĐ 73/2024/NĐ-CP"


class EligibilityRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EligibilityRule

    code = "R1"
    sentence = "Một thành tích chỉ được khen thưởng một lần"
    severity = EligibilityRule.Severity.ERROR
    legal_basis = "Luật Thi đua, khen thưởng, Điều 5 khoản 2 điểm c"
    position = 1
    valid_from = SINCE


class AwardGuidelineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AwardGuideline

    class Params:
        issued = factory.Trait(
            status=AwardGuideline.Status.ISSUED,
            number="01/HD-BCH-SNV",
            issued_on=date(2024, 9, 2),
            valid_from=date(2024, 9, 2),
            due_date=date(2024, 11, 15),
            put_in_force_at=DRAFTED_AT,
            put_in_force_by=factory.SubFactory(UserFactory),
        )

    campaign = factory.SubFactory(CampaignFactory)
    created_at = DRAFTED_AT
    created_by = factory.SubFactory(UserFactory)


class GuidelineFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuidelineForm

    guideline = factory.SubFactory(AwardGuidelineFactory)
    form = factory.SubFactory(AwardFormFactory)


class GuidelineQuotaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuidelineQuota

    guideline = factory.SubFactory(AwardGuidelineFactory)
    form = factory.SubFactory(AwardFormFactory)
    scope = GuidelineQuota.Scope.EACH_UNIT
    most = 2


class GuidelinePaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GuidelinePaper

    guideline = factory.SubFactory(AwardGuidelineFactory)
    kind = "letter"
    scope = GuidelinePaper.Scope.DOSSIER


class CandidateFactory(factory.django.DjangoModelFactory):
    """A person who works directly, unless a trait says otherwise."""

    class Meta:
        model = Candidate

    class Params:
        collective = factory.Trait(
            recipient=Recipient.COLLECTIVE, name="Phòng Tổ chức", gender="", rank="",
            position="", member_count=10, women_count=6,
        )  # fmt: skip
        household = factory.Trait(
            recipient=Recipient.HOUSEHOLD, name="Hộ ông Trần Văn Mẫu", gender="", rank="",
            position="",
        )  # fmt: skip

    recipient = Recipient.INDIVIDUAL
    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Nguyễn Thị Điển Hình {n}")
    name_key = factory.LazyAttribute(lambda row: fold(row.name))
    gender = Candidate.Gender.FEMALE
    position = "Chuyên viên"
    workplace = "Phòng Nghiệp vụ"
    rank = Candidate.Rank.DIRECT_WORKER
    is_demonstration = True
    created_at = DRAFTED_AT
    created_by = factory.SubFactory(UserFactory)


class PersonalDataFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonalData

    candidate = factory.SubFactory(CandidateFactory)
    birth_date = date(1985, 5, 17)
    id_number = "072085000123"


class AnnualResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnnualResult

    candidate = factory.SubFactory(CandidateFactory)
    year = 2023
    rating = AnnualResult.Rating.EXCELLENT


class DossierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dossier

    class Params:
        awaiting_head = factory.Trait(status=Status.AWAITING_HEAD)
        signed = factory.Trait(signed_at=SENT_AT, signed_by=factory.SubFactory(UserFactory))
        block_vote = factory.Trait(signed=True, status=Status.BLOCK_VOTE)
        submitted = factory.Trait(
            signed=True,
            status=Status.SUBMITTED,
            submitted_at=SENT_AT,
            last_submitted_at=SENT_AT,
            submitted_by=factory.SubFactory(UserFactory),
            receipt_code=factory.Sequence(lambda n: f"KT-2024-{n:010X}"),
        )
        returned = factory.Trait(
            submitted=True, status=Status.RETURNED, return_due_date=date(2024, 11, 20)
        )
        complete = factory.Trait(
            submitted=True,
            status=Status.COMPLETE,
            received_at=RECEIVED_AT,
            received_by=factory.SubFactory(UserFactory),
        )

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SubFactory(UnitFactory)
    number = factory.Sequence(lambda n: n + 1)
    created_at = DRAFTED_AT
    created_by = factory.SubFactory(UserFactory)


class NominationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Nomination

    class Params:
        appraising = factory.Trait(
            dossier=factory.SubFactory(DossierFactory, complete=True),
            status=Nominated.APPRAISING,
        )
        appraised = factory.Trait(
            appraising=True,
            status=Nominated.APPRAISED,
            opinion=Nomination.Opinion.RECOMMENDED,
            appraised_at=APPRAISED_AT,
            appraised_by=factory.SubFactory(UserFactory),
        )
        consulting = factory.Trait(appraised=True, status=Nominated.CONSULTING)
        with_council = factory.Trait(appraised=True, status=Nominated.WITH_COUNCIL)
        proposed = factory.Trait(appraised=True, status=Nominated.PROPOSED)
        granted = factory.Trait(appraised=True, status=Nominated.GRANTED)

    dossier = factory.SubFactory(DossierFactory)
    candidate = factory.LazyAttribute(lambda row: CandidateFactory(unit=row.dossier.unit))
    form = factory.SubFactory(AwardFormFactory)
    achieved_from = date(2024, 3, 15)
    achieved_to = date(2024, 10, 31)
    achievement = "Vận động xây dựng 5 nhà tình nghĩa tại xã biên giới."
    achievement_key = factory.LazyAttribute(lambda row: fold(row.achievement))
    summary = "Vận động xây dựng 5 nhà tình nghĩa"
    integrity = Nomination.Integrity.CLEAN
    created_at = DRAFTED_AT
    created_by = factory.SubFactory(UserFactory)


class AchievementSourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AchievementSource

    nomination = factory.SubFactory(NominationFactory)
    activity = factory.SubFactory(ActivityFactory)


class AwardPaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AwardPaper

    dossier = factory.SubFactory(DossierFactory)
    kind = "letter"
    origin = AwardPaper.Origin.UPLOADED
    stored = factory.SubFactory(StoredFileFactory)
    name = "to-trinh.pdf"
    added_at = DRAFTED_AT
    added_by = factory.SubFactory(UserFactory)


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    campaign = factory.SubFactory(CampaignFactory)
    title = "Xét khen thưởng tổng kết Đợt Thi đua đặc biệt"
    meets_at = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)
    created_at = APPRAISED_AT
    created_by = factory.SubFactory(UserFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    class Params:
        signed = factory.Trait(
            status=Decision.Status.SIGNED,
            number=factory.Sequence(lambda n: f"{n + 100}/QĐ-UBND"),
            decided_on=date(2024, 12, 10),
            signer_name="Nguyễn Văn Mẫu",
            signed_at=datetime(2024, 12, 10, 2, 0, tzinfo=UTC),
            signed_by=factory.SubFactory(UserFactory),
        )
        published = factory.Trait(
            signed=True,
            status=Decision.Status.PUBLISHED,
            published_at=datetime(2024, 12, 12, 2, 0, tzinfo=UTC),
            published_by=factory.SubFactory(UserFactory),
        )

    campaign = factory.SubFactory(CampaignFactory)
    subject = "Về việc tặng Bằng khen"
    created_at = APPRAISED_AT
    created_by = factory.SubFactory(UserFactory)


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    decision = factory.SubFactory(DecisionFactory, signed=True)
    nomination = factory.SubFactory(NominationFactory, granted=True)
    order = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda row: row.nomination.candidate.name)
    unit_name = factory.LazyAttribute(lambda row: row.nomination.candidate.unit.name)


class PastAwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PastAward

    recipient = Recipient.INDIVIDUAL
    name = factory.Sequence(lambda n: f"Lê Văn Đã Khen {n}")
    name_key = factory.LazyAttribute(lambda row: fold(row.name))
    unit = factory.SubFactory(UnitFactory)
    unit_name = factory.LazyAttribute(lambda row: row.unit.name if row.unit else "")
    unit_key = factory.LazyAttribute(lambda row: fold(row.unit_name))
    form_name = "Bằng khen của Chủ tịch UBND tỉnh"
    decided_by = AwardForm.Decider.PROVINCE
    year = 2022
    decided_on = date(2022, 12, 20)
    decision_number = "3000/QĐ-UBND"
    row_key = factory.Sequence(lambda n: f"{n:064x}")
    is_demonstration = True

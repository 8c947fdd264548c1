"""Scales, sheets and marks of 2024. A scale is a draft of two criteria unless a trait says otherwise."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from lib import clock
from scoring.actions.content import write_content
from scoring.formula import Bonus, Review, dump
from scoring.models import (
    Ballot,
    BlockMeeting,
    BlockYear,
    CampaignPackage,
    Criterion,
    CrossAssignment,
    Evidence,
    Mark,
    MemberConsent,
    PackageCriterion,
    PackageUse,
    Ranking,
    RankingRow,
    ScoreSheet,
    ScoringScale,
)
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.files import StoredFileFactory
from tests.factories.units import BlockFactory, UnitFactory

MADE_AT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
IN_FORCE_AT = datetime(2024, 3, 8, 2, 0, tzinfo=UTC)
SENT_AT = datetime(2024, 12, 2, 2, 0, tzinfo=UTC)
LOCKED_AT = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)

Scale, Sheet = ScoringScale.Status, ScoreSheet.Status


class ScoringScaleFactory(factory.django.DjangoModelFactory):
    """`ScoringScaleFactory(content=sample_scale("2024"))` writes a whole scale; otherwise two
    criteria, A of 600 and B of 400 points, scored by hand, and a bonus."""

    class Meta:
        model = ScoringScale
        skip_postgeneration_save = True

    class Params:
        in_force = factory.Trait(
            status=Scale.IN_FORCE,
            effective_date=date(2024, 3, 8),
            put_in_force_at=IN_FORCE_AT,
            put_in_force_by=factory.SubFactory(UserFactory),
        )
        superseded = factory.Trait(
            in_force=True, status=Scale.SUPERSEDED, superseded_at=IN_FORCE_AT
        )

    block = factory.SubFactory(BlockFactory)
    year = 2024
    bonus_cap = Decimal(50)
    created_at = MADE_AT
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def content(self, create, extracted, **kwargs):
        """`content=False` leaves the scale empty."""
        if not create or extracted is False:
            return
        if extracted:
            write_content(self, extracted)
            return
        CriterionFactory(scale=self, code="A", max_points=600, position=1)
        CriterionFactory(scale=self, code="B", max_points=400, position=2)
        CriterionFactory(scale=self, code="E", bonus=True, position=3)


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion
        skip_postgeneration_save = True

    class Params:
        group = factory.Trait(method="group", config={})
        bonus = factory.Trait(
            section="bonus",
            max_points=Decimal(10),
            method="bonus",
            config=dump(Bonus("sáng kiến", Decimal(5))),
        )

    scale = factory.SubFactory(ScoringScaleFactory, content=False)
    code = factory.Sequence(lambda n: f"A.{n + 1}")
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Tiêu chí thử nghiệm {n}")
    max_points = Decimal(100)
    method = "review"
    config = factory.LazyFunction(lambda: dump(Review()))

    @factory.post_generation
    def plan_items(self, create, extracted, **kwargs):
        if create and extracted:
            self.plan_items.set(extracted)


class MemberConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MemberConsent

    scale = factory.SubFactory(ScoringScaleFactory)
    unit = factory.SubFactory(UnitFactory)
    agrees = True
    how = MemberConsent.How.MEETING
    by = factory.SubFactory(UserFactory)
    at = MADE_AT


class CampaignPackageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CampaignPackage

    campaign = factory.SubFactory(CampaignFactory)
    code = "C.2"
    name = "Đợt Thi đua đặc biệt năm 2024"
    amend_by = date(2024, 4, 30)


class PackageCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PackageCriterion
        skip_postgeneration_save = True

    package = factory.SubFactory(CampaignPackageFactory)
    code = factory.Sequence(lambda n: f"C.2.{n + 1}")
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Nội dung của Đợt {n}")
    max_points = Decimal(10)
    method = "review"
    config = factory.LazyFunction(lambda: dump(Review()))

    @factory.post_generation
    def plan_items(self, create, extracted, **kwargs):
        if create and extracted:
            self.plan_items.set(extracted)


class PackageUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PackageUse

    scale = factory.SubFactory(ScoringScaleFactory)
    package = factory.SubFactory(CampaignPackageFactory)
    way = PackageUse.Way.REBALANCE
    by = factory.SubFactory(UserFactory)
    at = MADE_AT


class ScoreSheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScoreSheet

    class Params:
        sent = factory.Trait(submitted_at=SENT_AT, submitted_by=factory.SubFactory(UserFactory))
        awaiting_head = factory.Trait(status=Sheet.AWAITING_HEAD)
        submitted = factory.Trait(sent=True, status=Sheet.SUBMITTED)
        returned = factory.Trait(sent=True, status=Sheet.RETURNED)
        block_appraised = factory.Trait(sent=True, status=Sheet.BLOCK_APPRAISED)
        board_appraised = factory.Trait(sent=True, status=Sheet.BOARD_APPRAISED)
        locked = factory.Trait(
            sent=True,
            status=Sheet.LOCKED,
            locked_at=LOCKED_AT,
            locked_by=factory.SubFactory(UserFactory),
        )

    scale = factory.SubFactory(ScoringScaleFactory, in_force=True)
    unit = factory.SubFactory(UnitFactory)
    created_at = MADE_AT
    created_by = factory.SubFactory(UserFactory)


class CrossAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CrossAssignment

    sheet = factory.SubFactory(ScoreSheetFactory, submitted=True)
    scorer = factory.SubFactory(UnitFactory)
    scored = factory.SelfAttribute("sheet.unit")
    assigned_at = SENT_AT
    assigned_by = factory.SubFactory(UserFactory)


class MarkFactory(factory.django.DjangoModelFactory):
    """A self mark of 10 points on the sheet's first criterion."""

    class Meta:
        model = Mark

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.LazyAttribute(
        lambda mark: mark.sheet.scale.criteria.leaves().in_order().first()
    )
    level = "self"
    kind = "scored"
    inputs = factory.LazyFunction(lambda: {"points": "10"})
    points = Decimal(10)
    because = "Người chấm cho 10 điểm."
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(clock.now)


class ScoreEvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    sheet = factory.SubFactory(ScoreSheetFactory)
    criterion = factory.LazyAttribute(
        lambda one: one.sheet.scale.criteria.leaves().in_order().first()
    )
    stored = factory.SubFactory(StoredFileFactory)
    name = "Bao-cao.pdf"
    added_at = MADE_AT
    added_by = factory.SubFactory(UserFactory)


class RankingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ranking

    class Params:
        published = factory.Trait(
            status=Ranking.Status.PUBLISHED,
            published_at=LOCKED_AT,
            published_by=factory.SubFactory(UserFactory),
            digest="0" * 64,
        )

    scale = factory.SubFactory(ScoringScaleFactory, in_force=True)
    block = factory.SelfAttribute("scale.block")
    year = factory.SelfAttribute("scale.year")
    created_at = LOCKED_AT
    created_by = factory.SubFactory(UserFactory)


class RankingRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RankingRow

    ranking = factory.SubFactory(RankingFactory)
    unit = factory.SubFactory(UnitFactory)
    state = RankingRow.State.RANKED
    position = 1
    total = Decimal("932.50")
    content = Decimal("927.50")
    bonus = Decimal(15)
    deduction = Decimal(10)


class BlockYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlockYear

    block = factory.SubFactory(BlockFactory)
    year = 2024


class BallotFactory(factory.django.DjangoModelFactory):
    """Open and empty; `nominees` are the units up for the vote."""

    class Meta:
        model = Ballot
        skip_postgeneration_save = True

    block_year = factory.SubFactory(BlockYearFactory)
    title = "Suy tôn đơn vị đề nghị tặng Cờ thi đua của UBND tỉnh"
    opened_at = IN_FORCE_AT
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def nominees(self, create, extracted, **kwargs):
        if create and extracted:
            self.seal([str(one.pk) for one in extracted])
            self.save(update_fields=["options", "box"])


class BlockMeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BlockMeeting

    block_year = factory.SubFactory(BlockYearFactory)
    kind = BlockMeeting.Kind.PLEDGE
    held_on = date(2024, 3, 20)
    noted_at = MADE_AT
    noted_by = factory.SubFactory(UserFactory)

"""A round of inspection in May and June of 2024, its visits, and what follows from them."""

from datetime import UTC, date, datetime

import factory

from campaign.models import (
    Finding,
    FollowUpAnswer,
    InspectionRound,
    Obligation,
    Visit,
    VisitMember,
)
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory, ObligationFactory
from tests.factories.units import UnitFactory

ANSWERED_AT = datetime(2024, 6, 10, 2, 0, tzinfo=UTC)


class InspectionRoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InspectionRound
        django_get_or_create = ("campaign", "name")

    campaign = factory.SubFactory(CampaignFactory)
    name = "Kiểm tra giữa kỳ"
    basis = "Kế hoạch số 35/KH-BCH ngày 06/5/2024"
    starts_on = date(2024, 5, 13)
    ends_on = date(2024, 6, 28)
    created_by = factory.SubFactory(UserFactory)
    created_at = datetime(2024, 5, 7, 2, 0, tzinfo=UTC)


class VisitFactory(factory.django.DjangoModelFactory):
    """A planned visit. `VisitFactory(held=True)` took place; `closed=True` is concluded."""

    class Meta:
        model = Visit

    class Params:
        written = factory.Trait(
            attendance="Ông Lê Văn Minh, Giám đốc", course="Nghe báo cáo, xem hồ sơ.",
            conclusion="Đơn vị thực hiện nghiêm túc.",
        )  # fmt: skip
        held = factory.Trait(written=True, status=Visit.Status.HELD)
        closed = factory.Trait(written=True, status=Visit.Status.CLOSED)
        cancelled = factory.Trait(status=Visit.Status.CANCELLED)

    round = factory.SubFactory(InspectionRoundFactory)
    unit = factory.SubFactory(UnitFactory)
    day = date(2024, 5, 15)
    place = "Hội trường đơn vị"


class VisitMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VisitMember

    class Params:
        head = factory.Trait(role=VisitMember.Role.HEAD)

    visit = factory.SubFactory(VisitFactory)
    name = factory.Sequence(lambda n: f"Thành viên {n}")
    position = "Bộ Chỉ huy Quân sự tỉnh"


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    visit = factory.SubFactory(VisitFactory)
    kind = Finding.Kind.SHORTCOMING
    text = factory.Sequence(lambda n: f"Chưa lập sổ theo dõi {n}")


class FollowUpFactory(ObligationFactory):
    """What a closed visit left to mend, due on 20/6/2024."""

    kind = Obligation.Kind.FOLLOW_UP
    due_date = date(2024, 6, 20)
    finding = factory.SubFactory(
        FindingFactory,
        visit__closed=True,
        visit__unit=factory.SelfAttribute("...unit"),
        due_date=factory.SelfAttribute("..due_date"),
    )


class FollowUpAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUpAnswer

    class Params:
        accepted = factory.Trait(
            verdict=FollowUpAnswer.Verdict.ACCEPTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=ANSWERED_AT,
        )

    obligation = factory.SubFactory(FollowUpFactory, met_at=ANSWERED_AT)
    text = "Đã lập sổ và giao người theo dõi."
    by = factory.SubFactory(UserFactory)
    at = ANSWERED_AT

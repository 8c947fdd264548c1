"""Every list of the portal: where it is, who reads it, and how a row comes into it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Mail, User
from lib import clock
from reports.models import Report
from tests.factories import (
    ActivityFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    ObligationFactory,
    ParticipationFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    ProgressReportFactory,
    ReviewerFactory,
    SubPlanFactory,
    UserFactory,
)
from tests.factories.awards import (
    DossierFactory,
    GrantFactory,
    MeetingFactory,
    PastAwardFactory,
)
from tests.factories.council import ConsultationFactory
from tests.factories.inspection import FollowUpFactory
from tests.factories.reading import PlanReadingFactory


@dataclass(frozen=True)
class Case:
    """One list. `row` adds one row to it, unlike any other."""

    url_name: str
    row: Callable[[], Any]
    person: Callable[[], User] = ReviewerFactory
    query: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "&".join([self.url_name, *self.query.values()])


def letter():
    to = UserFactory()
    return Mail.objects.post(to=to, subject=f"Thư gửi {to}", body="–", at=clock.now())


def activity():
    row = ActivityFactory()
    ParticipationFactory(activity=row)
    row.plan_items.add(PlanItemFactory())


def registered():
    PlannedActivityFactory(sub_plan=SubPlanFactory(accepted=True))


def placed(unit):
    BlockMembershipFactory(unit=unit)


def consolidated():
    at = clock.now()
    Report.objects.ask(CampaignFactory(), as_of=at, by=UserFactory(), at=at)


def plan(**facts):
    placed(SubPlanFactory(**facts).unit)


def report(**facts):
    placed(ProgressReportFactory(**facts).unit)


CASES = (
    Case("campaign:sub-plans", lambda: plan(accepted=True), BoardHeadFactory),
    Case("campaign:activities", activity, BoardHeadFactory),
    Case("reports:activities", registered),
    Case("awards:dossiers", lambda: DossierFactory(submitted=True)),
    Case("awards:consultations", ConsultationFactory),
    Case("awards:meetings", MeetingFactory),
    Case("awards:decisions", lambda: GrantFactory().decision),
    Case("reports:reports", consolidated),
    Case("campaign:follow-ups", FollowUpFactory),
    Case("campaign:readings", PlanReadingFactory, BoardHeadFactory),
    Case("campaign:chasing-list", ObligationFactory),
    Case("awards:history", PastAwardFactory),
    Case("units:units", BlockMembershipFactory),
    Case("campaign:outbox", letter),
    Case("campaign:queue", lambda: plan(submitted=True)),
    Case("campaign:queue", lambda: plan(accepted=True), query={"muc": "da-xong"}),
    Case("campaign:queue", lambda: report(submitted=True), query={"loai": "bao-cao"}),
)


def campaign():
    return CampaignFactory()

"""The council: a meeting of nine members with one nomination, and a ballot that is running."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from awards.models import (
    AgendaItem,
    Attendance,
    BallotChoice,
    CertificateLayout,
    Consultation,
    CouncilBallot,
    Meeting,
    Proposal,
)
from tests.factories.accounts import UserFactory
from tests.factories.awards import AwardFormFactory, MeetingFactory, NominationFactory
from tests.factories.campaign import CampaignFactory

ASKED_AT = datetime(2024, 11, 13, 2, 0, tzinfo=UTC)
MET_AT = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)
State = Attendance.State


class ConsultationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consultation

    campaign = factory.SubFactory(CampaignFactory)
    body = "Công an tỉnh"
    asked_on = date(2024, 11, 13)
    due_date = date(2024, 11, 20)
    asked_at = ASKED_AT
    asked_by = factory.SubFactory(UserFactory)


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    member = factory.SubFactory(UserFactory)
    state = State.PRESENT
    order = factory.Sequence(lambda n: n + 1)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    nomination = factory.SubFactory(NominationFactory, with_council=True)


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    campaign = factory.SubFactory(CampaignFactory)
    created_at = MET_AT
    created_by = factory.SubFactory(UserFactory)


class CertificateLayoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificateLayout

    form = factory.SubFactory(AwardFormFactory)


def open_meeting(*, present=6, written=0, absent=0, **given):
    """A meeting in session, with as many members in each state."""
    meeting = MeetingFactory(status=Meeting.Status.OPEN, opened_at=MET_AT, **given)
    states = [State.PRESENT] * present + [State.WRITTEN] * written + [State.ABSENT] * absent
    for state in states:
        AttendanceFactory(meeting=meeting, state=state)
    return meeting


def running_ballot(meeting, nominations, *, threshold=Decimal(80), quorum="2/3"):
    """A secret vote that was opened over these nominations of one form."""
    ballot = CouncilBallot(
        meeting=meeting, form=nominations[0].form, title="Bỏ phiếu xét khen thưởng",
        members=meeting.attendances.count(), quorum=quorum, threshold=threshold,
        opened_at=MET_AT, opened_by=UserFactory(),
    )  # fmt: skip
    ballot.seal([str(one.pk) for one in nominations])
    ballot.save()
    for one in nominations:
        BallotChoice.objects.create(ballot=ballot, nomination=one)
        AgendaItem.objects.get_or_create(meeting=meeting, nomination=one)
    return ballot

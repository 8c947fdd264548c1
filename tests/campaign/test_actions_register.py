"""Nhập thay: the day a paper reached the board counts, whoever enters it whenever."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.workflow import Refused
from campaign.actions import review as actions
from campaign.actions import submission
from campaign.actions.sub_plan import DraftFile, start_sub_plan
from campaign.models import SubPlan
from files.models import StagedFile
from lib import clock
from tests.factories import (
    CampaignFactory,
    ObligationFactory,
    OfficerFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def reviewer():
    return ReviewerFactory()


def staged(owner):
    return StagedFile.objects.create(
        token=uuid4(),
        owner=owner,
        stored=StoredFileFactory(),
        name="Ban-quet.pdf",
        created_at=AT,
        expires_at=AT + timedelta(hours=48),
    )


def receipt(owner, received_at, **changes):
    file = staged(owner)
    return actions.Receipt(
        **{
            "received_at": received_at,
            "channel": SubPlan.Channel.PAPER,
            "document_number": "15/KH-STN",
            "document_date": date(2024, 3, 20),
            "signer_name": "Trần Thị Lan",
            "signer_position": "Giám đốc",
            "files": [DraftFile(str(file.token), "signed")],
            **changes,
        }
    )


def test_the_day_the_paper_came_counts_not_the_day_it_was_entered(reviewer):
    owed = ObligationFactory()
    came = datetime(2024, 3, 22, 16, 0, tzinfo=clock.LOCAL)

    sub_plan = actions.register_receipt(
        owed.campaign, owed.unit, receipt(reviewer, came), by=reviewer, at=AT
    )

    owed.refresh_from_db()
    assert (owed.met_at, owed.is_on_time) == (came, True)
    assert (sub_plan.status, sub_plan.channel) == (SubPlan.Status.SUBMITTED, "paper")
    assert [file.name for file in sub_plan.files.all()] == ["Ban-quet.pdf"]


def test_a_receipt_from_the_future_is_refused(reviewer):
    owed = ObligationFactory()
    ahead = receipt(reviewer, AT + timedelta(minutes=1))

    with pytest.raises(Refused):
        actions.register_receipt(owed.campaign, owed.unit, ahead, by=reviewer, at=AT)


def test_a_receipt_beside_a_sent_version_is_refused(reviewer):
    sent = SubPlanFactory(submitted=True)

    with pytest.raises(Refused):
        actions.register_receipt(
            sent.campaign, sent.unit, receipt(reviewer, AT), by=reviewer, at=AT
        )


def test_a_draft_gives_way_to_paper_and_the_next_version_starts_from_both(reviewer):
    draft = SubPlanFactory(purpose="Mục đích đã soạn")
    PlannedActivityFactory(sub_plan=draft, title="Hội thao")
    officer = OfficerFactory(unit=draft.unit)

    paper = actions.register_receipt(
        draft.campaign, draft.unit, receipt(reviewer, AT), by=reviewer, at=AT
    )
    draft.refresh_from_db()
    submission.take(paper, by=reviewer, at=AT)
    actions.accept_sub_plan(paper, by=reviewer, at=AT)
    following = start_sub_plan(draft.campaign, draft.unit, by=officer, at=AT)

    assert (draft.status, paper.version) == (SubPlan.Status.SET_ASIDE, draft.version + 1)
    assert (following.purpose, following.document_number) == ("Mục đích đã soạn", "15/KH-STN")
    assert [row.title for row in following.activities.all()] == ["Hội thao"]
    assert [file.name for file in following.files.all()] == ["Ban-quet.pdf"]


def test_a_receipt_for_the_own_unit_is_not_theirs(reviewer):
    unit = reviewer.memberships.get().unit
    owed = ObligationFactory(unit=unit)

    with pytest.raises(PermissionDenied):
        actions.register_receipt(owed.campaign, unit, receipt(reviewer, AT), by=reviewer, at=AT)


def test_a_receipt_after_a_return_is_the_next_version(reviewer):
    returned = SubPlanFactory(returned=True)

    sub_plan = actions.register_receipt(
        returned.campaign, returned.unit, receipt(reviewer, AT), by=reviewer, at=AT
    )

    assert sub_plan.version == 2
    assert sub_plan.obligation().met_at == returned.submitted_at


def test_the_campaign_of_a_receipt_is_the_one_given(reviewer):
    old = CampaignFactory(code="2023", starts_on=date(2023, 3, 1), ends_on=date(2023, 12, 31))
    owed = ObligationFactory(campaign=old)

    sub_plan = actions.register_receipt(old, owed.unit, receipt(reviewer, AT), by=reviewer, at=AT)

    assert sub_plan.campaign == old

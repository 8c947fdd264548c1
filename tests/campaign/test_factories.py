"""The factories make rows the models themselves could have made."""

import pytest

from campaign.models import Obligation, SubPlan
from files.store import open_stored
from tests.factories import BlockLeadFactory, StoredFileFactory, SubPlanFactory, UnitFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("trait", "status", "is_met"),
    [
        ({}, "draft", False),
        ({"awaiting_head": True}, "awaiting_head", False),
        ({"submitted": True}, "submitted", True),
        ({"under_review": True}, "under_review", True),
        ({"returned": True}, "returned", True),
        ({"void": True}, "returned", False),
        ({"accepted": True}, "accepted", True),
        ({"withdrawn": True}, "withdrawn", False),
    ],
)
def test_a_version_in_each_status_is_consistent(trait, status, is_met):
    sub_plan = SubPlanFactory(**trait)

    sub_plan.refresh_from_db()
    assert sub_plan.status == status
    assert (Obligation.objects.get().met_at is not None) == is_met
    assert sub_plan.files.count() == (sub_plan.submitted_at is not None)


def test_later_versions_of_a_unit_share_its_obligation():
    unit = UnitFactory()
    SubPlanFactory(returned=True, unit=unit)
    SubPlanFactory(submitted=True, unit=unit, version=2)

    assert (SubPlan.objects.count(), Obligation.objects.count()) == (2, 1)


def test_a_block_lead_leads_the_block_of_the_unit():
    user = BlockLeadFactory()

    assert Unit.objects.leading_blocks(year=2024).get() == user.memberships.get().unit


def test_a_stored_file_can_be_read_back_when_asked():
    stored = StoredFileFactory(content=b"%PDF-1.7 noi dung", on_disk=True)

    with open_stored(stored.sha256) as file:
        assert file.read() == b"%PDF-1.7 noi dung"

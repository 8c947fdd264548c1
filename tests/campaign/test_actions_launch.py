"""One press makes the campaign; before it there is nothing, after it there is everything once."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent
from accounts.workflow import Refused
from campaign.actions.launch import Incomplete, launch
from campaign.models import Assignment, Campaign, Duty, Obligation, PlanItem, PlanReading
from campaign.proposal.row import Row
from tests.factories import BoardHeadFactory, CampaignFactory, ReviewerFactory, UnitFactory
from tests.factories.reading import FACTS, ROWS, PlanReadingFactory, draft_json

pytestmark = pytest.mark.django_db

AT = datetime(2024, 3, 10, 2, 0, tzinfo=UTC)


@pytest.fixture
def units():
    return [
        UnitFactory(code="SNV", name="Sở Nội vụ", group="department"),
        UnitFactory(code="H1", name="UBND huyện A", group="district"),
        UnitFactory(code="H2", name="UBND huyện B", group="district"),
    ]


def agreed(rows=ROWS, **more):
    meant = {"Sở Nội vụ": ["SNV"], "Các huyện": ["UBNDCH"]}
    return PlanReadingFactory(draft=draft_json(rows, meant=meant, kept=True, outside=True, **more))


def tables():
    return [model.objects.count() for model in (Campaign, PlanItem, Duty, Assignment, Obligation)]


def test_everything_is_made_at_once(units):
    districts = Row(
        "II.2.1", "assignment_bullet", "Triển khai.", 8, 8, verb="carry_out",
        assignees=("Các huyện",), leads=("Các huyện",), dates="2024-06-30", date_note="Quý II",
    )  # fmt: skip
    reading = agreed((*ROWS, districts))
    head = BoardHeadFactory(units[0])

    campaign = launch(reading, by=head, at=AT)
    duty = Duty.objects.get(item__code="II.1.1")

    assert (campaign.code, campaign.starts_on, campaign.theme) == ("2031", date(2024, 3, 7), "")
    assert [item.code for item in campaign.items.in_order()] == ["I.1", "II.1", "II.1.1", "II.2.1"]
    assert (duty.item.parent.code, duty.verb, duty.other_actors) == (
        "II.1",
        "lead",
        "các đơn vị liên quan",
    )
    assert sorted(
        Assignment.objects.filter(role="assignee").values_list("unit__code", flat=True)
    ) == ["H1", "H2", "SNV"]
    assert Obligation.objects.filter(campaign=campaign, due_date=date(2024, 3, 22)).count() == 3
    assert campaign.items.get(code="II.2.1").dates == "2024-06-30"
    reading.refresh_from_db()
    assert (reading.campaign, reading.applied_by) == (campaign, head)
    assert (reading.document.number, reading.document.stored) == ("15/KH-UBND", reading.stored)
    assert AuditEvent.objects.about(campaign).get().verb == "launched"


def test_a_second_press_makes_no_second_campaign(units):
    reading = agreed()
    head = BoardHeadFactory(units[0])
    launch(reading, by=head, at=AT)
    before = tables()

    for late in (reading, PlanReading.objects.get()):
        with pytest.raises(Refused):
            launch(late, by=head, at=AT)

    assert tables() == before


def test_two_presses_at_once_are_settled_by_the_row(units):
    reading = agreed()
    head = BoardHeadFactory(units[0])
    same = PlanReading.objects.get()
    launch(reading, by=head, at=AT)
    Campaign.objects.filter(code="2031").update(code="khac")

    # The second process read the row before the first had finished.
    with pytest.raises(Refused, match="vừa thay đổi hoặc đã được đưa"):
        launch(same, by=head, at=AT)

    assert Campaign.objects.count() == 1


def test_nothing_is_made_while_something_is_open(units):
    reading = PlanReadingFactory()

    with pytest.raises(Incomplete) as refused:
        launch(reading, by=BoardHeadFactory(units[0]), at=AT)

    assert refused.value.details == (
        "Còn 3 mục chưa xem.",
        "Còn 2 tên cơ quan chưa rõ là đơn vị nào.",
    )
    assert tables() == [0] * 5


def test_a_code_that_is_taken_is_refused(units):
    CampaignFactory(code="2031")

    with pytest.raises(Refused, match="2031"):
        launch(agreed(), by=BoardHeadFactory(units[0]), at=AT)

    assert Campaign.objects.count() == 1


def test_only_the_head_of_the_board_creates(units):
    with pytest.raises(PermissionDenied):
        launch(agreed(), by=ReviewerFactory(units[0]), at=AT)


def test_what_stands_before_its_parent_still_finds_it(units):
    child, parent = Row("A.1", "provision", "Con."), Row("A", "provision", "Cha.")
    reading = agreed((Row("A.1", "provision", "Con.", parent="A"), parent))

    campaign = launch(reading, by=BoardHeadFactory(units[0]), at=AT)

    assert campaign.items.get(code=child.code).parent.code == "A"


def test_rows_under_each_other_stand_alone(units):
    reading = agreed(
        (Row("A", "provision", "Một.", parent="B"), Row("B", "provision", "Hai.", parent="A"))
    )

    campaign = launch(reading, by=BoardHeadFactory(units[0]), at=AT)

    assert campaign.items.count() == 2


def test_the_facts_of_the_factory_are_the_forms(units):
    assert set(FACTS) == {field.name for field in Campaign._meta.concrete_fields} - {"id"}

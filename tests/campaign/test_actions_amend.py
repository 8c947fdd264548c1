"""An amending document, another plan, another year: what they do to a campaign that is there."""

from datetime import UTC, date, datetime

import pytest

from accounts.workflow import Refused
from campaign.actions.amend import add_source, amend
from campaign.actions.launch import launch
from campaign.actions.plan import assign_duties
from campaign.actions.reading import copy_campaign
from campaign.datasets.amending import amending
from campaign.datasets.reading import draft_of
from campaign.models import Assignment, Campaign, DutyParty, PlanItem
from campaign.proposal.amendment import words_changed
from campaign.proposal.classes import classes_in
from campaign.proposal.row import Row
from tests.factories import BoardHeadFactory, ReviewerFactory, UnitFactory
from tests.factories.reading import FACTS, PlanReadingFactory, draft_json
from units.models import Unit

pytestmark = pytest.mark.django_db

AT = datetime(2024, 6, 2, 2, 0, tzinfo=UTC)
MEANT = {"Sở Nội vụ": ["SNV"], "Sở Y tế": ["SYT"]}


def duty(code, text, who, **more):
    return Row(
        code, "assignment_bullet", text, 6, 6, parent=code.rpartition(".")[0], verb="lead",
        basis="explicit", assignees=(who,), leads=(who,), **more,
    )  # fmt: skip


OLD = (
    Row("I.1", "purpose", "1. Nâng cao nhận thức của cán bộ.", 3, 3),
    Row("II.1", "assignment_heading", "1. Sở Nội vụ", 5, 5),
    duty("II.1.1", "Chủ trì hướng dẫn khen thưởng trong đợt thi đua.", "Sở Nội vụ"),
    duty("II.1.2", "Tổng hợp báo cáo kết quả đợt thi đua.", "Sở Nội vụ"),
    Row("II.2", "assignment_heading", "2. Sở Y tế", 8, 8),
    duty("II.2.1", "Khám bệnh, cấp thuốc miễn phí cho Nhân dân.", "Sở Y tế"),
)
# The duty of Sở Y tế goes to Sở Nội vụ in other words, one is new, one is left out.
NEW = (
    Row("I.1", "purpose", "1. Nâng cao nhận thức của cán bộ.", 3, 3),
    Row("II.1", "assignment_heading", "1. Sở Nội vụ", 5, 5),
    duty("II.1.1", "Chủ trì tham mưu kiểm tra các địa phương.", "Sở Nội vụ"),
    duty("II.1.2", "Chủ trì hướng dẫn khen thưởng trong cả đợt thi đua.", "Sở Nội vụ"),
    Row("II.2", "assignment_heading", "2. Sở Y tế", 8, 8),
    duty("II.2.1", "Khám bệnh, cấp thuốc miễn phí cho Nhân dân vùng biên giới.", "Sở Y tế"),
)


def reading(rows, **more):
    facts = {**FACTS, "document_number": "20/KH-UBND", "issued_on": "2024-06-01"}
    draft = draft_json(rows, facts=facts, meant=MEANT, kept=True)
    return PlanReadingFactory(draft=draft, **more)


@pytest.fixture
def head():
    snv = UnitFactory(code="SNV", name="Sở Nội vụ", group="department")
    UnitFactory(code="SYT", name="Sở Y tế", group="department")
    return BoardHeadFactory(snv)


@pytest.fixture
def campaign(head):
    first = PlanReadingFactory(draft=draft_json(OLD, meant=MEANT, kept=True))
    return launch(first, by=head, at=AT)


def amendment(campaign, rows=NEW):
    return reading(rows, purpose="amendment", campaign=campaign)


def given(unit):
    rows = Assignment.objects.filter(unit__code=unit, role="assignee")
    return sorted(rows.values_list("duty__item__code", flat=True))


def test_what_changes_is_told_with_whom_it_touches(campaign):
    new = amendment(campaign)

    found = amending(campaign, draft_of(new), on=date(2024, 6, 1))

    assert [one.code for one in found.added] == ["II.1.1"]
    # The duty moved to another number in the document: its own code stays.
    assert [one.code for one in found.changed] == ["II.1.1", "II.2.1"]
    assert [one.code for one in found.removed] == ["II.1.2"]
    assert (found.same, found.is_whole) == (3, True)
    assert [unit.code for unit in found.changed[1].units] == ["SYT"]
    assert ("new", "cả") in found.changed[0].words


def test_applying_keeps_codes_and_what_stood_there(campaign, head):
    amend(amendment(campaign), withdrawn=["II.1.2", "I.1"], by=head, at=AT)
    items = {item.code: item for item in PlanItem.objects.filter(campaign=campaign)}

    assert items["II.1.1"].text == "Chủ trì hướng dẫn khen thưởng trong cả đợt thi đua."
    assert items["II.1.1"].changes.get().text_before == OLD[2].text
    assert items["II.1.3"].text == NEW[2].text
    assert items["II.1.3"].parent == items["II.1"]
    assert str(items["II.1.2"].withdrawn_by) == "20/KH-UBND"
    # Only what the new document really leaves out can be taken out.
    assert items["I.1"].withdrawn_by is None
    assert [item.code for item in campaign.items.in_order()] == [
        "I.1", "II.1", "II.1.1", "II.1.2", "II.1.3", "II.2", "II.2.1",
    ]  # fmt: skip
    assert given("SNV") == ["II.1.1", "II.1.3"]
    assert given("SYT") == ["II.2.1"]
    assert [item.code for item in campaign.items.duties().in_order()] == [
        "II.1.1",
        "II.1.3",
        "II.2.1",
    ]
    with pytest.raises(Refused):
        amend(campaign.readings.get(purpose="amendment"), withdrawn=[], by=head, at=AT)


def test_a_duty_given_to_somebody_else_is_a_change(campaign, head):
    moved = (duty("II.2.1", OLD[5].text, "Sở Nội vụ"),)

    found = amending(campaign, draft_of(amendment(campaign, moved)), on=date(2024, 6, 1))
    amend(amendment(campaign, moved), withdrawn=[], by=head, at=AT)

    assert [unit.code for unit in found.changed[0].units] == ["SNV", "SYT"]
    assert not found.is_whole
    assert (given("SNV"), given("SYT")) == (["II.1.1", "II.1.2", "II.2.1"], [])


def test_a_withdrawn_duty_stays_away_when_the_plan_is_loaded_again(campaign, head):
    amend(amendment(campaign), withdrawn=["II.1.2"], by=head, at=AT)

    assert assign_duties(campaign, on=date(2024, 6, 1)) == (0, 0)


def test_another_plan_of_the_campaign_comes_behind_under_its_number(campaign, head):
    more = reading(NEW, purpose="source", campaign=campaign)

    add_source(more, by=head, at=AT)
    added = list(campaign.items.in_order())[6:]

    assert [item.code for item in added] == [f"20.{row.code}" for row in NEW]
    assert added[2].parent.code == "20.II.1"
    assert {item.source.kind for item in added} == {"source"}
    assert given("SYT") == ["20.II.2.1", "II.2.1"]
    assert campaign.documents.count() == 2


def test_another_year_begins_as_a_draft_with_the_units_of_its_day(campaign, head):
    Unit.objects.filter(code="SYT").update(valid_to=date(2025, 1, 31))
    UnitFactory(code="SYTM", name="Sở Y tế", valid_from=date(2025, 2, 1))
    copy = copy_campaign(campaign, by=ReviewerFactory(), at=AT)
    draft = draft_of(copy)

    assert [one.row.code for one in draft.entries] == [row.code for row in OLD]
    assert draft.facts["issued_on"] == "2025-03-07"
    assert draft.meant("Sở Y tế") == ("SYTM",)
    assert {one.state for one in draft.entries} == {"proposed"}
    assert Campaign.objects.count() == 1


def test_the_label_of_a_class_is_understood_again():
    labels = {
        label: code for code, label in DutyParty.Class.choices if code != DutyParty.Class.FRONT
    }

    assert {label: classes_in(label) for label in labels} == {
        label: (code,) for label, code in labels.items()
    }


def test_words_are_told_apart():
    assert words_changed("một hai ba", "một bốn ba năm") == [
        ("same", "một"), ("gone", "hai"), ("new", "bốn"), ("same", "ba"), ("new", "năm"),
    ]  # fmt: skip

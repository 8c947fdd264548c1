"""Kỳ báo cáo on screen: the list, setting one from a proposal, its ledger, locking and reopening."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaign.models import Obligation, ReportingPeriod
from tests.factories import (
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    FigureFactory,
    LeadershipFactory,
    ObligationFactory,
    OfficerFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("campaign:periods"), reverse("campaign:period-add")
GOOD = {
    "kind": "month", "name": "tháng 4/2024", "data_from": "15/3/2024", "data_to": "14/4/2024",
    "opens_on": "15/3/2024", "due_date": "17/4/2024", "asks_figures": "on",
}  # fmt: skip


@pytest.fixture
def head(client):
    CampaignFactory()
    person = BoardHeadFactory()
    client.force_login(person)
    return person


def post(client, url, **typed):
    return client.post(url, {"form_key": uuid4(), **typed})


def act(client, period, name, **typed):
    return post(client, reverse(f"campaign:{name}", args=[period.pk]), **typed)


def test_the_form_begins_as_a_proposal_says(client, head):
    page = client.get(ADD, {"goi-y": "quarter-20240614"})

    initial = page.context["form"].initial
    assert (initial["name"], initial["data_from"], initial["due_date"]) == (
        "quý II/2024", date(2024, 3, 15), date(2024, 6, 19),
    )  # fmt: skip
    names = [found.name for found in page.context["proposals"]]
    assert names[:2] == ["tháng 3/2024", "tháng 4/2024"]
    assert names[-1] == "tổng kết đợt thi đua"


def test_a_period_that_is_set_is_not_proposed_again(client, head):
    ReportingPeriodFactory(month=4)

    names = [found.name for found in client.get(ADD).context["proposals"]]

    assert "tháng 4/2024" not in names


def test_those_who_owe_are_the_blocks_ticked_and_the_units_named(client, head):
    member, other, exempt, named = (ObligationFactory().unit for _ in range(4))
    block = BlockMembershipFactory(unit=member).block
    BlockMembershipFactory(unit=exempt, block=block)
    Obligation.objects.filter(unit=exempt).update(level="exempt", level_reason="Mới thành lập")
    BlockMembershipFactory(unit=other)

    answer = post(
        client, ADD, **GOOD,
        **{"phai-bao-cao-blocks": [block.code], "phai-bao-cao-units": named.short_name},
    )  # fmt: skip

    period = ReportingPeriod.objects.get()
    assert answer.url == period.get_absolute_url()
    assert set(period.owing_units.all()) == {member, named}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"data_to": "14/3/2024"}, "data_to", "phải từ ngày đầu trở đi"),
        ({"due_date": "12/4/2024"}, "due_date", "không thể ở trước ngày chốt số liệu"),
        ({"opens_on": "18/4/2024"}, "due_date", "không thể ở trước ngày mở"),
        ({"name": ""}, "name", "Hãy ghi tên kỳ"),
        ({"data_from": "31/2/2024"}, "data_from", "31/2/2024"),
    ],
)
def test_a_wrong_day_is_said_beside_its_field(client, head, typed, field, sentence):
    answer = post(client, ADD, **{**GOOD, **typed}, **{"phai-bao-cao-units": "x"})

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])


def test_a_name_that_is_taken_and_a_unit_nobody_knows_are_refused_by_name(client, head):
    ReportingPeriodFactory(month=4)
    unit = UnitFactory()

    taken = post(client, ADD, **GOOD, **{"phai-bao-cao-units": unit.name})
    unknown = post(client, ADD, **GOOD, **{"phai-bao-cao-units": "Sở Không Có"})

    assert "đã có kỳ báo cáo" in taken.context["form"].errors["name"][0]
    assert "Sở Không Có" in unknown.context["owing"].errors["units"][0]


def test_a_period_is_opened_locked_and_reopened_by_pressing(client, head):
    period = ReportingPeriodFactory(planned=True)
    period.owing_units.add(UnitFactory())

    for name, typed, status in (
        ("period-open", {}, "open"),
        ("period-lock", {}, "locked"),
        ("period-reopen", {"reason": "Bổ sung số liệu"}, "open"),
    ):
        assert act(client, period, name, **typed).status_code == 302
        period.refresh_from_db()
        assert period.status == status


def test_reopening_without_a_reason_says_so_and_changes_nothing(client, head):
    period = ReportingPeriodFactory(locked=True)

    answer = act(client, period, "period-reopen", reason=" ")

    period.refresh_from_db()
    assert (answer.status_code, period.status) == (422, "locked")
    assert "Hãy ghi lý do" in answer.content.decode()


def test_pressing_open_twice_is_refused_the_second_time(client, head):
    period = ReportingPeriodFactory(planned=True)
    period.owing_units.add(UnitFactory())
    act(client, period, "period-open")

    assert act(client, period, "period-open").status_code == 409


def test_the_ledger_of_a_period_counts_its_own_reports(client, head):
    sent, late, missing = UnitFactory(), UnitFactory(), UnitFactory()
    period = ReportingPeriodFactory(owing=[sent, late, missing])
    report = ProgressReportFactory(submitted=True, unit=sent, period=period)
    FigureFactory.create_batch(2, report=report)
    ObligationFactory(unit=sent, on_time=True)  # the sub-plan stands in another ledger
    late_one = ProgressReportFactory(accepted=True, unit=late, period=period, obligation_met=False)
    Obligation.objects.get(period=period, unit=late).note_met(late_one.submitted_at.replace(day=19))

    page = client.get(period.get_absolute_url())

    totals = page.context["ledger"].totals
    assert (totals.owed, totals.sent, totals.late, totals.outstanding) == (3, 2, 1, 1)
    sizes = {row.unit: row.size for row in page.context["list"].rows}
    assert sizes[sent] == 2
    sheet = load_workbook(BytesIO(client.get(page.request["PATH_INFO"], {"xuat": "xlsx"}).content))
    cells = [cell.value for row in sheet.active.iter_rows() for cell in row]
    assert "Số chỉ tiêu đã trả lời" in cells
    assert {sent.name, late.name, missing.name} <= set(cells)


def test_each_count_of_the_list_opens_as_many_rows(client, head):
    units = [UnitFactory() for _ in range(3)]
    period = ReportingPeriodFactory(owing=units)
    ProgressReportFactory(submitted=True, unit=units[0], period=period)

    row = client.get(LIST).context["rows"][0]
    opened = client.get(period.get_absolute_url(), {"trang_thai": "chua-nop"})

    assert row.totals.outstanding == opened.context["count"] == 2


def test_an_officer_sees_the_rows_of_the_own_block_and_no_planned_period(client, head):
    mine, elsewhere = UnitFactory(), UnitFactory()
    BlockMembershipFactory(unit=mine)
    BlockMembershipFactory(unit=elsewhere)
    period = ReportingPeriodFactory(owing=[mine, elsewhere])
    planned = ReportingPeriodFactory(month=5, planned=True)
    client.force_login(OfficerFactory(unit=mine))

    page = client.get(period.get_absolute_url())

    assert [row.unit for row in page.context["list"].rows] == [mine]
    assert client.get(planned.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("person", [ReviewerFactory, LeadershipFactory])
def test_others_of_the_province_read_and_are_offered_nothing_to_press(client, head, person):
    period = ReportingPeriodFactory(owing=[UnitFactory()])
    client.force_login(person())

    page = client.get(period.get_absolute_url())

    assert (page.status_code, page.context["can_set"]) == (200, False)
    assert "Khóa kỳ" not in page.content.decode()


def test_the_list_asks_as_much_for_three_periods_as_for_one(
    client, head, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(40) as found:
            client.get(LIST)
        return len(found)

    ReportingPeriodFactory(month=4, owing=[UnitFactory()])
    asked()  # what is read once for a process
    one = asked()
    ReportingPeriodFactory(month=5, owing=[UnitFactory(), UnitFactory()])
    ReportingPeriodFactory(month=6, planned=True)

    assert asked() == one

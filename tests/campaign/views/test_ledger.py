from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from campaign.datasets.ledger import LedgerFilters, ledger, totals_by_block
from campaign.datasets.matter import Matter
from tests.campaign.sending import questions
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    CampaignFactory,
    LeadershipFactory,
    MembershipFactory,
    ObligationFactory,
    OfficerFactory,
    PlannedActivityFactory,
    ReviewerFactory,
    SubPlanFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 4, 1, 2, 0, tzinfo=UTC)
URL = reverse("campaign:sub-plans")


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


def block_with(*units, **facts):
    block = BlockFactory(**facts)
    for unit in units:
        BlockMembershipFactory(block=block, unit=unit)
    return block


def shown_units(response):
    return [row.unit.name for row in response.context["ledger"].rows]


def states(response):
    return {found.state.code: found.count for found in response.context["ledger"].states}


def one_in_every_state():
    ObligationFactory(unit__name="Chưa gửi")
    ObligationFactory(unit__name="Miễn gửi", exempt=True)
    SubPlanFactory(unit__name="Đang chờ", submitted=True)
    SubPlanFactory(unit__name="Đang xem", under_review=True)
    SubPlanFactory(unit__name="Bị trả", returned=True)
    SubPlanFactory(unit__name="Đã nhận", accepted=True)
    SubPlanFactory(unit__name="Đã rút", withdrawn=True)
    SubPlanFactory(unit__name="Không tính", void=True)
    late = ObligationFactory(unit__name="Gửi trễ", late=True)
    SubPlanFactory(unit=late.unit, accepted=True, submitted_at=late.met_at)


def test_every_count_opens_a_list_of_that_length(client, reviewer):
    one_in_every_state()
    found = states(client.get(URL))

    opened = {
        code: len(shown_units(client.get(URL, {"trang_thai": code}))) for code in found
    }  # fmt: skip

    assert opened == found
    assert found == {
        "da-gui": 5, "dung-han": 4, "tre-han": 1, "chua-nop": 3, "qua-han": 3, "mien": 1,
        "cho-xem-xet": 1, "dang-xem-xet": 1, "tra-lai": 2, "da-tiep-nhan": 2, "da-rut": 1,
    }  # fmt: skip


def test_the_sentence_on_top_counts_all(client, reviewer):
    one_in_every_state()

    response = client.get(URL, {"trang_thai": "mien"})

    assert response.context["words"] == "Đã gửi 5/8 đơn vị (đúng hạn 4, trễ 1), chưa gửi 3"


def test_rows_lie_by_block_in_protocol_order(client, reviewer):
    second, first, third = (UnitFactory(name=name) for name in ("Hai", "Một", "Ba"))
    block_with(third, name="Khối sau", sort_order=9002)
    block_with(first, second, name="Khối trước", sort_order=9001)
    for unit in (third, second, first):
        ObligationFactory(unit=unit)
    ObligationFactory(unit__name="Ngoài khối")

    groups = client.get(URL).context["ledger"].groups

    assert [(str(group.block or ""), [row.unit.name for row in group.rows]) for group in groups] == [
        ("Khối Khối trước", ["Hai", "Một"]),
        ("Khối Khối sau", ["Ba"]),
        ("", ["Ngoài khối"]),
    ]  # fmt: skip


def test_the_block_of_another_year_does_not_double_a_row(client, reviewer):
    owed = ObligationFactory()
    block_with(owed.unit)
    BlockMembershipFactory(unit=owed.unit, year=2023)

    assert shown_units(client.get(URL)) == [owed.unit.name]


def test_filters_stand_in_the_address(client, reviewer):
    wanted = ObligationFactory(unit__name="Ủy ban Hòa Thành", unit__district=True)
    block = block_with(wanted.unit)
    ObligationFactory(unit__name="Sở Hòa")
    asked = {"khoi": block.code, "nhom": "district", "tim": "uy ban hoa", "trang_thai": "chua-nop"}

    assert shown_units(client.get(URL, asked)) == ["Ủy ban Hòa Thành"]


def test_names_sort_as_vietnamese(client, reviewer):
    for name in ("Ủy ban", "Đảng ủy", "Dân vận", "Ấp Bắc"):
        ObligationFactory(unit__name=name)

    response = client.get(URL, {"sap_xep": "ten"})

    assert shown_units(response) == ["Ấp Bắc", "Dân vận", "Đảng ủy", "Ủy ban"]


@pytest.mark.parametrize(
    "asked", [{"khoi": "K99"}, {"trang_thai": "x"}, {"so_dong": "7"}, {"muc_do": "x"}]
)
def test_an_address_that_is_not_understood_is_422(client, reviewer, asked):
    ObligationFactory()

    assert client.get(URL, asked).status_code == 422


def test_pages_hold_fifty_rows_unless_all_are_asked_for(client, reviewer):
    ObligationFactory.create_batch(51)

    first, second = client.get(URL), client.get(URL, {"trang": 2})
    everything = client.get(URL, {"so_dong": "tat-ca"})

    assert [len(shown_units(page)) for page in (first, second, everything)] == [50, 1, 51]


def test_an_extension_leaves_the_original_day_to_see(client, reviewer):
    ObligationFactory(extended_to=date(2024, 3, 29))

    content = client.get(URL).content.decode()

    assert content.count("Gia hạn đến 29/3/2024") == 1
    assert content.count("22/3/2024</s>") == 1


def test_excel_holds_exactly_the_rows_shown(client, reviewer):
    late = ObligationFactory(unit__name="Gửi trễ", late=True)
    plan = SubPlanFactory(unit=late.unit, accepted=True, submitted_at=late.met_at)
    PlannedActivityFactory.create_batch(2, sub_plan=plan)
    ObligationFactory(unit__name="Chưa gửi")

    response = client.get(URL, {"trang_thai": "tre-han", "xuat": "xlsx"})

    rows = list(load_workbook(BytesIO(response.content)).active.values)
    header = next(n for n, row in enumerate(rows) if row[0] == "STT")
    (only,) = rows[header + 1 :]
    assert only[2:4] == ("Gửi trễ", "Phải gửi")
    assert only[7:12] == ("Trễ 3 ngày", 3, 1, "Đã tiếp nhận", 2)


def test_the_rate_opens_the_units_it_counts(client, reviewer):
    ObligationFactory(unit__name="Phải gửi, đúng hạn", on_time=True)
    ObligationFactory(unit__name="Phải gửi, trễ hạn", late=True)
    ObligationFactory(unit__name="Khuyến khích, đúng hạn", on_time=True, encouraged=True)
    ObligationFactory(unit__name="Miễn", exempt=True)

    levels = {
        level: sorted(shown_units(client.get(URL, {"muc_do": level})))
        for level in ("phai-gui", "khuyen-khich", "mien")
    }
    counted = client.get(URL, {"trang_thai": "dung-han", "muc_do": "phai-gui"})

    assert levels == {
        "phai-gui": ["Phải gửi, trễ hạn", "Phải gửi, đúng hạn"],
        "khuyen-khich": ["Khuyến khích, đúng hạn"],
        "mien": ["Miễn"],
    }
    assert shown_units(counted) == ["Phải gửi, đúng hạn"]
    assert states(counted)["dung-han"] == counted.context["ledger"].totals.required_on_time == 1


def test_excel_of_a_level_holds_only_that_level(client, reviewer):
    ObligationFactory(unit__name="Phải gửi")
    ObligationFactory(unit__name="Khuyến khích", encouraged=True)

    response = client.get(URL, {"muc_do": "khuyen-khich", "xuat": "xlsx"})

    rows = [row for row in load_workbook(BytesIO(response.content)).active.values if row[0] == 1]
    assert [row[2:4] for row in rows] == [("Khuyến khích", "Khuyến khích gửi")]


def test_csv_holds_exactly_the_rows_shown(client, reviewer):
    ObligationFactory(unit__name="Chưa gửi")
    ObligationFactory(unit__name="Miễn gửi", exempt=True)

    response = client.get(URL, {"trang_thai": "mien", "xuat": "csv"})

    lines = response.content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines[1:]] == ["Miễn gửi"]


def test_an_officer_sees_the_block_but_opens_only_the_own_plan(client):
    own, neighbour, stranger = UnitFactory(), UnitFactory(), UnitFactory()
    block_with(own, neighbour)
    block_with(stranger)
    mine = SubPlanFactory(unit=own)
    theirs = SubPlanFactory(unit=neighbour, accepted=True)
    SubPlanFactory(unit=stranger, accepted=True)
    ObligationFactory(unit=UnitFactory(), exempt=True)
    client.force_login(OfficerFactory(unit=own))

    rows = client.get(URL).context["ledger"].rows

    assert [(row.version, row.is_open, row.size) for row in rows] == [
        (mine, True, 0),
        (theirs, False, None),
    ]


def test_the_reason_of_a_level_is_not_told_to_the_block(client):
    own, neighbour = UnitFactory(), UnitFactory()
    block_with(own, neighbour)
    ObligationFactory(unit=neighbour, exempt=True, level_reason="Đang bị kiểm tra")
    client.force_login(OfficerFactory(unit=own))

    assert [row.note for row in client.get(URL).context["ledger"].rows] == [""]


def test_the_board_does_not_learn_of_a_draft(client, reviewer):
    accepted = SubPlanFactory(accepted=True)
    SubPlanFactory(unit=accepted.unit, version=2)

    (row,) = client.get(URL).context["ledger"].rows

    assert row.version == accepted


def test_who_has_no_role_sees_nothing(client):
    ObligationFactory()
    client.force_login(UserFactory())

    assert client.get(URL).status_code == 404


def test_a_reader_who_changes_nothing_is_not_offered_to_register(client):
    ObligationFactory()
    client.force_login(LeadershipFactory())

    assert client.get(URL).context["can_register"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, reviewer, django_assert_num_queries, count
):
    for _ in range(count):
        plan = SubPlanFactory(accepted=True)
        block_with(plan.unit)
        PlannedActivityFactory(sub_plan=plan)
    MembershipFactory(user=reviewer, reviewer=True)
    campaign = CampaignFactory()

    with django_assert_num_queries(8):
        ledger(reviewer, Matter(campaign), at=AT, filters=LedgerFilters())


def test_the_page_asks_as_much_for_three_rows_as_for_one(client, reviewer):
    block_with(SubPlanFactory(accepted=True).unit)
    one = questions(client, URL)
    for _ in range(2):
        block_with(SubPlanFactory(accepted=True).unit)

    assert questions(client, URL) == one


def test_figures_of_a_block_are_those_of_its_units():
    one, other = ObligationFactory(on_time=True), ObligationFactory(late=True)
    block = block_with(one.unit, other.unit)
    ObligationFactory()

    totals = totals_by_block(Matter(one.campaign), at=AT)

    assert (totals[block.pk].sent, totals[block.pk].owed) == (2, 2)
    assert (totals[None].sent, totals[None].owed) == (0, 1)

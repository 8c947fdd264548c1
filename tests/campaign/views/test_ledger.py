from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from campaign.datasets.ledger import LedgerFilters, counts_of, ledger, obligations_of
from campaign.datasets.matter import Matter
from campaign.models import Extension
from tests.campaign.sending import questions, send
from tests.exports import rows_by_heading
from tests.factories import (
    BlockFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
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
    return [row.unit.name for row in response.context["list"].rows]


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

    groups = client.get(URL).context["list"].lines

    assert [
        (group.heading, group.note, [line.row.unit.name for line in group.rows]) for group in groups
    ] == [
        ("Khối Khối trước", "đã gửi 0/2", ["Hai", "Một"]),
        ("Khối Khối sau", "đã gửi 0/1", ["Ba"]),
        ("Chưa xếp khối", "đã gửi 0/1", ["Ngoài khối"]),
    ]


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

    response = client.get(URL, {"sap_xep": "ten"})  # as addresses of old called it

    assert response.context["list"].asked.sorting == "don-vi"
    assert shown_units(response) == ["Ấp Bắc", "Dân vận", "Đảng ủy", "Ủy ban"]


@pytest.mark.parametrize("asked", [{"khoi": "K99"}, {"trang_thai": "x"}, {"muc_do": "x"}])
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

    (only,) = rows_by_heading(response)
    assert (only["Đơn vị"], only["Mức độ"]) == ("Gửi trễ", "Phải gửi")
    assert list(only.values())[7:12] == ["Trễ 3 ngày", 3, 1, "Đã tiếp nhận", 2]


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

    assert [(row["Đơn vị"], row["Mức độ"]) for row in rows_by_heading(response)] == [
        ("Khuyến khích", "Khuyến khích gửi")
    ]


def test_csv_holds_exactly_the_rows_shown(client, reviewer):
    ObligationFactory(unit__name="Chưa gửi")
    ObligationFactory(unit__name="Miễn gửi", exempt=True)

    response = client.get(URL, {"trang_thai": "mien", "xuat": "csv"})

    assert [row["Đơn vị"] for row in rows_by_heading(response)] == ["Miễn gửi"]


def test_an_officer_sees_the_block_but_opens_only_the_own_plan(client):
    own, neighbour, stranger = UnitFactory(), UnitFactory(), UnitFactory()
    block_with(own, neighbour)
    block_with(stranger)
    mine = SubPlanFactory(unit=own)
    theirs = SubPlanFactory(unit=neighbour, accepted=True)
    SubPlanFactory(unit=stranger, accepted=True)
    ObligationFactory(unit=UnitFactory(), exempt=True)
    client.force_login(OfficerFactory(unit=own))

    rows = client.get(URL).context["list"].rows

    assert [(row.version, row.is_open, row.size) for row in rows] == [
        (mine, True, 0),
        (theirs, False, None),
    ]


def test_the_reason_of_a_level_is_not_told_to_the_block(client):
    own, neighbour = UnitFactory(), UnitFactory()
    block_with(own, neighbour)
    ObligationFactory(unit=neighbour, exempt=True, level_reason="Đang bị kiểm tra")
    client.force_login(OfficerFactory(unit=own))

    assert [row.note for row in client.get(URL).context["list"].rows] == [""]


def test_the_board_does_not_learn_of_a_draft(client, reviewer):
    accepted = SubPlanFactory(accepted=True)
    SubPlanFactory(unit=accepted.unit, version=2)

    (row,) = client.get(URL).context["list"].rows

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

    with django_assert_num_queries(6):
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

    totals = counts_of(obligations_of(Matter(one.campaign)), "block_id", at=AT)

    assert (totals[block.pk].sent, totals[block.pk].owed) == (2, 2)
    assert (totals[None].sent, totals[None].owed) == (0, 1)


# --- several at once ---

EXTEND, EXEMPT = reverse("campaign:obligations-extend"), reverse("campaign:obligations-exempt")
TYPED = {
    "gia-han-due": "29/3/2024",
    "gia-han-reason": "Mưa lũ",
    "gia-han-document_number": "21/BTĐKT",
}


@pytest.fixture
def head(client):
    person = BoardHeadFactory()
    client.force_login(person)
    return person


def four_obligations(person):
    """One to extend, and three that are left alone: sent, exempt, the person's own."""
    return (
        ObligationFactory(unit__name="Còn thiếu"),
        ObligationFactory(unit__name="Đã gửi", on_time=True),
        ObligationFactory(unit__name="Được miễn", exempt=True),
        ObligationFactory(unit=person.memberships.get().unit),
    )


def test_what_is_left_alone_is_told_before_anything_is_done(client, head):
    owed, *others = four_obligations(head)

    shown = send(client, EXTEND, tat_ca="1").context["plan"]

    assert (shown.keys, shown.will) == (str(owed.pk), ["Còn thiếu (hạn 22/3/2024)"])
    assert {reason for _, reason in shown.wont} == {
        "Đã gửi nên không cần gia hạn.",
        "Đơn vị được miễn nên không có hạn để gia hạn.",
        "Đơn vị của ông/bà nên người khác quyết định.",
    }
    assert len(shown.wont) == len(others)
    assert Extension.objects.count() == 0


def test_several_are_extended_by_one_document(client, head):
    owed, *_ = four_obligations(head)
    second = ObligationFactory()
    chosen = f"{owed.pk},{second.pk}"

    early = send(client, EXTEND, chon=chosen, dong_y="1", **{**TYPED, "gia-han-due": "20/3/2024"})
    done = send(client, f"{EXTEND}?trang_thai=chua-nop", chon=chosen, dong_y="1", **TYPED)

    assert early.status_code == 422
    assert early.context["form"].errors == {"due": ["Hạn mới phải sau hạn hiện tại, 22/3/2024."]}
    assert done.url == f"{URL}?trang_thai=chua-nop"
    assert set(Extension.objects.values_list("obligation", "document_number")) == {
        (owed.pk, "21/BTĐKT"),
        (second.pk, "21/BTĐKT"),
    }


def test_several_are_exempted_for_one_reason(client, head):
    owed, sent, *_ = four_obligations(head)

    send(client, EXEMPT, chon=f"{owed.pk},{sent.pk}", dong_y="1", **{"mien-reason": "Mới lập"})

    owed.refresh_from_db()
    sent.refresh_from_db()
    assert (owed.level, owed.level_reason, sent.level) == ("exempt", "Mới lập", "required")


def test_only_the_head_of_the_board_is_offered_to_change_several(client, reviewer):
    owed = ObligationFactory()

    assert client.get(URL).context["list"].acts == ()
    assert send(client, EXTEND, chon=owed.pk, dong_y="1", **TYPED).status_code == 403

from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.datasets.ledger import totals_of
from campaign.models import Extension, Obligation, SubPlan
from reports.datasets.consolidated import read
from reports.datasets.dashboard.going import items
from reports.datasets.dashboard.viewpoint import viewpoint
from reports.datasets.snapshot import digest, snapshot
from tests.factories import PlannedActivityFactory, SubPlanFactory, UserFactory
from tests.reports.conftest import AS_OF, LATE_AT, unit_in


@pytest.fixture
def data(province):
    return read(snapshot(province.campaign, AS_OF))


def test_totals_are_those_of_the_day(data):
    assert data.totals.sentence == "Đã gửi 2/5 đơn vị (đúng hạn 1, trễ 1), chưa gửi 3"
    assert (data.totals.exempt, data.totals.overdue, data.totals.activities) == (1, 2, 3)


def test_rate_counts_required_units_only(data):
    assert (data.totals.required, data.totals.required_on_time) == (4, 1)
    assert str(data.totals.on_time_rate) == "0.25"


def test_units_stand_by_block_in_protocol_order(province, data):
    told = [(group.name, [row.name for row in group.rows]) for group in data.groups]

    assert told == [
        (
            "Khối Văn hóa - Xã hội",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Sở Giáo dục và Đào tạo"],
        ),
        (
            "Khối Doanh nghiệp",
            ["Công ty Xổ số kiến thiết", "Công ty mới thành lập", "Công ty Cao su"],
        ),
    ]
    assert [row.place for row in data.rows] == [1, 2, 3, 4, 5, 6]


def test_each_line_says_how_its_unit_stands(data):
    assert [(row.verdict_text, row.note) for row in data.rows] == [
        ("Đúng hạn", ""),
        ("Trễ 3 ngày", ""),
        ("Chưa gửi", ""),
        ("Chưa gửi (còn hạn)", "Gia hạn đến 29/3/2024"),
        ("Miễn", "Mới thành lập"),
        ("Chưa gửi", "Khuyến khích gửi"),
    ]


def test_only_who_must_and_has_no_time_left_is_urged(data):
    assert [row.name for row in data.to_urge] == ["Sở Giáo dục và Đào tạo"]


def test_line_of_a_unit_that_sent(data):
    row = data.rows[0]

    assert (row.number, row.document_date, row.sent_on, row.activities) == (
        "170/KH-SVHTTDL", date(2024, 3, 18), date(2024, 3, 20), 2,
    )  # fmt: skip


def test_days_late_are_told_both_ways(data):
    row = data.late[0]

    assert (row.days_late, row.working_days_late) == (3, 1)


def test_activity_counts_once_under_each_row_and_once_in_all(data):
    solution = data.solutions[0]

    assert (solution.code, solution.text) == ("III.1", "Đẩy mạnh hoạt động tuyên truyền")
    assert (solution.units, solution.activities) == (2, 3)
    assert [(part.code, part.units, part.activities) for part in solution.parts] == [
        ("III.1.1", 2, 2),
        ("III.1.2", 1, 2),
    ]


def test_duties_without_an_activity_are_told(data):
    assert [(duty.code, duty.activities) for duty in data.duties] == [("IV.7.1", 1), ("IV.9.2", 0)]
    assert [duty.code for duty in data.uncovered] == ["IV.9.2"]


def test_same_moment_gives_the_same_digest(province):
    first = snapshot(province.campaign, AS_OF)
    second = snapshot(province.campaign, AS_OF)

    assert (first, digest(first)) == (second, digest(second))


def test_what_comes_later_changes_only_later_reports(province):
    before = digest(snapshot(province.campaign, AS_OF))
    owed = province.missing.obligations.get()
    late = SubPlanFactory(
        submitted=True, unit=province.missing, submitted_at=AS_OF + timedelta(microseconds=1)
    )
    PlannedActivityFactory(sub_plan=late, plan_items=[province.uncovered])
    owed.refresh_from_db()
    other = province.encouraged.obligations.get()
    other.extend(
        Extension(
            obligation=other, due_date=date(2024, 4, 5), reason="Xin gia hạn",
            document_number="30/BTĐ", by=UserFactory(), at=AS_OF + timedelta(days=1),
        )
    )  # fmt: skip

    after = read(snapshot(province.campaign, AS_OF + timedelta(days=2)))

    assert digest(snapshot(province.campaign, AS_OF)) == before
    assert (after.totals.sent, after.uncovered) == (3, [])


def test_version_sent_after_the_cut_off_does_not_speak_for_the_unit(province):
    SubPlanFactory(
        submitted=True, unit=province.on_time, version=2, document_number="999/KH-SVHTTDL",
        submitted_at=AS_OF + timedelta(hours=1),
    )  # fmt: skip

    data = read(snapshot(province.campaign, AS_OF))

    assert (data.rows[0].number, data.rows[0].activities) == ("170/KH-SVHTTDL", 2)


def test_newest_version_speaks_and_the_first_decides_the_day(province):
    SubPlanFactory(
        submitted=True, unit=province.on_time, version=2, document_number="171/KH-SVHTTDL",
        submitted_at=LATE_AT,
    )  # fmt: skip

    row = read(snapshot(province.campaign, AS_OF)).rows[0]

    assert (row.number, row.verdict_text, row.note) == (
        "171/KH-SVHTTDL", "Đúng hạn", "Số liệu theo bản lần 2",
    )  # fmt: skip


def test_last_moment_of_the_due_day_is_on_time_and_the_next_is_late(province):
    midnight = datetime(2024, 3, 22, 17, 0, tzinfo=UTC)
    SubPlan.objects.filter(unit=province.on_time).update(
        submitted_at=midnight - timedelta(microseconds=1)
    )
    SubPlan.objects.filter(unit=province.late).update(submitted_at=midnight)
    for unit in (province.on_time, province.late):
        sent = SubPlan.objects.get(unit=unit).submitted_at
        Obligation.objects.filter(unit=unit).update(met_at=sent)

    rows = read(snapshot(province.campaign, AS_OF)).rows

    assert [row.verdict_text for row in rows[:2]] == ["Đúng hạn", "Trễ 1 ngày"]


def test_report_of_a_moment_agrees_with_the_ledger_and_the_overview(province):
    data = read(snapshot(province.campaign, AS_OF))
    ledger = totals_of(Obligation.objects.filter(campaign=province.campaign), at=AS_OF)
    overview = items(viewpoint(province.campaign, at=AS_OF))

    assert (
        data.totals.owed, data.totals.sent, data.totals.on_time, data.totals.late,
        data.totals.missing, data.totals.overdue, data.totals.on_time_rate,
    ) == (
        ledger.owed, ledger.sent, ledger.on_time, ledger.late,
        ledger.outstanding, ledger.overdue, ledger.on_time_rate,
    )  # fmt: skip
    assert [(line.item.code, line.units, line.activities) for line in overview.solutions] == [
        (item.code, item.units, item.activities) for item in data.solutions
    ]
    assert [(line.item.code, line.activities) for line in overview.duties] == [
        (item.code, item.activities) for item in data.duties
    ]


def test_unit_without_a_block_comes_last(province):
    province.on_time.block_memberships.all().delete()

    data = read(snapshot(province.campaign, AS_OF))

    assert data.groups[-1].name == "Đơn vị chưa thuộc khối thi đua nào"
    assert [row.name for row in data.groups[-1].rows] == [province.on_time.name]


@pytest.mark.parametrize("more", [1, 3])
def test_queries_do_not_grow_with_the_province(province, more, django_assert_num_queries):
    for n in range(more):
        unit = unit_in(province.culture, f"Sở thứ {n}")
        sub_plan = SubPlanFactory(submitted=True, unit=unit)
        PlannedActivityFactory(
            sub_plan=sub_plan, plan_items=[province.covered], participants=[province.late]
        )

    with django_assert_num_queries(10):
        snapshot(province.campaign, AS_OF)

from datetime import UTC, date, datetime

import pytest

from campaign.datasets.calendar import entries_between, month_of
from campaign.models import PlanItem
from tests.factories import (
    ActivityFactory,
    CampaignFactory,
    FollowUpFactory,
    ObligationFactory,
    OfficerFactory,
    ParticipationFactory,
    PlanItemFactory,
    ReportingPeriodFactory,
    ReportObligationFactory,
    ReviewerFactory,
    UnitFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 16, 2, 0, tzinfo=UTC)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def officer(campaign):
    return OfficerFactory()


def unit_of(person):
    return person.memberships.get().unit


def titles(person, campaign, first=YEAR[0], last=YEAR[1]):
    return [
        (one.title, one.first, one.last)
        for one in entries_between(person, campaign, first, last, at=AT)
    ]


def anniversary(text, dates):
    return PlanItemFactory(
        code=f"KN.{len(text)}", kind=PlanItem.Kind.ANNIVERSARY, text_issued=text, dates=dates
    )


def test_anniversaries_come_back_in_the_year_of_the_campaign(campaign, officer):
    anniversary("70 năm Chiến thắng Điện Biên Phủ", "1954-05-07/2024-05-07")
    anniversary("65 năm Ngày Truyền thống Bộ đội Biên phòng", "1959-03-03")
    anniversary("Không rõ ngày", "")
    campaign.ends_on = date(2025, 6, 30)

    found = titles(officer, campaign, date(2024, 1, 1), date(2025, 12, 31))

    # Also the one that was over when the plan came, and again in the second year.
    assert found == [
        ("65 năm Ngày Truyền thống Bộ đội Biên phòng", date(2024, 3, 3), date(2024, 3, 3)),
        ("70 năm Chiến thắng Điện Biên Phủ", date(2024, 5, 7), date(2024, 5, 7)),
        ("66 năm Ngày Truyền thống Bộ đội Biên phòng", date(2025, 3, 3), date(2025, 3, 3)),
        ("71 năm Chiến thắng Điện Biên Phủ", date(2025, 5, 7), date(2025, 5, 7)),
    ]


def test_a_unit_sees_what_it_owes_on_the_day_that_holds(campaign, officer):
    unit = unit_of(officer)
    ObligationFactory(unit=unit, extended_to=date(2024, 3, 29))
    ObligationFactory()
    FollowUpFactory(unit=unit)

    found = entries_between(officer, campaign, *YEAR, at=AT)

    assert [
        (one.title[:30], one.kind.code, one.first) for one in found if one.kind.code != "kiem-tra"
    ] == [
        ("Hạn: Kế hoạch triển khai", "qua-han", date(2024, 3, 29)),
        ("Hạn: Khắc phục sau kiểm tra: C", "han", date(2024, 6, 20)),
    ]


def test_the_board_sees_due_days_and_not_every_unit(campaign):
    reviewer = ReviewerFactory()
    for facts in ({"on_time": True}, {}, {"exempt": True}):
        ObligationFactory(**facts)
    ObligationFactory(extended_to=date(2024, 3, 29))

    found = entries_between(reviewer, campaign, *YEAR, at=AT)

    assert [(one.title, one.first, one.note) for one in found] == [
        ("Hạn gửi Kế hoạch triển khai", date(2024, 3, 22), "1/2 chưa gửi"),
        ("Hạn gửi Kế hoạch triển khai (gia hạn)", date(2024, 3, 29), "1/1 chưa gửi"),
    ]


def test_windows_of_reports_are_seen_by_all_and_the_due_day_by_who_owes(campaign, officer):
    period = ReportingPeriodFactory(month=5)
    ReportObligationFactory(period=period, unit=unit_of(officer))

    found = titles(officer, campaign)

    assert found[0] == ("Mở nhận Báo cáo tháng 5/2024", period.opens_on, period.due_date)
    assert found[1:] == [("Hạn: Báo cáo tháng 5/2024", period.due_date, period.due_date)]


def test_activities_and_visits_of_the_own_unit_only(campaign, officer):
    unit = unit_of(officer)
    dates = {"starts_on": date(2024, 5, 6), "ends_on": date(2024, 5, 10)}
    ActivityFactory(lead_unit=unit, title="Của mình", **dates)
    ActivityFactory(lead_unit=UnitFactory(), title="Của đơn vị khác", **dates)
    joined = ActivityFactory(title="Cùng làm", **dates)
    ParticipationFactory(activity=joined, unit=unit)
    ActivityFactory(
        lead_unit=unit, title="Đã hủy", status="cancelled", status_reason="Trùng", **dates
    )
    VisitFactory(unit=unit)
    VisitFactory(unit=unit, round__name="Đợt hai", cancelled=True)
    VisitFactory()

    assert {title for title, *_ in titles(officer, campaign)} == {
        "Của mình", "Cùng làm", f"Kiểm tra {unit}",
    }  # fmt: skip
    # The board plans visits everywhere and has no activities of its own.
    board = {title for title, *_ in titles(ReviewerFactory(), campaign)}
    assert len([title for title in board if title.startswith("Kiểm tra")]) == 2
    assert "Của mình" not in board


def test_a_month_shows_where_long_things_begin_and_end(campaign, officer):
    unit = unit_of(officer)
    spans = {
        "Suốt tháng": (date(2024, 4, 1), date(2024, 6, 30)),
        "Bắt đầu": (date(2024, 5, 6), date(2024, 6, 10)),
        "Kết thúc": (date(2024, 4, 6), date(2024, 5, 6)),
        "Một ngày": (date(2024, 5, 6), date(2024, 5, 6)),
    }
    for title, (first, last) in spans.items():
        ActivityFactory(lead_unit=unit, title=title, starts_on=first, ends_on=last)

    month = month_of(officer, campaign, date(2024, 5, 1), at=AT)

    assert [entry.title for entry in month.running] == ["Suốt tháng"]
    assert [(one.entry.title, one.note) for one in month.days[5].mentions] == [
        ("Kết thúc", "ngày cuối"), ("Bắt đầu", "đến 10/6/2024"), ("Một ngày", ""),
    ]  # fmt: skip
    assert (month.column, len(month.days), month.days[15].is_today) == (3, 31, True)
    # 1/5 is a holiday, 4/5 a Saturday that is worked.
    assert (month.days[0].holiday, month.days[0].is_working) == ("Ngày Quốc tế lao động", False)
    assert (month.days[3].is_made_up, month.days[3].is_working, month.days[4].is_working) == (
        True, True, False,
    )  # fmt: skip
    assert month.working_days == 23

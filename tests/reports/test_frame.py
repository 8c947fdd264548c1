from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from reports.frame import Frame, NavigationItem, build_frame, deadline_in_words, kept_on_phone
from tests.factories.accounts import UserFactory
from tests.factories.campaign import CampaignFactory, ObligationFactory, SubPlanFactory
from tests.factories.units import (
    AdministratorFactory,
    BlockLeadFactory,
    HeadFactory,
    LeadershipFactory,
    MembershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UnitFactory,
)

NOON = datetime(2024, 3, 20, 5, 0, tzinfo=UTC)
PROGRESS = "Hoạt động & tiến độ"


def frame_of(user, *, at=NOON, path="/", wish=None):
    session = {"acting_unit": wish.pk} if wish else {}
    return build_frame(SimpleNamespace(user=user, session=session, path=path), at=at)


def labels(frame):
    return [item.label for item in frame.navigation]


def count_of(frame, label):
    return next(item.count for item in frame.navigation if item.label == label)


@pytest.mark.parametrize(
    ("today", "words", "tone"),
    [
        (17, "Nộp kế hoạch: còn 5 ngày, 22/3/2024", "grey"),
        (19, "Nộp kế hoạch: còn 3 ngày, 22/3/2024", "amber"),
        (22, "Nộp kế hoạch: hôm nay là ngày cuối, 22/3/2024", "amber"),
        (24, "Nộp kế hoạch: đã quá hạn 2 ngày, 22/3/2024", "red"),
    ],
)
def test_a_deadline_is_told_in_words(today, words, tone):
    at = datetime(2024, 3, today, 5, 0, tzinfo=UTC)

    deadline = deadline_in_words("Nộp kế hoạch", date(2024, 3, 22), at=at)

    assert (deadline.words, deadline.tone) == (words, tone)


def item(rank):
    return NavigationItem(str(rank), str(rank), "", "/", rank)


def test_a_phone_keeps_five_or_the_four_that_matter_most_in_the_order_of_the_work():
    assert [i.rank for i in kept_on_phone([item(n) for n in (1, 3, 5, 4, 7)])] == [1, 3, 5, 4, 7]
    assert [i.rank for i in kept_on_phone([item(n) for n in (1, 3, 5, 4, 2, 6)])] == [1, 3, 4, 2]


@pytest.mark.django_db
def test_a_stranger_has_no_frame(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert frame_of(AnonymousUser()) == Frame()


@pytest.mark.django_db
def test_a_person_without_a_role_goes_nowhere_but_home():
    CampaignFactory()

    frame = frame_of(UserFactory())

    assert (labels(frame), frame.campaign, frame.acting) == (["Việc của tôi"], None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (
            OfficerFactory,
            [
                *("Việc của tôi", "Kế hoạch", "Kế hoạch triển khai", PROGRESS, "Chấm điểm"),
                *("Khen thưởng", "Báo cáo", "Đơn vị"),
            ],
        ),
        (
            ReviewerFactory,
            [
                *("Việc của tôi", "Tổng quan", "Kế hoạch", "Kế hoạch triển khai", "Xem xét"),
                *(PROGRESS, "Chấm điểm", "Khen thưởng", "Báo cáo", "Đơn vị"),
            ],
        ),
        (
            LeadershipFactory,
            [
                *("Việc của tôi", "Tổng quan", "Kế hoạch", "Kế hoạch triển khai"),
                *(PROGRESS, "Chấm điểm", "Khen thưởng", "Báo cáo", "Đơn vị"),
            ],
        ),
        (
            AdministratorFactory,
            [
                "Việc của tôi",
                "Kế hoạch",
                "Kế hoạch triển khai",
                PROGRESS,
                "Chấm điểm",
                "Khen thưởng",
                "Đơn vị",
                "Quản trị",
            ],
        ),
    ],
)
def test_the_navigation_shows_what_the_person_may_open(person, expected):
    CampaignFactory()

    assert labels(frame_of(person())) == expected


@pytest.mark.django_db
def test_the_acting_unit_owes_and_the_other_may_be_chosen():
    owing, clean = UnitFactory(), UnitFactory()
    person = OfficerFactory(owing)
    MembershipFactory(user=person, unit=clean)
    ObligationFactory(unit=owing, extended_to=date(2024, 3, 29))
    ObligationFactory(unit=clean, extended_to=None, on_time=True)

    first, second = frame_of(person), frame_of(person, wish=clean)

    assert first.deadline.words == "Nộp kế hoạch: còn 9 ngày, 29/3/2024"
    assert [choice.unit for choice in first.choices] == [clean]
    assert (count_of(first, "Việc của tôi"), count_of(second, "Việc của tôi")) == (1, 0)
    assert second.deadline.words == "Hạn nộp kế hoạch: còn 2 ngày, 22/3/2024"


@pytest.mark.django_db
def test_a_returned_plan_has_a_deadline_of_its_own():
    unit = UnitFactory()
    SubPlanFactory(unit=unit, returned=True)

    frame = frame_of(OfficerFactory(unit), at=datetime(2024, 3, 28, 5, 0, tzinfo=UTC))

    assert frame.deadline.words == "Bổ sung kế hoạch: còn 4 ngày, 01/4/2024"


@pytest.mark.django_db
def test_those_who_owe_nothing_are_told_nothing_after_the_due_day():
    CampaignFactory()

    assert frame_of(ReviewerFactory(), at=datetime(2024, 4, 2, 5, 0, tzinfo=UTC)).deadline is None


@pytest.mark.django_db
def test_counts_are_of_what_waits_for_this_person():
    home = UnitFactory()
    reviewer, head = ReviewerFactory(home), HeadFactory(home)
    SubPlanFactory(submitted=True)
    SubPlanFactory(submitted=True, unit=UnitFactory(name="Sở khác"))
    SubPlanFactory(under_review=True, reviewer=reviewer)
    SubPlanFactory(awaiting_head=True, unit=home)

    seen = frame_of(reviewer)

    assert (count_of(seen, "Xem xét"), count_of(seen, "Việc của tôi")) == (2, 1)
    assert count_of(frame_of(head), "Việc của tôi") == 1


@pytest.mark.django_db
def test_what_is_before_the_head_waits_for_the_head_alone():
    unit = UnitFactory()
    campaign = CampaignFactory()
    ObligationFactory(unit=unit, campaign=campaign, extended_to=None)
    SubPlanFactory(awaiting_head=True, unit=unit, campaign=campaign)

    officer, head = frame_of(OfficerFactory(unit)), frame_of(HeadFactory(unit))

    assert count_of(officer, "Việc của tôi") == 0
    assert count_of(head, "Việc của tôi") == 1
    assert officer.deadline.words == "Nộp kế hoạch: còn 2 ngày, 22/3/2024"


@pytest.mark.django_db
def test_the_queue_does_not_count_the_reviewers_own_unit():
    home = UnitFactory()
    SubPlanFactory(submitted=True, unit=home)

    assert count_of(frame_of(ReviewerFactory(home)), "Xem xét") == 0


@pytest.mark.django_db
def test_one_place_is_current():
    CampaignFactory()
    frame = frame_of(OfficerFactory())
    units = next(item for item in frame.navigation if item.label == "Đơn vị")

    inside = frame_of(OfficerFactory(), path=f"{units.url}12/")

    assert [item.label for item in inside.navigation if item.is_current] == ["Đơn vị"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "page", "place", "tab"),
    [
        (OfficerFactory, "campaign:follow-ups", PROGRESS, "Kiểm tra"),
        (ReviewerFactory, "campaign:follow-ups", PROGRESS, "Kiểm tra"),
        (OfficerFactory, "campaign:my-reports", PROGRESS, "Báo cáo của đơn vị"),
        (LeadershipFactory, "campaign:my-reports", PROGRESS, "Kỳ báo cáo"),
        (BlockLeadFactory, "campaign:my-reports", PROGRESS, None),
        (ReviewerFactory, "campaign:letters", PROGRESS, "Đôn đốc"),
        (ReviewerFactory, "campaign:reminder-rules", PROGRESS, "Đôn đốc"),
        (ReviewerFactory, "campaign:register-receipt", "Xem xét", None),
    ],
)
def test_a_page_whose_address_lies_elsewhere_has_its_place_and_its_tab(person, page, place, tab):
    CampaignFactory()

    frame = frame_of(person(), path=f"{reverse(page)}7/")

    assert [item.label for item in frame.navigation if item.is_current] == [place]
    assert [part.label for part in frame.parts if part.is_current] == [tab] * bool(tab)
    assert bool(frame.parts) is (place == PROGRESS)


@pytest.mark.django_db
def test_the_frame_costs_the_same_however_many_units(django_assert_max_num_queries):
    person = OfficerFactory()
    for _ in range(3):
        unit = UnitFactory()
        MembershipFactory(user=person, unit=unit)
        ObligationFactory(unit=unit, extended_to=None)

    with django_assert_max_num_queries(8):
        frame_of(person)

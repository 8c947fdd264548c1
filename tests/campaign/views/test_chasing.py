from datetime import UTC, datetime

import pytest
from django.urls import reverse

from campaign.models import Digest, Obligation, Reminder, ReminderRule
from tests.campaign.sending import questions, send
from tests.factories import (
    BoardHeadFactory,
    CampaignFactory,
    LeadershipFactory,
    ObligationFactory,
    OfficerFactory,
    ReportObligationFactory,
    ReviewerFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

BOARD = reverse("campaign:chasing")
LIST = reverse("campaign:chasing-list")
REMIND = reverse("campaign:chasing-remind")
RULES = reverse("campaign:reminder-rules")
SEEN = reverse("campaign:reminders-seen")


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def head(client):
    CampaignFactory()
    person = BoardHeadFactory()
    client.force_login(person)
    return person


def test_each_count_of_the_board_opens_its_list(client, reviewer):
    ObligationFactory()
    ReportObligationFactory(unit=UnitFactory())

    page = client.get(BOARD).content.decode()

    assert page.count("1 quá hạn") == 4  # a line and the sum, for each of two columns
    assert f"{LIST}?viec=ke-hoach&amp;khoi=khong-khoi&amp;tinh_trang=qua-han" in page
    asked = client.get(LIST, {"viec": "ke-hoach", "khoi": "khong-khoi", "tinh_trang": "qua-han"})
    assert asked.context["count"] == 1


def test_leadership_reads_and_has_nothing_to_press(client):
    CampaignFactory()
    ObligationFactory()
    client.force_login(LeadershipFactory())

    assert client.get(BOARD).status_code == 200
    page = client.get(LIST).content.decode()
    assert ('name="chon"' in page, "Gửi thư nhắc" in page) == (False, False)


def test_a_unit_has_no_business_here(client):
    CampaignFactory()
    client.force_login(OfficerFactory())

    assert [client.get(url).status_code for url in (BOARD, LIST, RULES)] == [403, 403, 403]


def test_all_that_is_missing_is_ticked_at_once_and_without_a_script(client, reviewer):
    owed = ObligationFactory()
    OfficerFactory(owed.unit)
    silent, sent = ObligationFactory(), ObligationFactory(on_time=True)

    plan = send(client, f"{REMIND}?tinh_trang=phai-gui", tat_ca="1").context["plan"]

    assert plan.keys == str(owed.pk)
    assert dict(plan.wont) == {
        str(silent): "Chưa có ai có tài khoản để nhận thư.",
        str(sent): "Đã gửi, hoặc kỳ báo cáo đã khóa.",
    }
    assert Digest.objects.count() == 0


def test_what_the_filter_does_not_know_is_said(client, reviewer):
    assert client.get(LIST, {"viec": "ky-999"}).status_code == 422


def test_the_ticked_are_reminded_and_the_list_stays_as_it_was(client, reviewer):
    owed, silent = ObligationFactory(), ObligationFactory(unit=UnitFactory(name="Sở Im lặng"))
    officer = OfficerFactory(owed.unit)
    address = f"{REMIND}?viec=ke-hoach"

    response = send(client, address, chon=[owed.pk, silent.pk], dong_y="1")

    assert response.url == f"{LIST}?viec=ke-hoach"
    page = client.get(response.url).content.decode()
    assert "Đã ghi thư nhắc tới 1 người của 1 đơn vị." in page
    assert "Chưa có ai có tài khoản để nhận thư: Sở Im lặng." in page
    assert Digest.objects.get().user == officer

    page = client.get(send(client, address, chon=[owed.pk], dong_y="1").url).content.decode()
    assert "1 người hôm nay đã được nhắc nên không gửi lại." in page
    assert Digest.objects.count() == 1


def test_nothing_ticked_is_said(client, reviewer):
    page = client.get(send(client, REMIND, chon=["x"]).url).content.decode()

    assert "Chưa chọn dòng nào." in page


def test_the_list_takes_a_fixed_number_of_queries(client, reviewer):
    def more(count):
        for _ in range(count):
            OfficerFactory(ObligationFactory().unit)

    more(1)
    few = questions(client, LIST)
    more(3)
    assert questions(client, LIST) == few


# --- the days of the schedule ---


def days(**changed):
    typed = {}
    for kind in Obligation.Kind:
        prefix = kind.value.replace("_", "-")
        typed |= {
            f"{prefix}-before": "7, 3, 1",
            f"{prefix}-after": "1, 3",
            f"{prefix}-weekly": "on",
        }
    return {**typed, **changed}


def test_the_head_of_the_board_sets_the_days(client, head):
    typed = days(**{"sub-plan-before": "5;2", "sub-plan-on_the_day": "on", "sub-plan-after": "4"})

    assert send(client, RULES, **typed).status_code == 302

    kept = ReminderRule.objects.order_by("offset").values_list("kind", "offset", "is_weekly")
    assert list(kept) == [
        ("sub_plan", -5, False), ("sub_plan", -2, False), ("sub_plan", 0, False),
        ("sub_plan", 4, True),
    ]  # fmt: skip
    form = client.get(RULES).context["forms"][0]
    assert [form[name].value() for name in ("before", "on_the_day", "after", "weekly")] == [
        "5, 2", True, "4", True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"sub-plan-before": "ba ngày"}, "“ba” không phải số ngày"),
        ({"sub-plan-before": "61"}, "“61” không phải số ngày"),
        ({"sub-plan-after": ""}, "Nhắc hằng tuần cần ít nhất một mốc"),
        (
            {"follow-up-before": "", "follow-up-after": "", "follow-up-weekly": ""},
            "Hãy giữ ít nhất một mốc nhắc.",
        ),
    ],
)
def test_days_that_make_no_sense_are_said_and_kept(client, head, typed, said):
    response = send(client, RULES, **days(**typed))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ReminderRule.objects.exists()


def test_a_reviewer_does_not_change_the_days(client, reviewer):
    assert send(client, RULES, **days()).status_code == 403


# --- the notice on the first page ---


def test_the_notice_goes_once_it_is_seen(client):
    owed = ReportObligationFactory(unit=UnitFactory())
    officer = OfficerFactory(owed.unit)
    at = datetime(2024, 4, 1, tzinfo=UTC)
    client.force_login(officer)
    home = client.get("/")
    digest = Digest.objects.create(user=officer, day=home.wsgi_request.at.date(), at=at)
    Reminder.objects.create(
        obligation=owed, user=officer, due_date=owed.due_date, offset=1, digest=digest
    )

    assert "Nhắc việc: đơn vị còn phải gửi, phải làm" in client.get("/").content.decode()
    assert send(client, SEEN).url == "/"
    assert "Nhắc việc: đơn vị còn phải gửi, phải làm" not in client.get("/").content.decode()

import hashlib
from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.models import AuditEvent, User
from campaign.models import CalendarKey, PlanItem
from tests.campaign.sending import questions, send
from tests.factories import (
    ActivityFactory,
    CampaignFactory,
    FollowUpFactory,
    OfficerFactory,
    PlanItemFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    UserFactory,
    VisitFactory,
)
from units.models import Membership

pytestmark = pytest.mark.django_db

URL, MAKE, REVOKE = (
    reverse(f"campaign:{name}") for name in ("calendar", "calendar-key", "calendar-key-revoke")
)


@pytest.fixture
def officer(client):
    CampaignFactory()
    person = OfficerFactory()
    client.force_login(person)
    return person


def month(year, number):
    return reverse("campaign:calendar-month", args=[year, number])


def made(client):
    """The address as the page tells it, without the host."""
    address = send(client, MAKE).context["new_address"]
    return "/" + address.split("/", 3)[3]


def events(answer):
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_each_month_has_an_address_and_its_neighbours(client, officer):
    page = client.get(month(2024, 12))

    assert month(2024, 11) in page.content.decode()
    assert month(2025, 1) in page.content.decode()
    outside = [
        client.get(month(*one)).status_code for one in ((2024, 13), (0, 5), (2022, 12), (2030, 1))
    ]
    assert outside == [404] * 4


def test_today_outside_the_campaign_leads_to_its_beginning(client, officer, settings):
    CampaignFactory(code="2040", starts_on=date(2040, 3, 7), ends_on=date(2040, 12, 31))

    assert client.get(URL).context["month"].first == date(2040, 3, 1)


def test_a_day_without_anything_is_not_read_out(client, officer):
    PlanItemFactory(
        kind=PlanItem.Kind.ANNIVERSARY, text_issued="70 năm Chiến thắng Điện Biên Phủ",
        dates="1954-05-07/2024-05-07",
    )  # fmt: skip

    content = client.get(month(2024, 5)).content.decode()

    assert "70 năm Chiến thắng Điện Biên Phủ" in content
    # 1/5, the worked Saturday 4/5 and 7/5 say something; the other 28 days do not.
    assert content.count('is-empty" aria-hidden="true"') == 28


def test_who_has_no_role_has_no_calendar(client):
    CampaignFactory()
    client.force_login(UserFactory())

    assert [client.get(url).status_code for url in (URL, month(2024, 5))] == [404, 404]
    assert send(client, MAKE).status_code == 404
    assert CalendarKey.objects.count() == 0


def test_the_address_is_told_once_and_only_its_digest_kept(client, officer):
    address = made(client)

    key = address.removeprefix("/lich/").removesuffix(".ics")
    stored = CalendarKey.objects.get()
    assert len(key) == 43
    assert stored.digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in client.get(URL).content.decode()
    assert key not in str(list(client.session.items()))
    assert AuditEvent.objects.about(stored).get().verb == "created"
    # A second one is refused, and the one that was told stays good.
    assert send(client, MAKE).status_code == 409
    assert client.get(address).status_code == 200


def test_the_feed_says_what_the_page_says_to_whoever_holds_the_key(client, officer):
    unit = officer.memberships.get().unit
    activity = ActivityFactory(
        lead_unit=unit, title="Hội thi; tìm hiểu, lịch sử", starts_on=date(2024, 5, 6),
        ends_on=date(2024, 5, 10),
    )  # fmt: skip
    ActivityFactory(title="Của đơn vị khác", starts_on=date(2024, 5, 6), ends_on=date(2024, 5, 10))
    VisitFactory()
    address = made(client)
    client.logout()

    answer = client.get(address)

    (event,) = events(answer)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (event["summary"], event.decoded("dtstart"), event.decoded("dtend")) == (
        "Hội thi; tìm hiểu, lịch sử", date(2024, 5, 6), date(2024, 5, 11),
    )  # fmt: skip
    assert event["uid"].startswith(f"hoat-dong-{activity.pk}@")
    assert str(officer) not in answer.content.decode()
    assert officer.email not in answer.content.decode()


def test_what_did_not_change_is_not_sent_again(client, officer):
    address = made(client)
    client.logout()
    first = client.get(address)

    again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    ActivityFactory(lead_unit=officer.memberships.get().unit)
    changed = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    assert "private" in first["Cache-Control"]
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert CalendarKey.objects.get().used_at is not None


def test_revoked_is_over_at_once_and_another_address_opens(client, officer):
    old = made(client)

    send(client, REVOKE)
    new = made(client)

    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    verbs = AuditEvent.objects.filter(subject_type="campaign.CalendarKey").order_by("pk")
    assert [event.verb for event in verbs] == ["created", "revoked", "created"]
    send(client, REVOKE)
    assert send(client, REVOKE).status_code == 409


@pytest.mark.parametrize("ends", ["account", "role"])
def test_a_person_who_may_read_nothing_reads_nothing(client, officer, ends):
    address = made(client)
    client.logout()
    if ends == "account":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    else:
        Membership.objects.filter(user=officer).update(valid_to=date(2021, 1, 1))

    answers = [client.get(address), client.get("/lich/khong-co-khoa.ics")]

    assert [(answer.status_code, answer.content) for answer in answers] == [(404, b"")] * 2


def test_rights_are_those_of_the_moment(client, officer):
    address = made(client)
    client.logout()
    VisitFactory()
    before = len(events(client.get(address)))
    Membership.objects.filter(user=officer).update(role=Membership.Role.REVIEWER)

    assert (before, len(events(client.get(address)))) == (0, 1)


def test_the_key_is_in_no_log(client, officer, caplog):
    address = made(client)
    with caplog.at_level("INFO", logger="portal.access"):
        client.get(address)

    key = address.removeprefix("/lich/").removesuffix(".ics")
    assert caplog.records
    assert not any(key in str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize("person", [OfficerFactory, ReviewerFactory])
def test_a_month_and_the_feed_ask_a_constant_number_of_questions(client, person):
    CampaignFactory()
    reader = person()
    client.force_login(reader)
    address, unit = made(client), reader.memberships.get().unit

    def fill(number):
        ReportingPeriodFactory(month=number)
        FollowUpFactory(unit=unit, finding__visit__round__name=f"Đợt {number}")
        ActivityFactory(lead_unit=unit)
        PlanItemFactory(kind=PlanItem.Kind.ANNIVERSARY, dates="1954-05-07")

    fill(4)
    one = [questions(client, url) for url in (month(2024, 5), month(2024, 6), address)]
    fill(5)
    fill(6)

    assert [questions(client, url) for url in (month(2024, 5), month(2024, 6), address)] == one

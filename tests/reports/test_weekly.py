"""Tổng quan by e-mail: on the first working day of the week, once, to who may still see it; and
the page it carries."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Attachment, Mail
from accounts.tasks import send_mail
from lib import clock
from lib.official.pdf import PdfFailed
from reports.actions.weekly import send_weekly, switch
from reports.datasets.dashboard.board import board
from reports.datasets.dashboard.viewpoint import viewpoint
from reports.datasets.dashboard.words import in_words
from reports.datasets.scope import scope_of
from reports.documents.overview_page import overview_html, overview_pdf
from reports.models import WeeklyLetter, WeeklyPage
from tests.factories import BlockLeadFactory, LeadershipFactory, OfficerFactory
from units.models import BlockMembership, Membership

EARLIER = datetime(2024, 4, 1, tzinfo=UTC)


def local(day, hour=7):
    return datetime(2024, *day, hour, tzinfo=clock.LOCAL)


@pytest.fixture
def pdf(monkeypatch):
    """A page that costs nothing to set."""
    monkeypatch.setattr("reports.actions.weekly.overview_pdf", lambda view, found: b"%PDF-1.7")


@pytest.fixture
def leader(province):
    person = LeadershipFactory()
    switch(person, None, on=True, at=EARLIER)
    return person


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ((2024, 5, 15), (2024, 5, 13)),
        ((2024, 4, 30), (2024, 5, 2)),  # 29/4 to 1/5 are holidays
        ((2024, 2, 16), (2024, 2, 15)),  # the week of Tết
        ((2025, 1, 28), None),
    ],
)
def test_the_week_begins_on_its_first_working_day(day, first):
    assert clock.first_working_day(date(*day)) == (date(*first) if first else None)


def test_each_gets_one_letter_a_week_however_often_the_clock_asks(pdf, leader):
    early = send_weekly(at=local((5, 13), 6))
    rounds = [send_weekly(at=local((5, 13), hour)) for hour in (7, 8)]
    later = [send_weekly(at=local(day)) for day in ((5, 15), (5, 20))]

    assert (early, rounds, later) == (0, [1, 0], [0, 1])
    assert [letter.mail.to for letter in WeeklyLetter.objects.all()] == [leader, leader]


def test_in_a_week_with_holidays_it_comes_on_the_first_working_day(pdf, leader):
    sent = [send_weekly(at=local(day)) for day in ((4, 29), (4, 30), (5, 1), (5, 2))]

    assert sent == [0, 0, 0, 1]


def test_who_lost_the_role_or_switched_it_off_or_on_too_late_gets_nothing(pdf, leader, province):
    gone, off, late = LeadershipFactory(), LeadershipFactory(), LeadershipFactory()
    for person in (gone, off):
        switch(person, None, on=True, at=EARLIER)
    Membership.objects.filter(user=gone).update(valid_to=date(2020, 12, 31))
    switch(off, None, on=False, at=EARLIER)
    switch(late, None, on=True, at=local((5, 14)))

    send_weekly(at=local((5, 14), 9))

    assert [mail.to for mail in Mail.objects.all()] == [leader]


def test_the_letter_says_the_five_figures_and_carries_the_page_until_it_is_sent(
    pdf, leader, mailoutbox
):
    send_weekly(at=local((5, 13)))
    mail = Mail.objects.get()
    send_mail(mail_id=mail.pk)

    (message,) = mailoutbox
    assert "2/5 đơn vị đã nộp" in message.subject
    for words in (
        "- 2/5 đơn vị đã nộp kế hoạch, còn 3 chưa nộp, trong đó 3 quá hạn.",
        "- 1/4 đơn vị phải gửi nộp đúng hạn (25,0%).",
        "- 0/0 hoạt động đã hoàn thành.",
        "- 1/2 nhiệm vụ chưa có hoạt động.",
        "- 0 hồ sơ khen thưởng đã gửi.",
        "/tong-quan/hang-tuan/",
    ):
        assert words in message.body
    assert message.attachments[0][:2] == ("tong-quan-2024-05-13.pdf", b"%PDF-1.7")
    assert not Attachment.objects.exists()


def test_without_a_pdf_the_letter_goes_all_the_same(monkeypatch, leader):
    def fails(view, found):
        raise PdfFailed("Không tạo được PDF.")

    monkeypatch.setattr("reports.actions.weekly.overview_pdf", fails)

    assert send_weekly(at=local((5, 13))) == 1
    assert not Attachment.objects.exists()
    assert "tệp kèm theo" not in Mail.objects.get().body


def test_who_leads_a_block_gets_the_page_of_the_block(pdf, province):
    BlockMembership.objects.filter(unit=province.on_time).update(role=BlockMembership.Role.LEAD)
    lead = BlockLeadFactory(unit=province.on_time)
    switch(lead, province.culture, on=True, at=EARLIER)
    switch(lead, province.others, on=True, at=EARLIER)

    assert send_weekly(at=local((5, 13))) == 1
    mail = Mail.objects.get()
    assert str(province.culture) in mail.subject
    assert "2/3 đơn vị đã nộp" in mail.body
    assert f"/tong-quan/khoi/{province.culture.code}/" in mail.body


def test_a_round_makes_few_pages_and_the_next_one_the_others(pdf, leader, province, monkeypatch):
    monkeypatch.setattr("reports.actions.weekly.SCOPES_A_ROUND", 1)
    other = LeadershipFactory()
    switch(other, None, on=True, at=EARLIER)
    switch(other, province.culture, on=True, at=EARLIER)

    assert [send_weekly(at=local((5, 13), hour)) for hour in (7, 8, 9)] == [2, 1, 0]


def test_the_page_is_one_sheet_of_a4(leader, province):
    view = viewpoint(province.campaign, at=local((5, 13)))
    found = board(view, leader)

    pages = PdfReader(BytesIO(overview_pdf(view, found))).pages

    (page,) = pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    assert "2/5" in page.extract_text()


def test_the_page_of_a_block_names_its_units(leader, province):
    view = viewpoint(
        province.campaign,
        at=local((5, 13)),
        scope=scope_of(province.campaign, block=province.culture),
    )

    page = overview_html(view, board(view, leader))

    assert "Sở Y tế" in page
    assert "Công ty Cao su" not in page
    assert in_words(board(view, leader))[0].startswith("2/3 đơn vị đã nộp kế hoạch, còn 1 chưa nộp")


def test_it_is_switched_on_and_off_by_who_may_have_it(client, province):
    page = reverse("reports:weekly")
    leader, officer = LeadershipFactory(), OfficerFactory(unit=province.late)

    def press(on, key, block=""):
        said = {"gui": on, "khoi": block, "form_key": key}
        return client.post(page, said).status_code

    client.force_login(officer)
    assert client.get(page).status_code == 404
    assert press("1", "11111111-1111-4111-8111-111111111111") == 404
    client.force_login(leader)
    assert press("1", "22222222-2222-4222-8222-222222222222") == 302
    assert "Đang gửi mỗi sáng thứ Hai" in client.get(page).content.decode()
    Membership.objects.filter(user=leader).update(valid_to=date(2020, 12, 31))
    assert press("0", "33333333-3333-4333-8333-333333333333") == 302
    assert not WeeklyPage.objects.wanted().exists()

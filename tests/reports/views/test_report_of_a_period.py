"""A consolidated report asked for with the figures of a period, from the form to the page."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reports.models import Report
from reports.tasks import build_report
from tests.factories import BoardHeadFactory
from tests.factories.progress import ReportingPeriodFactory
from tests.reports.period import play

URL = reverse("reports:reports")


@pytest.fixture
def months(province):
    return play(province)


@pytest.fixture
def board(client, months):
    client.force_login(BoardHeadFactory())
    return client


def ask(client, **typed):
    posted = {"kind": "ky", "day": "20/5/2024", "hour": "09:00", "form_key": uuid4()}
    return client.post(URL, {**posted, **typed})


def test_the_page_shows_what_was_frozen_for_the_period(board, months):
    assert board.get(URL).context["form"].initial["period"] == months.may.pk
    asked = ask(board, period=months.may.pk)
    report = Report.objects.get()
    build_report(report_id=report.pk)

    page = board.get(asked.url)

    assert report.period == months.may
    assert page.context["data"].progress.period.name == "tháng 5/2024"
    content = page.content.decode()
    for words in ("Cuộc tuyên truyền", "55,0%", "Thư viện tặng xã biên giới", "Trần Thị Hoa (mẫu)"):
        assert words in content
    assert "Báo cáo kỳ, tháng 5/2024" in board.get(URL).content.decode()


def test_a_period_that_has_not_begun_is_refused(board, months):
    planned = ReportingPeriodFactory(month=7, planned=True)

    assert ask(board, period=planned.pk).status_code == 422
    assert not Report.objects.exists()


def test_a_report_built_again_keeps_its_period(board, months, at):
    ask(board, period=months.april.pk)
    report = Report.objects.get()
    report.cancel(by=report.asked_by, at=at)
    report.refresh_from_db()

    assert report.again(by=report.asked_by, at=at).period == months.april


def test_the_command_knows_periods_by_name(months, tmp_path):
    with pytest.raises(CommandError, match="Các kỳ: tháng 4/2024, tháng 5/2024"):
        call_command(
            "build_report", campaign="2024", as_of="2024-05-20", period="tháng 9", out=tmp_path
        )

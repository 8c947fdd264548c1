"""Every figure of a report's page opens to rows, and the rows add up to it."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from lib.vietnamese import number
from reports.kinds import PROGRESS
from reports.models import Report
from reports.tasks import build_report
from tests.factories import BoardHeadFactory, HeadFactory
from tests.factories.progress import FigureFactory, ProgressReportFactory
from tests.reports.period import CUT_OFF, MAY_AT, play

FIGURE = re.compile(r'<a href="([^"#]*/nguon/[^"#]*)(#dang-ky)?">([^<]+)</a>')


def built(province, at, **about):
    report = Report.objects.ask(
        province.campaign, as_of=CUT_OFF, by=BoardHeadFactory(), at=at, **about
    )
    build_report(report_id=report.pk)
    return report


@pytest.fixture
def months(province):
    return play(province)


@pytest.mark.parametrize("whose", ["period", "block", "unit"])
def test_each_figure_of_the_page_is_the_sum_of_the_rows_behind_it(
    client, province, months, at, whose
):
    about = {
        "period": {"period": months.may},
        "block": {"kind": PROGRESS.code, "block": province.culture},
        "unit": {"kind": PROGRESS.code, "unit": province.late},
    }[whose]
    report = built(province, at, **about)
    client.force_login(BoardHeadFactory())
    page = client.get(report.get_absolute_url()).content.decode()

    walked = 0
    for url, registered, shown in FIGURE.findall(page):
        found = client.get(url).context["found"]
        assert found.agrees, url
        decimals = found.frozen.decimals
        if found.places:
            continue
        if registered:
            if found.targets:
                assert shown == number(sum(row.value for row in found.targets), decimals)
            continue
        in_period = sum((row.in_period for row in found.rows), Decimal(0))
        cumulative = sum((row.value for row in found.rows), Decimal(0))
        assert shown in {number(in_period, decimals), number(cumulative, decimals)}
        walked += 1
    assert walked >= 3


def test_a_later_change_of_what_has_no_history_is_said(client, province, months, at):
    report = built(province, at, kind=PROGRESS.code, unit=province.late)
    show = months.shows.figures.get(activity__isnull=False).activity
    show.participations.all().delete()
    client.force_login(BoardHeadFactory())

    page = client.get(reverse("reports:report-source", args=[report.pk, "CT07"]))

    assert not page.context["found"].agrees
    assert "vẫn là số đã chốt" in page.content.decode()


def test_sources_take_the_same_queries_for_one_unit_and_for_three(
    client, province, months, at, django_assert_max_num_queries
):
    report = built(province, at, period=months.may)
    client.force_login(BoardHeadFactory())
    url = reverse("reports:report-source", args=[report.pk, "CT01"])
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for unit in (province.missing, province.extended, province.encouraged):
        more = ProgressReportFactory(
            unit=unit, period=months.may, accepted=True, submitted_at=MAY_AT
        )
        FigureFactory(report=more, indicator=months.talks, value=1)
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_who_does_not_read_the_report_reads_no_source(client, province, months, at):
    report = built(province, at, period=months.may)
    client.force_login(HeadFactory(unit=province.late))

    assert client.get(reverse("reports:report-source", args=[report.pk, "CT01"])).status_code == 404

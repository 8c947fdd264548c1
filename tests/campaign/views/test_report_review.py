from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.models import FigureQuestion, ProgressReport
from lib import clock
from tests.campaign.sending import questions, send
from tests.factories import (
    BoardHeadFactory,
    OfficerFactory,
    ProgressReportFactory,
    ReviewerFactory,
    UnitFactory,
)
from tests.factories.progress import FigureFactory, IndicatorFactory, ReportSectionFactory

pytestmark = pytest.mark.django_db

Status = ProgressReport.Status


@pytest.fixture
def reviewer(client):
    person = ReviewerFactory()
    client.force_login(person)
    return person


@pytest.fixture
def taken(reviewer):
    return ProgressReportFactory(under_review=True, reviewer=reviewer)


def post(client, name, *args, **typed):
    return send(client, reverse(name, args=args), **typed)


def page(client, report, **asked):
    return client.get(reverse("campaign:report-review", args=[report.pk]), asked)


def decide(client, report, decision, **typed):
    due = clock.local_day(clock.now()) + timedelta(days=5)
    typed = {"decision": decision, "due": f"{due:%d/%m/%Y}", **typed}
    return post(client, "campaign:report-decide", report.pk, **typed)


def about(number, what, text="Đối chiếu lại"):
    return {f"ly-do-{number}-about": what, f"ly-do-{number}-text": text}


def test_reports_stand_in_the_queue_beside_the_plans(client, reviewer):
    report = ProgressReportFactory(submitted=True)
    address = reverse("campaign:queue")

    response = client.get(address, {"loai": "bao-cao", "phan_cong": "tat-ca"})

    assert [row.version for row in response.context["list"].rows] == [report]
    assert [(kind.code, count) for kind, count in response.context["kinds"]] == [
        ("ke-hoach", 0),
        ("bao-cao", 1),
    ]
    assert reverse("campaign:report-review", args=[report.pk]) in response.content.decode()


def test_the_queue_of_reports_takes_the_same_queries_for_one_and_three(client, reviewer):
    address = f"{reverse('campaign:queue')}?loai=bao-cao&phan_cong=tat-ca"
    ProgressReportFactory(submitted=True)
    one = questions(client, address)
    ProgressReportFactory(submitted=True, period__month=5)
    ProgressReportFactory(submitted=True)

    assert questions(client, address) == one


def test_ticked_reports_are_taken_together(client, reviewer):
    rows = [ProgressReportFactory(submitted=True) for _ in range(2)]
    address = f"{reverse('campaign:queue-take')}?loai=bao-cao"

    send(client, address, chon=[row.pk for row in rows], dong_y="1")

    assert set(ProgressReport.objects.values_list("status", "reviewer")) == {
        (Status.UNDER_REVIEW, reviewer.pk)
    }


def test_j_and_k_go_through_the_reports_that_wait(client, reviewer):
    first, second, third = (ProgressReportFactory(submitted=True) for _ in range(3))

    around = page(client, second, phan_cong="tat-ca").context["neighbours"]

    assert (around.previous, around.next, around.count) == (first.pk, third.pk, 3)


def test_a_figure_out_of_line_with_the_last_period_is_lit(client, reviewer):
    unit, indicator = UnitFactory(), IndicatorFactory()
    last = ProgressReportFactory(unit=unit, accepted=True, period__month=3)
    FigureFactory(report=last, indicator=indicator, value=2)
    report = ProgressReportFactory(unit=unit, submitted=True)
    FigureFactory(report=report, indicator=indicator, value=7)

    response = page(client, report)

    (row,) = response.context["table"]
    assert (row.previous, row.is_outlier) == (2, True)
    assert "gấp hơn 3 lần kỳ trước" in response.content.decode()


def test_nobody_reviews_a_unit_of_their_own(client):
    unit = UnitFactory()
    client.force_login(ReviewerFactory(unit))
    report = ProgressReportFactory(unit=unit, submitted=True)

    assert page(client, report).status_code == 403
    assert post(client, "campaign:report-take", report.pk).status_code == 403


def test_take_then_accept(client, reviewer):
    unit = UnitFactory()
    officer = OfficerFactory(unit)
    report = ProgressReportFactory(unit=unit, submitted=True)

    post(client, "campaign:report-take", report.pk)
    decide(client, report, "tiep-nhan", note="Đủ")

    report.refresh_from_db()
    assert (report.status, report.decided_by) == (Status.ACCEPTED, reviewer)
    assert officer.mails.get().subject.startswith("Đã tiếp nhận: Báo cáo tháng 4/2024")


def test_a_return_says_about_what(client, reviewer, taken):
    FigureFactory(report=taken, indicator__code="CT02")
    reasons = about(1, "II.1", "Thiếu số lượt") | about(2, "CT02", "Xem lại") | about(3, "chung")

    response = decide(client, taken, "tra-lai", **reasons)

    assert response.status_code == 302
    assert list(taken.return_reasons.order_by("pk").values_list("about", "text")) == [
        ("II.1", "Thiếu số lượt"),
        ("CT02", "Xem lại"),
        ("chung", "Đối chiếu lại"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        about(1, "II.1", ""),
        about(1, "", "Vì sao?"),
        about(1, "CT99"),
        about(1, "II.1") | about(2, "II.1"),
        about(1, "II.1") | {"due": "1/1/2020"},
        about(1, "II.1") | {"is_void": "on"},
    ],
)
def test_a_return_that_is_not_clear_is_asked_about(client, reviewer, taken, typed):
    assert decide(client, taken, "tra-lai", **typed).status_code == 422
    taken.refresh_from_db()
    assert taken.status == Status.UNDER_REVIEW


def test_a_report_that_was_none_does_not_count(client, reviewer, taken):
    void = {"is_void": "on", "void_reason": "Nhầm kỳ"}

    decide(client, taken, "tra-lai", **about(1, "chung"), **void)

    taken.refresh_from_db()
    assert taken.is_void
    assert taken.obligation().met_at is None


def test_put_back_frees_it(client, reviewer, taken):
    decide(client, taken, "dua-lai")

    taken.refresh_from_db()
    assert (taken.status, taken.reviewer) == (Status.SUBMITTED, None)


def test_the_head_of_the_board_decides_what_another_took(client, taken):
    client.force_login(BoardHeadFactory())

    assert decide(client, taken, "tiep-nhan").status_code == 302


# --- Questions ----------------------------------------------------------------------------------


def test_a_question_goes_to_the_unit_and_returns_nothing(client, reviewer):
    unit = UnitFactory()
    officer = OfficerFactory(unit)
    figure = FigureFactory(report__unit=unit, report__accepted=True)

    post(client, "campaign:report-ask", figure.report.pk, figure=figure.pk, text="Vì sao?")

    asked = FigureQuestion.objects.get()
    figure.report.refresh_from_db()
    assert (asked.indicator, asked.asked_by, asked.answer) == (figure.indicator, reviewer, "")
    assert figure.report.status == Status.ACCEPTED
    assert "Vì sao?" in officer.mails.get().body
    assert reverse("campaign:progress-report", args=[figure.report.pk]) in officer.mails.get().body


def test_a_question_of_no_words_is_asked_for_them(client, reviewer):
    figure = FigureFactory(report__submitted=True)

    response = post(client, "campaign:report-ask", figure.report.pk, figure=figure.pk, text="")

    assert response.status_code == 422


def test_a_figure_of_another_report_is_not_asked_about(client, reviewer):
    figure, other = (FigureFactory(report__submitted=True) for _ in range(2))

    response = post(client, "campaign:report-ask", figure.report.pk, figure=other.pk, text="?")

    assert response.status_code == 404


def test_what_was_returned_is_asked_about_no_more(client, reviewer):
    figure = FigureFactory(report__returned=True)

    response = post(client, "campaign:report-ask", figure.report.pk, figure=figure.pk, text="?")

    assert response.status_code == 409


def test_what_changed_since_the_version_before_is_told(client, reviewer):
    old = ProgressReportFactory(returned=True)
    new = ProgressReportFactory(unit=old.unit, version=2, submitted=True)
    ReportSectionFactory(report=new, code="I", text="Bổ sung văn bản.")

    assert "Bổ sung văn bản." in page(client, new).content.decode()
    assert page(client, new).context["difference"].texts

from decimal import Decimal

import pytest
from django.urls import reverse

from campaign.models import FigureQuestion, ProgressReport
from tests.campaign.sending import questions, send
from tests.factories import (
    BlockLeadFactory,
    BlockMembershipFactory,
    CouncilMemberFactory,
    HeadFactory,
    OfficerFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.progress import (
    AdjustmentFactory,
    FigureFactory,
    FigureQuestionFactory,
    IndicatorFactory,
    ReportSectionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(client, unit):
    person = OfficerFactory(unit)
    client.force_login(person)
    return person


def post(client, name, *args, **typed):
    return send(client, reverse(name, args=args), **typed)


def page(client, name, *args):
    return client.get(reverse(name, args=args))


# --- The unit's periods -------------------------------------------------------------------------


def test_my_reports_shows_each_period_owed_and_its_one_button(client, unit, officer):
    ReportingPeriodFactory(month=5, owing=[unit])
    ReportingPeriodFactory(month=6, planned=True, owing=[unit])
    ReportingPeriodFactory(month=4)  # owed by nobody here
    returned = ReportingPeriodFactory(month=3, owing=[unit])
    ProgressReportFactory(unit=unit, period=returned, returned=True)

    response = page(client, "campaign:my-reports")

    rows = response.context["rows"]
    assert [(row.period.name, row.can_start) for row in rows] == [
        ("tháng 5/2024", True),
        ("tháng 3/2024", True),
    ]
    said = response.content.decode()
    assert said.count("Bắt đầu báo cáo") == said.count("Soạn bản bổ sung") == 1


def test_a_locked_period_offers_no_start(client, unit, officer):
    ReportingPeriodFactory(locked=True, owing=[unit])

    said = page(client, "campaign:my-reports").content.decode()

    assert "Kỳ đã khóa" in said
    assert "Bắt đầu báo cáo" not in said


def test_my_reports_takes_the_same_queries_for_one_period_and_three(client, unit, officer):
    address = reverse("campaign:my-reports")
    ProgressReportFactory(unit=unit, submitted=True, period__month=3)
    one = questions(client, address)
    for month in (4, 5):
        ProgressReportFactory(unit=unit, submitted=True, period__month=month)

    assert questions(client, address) == one


def test_the_council_reads_what_a_unit_sent_and_starts_nothing(client, unit):
    client.force_login(CouncilMemberFactory())
    period = ReportingPeriodFactory(owing=[unit])
    ProgressReportFactory(unit=unit, period=period)

    chooser = page(client, "campaign:my-reports")
    seen = client.get(reverse("campaign:my-reports"), {"don-vi": unit.code})

    assert list(chooser.context["units"]) == [unit]
    assert seen.context["rows"][0].report is None  # a draft is the unit's own
    assert "Bắt đầu báo cáo" not in seen.content.decode()


def test_who_has_no_role_sees_no_periods(client):
    client.force_login(UserFactory())

    assert page(client, "campaign:my-reports").status_code == 404


def test_start_leads_to_the_draft(client, unit, officer):
    period = ReportingPeriodFactory(owing=[unit])

    response = post(client, "campaign:report-start", period.pk, unit=unit.pk)

    draft = ProgressReport.objects.get()
    assert response.url == reverse("campaign:report-draft", args=[draft.pk])


def test_a_period_not_opened_yet_is_not_found(client, unit, officer):
    period = ReportingPeriodFactory(planned=True, owing=[unit])

    assert post(client, "campaign:report-start", period.pk).status_code == 404


# --- One report ---------------------------------------------------------------------------------


def test_the_three_nothings_are_told_apart(client, unit, officer):
    report = ProgressReportFactory(unit=unit, submitted=True)
    for trait in ({"value": 0}, {"not_applicable": True}, {"unanswered": True}):
        FigureFactory(report=report, **trait)
    ReportSectionFactory(report=report, code="I", nothing=True)

    said = page(client, "campaign:progress-report", report.pk).content.decode()

    assert "<strong>0</strong>" in said
    assert said.count("không áp dụng</span>") == said.count("chưa trả lời</span>") == 1
    assert "Không phát sinh." in said


def test_a_correction_shows_at_both_periods(client, unit, officer):
    april = ProgressReportFactory(unit=unit, accepted=True)
    figure = FigureFactory(report=april, value=5)
    may = ProgressReportFactory(unit=unit, accepted=True, period__month=5)
    AdjustmentFactory(report=may, period=april.period, indicator=figure.indicator, difference=-2)

    then = page(client, "campaign:progress-report", april.pk).content.decode()
    now = page(client, "campaign:progress-report", may.pk).context["table"][0]

    assert "Báo cáo tháng 5/2024 đính chính số này: -2" in then
    assert (now.total, now.correction, now.cumulative) == (0, Decimal(-2), Decimal(3))


def test_the_block_lead_reads_what_was_sent_and_not_how_it_was_written(client, unit):
    place = BlockMembershipFactory(unit=unit)
    client.force_login(BlockLeadFactory(block=place.block))
    sent = ProgressReportFactory(unit=unit, submitted=True)
    draft = ProgressReportFactory(unit=unit, period__month=5)

    assert page(client, "campaign:progress-report", sent.pk).status_code == 200
    assert page(client, "campaign:progress-report", draft.pk).status_code == 404


def test_the_head_reads_the_checks_before_approving(client, unit):
    client.force_login(HeadFactory(unit))
    report = ProgressReportFactory(unit=unit, awaiting_head=True)
    FigureFactory(report=report, unanswered=True)

    response = page(client, "campaign:progress-report", report.pk)

    assert "Duyệt và gửi" in response.content.decode()
    assert response.context["errors"]


def test_compare_tells_figures_and_words_apart(client, unit, officer):
    old = ProgressReportFactory(unit=unit, returned=True)
    new = ProgressReportFactory(unit=unit, version=2)
    indicator = IndicatorFactory(code="CT02", name="Cuộc tuyên truyền")
    FigureFactory(report=old, indicator=indicator, value=3)
    FigureFactory(report=new, indicator=indicator, not_applicable=True, note="Không thuộc")
    ReportSectionFactory(report=new, code="I", text="Đã ban hành.")

    difference = page(client, "campaign:report-compare", new.pk, old.pk).context["difference"]

    (figure,) = difference.figures
    assert (figure.label, figure.old, figure.new) == (
        "CT02 Cuộc tuyên truyền",
        "3",
        "Không áp dụng (Không thuộc)",
    )
    assert [change.new for change in difference.texts] == ["Đã ban hành."]


def test_versions_of_two_periods_are_not_compared(client, unit, officer):
    one = ProgressReportFactory(unit=unit, submitted=True)
    other = ProgressReportFactory(unit=unit, submitted=True, period__month=5)

    assert page(client, "campaign:report-compare", one.pk, other.pk).status_code == 404


def test_a_report_is_sent_and_gives_a_receipt_anybody_can_check(client, unit):
    client.force_login(HeadFactory(unit))
    period = ReportingPeriodFactory(month=5, collects_from=None, owing=[unit])
    post(client, "campaign:report-start", period.pk)
    report = ProgressReport.objects.get()
    post(client, "campaign:report-nothing", report.pk)

    sent = post(client, "campaign:report-submit", report.pk)

    report.refresh_from_db()
    receipt = client.get(sent.url).content.decode()
    client.logout()
    verified = page(client, "campaign:verify-code", report.receipt_code).content.decode()
    assert report.receipt_code in receipt
    assert "Báo cáo tháng 5/2024" in receipt
    assert "do Cổng cấp" in verified
    assert unit.name in verified


def test_a_withdrawal_without_a_reason_is_asked_for_one(client, unit, officer):
    report = ProgressReportFactory(unit=unit, submitted=True)

    response = post(client, "campaign:report-withdraw", report.pk, reason=" ")

    assert response.status_code == 422
    report.refresh_from_db()
    assert report.status == ProgressReport.Status.SUBMITTED


# --- Questions ----------------------------------------------------------------------------------


def test_a_question_is_answered_in_place(client, unit, officer):
    report = ProgressReportFactory(unit=unit, accepted=True)
    asked = FigureQuestionFactory(report=report)
    empty = post(client, "campaign:report-answer", report.pk, asked.pk, answer="")

    response = post(client, "campaign:report-answer", report.pk, asked.pk, answer="Do cao điểm")

    assert (empty.status_code, response.status_code) == (422, 302)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("Do cao điểm", officer)
    assert asked.asked_by.mails.get().subject.startswith("Đã trả lời: Báo cáo tháng 4/2024")
    assert ProgressReport.objects.count() == 1


def test_a_question_is_answered_once(client, unit, officer):
    report = ProgressReportFactory(unit=unit, accepted=True)
    asked = FigureQuestionFactory(report=report)
    post(client, "campaign:report-answer", report.pk, asked.pk, answer="Do cao điểm")

    again = post(client, "campaign:report-answer", report.pk, asked.pk, answer="Khác")

    assert again.status_code == 409
    assert FigureQuestion.objects.get().answer == "Do cao điểm"

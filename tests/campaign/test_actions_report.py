from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEvent, Mail
from accounts.workflow import Conflict, Refused
from campaign.actions import report as actions
from campaign.actions.report import FigureData, SectionData, Typed
from campaign.models import Figure, ProgressReport, ReportSection
from tests.factories import (
    ActivityFactory,
    DutyFactory,
    HeadFactory,
    IndicatorFactory,
    OfficerFactory,
    PlanItemFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    SubPlanFactory,
    UnitFactory,
)
from tests.factories.progress import REPORT_CREATED_AT as AT
from tests.factories.progress import (
    AdjustmentFactory,
    EvidenceFactory,
    ExemplarFactory,
    FigureFactory,
    ParticipationFactory,
    RegisteredTargetFactory,
    ReportSectionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def officer(unit):
    return OfficerFactory(unit)


@pytest.fixture
def head(unit):
    return HeadFactory(unit)


@pytest.fixture
def period(unit):
    return ReportingPeriodFactory(owing=[unit])


@pytest.fixture
def started(period, unit, officer):
    """Begins the report when called, after a test has laid out what it should find."""
    return lambda: actions.start_report(period, unit, by=officer, at=AT)


def typed(report, *, figures=(), sections=(), **document):
    """What is typed over what is stored."""
    return Typed(document, dict(sections), dict(figures))


def answered(report, by):
    """Everything that has no answer yet is nothing."""
    actions.report_nothing(report, by=by, at=AT)
    report.refresh_from_db()
    return report


# --- Beginning ----------------------------------------------------------------------------------


def test_a_report_begins_with_a_row_for_each_part_and_each_indicator_asked(started, unit):
    asked = IndicatorFactory()
    of_another = IndicatorFactory()
    of_another.only_units.set([UnitFactory()])
    IndicatorFactory(is_active=False)
    IndicatorFactory(works=True)  # counted by the portal, typed by nobody

    report = started()

    assert [row.code for row in report.sections.order_by("pk")][:3] == ["I", "II.1", "II.2"]
    assert not report.sections.filter(code="II.9").exists()
    assert set(report.sections.values_list("answer", flat=True)) == {"unanswered"}
    assert list(report.figures.values_list("indicator", "answer")) == [(asked.pk, "unanswered")]


def test_a_unit_named_in_part_iv_answers_for_its_duties(started, unit):
    DutyFactory(item__code="IV.3.1", unit=unit)

    assert started().sections.filter(code="II.9").exists()


def test_activities_of_the_window_are_told_where_they_belong(started, unit):
    music = PlanItemFactory(code="III.3.1", bullet=True)
    led = {"lead_unit": unit, "plan_items": [music]}
    ActivityFactory(done=True, title="Hội diễn", result="Có 200 người dự.", **led)
    ActivityFactory(running=True, title="Giải bóng chuyền", starts_on=date(2024, 4, 2), **led)
    ActivityFactory(title="Chưa làm", **led)
    ActivityFactory(done=True, title="Kỳ trước", done_on=date(2024, 3, 14), **led)
    joined = ActivityFactory(done=True, title="Của sở bạn", plan_items=[music])
    ParticipationFactory(activity=joined, unit=unit, confirmed=True)
    asked_only = ActivityFactory(done=True, title="Chưa xác nhận", plan_items=[music])
    ParticipationFactory(activity=asked_only, unit=unit)

    section = started().sections.get(code="II.3")

    assert section.answer == ReportSection.Answer.TEXT
    assert section.text.split("\n") == [
        "- Hội diễn, ngày 09/4/2024, tại Nhà Văn hóa: Có 200 người dự.",
        "- Của sở bạn, ngày 09/4/2024, tại Nhà Văn hóa, đơn vị phối hợp: Đã tổ chức.",
        "- Giải bóng chuyền, đang thực hiện từ ngày 02/4/2024, tại Nhà Văn hóa.",
    ]


def test_activities_that_are_led_have_rows_of_their_own(started, unit):
    item = PlanItemFactory(code="III.1.1", bullet=True)
    joint = IndicatorFactory(joint=True, plan_items=[item], measure="cuộc")
    IndicatorFactory(joint=True, plan_items=[PlanItemFactory(code="III.7.1", bullet=True)])
    led = ActivityFactory(
        done=True, lead_unit=unit, plan_items=[item], quantity_done=4, quantity_unit="Cuộc"
    )
    joined = ActivityFactory(done=True, plan_items=[item])
    ParticipationFactory(activity=joined, unit=unit, confirmed=True)
    ActivityFactory(done=True, lead_unit=unit, plan_items=[item], same_as=joined)

    rows = started().figures.filter(activity__isnull=False)

    assert [(row.indicator, row.activity, row.value) for row in rows] == [(joint, led, Decimal(4))]


def test_works_and_places_are_counted_by_the_portal(started, unit):
    item = PlanItemFactory(code="III.5.5", bullet=True)
    works = IndicatorFactory(works=True)
    places = IndicatorFactory(distinct=True, plan_items=[item])
    work = ActivityFactory(done=True, work=True, lead_unit=unit)
    ActivityFactory(running=True, work=True, lead_unit=unit)
    place = ActivityFactory(running=True, sponsorship=True, lead_unit=unit, plan_items=[item])

    rows = started().figures.order_by("indicator__position")

    assert [(row.indicator, row.activity, row.value) for row in rows] == [
        (works, work, Decimal(1)),
        (places, place, Decimal(1)),
    ]


def test_a_work_counts_once_however_often_it_is_finished(started, unit):
    works = IndicatorFactory(works=True)
    work = ActivityFactory(done=True, work=True, lead_unit=unit)
    earlier = ProgressReportFactory(accepted=True, unit=unit, period__month=3)
    FigureFactory(report=earlier, indicator=works, activity=work, value=1)

    assert not started().figures.exists()


def test_the_plan_made_last_time_is_there_to_go_on_from(started, unit):
    last = ProgressReportFactory(accepted=True, unit=unit, period__month=3)
    ReportSectionFactory(report=last, code="IV", text="Tháng sau làm tiếp.")
    ReportSectionFactory(report=last, code="III.1", text="Ưu điểm cũ.")

    report = started()

    assert report.sections.get(code="IV").text == "Tháng sau làm tiếp."
    assert report.sections.get(code="III.1").answer == "unanswered"


def test_a_period_of_words_only_asks_no_figures(unit, officer):
    IndicatorFactory()
    period = ReportingPeriodFactory(month=6, collects_from=None, owing=[unit])

    assert not actions.start_report(period, unit, by=officer, at=AT).figures.exists()


def test_starting_again_gives_the_same_draft(started):
    assert started() == started()


def test_the_version_after_a_return_has_everything(period, unit, officer):
    old = ProgressReportFactory(returned=True, period=period, unit=unit, document_number="9/BC")
    ReportSectionFactory(report=old, text="Đã gõ.")
    figure = FigureFactory(report=old, value=7, note="Giải trình")
    AdjustmentFactory(report=old)
    ExemplarFactory(report=old)
    EvidenceFactory(activity=None, report=old, indicator=figure.indicator)

    new = actions.start_report(period, unit, by=officer, at=AT)

    assert (new.version, new.document_number) == (2, "9/BC")
    assert new.sections.get(code="II.1").text == "Đã gõ."
    copied = new.figures.get(indicator=figure.indicator)
    assert (copied.value, copied.note) == (Decimal(7), "Giải trình")
    assert [new.adjustments.count(), new.exemplars.count(), new.evidence.count()] == [1, 1, 1]
    assert old.figures.count() == 1


@pytest.mark.parametrize(("state", "word"), [("planned", "chưa mở"), ("locked", "mở lại kỳ")])
def test_a_period_that_is_not_open_takes_no_report(unit, officer, state, word):
    period = ReportingPeriodFactory(**{state: True}, owing=[unit])

    with pytest.raises(Refused, match=word):
        actions.start_report(period, unit, by=officer, at=AT)


def test_who_owes_no_report_is_told_whom_to_ask(unit, officer):
    with pytest.raises(Refused, match="Ban Thi đua - Khen thưởng"):
        actions.start_report(ReportingPeriodFactory(), unit, by=officer, at=AT)


def test_nobody_writes_for_another_unit(period, unit):
    with pytest.raises(PermissionDenied):
        actions.start_report(period, unit, by=OfficerFactory(UnitFactory()), at=AT)


# --- Writing ------------------------------------------------------------------------------------


def test_a_save_keeps_the_three_nothings_apart(started, officer):
    for _ in range(3):
        IndicatorFactory()
    report = started()
    rows = list(report.figures.order_by("pk"))
    said = [
        FigureData("value", Decimal(0), ""),
        FigureData("not_applicable", None, ""),
        FigureData("unanswered", None, "chờ phòng"),
    ]

    figures = {row.pk: data for row, data in zip(rows, said, strict=True)}
    actions.save_report(report, typed(report, figures=figures), by=officer, at=AT, revision=0)

    kept = list(report.figures.order_by("pk").values_list("answer", "value", "note"))
    assert kept == [
        ("value", Decimal(0), ""),
        ("not_applicable", None, ""),
        ("unanswered", None, "chờ phòng"),
    ]


def test_a_save_over_a_colleagues_is_refused(started, officer, head):
    report = started()
    part = {"I": SectionData("text", "Bản của thủ trưởng")}
    actions.save_report(report, typed(report, sections=part), by=head, at=AT, revision=0)

    mine = {"I": SectionData("text", "Bản của tôi")}
    with pytest.raises(Conflict):
        actions.save_report(report, typed(report, sections=mine), by=officer, at=AT, revision=0)

    assert report.sections.get(code="I").text == "Bản của thủ trưởng"


def test_a_computed_figure_is_not_typed_over(started, unit, officer):
    IndicatorFactory(works=True)
    ActivityFactory(done=True, work=True, lead_unit=unit)
    report = started()
    row = report.figures.get()
    wrong = {row.pk: FigureData("value", Decimal(9), "")}

    actions.save_report(report, typed(report, figures=wrong), by=officer, at=AT, revision=0)

    assert report.figures.get().value == 1


def test_a_sitting_is_one_line_of_history(started, officer):
    report = started()
    for number in range(3):
        part = {"I": SectionData("text", f"Lần {number}")}
        actions.save_report(
            report, typed(report, sections=part), by=officer, at=AT, revision=number
        )

    assert AuditEvent.objects.about(report).filter(verb="edited").get().note == "Mục I"


def test_a_refresh_adds_what_came_and_overwrites_nothing(started, unit, officer):
    item = PlanItemFactory(code="III.3.1", bullet=True)
    IndicatorFactory(joint=True, plan_items=[item])
    report = started()
    part = {"II.3": SectionData("text", "Đã gõ tay.")}
    figure = report.figures.get()
    figures = {figure.pk: FigureData("value", Decimal(5), "")}
    actions.save_report(
        report, typed(report, sections=part, figures=figures), by=officer, at=AT, revision=0
    )
    ActivityFactory(done=True, title="Hội diễn", lead_unit=unit, plan_items=[item], place="")

    changed = actions.refresh_report(report, by=officer, at=AT)
    again = actions.refresh_report(report, by=officer, at=AT)

    report.refresh_from_db()
    assert (changed, again, report.revision) == (True, False, 2)
    told = "Đã gõ tay.\n- Hội diễn, ngày 09/4/2024: Đã tổ chức."
    assert report.sections.get(code="II.3").text == told
    assert list(report.figures.order_by("pk").values_list("value", flat=True)) == [5, None]


def test_a_work_reopened_is_counted_no_more_after_a_refresh(started, unit, officer):
    IndicatorFactory(works=True)
    work = ActivityFactory(done=True, work=True, lead_unit=unit)
    report = started()
    work.reopen(by=officer, at=AT, reason="Chưa nghiệm thu")

    actions.refresh_report(report, by=officer, at=AT)

    assert not report.figures.exists()


def test_nothing_arose_in_one_press_and_what_was_typed_stays(started, unit, officer):
    item = PlanItemFactory(code="III.3.1", bullet=True)
    ActivityFactory(done=True, lead_unit=unit, plan_items=[item])
    IndicatorFactory()
    report = started()

    answered(report, officer)

    said = dict(report.sections.values_list("code", "answer"))
    assert said.pop("II.3") == "text"
    assert set(said.values()) == {"nothing"}
    assert report.figures.get().value == 0


# --- Sending ------------------------------------------------------------------------------------


def test_a_report_with_gaps_goes_nowhere(started, officer, head):
    report = started()

    with pytest.raises(actions.Inconsistent) as refused:
        actions.hand_report_to_head(report, by=officer, at=AT)

    assert "Mục I" in refused.value.details[0]
    with pytest.raises(actions.Inconsistent):
        actions.submit_report(report, by=head, at=AT)


def test_nothing_arose_is_still_approved_by_the_head(started, officer, head):
    report = answered(started(), officer)
    actions.hand_report_to_head(report, by=officer, at=AT)

    with pytest.raises(PermissionDenied):
        actions.submit_report(report, by=officer, at=AT)
    actions.submit_report(report, by=head, at=AT)

    assert report.status == ProgressReport.Status.SUBMITTED
    assert report.obligation().met_at == AT
    told = list(Mail.objects.order_by("pk").values_list("to", flat=True))
    assert (told[0], set(told[1:])) == (head.pk, {officer.pk, head.pk})


def test_a_locked_period_is_refused_whatever_is_ready(started, officer, head, period):
    report = answered(started(), officer)
    period.lock(by=head, at=AT)

    with pytest.raises(Refused, match="mở lại kỳ"):
        actions.submit_report(report, by=head, at=AT)

    assert report.obligation().met_at is None


def test_more_than_registered_is_sent_with_a_word(started, unit, officer, head):
    indicator = IndicatorFactory()
    plan = SubPlanFactory(accepted=True, unit=unit)
    RegisteredTargetFactory(sub_plan=plan, indicator=indicator, value=3)
    report = answered(started(), officer)
    row = report.figures.get()

    def say(note, revision):
        figures = {row.pk: FigureData("value", Decimal(4), note)}
        actions.save_report(
            report, typed(report, figures=figures), by=officer, at=AT, revision=revision
        )

    say("", 1)
    with pytest.raises(actions.Inconsistent, match="giải trình"):
        actions.submit_report(report, by=head, at=AT)
    say("Vượt nhờ xã hội hóa", 2)
    actions.submit_report(report, by=head, at=AT)

    assert Figure.objects.get().note == "Vượt nhờ xã hội hóa"


def test_a_withdrawn_report_no_longer_meets_the_obligation(started, officer, head):
    report = answered(started(), officer)
    actions.submit_report(report, by=head, at=AT)

    actions.withdraw_report(report, by=officer, at=AT, reason="Nhầm số")

    assert report.obligation().met_at is None

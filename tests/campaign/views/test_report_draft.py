from decimal import Decimal

import pytest
from django.urls import reverse

from campaign.models import Adjustment, Exemplar, ProgressReport
from tests.campaign.sending import questions, send
from tests.factories import OfficerFactory, ProgressReportFactory, UnitFactory
from tests.factories.progress import (
    AdjustmentFactory,
    ExemplarFactory,
    FigureFactory,
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


@pytest.fixture
def report(unit):
    made = ProgressReportFactory(unit=unit)
    for code in ("I", "II.1"):
        ReportSectionFactory(report=made, code=code, nothing=True)
    return made


def post(client, address, *args, **typed):
    return send(client, reverse(address, args=args), **typed)


def save(client, report, *, by_itself=False, **typed):
    name = "campaign:report-autosave" if by_itself else "campaign:report-draft"
    return post(client, name, report.pk, **{"revision": report.revision, **typed})


def cell(figure, what="value"):
    return f"f-{figure.pk}-{what}"


def test_the_draft_shows_every_part_and_figure(client, officer, report):
    figure = FigureFactory(report=report, value=Decimal("12.5"), indicator__money=True)

    said = client.get(reverse("campaign:report-draft", args=[report.pk])).content.decode()

    assert f'name="{cell(figure)}" value="12,5"' in said
    assert 'name="s-II.1-text"' in said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"value": "1.250"}, ("value", Decimal(1250))),  # no decimals: only thousands are possible
        ({"value": "0"}, ("value", Decimal(0))),
        ({"value": "7", "answer": "unanswered"}, ("value", Decimal(7))),
        ({"value": "", "answer": "value"}, ("unanswered", None)),
        ({"value": "", "answer": "not_applicable"}, ("not_applicable", None)),
        ({}, ("unanswered", None)),
    ],
)
def test_what_is_typed_becomes_one_of_three_answers(client, officer, report, typed, kept):
    figure = FigureFactory(report=report)

    save(client, report, **{cell(figure, what): text for what, text in typed.items()})

    figure.refresh_from_db()
    assert (figure.answer, figure.value) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "12,5"}, "không có số lẻ"),
        ({"value": "-1"}, "số âm"),
        ({"value": "ba"}, "không phải là số"),
        ({"value": "3", "answer": "not_applicable"}, "để trống ô số"),
        ({"note": "x" * 501}, "500"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_typed_is_lost(client, officer, report, typed, sentence):
    figure = FigureFactory(report=report)
    cells = {cell(figure, what): text for what, text in typed.items()}

    response = save(client, report, **cells, **{"s-I-text": "Vừa gõ"})

    said = response.content.decode()
    assert response.status_code == 422
    assert sentence in said
    assert "Vừa gõ" in said
    figure.refresh_from_db()
    assert figure.value == 3


def test_words_and_nothing_at_once_are_asked_about(client, officer, report):
    typed = {"s-I-text": "Có", "s-I-nothing": "on"}

    assert save(client, report, **typed).status_code == 422


def test_autosave_answers_with_the_sums_of_the_server(client, officer, unit, report):
    indicator = IndicatorFactory(code="CT01")
    before = ProgressReportFactory(unit=unit, accepted=True, period__month=3)
    FigureFactory(report=before, indicator=indicator, value=10)
    figure = FigureFactory(report=report, indicator=indicator, unanswered=True)

    answer = save(client, report, by_itself=True, **{cell(figure): "4"}).json()

    assert answer["revision"] == 1
    assert answer["sums"]["CT01"] == {"total": "4", "cumulative": "14", "rate": "–"}


def test_autosave_names_the_cell_that_is_wrong(client, officer, report):
    figure = FigureFactory(report=report)

    response = save(client, report, by_itself=True, **{cell(figure): "ba"})

    assert (response.status_code, list(response.json()["errors"])) == (422, [cell(figure)])


def test_two_people_are_told_of_each_other(client, officer, report):
    figure = FigureFactory(report=report)
    save(client, report, by_itself=True, **{cell(figure): "4", "s-I-text": "Của tôi"})

    machine = save(client, report, by_itself=True, **{cell(figure): "9"})
    person = save(client, report, **{"s-I-text": "Của người khác"})

    values = machine.json()["values"]
    assert machine.status_code == person.status_code == 409
    assert (values[cell(figure)], values["s-I-text"], values["s-II.1-nothing"]) == (
        "4",
        "Của tôi",
        "",
    )
    assert "Của người khác" in person.content.decode()
    assert "Của tôi" in person.content.decode()


def test_a_report_that_was_sent_is_not_drafted(client, officer, unit):
    sent = ProgressReportFactory(unit=unit, submitted=True)
    address = reverse("campaign:report-draft", args=[sent.pk])

    assert client.get(address).url == sent.get_absolute_url()
    assert save(client, sent).status_code == 409


def test_the_draft_takes_the_same_queries_for_one_figure_and_three(client, officer, report):
    address = reverse("campaign:report-draft", args=[report.pk])
    FigureFactory(report=report)
    one = questions(client, address)
    FigureFactory(report=report)
    FigureFactory(report=report)

    assert questions(client, address) == one


def test_what_is_empty_is_filled_with_zero_on_one_press(client, officer, report):
    empty, said = FigureFactory(report=report, unanswered=True), FigureFactory(report=report)

    post(client, "campaign:report-zeros", report.pk)

    empty.refresh_from_db()
    said.refresh_from_db()
    assert (empty.value, said.value) == (0, 3)


# --- Corrections --------------------------------------------------------------------------------


@pytest.fixture
def past(unit):
    """Three were reported in March."""
    march = ProgressReportFactory(unit=unit, accepted=True, period__month=3)
    return FigureFactory(report=march, value=3)


def correct(client, report, past, right, reason="Đếm thiếu"):
    prefix = f"c-{past.pk}"
    typed = {f"{prefix}-right": right, f"{prefix}-reason": reason}
    return post(client, "campaign:report-corrections", report.pk, past.report.period_id, **typed)


def test_a_correction_keeps_the_difference_and_leaves_what_was_sent(client, officer, report, past):
    correct(client, report, past, "5")

    made = Adjustment.objects.get()
    past.refresh_from_db()
    assert (made.difference, made.reason, made.by) == (2, "Đếm thiếu", officer)
    assert past.value == 3


def test_a_correction_counts_from_what_was_corrected_before(client, officer, unit, past):
    april = ProgressReportFactory(unit=unit, accepted=True)
    AdjustmentFactory(
        report=april, period=past.report.period, indicator=past.indicator, difference=2
    )
    may = ProgressReportFactory(unit=unit, period__month=5)

    correct(client, may, past, "4")

    assert may.adjustments.get().difference == -1


@pytest.mark.parametrize("right", ["3", ""])
def test_the_same_figure_or_none_takes_a_correction_back(client, officer, report, past, right):
    correct(client, report, past, "5")
    correct(client, report, past, right)

    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(("right", "reason"), [("5", ""), ("-1", "Đếm thừa"), ("ba", "Nhầm")])
def test_a_correction_without_reason_or_below_zero_is_refused(
    client, officer, report, past, right, reason
):
    assert correct(client, report, past, right, reason).status_code == 422
    assert not Adjustment.objects.exists()


def test_only_periods_before_are_corrected(client, officer, unit, report):
    later = ProgressReportFactory(unit=unit, accepted=True, period__month=5)
    figure = FigureFactory(report=later)

    assert correct(client, report, figure, "5").status_code == 404


def test_figures_of_another_unit_are_not_corrected(client, officer, report, past):
    other = FigureFactory(report__accepted=True, report__period=past.report.period)
    prefix = f"c-{other.pk}"

    post(
        client, "campaign:report-corrections", report.pk, past.report.period_id,
        **{f"{prefix}-right": "9", f"{prefix}-reason": "x"},
    )  # fmt: skip

    assert not Adjustment.objects.exists()


# --- Exemplars ----------------------------------------------------------------------------------


def test_an_exemplar_is_added_and_removed(client, officer, report):
    kept = ExemplarFactory(report=report)
    typed = {"kind": "collective", "name": "Chi đoàn Sở (mẫu)", "achievement": "Nhận đỡ đầu"}

    post(client, "campaign:exemplar-add", report.pk, **typed)
    nameless = post(client, "campaign:exemplar-add", report.pk, kind="collective")
    post(client, "campaign:exemplar-remove", report.pk, kept.pk)

    assert nameless.status_code == 422
    assert Exemplar.objects.get().name == "Chi đoàn Sở (mẫu)"
    assert ProgressReport.objects.count() == 1

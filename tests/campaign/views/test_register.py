from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.actions.report import start_report
from campaign.models import ProgressReport, SubPlan
from files.models import StagedFile
from lib import clock
from tests.campaign.sending import send
from tests.factories import (
    CampaignFactory,
    ObligationFactory,
    OfficerFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReviewerFactory,
    StoredFileFactory,
    SubPlanFactory,
)
from tests.factories.progress import ReportObligationFactory, ReportSectionFactory

pytestmark = pytest.mark.django_db

URL = reverse("campaign:register-receipt")


@pytest.fixture
def reviewer(client):
    CampaignFactory()
    person = ReviewerFactory()
    client.force_login(person)
    return person


def staged(owner, name="Ban-quet.pdf"):
    now = clock.now()
    return StagedFile.objects.create(
        token=uuid4(),
        owner=owner,
        stored=StoredFileFactory(),
        name=name,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )


def typed(owed, **changes):
    return {
        "unit": owed.unit.pk,
        "channel": "paper",
        "received_date": "22/3/2024",
        "received_time": "16:30",
        "document_number": "15/KH-STN",
        "document_date": "20/3/2024",
        "signer_name": "Trần Thị Lan",
        "signer_position": "Giám đốc",
        **changes,
    }


def test_what_came_on_paper_counts_from_when_it_came(client, reviewer):
    owed = ObligationFactory()
    files = [staged(reviewer), staged(reviewer, "Phu-luc.pdf")]

    response = send(client, URL, **typed(owed, staged=[str(file.token) for file in files]))

    plan = SubPlan.objects.get()
    assert response.url == reverse("campaign:review", args=[plan.pk])
    assert plan.submitted_at == datetime(2024, 3, 22, 9, 30, tzinfo=UTC)
    assert list(plan.files.order_by("pk").values_list("name", "kind")) == [
        ("Ban-quet.pdf", "signed"),
        ("Phu-luc.pdf", "annex"),
    ]
    owed.refresh_from_db()
    assert owed.is_on_time is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"channel": "portal"},
        {"received_date": "22/3/2124"},
        {"received_date": "01/3/2024"},
        {"received_time": "25:00"},
        {"received_time": ""},
        {"document_date": "23/3/2024"},
        {"document_number": ""},
        {"signer_name": ""},
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed_and_sent(client, reviewer, wrong):
    owed, file = ObligationFactory(), staged(reviewer)
    sent = typed(owed, staged=[str(file.token)], **wrong)

    response = send(client, URL, **sent)

    assert response.status_code == 422
    assert response.context["form"]["signer_position"].value() == "Giám đốc"
    assert response.context["staged"] == [file]
    assert SubPlan.objects.count() == 0


def test_an_hour_may_be_typed_with_h(client, reviewer):
    owed, file = ObligationFactory(), staged(reviewer)

    send(client, URL, **typed(owed, staged=[str(file.token)], received_time="9h"))

    assert SubPlan.objects.get().submitted_at == datetime(2024, 3, 22, 2, 0, tzinfo=UTC)


def test_without_a_scan_there_is_no_receipt(client, reviewer):
    response = send(client, URL, **typed(ObligationFactory()))

    assert response.status_code == 422
    assert SubPlan.objects.count() == 0


def test_a_file_that_is_not_what_it_says_is_refused_with_its_sentence(client, reviewer):
    page = SimpleUploadedFile("Ke-hoach.pdf", b"<html></html>", content_type="application/pdf")

    response = send(client, URL, **typed(ObligationFactory(), files=page))

    assert response.status_code == 422
    assert bool(response.context["files_error"]) is True


def test_the_file_of_somebody_else_is_refused(client, reviewer):
    foreign = staged(ReviewerFactory())

    response = send(client, URL, **typed(ObligationFactory(), staged=[str(foreign.token)]))

    assert response.status_code == 409


def test_the_own_unit_is_not_offered(client, reviewer):
    own, other = ObligationFactory(unit=reviewer.memberships.get().unit), ObligationFactory()

    offered = client.get(URL).context["form"].fields["unit"].queryset
    response = send(client, URL, **typed(own))

    assert list(offered) == [other.unit]
    assert response.status_code == 422


def test_beside_a_sent_version_another_unit_is_asked_for(client, reviewer):
    sent, file = SubPlanFactory(submitted=True), staged(reviewer)

    response = send(client, URL, **typed(sent.obligation(), staged=[str(file.token)]))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["unit"])


def test_a_unit_does_not_register_for_itself(client):
    CampaignFactory()
    client.force_login(OfficerFactory())

    assert client.get(URL).status_code == 403


# --- The report of a period ---------------------------------------------------------------------


@pytest.fixture
def owed():
    return ReportObligationFactory()


def of_period(period):
    return f"{URL}?ky={period.pk}"


def report_typed(owed, reviewer, **changes):
    """Came on the due day, 17/4/2024, in the afternoon."""
    came = {
        "received_date": "17/4/2024",
        "document_number": "31/BC-STN",
        "document_date": "16/4/2024",
        "staged": [str(staged(reviewer).token)],
    }
    return typed(owed, **{**came, **changes})


def test_a_report_on_paper_counts_from_when_it_came_and_keeps_its_scan(client, reviewer, owed):
    response = send(client, of_period(owed.period), **report_typed(owed, reviewer))

    report = ProgressReport.objects.get()
    assert response.url == reverse("campaign:report-review", args=[report.pk])
    assert (report.unit, report.period, report.channel) == (owed.unit, owed.period, "paper")
    assert (report.status, report.document_number) == ("submitted", "31/BC-STN")
    assert report.submitted_at == datetime(2024, 4, 17, 9, 30, tzinfo=UTC)
    owed.refresh_from_db()
    assert owed.is_on_time is True
    assert "Ban-quet.pdf" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"received_date": "14/3/2024", "document_date": "12/3/2024"}, "received_date"),
        ({"received_date": "17/4/2124"}, "received_date"),
        ({"document_date": "18/4/2024"}, "document_date"),
    ],
)
def test_a_wrong_form_of_a_report_comes_back_with_what_was_typed(
    client, reviewer, owed, wrong, field
):
    response = send(client, of_period(owed.period), **report_typed(owed, reviewer, **wrong))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.context["form"]["signer_position"].value() == "Giám đốc"
    assert len(response.context["staged"]) == 1
    assert ProgressReport.objects.count() == 0


def test_only_units_that_owe_this_report_are_offered(client, reviewer, owed):
    ReportObligationFactory(period=owed.period, unit=reviewer.memberships.get().unit)
    ObligationFactory()
    ReportObligationFactory(period=ReportingPeriodFactory(month=5))

    page = client.get(f"{of_period(owed.period)}&don_vi={owed.unit.pk}")

    assert list(page.context["form"].fields["unit"].queryset) == [owed.unit]
    assert page.context["form"]["unit"].value() == str(owed.unit.pk)
    assert [str(period) for period in page.context["open_periods"]] == [
        "tháng 4/2024",
        "tháng 5/2024",
    ]


def test_beside_a_report_already_sent_another_unit_is_asked_for(client, reviewer):
    sent = ProgressReportFactory(submitted=True)
    body = report_typed(sent.obligation(), reviewer)

    response = send(client, of_period(sent.period), **body)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["unit"])


@pytest.mark.parametrize("state", ["planned", "locked"])
def test_a_period_that_is_not_open_takes_no_paper(client, reviewer, state):
    owed = ReportObligationFactory(period=ReportingPeriodFactory(**{state: True}))

    assert client.get(of_period(owed.period)).status_code == 409
    refused = send(client, of_period(owed.period), **report_typed(owed, reviewer))
    assert (refused.status_code, ProgressReport.objects.count()) == (409, 0)


@pytest.mark.parametrize("asked", ["0", "x", "²", "9" * 30])
def test_a_period_that_is_not_there_is_not_found(client, reviewer, asked):
    assert client.get(URL, {"ky": asked}).status_code == 404


def test_a_unit_does_not_register_its_own_report(client, owed):
    client.force_login(OfficerFactory(owed.unit))

    assert client.get(of_period(owed.period)).status_code == 403


def test_what_is_written_after_the_paper_has_its_number_and_scan_and_the_words_begun_before(
    client, reviewer, owed
):
    draft = ProgressReportFactory(period=owed.period, unit=owed.unit)
    ReportSectionFactory(report=draft, code="II.1", text="Đã soạn dở")
    send(client, of_period(owed.period), **report_typed(owed, reviewer))
    paper = ProgressReport.objects.get(channel="paper")
    ProgressReport.objects.filter(pk=paper.pk).update(status=ProgressReport.Status.RETURNED)

    now = clock.now()
    following = start_report(owed.period, owed.unit, by=OfficerFactory(owed.unit), at=now)

    draft.refresh_from_db()
    assert (draft.status, following.version) == (ProgressReport.Status.SET_ASIDE, 3)
    assert following.document_number == "31/BC-STN"
    assert following.sections.get(code="II.1").text == "Đã soạn dở"
    assert [piece.name for piece in following.evidence.all()] == ["Ban-quet.pdf"]


def test_the_pages_of_an_open_period_lead_here(client, reviewer, owed):
    row = reverse("campaign:obligation", args=[owed.pk])
    there = f"{URL}?ky={owed.period.pk}"

    assert there in client.get(owed.period.get_absolute_url()).content.decode()
    assert f"ky={owed.period.pk}" in client.get(row).content.decode()

    owed.period.lock(by=reviewer, at=clock.now())
    assert URL not in client.get(owed.period.get_absolute_url()).content.decode()
    assert client.get(row).context["can_register"] is False


def test_a_colleague_of_the_unit_is_not_offered_to_enter_for_it(client, reviewer):
    own = ReportObligationFactory(unit=reviewer.memberships.get().unit)

    page = client.get(reverse("campaign:obligation", args=[own.pk]))

    assert page.context["can_register"] is False

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.job import Job
from accounts.workflow import Refused
from reports.actions.report import ask_for_report, cancel_report, retry_report
from reports.datasets.snapshot import digest, snapshot
from reports.models import Report
from tests.factories import (
    AdministratorFactory,
    BlockLeadFactory,
    BoardHeadFactory,
    CouncilMemberFactory,
    HeadFactory,
    LeadershipFactory,
    OfficerFactory,
    ReviewerFactory,
    UserFactory,
)
from tests.reports.conftest import AS_OF

State = Report.State

PERSONS = {
    "nobody": (UserFactory, False, False),
    "officer": (OfficerFactory, False, False),
    "head": (HeadFactory, False, False),
    "block lead": (BlockLeadFactory, False, False),
    "reviewer": (ReviewerFactory, True, True),
    "board head": (BoardHeadFactory, True, True),
    "council member": (CouncilMemberFactory, True, False),
    "leadership": (LeadershipFactory, True, False),
    "administrator": (AdministratorFactory, False, False),
}


@pytest.fixture
def report(province, at):
    return Report.objects.ask(province.campaign, as_of=AS_OF, by=UserFactory(), at=at)


def fail(report, at):
    Report.objects.claim(report.pk, at=at).fail("Kho tệp đầy.", at=at)
    report.refresh_from_db()


@pytest.mark.parametrize("person", PERSONS)
def test_who_sees_reports_and_who_asks_for_them(person, report, province, at):
    make, sees, asks = PERSONS[person]
    user = make()

    assert Report.objects.visible_to(user).filter(pk=report.pk).exists() is sees
    if asks:
        asked = ask_for_report(province.campaign, as_of=AS_OF, by=user, at=at)
        assert (asked.state, asked.asked_by, asked.as_of) == (State.QUEUED, user, AS_OF)
        return
    with pytest.raises(PermissionDenied):
        ask_for_report(province.campaign, as_of=AS_OF, by=user, at=at)
    with pytest.raises(PermissionDenied):
        cancel_report(report, by=user, at=at)
    with pytest.raises(PermissionDenied):
        retry_report(report, by=user, at=at)


def test_cut_off_in_the_future_is_refused(province, at):
    with pytest.raises(Refused):
        ask_for_report(
            province.campaign, as_of=at + timedelta(seconds=1), by=ReviewerFactory(), at=at
        )


def test_waiting_and_running_reports_can_be_cancelled_once(report, at):
    by = ReviewerFactory()
    cancel_report(report, by=by, at=at)
    report.refresh_from_db()

    assert (report.state, report.finished_at, report.lease_until) == (State.CANCELLED, at, None)
    with pytest.raises(Refused):
        cancel_report(report, by=by, at=at)


def test_cancelled_report_is_not_claimed(report, at):
    cancel_report(report, by=ReviewerFactory(), at=at)

    assert Report.objects.claim(report.pk, at=at) is None


def test_retry_is_a_report_of_its_own_from_the_same_figures(report, province, at):
    figures = snapshot(province.campaign, AS_OF)
    Report.objects.filter(pk=report.pk).update(snapshot=figures, digest=digest(figures))
    report.refresh_from_db()
    fail(report, at)

    fresh = retry_report(report, by=ReviewerFactory(), at=at)

    fresh.refresh_from_db()
    assert (fresh.pk != report.pk, fresh.state, fresh.attempt) == (True, State.QUEUED, 0)
    assert (fresh.as_of, fresh.digest, fresh.snapshot) == (AS_OF, digest(figures), figures)
    report.refresh_from_db()
    assert (report.state, report.error) == (Job.State.FAILED, "Kho tệp đầy.")


def test_unfinished_report_is_not_built_again(report, at):
    with pytest.raises(Refused):
        retry_report(report, by=ReviewerFactory(), at=at)

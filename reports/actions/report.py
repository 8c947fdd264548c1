"""What the board does with consolidated reports: ask for one, stop it, have it built again."""

from datetime import datetime

from django.db import transaction

from accounts.handover import hand_over
from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.models import Campaign, ReportingPeriod
from reports.models import Report
from reports.permissions import may_build_report, may_change_report
from reports.tasks import build_report


@transaction.atomic
def ask_for_report(
    campaign: Campaign,
    *,
    as_of: datetime,
    by: User,
    at: datetime,
    period: ReportingPeriod | None = None,
) -> Report:
    """One report for a cut-off, with the figures of a period or without; a future cut-off has
    no figures yet."""
    require(may_build_report(by))
    if as_of > at:
        raise Refused("Thời điểm chốt số liệu không thể ở sau lúc này.")
    report = Report.objects.ask(campaign, as_of=as_of, by=by, at=at, period=period)
    hand_over(build_report, report_id=report.pk)
    return report


@transaction.atomic
def cancel_report(report: Report, *, by: User, at: datetime) -> None:
    require(may_change_report(by, report))
    report.cancel(by=by, at=at)


@transaction.atomic
def retry_report(report: Report, *, by: User, at: datetime) -> Report:
    """Build it again from the same figures, as a report of its own."""
    require(may_change_report(by, report))
    fresh = report.again(by=by, at=at)
    hand_over(build_report, report_id=fresh.pk)
    return fresh


@transaction.atomic
def supplement_report(report: Report, *, as_of: datetime, by: User, at: datetime) -> Report:
    """Lập bản bổ sung: the same figures again, or those of a later cut-off."""
    require(may_change_report(by, report))
    if as_of > at:
        raise Refused("Thời điểm chốt số liệu không thể ở sau lúc này.")
    fresh = report.supplement(as_of=as_of, by=by, at=at)
    hand_over(build_report, report_id=fresh.pk)
    return fresh

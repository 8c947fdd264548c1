"""What the board does with consolidated reports: ask for one, stop it, have it built again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.handover import hand_over
from accounts.models import User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.models import Campaign, PlanItem, ReportingPeriod
from reports.kinds import PLANS, Kind
from reports.models import Report
from reports.permissions import may_build_report, may_change_report
from reports.tasks import build_report
from units.models import Block, Unit


@dataclass(frozen=True)
class About:
    """What is asked for: a kind, and a period, block, unit or row of the plan where it has one."""

    kind: Kind
    period: ReportingPeriod | None = None
    block: Block | None = None
    unit: Unit | None = None
    item: PlanItem | None = None

    def fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind.code, "period": self.period, "block": self.block,
            "unit": self.unit, "item": self.item,
        }  # fmt: skip


ALL_PLANS = About(PLANS)


@transaction.atomic
def ask_for_report(
    campaign: Campaign,
    *,
    as_of: datetime,
    by: User,
    at: datetime,
    about: About = ALL_PLANS,
) -> Report:
    """One report for a cut-off, of a kind and of whom; a future cut-off has no figures yet."""
    require(may_build_report(by, campaign, block=about.block, unit=about.unit))
    if as_of > at:
        raise Refused("Thời điểm chốt số liệu không thể ở sau lúc này.")
    report = Report.objects.ask(campaign, as_of=as_of, by=by, at=at, **about.fields())
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

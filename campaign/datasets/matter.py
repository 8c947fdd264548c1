"""What a ledger is about: the sub-plans of a campaign, or the reports of one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from campaign.models import Campaign, Figure, Obligation, ProgressReport, ReportingPeriod, SubPlan
from campaign.models.obligation import ObligationQuerySet
from campaign.models.submission import SubmissionQuerySet

ANSWERED = Q(figures__answer__in=[Figure.Answer.VALUE, Figure.Answer.NOT_APPLICABLE])


@dataclass(frozen=True)
class Matter:
    """Which obligations belong together, and the submissions that answer them."""

    campaign: Campaign
    period: ReportingPeriod | None = None

    @property
    def title(self) -> str:
        return f"Báo cáo {self.period}" if self.period else "Kế hoạch triển khai"

    def obligations(self) -> ObligationQuerySet:
        if self.period:
            return Obligation.objects.filter(period=self.period)
        return Obligation.objects.of_kind(Obligation.Kind.SUB_PLAN).filter(campaign=self.campaign)

    def versions(self) -> SubmissionQuerySet[Any]:
        """Every version of every unit, each with its `size`: activities, or figures answered."""
        counted = Count("figures", filter=ANSWERED) if self.period else Count("activities")
        return self.bare_versions().annotate(size=counted)

    def bare_versions(self) -> SubmissionQuerySet[Any]:
        """The same without the size: what is asked of each unit must not count its figures."""
        if self.period:
            return ProgressReport.objects.filter(period=self.period)
        return SubPlan.objects.filter(campaign=self.campaign)


def versions_of(obligation: Obligation) -> SubmissionQuerySet[Any]:
    """What the unit has drafted and sent for one obligation; inspections and the steps of a block
    are answered otherwise."""
    if obligation.campaign is None or obligation.kind == Obligation.Kind.FOLLOW_UP:
        return SubPlan.objects.none()
    versions = Matter(obligation.campaign, obligation.period).versions()
    return versions.filter(unit=obligation.unit_id)

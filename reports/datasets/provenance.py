"""Nguồn của một số: the submissions, versions and approvals behind one figure of a report.

Read again as of the report's cut-off, for the report keeps sums and not a million rows; the page
adds the rows up and says whether they still make what was frozen. They always do, unless a unit
joined or left an activity, or a submission was declared void, since the report was built.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from campaign.models import (
    Activity,
    Adjustment,
    Figure,
    Indicator,
    Participation,
    ProgressReport,
    RegisteredTarget,
    ReportingPeriod,
    SubPlan,
)
from campaign.models.submission import Submission
from reports.datasets.progress import IndicatorRow
from reports.datasets.scope import Scope

ZERO = Decimal(0)
PEOPLE = ("submitted_by", "decided_by", "unit")


@dataclass(frozen=True)
class SourceRow:
    """One row a figure is made of: what it is, and the version it stands in."""

    what: str
    version: Submission
    paper: str
    value: Decimal
    in_period: Decimal
    note: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.version.status == Submission.Status.ACCEPTED


@dataclass(frozen=True)
class Provenance:
    """`places`: the indicator counts places, each once, not the rows."""

    frozen: IndicatorRow
    rows: tuple[SourceRow, ...]
    targets: tuple[SourceRow, ...]
    in_period: Decimal
    cumulative: Decimal
    registered: Decimal | None
    places: bool = False

    @property
    def agrees(self) -> bool:
        found = self.in_period, self.cumulative
        same = found == (self.frozen.in_period, self.frozen.cumulative)
        return same and self.registered in {None, self.frozen.registered}


def provenance(
    indicator: Indicator,
    frozen: IndicatorRow,
    window: ReportingPeriod,
    as_of: datetime,
    scope: Scope,
) -> Provenance:
    """In a fixed number of queries, however many units report."""
    counted = ProgressReport.objects.filter(period__campaign=window.campaign_id).counted(by=as_of)
    upto = counted.filter(period__data_to__lte=window.data_to)
    own = _in_scope(scope)
    figures = Figure.objects.filter(
        own, indicator=indicator, report__in=upto.values("pk"), answer=Figure.Answer.VALUE
    )
    changes = Adjustment.objects.filter(own, indicator=indicator, report__in=counted.values("pk"))
    placed: dict[str, list[SourceRow]] = defaultdict(list)
    rows = []
    for row in _read(figures):
        made = _figure(row, window)
        rows.append(made)
        placed[_place(row.activity, row.pk)].append(made)
    for row in _read(changes):
        made = _change(row, window)
        if made.value or made.in_period:
            rows.append(made)
            placed[_place(row.activity, row.pk)].append(made)
    counts_places = indicator.aggregate == Indicator.Aggregate.DISTINCT
    targets = tuple(_targets(indicator, window, as_of, scope))
    return Provenance(
        frozen=frozen,
        rows=tuple(sorted(rows, key=lambda row: (row.version.unit.sort_order, row.paper))),
        targets=targets,
        in_period=_sum(placed.values(), "in_period", once=counts_places),
        cumulative=_sum(placed.values(), "value", once=counts_places),
        registered=sum((row.value for row in targets), ZERO) if targets else None,
        places=counts_places,
    )


def _sum(groups: Iterable[list[SourceRow]], name: str, *, once: bool) -> Decimal:
    sums = [sum((getattr(row, name) for row in group), ZERO) for group in groups]
    if once:
        return Decimal(sum(1 for value in sums if value > 0))
    return sum(sums, ZERO)


def _place(activity: Activity | None, pk: int) -> str:
    """What a place is counted by; a figure without an activity is a place of its own."""
    if activity is None:
        return f"own {pk}"
    return activity.beneficiary_key or f"#{activity.pk}"


def _in_scope(scope: Scope) -> Q:
    """Own figures of the units, and joint ones a unit of theirs leads or has confirmed, once."""
    joint = Q(activity__isnull=False, activity__same_as=None)
    if scope.units is None:
        return Q(activity=None) | joint
    confirmed = Participation.objects.filter(
        unit__in=scope.units, state=Participation.State.CONFIRMED
    )
    theirs = Q(activity__lead_unit__in=scope.units) | Q(activity__in=confirmed.values("activity"))
    return Q(activity=None, report__unit__in=scope.units) | joint & theirs


def _read(rows: QuerySet[Any]) -> Iterable[Any]:
    people = (f"report__{name}" for name in PEOPLE)
    return rows.select_related("report__period", "activity", *people)


def _figure(row: Figure, window: ReportingPeriod) -> SourceRow:
    value = row.value or ZERO
    inside = row.report.period.data_to >= window.data_from
    return SourceRow(
        what=row.activity.title if row.activity else "Số liệu chung của đơn vị",
        version=row.report,
        paper=f"Báo cáo {row.report.period}",
        value=value,
        in_period=value if inside else ZERO,
        note=row.note,
    )


def _change(row: Adjustment, window: ReportingPeriod) -> SourceRow:
    made = row.report.period.data_to
    about = f"Đính chính {row.period}"
    return SourceRow(
        what=f"{about}: {row.activity.title}" if row.activity else about,
        version=row.report,
        paper=f"Báo cáo {row.report.period}",
        value=row.difference if made <= window.data_to else ZERO,
        in_period=row.difference if window.data_from <= made <= window.data_to else ZERO,
        note=row.reason,
    )


def _targets(
    indicator: Indicator, window: ReportingPeriod, as_of: datetime, scope: Scope
) -> Iterable[SourceRow]:
    """What counted plans promise. Works are counted from their list, not from a number."""
    if indicator.aggregate == Indicator.Aggregate.WORKS:
        return
    plans = scope.of_units(SubPlan.objects.filter(campaign=window.campaign_id).counted(by=as_of))
    rows = RegisteredTarget.objects.filter(indicator=indicator, sub_plan__in=plans.values("pk"))
    people = (f"sub_plan__{name}" for name in PEOPLE)
    for row in rows.select_related(*people).order_by("sub_plan__unit__sort_order", "pk"):
        yield SourceRow(
            what="Đăng ký trong kế hoạch triển khai",
            version=row.sub_plan,
            paper="Kế hoạch triển khai",
            value=row.value,
            in_period=row.value,
        )

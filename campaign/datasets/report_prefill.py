"""What a report begins with, and what a refresh adds: told and counted from the activities."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from campaign import sections
from campaign.models import (
    Activity,
    Duty,
    Figure,
    Indicator,
    Participation,
    ProgressReport,
    ReportSection,
)
from lib.vietnamese import fold, short_date
from units.models import Unit

Aggregate, Kind, Status = Indicator.Aggregate, Activity.Kind, Activity.Status
ONE = Decimal(1)


def is_named(report: ProgressReport) -> bool:
    """Part IV of the plan names the unit, so its report has the part II.9."""
    duties = Duty.objects.of_unit(report.unit).filter(item__campaign=report.period.campaign)
    return duties.exists()


def parts_of(report: ProgressReport) -> tuple[sections.Section, ...]:
    return sections.sections_of(is_named=is_named(report))


def window_of(report: ProgressReport) -> tuple[date, date]:
    """The days the report tells of: those its period asks for, else its whole window."""
    period = report.period
    return period.collects_from or period.data_from, period.data_to


def activities_in_window(report: ProgressReport) -> list[Activity]:
    """Done in the window, or under way in it; led or confirmed by the unit; each event once."""
    first, last = window_of(report)
    joined = Participation.objects.filter(
        unit=report.unit, state=Participation.State.CONFIRMED
    ).values("activity")
    mine = Q(lead_unit=report.unit) | Q(pk__in=joined)
    happened = Q(status=Status.DONE, done_on__range=(first, last)) | Q(
        status=Status.RUNNING, starts_on__lte=last
    )
    rows = Activity.objects.filter(mine & happened, campaign=report.period.campaign).counting()
    in_order = F("done_on").asc(nulls_last=True), "starts_on", "pk"
    return list(rows.prefetch_related("plan_items").order_by(*in_order))


# --- Words --------------------------------------------------------------------------------------


def told_by_section(
    activities: Iterable[Activity], *, unit: Unit, is_named: bool
) -> dict[str, list[tuple[str, str]]]:
    """By part of the report: the title of each activity, and the line that tells of it."""
    told: dict[str, list[tuple[str, str]]] = {}
    for activity in activities:
        codes = tuple(item.code for item in activity.plan_items.all())
        is_work = activity.kind == Kind.WORK
        for code in sections.tells_of(codes, is_work=is_work, is_named=is_named):
            told.setdefault(code, []).append((activity.title, line_about(activity, unit)))
    return told


def line_about(activity: Activity, unit: Unit) -> str:
    """ "- Hội thi, ngày 09/4/2024, tại Nhà Văn hóa: 200 người dự." """
    parts = [activity.title.rstrip(".")]
    if activity.done_on:
        parts.append(f"ngày {short_date(activity.done_on)}")
    else:
        since = f" từ ngày {short_date(activity.starts_on)}" if activity.starts_on else ""
        parts.append(f"đang thực hiện{since}")
    if activity.place:
        parts.append(f"tại {activity.place}")
    if activity.lead_unit_id != unit.pk:
        parts.append("đơn vị phối hợp")
    result = " ".join(activity.result.split()).rstrip(".")
    return f"- {', '.join(parts)}{f': {result}' if result else ''}."


def added_to(text: str, told: Iterable[tuple[str, str]]) -> str:
    """What was typed, and after it the activities whose title does not occur in it yet."""
    known = fold(text)
    missing = [line for title, line in told if fold(title) not in known]
    return "\n".join([*([text] if text else []), *missing])


def kept_from_last_period(report: ProgressReport) -> dict[str, str]:
    """The plan made last time and what was asked for then, to go on from."""
    before = ProgressReport.objects.filter(
        unit=report.unit,
        period__campaign=report.period.campaign,
        period__data_to__lt=report.period.data_to,
    ).counted()
    last = before.order_by("-period__data_to", "-period__data_from").first()
    if last is None:
        return {}
    rows = last.sections.filter(
        code__in=sections.KEPT_FROM_LAST_PERIOD, answer=ReportSection.Answer.TEXT
    )
    return dict(rows.values_list("code", "text"))


# --- Figures ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """One row of figures there ought to be. `value` where the portal knows it already."""

    indicator: Indicator
    activity: Activity | None = None
    value: Decimal | None = None

    @property
    def key(self) -> tuple[int, int | None]:
        return self.indicator.pk, self.activity.pk if self.activity else None


def wanted_figures(report: ProgressReport, activities: Iterable[Activity]) -> list[Wanted]:
    """A row for each indicator asked of the unit, and for each activity it leads that belongs to
    one. Nobody types a computed indicator: its activities count one each."""
    if not report.period.collects_figures:
        return []
    campaign = report.period.campaign
    asked = Indicator.objects.filter(campaign=campaign).in_use().asked_of(report.unit)
    led = [activity for activity in activities if activity.lead_unit_id == report.unit_id]
    counted = _works_counted_before(report)
    wanted = []
    for indicator in asked.prefetch_related("plan_items").in_order():
        if not indicator.is_computed:
            wanted.append(Wanted(indicator))
        wanted.extend(
            Wanted(indicator, activity, _known_value(indicator, activity))
            for activity in led
            if _concerns(indicator, activity) and (indicator.pk, activity.pk) not in counted
        )
    return wanted


def _works_counted_before(report: ProgressReport) -> set[tuple[int, int]]:
    """A work that was done once does not count again because it was opened and closed again."""
    others = (
        ProgressReport.objects.filter(period__campaign=report.period.campaign, unit=report.unit)
        .exclude(period=report.period)
        .counted()
    )
    rows = Figure.objects.filter(
        report__in=others.values("pk"), indicator__aggregate=Aggregate.WORKS, activity__isnull=False
    )
    return set(rows.values_list("indicator", "activity"))


def _concerns(indicator: Indicator, activity: Activity) -> bool:
    if indicator.aggregate == Aggregate.WORKS:
        return activity.kind == Kind.WORK and activity.status == Status.DONE
    if indicator.aggregate == Aggregate.SUM:
        return False
    if indicator.aggregate == Aggregate.DISTINCT and not activity.beneficiary_key:
        return False
    items = {item.pk for item in indicator.plan_items.all()}
    return bool(items & {item.pk for item in activity.plan_items.all()})


def _known_value(indicator: Indicator, activity: Activity) -> Decimal | None:
    if indicator.is_computed:
        return ONE
    is_same_measure = fold(activity.quantity_unit) == fold(indicator.measure)
    return activity.quantity_done if is_same_measure else None

"""The totals once more, slowly: every row read on its own, in loops anybody can check by hand."""

from collections import defaultdict
from decimal import Decimal

from campaign.models import (
    Activity,
    Adjustment,
    Figure,
    Indicator,
    ProgressReport,
    RegisteredTarget,
    SubPlan,
)


def counted(model, series, by=None):
    """The newest version of each thing among those sent, not void and not withdrawn."""
    newest = {}
    for row in model.objects.all():
        is_sent = row.submitted_at is not None and row.voided_at is None
        if not is_sent or row.status == "withdrawn" or (by and row.submitted_at > by):
            continue
        key = tuple(getattr(row, f"{name}_id") for name in series)
        if key not in newest or newest[key].version < row.version:
            newest[key] = row
    return list(newest.values())


def owners(activity):
    """Units that see an activity's figures as theirs."""
    confirmed = activity.participations.filter(state="confirmed")
    return {activity.lead_unit_id} | {one.unit_id for one in confirmed}


def entries(by=None):
    """(indicator, units, activity, last day of its period, value) of everything that counts."""
    rows = []
    for report in counted(ProgressReport, ["period", "unit"], by):
        changes = [(f, f.value) for f in Figure.objects.filter(report=report, answer="value")]
        changes += [(a, a.difference) for a in Adjustment.objects.filter(report=report)]
        for row, value in changes:
            activity = row.activity
            if activity is not None and activity.same_as_id:
                continue
            units = owners(activity) if activity else {report.unit_id}
            rows.append((row.indicator, units, activity, report.period.data_to, value))
    return rows


def value(indicator, members, period, rows):
    """(in period, cumulative) of one indicator for a set of units."""
    inside_of, until_of = defaultdict(Decimal), defaultdict(Decimal)
    for counted_of, units, activity, day, value in rows:
        if counted_of != indicator or not units & members or day > period.data_to:
            continue
        place = (activity.beneficiary_key or activity.pk) if activity else None
        until_of[place] += value
        if day >= period.data_from:
            inside_of[place] += value
    if indicator.aggregate != Indicator.Aggregate.DISTINCT:
        return sum(inside_of.values()), sum(until_of.values())
    return (
        sum(1 for left in inside_of.values() if left > 0),
        sum(1 for left in until_of.values() if left > 0),
    )


def registered(indicator, members, by=None):
    """What sub-plans promise; of works, how many they list, each real one once."""
    plans = counted(SubPlan, ["campaign", "unit"], by)
    if indicator.aggregate != Indicator.Aggregate.WORKS:
        promised = [
            target.value
            for target in RegisteredTarget.objects.filter(indicator=indicator)
            if target.sub_plan in plans and target.sub_plan.unit_id in members
        ]
        return sum(promised) if promised else None
    listed = 0
    for plan in plans:
        for work in plan.activities.filter(kind="work"):
            activity = Activity.objects.filter(key=work.key).first()
            units = owners(activity) if activity else {work.lead_unit_id or plan.unit_id}
            if units & members and not (activity and activity.same_as_id):
                listed += 1
    return Decimal(listed) if listed else None

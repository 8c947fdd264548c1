"""Freeze what a consolidated report prints, as plain JSON: the figures as they stood at a moment.

A unit counts as having sent when its first submission that counts was received by the cut-off;
what is said of it (number, date, activities) is read from the newest version received by then.
Extensions count when they were given by the cut-off. Where a reporting period is asked for,
`period_snapshot` adds what units reported. Two facts have no history of their own and
are taken as they are now: the level of an obligation (required, encouraged, exempt), and whether
a submission was void or withdrawn, for then it never counted.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from campaign.models import (
    Campaign,
    DutyParty,
    Obligation,
    PlanItem,
    PlannedActivity,
    ReportingPeriod,
    SubPlan,
)
from lib import clock
from reports.datasets.period_snapshot import frozen_period
from reports.datasets.scope import PROVINCE, Scope, window_of
from reports.datasets.sending import SOURCE_FIELDS, Owed, as_they_stood, source
from reports.kinds import Kind, kind_named
from units.models import Block, BlockMembership, Unit

# 1 had no `progress`, 2 no figures by unit, 3 no kind; kept reports are read all the same
FORMAT = 4
NO_BLOCK = ""

NUMBER_OF_ITEM = re.compile(r"^\d+\.\s+")  # “1. Đẩy mạnh …”: the code already says it

Snapshot = dict[str, Any]


def snapshot(
    campaign: Campaign,
    as_of: datetime,
    period: ReportingPeriod | None = None,
    kind: Kind | None = None,
    scope: Scope = PROVINCE,
) -> Snapshot:
    """Everything the report prints, in a fixed number of queries, in a fixed order."""
    known = kind or kind_named("", has_period=period is not None)
    window = window_of(known, campaign, as_of, period)
    owed = _owed(campaign, as_of, scope)
    activities = [row for row in _activities(owed) if scope.is_under(row["codes"])]
    counts: dict[str, int] = defaultdict(int)
    for activity in activities:
        counts[activity["unit"]] += 1
    return {
        "format": FORMAT,
        "kind": known.code,
        "scope": scope.frozen(),
        "as_of": as_of.astimezone(clock.LOCAL).isoformat(),
        "campaign": _campaign(campaign),
        "groups": _groups(campaign, [_unit(row, as_of, counts) for row in owed]),
        "items": _items(campaign, scope),
        "activities": activities,
        "progress": frozen_period(window, as_of, scope) if window else None,
    }


def digest(frozen: Snapshot) -> str:
    """SHA-256 of the snapshot in one canonical spelling (mã số liệu)."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _campaign(campaign: Campaign) -> dict[str, str]:
    return {
        "code": campaign.code,
        "name": campaign.name,
        "subject": campaign.subject,
        "document_type": campaign.document_type,
        "document_number": campaign.document_number,
        "issued_on": campaign.issued_on.isoformat(),
        "issuer": campaign.issuer,
        "place": campaign.place,
        "receiver": campaign.receiver,
        "due_date": campaign.sub_plan_due_date.isoformat(),
    }


# --- who owes and who sent -----------------------------------------------------------------------


def _owed(campaign: Campaign, as_of: datetime, scope: Scope) -> list[Owed[SubPlan]]:
    owing = Obligation.objects.filter(campaign=campaign).of_kind(Obligation.Kind.SUB_PLAN)
    obligations = scope.of_units(owing)
    plans = scope.of_units(SubPlan.objects.filter(campaign=campaign).counted(by=as_of))
    known = plans.only(*SOURCE_FIELDS, "document_number", "document_date", "channel", "version")
    return as_they_stood(
        obligations.order_by("unit__sort_order", "pk"),
        {(None, row.unit_id): row for row in known},
        as_of,
    )


def _unit(row: Owed[SubPlan], as_of: datetime, counts: dict[str, int]) -> dict[str, Any]:
    obligation, sent = row.obligation, row.sent
    return {
        "code": obligation.unit.code,
        "name": obligation.unit.name,
        "unit_pk": obligation.unit_id,
        "level": obligation.level,
        "level_reason": obligation.level_reason,
        "due": row.due.isoformat(),
        "extended_from": obligation.due_date.isoformat() if row.due > obligation.due_date else "",
        "met_at": row.met_at.astimezone(clock.LOCAL).isoformat() if row.met_at else "",
        "verdict": row.verdict(as_of),
        "days_late": clock.days_late(row.due, row.met_at) if row.met_at else 0,
        "working_days_late": clock.working_days_late(row.due, row.met_at) if row.met_at else 0,
        "number": sent.document_number if sent else "",
        "document_date": _iso(sent.document_date) if sent else "",
        "channel": sent.channel if sent else "",
        "version": sent.version if sent else 0,
        **source(sent, as_of),
        "activities": counts[obligation.unit.code] if sent else 0,
    }


def _groups(campaign: Campaign, units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Units by block, blocks and units in protocol order; who has no block comes last."""
    places = dict(
        BlockMembership.objects.filter(
            year=campaign.year, block__tier=Block.Tier.PROVINCE
        ).values_list("unit", "block")
    )
    grouped: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for unit in units:
        grouped[places.get(unit.pop("unit_pk"))].append(unit)
    blocks = Block.objects.filter(pk__in=[pk for pk in grouped if pk]).order_by("sort_order", "pk")
    groups = [
        {"code": block.code, "name": str(block), "units": grouped[block.pk]} for block in blocks
    ]
    if grouped[None]:
        name = "Đơn vị chưa thuộc khối thi đua nào"
        groups.append({"code": NO_BLOCK, "name": name, "units": grouped[None]})
    return groups


# --- what they registered ------------------------------------------------------------------------


def _activities(owed: list[Owed[SubPlan]]) -> list[dict[str, Any]]:
    """The activities of every counted version, each once, unit by unit."""
    codes = {row.sent.pk: row.obligation.unit.code for row in owed if row.sent}
    rows = (
        PlannedActivity.objects.filter(sub_plan__in=list(codes))
        .select_related("lead_unit")
        .order_by("sub_plan__unit__sort_order", "position", "pk")
    )
    tied = _tied(codes)
    joined = _joined(codes)
    return [_activity(row, codes[row.sub_plan_id], tied[row.pk], joined[row.pk]) for row in rows]


def _tied(sub_plans: Iterable[int]) -> dict[int, list[str]]:
    """Codes of the plan each activity is tied to, in the order of the plan."""
    through = PlannedActivity.plan_items.through._base_manager
    rows = through.filter(plannedactivity__sub_plan__in=list(sub_plans)).order_by(
        "planitem__position"
    )
    tied: dict[int, list[str]] = defaultdict(list)
    for activity, code in rows.values_list("plannedactivity", "planitem__code"):
        tied[activity].append(code)
    return tied


def _joined(sub_plans: Iterable[int]) -> dict[int, list[str]]:
    """Names of the units that take part in each activity, in protocol order."""
    through = PlannedActivity.participants.through._base_manager
    rows = through.filter(plannedactivity__sub_plan__in=list(sub_plans)).order_by(
        "unit__sort_order"
    )
    joined: dict[int, list[str]] = defaultdict(list)
    for activity, name in rows.values_list("plannedactivity", "unit__name"):
        joined[activity].append(name)
    return joined


def _activity(
    row: PlannedActivity, unit: str, codes: list[str], joined: list[str]
) -> dict[str, Any]:
    return {
        "unit": unit,
        "title": row.title,
        "codes": codes,
        "lead": _lead(row.lead_unit, row.lead_text),
        "participants": "; ".join([*joined, *filter(None, [row.participants_text])]),
        "place": row.place,
        "starts_on": _iso(row.starts_on),
        "ends_on": _iso(row.ends_on),
        "quantity": "" if row.quantity is None else str(row.quantity),
        "quantity_unit": row.quantity_unit,
        "cost": "" if row.cost is None else str(row.cost),
        "cost_source": row.cost_source,
        "product": row.product,
        "person_responsible": row.person_responsible,
    }


def _lead(unit: Unit | None, text: str) -> str:
    return ", ".join(filter(None, [text, unit.name if unit else ""]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- what the plan asks --------------------------------------------------------------------------


def _items(campaign: Campaign, scope: Scope) -> list[dict[str, Any]]:
    """Contents II, solutions III with their bullets, duties IV, with whom a duty names."""
    named = _named(campaign)
    rows = PlanItem.objects.filter(
        campaign=campaign,
        kind__in=[
            PlanItem.Kind.CONTENT_ITEM,
            PlanItem.Kind.SOLUTION_HEADING,
            PlanItem.Kind.SOLUTION_BULLET,
            PlanItem.Kind.ASSIGNMENT_BULLET,
        ],
    )
    return [
        {
            "code": row.code,
            "kind": row.kind,
            "text": NUMBER_OF_ITEM.sub("", row.text),
            "named": named[row.pk],
        }
        for row in rows.in_order()
        if scope.is_under([row.code])
    ]


def _named(campaign: Campaign) -> dict[int, list[str]]:
    parties = (
        DutyParty.objects.filter(duty__item__campaign=campaign, role=DutyParty.Role.ASSIGNEE)
        .select_related("duty", "unit")
        .order_by("unit__sort_order", "pk")
    )
    named: dict[int, list[str]] = defaultdict(list)
    for party in parties:
        named[party.duty.item_id].append(str(party))
    return named

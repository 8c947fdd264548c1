"""Many more units and activities, for trying the portal at the size of a merged province.

Rows are written in bulk and are consistent with each other, but nobody acted: there is no
audit trail behind them.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Max, Model

from accounts.models import User
from campaign.models import Activity, Campaign, Obligation, PlanItem, PlannedActivity, SubPlan
from lib import clock
from lib.vietnamese import fold
from reports.demo.scenario import moment
from reports.demo.texts import ActivityText, for_solution, texts
from units.models import Block, BlockMembership, Unit

BATCH = 5000
BLOCK_SIZE = 250
DONE, CALLED_OFF = 0.75, 0.97
Status = Activity.Status
GROUPS = (Unit.Group.ENTERPRISE, Unit.Group.PUBLIC_SERVICE, Unit.Group.ASSOCIATION)


@transaction.atomic
def grow(campaign: Campaign, *, units: int, activities: int, now: datetime) -> tuple[int, int]:
    """Add what is missing to reach the totals; give back how many units and activities."""
    author = User.objects.filter(is_demonstration=True).order_by("pk").first()
    if author is None:
        return 0, 0
    fresh = _add_units(campaign, units - Unit.objects.count())
    plans = _add_plans(campaign, fresh, author, now)
    missing = activities - PlannedActivity.objects.filter(sub_plan__campaign=campaign).count()
    return len(fresh), _add_activities(campaign, plans, missing, author, now)


def _add_units(campaign: Campaign, count: int) -> list[Unit]:
    start = Unit.objects.filter(code__startswith="DEMO").count() + 1
    order = (Unit.objects.aggregate(Max("sort_order"))["sort_order__max"] or 0) + 10
    fresh = []
    for number in range(start, start + max(0, count)):
        name = f"Đơn vị mẫu số {number}"
        fresh.append(
            Unit(
                code=f"DEMO{number:05d}",
                name=name,
                short_name=f"ĐVM {number}",
                search_key=fold(f"{name} DEMO{number:05d}"),
                group=GROUPS[number % len(GROUPS)],
                sort_order=order + number,
                source_note="Dữ liệu mẫu",
            )
        )
    Unit.objects.bulk_create(fresh, batch_size=BATCH)
    _add_blocks(campaign, fresh)
    closes = clock.closes_at(campaign.sub_plan_due_date)
    Obligation.objects.bulk_create(
        [
            Obligation(
                campaign=campaign, unit=unit, kind=Obligation.Kind.SUB_PLAN,
                due_date=campaign.sub_plan_due_date, closes_at=closes,
            )
            for unit in fresh
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return fresh


def _add_blocks(campaign: Campaign, fresh: list[Unit]) -> None:
    order = (Block.objects.aggregate(Max("sort_order"))["sort_order__max"] or 0) + 10
    for start in range(0, len(fresh), BLOCK_SIZE):
        members = fresh[start : start + BLOCK_SIZE]
        block = Block.objects.create(
            code=f"M{order + start}", name=f"mẫu {order + start}", sort_order=order + start
        )
        BlockMembership.objects.bulk_create(
            [
                BlockMembership(
                    block=block, unit=unit, year=campaign.year, is_illustrative=True,
                    evidence="Dữ liệu mẫu",
                    role=BlockMembership.Role.MEMBER if place else BlockMembership.Role.LEAD,
                )
                for place, unit in enumerate(members)
            ]
        )  # fmt: skip


def _add_plans(campaign: Campaign, fresh: list[Unit], author: User, now: datetime) -> list[SubPlan]:
    """Four in five have sent theirs, some late; nothing after `now`."""
    random, plans = Random("scale"), []  # noqa: S311 - repeatable, nothing secret
    first = moment(campaign.issued_on + timedelta(days=1), 8, 0)
    for unit in fresh:
        sent_at = first + timedelta(minutes=random.randint(0, 22 * 24 * 60))
        if random.random() < 0.2 or sent_at > now:  # noqa: PLR2004
            continue
        plans.append(
            SubPlan(
                campaign=campaign,
                unit=unit,
                status=SubPlan.Status.ACCEPTED,
                created_at=sent_at,
                created_by=author,
                submitted_at=sent_at,
                submitted_by=author,
                receipt_code=f"{campaign.code}-{uuid5(NAMESPACE_URL, unit.code).hex[:10].upper()}",
                decided_at=sent_at,
                decided_by=author,
                document_number=f"{unit.pk}/KH-ĐVM",
                document_date=clock.local_day(sent_at),
                signer_name="Người ký (mẫu)",
                **texts(unit.name, campaign.theme),
            )
        )
    SubPlan.objects.bulk_create(plans, batch_size=BATCH)
    met = {plan.unit_id: plan.submitted_at for plan in plans}
    owed = list(Obligation.objects.filter(campaign=campaign, unit__in=met))
    for obligation in owed:
        obligation.met_at = met[obligation.unit_id]
    Obligation.objects.bulk_update(owed, ["met_at"], batch_size=500)
    return plans


def _add_activities(
    campaign: Campaign, plans: list[SubPlan], count: int, author: User, now: datetime
) -> int:
    """Registered by the plans in turn, each under a bullet and every other one under a duty as
    well; and what has become of each since."""
    if count <= 0 or not plans:
        return 0
    items = list(PlanItem.objects.filter(campaign=campaign).bullets().in_order())
    duties = list(PlanItem.objects.filter(campaign=campaign).duties().in_order())
    random = Random("scale-activities")  # noqa: S311 - repeatable, nothing secret
    today, placed = clock.local_day(now), Counter[int]()
    # Those of one plan stand together, so the database counts each unit anew once or twice.
    owners = [plans[number * len(plans) // count] for number in range(count)]
    for start in range(0, count, BATCH):
        rows, tied = [], []
        for number, plan in enumerate(owners[start : start + BATCH], start=start):
            bullet = random.choice(items)
            under = [bullet.pk]
            if duties and number % 2:
                under.append(random.choice(duties).pk)
            placed[plan.unit_id] += 1
            text = for_solution(bullet.code, random)
            rows.append(_registered(plan, placed[plan.unit_id], text))
            tied.append(under)
        PlannedActivity.objects.bulk_create(rows)
        _tie(PlannedActivity.plan_items.through, "plannedactivity", rows, tied)
        known = [_followed(row, author, random.random(), today) for row in rows]
        Activity.objects.bulk_create(known)
        _tie(Activity.plan_items.through, "activity", known, tied)
    return count


def _registered(plan: SubPlan, position: int, text: ActivityText) -> PlannedActivity:
    return PlannedActivity(
        sub_plan=plan,
        key=uuid5(NAMESPACE_URL, f"{plan.unit_id}/{position}"),
        position=position,
        title=text.title,
        lead_unit_id=plan.unit_id,
        place=text.place,
        starts_on=text.starts_on,
        ends_on=text.ends_on,
        quantity=text.quantity,
        quantity_unit=text.quantity_unit,
        cost=text.cost,
        cost_source=text.cost_source,
        product=text.product,
        person_responsible=text.person_responsible,
    )


def _followed(row: PlannedActivity, author: User, chance: float, today: date) -> Activity:
    plan = row.sub_plan
    activity = Activity(
        campaign_id=plan.campaign_id, registration=row, key=row.key, registered_by_id=plan.unit_id,
        lead_unit_id=plan.unit_id, added_at=plan.submitted_at or plan.created_at, added_by=author,
        **{name: getattr(row, name) for name in Activity.FACTS},
        **_outcome(row, chance, today),
    )  # fmt: skip
    activity.note_keys()
    return activity


def _outcome(row: PlannedActivity, chance: float, today: date) -> dict[str, Any]:
    """Of those whose time has come most are done, a few called off, the others overdue."""
    if chance > CALLED_OFF:
        return {"status": Status.CANCELLED, "status_reason": "Không còn phù hợp (mẫu)"}
    if row.ends_on and row.ends_on < today and chance < DONE:
        return {"status": Status.DONE, "done_on": row.ends_on, "result": "Đã hoàn thành (mẫu)"}
    begun = row.starts_on is not None and row.starts_on <= today
    return {"status": Status.RUNNING if begun else Status.PLANNED}


def _tie(links: Any, side: str, rows: Sequence[Model], tied: list[list[int]]) -> None:
    links.objects.bulk_create(
        links(**{f"{side}_id": row.pk, "planitem_id": item})
        for row, under in zip(rows, tied, strict=True)
        for item in under
    )

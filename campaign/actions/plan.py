"""What follows from a plan once it is known: who has which duty, and who owes a sub-plan.

Nobody presses a button for these: the loader of the plan calls them, any number of times.
"""

from datetime import date

from django.db import transaction

from campaign.models import Assignment, Campaign, DutyParty, Obligation
from lib import clock
from units.models import Unit


@transaction.atomic
def assign_duties(campaign: Campaign, *, on: date) -> tuple[int, int]:
    """Expand every party of every duty to the units it means on a day: (added, removed).

    What is already so keeps the day it was expanded on; what the plan no longer says goes.
    """
    wanted: set[tuple[int, int, str]] = set()
    parties = DutyParty.objects.filter(
        duty__item__campaign=campaign, duty__item__withdrawn_by=None
    ).order_by("pk")
    for party in parties:
        units = party.units(on=on).values_list("pk", flat=True)
        wanted.update((party.duty_id, unit, party.role) for unit in units)
    known = {
        (row.duty_id, row.unit_id, row.role): row.pk
        for row in Assignment.objects.filter(duty__item__campaign=campaign)
    }
    gone = [pk for key, pk in known.items() if key not in wanted]
    Assignment.objects.filter(pk__in=gone).delete()
    added = Assignment.objects.bulk_create(
        Assignment(duty_id=duty, unit_id=unit, role=role, expanded_on=on)
        for duty, unit, role in sorted(wanted - known.keys())
    )
    return len(added), len(gone)


@transaction.atomic
def owe_sub_plans(campaign: Campaign, *, on: date) -> int:
    """Every unit in force on the day owes a sub-plan (Kế hoạch, mục KL.2): how many are new.

    Levels, extensions and what was already sent are left as Ban Thi đua has them.
    """
    owing = Obligation.objects.filter(campaign=campaign, kind=Obligation.Kind.SUB_PLAN)
    units = Unit.objects.in_force(on=on).exclude(pk__in=owing.values("unit"))
    due = campaign.sub_plan_due_date
    added = Obligation.objects.bulk_create(
        Obligation(
            campaign=campaign, unit=unit, kind=Obligation.Kind.SUB_PLAN,
            due_date=due, closes_at=clock.closes_at(due),
        )
        for unit in units.in_protocol_order()
    )  # fmt: skip
    return len(added)

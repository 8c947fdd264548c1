"""The days of a block's year: set, owed by the units they are for, met by what these do.

Whatever may meet a step calls `refresh_days`; it asks the rows what is so and notes the
difference in the ledger, so that calling it twice, or late, does no harm.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from accounts.models import AuditEvent, User
from accounts.permissions import require
from campaign.models import BlockStep, Obligation
from lib import clock
from lib.vietnamese import short_date
from scoring.datasets.days import YearFacts, year_facts
from scoring.permissions import may_set_days
from units.models import Block

NOT_ASKED = "Không còn thuộc phần việc của đơn vị."
Level = Obligation.Level


@transaction.atomic
def set_days(block: Block, year: int, days: Mapping[str, date], *, by: User, at: datetime) -> None:
    """Give steps their days, or move them; whose own day was extended further keeps it."""
    require(may_set_days(by, block, year))
    known = {
        one.kind: one
        for one in BlockStep.objects.select_for_update().filter(block=block, year=year)
    }
    for kind, day in days.items():
        step = known.get(kind)
        if step is None:
            step = BlockStep(block=block, year=year, kind=kind)
        elif step.due_date == day:
            continue
        step.due_date, step.set_at, step.set_by = day, at, by
        step.save()
        _move(step.obligations.all(), day)
        label = f"{step.get_kind_display()}: hạn {short_date(day)}"
        AuditEvent.objects.record(step, "day_set", by=by, at=at, label=label)
    refresh_days(block, year, by=by, at=at)


def _move(obligations: Iterable[Obligation], day: date) -> None:
    for owed in obligations:
        owed.due_date = day
        if owed.extended_to and owed.extended_to <= day:
            owed.extended_to = None
        owed.closes_at = clock.closes_at(owed.effective_due_date)
        owed.save(update_fields=["due_date", "extended_to", "closes_at"])


@transaction.atomic
def refresh_days(block: Block, year: int, *, by: User, at: datetime) -> None:
    """Bring the ledger in line with what the block has done. Nothing to do where no day is set."""
    steps = list(
        BlockStep.objects.filter(block=block, year=year).prefetch_related("obligations__unit")
    )
    if not steps:
        return
    facts = year_facts(block, year, at=at)
    for step in steps:
        known = {one.unit_id: one for one in step.obligations.all()}
        owing = facts.owing(step.kind)
        _excuse((one for one in known.values() if one.unit_id not in owing), by=by, at=at)
        for unit in sorted(owing):
            _note(step, unit, known.get(unit), facts, by=by, at=at)


def _excuse(obligations: Iterable[Obligation], *, by: User, at: datetime) -> None:
    for owed in obligations:
        if owed.is_owed and owed.met_at is None:
            owed.exempt(by=by, at=at, reason=NOT_ASKED)


def _note(
    step: BlockStep,
    unit: int,
    owed: Obligation | None,
    facts: YearFacts,
    *,
    by: User,
    at: datetime,
) -> None:
    met = facts.met(step.kind, unit, owed.met_at if owed else None, at)
    if owed is None:
        Obligation.objects.create(
            step=step, unit_id=unit, kind=Obligation.Kind.BLOCK_STEP, due_date=step.due_date,
            closes_at=clock.closes_at(step.due_date), met_at=met,
        )  # fmt: skip
        return
    if owed.level == Level.EXEMPT and owed.level_reason == NOT_ASKED:
        owed.require_again(by=by, at=at, reason="Được phân công lại.")
    if owed.met_at != met:
        owed.note_met(met)

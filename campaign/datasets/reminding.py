"""Who is to be reminded of what: by the schedule on a day, or because the board presses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from accounts.models import User
from campaign.datasets.owing import Due, answerable_people, dues
from campaign.models import Digest, Obligation, Reminder, ReminderRule
from campaign.reminders import DEFAULT_STEPS, Step, offset_to_send, reaches_head

# A campaign is summed up and closed some time after its last day; then the clock falls silent.
CHASED_AFTER_THE_END = timedelta(days=90)

Schedule = Mapping[tuple[int | None, str], tuple[Step, ...]]


@dataclass(frozen=True)
class Item:
    """One thing in a letter; `offset` is empty where a reviewer asked for it."""

    due: Due
    offset: int | None


@dataclass(frozen=True)
class Call:
    """Everything one person is to be told on one day: one letter."""

    user: User
    items: tuple[Item, ...]


def schedule() -> Schedule:
    """The days of each campaign and kind that has some of its own."""
    rows: defaultdict[tuple[int | None, str], list[Step]] = defaultdict(list)
    for rule in ReminderRule.objects.order_by("offset"):
        rows[rule.campaign_id, rule.kind].append(Step(rule.offset, rule.is_weekly))
    return {key: tuple(steps) for key, steps in rows.items()}


def scheduled_calls(on: date) -> tuple[Call, ...]:
    """Who has to be told what on a day, in a fixed number of queries; by person.

    Who has had the day's letter gets what came up since with the next day's.
    """
    running = Obligation.objects.filter(
        Q(campaign__ends_on__gte=on - CHASED_AFTER_THE_END)
        # The year of a block is closed in the course of the next.
        | Q(step__year__gte=on.year - 1)
    )
    steps_of, people = schedule(), answerable_people(on=on)
    sent, told = _sent(), _told(on)
    found: defaultdict[int, list[Item]] = defaultdict(list)
    known: dict[int, User] = {}
    for due in dues(running):
        owed = due.obligation
        steps = steps_of.get((owed.campaign_id, owed.kind), DEFAULT_STEPS)
        latest = offset_to_send(steps, due=due.day, on=on)
        if latest is None or owed.unit_id not in people:
            continue
        for person in people[owed.unit_id].to_remind(due, with_head=reaches_head(latest)):
            before = sent.get((owed.pk, due.day, person.pk))
            offset = offset_to_send(steps, due=due.day, on=on, sent=before)
            if offset is not None and person.pk not in told:
                known[person.pk] = person
                found[person.pk].append(Item(due, offset))
    return tuple(Call(known[pk], tuple(items)) for pk, items in sorted(found.items()))


def _sent() -> Mapping[tuple[int, date, int], int]:
    """The last offset each person was reminded at, of obligations still required."""
    rows = (
        Reminder.objects.filter(offset__isnull=False, obligation__in=Obligation.objects.required())
        .values_list("obligation", "due_date", "user")
        .annotate(last=Max("offset"))
        .order_by()
    )
    return {(owed, due, person): last for owed, due, person, last in rows}


def _told(on: date) -> frozenset[int]:
    letters = Digest.objects.filter(day=on, source=Digest.Source.SCHEDULE)
    return frozenset(letters.values_list("user", flat=True))


@dataclass(frozen=True)
class Calls:
    """What pressing the button would send, and the units where nobody can be written to."""

    calls: tuple[Call, ...]
    unreachable: tuple[str, ...]
    units: int


def calls_now(obligations: Iterable[Due], *, on: date) -> Calls:
    """The same letters, for things chosen by hand."""
    wanted = list(obligations)
    people = answerable_people(on=on, units={due.obligation.unit_id for due in wanted})
    found: defaultdict[int, list[Item]] = defaultdict(list)
    known: dict[int, User] = {}
    unreachable: dict[int, str] = {}
    for due in wanted:
        unit = due.obligation.unit
        known_people = people.get(unit.pk)
        told = known_people.to_remind(due, with_head=due.days_past(on) > 0) if known_people else []
        if not told:
            unreachable[unit.pk] = unit.name
        for person in told:
            known[person.pk] = person
            found[person.pk].append(Item(due, None))
    return Calls(
        tuple(Call(known[pk], tuple(items)) for pk, items in sorted(found.items())),
        tuple(unreachable.values()),
        len({due.obligation.unit_id for due in wanted}),
    )

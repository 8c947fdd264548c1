"""The database counts activities itself; whatever happens, it counts what is there."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import ProtectedError

from accounts.workflow import Refused
from campaign import tallied
from campaign.actions import activity_moves, joint_activity, review, submission
from campaign.actions import sub_plan as drafting
from campaign.actions.sub_plan import ActivityData
from campaign.checklist import Line
from campaign.datasets import tally
from campaign.datasets.tally import Counts
from campaign.models import (
    Activity,
    ItemTally,
    PlanItem,
    PlannedActivity,
    SubPlan,
    UnitTally,
)
from tests.factories import (
    ActivityFactory,
    BlockFactory,
    BlockMembershipFactory,
    BoardHeadFactory,
    CampaignFactory,
    HeadFactory,
    PlanItemFactory,
    PlannedActivityFactory,
    SubPlanFactory,
    UnitFactory,
)
from units.models import BlockMembership

pytestmark = [pytest.mark.django_db, pytest.mark.database]

AT = datetime(2024, 3, 20, 2, 0, tzinfo=UTC)
TODAY = date(2024, 4, 20)
Kind = PlanItem.Kind
KINDS = [Kind.SOLUTION_HEADING, Kind.SOLUTION_BULLET, Kind.ASSIGNMENT_BULLET]
UNITS, ITEMS = range(3), range(4)


class World:
    """Three units in two blocks (one in none), a heading of two bullets, two duties."""

    def __init__(self):
        self.campaign, self.board = CampaignFactory(), BoardHeadFactory()
        self.units = [UnitFactory() for _ in UNITS]
        self.heads = [HeadFactory(unit) for unit in self.units]
        self.blocks = [BlockFactory(), None, None]
        BlockMembershipFactory(block=self.blocks[0], unit=self.units[0])
        BlockMembershipFactory(block=BlockFactory(), unit=self.units[1])
        self.headings = [PlanItemFactory(solution=True) for _ in range(2)]
        self.items = [
            *(PlanItemFactory(bullet=True, parent=self.headings[0]) for _ in range(2)),
            *(PlanItemFactory() for _ in range(2)),
        ]
        self.at = AT
        for unit in UNITS:
            plan = SubPlanFactory(unit=self.units[unit], signed_file=True)
            PlannedActivityFactory(sub_plan=plan, plan_items=[self.items[unit]])

    def row(self, items):
        fields = {
            "title": "Hội thao", "starts_on": date(2024, 4, 1), "ends_on": date(2024, 4, 10),
            "lead_unit": None, "product": "Giải thưởng", "person_responsible": "Lê Minh",
        }  # fmt: skip
        return ActivityData(fields, tuple(self.items[item] for item in items), ())

    def newest(self, unit):
        return SubPlan.objects.filter(unit=self.units[unit]).latest("version")

    def activity(self, unit, pick):
        """One that the unit leads, if any."""
        led = Activity.objects.filter(lead_unit=self.units[unit]).order_by("pk")
        return led[pick % len(led)] if led else None

    def act(self, name, unit, pick, items):
        self.at += timedelta(hours=1)
        try:
            with transaction.atomic():
                getattr(self, name)(unit, pick, items)
        except (Refused, ProtectedError):
            return False
        return True

    # --- the plan of a unit ------------------------------------------------------------------

    def draft(self, unit, pick, items):
        plan = drafting.start_sub_plan(
            self.campaign, self.units[unit], by=self.heads[unit], at=self.at
        )
        if pick % 3 and plan.activities.exists():
            drafting.remove_activity(plan.activities.first(), by=self.heads[unit], at=self.at)
        row = self.row(items)
        row.fields["lead_unit"] = self.units[pick % len(self.units)]
        drafting.add_activities(plan, [row], by=self.heads[unit], at=self.at)

    def send(self, unit, pick, items):
        drafting.submit_sub_plan(self.newest(unit), by=self.heads[unit], at=self.at)

    def withdraw(self, unit, pick, items):
        drafting.withdraw_sub_plan(
            self.newest(unit), by=self.heads[unit], at=self.at, reason="Nhầm"
        )

    def decide(self, unit, pick, items):
        plan = self.newest(unit)
        submission.take(plan, by=self.board, at=self.at)
        due, because = date(2024, 6, 1), {Line.ACTIVITIES: "Thiếu"}
        if pick % 3 == 0:
            review.accept_sub_plan(plan, by=self.board, at=self.at)
        elif pick % 3 == 1:
            review.return_sub_plan(plan, by=self.board, at=self.at, due=due, reasons=because)
        else:
            review.return_as_void(
                plan, by=self.board, at=self.at, due=due, reasons=because, void_reason="Nhầm"
            )

    # --- an activity under way ---------------------------------------------------------------

    def add(self, unit, pick, items):
        row = self.row(items)
        del row.fields["lead_unit"]
        activity_moves.add_activity(
            self.campaign, self.units[unit], row, by=self.heads[unit], at=self.at
        )

    def move(self, unit, pick, items):
        activity, by = self.activity(unit, pick), self.heads[unit]
        if activity is None:
            return
        done = activity_moves.Outcome(on=date(2024, 3, 1), result="Xong")
        acts = (
            lambda: activity_moves.begin_activity(activity, by=by, at=self.at),
            lambda: activity_moves.complete_activity(activity, done, by=by, at=self.at),
            lambda: activity_moves.cancel_activity(activity, by=by, at=self.at, reason="Mưa"),
            lambda: activity_moves.restore_activity(activity, by=by, at=self.at, reason="Nắng"),
            lambda: joint_activity.hand_back_lead(activity, by=by, at=self.at),
            lambda: joint_activity.unfold_activity(activity, by=by, at=self.at),
        )
        acts[pick % len(acts)]()

    def edit(self, unit, pick, items):
        if activity := self.activity(unit, pick):
            row = self.row(items)
            row.fields["lead_unit"] = activity.lead_unit
            activity_moves.edit_activity(
                activity, row, by=self.heads[unit], at=self.at, revision=activity.revision
            )

    def fold(self, unit, pick, items):
        own, other = self.activity(unit, pick), self.activity(pick % len(self.units), pick + 1)
        if own and other:
            joint_activity.fold_activity(own, other, by=self.heads[unit], at=self.at)

    # --- what no page does, but somebody with the rows at hand might --------------------------

    def delete(self, unit, pick, items):
        if activity := self.activity(unit, pick):
            activity.delete()

    def reparent(self, unit, pick, items):
        PlanItem.objects.filter(pk=self.items[0].pk).update(
            parent=self.headings[pick % len(self.headings)]
        )


ACTS = (
    "draft", "draft", "send", "send", "withdraw", "decide", "decide", "add", "move", "move",
    "move", "edit", "fold", "delete", "reparent",
)  # fmt: skip


@pytest.fixture
def world():
    made = World()
    for unit in UNITS:
        made.send(unit, 0, [])
    return made


def slowly():
    """The same numbers, one row after another, by the QuerySets that the lists use."""
    by_unit, by_item = Counter(), Counter()
    registered = PlannedActivity.objects.filter(sub_plan__in=SubPlan.objects.counted())
    for row in registered.select_related("sub_plan"):
        _count(row, row.sub_plan.unit_id, "registered", by_unit, by_item)
    for row in Activity.objects.all():
        if row.same_as_id:
            by_unit[row.lead_unit_id, "folded"] += 1
            continue
        _count(row, row.lead_unit_id, row.status, by_unit, by_item)
        if row.is_overdue(at=datetime.combine(TODAY, datetime.min.time(), UTC)):
            by_unit[row.lead_unit_id, "overdue"] += 1
    return by_unit, by_item


def _count(row, unit, what, by_unit, by_item):
    by_unit[unit, what] += 1
    under = set()
    for item in row.plan_items.all():
        under |= {item.pk, item.parent_id} - {None}
    for item in under:
        by_item[item, unit, what] += 1


def told(counts, names):
    return {name: getattr(counts, name) for name in names if getattr(counts, name)}


def of(counter, *key):
    return {row[-1]: number for row, number in counter.items() if row[:-1] == key}


def check(world):
    assert tally.tally_faults() == []
    by_unit, by_item = slowly()
    names = (*tallied.UNIT_COUNTS, "overdue")
    found = tally.by_unit(world.campaign, on=TODAY)
    for unit in world.units:
        assert told(found.get(unit.pk, Counts()), names) == of(by_unit, unit.pk)
        items = tally.by_item_of_unit(world.campaign, unit)
        for item in [*world.headings, *world.items]:
            seen = told(items.get(item.pk, Counts()), tallied.STATES)
            assert seen == of(by_item, item.pk, unit.pk)


def test_whatever_happens_the_tallies_are_what_the_lists_count(world):
    random, happened = Random(2), Counter()
    for number in range(100):
        name = random.choice(ACTS)
        items = random.sample(ITEMS, random.randint(1, 3))
        happened[name] += world.act(name, random.choice(UNITS), random.randrange(12), items)
        if number % 5 == 0:
            check(world)
    check(world)
    # Each act was refused at times, none always.
    assert [name for name in set(ACTS) if not happened[name]] == []


def test_blocks_rows_of_the_plan_and_the_province_add_up(world):
    campaign, (own, other, apart) = world.campaign, world.units
    for unit, traits in ((own, {"done": True}), (other, {}), (apart, {"cancelled": True})):
        ActivityFactory(lead_unit=unit, plan_items=world.items[:2], **traits)
    blocks = tally.by_block(campaign, on=TODAY)
    place = dict(BlockMembership.objects.values_list("unit", "block"))

    assert blocks[place[own.pk]] == Counts(registered=1, planned=1, done=1, units=1)
    assert blocks[place[other.pk]] == Counts(registered=1, planned=2, overdue=1, units=1)
    assert blocks[None] == Counts(registered=1, planned=1, cancelled=1, units=1)
    assert sum(blocks.values(), Counts()) == tally.of_all(campaign, on=TODAY)
    assert (blocks[None].alive, blocks[None].total) == (1, 2)

    heading = world.headings[0].pk
    assert tally.by_item(campaign, Kind.SOLUTION_HEADING) == {
        heading: Counts(registered=2, planned=3, done=1, cancelled=1, units=2)
    }
    cells = tally.by_item_and_block(campaign, world.headings)
    assert cells[heading, place[own.pk]] == Counts(registered=1, planned=1, done=1, units=1)
    assert cells[heading, None] == Counts(cancelled=1)
    assert tally.by_unit_of_item(world.headings[0])[apart.pk] == Counts(cancelled=1)
    assert tally.overdue_by_item(campaign, Kind.SOLUTION_HEADING, on=TODAY) == {heading: 1}
    assert tally.overdue_by_item(campaign, Kind.SOLUTION_BULLET, on=TODAY) == {
        item.pk: 1 for item in world.items[:2]
    }


def test_what_is_loaded_in_bulk_is_counted(world):
    fresh = [
        ActivityFactory.build(
            campaign=world.campaign, lead_unit=unit, registered_by=unit, added_by=world.board
        )
        for unit in world.units
        for _ in range(3)
    ]
    Activity.objects.bulk_create(fresh)
    through = Activity.plan_items.through
    through.objects.bulk_create(
        through(activity_id=row.pk, planitem_id=world.items[3].pk) for row in fresh
    )
    Activity.objects.filter(pk__in=[row.pk for row in fresh[:4]]).update(status="running")

    check(world)


def test_a_tally_somebody_wrote_is_found_and_counted_anew(world):
    UnitTally.objects.filter(unit=world.units[0]).update(done=7)
    ItemTally.objects.filter(unit=world.units[1]).delete()

    assert len(tally.tally_faults()) == 2
    with pytest.raises(CommandError):
        call_command("doctor", stdout=(out := StringIO()))
    assert "Bảng đếm: campaign_unittally: 2 dòng" in out.getvalue()

    call_command("recount_tallies", stdout=(out := StringIO()))
    assert "campaign_itemtally" in out.getvalue()
    check(world)
    call_command("recount_tallies", stdout=(out := StringIO()))
    assert out.getvalue() == "Bảng đếm hoạt động: đúng.\n"


def test_a_migration_may_take_the_triggers_away_and_put_them_back(world):
    """As one must that lets SQLite remake a table; here it also tells of one that forgot to."""
    assert placed() == {name for name, *_ in tallied.triggers()}
    with connection.cursor() as cursor:
        for statement in tallied.removal(connection.vendor):
            cursor.execute(statement)
        assert placed() == set()
        for statement in tallied.statements(connection.vendor):
            cursor.execute(statement)
    world.act("add", 0, 0, [0])
    check(world)


def placed():
    where = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> %s"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgname <> %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(where, [tallied.PROCEDURE])
        return {name for (name,) in cursor.fetchall() if "_tally_" in name}


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="on SQLite one writes at a time")
def test_of_two_who_write_for_a_unit_at_once_both_are_counted(real_commits):
    world, begun = World(), Event()

    def second():
        begun.wait()
        world.act("add", 0, 0, [0])
        connection.close()

    other = Thread(target=second)
    other.start()
    with transaction.atomic():
        world.act("add", 0, 0, [0])
        begun.set()
        other.join(timeout=0.5)
        assert other.is_alive()  # it waits for this transaction
    other.join()

    assert tally.by_unit(world.campaign, on=TODAY)[world.units[0].pk].planned == 2
    check(world)

"""A province of 300 units over three months, with every case in it that a sum can get wrong.

The rows of `reports.demo.scale` are the mass; on top of them, by the place of a unit in protocol
order, stand the cases: newer versions before and after the cut-off, void and withdrawn ones,
drafts, exempt and encouraged units, extensions, joint activities across blocks, folded and
contested ones, places sponsored twice, works, corrections of other months. Written in bulk: what
actions would keep in the ledger (`met_at`) is computed once at the end.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from uuid import NAMESPACE_URL, uuid5

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from campaign.models import (
    Activity,
    Adjustment,
    Campaign,
    Exemplar,
    Extension,
    Figure,
    Indicator,
    Obligation,
    Participation,
    PlannedActivity,
    ProgressReport,
    RegisteredTarget,
    ReportingPeriod,
    ReportSection,
    SubPlan,
)
from lib import clock
from reports.demo.scale import grow
from reports.demo.scale_reports import report_much
from tests.factories import UserFactory
from units.models import Block, BlockMembership, Unit

UNITS, ACTIVITIES, MONTHS, FIGURES = 300, 600, 3, 8
NOW = datetime(2024, 5, 30, 9, 0, tzinfo=clock.LOCAL)
CUT_OFF = datetime(2024, 5, 17, 9, 30, tzinfo=clock.LOCAL)
BEFORE, AFTER = CUT_OFF - timedelta(hours=3), CUT_OFF + timedelta(hours=3)
Status = ProgressReport.Status
Answer = Figure.Answer


@dataclass
class World:
    campaign: Campaign
    author: User
    units: list[Unit]
    march: ReportingPeriod
    april: ReportingPeriod
    may: ReportingPeriod
    sums: list[Indicator]
    joint: Indicator
    places: Indicator
    works: Indicator
    block: Block

    def every(self, step, first=0):
        """Each step-th unit in protocol order."""
        return self.units[first::step]

    def report(self, unit, period):
        """The first version, where the unit has sent one."""
        return self.reports.get((unit.pk, period.pk))

    def read_reports(self):
        rows = ProgressReport.objects.filter(version=1)
        self.reports = {(row.unit_id, row.period_id): row for row in rows}


def build() -> World:
    call_command("load_units", stdout=StringIO())
    call_command("load_campaign", "2024", stdout=StringIO())
    campaign = Campaign.objects.get(code="2024")
    author = UserFactory(is_demonstration=True)
    grow(campaign, units=UNITS, activities=ACTIVITIES, now=NOW)
    report_much(campaign, periods=MONTHS, figures=FIGURES, now=NOW)
    march, april, may = ReportingPeriod.objects.filter(kind="month", status="open").in_order()
    by_kind = {kind: list(_of(campaign, kind)) for kind in Indicator.Aggregate}
    # Money first, so that hundredths are among what is promised, sent again and corrected.
    by_kind["sum"].sort(key=lambda row: -row.decimals)
    world = World(
        campaign, author, list(Unit.objects.in_force(on=campaign.issued_on).in_protocol_order()),
        march, april, may, sums=by_kind["sum"], joint=by_kind["joint"][0],
        places=by_kind["distinct"][0], works=by_kind["works"][0], block=Block.objects.last(),
    )  # fmt: skip
    world.read_reports()
    for part in (_levels, _versions, _plans, _periods, _joint, _sponsored, _works, _corrections,
                 _words, _retired, _ledger):  # fmt: skip
        part(world)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the scripts are one statement each: let it be planned
    return world


def _of(campaign, kind):
    return Indicator.objects.filter(campaign=campaign, aggregate=kind, only_units=None).in_order()


# --- who owes, until when ------------------------------------------------------------------------


def _levels(world):
    owed = Obligation.objects.filter(campaign=world.campaign)
    exempt, encouraged = world.every(11, 3), world.every(10, 4)
    owed.filter(unit__in=exempt).update(level="exempt", level_reason="Mới thành lập")
    owed.filter(unit__in=encouraged).update(level="encouraged", level_reason="")
    BlockMembership.objects.filter(unit__in=world.every(29, 7)).delete()
    for place, unit in enumerate(world.every(8, 5)):
        for row in owed.filter(unit=unit).exclude(period=world.march):
            _extend(world, row, days=4, at=BEFORE)
            if place % 2:
                _extend(world, row, days=20, at=AFTER)


def _extend(world, row, *, days, at):
    row.extended_to = row.due_date + timedelta(days=days)
    row.closes_at = clock.closes_at(row.extended_to)
    row.save()
    Extension.objects.create(
        obligation=row, due_date=row.extended_to, reason="Thay đổi lãnh đạo",
        document_number="21/BTĐ", by=world.author, at=at,
    )  # fmt: skip


# --- versions ------------------------------------------------------------------------------------


def _amount(indicator, number):
    """A whole number of what is counted, hundredths of what is measured in money."""
    return Decimal(number) / 10**indicator.decimals


def _version(world, model, series, number, sent_at=None, **more):
    """One version of the thing `series` names; without a moment it is still a draft."""
    code = uuid5(NAMESPACE_URL, f"{model.__name__}/{series}/{number}").hex[:10]
    sent = {
        "status": "submitted", "submitted_at": sent_at, "submitted_by": world.author,
        "receipt_code": f"G-{code}",
    }  # fmt: skip
    return model.objects.create(
        **{f"{name}_id": pk for name, pk in series.items()}, version=number, created_at=BEFORE, created_by=world.author,
        document_number=f"{number}/BS-{code[:4]}", document_date=date(2024, 5, 2),
        **(sent if sent_at else {}), **more,
    )  # fmt: skip


def _versions(world):
    """Second versions before and after the cut-off, void ones, withdrawn ones, drafts."""
    for step, first, how in ((9, 0, "before"), (13, 1, "void"), (17, 2, "withdrawn"),
                             (15, 6, "after"), (19, 8, "draft")):  # fmt: skip
        for unit in world.every(step, first):
            for period in (world.april, world.may):
                old = world.report(unit, period)
                if old is not None and old.submitted_at < BEFORE:
                    _again(world, old, how)


def _again(world, old, how):
    if ProgressReport.objects.filter(period=old.period_id, unit=old.unit_id).count() > 1:
        return
    if how == "withdrawn":
        ProgressReport.objects.filter(pk=old.pk).update(status="withdrawn")
        return
    if how == "void":
        ProgressReport.objects.filter(pk=old.pk).update(
            status="returned", voided_at=old.submitted_at, voided_by=world.author,
            return_due_date=date(2024, 5, 20),
        )  # fmt: skip
    moments = {"before": BEFORE, "void": BEFORE, "after": AFTER, "draft": None}
    fresh = _version(world, ProgressReport, old.series(), 2, moments[how])
    Figure.objects.bulk_create(
        Figure(report=fresh, indicator=row, answer=Answer.VALUE, value=Decimal(1000 + place))
        for place, row in enumerate(world.sums[:3])
    )


def _plans(world):
    """Plans of the named agencies too, some again, some after the cut-off; what they promise."""
    known = set(SubPlan.objects.values_list("unit", flat=True))
    whole = {"campaign": world.campaign.pk}
    for place, unit in enumerate(unit for unit in world.units if unit.pk not in known):
        day = datetime(2024, 3, 18 + place % 9, 23, 30, tzinfo=clock.LOCAL)
        at = AFTER if place % 7 == 0 else day
        _version(world, SubPlan, whole | {"unit": unit.pk}, 1, at, channel="paper")
    for place, plan in enumerate(SubPlan.objects.filter(status="accepted")[::10]):
        _version(world, SubPlan, plan.series(), 2, BEFORE if place % 2 else AFTER)
    random = Random("golden/targets")
    RegisteredTarget.objects.bulk_create(
        RegisteredTarget(sub_plan=plan, indicator=row, value=_amount(row, random.randint(1, 4000)))
        for plan in SubPlan.objects.all()
        for row in (*world.sums[: plan.pk % 4], world.works)
    )


def _periods(world):
    """A quick report that asked for words only, and one that is not opened yet."""
    window = {"data_from": date(2024, 4, 20), "data_to": date(2024, 5, 10), "kind": "ad_hoc"}
    quick = ReportingPeriod.objects.create(
        campaign=world.campaign, name="chuyên đề (mẫu)", status="open", asks_figures=False,
        opens_on=date(2024, 5, 11), due_date=date(2024, 5, 14), **window,
    )  # fmt: skip
    ReportingPeriod.objects.create(
        campaign=world.campaign, name="đột xuất (mẫu)", opens_on=date(2024, 5, 11),
        due_date=date(2024, 5, 14), collects_from=date(2024, 4, 20), **window,
    )  # fmt: skip
    for place, unit in enumerate(world.every(12)):
        Obligation.objects.create(
            campaign=world.campaign, unit=unit, kind="progress_report", period=quick,
            due_date=quick.due_date, closes_at=clock.closes_at(quick.due_date),
        )  # fmt: skip
        if place % 3:
            at = datetime(2024, 5, 12 + place % 6, 8, 0, tzinfo=clock.LOCAL)
            _version(world, ProgressReport, {"period": quick.pk, "unit": unit.pk}, 1, at)


# --- activities and their figures ----------------------------------------------------------------


def _activity(world, lead, title, **more):
    return Activity(
        campaign=world.campaign, key=uuid5(NAMESPACE_URL, f"golden/{title}"), title=title,
        registered_by=lead, lead_unit=lead, added_at=BEFORE, added_by=world.author, **more,
    )  # fmt: skip


def _kept(rows):
    return Activity.objects.bulk_create(rows)


def _joint(world):
    """Programmes of three units in different blocks; one asked, one contested; some folded."""
    leads = world.every(6)
    shows = _kept(
        _activity(world, unit, f"Chương trình chung {place}") for place, unit in enumerate(leads)
    )
    for place, show in enumerate(shows):
        if place % 5 == 4:
            show.same_as = shows[place - 1]
    Activity.objects.bulk_update(shows, ["same_as"])
    states = ("confirmed", "confirmed", "asked", "contested")
    Participation.objects.bulk_create(
        Participation(
            activity=show, unit=world.units[(6 * place + 71 * (n + 1)) % len(world.units)],
            state=state, note="Không tham gia" if state == "contested" else "",
            by=world.author, at=BEFORE,
        )
        for place, show in enumerate(shows)
        for n, state in enumerate(states)
    )  # fmt: skip
    _tell(world, world.joint, shows, value=2)
    Adjustment.objects.bulk_create(
        Adjustment(
            report=report, period=world.march, indicator=world.joint, activity=show,
            difference=Decimal(1), reason="Đếm thiếu", by=world.author, at=BEFORE,
        )
        for show in shows[::4]
        if (report := world.report(show.lead_unit, world.may))
    )  # fmt: skip


def _tell(world, indicator, rows, *, value, periods=None):
    Figure.objects.bulk_create(
        Figure(report=report, indicator=indicator, activity=row, answer=Answer.VALUE, value=value)
        for row in rows
        for period in periods or (world.march, world.april, world.may)
        if (report := world.report(row.lead_unit, period))
    )


def _sponsored(world):
    """Ten posts, each sponsored by several units and in several months; three without a name."""
    rows = [
        _activity(
            world, unit, f"Đỡ đầu {place}", kind="sponsorship",
            beneficiary_key=f"don bien phong {place % 10}" if place % 12 else "",
        )
        for place, unit in enumerate(world.every(8, 1))
    ]  # fmt: skip
    kept = _kept(rows)
    _tell(world, world.places, kept[:20], value=1, periods=(world.april,))
    _tell(world, world.places, kept[10:], value=1, periods=(world.march, world.may))


def _works(world):
    """Registered and followed, registered only, dropped by a newer plan, added, done later."""
    plans = list(SubPlan.objects.filter(submitted_at__isnull=False).order_by("pk")[::4])
    works = PlannedActivity.objects.bulk_create(
        PlannedActivity(
            sub_plan=plan, key=uuid5(NAMESPACE_URL, f"golden/work/{plan.pk}/{n}"), kind="work",
            position=90 + n, title=f"Công trình {plan.pk}/{n}",
            lead_unit_id=plan.unit_id if n else None,
        )
        for plan in plans
        for n in range(2)
    )  # fmt: skip
    followed = [
        _activity(
            world, plan_work.sub_plan.unit, plan_work.title, kind="work",
            registration=plan_work, **_state(place),
        )
        for place, plan_work in enumerate(works)
        if place % 3
    ]  # fmt: skip
    for row in followed:
        row.key = row.registration.key
    added = [
        _activity(world, unit, f"Bổ sung {place}", kind="work", **_state(place + 1))
        for place, unit in enumerate(world.every(21, 2))
    ]
    kept = _kept([*followed, *added])
    folded = kept[7::13]
    for row in folded:
        row.same_as = kept[1]
    Activity.objects.bulk_update(folded, ["same_as"])
    _tell(world, world.works, [row for row in kept if row.done_on], value=1, periods=(world.may,))


def _state(place):
    return (
        {"status": "done", "done_on": date(2024, 5, 3), "result": "Đã bàn giao"},
        {"status": "running"},
        {"status": "done", "done_on": date(2024, 5, 25), "result": "Sau ngày chốt"},
        {"status": "cancelled", "status_reason": "Không còn phù hợp"},
        {"status": "planned"},
    )[place % 5]


def _corrections(world):
    """May corrects March and April, April corrects March; what May sends late counts nowhere."""
    pairs = ((world.may, world.april), (world.may, world.march), (world.april, world.march))
    Adjustment.objects.bulk_create(
        Adjustment(
            report=report, period=about, indicator=row, difference=_amount(row, place % 7 - 3),
            reason="Đếm nhầm", by=world.author, at=BEFORE,
        )
        for made, about in pairs
        for place, unit in enumerate(world.every(5, 1))
        for row in world.sums[:2]
        if place % 7 != 3 and (report := world.report(unit, made))
    )  # fmt: skip


# --- words, people -------------------------------------------------------------------------------


def _words(world):
    reports = list(ProgressReport.objects.order_by("pk")[::6])
    ReportSection.objects.bulk_create(
        ReportSection(report=report, code=code, answer=answer, text="Đã làm." * (answer == "text"))
        for place, report in enumerate(reports)
        for code, answer in zip(
            ("I", "II.1", "III.2", "V"),
            [("text", "nothing", "unanswered")[(place + n) % 3] for n in range(4)],
            strict=True,
        )
    )
    Exemplar.objects.bulk_create(
        Exemplar(
            report=report, kind=("individual", "collective")[place % 2],
            name=f"Người mẫu {report.pk} (mẫu)", achievement="Gương mẫu",
        )
        for place, report in enumerate(reports[::2])
    )  # fmt: skip


def _retired(world):
    """One indicator that is asked no more has figures, another none; one is asked of a few."""
    busy, idle, few = world.sums[3], world.sums[-1], world.sums[4]
    Indicator.objects.filter(pk__in=[busy.pk, idle.pk]).update(is_active=False)
    few.only_units.set(world.every(40, 3))


def _ledger(world):
    """`met_at` as the actions keep it: the first version that counts."""
    first = defaultdict(list)
    for period, unit, at in ProgressReport.objects.sent().values_list(
        "period", "unit", "submitted_at"
    ):
        first[period, unit].append(at)
    for unit, at in SubPlan.objects.sent().values_list("unit", "submitted_at"):
        first[None, unit].append(at)
    owed = list(Obligation.objects.filter(campaign=world.campaign))
    for row in owed:
        row.met_at = min(first.get((row.period_id, row.unit_id), [None]))
    Obligation.objects.bulk_update(owed, ["met_at"], batch_size=300)

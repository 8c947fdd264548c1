"""Reporting periods: Ban Thi đua sets them, opens, locks and reopens them; the clock may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from accounts.permissions import require
from accounts.workflow import Refused
from campaign.models import Campaign, Obligation, ReportingPeriod
from campaign.permissions import may_set_periods
from lib import clock
from lib.vietnamese import short_date
from lib.windows import Window, still_to_ask
from units.models import Unit


@dataclass(frozen=True)
class PeriodData:
    """What the board types about a period."""

    kind: str
    name: str
    data_from: date
    data_to: date
    opens_on: date
    due_date: date
    asks_figures: bool
    basis: str

    def fields(self) -> dict[str, object]:
        return vars(self).copy()


@transaction.atomic
def plan_period(
    campaign: Campaign, data: PeriodData, units: QuerySet[Unit], *, by: User, at: datetime
) -> ReportingPeriod:
    require(may_set_periods(by))
    try:
        with transaction.atomic():
            period = ReportingPeriod.objects.create(campaign=campaign, **data.fields())
    except IntegrityError:
        raise Refused(f"Đợt thi đua đã có kỳ báo cáo tên “{data.name}”.") from None
    period.owing_units.set(units)
    AuditEvent.objects.record(
        period,
        "planned",
        by=by,
        at=at,
        label="Đặt kỳ báo cáo",
        note=f"Hạn gửi {short_date(data.due_date)}",
    )
    return period


@transaction.atomic
def change_period(period: ReportingPeriod, data: PeriodData, *, by: User, at: datetime) -> None:
    """Everything may change until the period opens; then units have begun to answer it."""
    require(may_set_periods(by))
    locked = _planned(period)
    for name, value in data.fields().items():
        setattr(locked, name, value)
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise Refused(f"Đợt thi đua đã có kỳ báo cáo tên “{data.name}”.") from None
    AuditEvent.objects.record(locked, "changed", by=by, at=at, label="Sửa kỳ báo cáo")


@transaction.atomic
def drop_period(period: ReportingPeriod, *, by: User, at: datetime) -> None:
    require(may_set_periods(by))
    locked = _planned(period)
    AuditEvent.objects.record(
        locked, "dropped", by=by, at=at, label="Bỏ kỳ báo cáo", note=locked.name
    )
    locked.delete()


def _planned(period: ReportingPeriod) -> ReportingPeriod:
    locked = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if locked.status != ReportingPeriod.Status.PLANNED:
        raise Refused("Kỳ báo cáo đã mở nên không sửa, không bỏ được nữa.")
    return locked


@transaction.atomic
def add_owing_units(
    period: ReportingPeriod, units: Iterable[Unit], *, by: User, at: datetime
) -> int:
    """More units owe the report, before or after it opened: how many are new."""
    require(may_set_periods(by))
    locked = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    known = set(locked.owing_units.values_list("pk", flat=True))
    fresh = [unit for unit in units if unit.pk not in known]
    locked.owing_units.add(*fresh)
    if locked.status != ReportingPeriod.Status.PLANNED:
        _owe(locked)
    if fresh:
        AuditEvent.objects.record(
            locked, "owing_added", by=by, at=at, label="Thêm đơn vị phải báo cáo",
            note="; ".join(str(unit) for unit in fresh),
        )  # fmt: skip
    return len(fresh)


@transaction.atomic
def remove_owing_units(
    period: ReportingPeriod, units: Iterable[Unit], *, by: User, at: datetime
) -> int:
    """Strike units off the list before it opens; afterwards a unit is exempted with a reason."""
    require(may_set_periods(by))
    locked = _planned(period)
    gone = list(locked.owing_units.filter(pk__in=[unit.pk for unit in units]))
    locked.owing_units.remove(*gone)
    if gone:
        AuditEvent.objects.record(
            locked, "owing_removed", by=by, at=at, label="Bớt đơn vị phải báo cáo",
            note="; ".join(str(unit) for unit in gone),
        )  # fmt: skip
    return len(gone)


@transaction.atomic
def open_period(period: ReportingPeriod, *, by: User, at: datetime) -> None:
    require(may_set_periods(by))
    _open(period, by=by, at=at)


@transaction.atomic
def open_period_by_clock(period: ReportingPeriod, *, at: datetime) -> None:
    """The day has come; nobody presses. Refused where somebody was quicker."""
    _open(period, by=None, at=at)


def _open(period: ReportingPeriod, *, by: User | None, at: datetime) -> None:
    # One period opens at a time in a campaign: what each asks for depends on the others.
    Campaign.objects.select_for_update().get(pk=period.campaign_id)
    period.refresh_from_db()
    if not period.owing_units.exists():
        raise Refused("Chưa có đơn vị nào phải báo cáo kỳ này; hãy thêm đơn vị rồi mở.")
    period.open_for_reports(by=by, at=at, collects_from=_collects_from(period))
    _owe(period)


def _collects_from(period: ReportingPeriod) -> date | None:
    if not period.asks_figures:
        return None
    begun = ReportingPeriod.objects.begun().filter(campaign=period.campaign_id)
    asked = [
        Window(other.collects_from, other.data_to)
        for other in begun.filter(collects_from__isnull=False)
        if other.collects_from is not None
    ]
    window = Window(period.data_from, period.data_to)
    return still_to_ask(window, asked, since=period.campaign.starts_on)


def _owe(period: ReportingPeriod) -> None:
    """An obligation for each unit on the list that has none; the rest of the ledger is left."""
    owing = Obligation.objects.filter(period=period)
    units = period.owing_units.exclude(pk__in=owing.values("unit"))
    Obligation.objects.bulk_create(
        Obligation(
            campaign=period.campaign, unit=unit, kind=Obligation.Kind.PROGRESS_REPORT,
            period=period, due_date=period.due_date, closes_at=clock.closes_at(period.due_date),
        )
        for unit in units.in_protocol_order()
    )  # fmt: skip


@transaction.atomic
def lock_period(period: ReportingPeriod, *, by: User, at: datetime) -> None:
    require(may_set_periods(by))
    period.lock(by=by, at=at)


@transaction.atomic
def reopen_period(period: ReportingPeriod, *, by: User, at: datetime, reason: str) -> None:
    require(may_set_periods(by))
    period.reopen(by=by, at=at, reason=reason)

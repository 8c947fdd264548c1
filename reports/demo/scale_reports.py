"""Reports and figures by the hundred thousand, to try lists and totals at the size of a province.

As in `scale`: rows in bulk, consistent with each other, behind which nobody acted.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.models import User
from campaign.models import (
    Activity,
    Campaign,
    Figure,
    Indicator,
    Obligation,
    Participation,
    ProgressReport,
    ReportingPeriod,
)
from lib import clock
from lib.windows import month
from reports.demo.bulk import load
from reports.demo.scenario import moment
from units.models import Unit

BATCH = 5000
MONTHS = 12
SENT, LATE = 0.9, 0.15
NO_ANSWER, NOT_APPLICABLE = 0.04, 0.12


@transaction.atomic
def report_much(
    campaign: Campaign, *, periods: int, figures: int, now: datetime
) -> tuple[int, int]:
    """Months up to `now` with a report of most units: how many reports and figures are new."""
    author = User.objects.filter(is_demonstration=True).order_by("pk").first()
    units = list(Unit.objects.in_force(on=campaign.issued_on).in_protocol_order())
    if author is None or not units:
        return 0, 0
    indicators = [
        row
        for row in Indicator.objects.filter(campaign=campaign, only_units=None).in_use().in_order()
        if not row.is_computed
    ][:figures]  # fmt: skip
    events = _joint_events(campaign, units, author, now)
    new_reports = new_figures = 0
    for period in _months(campaign, periods, clock.local_day(now)):
        reports = _reports(period, units, author, now)
        new_reports += len(reports)
        new_figures += _fill(reports, indicators, events)
    return new_reports, new_figures


def _months(campaign: Campaign, count: int, today: date) -> Iterator[ReportingPeriod]:
    """The last whole months of data, oldest first; one that is there already stays as it is."""
    last = today.year * MONTHS + today.month - (1 if today.day > 14 else 2)  # noqa: PLR2004
    for index in range(last - count + 1, last + 1):
        year, number = divmod(index, MONTHS)
        window = month(year, number + 1)
        name = f"tháng {number + 1}/{year}"
        period, _ = ReportingPeriod.objects.get_or_create(
            campaign=campaign, name=name,
            defaults={
                "kind": ReportingPeriod.Kind.MONTH,
                "status": ReportingPeriod.Status.OPEN,
                "data_from": window.first,
                "data_to": window.last,
                "opens_on": window.last - timedelta(days=4),
                "due_date": window.last + timedelta(days=3),
                "collects_from": window.first,
                "basis": "Dữ liệu mẫu",
            },
        )  # fmt: skip
        yield period


def _joint_events(
    campaign: Campaign, units: list[Unit], author: User, now: datetime
) -> dict[int, Activity]:
    """One activity of each unit, which the next unit of the list has confirmed."""
    known = {
        row.lead_unit_id: row
        for row in Activity.objects.filter(campaign=campaign, title__startswith="Hoạt động mẫu")
    }
    fresh = [
        Activity(
            campaign=campaign, key=uuid5(NAMESPACE_URL, f"scale/{unit.code}"),
            title=f"Hoạt động mẫu của {unit.short_name}", registered_by=unit, lead_unit=unit,
            added_at=moment(campaign.starts_on, 8, 0), added_by=author,
        )
        for unit in units
        if unit.pk not in known
    ]  # fmt: skip
    # Each of another unit, whose activities the database then counts anew: some at a time.
    Activity.objects.bulk_create(fresh, batch_size=BATCH // 10)
    after = dict(zip((unit.pk for unit in units), units[1:] + units[:1], strict=True))
    Participation.objects.bulk_create(
        [
            Participation(
                activity=row, unit=after[row.lead_unit_id], by=author, at=now,
                state=Participation.State.CONFIRMED,
            )
            for row in fresh
            if after[row.lead_unit_id].pk != row.lead_unit_id
        ],
        batch_size=BATCH,
    )  # fmt: skip
    return known | {row.lead_unit_id: row for row in fresh}


def _reports(
    period: ReportingPeriod, units: list[Unit], author: User, now: datetime
) -> list[ProgressReport]:
    """Every unit owes one; nine in ten have sent theirs, some late, nobody after `now`."""
    random = Random(f"scale/{period.name}")  # noqa: S311 - repeatable, nothing secret
    owing = set(Obligation.objects.filter(period=period).values_list("unit", flat=True))
    fresh, owed = [], []
    for unit in units:
        if unit.pk in owing:
            continue
        days = random.randint(4, 9) if random.random() < LATE else random.randint(0, 3)
        sent_at = moment(period.data_to + timedelta(days=days), random.randint(8, 16), 30)
        is_sent = random.random() < SENT and sent_at <= now
        owed.append(
            Obligation(
                campaign_id=period.campaign_id, unit=unit, period=period,
                kind=Obligation.Kind.PROGRESS_REPORT, due_date=period.due_date,
                closes_at=clock.closes_at(period.due_date), met_at=sent_at if is_sent else None,
            )
        )  # fmt: skip
        if is_sent:
            fresh.append(_report(period, unit, author, sent_at))
    through = ReportingPeriod.owing_units.through
    through.objects.bulk_create(
        [through(reportingperiod_id=period.pk, unit_id=row.unit_id) for row in owed],
        batch_size=BATCH, ignore_conflicts=True,
    )  # fmt: skip
    Obligation.objects.bulk_create(owed, batch_size=BATCH)
    return ProgressReport.objects.bulk_create(fresh, batch_size=BATCH)


def _report(period: ReportingPeriod, unit: Unit, author: User, sent_at: datetime) -> ProgressReport:
    code = uuid5(NAMESPACE_URL, f"{unit.code}/{period.name}").hex[:10].upper()
    return ProgressReport(
        period=period, unit=unit, status=ProgressReport.Status.ACCEPTED,
        created_at=sent_at, created_by=author, submitted_at=sent_at, submitted_by=author,
        receipt_code=f"{sent_at.year}-{code}", decided_at=sent_at, decided_by=author,
        document_number=f"{unit.pk}/BC-ĐVM", document_date=clock.local_day(sent_at),
        signer_name="Người ký (mẫu)",
    )  # fmt: skip


FIGURE = ("report_id", "indicator_id", "activity_id", "answer", "value", "note")


def _fill(
    reports: list[ProgressReport], indicators: list[Indicator], events: dict[int, Activity]
) -> int:
    """A million of them are too many to be made as objects."""
    return load(Figure, FIGURE, _figures(reports, indicators, events))


def _figures(
    reports: Iterable[ProgressReport], indicators: list[Indicator], events: dict[int, Activity]
) -> Iterator[tuple[Any, ...]]:
    """An own figure of each indicator; of joint ones also that of the unit's activity."""
    for report in reports:
        random = Random(f"scale/{report.receipt_code}")  # noqa: S311 - repeatable, nothing secret
        for indicator in indicators:
            answer, value = _answer(random.random(), random.randint(0, 40))
            yield report.pk, indicator.pk, None, answer, value, ""
            if indicator.aggregate == Indicator.Aggregate.JOINT and random.random() < LATE:
                event = events[report.unit_id].pk
                yield report.pk, indicator.pk, event, Figure.Answer.VALUE.value, 1, ""


def _answer(chance: float, value: int) -> tuple[str, int | None]:
    if chance < NO_ANSWER:
        return Figure.Answer.UNANSWERED.value, None
    if chance < NOT_APPLICABLE:
        return Figure.Answer.NOT_APPLICABLE.value, None
    return Figure.Answer.VALUE.value, value

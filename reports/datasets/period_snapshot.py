"""What a reporting period adds to the frozen figures: Phụ lục I to IV and the units' own words.

Only reports received by the cut-off count, each in its newest version of that time; the words are
those of the reports of the period itself, to the letter.
"""

from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.catalogue import numbered
from campaign.datasets.totals import EMPTY, Totals, totals
from campaign.datasets.works import works_of
from campaign.models import (
    Exemplar,
    Obligation,
    ProgressReport,
    ReportingPeriod,
    ReportSection,
    SubPlan,
)
from lib import clock
from reports.datasets.commended import commended
from reports.datasets.scope import PROVINCE, Scope
from reports.datasets.sending import SOURCE_FIELDS, Owed, as_they_stood, source
from reports.datasets.unit_figures import unit_figures
from reports.kinds import Level
from units.models import Unit

Frozen = dict[str, Any]


def frozen_period(period: ReportingPeriod, as_of: datetime, scope: Scope = PROVINCE) -> Frozen:
    """`period` may be a window of its own that no unit reports of as such (`scope.window_of`)."""
    seen = totals(period.campaign, period, by=as_of)
    return {
        "period": _period(period),
        "indicators": _indicators(seen, scope),
        "unit_figures": unit_figures(seen, scope),
        "works": _works(period, as_of, scope),
        "exemplars": _exemplars(period, as_of, scope),
        "commended": commended(period.campaign, as_of, scope),
        **_words(period, as_of, scope),
        "sending": _sending(period, as_of, scope),
        "afterwards": _afterwards(period, as_of, scope),
    }


def _period(period: ReportingPeriod) -> Frozen:
    return {
        "name": period.name,
        "kind": period.kind,
        "data_from": period.data_from.isoformat(),
        "data_to": period.data_to.isoformat(),
        "due": period.due_date.isoformat(),
    }


def _counted(period: ReportingPeriod, as_of: datetime) -> Any:
    """Every report that counts of the periods up to this one."""
    reports = ProgressReport.objects.filter(period__campaign=period.campaign_id)
    return reports.counted(by=as_of).filter(period__data_to__lte=period.data_to)


# --- Phụ lục I -----------------------------------------------------------------------------------


def _indicators(seen: Totals, scope: Scope) -> list[Frozen]:
    rows, line = [], scope.line(seen)
    for number, indicator in numbered(scope.indicators(seen)):
        cell = line.get(indicator.pk, EMPTY)
        amount, answers = cell.amount, cell.answers
        rows.append(
            {
                "number": number,
                "code": indicator.code,
                "name": indicator.name,
                "measure": indicator.measure,
                "decimals": indicator.decimals,
                "registered": _text(amount.registered),
                "in_period": _text(amount.in_period),
                "cumulative": _text(amount.cumulative),
                "brought": _text(amount.brought),
                "taken": _text(amount.taken),
                "answered": answers.answered,
                "not_applicable": answers.not_applicable,
                "unanswered": answers.unanswered,
                "not_sent": answers.not_sent,
            }
        )
    return rows


def _text(value: Decimal | None) -> str:
    """One spelling of a value, whatever a database makes of its zeros."""
    return "" if value is None else str(round(value, 2))


# --- Phụ lục II and III --------------------------------------------------------------------------


def _works(period: ReportingPeriod, as_of: datetime, scope: Scope) -> list[Frozen]:
    """Those a unit of the scope leads; a row of the plan has none of its own."""
    if scope.level is Level.ITEM:
        return []
    codes = None
    if scope.units is not None:
        codes = set(Unit.objects.filter(pk__in=scope.units).values_list("code", flat=True))
    works = works_of(period.campaign, by=as_of)
    return [_work(work) for work in works if codes is None or work.lead_code in codes]


def _work(work: Any) -> Frozen:
    return {
        "title": work.title,
        "lead": work.lead,
        "participants": list(work.participants),
        "place": work.place,
        "ends_on": _iso(work.ends_on),
        "state": work.state,
        "done_on": _iso(work.done_on),
        "result": work.result,
        "is_registered": work.is_registered,
    }


def _exemplars(period: ReportingPeriod, as_of: datetime, scope: Scope) -> list[Frozen]:
    """Those named by the reports of the window."""
    counted = scope.of_units(_counted(period, as_of))
    within = counted.filter(period__data_to__gte=period.data_from)
    rows = Exemplar.objects.filter(report__in=within.values("pk"))
    return [
        {
            "unit": row.report.unit.name,
            "period": row.report.period.name,
            "kind": row.kind,
            "name": row.name,
            "position": row.position,
            "achievement": row.achievement,
        }
        for row in rows.select_related("report__unit", "report__period").order_by(
            "kind", "report__unit__sort_order", "report__period__data_to", "pk"
        )
    ]


# --- I to V: what units say ----------------------------------------------------------------------


def _telling(period: ReportingPeriod, as_of: datetime, scope: Scope) -> Any:
    """The reports whose words are told: those of the period, of a wider window each unit's
    newest, since it carries on what those before it said."""
    counted = scope.of_units(_counted(period, as_of))
    if period.pk:
        return counted.filter(period=period)
    inside = counted.filter(period__data_to__gte=period.data_from)
    oldest_first = inside.order_by("period__data_to", "period__data_from", "pk")
    newest = dict(oldest_first.values_list("unit", "pk"))
    return counted.filter(pk__in=newest.values())


def _words(period: ReportingPeriod, as_of: datetime, scope: Scope) -> Frozen:
    """By section: each unit's text with its name; and how many had nothing to say of it."""
    own = _telling(period, as_of, scope)
    rows = ReportSection.objects.filter(report__in=own.values("pk"))
    texts: dict[str, list[Frozen]] = defaultdict(list)
    nothing: Counter[str] = Counter()
    for code, answer, text, unit in rows.order_by("report__unit__sort_order", "pk").values_list(
        "code", "answer", "text", "report__unit__name"
    ):
        if answer == ReportSection.Answer.TEXT:
            texts[code].append({"unit": unit, "text": text})
        elif answer == ReportSection.Answer.NOTHING:
            nothing[code] += 1
    return {"texts": dict(texts), "nothing": dict(nothing)}


# --- Phụ lục IV ----------------------------------------------------------------------------------


def _sending(period: ReportingPeriod, as_of: datetime, scope: Scope) -> list[Frozen]:
    """Each period up to this one that had opened by then, with how every unit stood."""
    periods = (
        ReportingPeriod.objects.filter(campaign=period.campaign_id, data_to__lte=period.data_to)
        .begun()
        .filter(opens_on__lte=clock.local_day(as_of))
    )
    known = scope.of_units(_counted(period, as_of)).only(
        *SOURCE_FIELDS, "period_id", "document_number", "version", "channel"
    )
    owing = Obligation.objects.filter(period__in=periods.values("pk"))
    stood = as_they_stood(
        scope.of_units(owing).order_by("unit__sort_order", "pk"),
        {(row.period_id, row.unit_id): row for row in known},
        as_of,
    )
    by_period: dict[int | None, list[Frozen]] = defaultdict(list)
    for row in stood:
        by_period[row.obligation.period_id].append(_sender(row, as_of))
    return [_period(one) | {"units": by_period[one.pk]} for one in periods.in_order()]


def _sender(row: Owed[ProgressReport], as_of: datetime) -> Frozen:
    return {
        "code": row.obligation.unit.code,
        "level": row.obligation.level,
        "due": row.due.isoformat(),
        "met_at": row.met_at.astimezone(clock.LOCAL).isoformat() if row.met_at else "",
        "verdict": row.verdict(as_of),
        "days_late": row.days_late,
        "number": row.sent.document_number if row.sent else "",
        "version": row.sent.version if row.sent else 0,
        **source(row.sent, as_of),
    }


def _afterwards(period: ReportingPeriod, as_of: datetime, scope: Scope) -> list[Frozen]:
    """What had come between the cut-off and the building: told, and counted nowhere."""
    late = SubPlan.objects.filter(campaign=period.campaign_id, submitted_at__gt=as_of).sent()
    plans = scope.of_units(late)
    sent = ProgressReport.objects.filter(
        period__campaign=period.campaign_id, period__data_to__lte=period.data_to,
        submitted_at__gt=as_of,
    ).sent()  # fmt: skip
    reports = scope.of_units(sent)
    came = [
        *(("Kế hoạch triển khai", row) for row in plans.select_related("unit")),
        *((f"Báo cáo {row.period}", row) for row in reports.select_related("unit", "period")),
    ]
    came.sort(key=lambda pair: (pair[1].submitted_at or as_of, pair[1].unit.sort_order, pair[0]))
    return [
        {
            "unit": row.unit.name,
            "what": what,
            "version": row.version,
            "received_at": _moment(row.submitted_at),
        }
        for what, row in came
    ]


def _moment(at: datetime | None) -> str:
    return at.astimezone(clock.LOCAL).isoformat() if at else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

"""The consolidated report as frozen values, read from a snapshot and from nothing else.

The page, the DOCX, the PDF and the workbook are made from these dataclasses, so they cannot
disagree. The late rate counts required units only; an exempt unit counts nowhere, even when it
has sent. An activity tied to several rows of the plan counts under each of them and once in the
total.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from campaign.models import Obligation, PlanItem, SubPlan
from lib import clock
from lib.vietnamese import short_date
from reports.datasets.progress import Progress, read_progress
from reports.datasets.registered import ActivityRow, Counts, ItemCount
from reports.datasets.scope import Scope, read_scope
from reports.datasets.sending import EXEMPT, LATE, ON_TIME, OVERDUE, WITHIN
from reports.datasets.snapshot import Snapshot, digest
from reports.datasets.source import Source, source_of
from reports.kinds import Kind, kind_named

Level = Obligation.Level
DIGEST_SHOWN = 12


@dataclass(frozen=True)
class UnitRow:
    """One line of “Danh sách đơn vị gửi Kế hoạch”."""

    place: int
    code: str
    name: str
    number: str
    document_date: date | None
    sent_at: datetime | None
    verdict: str
    days_late: int
    working_days_late: int
    activities: int
    level: str
    due: date
    note: str
    source: Source

    @property
    def is_owed(self) -> bool:
        return self.verdict != EXEMPT

    @property
    def is_sent(self) -> bool:
        """Sent and counted: an exempt unit is not."""
        return self.verdict in {ON_TIME, LATE}

    @property
    def is_missing(self) -> bool:
        return self.verdict in {WITHIN, OVERDUE}

    @property
    def sent_on(self) -> date | None:
        return clock.local_day(self.sent_at) if self.sent_at else None

    @property
    def verdict_text(self) -> str:
        """Đúng/trễ hạn (số ngày)."""
        return {
            ON_TIME: "Đúng hạn",
            LATE: f"Trễ {self.days_late} ngày",
            WITHIN: "Chưa gửi (còn hạn)",
            OVERDUE: "Chưa gửi",
            EXEMPT: "Miễn",
        }[self.verdict]


@dataclass(frozen=True)
class Totals:
    """Đã gửi x/y đơn vị (đúng hạn a, trễ b), chưa gửi c."""

    owed: int
    on_time: int
    late: int
    overdue: int
    exempt: int
    required: int
    required_on_time: int
    required_late: int
    activities: int

    @property
    def sent(self) -> int:
        return self.on_time + self.late

    @property
    def missing(self) -> int:
        return self.owed - self.sent

    @property
    def on_time_rate(self) -> Decimal | None:
        """Of the units that must send, how many did so in time."""
        if not self.required:
            return None
        return Decimal(self.required_on_time) / Decimal(self.required)

    @property
    def sentence(self) -> str:
        return (
            f"Đã gửi {self.sent}/{self.owed} đơn vị (đúng hạn {self.on_time}, trễ {self.late}), "
            f"chưa gửi {self.missing}"
        )


@dataclass(frozen=True)
class Group:
    """A block with its units, in protocol order."""

    code: str
    name: str
    rows: tuple[UnitRow, ...]
    totals: Totals


@dataclass(frozen=True)
class Plan:
    """What the report says of the plan it follows from."""

    code: str
    name: str
    subject: str
    document_type: str
    number: str
    issued_on: date
    issuer: str
    place: str
    receiver: str
    due_date: date


@dataclass(frozen=True)
class Consolidated:
    """Báo cáo tổng hợp: who sent its plan and, where a period was asked for, what was done."""

    plan: Plan
    as_of: datetime
    digest: str
    groups: tuple[Group, ...]
    totals: Totals
    contents: tuple[ItemCount, ...]
    solutions: tuple[ItemCount, ...]
    duties: tuple[ItemCount, ...]
    activities: tuple[ActivityRow, ...]
    kind: Kind
    scope: Scope
    progress: Progress | None = None

    @property
    def title(self) -> str:
        title = f"{self.kind.about} {self.plan.name}"
        if not self.scope.is_province:
            title = f"{title}, {self.scope.name}"
        return f"{title} ({self.progress.period.name})" if self.progress else title

    @property
    def short_digest(self) -> str:
        return self.digest[:DIGEST_SHOWN]

    @property
    def rows(self) -> list[UnitRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def late(self) -> list[UnitRow]:
        return [row for row in self.rows if row.verdict == LATE]

    @property
    def missing(self) -> list[UnitRow]:
        return [row for row in self.rows if row.is_missing]

    @property
    def to_urge(self) -> list[UnitRow]:
        """Who must send, has not, and has no time left."""
        return [row for row in self.rows if row.verdict == OVERDUE and row.level == Level.REQUIRED]

    @property
    def exempt(self) -> list[UnitRow]:
        return [row for row in self.rows if not row.is_owed]

    @property
    def uncovered(self) -> list[ItemCount]:
        return [duty for duty in self.duties if not duty.activities]

    @property
    def items(self) -> list[ItemCount]:
        """Every row of the plan that can be asked for, in the order of the plan."""
        below = [row for solution in self.solutions for row in (solution, *solution.parts)]
        return [*self.contents, *below, *self.duties]

    @property
    def covered(self) -> int:
        return len(self.duties) - len(self.uncovered)


def read(snapshot: Snapshot) -> Consolidated:
    """The report of a snapshot; the same snapshot gives the same report."""
    groups = tuple(_groups(snapshot["groups"]))
    activities = tuple(_activities(snapshot["activities"], groups))
    items = Counts(snapshot["items"], activities)
    return Consolidated(
        plan=_plan(snapshot["campaign"]),
        as_of=datetime.fromisoformat(snapshot["as_of"]),
        digest=digest(snapshot),
        groups=groups,
        totals=total_of(row for group in groups for row in group.rows),
        contents=items.of_kind(PlanItem.Kind.CONTENT_ITEM),
        solutions=items.of_kind(PlanItem.Kind.SOLUTION_HEADING),
        duties=items.of_kind(PlanItem.Kind.ASSIGNMENT_BULLET),
        activities=activities,
        kind=kind_named(snapshot.get("kind", ""), has_period=bool(snapshot.get("progress"))),
        scope=read_scope(snapshot.get("scope")),
        progress=read_progress(snapshot.get("progress")),
    )


def total_of(rows: Iterable[UnitRow]) -> Totals:
    known = list(rows)
    required = [row for row in known if row.level == Level.REQUIRED]
    return Totals(
        owed=_count(known, lambda row: row.is_owed),
        on_time=_count(known, lambda row: row.verdict == ON_TIME),
        late=_count(known, lambda row: row.verdict == LATE),
        overdue=_count(known, lambda row: row.verdict == OVERDUE),
        exempt=_count(known, lambda row: not row.is_owed),
        required=len(required),
        required_on_time=_count(required, lambda row: row.verdict == ON_TIME),
        required_late=_count(required, lambda row: row.verdict == LATE),
        activities=sum(row.activities for row in known),
    )


def _count(rows: Iterable[UnitRow], test: Callable[[UnitRow], bool]) -> int:
    return sum(1 for row in rows if test(row))


def _plan(said: Mapping[str, str]) -> Plan:
    return Plan(
        code=said["code"],
        name=said["name"],
        subject=said["subject"],
        document_type=said["document_type"],
        number=said["document_number"],
        issued_on=date.fromisoformat(said["issued_on"]),
        issuer=said["issuer"],
        place=said["place"],
        receiver=said["receiver"],
        due_date=date.fromisoformat(said["due_date"]),
    )


def _groups(said: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    place = 0
    for group in said:
        rows = []
        for unit in group["units"]:
            place += 1
            rows.append(_row(unit, place))
        yield Group(group["code"], group["name"], tuple(rows), total_of(rows))


def _row(said: Mapping[str, Any], place: int) -> UnitRow:
    return UnitRow(
        place=place,
        code=said["code"],
        name=said["name"],
        number=said["number"],
        document_date=_day(said["document_date"]),
        sent_at=datetime.fromisoformat(said["met_at"]) if said["met_at"] else None,
        verdict=said["verdict"],
        days_late=said["days_late"],
        working_days_late=said["working_days_late"],
        activities=said["activities"],
        level=said["level"],
        due=date.fromisoformat(said["due"]),
        note="; ".join(_notes(said)),
        source=source_of(said),
    )


def _notes(said: Mapping[str, Any]) -> Iterable[str]:
    """Ghi chú: what is out of the ordinary about this line."""
    if said["level"] == Level.EXEMPT:
        yield said["level_reason"]
    if said["level"] == Level.ENCOURAGED:
        yield "Khuyến khích gửi"
    if said["extended_from"]:
        yield f"Gia hạn đến {short_date(date.fromisoformat(said['due']))}"
    if said["version"] > 1:
        yield f"Số liệu theo bản lần {said['version']}"
    if said["channel"] not in {"", SubPlan.Channel.PORTAL}:
        yield f"Nhận {SubPlan.Channel(said['channel']).label.lower()}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _activities(
    said: Iterable[Mapping[str, Any]], groups: tuple[Group, ...]
) -> Iterable[ActivityRow]:
    units = {row.code: (row.name, group.code) for group in groups for row in group.rows}
    for activity in said:
        name, block = units[activity["unit"]]
        yield ActivityRow(
            unit_code=activity["unit"],
            unit=name,
            block_code=block,
            title=activity["title"],
            codes=tuple(activity["codes"]),
            lead=activity["lead"],
            participants=activity["participants"],
            place=activity["place"],
            starts_on=_day(activity["starts_on"]),
            ends_on=_day(activity["ends_on"]),
            quantity=_decimal(activity["quantity"]),
            quantity_unit=activity["quantity_unit"],
            cost=_decimal(activity["cost"]),
            cost_source=activity["cost_source"],
            product=activity["product"],
            person_responsible=activity["person_responsible"],
        )

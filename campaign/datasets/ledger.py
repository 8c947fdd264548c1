"""Tình hình gửi: who owes a sub-plan or a report, who has sent it, on time or late, and where each
stands. One set of conditions for counts and filters, so a number and its list always agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from accounts.models import User
from accounts.past import status_then
from campaign.datasets.ledger_states import (
    LATE,
    ON_TIME,
    OUTSTANDING,
    OWED,
    REQUIRED,
    SENT,
    STATES,
    State,
    overdue,
    sent_between,
)
from campaign.datasets.matter import Matter
from campaign.datasets.past import PRESENT, Past
from campaign.models import Obligation, ProgressReport, SubPlan
from campaign.models.obligation import ObligationQuerySet
from campaign.models.submission import SubmissionQuerySet
from lib import clock
from lib.vietnamese import fold
from units.datasets import place_of
from units.models import Block, Unit

# In place of a block's code: the units that are in none.
WITHOUT_BLOCK, WITHOUT_BLOCK_NAME = "khong-khoi", "Đơn vị chưa thuộc khối thi đua nào"
_STATE_BY_CODE = {state.code: state for state in STATES}
LEVEL_BY_CODE = {
    "phai-gui": Obligation.Level.REQUIRED,
    "khuyen-khich": Obligation.Level.ENCOURAGED,
    "mien": Obligation.Level.EXEMPT,
}
LEVELS = tuple((code, level.label) for code, level in LEVEL_BY_CODE.items())
BY_BLOCK = (F("block_order").asc(nulls_last=True), "unit__sort_order")


@dataclass(frozen=True)
class LedgerFilters:
    """What was asked in the address; everything empty asks for all."""

    block: str = ""
    group: str = ""
    level: str = ""
    state: str = ""
    search: str = ""
    sent_from: date | None = None
    sent_to: date | None = None


@dataclass(frozen=True)
class LedgerTotals:
    """“Đã gửi x/y (đúng hạn a, trễ b), chưa gửi c”. Exempt units are in none of them; the rates
    are of those who must send (Phải gửi), whatever the others did."""

    owed: int
    sent: int
    on_time: int
    late: int
    outstanding: int
    overdue: int
    exempt: int
    required: int
    required_on_time: int
    required_late: int

    def __add__(self, other: "LedgerTotals") -> "LedgerTotals":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return LedgerTotals(*(one + more for one, more in pairs))

    @property
    def on_time_rate(self) -> Decimal | None:
        return _share(self.required_on_time, self.required)

    @property
    def late_rate(self) -> Decimal | None:
        return _share(self.required_late, self.required)


NOTHING = LedgerTotals(*[0] * len(fields(LedgerTotals)))


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


@dataclass(frozen=True)
class LedgerRow:
    """One obligation and the version that says how it stands: the newest the reader may know."""

    obligation: Obligation
    block: Block | None
    version: SubPlan | ProgressReport | None
    size: int | None
    is_open: bool

    @property
    def unit(self) -> Unit:
        return self.obligation.unit

    @property
    def sent_on(self) -> date | None:
        """The local day of the submission that counts."""
        met_at = self.obligation.met_at
        return clock.local_day(met_at) if met_at else None

    @property
    def status(self) -> str:
        if self.version is None:
            return ""
        return "void" if self.version.is_void else self.version.status

    @property
    def status_label(self) -> str:
        if self.version is None:
            return "Chưa có"
        return "Không hợp lệ" if self.version.is_void else self.version.get_status_display()

    @property
    def note(self) -> str:
        """Only what cannot be read from the other columns."""
        parts = [self.obligation.level_reason] if self.is_open else []
        if self.version is not None:
            if self.version.version > 1:
                parts.append(f"lần {self.version.version}")
            if self.version.channel != self.version.Channel.PORTAL:
                parts.append(self.version.get_channel_display().lower())
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class LedgerGroup:
    """The rows of one block, with the figures of the whole block as filtered."""

    block: Block | None
    rows: tuple[LedgerRow, ...]
    totals: LedgerTotals | None


@dataclass(frozen=True)
class StateCount:
    state: State
    count: int


@dataclass(frozen=True)
class Ledger:
    """A part of the ledger as shown: groups for reading, `totals` before the state filter."""

    groups: tuple[LedgerGroup, ...]
    by_block: Mapping[int | None, LedgerTotals]
    totals: LedgerTotals
    states: tuple[StateCount, ...]

    def count_of(self, code: str) -> int:
        """How many rows there are of one state, or of all."""
        of_states = {found.state.code: found.count for found in self.states}
        return of_states.get(code, self.totals.owed + self.totals.exempt)

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def totals_of(
    obligations: ObligationQuerySet, *, at: datetime, past: Past = PRESENT
) -> LedgerTotals:
    """The figures of any set of obligations, in one query."""
    return LedgerTotals(**past.standing(obligations.order_by()).aggregate(**counts(at)))


def counts(at: datetime) -> dict[str, Count]:
    """The aggregates that make `LedgerTotals`, in the order of its fields."""
    conditions = {
        "owed": OWED,
        "sent": SENT,
        "on_time": ON_TIME,
        "late": LATE,
        "outstanding": OUTSTANDING,
        "overdue": overdue(at),
        "exempt": ~OWED,
        "required": REQUIRED,
        "required_on_time": REQUIRED & ON_TIME,
        "required_late": REQUIRED & LATE,
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def counts_of(
    obligations: ObligationQuerySet, by: str, *, at: datetime, past: Past = PRESENT
) -> Mapping[int | None, LedgerTotals]:
    """The figures of a set of obligations for each value of one of its fields, in one query."""
    rows = past.standing(obligations.order_by()).values_list(F(by)).annotate(**counts(at))
    return {value: LedgerTotals(*figures) for value, *figures in rows}


def obligations_of(matter: Matter, past: Past = PRESENT) -> ObligationQuerySet:
    """What is owed, each row with its block of the year and the status of the newest version
    sent. For counting across units, whoever reads."""
    versions = sent_by(matter.bare_versions(), past)
    sent = versions.filter(unit=OuterRef("unit")).order_by("-version")
    return past.standing(matter.obligations()).annotate(
        place=place_of("unit", matter.campaign.year),
        block_id=F("place__block"),
        block_order=F("place__block__sort_order"),
        latest_id=Subquery(sent.values("pk")[:1]),
        latest_status=Subquery(sent.values("status_then")[:1]),
    )


def _sent(matter: Matter, past: Past) -> SubmissionQuerySet[Any]:
    """Every version the board had got, each with the status it had."""
    return sent_by(matter.versions(), past)


def sent_by(versions: SubmissionQuerySet[Any], past: Past) -> SubmissionQuerySet[Any]:
    """The same of any versions."""
    versions = versions.filter(submitted_at__isnull=False)
    if past.by is None:
        return versions.annotate(status_then=F("status"))
    then = status_then(versions.model, past.by, initial=SubPlan.Status.SUBMITTED)
    return versions.filter(submitted_at__lte=past.by).annotate(status_then=then)


def select(
    user: User, matter: Matter, *, at: datetime, filters: LedgerFilters, past: Past = PRESENT
) -> ObligationQuerySet:
    """What the address asks for among what the person may see, block by block."""
    rows = _among(user, matter, filters, past)
    if state := _STATE_BY_CODE.get(filters.state):
        rows = rows.filter(state.condition(at))
    return rows.select_related("unit").order_by(*BY_BLOCK, "pk")


def _among(user: User, matter: Matter, filters: LedgerFilters, past: Past) -> ObligationQuerySet:
    seen = Obligation.objects.visible_to(user).filter(campaign=matter.campaign)
    rows = obligations_of(matter, past).filter(pk__in=seen.values("pk"))
    if filters.block == WITHOUT_BLOCK:
        rows = rows.filter(Q(block_id=None))
    elif filters.block:
        rows = rows.filter(Q(place__block__code=filters.block))
    if filters.group:
        rows = rows.filter(unit__group=filters.group)
    if filters.level:
        rows = rows.filter(Q(level_then=LEVEL_BY_CODE[filters.level]))
    if filters.search:
        rows = rows.filter(unit__search_key__contains=fold(filters.search))
    if filters.sent_from or filters.sent_to:
        rows = rows.filter(sent_between(filters.sent_from, filters.sent_to))
    return rows


def ledger(
    user: User,
    matter: Matter,
    *,
    at: datetime,
    filters: LedgerFilters,
    part: Iterable[Obligation] | None = None,
    past: Past = PRESENT,
) -> Ledger:
    """The whole ledger as filtered, or only the `part` of `select(…)` that a page shows."""
    among = _among(user, matter, filters, past)
    shown = select(user, matter, at=at, filters=filters, past=past) if part is None else part
    rows = rows_of(user, matter, shown, past)
    by_block, found = _counted(among, at)
    totals = sum(by_block.values(), NOTHING)
    found.update(asdict(totals))
    return Ledger(
        groups=groups_of(rows, by_block),
        by_block=by_block,
        totals=totals,
        states=tuple(StateCount(state, found[state.counted]) for state in STATES),
    )


def _counted(
    among: ObligationQuerySet, at: datetime
) -> tuple[Mapping[int | None, LedgerTotals], Counter[str]]:
    """The figures of every block, and how many newest versions have which status; in one query,
    which looks the newest version of a row up once."""
    by_block: dict[int | None, LedgerTotals] = defaultdict(lambda: NOTHING)
    statuses: Counter[str] = Counter()
    rows: Any = among.order_by()
    rows = rows.values_list("block_id", "latest_status").annotate(Count("pk"), **counts(at))
    for block, status, number, *figures in rows:
        by_block[block] += LedgerTotals(*figures)
        statuses[status] += number
    return dict(by_block), statuses


def rows_of(
    user: User, matter: Matter, obligations: Iterable[Obligation], past: Past = PRESENT
) -> tuple[LedgerRow, ...]:
    """Rows of obligations that `select` gave."""
    owed = list(obligations)
    for row in owed:
        past.set_back(row)
    versions = _sent(matter, past)
    sent = {
        version.unit_id: version
        for version in versions.filter(pk__in=[_annotated(row, "latest_id") for row in owed])
    }
    known = matter.versions() if past.by is None else versions
    seen = known.filter(unit__in=[row.unit_id for row in owed]).visible_to(user).order_by("version")
    mine = {version.unit_id: version for version in seen}
    if past.by is not None:
        for version in (*sent.values(), *mine.values()):
            past.set_version_back(version)
    blocks = {block.pk: block for block in Block.objects.all()}
    return tuple(
        LedgerRow(
            obligation=row,
            block=blocks.get(_annotated(row, "block_id") or 0),
            version=mine.get(row.unit_id) or sent.get(row.unit_id),
            size=_annotated(mine[row.unit_id], "size") if row.unit_id in mine else None,
            is_open=row.unit_id in mine,
        )
        for row in owed
    )


def _annotated(row: Obligation | SubPlan | ProgressReport, name: str) -> int | None:
    value: int | None = getattr(row, name)
    return value


def groups_of(
    rows: Iterable[LedgerRow], totals: Mapping[int | None, LedgerTotals]
) -> tuple[LedgerGroup, ...]:
    return tuple(
        LedgerGroup(block, tuple(together), totals.get(block.pk if block else None))
        for block, together in groupby(rows, key=lambda row: row.block)
    )

"""Đôn đốc: blocks × what is owed, with counts that are the lengths of the lists they open; and in
such a list, beside each unit, what was already sent to whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from accounts.job import Job
from campaign.datasets.owing import Due, answerable_people, due_of, with_returns
from campaign.models import Campaign, ChasingLetter, Digest, Obligation, Reminder, ReportingPeriod
from campaign.models.obligation import ObligationQuerySet
from lib import clock
from lib.vietnamese import fold, short_date
from units.datasets import place_of
from units.models import Block

Kind = Obligation.Kind
PERIOD_PREFIX = "ky-"
NO_BLOCK = "khong-khoi"
SENT = Q(met_at__isnull=False)
LATE = Q(met_at__gte=F("closes_at"))
OUTSTANDING = Q(met_at=None)
TO_SUPPLEMENT = SENT & Q(returned_until__isnull=False)
# Of a locked period nothing can be sent any more, so nobody is chased for it.
ANSWERABLE = Q(period=None) | Q(period__status=ReportingPeriod.Status.OPEN)


@dataclass(frozen=True)
class Matter:
    """One column of the board: the sub-plans, a period, or what follows from inspections."""

    code: str
    label: str
    condition: Q
    due: date | None = None
    is_locked: bool = False


@dataclass(frozen=True)
class State:
    """A count of the board and the list behind it, by the word it has in an address."""

    code: str
    label: str


OWED, DONE, LATE_DONE, MISSING, OVERDUE, RETURNED = STATES = (
    State("phai-gui", "Phải gửi"),
    State("da-gui", "Đã gửi"),
    State("gui-tre", "Gửi trễ"),
    State("chua-gui", "Chưa gửi"),
    State("qua-han", "Quá hạn, cần đôn đốc"),
    State("cho-bo-sung", "Chờ bổ sung"),
)


def conditions(at: datetime) -> Mapping[str, Q]:
    """One set for counts and lists, so that a number and its list always agree."""
    today = clock.local_day(at)
    return {
        OWED.code: Q(),
        DONE.code: SENT,
        LATE_DONE.code: LATE,
        MISSING.code: OUTSTANDING,
        OVERDUE.code: ANSWERABLE
        & (OUTSTANDING & Q(closes_at__lte=at) | TO_SUPPLEMENT & Q(returned_until__lt=today)),
        RETURNED.code: TO_SUPPLEMENT,
    }


def matters(campaign: Campaign) -> tuple[Matter, ...]:
    """In the order in which they fall due; one query."""
    periods = ReportingPeriod.objects.filter(campaign=campaign).begun().order_by("due_date", "pk")
    return (
        Matter("ke-hoach", "Kế hoạch triển khai", Q(kind=Kind.SUB_PLAN),
               campaign.sub_plan_due_date),
        *(
            Matter(f"{PERIOD_PREFIX}{period.pk}", f"Báo cáo {period}", Q(period=period),
                   period.due_date, period.status == ReportingPeriod.Status.LOCKED)
            for period in periods
        ),
        Matter("khac-phuc", Kind.FOLLOW_UP.label, Q(kind=Kind.FOLLOW_UP)),
    )  # fmt: skip


def chased(campaign: Campaign) -> ObligationQuerySet:
    """What must be sent, whoever owes it, each row with its block of the year."""
    rows = Obligation.objects.required().filter(campaign=campaign)
    return with_returns(rows).annotate(
        place=place_of("unit", campaign.year),
        block_id=F("place__block"),
    )


# --- the board ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One block and one matter, counted."""

    owed: int = 0
    sent: int = 0
    late: int = 0
    missing: int = 0
    overdue: int = 0
    returned: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.owed + other.owed, self.sent + other.sent, self.late + other.late,
            self.missing + other.missing, self.overdue + other.overdue,
            self.returned + other.returned,
        )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A block with its cells in the order of the matters; `block` is None for units without one."""

    block: Block | None
    cells: tuple[tuple[Matter, Cell], ...]


@dataclass(frozen=True)
class ChasingBoard:
    matters: tuple[Matter, ...]
    lines: tuple[Line, ...]
    totals: tuple[tuple[Matter, Cell], ...]

    @property
    def overdue(self) -> int:
        return sum(cell.overdue for _, cell in self.totals)


def chasing_board(campaign: Campaign, *, at: datetime) -> ChasingBoard:
    """Three queries, however many blocks, periods and units there are."""
    counted = conditions(at)
    counts = {
        name: Count("pk", filter=counted[state.code])
        for name, state in (
            ("sent", DONE), ("late", LATE_DONE), ("missing", MISSING), ("overdue", OVERDUE),
            ("returned", RETURNED),
        )
    }  # fmt: skip
    rows = (
        chased(campaign)
        .order_by()
        .values_list(F("block_id"), "kind", "period_id")
        .annotate(owed=Count("pk"), **counts)
    )
    cells = {(block, _code(kind, period)): Cell(*figures) for block, kind, period, *figures in rows}
    shown = tuple(
        matter for matter in matters(campaign) if any(code == matter.code for _, code in cells)
    )
    known = {block for block, _ in cells}
    blocks: list[Block | None] = [
        block for block in Block.objects.order_by("sort_order") if block.pk in known
    ]
    lines = [
        Line(block, _cells(cells, block.pk if block else None, shown))
        for block in [*blocks, *([None] if None in known else [])]
    ]
    totals = tuple(
        (matter, sum((cells[key] for key in cells if key[1] == matter.code), Cell()))
        for matter in shown
    )
    return ChasingBoard(shown, tuple(lines), totals)


def _code(kind: str, period: int | None) -> str:
    if period is not None:
        return f"{PERIOD_PREFIX}{period}"
    return "ke-hoach" if kind == Kind.SUB_PLAN else "khac-phuc"


def _cells(
    cells: Mapping[tuple[int | None, str], Cell], block: int | None, shown: Iterable[Matter]
) -> tuple[tuple[Matter, Cell], ...]:
    return tuple((matter, cells.get((block, matter.code), Cell())) for matter in shown)


# --- the list -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChasingFilters:
    """What was asked in the address; empty asks for all."""

    matter: str = ""
    block: str = ""
    state: str = OVERDUE.code
    search: str = ""


@dataclass(frozen=True)
class SentBefore:
    """Something that was sent about an obligation, and to whom."""

    day: date
    words: str
    people: tuple[str, ...] = ()
    letter: ChasingLetter | None = None
    has_failed: bool = False


@dataclass(frozen=True)
class ChasingRow:
    due: Due
    block: Block | None
    is_overdue: bool
    can_be_chased: bool
    people: int
    sent_before: tuple[SentBefore, ...]

    @property
    def obligation(self) -> Obligation:
        return self.due.obligation


def select(campaign: Campaign, filters: ChasingFilters, *, at: datetime) -> ObligationQuerySet:
    """What the address asks for, in the order of the blocks."""
    return (
        among(campaign, filters)
        .filter(conditions(at)[filters.state])
        .select_related("unit", "period", "finding")
        .order_by(
            F("place__block__sort_order").asc(nulls_last=True),
            "unit__sort_order", "closes_at", "pk",
        )
    )  # fmt: skip


def among(campaign: Campaign, filters: ChasingFilters) -> ObligationQuerySet:
    rows = chased(campaign)
    if filters.matter:
        chosen = [matter for matter in matters(campaign) if matter.code == filters.matter]
        rows = rows.filter(chosen[0].condition) if chosen else rows.none()
    if filters.block == NO_BLOCK:
        rows = rows.filter(Q(place=None))
    elif filters.block:
        rows = rows.filter(Q(place__block__code=filters.block))
    if filters.search:
        rows = rows.filter(unit__search_key__contains=fold(filters.search))
    return rows


def state_counts(
    campaign: Campaign, filters: ChasingFilters, *, at: datetime
) -> tuple[tuple[State, int], ...]:
    """Every state with the length of its list, in one query."""
    counted = conditions(at)
    found = among(campaign, filters).order_by().aggregate(
        **{state.code: Count("pk", filter=counted[state.code]) for state in STATES}
    )  # fmt: skip
    return tuple((state, found[state.code]) for state in STATES)


def rows_of(obligations: Iterable[Obligation], *, at: datetime) -> tuple[ChasingRow, ...]:
    """A page of `select(…)`, in a fixed number of queries."""
    shown, today = list(obligations), clock.local_day(at)
    blocks = {block.pk: block for block in Block.objects.all()}
    people = answerable_people(on=today, units={owed.unit_id for owed in shown})
    before = sent_before(shown)
    rows = []
    for owed in shown:
        due = due_of(owed)
        is_open = owed.met_at is None or due.is_supplement
        is_overdue = is_open and due.days_past(today) > 0
        unit = people.get(owed.unit_id)
        rows.append(
            ChasingRow(
                due=due,
                block=blocks.get(getattr(owed, "block_id", None) or 0),
                is_overdue=is_overdue,
                can_be_chased=is_open and not _is_locked(owed),
                people=len(unit.to_remind(due, with_head=is_overdue)) if unit else 0,
                sent_before=before.get(owed.pk, ()),
            )
        )
    return tuple(rows)


def _is_locked(owed: Obligation) -> bool:
    return owed.period is not None and owed.period.status == ReportingPeriod.Status.LOCKED


def sent_before(obligations: Iterable[Obligation]) -> Mapping[int, tuple[SentBefore, ...]]:
    """What was sent about each, newest first; two queries."""
    wanted = [owed.pk for owed in obligations]
    found: defaultdict[int, list[SentBefore]] = defaultdict(list)
    together: defaultdict[tuple[int, date, str], list[Reminder]] = defaultdict(list)
    reminders = (
        Reminder.objects.filter(obligation__in=wanted)
        .select_related("user", "digest__sent_by", "digest__mail")
        .order_by("digest__day", "pk")
    )
    for reminder in reminders:
        words = _how(reminder)
        together[reminder.obligation_id, reminder.digest.day, words].append(reminder)
    for (owed, day, words), rows in together.items():
        names = tuple(str(row.user) for row in rows)
        failed = any(row.digest.mail and row.digest.mail.state == Job.State.FAILED for row in rows)
        found[owed].append(SentBefore(day, words, names, has_failed=failed))
    named = ChasingLetter.obligations.through.objects.filter(obligation__in=wanted)
    for row in named.select_related("chasingletter").order_by("chasingletter__at"):
        letter = row.chasingletter
        day = letter.issued_on or clock.local_day(letter.at)
        found[row.obligation_id].append(SentBefore(day, _about(letter), letter=letter))
    return {
        owed: tuple(sorted(told, key=lambda one: one.day)[::-1]) for owed, told in found.items()
    }


def _how(reminder: Reminder) -> str:
    if reminder.digest.source == Digest.Source.BOARD:
        return f"Thư do {reminder.digest.sent_by} gửi"
    past = (reminder.digest.day - reminder.due_date).days
    if past == 0:
        return "Thư nhắc, ngày cuối của hạn"
    return f"Thư nhắc, quá hạn {past} ngày" if past > 0 else f"Thư nhắc, còn {-past} ngày"


def _about(letter: ChasingLetter) -> str:
    if letter.issued_on is None:
        return f"{letter.get_kind_display()}, chưa ghi số"
    return f"{letter.get_kind_display()} số {letter.number} ngày {short_date(letter.issued_on)}"

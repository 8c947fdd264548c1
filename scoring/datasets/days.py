"""The steps of a block's year: who owes each, what has met it, and how it stands.

Nothing is typed in to say that a step is done: the sheet that was sent, the meeting that was
noted, the ranking that was published say it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from accounts.models import User
from campaign.models import BlockStep, Obligation
from lib import clock
from scoring.models import BlockMeeting, BlockYear, CrossAssignment, Ranking, ScoreSheet
from units.models import Block, BlockMembership, Membership, Unit

Kind = BlockStep.Kind
Status = ScoreSheet.Status
ORDER = {kind.value: place for place, kind in enumerate(Kind)}
SOON = timedelta(days=60)
APPRAISED = {Status.BLOCK_APPRAISED, Status.BOARD_APPRAISED, Status.LOCKED}
CHECKED = {Status.BOARD_APPRAISED, Status.LOCKED}


@dataclass(frozen=True)
class YearFacts:
    """What happened in a block's year, as the rows have it."""

    members: frozenset[int]
    lead: frozenset[int]
    board: frozenset[int]
    sheets: tuple[ScoreSheet, ...]
    assignments: tuple[CrossAssignment, ...]
    moments: Mapping[str, datetime] = field(default_factory=dict)
    """Of the steps the whole block meets at once: pledge, meetings, publication, hand-over."""
    all_in: bool = False
    """No sheet is waited for any more: all were sent, or the day for it is over."""

    def owing(self, kind: str) -> frozenset[int]:
        if kind in {Kind.BOARD_APPRAISAL, Kind.COUNCIL}:
            return self.board
        if kind == Kind.SELF_SCORE:
            return self.members
        if kind == Kind.CROSS_SCORE:
            return frozenset(one.scorer_id for one in self.assignments)
        return self.lead

    def met(self, kind: str, unit: int, before: datetime | None, at: datetime) -> datetime | None:
        """When a unit met a step. An appraisal is of many sheets: it is met when the last one
        was done, and no more once one is open again."""
        if kind == Kind.SELF_SCORE:
            sent = (one.submitted_at for one in self.sheets if one.unit_id == unit)
            return min((moment for moment in sent if moment), default=None)
        if kind == Kind.CROSS_SCORE:
            return self._cross(unit)
        if kind in {Kind.BLOCK_APPRAISAL, Kind.BOARD_APPRAISAL}:
            return (before or at) if self._appraised(kind) else None
        return self.moments.get(kind)

    def _appraised(self, kind: str) -> bool:
        """All that were sent and nothing more to wait for; the khối trưởng's own sheet is not
        the block's to appraise."""
        is_block = kind == Kind.BLOCK_APPRAISAL
        sent = [one for one in self.sheets if one.submitted_at]
        theirs = [one for one in sent if not is_block or one.unit_id not in self.lead]
        wanted = APPRAISED if is_block else CHECKED
        return bool(theirs) and self.all_in and all(one.status in wanted for one in theirs)

    def _cross(self, unit: int) -> datetime | None:
        done = [one.finished_at for one in self.assignments if one.scorer_id == unit]
        finished = [moment for moment in done if moment]
        return max(finished) if finished and len(finished) == len(done) else None


def year_facts(block: Block, year: int, *, at: datetime) -> YearFacts:
    """A fixed number of queries."""
    members = list(BlockMembership.objects.filter(block=block, year=year))
    sheets = tuple(ScoreSheet.objects.filter(scale__block=block, scale__year=year))
    assigned = CrossAssignment.objects.in_force().filter(sheet__in=[one.pk for one in sheets])
    here = frozenset(one.unit_id for one in members)
    sent = {one.unit_id for one in sheets if one.submitted_at}
    closing = BlockStep.objects.filter(block=block, year=year, kind=Kind.SELF_SCORE).first()
    is_over = closing is not None and at >= clock.closes_at(closing.due_date)
    return YearFacts(
        members=here,
        lead=frozenset(one.unit_id for one in members if one.role == BlockMembership.Role.LEAD),
        board=_board(at),
        sheets=sheets,
        assignments=tuple(assigned),
        moments=_moments(block, year),
        all_in=here <= sent or is_over,
    )


def _board(at: datetime) -> frozenset[int]:
    """The unit Ban Thi đua is part of: where its head works."""
    heads = Membership.objects.valid(on=clock.local_day(at)).with_role(Membership.Role.BOARD_HEAD)
    first = heads.filter(user__is_active=True).order_by("pk").first()
    return frozenset([first.unit_id] if first else [])


def _moments(block: Block, year: int) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    row = BlockYear.objects.filter(block=block, year=year).first()
    if row and row.pledge_signed_on:
        found[Kind.PLEDGE] = _beginning(row.pledge_signed_on)
    if row and row.received_at:
        found[Kind.HAND_OVER] = row.received_at
    held = BlockMeeting.objects.filter(block_year__block=block, block_year__year=year)
    for meeting in held.filter(kind__in=[Kind.MID_YEAR, Kind.YEAR_END]).order_by("held_on"):
        found.setdefault(meeting.kind, _beginning(meeting.held_on))
    published = Ranking.objects.filter(block=block, year=year, published_at__isnull=False)
    if first := published.order_by("published_at").first():
        found[Kind.COUNCIL] = first.published_at or first.created_at
    return found


def _beginning(day: date) -> datetime:
    """What was done on a day, whenever it was noted, counts from that day."""
    return datetime.combine(day, time.min, clock.LOCAL)


# --- how it stands ------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepRow:
    """One step on the page of the block: its day and what each unit owes of it."""

    kind: str
    label: str
    step: BlockStep | None
    owed: tuple[Obligation, ...]

    @property
    def done(self) -> int:
        return sum(one.met_at is not None for one in self.asked)

    @property
    def asked(self) -> tuple[Obligation, ...]:
        return tuple(one for one in self.owed if one.is_owed)

    @property
    def only(self) -> Obligation | None:
        """Of a step that one unit owes."""
        return self.owed[0] if len(self.owed) == 1 else None

    @property
    def late(self) -> tuple[Obligation, ...]:
        return tuple(one for one in self.asked if one.is_late)

    def overdue(self, at: datetime) -> tuple[Obligation, ...]:
        return tuple(one for one in self.asked if one.is_overdue(at=at))


def step_rows(block: Block, year: int) -> tuple[StepRow, ...]:
    """Every step of the year in its order, also those nobody has given a day; two queries."""
    steps = {one.kind: one for one in BlockStep.objects.filter(block=block, year=year)}
    rows = Obligation.objects.filter(step__in=[one.pk for one in steps.values()])
    owed = sorted(
        rows.select_related("unit", "step"), key=lambda row: (row.unit.sort_order, row.unit_id)
    )
    return tuple(
        StepRow(
            kind.value, kind.label, steps.get(kind),
            tuple(one for one in owed if one.step and one.step.kind == kind),
        )
        for kind in Kind
    )  # fmt: skip


def days_of_sheet(sheet: ScoreSheet) -> tuple[Obligation, ...]:
    """The days a sheet has to keep: the unit's own, and those of who appraises it."""
    scale = sheet.scale
    of_all = {Kind.BLOCK_APPRAISAL, Kind.BOARD_APPRAISAL, Kind.COUNCIL}
    rows = Obligation.objects.filter(step__block=scale.block_id, step__year=scale.year)
    found = rows.select_related("unit", "step__block")
    wanted = [
        one for one in found
        if one.step and (
            one.step.kind in of_all
            or (one.step.kind == Kind.SELF_SCORE and one.unit_id == sheet.unit_id)
        )
    ]  # fmt: skip
    return tuple(sorted(wanted, key=lambda one: ORDER[one.step.kind] if one.step else 0))


# --- Việc của tôi -------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepWork:
    """A step that waits for a person: of one block, or of several blocks on the same day."""

    kind: str
    label: str
    day: date
    owed: tuple[Obligation, ...]

    @property
    def first(self) -> Obligation:
        return self.owed[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(one.step.block for one in self.owed if one.step)

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(dict.fromkeys(one.unit for one in self.owed))


def steps_waiting(user: User, *, at: datetime) -> tuple[StepWork, ...]:
    """What is overdue or comes in the next two months; one query."""
    until = clock.closes_at(clock.local_day(at) + SOON)
    rows = (
        Obligation.objects.visible_to(user)
        .to_be_done_by(user)
        .outstanding()
        .filter(closes_at__lte=until)
        .select_related("unit", "step__block")
    )
    ordered = sorted(rows, key=_place)
    return tuple(
        StepWork(kind, Kind(kind).label, day, tuple(same))
        for (day, kind), same in groupby(ordered, key=lambda one: _place(one)[:2])
    )


def _place(owed: Obligation) -> tuple[date, str, int, int]:
    step = owed.step
    kind, order = (step.kind, step.block.sort_order) if step else ("", 0)
    return owed.effective_due_date, kind, order, owed.unit.sort_order

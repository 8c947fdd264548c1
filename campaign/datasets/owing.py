"""What units can still be asked for: nothing sent yet, or sent back and not sent again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten

from django.db.models import Case, DateField, OuterRef, Q, Subquery, When

from accounts.models import User
from campaign.models import Obligation, ProgressReport, ReportingPeriod, SubPlan
from campaign.models.obligation import ObligationQuerySet
from units.models import Membership
from units.permissions import Role

Kind = Obligation.Kind
RETURNED = "returned"
LONGEST_TITLE = 150


@dataclass(frozen=True)
class Due:
    """Something a unit has to do by a day: send, or send again what was returned (bổ sung)."""

    obligation: Obligation
    day: date
    is_supplement: bool

    @property
    def matter(self) -> str:
        """What it belongs to, without what an inspection found: a letter goes to many units, and
        the subject of a mail is read by those who keep the portal running."""
        owed = self.obligation
        return owed.get_kind_display() if owed.kind == Kind.FOLLOW_UP else owed.title

    @property
    def title(self) -> str:
        return self._asked(shorten(self.obligation.title, LONGEST_TITLE, placeholder=" …"))

    @property
    def public_title(self) -> str:
        return self._asked(self.matter)

    def _asked(self, title: str) -> str:
        return f"Bổ sung {title[0].lower()}{title[1:]}" if self.is_supplement else title

    def days_past(self, on: date) -> int:
        """Days since the due day; below zero while it lasts."""
        return (on - self.day).days

    def when(self, on: date) -> str:
        """Còn 3 ngày, hôm nay là hạn cuối, quá hạn 2 ngày."""
        past = self.days_past(on)
        if past == 0:
            return "hôm nay là ngày cuối"
        return f"quá hạn {past} ngày" if past > 0 else f"còn {-past} ngày"


def _returned_until() -> Case:
    """By when the newest version sent has to be sent again; NULL where it was not returned."""
    same_unit = {"unit": OuterRef("unit"), "status": RETURNED}
    plans = SubPlan.objects.counted().filter(campaign=OuterRef("campaign"), **same_unit)
    reports = ProgressReport.objects.counted().filter(period=OuterRef("period"), **same_unit)
    # Few units ever had anything returned; only of these it is asked row by row.
    had_plan = SubPlan.objects.filter(status=RETURNED).values("unit")
    had_report = ProgressReport.objects.filter(status=RETURNED).values("unit")
    return Case(
        When(
            kind=Kind.SUB_PLAN,
            unit__in=had_plan,
            then=Subquery(plans.values("return_due_date")[:1]),
        ),
        When(
            kind=Kind.PROGRESS_REPORT,
            unit__in=had_report,
            then=Subquery(reports.values("return_due_date")[:1]),
        ),
        output_field=DateField(),
    )


def with_returns(obligations: ObligationQuerySet) -> ObligationQuerySet:
    """Annotated with `returned_until`, so that it can be asked who still owes something."""
    return obligations.annotate(returned_until=_returned_until())


# Put to `with_returns(…)`: nothing was sent, or what was sent came back.
STILL_OWED = Q(met_at=None) | Q(returned_until__isnull=False)


def can_be_chased(obligations: ObligationQuerySet) -> ObligationQuerySet:
    """Required, still owed, and not of a period that was locked: a unit cannot answer there."""
    return (
        with_returns(obligations.required())
        .exclude(period__status=ReportingPeriod.Status.LOCKED)
        .filter(STILL_OWED)
        .select_related("unit", "campaign", "period", "finding", "step__block")
    )


def due_of(obligation: Obligation) -> Due:
    """What is asked of a row of `with_returns(…)` and by when."""
    returned_until: date | None = getattr(obligation, "returned_until", None)
    if obligation.met_at is not None and returned_until is not None:
        return Due(obligation, returned_until, is_supplement=True)
    return Due(obligation, obligation.effective_due_date, is_supplement=False)


def dues(obligations: ObligationQuerySet) -> list[Due]:
    """In one query."""
    found = can_be_chased(obligations).order_by("closes_at", "unit__sort_order", "pk")
    return [due_of(obligation) for obligation in found]


# --- who is told --------------------------------------------------------------------------------

TOLD = {
    Role.OFFICER: "officers", Role.HEAD: "heads", Role.BLOCK_LEAD: "leads",
    Role.REVIEWER: "board", Role.BOARD_HEAD: "board",
}  # fmt: skip


@dataclass
class Answerable:
    """The people of one unit who can be written to."""

    officers: list[User] = field(default_factory=list)
    heads: list[User] = field(default_factory=list)
    leads: list[User] = field(default_factory=list)
    board: list[User] = field(default_factory=list)

    def to_remind(self, due: Due, *, with_head: bool) -> list[User]:
        """Officers first; the head where it is overdue, or where the unit has no officer.

        A step of a block's year is told to those it is for: the people of Ban Thi đua; who leads
        the block.
        """
        step = due.obligation.step
        if step is not None and step.is_of_board:
            return list({person.pk: person for person in self.board}.values())
        if step is not None and step.is_of_lead and self.leads and not with_head:
            return list({person.pk: person for person in self.leads}.values())
        people = [*self.officers, *(self.heads if with_head or not self.officers else ())]
        return list({person.pk: person for person in people}.values())


def answerable_people(*, on: date, units: Iterable[int] | None = None) -> Mapping[int, Answerable]:
    """Who can be told of what units owe on a day, in one query; nobody where a unit is absent."""
    held = (
        Membership.objects.valid(on=on)
        .with_role(*TOLD)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by("user_id", "pk")
    )
    if units is not None:
        held = held.filter(unit__in=list(units))
    people: defaultdict[int, Answerable] = defaultdict(Answerable)
    for row in held:
        getattr(people[row.unit_id], TOLD[Role(row.role)]).append(row.user)
    return people

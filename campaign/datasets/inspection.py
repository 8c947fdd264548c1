"""Inspections as the pages show them: rounds, the visits of one, what was found and what follows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from campaign.models import (
    Campaign,
    Finding,
    FollowUpAnswer,
    InspectionRound,
    Obligation,
    Visit,
    VisitMember,
)
from campaign.models.obligation import ObligationQuerySet
from units.models import Block, BlockMembership, Unit

Status = Visit.Status
Verdict = FollowUpAnswer.Verdict
OF_NO_BLOCK = "Không thuộc khối nào"


@dataclass(frozen=True)
class RoundRow:
    """A round and how far it is."""

    round: InspectionRound
    planned: int
    held: int
    closed: int

    @property
    def visits(self) -> int:
        return self.planned + self.held + self.closed


@dataclass(frozen=True)
class Summary:
    """All inspections of a campaign in a few figures."""

    planned: int
    held: int
    strengths: int
    shortcomings: int
    requests: int
    open: int
    overdue: int
    waiting: int
    accepted: int

    @property
    def visits(self) -> int:
        """Of the plan: held or still to be held; the cancelled are not counted."""
        return self.planned + self.held


@dataclass(frozen=True)
class VisitRow:
    """A visit in the plan of its round."""

    visit: Visit
    block: Block | None
    head: str
    secretary: str
    findings: int
    to_mend: int


@dataclass(frozen=True)
class Heap:
    """One of the heaps the follow-ups lie in."""

    code: str
    label: str


HEAPS = (
    Heap("mo", "Chưa báo cáo"),
    Heap("qua-han", "Quá hạn"),
    Heap("cho", "Chờ Ban Thi đua xem xét"),
    Heap("xong", "Đã khắc phục"),
)


def rounds_of(campaign: Campaign) -> list[RoundRow]:
    rounds = campaign.inspection_rounds.annotate(
        visits_planned=Count("visits", filter=Q(visits__status=Status.PLANNED)),
        visits_held=Count("visits", filter=Q(visits__status=Status.HELD)),
        visits_closed=Count("visits", filter=Q(visits__status=Status.CLOSED)),
    ).order_by("-starts_on", "-pk")
    return [RoundRow(row, row.visits_planned, row.visits_held, row.visits_closed) for row in rounds]


def summary_of(user: User, campaign: Campaign, *, at: datetime) -> Summary:
    """What the person may see of it, in three questions to the database."""
    seen = Visit.objects.visible_to(user).filter(round__campaign=campaign)
    visits = Counter(seen.values_list("status", flat=True))
    written = seen.filter(status__in=[Status.HELD, Status.CLOSED])
    kinds = Counter(Finding.objects.filter(visit__in=written).values_list("kind", flat=True))
    heaps = counted(follow_ups(user).filter(campaign=campaign), at=at)
    return Summary(
        planned=visits[Status.PLANNED],
        held=visits[Status.HELD] + visits[Status.CLOSED],
        strengths=kinds[Finding.Kind.STRENGTH],
        shortcomings=kinds[Finding.Kind.SHORTCOMING],
        requests=kinds[Finding.Kind.REQUEST],
        open=heaps["mo"],
        overdue=heaps["qua-han"],
        waiting=heaps["cho"],
        accepted=heaps["xong"],
    )


def visits_in(round_: InspectionRound) -> list[VisitRow]:
    """The plan of the round, in the order of its days."""
    visits = list(round_.visits.select_related("unit").in_order())
    of_year = BlockMembership.objects.filter(
        year=round_.campaign.year, unit__in=[visit.unit_id for visit in visits]
    )
    blocks = {row.unit_id: row.block for row in of_year.select_related("block")}
    team = VisitMember.objects.filter(visit__in=visits).exclude(role=VisitMember.Role.MEMBER)
    named = {(row.visit_id, row.role): row.name for row in team.order_by("-pk")}
    found = {
        row["visit"]: row
        for row in Finding.objects.filter(visit__in=visits)
        .values("visit")
        .annotate(count=Count("pk"), due=Count("due_date"))
    }
    return [
        VisitRow(
            visit,
            blocks.get(visit.unit_id),
            named.get((visit.pk, VisitMember.Role.HEAD), ""),
            named.get((visit.pk, VisitMember.Role.SECRETARY), ""),
            *((found[visit.pk]["count"], found[visit.pk]["due"]) if visit.pk in found else (0, 0)),
        )
        for visit in visits
    ]


def units_to_visit(
    user_units: Iterable[int], round_: InspectionRound
) -> list[tuple[Block | None, list[Unit]]]:
    """Units by block that the round does not visit yet, without those the person belongs to."""
    there = round_.visits.values("unit")
    units = (
        Unit.objects.in_force(on=round_.starts_on)
        .exclude(pk__in=there)
        .exclude(pk__in=list(user_units))
        .in_protocol_order()
    )
    of_year = BlockMembership.objects.filter(year=round_.campaign.year).select_related("block")
    blocks = {row.unit_id: row.block for row in of_year}
    groups: dict[int, tuple[Block | None, list[Unit]]] = {}
    for unit in units:
        block = blocks.get(unit.pk)
        groups.setdefault(block.pk if block else 0, (block, []))[1].append(unit)
    return sorted(
        groups.values(),
        key=lambda group: (group[0] is None, group[0].sort_order if group[0] else 0),
    )


# --- Follow-ups ----------------------------------------------------------------------------------


def follow_ups(user: User) -> ObligationQuerySet:
    """What has to be mended, for the unit, the team that found it, and the province."""
    accepted = FollowUpAnswer.objects.filter(obligation=OuterRef("pk"), verdict=Verdict.ACCEPTED)
    owed = Obligation.objects.of_kind(Obligation.Kind.FOLLOW_UP).annotate(
        is_settled=Exists(accepted)
    )
    return owed.filter(finding__visit__in=Visit.objects.visible_to(user).values("pk"))


def _in(heap: Heap, *, at: datetime) -> Q:
    unanswered = Q(met_at=None) & ~Q(level=Obligation.Level.EXEMPT)
    return {
        "mo": unanswered,
        "qua-han": unanswered & Q(closes_at__lte=at),
        "cho": Q(met_at__isnull=False, is_settled=False),
        "xong": Q(is_settled=True),
    }[heap.code]


def in_heap(owed: ObligationQuerySet, heap: Heap, *, at: datetime) -> ObligationQuerySet:
    return owed.filter(_in(heap, at=at))


def counted(owed: ObligationQuerySet, *, at: datetime) -> dict[str, int]:
    """How many lie in each heap, by its code."""
    return owed.aggregate(**{heap.code: Count("pk", filter=_in(heap, at=at)) for heap in HEAPS})
